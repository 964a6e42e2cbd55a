// SPDX-License-Identifier: Apache-2.0
// Codes and room plans as JSON, the same for the server and the command line.
#pragma once

#include <string>

#include "app/codes.hpp"
#include "app/room_plans.hpp"

namespace menpai::app {

/// {name, title, title_en, object_kind, parent, length, check, order, source, standing, is_shipped, examples, segments}
std::string code_scheme_json(const spine::CodeScheme& scheme);
/// {scheme, code, is_right, is_issued, parts: [{name, title, digits, meaning}], notes: [{fault, is_wrong, at, detail}]}
std::string code_check_json(const CodeCheck& check);
std::string code_story_json(const CodeStory& story);
std::string room_plan_preview_json(const RoomPlanPreview& preview);

}  // namespace menpai::app

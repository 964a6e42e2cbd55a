// SPDX-License-Identifier: Apache-2.0
// Readable codes as a user asks of them: which schemes there are, what a code says, what it belongs to today.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "spine/code_scheme_file.hpp"

namespace menpai::app {

/// The shipped schemes and those of the setting codes.folder (*.toml, in order of their names). Throws bad_request that
/// names file, line and field.
std::shared_ptr<const spine::CodeSchemes> load_code_schemes(const Settings& settings);

/// All schemes in use.
std::vector<spine::CodeScheme> list_code_schemes(Application& app, const Caller& caller);

struct CodeCheck {
  spine::CodeScheme scheme;
  std::string code;
  spine::CodeReading reading;
  bool is_issued = false;  ///< it was given out here
};
/// Explains a code, or says what is wrong with it. Throws not_found for an unknown scheme, too_large for more than 64
/// characters.
CodeCheck check_code(Application& app, const Caller& caller, std::string_view scheme, std::string_view code);

/// An object as it is today.
struct CodedObject {
  std::string kind;  ///< "address", "building", "room", "place", "grid" …
  std::string id;
  std::string text;  ///< address or name
  std::string code;  ///< today's
  std::string status;
  std::string division_code;
  int version = 0;
};
struct CodeSuccession {
  std::string old_code, new_code;
  std::string kind;  ///< see the table code_succession; or of the objects: "merged_into", "split_into", "replaced_by"
  std::string at;    ///< ISO time
  std::string change_id;
};
/// All that is known of one code.
struct CodeStory {
  std::string code, scheme, object_kind, object_id;
  std::string issued_at;
  std::string retired_at;                    ///< empty: it is its object's code today
  std::optional<CodedObject> object;         ///< whose it was when it was issued, as it is today
  std::vector<CodeSuccession> successions;   ///< what took its place, step by step
  std::vector<CodedObject> now;              ///< where it leads today: its own object, or those that took its place
  std::vector<CodeSuccession> predecessors;  ///< what it took the place of
};
/// Where a code leads: follows every step to the end. Throws not_found if it was never given out.
CodeStory resolve_code(Application& app, const Caller& caller, std::string_view code);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// The one door: every function of app/ that a caller can reach states its action here before it does anything.
#pragma once

#include <string_view>

#include "app/application.hpp"

namespace menpai::app {

/// Decides, records the decision, and throws unauthenticated or forbidden if it is a denial. `object_kind` and
/// `object_id` say on what ("cleaning_job", its id); they go into the audit log, so neither is ever a value of a
/// record. If the decision must be recorded and cannot be, nothing is allowed: throws unavailable.
void require(Application& app, const Caller& caller, Action action, std::string_view object_kind = {},
             std::string_view object_id = {});

}  // namespace menpai::app

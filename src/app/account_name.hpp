// SPDX-License-Identifier: Apache-2.0
// What may be the name of an account or a service token: it stands in logs, pages and the audit.
#pragma once

#include <string_view>

namespace menpai::app {

/// Throws bad_request unless `name` is UTF-8 of 1 to 64 code points without blanks, controls, quotes, angle brackets
/// and bars.
void check_account_name(std::string_view name);

}  // namespace menpai::app

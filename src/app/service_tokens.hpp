// SPDX-License-Identifier: Apache-2.0
// Service tokens: another department's program sends one as "Authorization: Bearer …" and is then a Caller with
// Role::program, who cleans texts and searches addresses and may do nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"

namespace menpai::app {

struct ServiceToken {
  Uuid id;
  std::string name;
  std::string created_by;
  std::string created_at;    ///< ISO 8601, UTC, like all times here
  std::string expires_at;    ///< not good any more from then on
  std::string revoked_by;    ///< empty while it is good
  std::string revoked_at;    ///< empty while it is good
  std::string last_used_at;  ///< to the minute; empty if never
};

inline constexpr int token_days_default = 365;
inline constexpr int token_days_max = 3650;

/// Makes a token and returns it: "mpt_" and 256 random bits. It is shown this once, only its hash is stored. Throws
/// conflict if the name was given before (names are not given twice), bad_request if name or days are not acceptable.
std::string add_service_token(Application& app, const Caller& caller, std::string_view name, int days);
/// The newest first, at most 1000.
std::vector<ServiceToken> list_service_tokens(Application& app, const Caller& caller);
/// From this moment on the token opens nothing; streams under way end within seconds. Throws not_found if there is no
/// token of that name that is still good.
void revoke_service_token(Application& app, const Caller& caller, std::string_view name);

/// The caller behind a token, or nothing if it is unknown, expired or revoked.
std::optional<Caller> caller_of_service_token(Application& app, std::string_view token);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Passwords: scrypt (RFC 7914), what is acceptable, one-time passwords.
#pragma once

#include <string>
#include <string_view>

namespace menpai::access {

/// 128 MiB and a third of a second at 17: at most two at once, the others wait.
inline constexpr int scrypt_cost = 17;

/// "scrypt$17$8$1$<salt>$<hash>", base64url. Throws busy if too many are being made.
std::string hash_password(std::string_view password, int cost = scrypt_cost);
/// False also for a text that is not such a hash.
bool verify_password(std::string_view password, std::string_view hash);
/// The same work as verify_password, for a name that does not exist.
void verify_nothing(std::string_view password, int cost = scrypt_cost);

/// 20 characters that cannot be confused when read aloud, in four groups: 98 bits.
std::string make_one_time_password();

/// Throws bad_request that says what is wanted: 12 to 128 characters, not the account's name, not a common one, not one
/// character repeated.
void check_password_acceptable(std::string_view password, std::string_view account_name);

}  // namespace menpai::access

// SPDX-License-Identifier: Apache-2.0
// Named accounts, sign-in and sessions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"

namespace menpai::app {

struct Account {
  Uuid id;
  std::string name;
  Role role = Role::clerk;
  bool locked = false;
  bool must_change_password = false;  ///< signed in with a one-time password
  std::string created_at;
};

struct SignedIn {
  std::string token;  ///< 256 random bits, base64url; only its hash is stored
  Account account;
  std::string expires_at;
};

/// Adds an account. Without a password, makes a one-time password and returns it (shown once, stored as a scrypt hash).
/// Throws conflict if the name is taken, bad_request if name or password are not acceptable.
std::string add_account(Application& app, const Caller& caller, std::string_view name, Role role,
                        const std::optional<std::string>& password);
std::vector<Account> list_accounts(Application& app, const Caller& caller);
void set_account_locked(Application& app, const Caller& caller, std::string_view name, bool locked);
/// A new one-time password for the account.
std::string reset_password(Application& app, const Caller& caller, std::string_view name);

/// Throws unauthenticated with one and the same message for unknown name, wrong password and locked account, in the
/// same time. After 5 failures in a row the delay doubles from 1 s, after 50 the account is locked.
SignedIn sign_in(Application& app, const Caller& caller, std::string_view name, std::string_view password);
void sign_out(Application& app, const Caller& caller);
void change_password(Application& app, const Caller& caller, std::string_view old_password,
                     std::string_view new_password);

/// The caller behind a session token, or nothing if it is unknown, ended, idle for 30 minutes or older than 12 hours.
std::optional<Caller> caller_of_session(Application& app, std::string_view token);
/// Whether the caller's session or service token still opens the door; for requests that take long.
bool is_still_signed_in(Application& app, const Caller& caller);
/// The caller's own account. Throws unauthenticated.
Account self(Application& app, const Caller& caller);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// menpai user: add, list, lock, unlock, reset-password.
#include <iostream>

#include "app/accounts.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

Role parse_role(const std::string& name) {
  if (name == "clerk") return Role::clerk;
  if (name == "administrator") return Role::administrator;
  throw Error(ErrorCode::bad_request, "There is no role " + name + ". Give clerk or administrator.");
}

/// The first line of standard input: a password on the command line would stand in the shell's history.
std::string read_password() {
  std::string line;
  if (!std::getline(std::cin, line)) {
    throw Error(ErrorCode::bad_request, "No password came on standard input.");
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

void print_one_time(const UserOptions& options, const std::string& what, const std::string& password) {
  if (options.json) {
    JsonObject report;
    report.add("name", options.name);
    if (!password.empty()) report.add("one_time_password", password);
    print_out(report.text() + "\n");
    return;
  }
  print_out(what + "\n" +
            (password.empty() ? std::string()
                              : "One-time password, shown only now and good for three days: " + password + "\n"));
}

int list(app::Application& application, const UserOptions& options) {
  std::string text;
  std::string json;
  for (const app::Account& account : app::list_accounts(application, app::operator_caller())) {
    const std::string role(role_name(account.role));
    json += json.empty() ? "" : ",";
    json += JsonObject()
                .add("name", account.name)
                .add("role", role)
                .add("locked", account.locked)
                .add("must_change_password", account.must_change_password)
                .add("created_at", account.created_at)
                .text();
    text += account.name + "  " + role + (account.locked ? "  locked" : "") +
            (account.must_change_password ? "  one-time password" : "") + "  since " + account.created_at + "\n";
  }
  if (options.json) {
    print_out(JsonObject().add_json("accounts", "[" + json + "]").text() + "\n");
  } else {
    print_out(text.empty() ? "There is no account yet. Add one: menpai user add NAME --role administrator\n" : text);
  }
  return 0;
}

}  // namespace

int run_user(const UserOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  const Caller caller = app::operator_caller();
  if (options.verb == "list") return list(*application, options);
  if (options.name.empty())
    throw Error(ErrorCode::bad_request, "Name the account: menpai user " + options.verb + " NAME");
  if (options.verb == "add") {
    const auto password = options.password_stdin ? std::optional<std::string>(read_password()) : std::nullopt;
    const Role role = parse_role(options.role);
    print_one_time(options, "Added " + options.name + " as " + std::string(role_name(role)) + ".",
                   app::add_account(*application, caller, options.name, role, password));
  } else if (options.verb == "lock" || options.verb == "unlock") {
    const bool is_lock = options.verb == "lock";
    app::set_account_locked(*application, caller, options.name, is_lock);
    print_one_time(options, options.name + (is_lock ? " is locked and signed out." : " may sign in again."), {});
  } else if (options.verb == "reset-password") {
    print_one_time(options, options.name + " has a new password and is signed out.",
                   app::reset_password(*application, caller, options.name));
  } else {
    throw Error(ErrorCode::bad_request,
                "There is no menpai user " + options.verb + ". Give add, list, lock, unlock or reset-password.");
  }
  return 0;
}

}  // namespace menpai::cli

// SPDX-License-Identifier: Apache-2.0
#include "access/policy.hpp"

#include <array>

namespace menpai::access {
namespace {

enum class Rule : std::uint8_t {
  deny,
  allow,
  local,  ///< only from this very machine
};

struct Line {
  Action action;
  Rule nobody, program, clerk, administrator, system;
  Record record;
};

using enum Rule;

/// The policy. One line an action, in the order of model/access.hpp; a test names every cell.
// clang-format off
constexpr std::array<Line, 29> lines = {{
    // action                    nobody prog.  clerk  admin  system
    {Action::read_health,         allow, allow, allow, allow, allow, Record::counted},
    {Action::read_metrics,        local, deny,  deny,  allow, allow, Record::counted},
    {Action::read_page,           allow, allow, allow, allow, allow, Record::counted},
    {Action::sign_in,             allow, deny,  allow, allow, deny,  Record::counted},
    {Action::sign_out,            deny,  deny,  allow, allow, deny,  Record::each},
    {Action::read_self,           deny,  deny,  allow, allow, deny,  Record::counted},
    {Action::change_password,     deny,  deny,  allow, allow, deny,  Record::each},
    {Action::search_address,      deny,  allow, allow, allow, allow, Record::counted},
    {Action::read_address,        deny,  allow, allow, allow, allow, Record::counted},
    {Action::read_division,       deny,  allow, allow, allow, allow, Record::counted},
    {Action::read_map,            deny,  deny,  allow, allow, allow, Record::counted},
    {Action::clean_text,          deny,  allow, allow, allow, allow, Record::counted},
    {Action::clean_list,          deny,  deny,  allow, allow, allow, Record::counted},
    {Action::decide_row,          deny,  deny,  allow, allow, allow, Record::each},
    {Action::read_alias,          deny,  deny,  deny,  allow, allow, Record::counted},
    {Action::settle_alias,        deny,  deny,  deny,  allow, allow, Record::each},
    {Action::read_place,          deny,  deny,  allow, allow, allow, Record::counted},
    {Action::read_plate,          deny,  deny,  allow, allow, allow, Record::counted},
    {Action::survey_plate,        deny,  deny,  allow, allow, allow, Record::each},
    {Action::manage_plate_key,    deny,  deny,  deny,  allow, allow, Record::each},
    {Action::visit_plate,         allow, allow, allow, allow, allow, Record::counted},
    {Action::report_plate,        allow, deny,  allow, allow, allow, Record::counted},
    {Action::read_change,         deny,  deny,  allow, allow, allow, Record::counted},
    {Action::write_change,        deny,  deny,  allow, allow, allow, Record::each},
    {Action::settle_change,       deny,  deny,  deny,  allow, allow, Record::each},
    {Action::import_address,      deny,  deny,  deny,  allow, allow, Record::each},
    {Action::build_library,       deny,  deny,  deny,  allow, allow, Record::each},
    {Action::manage_account,      deny,  deny,  deny,  allow, allow, Record::each},
    {Action::manage_database,     deny,  deny,  deny,  deny,  allow, Record::each},
}};
// clang-format on

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (static_cast<std::size_t>(lines[i].action) != i) return false;
  }
  return true;
}
static_assert(is_in_order(), "the policy has one line an action, in order");

bool is_local(std::string_view origin) {
  return origin == "cli" || origin == "::1" || origin.starts_with("127.") || origin.starts_with("::ffff:127.");
}

/// With a one-time password one may do nothing but look who one is, choose a password, and leave.
bool is_open_before_password_change(Action action) {
  switch (action) {
    case Action::read_health:
    case Action::read_page:
    case Action::sign_in:
    case Action::sign_out:
    case Action::read_self:
    case Action::change_password:
      return true;
    default:
      return false;
  }
}

}  // namespace

Decision decide(const Caller& caller, Action action) {
  const auto index = static_cast<std::size_t>(action);
  if (index >= lines.size()) return {false, ErrorCode::forbidden, "unknown_action", Record::each};
  const Line& line = lines[index];
  Rule rule = deny;
  switch (caller.role) {
    case Role::nobody:
      rule = line.nobody;
      break;
    case Role::program:
      rule = line.program;
      break;
    case Role::clerk:
      rule = line.clerk;
      break;
    case Role::administrator:
      rule = line.administrator;
      break;
    case Role::system:
      rule = line.system;
      break;
  }
  if (caller.must_change_password && !is_open_before_password_change(action)) {
    return {false, ErrorCode::forbidden, "password_change_first", line.record};
  }
  if (rule == allow || (rule == local && is_local(caller.origin))) {
    return {true, ErrorCode::forbidden, "role", line.record};
  }
  if (caller.role == Role::nobody) return {false, ErrorCode::unauthenticated, "not_signed_in", line.record};
  return {false, ErrorCode::forbidden, caller.role == Role::program ? "program" : "role", line.record};
}

std::string denial_message(const Decision& decision) {
  if (decision.code == ErrorCode::unauthenticated) return "Sign in first.";
  if (decision.rule == "password_change_first") return "Choose a password of your own first.";
  if (decision.rule == "program") return "A service token cleans texts and searches addresses, nothing else.";
  return "Your account may not do this. An administrator can give it another role.";
}

}  // namespace menpai::access

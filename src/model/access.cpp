// SPDX-License-Identifier: Apache-2.0
#include "model/access.hpp"

#include <array>

namespace menpai {
namespace {

constexpr std::array<std::string_view, 5> role_names = {"nobody", "program", "clerk", "administrator", "system"};
constexpr std::array<std::string_view, 29> action_names = {
    "read_health",     "read_metrics",     "read_page",     "sign_in",        "sign_out",       "read_self",
    "change_password", "search_address",   "read_address",  "read_division",  "read_map",       "clean_text",
    "clean_list",      "decide_row",       "read_alias",    "settle_alias",   "read_place",     "read_plate",
    "survey_plate",    "manage_plate_key", "visit_plate",   "report_plate",   "read_change",    "write_change",
    "settle_change",   "import_address",   "build_library", "manage_account", "manage_database"};

}  // namespace

std::string_view role_name(Role role) {
  return role_names[static_cast<std::size_t>(role)];
}
std::string_view action_name(Action action) {
  return action_names[static_cast<std::size_t>(action)];
}

}  // namespace menpai

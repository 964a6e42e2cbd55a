// SPDX-License-Identifier: Apache-2.0
// Who asks for what: the words in which every route and every command states its demand to the one policy decision.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace menpai {

enum class Role : std::uint8_t {
  nobody,         ///< not signed in
  program,        ///< another department's program with a service token: cleans texts and searches, nothing else
  clerk,          ///< cleans lists, decides held rows, reads addresses and the map
  administrator,  ///< everything a clerk may, and accounts and imports
  system,         ///< the operator at the machine's own command line, who owns the data directory
};
std::string_view role_name(Role role);

/// Everything that may be asked. Each route and command names exactly one.
enum class Action : std::uint8_t {
  read_health,       ///< is it alive
  read_metrics,      ///< figures of operation, no data
  read_page,         ///< the web application's own files
  sign_in,           ///< present a password
  sign_out,          ///< end one's own session
  read_self,         ///< who am I
  change_password,   ///< one's own
  search_address,    ///< find, match, suggest, reverse
  read_address,      ///< one standard address with its parts
  read_division,     ///< administrative divisions
  read_map,          ///< tiles of roads, buildings, address points
  clean_text,        ///< many texts in one request, answered at once; nothing of them is kept
  clean_list,        ///< upload a list, start, watch, download
  decide_row,        ///< settle a held row
  read_alias,        ///< what people's decisions proposed as other names
  settle_alias,      ///< approve, refuse or withdraw such a name
  read_place,        ///< places, their names, findings on names and numbers; check a proposed name
  read_plate,        ///< plates, batches, coverage; production lists and sheets
  survey_plate,      ///< bring in what a survey found, photos
  manage_plate_key,  ///< make, retire, revoke the keys that sign plates
  visit_plate,       ///< what everybody may know of a plate that he scanned, and the published keys
  report_plate,      ///< tell that a plate was scanned far from its place
  read_change,       ///< change sets, what they would do, the history of an object
  write_change,      ///< draft and submit a change set
  settle_change,     ///< approve, return or apply what somebody else submitted
  import_address,    ///< write addresses, places, buildings into the register
  build_library,     ///< make a library file from the register
  manage_account,    ///< add, lock, unlock accounts; give and revoke service tokens
  manage_database,   ///< migrate, check, back up
};
std::string_view action_name(Action action);

/// Who asks, from where. Made by the HTTP server from the session and by the command line from the operator.
struct Caller {
  Role role = Role::nobody;
  Uuid account;            ///< nil for nobody and system; of a program, its token's id
  std::string name;        ///< account name, token name, "system", or empty
  Uuid session;            ///< nil where there is none
  std::string origin;      ///< IP address, or "cli"
  std::string request_id;  ///< ties log, audit and answer together
  /// Signed in with a one-time password: may do nothing else before choosing another.
  bool must_change_password = false;
};

}  // namespace menpai

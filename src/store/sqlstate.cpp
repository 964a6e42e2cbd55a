// SPDX-License-Identifier: Apache-2.0
#include "store/sqlstate.hpp"

#include <array>

namespace menpai::store {
namespace {

struct Mapping {
  std::string_view prefix;  ///< of the SQLSTATE; the first that fits holds
  ErrorCode code;
  const char* message;
};

constexpr const char* away =
    "The database does not answer. Try again in a few seconds; if it stays so, run: menpai check";

constexpr std::array<Mapping, 23> mappings = {{
    {"23505", ErrorCode::conflict, "It exists already."},
    {"23503", ErrorCode::conflict, "Something else still refers to it, or what it refers to is gone. Load it again."},
    {"23", ErrorCode::bad_request, "A value does not fit what may be stored there."},
    {"22021", ErrorCode::bad_request, "The text is not valid UTF-8."},
    {"22", ErrorCode::bad_request, "A value is out of range or malformed."},
    {"40", ErrorCode::conflict, "Somebody else was changing the same thing. Try again."},
    {"53100", ErrorCode::disk_full, "The disk that holds the database is full. Free some space and run it again."},
    {"53", ErrorCode::unavailable, "The database has no room for more work just now. Try again in a moment."},
    {"55P03", ErrorCode::busy, "Somebody else is working on the same thing. Try again in a moment."},
    {"55006", ErrorCode::busy, "It is in use. Try again in a moment."},
    {"57014", ErrorCode::timed_out, "The database took longer than allowed and the work was given up."},
    {"25P03", ErrorCode::timed_out, "The work rested too long in the middle and was given up."},
    {"25006", ErrorCode::unavailable, "The database takes no writes just now (it is a read copy, or being moved)."},
    {"57P", ErrorCode::unavailable, away},
    {"08", ErrorCode::unavailable, away},
    {"28", ErrorCode::unavailable, "The database refuses the sign-in. Look at the setting database.url."},
    {"3D", ErrorCode::unavailable,
     "The database named in database.url does not exist on that server. Create it first."},
    {"42501", ErrorCode::unavailable,
     "The database account may not do this. Its owner must grant it; see the manual, database."},
    {"58030", ErrorCode::unavailable, "The database cannot read or write its disk. Look at the disk of that machine."},
    {"XX001", ErrorCode::damaged, "A page of the database is damaged. Restore it from a backup."},
    {"XX002", ErrorCode::damaged, "An index of the database is damaged. Rebuild it, or restore a backup."},
    {"0A", ErrorCode::unsupported, "The database server does not support what this program needs."},
    {"", ErrorCode::internal, "The database refused a statement of this program. This is a bug; please report it."},
}};

}  // namespace

DatabaseError make_database_error(std::string_view sqlstate, std::string_view server_said, std::string_view doing) {
  std::string detail(doing);
  detail += ": ";
  detail += sqlstate;
  detail += ' ';
  detail += server_said;
  while (!detail.empty() && (detail.back() == '\n' || detail.back() == ' ')) detail.pop_back();
  // A full disk shows as several states, depending on who met it first.
  if (server_said.find("No space left on device") != std::string_view::npos) sqlstate = "53100";
  for (const Mapping& mapping : mappings) {
    if (!sqlstate.starts_with(mapping.prefix)) continue;
    return {mapping.code, mapping.message, std::move(detail), std::string(sqlstate)};
  }
  return {ErrorCode::internal, "The database failed.", std::move(detail), std::string(sqlstate)};
}

}  // namespace menpai::store

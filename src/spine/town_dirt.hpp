// SPDX-License-Identifier: Apache-2.0
// How departments really write addresses: untidy forms of the demo town's standard addresses, with the truth known.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spine/random.hpp"
#include "spine/town.hpp"

namespace menpai::spine {

/// What is wrong with a row.
enum class DirtClass : std::uint8_t {
  exact,        ///< A: the standard text
  format,       ///< B: all there, written differently
  missing,      ///< C: a level that is needed was left out, so that several addresses fit
  typo,         ///< D: a wrong, missing or doubled character in a name
  nonexistent,  ///< N: a room, building or number that there is not
};
inline constexpr int dirt_class_count = 5;
/// "A", "B", "C", "D", "N".
std::string_view dirt_class_name(DirtClass dirt);

/// How often each class comes; need not sum to one.
struct DirtShares {
  double exact = 0.30;
  double format = 0.42;
  double missing = 0.10;
  double typo = 0.12;
  double nonexistent = 0.06;
};

struct DirtyText {
  std::string text;
  DirtClass dirt = DirtClass::exact;
  std::vector<std::string_view> kinds;  ///< stable names of what was done to it: "no_province", "building_hash"
};

/// Writes the address as a department might. Where a class is impossible for this address (nothing can be left out that
/// would be missed) the row becomes class B instead. `address` is a number, building or room.
DirtyText make_dirty(const TownAddress& address, const TownDivisions& divisions, const DirtShares& shares,
                     Random& random);

}  // namespace menpai::spine

// SPDX-License-Identifier: Apache-2.0
// What is wrong with the numbers that a street has: 重 (twice), 乱 (out of order), 错 (wrong side), 漏 (left out).
//
// A street keeps the order it has: where most of its doors run against the rule's direction, or have odd and even
// changed over, the street is named once and its doors are compared with one another.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/coordinate.hpp"
#include "spine/numbering_rule.hpp"
#include "spine/street_line.hpp"

namespace menpai::spine {

enum class NumberFault : std::uint8_t {
  duplicate_number,    ///< 重: two live addresses of the street have this number
  out_of_order,        ///< 乱: the number does not fit between its neighbours
  wrong_side,          ///< 错: an odd number on the even side or the other way round
  number_gap,          ///< 漏: numbers are missing, more than the frontage keeps in reserve
  sub_of_sub,          ///< a sub-number of a sub-number
  unreadable_number,   ///< the text is no door number
  sides_swapped,       ///< the whole street has odd and even changed over
  direction_reversed,  ///< the whole street is numbered from the other end
};
inline constexpr int number_fault_count = 8;
std::string_view number_fault_name(NumberFault fault);

struct NumberedDoor {
  std::string id;
  std::string text;  ///< 12号附1号
  std::optional<geo::LonLat> point;
};

struct NumberFinding {
  NumberFault fault = NumberFault::duplicate_number;
  std::vector<std::string> ids;  ///< the addresses that it is about; empty where the street is meant
  std::string part;              ///< the numbers: "12号", "14号–18号"
};

/// Without a street (no line is known) only what needs no geometry is looked for. Costs the doors times the street's
/// corners, and sorting.
std::vector<NumberFinding> find_number_faults(const NumberingRule& rule, const StreetLine* street,
                                              std::span<const NumberedDoor> doors);

}  // namespace menpai::spine

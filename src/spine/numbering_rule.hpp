// SPDX-License-Identifier: Apache-2.0
// How a city numbers the doors along its streets: rules/numbering.tsv as data.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace menpai::spine {

enum class Compass : std::uint8_t { east, north, west, south };
/// Which side of a street has the odd numbers.
enum class OddSide : std::uint8_t {
  left,        ///< looking along the numbers
  right,       ///< looking along the numbers
  north_west,  ///< north of an east-west street, west of a north-south street
  south_east,  ///< the other way round
};
enum class SubForm : std::uint8_t {
  attached,  ///< 12号附1号
  dash,      ///< 12-1号
};

struct NumberingRule {
  std::string name;
  Compass east_west_from = Compass::east;
  Compass north_south_from = Compass::north;
  OddSide odd_side = OddSide::left;
  OddSide dead_end_odd = OddSide::left;  ///< left or right, looking inwards
  double metres_a_number = 0;            ///< of one side; 0: one after the other
  double reserve_m = 0;                  ///< open frontage that a number is kept for; 0: none is kept
  SubForm sub_form = SubForm::attached;
  std::vector<int> left_out;  ///< numbers that are never given
  std::string title_zh, title_en;
};

/// The shipped rules, the general one ("standard") first.
std::span<const NumberingRule> numbering_rules();
/// Null if there is no shipped rule of this name.
const NumberingRule* find_numbering_rule(std::string_view name);

/// Reads a table of the form of rules/numbering.tsv. Throws bad_request that names the row and the column at fault.
std::vector<NumberingRule> read_numbering_rules(std::string_view text);

}  // namespace menpai::spine

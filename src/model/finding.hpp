// SPDX-License-Identifier: Apache-2.0
// What is found wrong with the names and numbers that the register holds: 有路无名, 一路多名, 重名; 重, 乱, 错, 漏.
//
// Findings are computed from what is there now and kept nowhere: mended data has none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/coordinate.hpp"

namespace menpai {

enum class FindingKind : std::uint8_t {
  unnamed_street,      ///< 有路无名: a road or lane without a name
  unlisted_street,     ///< addresses stand on a street that is no place of the register
  several_names,       ///< 一路多名: two streets lie on one line
  duplicate_name,      ///< 重名: two places of one county have one name
  same_sound_name,     ///< 同音: two places of one county sound alike
  wrong_name,          ///< 错: an address is not written with the standard name of its place
  missing_number,      ///< 漏: a building without an address
  duplicate_number,    ///< 重: two live addresses of a street have one number
  out_of_order,        ///< 乱: a number does not fit between its neighbours
  wrong_side,          ///< 错: an odd number on the even side or the other way round
  number_gap,          ///< 漏: numbers are missing, more than the frontage keeps in reserve
  sub_of_sub,          ///< a sub-number of a sub-number
  unreadable_number,   ///< the text is no door number
  sides_swapped,       ///< a whole street has odd and even changed over
  direction_reversed,  ///< a whole street is numbered from the other end
};
inline constexpr int finding_kind_count = 15;
std::string_view finding_kind_name(FindingKind kind);
std::optional<FindingKind> parse_finding_kind(std::string_view name);

/// From here on the kinds are found by walking the numbers of each street.
inline constexpr FindingKind first_number_kind = FindingKind::duplicate_number;

struct Finding {
  FindingKind kind = FindingKind::unnamed_street;
  std::string division_code;
  std::string place_id;          ///< the street or place; may be empty
  std::string place_name;        ///< its name
  std::vector<std::string> ids;  ///< the objects that it is about
  std::string part;              ///< what is wrong: a name, numbers
  std::optional<geo::LonLat> point;
};

}  // namespace menpai

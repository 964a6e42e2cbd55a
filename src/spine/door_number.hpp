// SPDX-License-Identifier: Apache-2.0
// A door number and its sub-number (附号), read from and written as text.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "spine/numbering_rule.hpp"

namespace menpai::spine {

struct DoorNumber {
  int main = 0;
  int sub = 0;  ///< 0: none
  auto operator<=>(const DoorNumber&) const = default;
};

/// What a text says: a number, a number below a sub-number (12号附1号附2号, which the rules forbid), or neither.
struct ReadDoorNumber {
  DoorNumber number;
  bool is_sub_of_sub = false;
};

/// Reads 12号, 12, 12-1号, 12号附1号, 12号之1, 12号之一, 12号甲, with full-width digits and simple Chinese numerals up
/// to 九十九. Nothing if the text says anything else, or a number above 99,999.
std::optional<ReadDoorNumber> read_door_number(std::string_view text);

/// "12号", "12号附1号", "12-1号".
std::string door_number_text(DoorNumber number, SubForm form);

}  // namespace menpai::spine

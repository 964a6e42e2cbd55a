// SPDX-License-Identifier: Apache-2.0
// Numbers as they are written in addresses: 12, 12A, B1, 甲10, 二十三, 第3, 16附1, 984-6.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "address/text/segment.hpp"

namespace menpai::address {

/// One number read at a position.
struct NumberRead {
  Number number;
  std::uint32_t end = 0;    ///< behind it
  std::uint8_t digits = 0;  ///< how many digits its value was written with, Chinese numerals included
  bool chinese = false;     ///< written in Chinese numerals
  bool zero_led = false;    ///< written with a zero in front: 01
};

/// Reads one number at `pos`: an optional letter or 甲乙丙丁 before the digits and one behind. Chinese numerals up to
/// 999. A lone letter counts as a number with value 0. Nothing where the value would not fit into nine digits.
std::optional<NumberRead> read_number(std::u32string_view chars, std::uint32_t pos);

/// The value of a Chinese numeral (二十三, 一〇二, 百二) at `pos` and where it ends; nothing if none stands there.
struct NumeralRead {
  std::int32_t value;
  std::uint32_t end;
};
std::optional<NumeralRead> read_numeral(std::u32string_view chars, std::uint32_t pos);

/// 0 to 9 for 〇 to 九, 零, 两; -1 for anything else.
int numeral_digit(char32_t c);

/// 甲 乙 丙 丁 戊 己 庚 辛 壬 癸.
bool is_stem(char32_t c);

}  // namespace menpai::address

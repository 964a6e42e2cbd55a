// SPDX-License-Identifier: Apache-2.0
// Reads Arabic and Chinese numbers with their letters.
#include "address/text/numerals.hpp"

#include "address/text/lexicon.hpp"

namespace menpai::address {

int numeral_digit(char32_t c) {
  switch (c) {
    case U'〇':
    case U'零':
      return 0;
    case U'一':
    case U'壹':
      return 1;
    case U'二':
    case U'两':
    case U'贰':
      return 2;
    case U'三':
    case U'叁':
      return 3;
    case U'四':
    case U'肆':
      return 4;
    case U'五':
    case U'伍':
      return 5;
    case U'六':
    case U'陆':
      return 6;
    case U'七':
    case U'柒':
      return 7;
    case U'八':
    case U'捌':
      return 8;
    case U'九':
    case U'玖':
      return 9;
    default:
      return -1;
  }
}

bool is_stem(char32_t c) {
  constexpr std::u32string_view stems = U"甲乙丙丁戊己庚辛壬癸";
  return stems.find(c) != std::u32string_view::npos;
}

std::optional<NumeralRead> read_numeral(std::u32string_view chars, std::uint32_t pos) {
  std::int32_t total = 0;
  std::int32_t run = -1;  // the digits since the last 百 or 十
  std::uint32_t digits = 0;
  std::uint32_t at = pos;
  for (; at < chars.size() && digits < 9; ++at, ++digits) {
    const char32_t c = chars[at];
    const int digit = numeral_digit(c);
    if (digit >= 0) {
      run = (run < 0 ? 0 : run * 10) + digit;
    } else if (c == U'十') {
      total += (run < 0 ? 1 : run) * 10;
      run = -1;
    } else if (c == U'百') {
      total += (run < 0 ? 1 : run) * 100;
      run = -1;
    } else {
      break;
    }
    if (total > 100000 || run > 99999999) return std::nullopt;
  }
  if (at == pos) return std::nullopt;
  return NumeralRead{total + (run < 0 ? 0 : run), at};
}

/// The letter O for a zero: 3O7.
static bool is_round_letter(std::u32string_view chars, std::uint32_t at, std::uint32_t first) {
  return chars[at] == U'O' && at > first && at + 1 < chars.size() && is_digit(chars[at + 1]);
}

std::optional<NumberRead> read_number(std::u32string_view chars, std::uint32_t pos) {
  NumberRead read;
  std::uint32_t at = pos;
  const auto size = static_cast<std::uint32_t>(chars.size());
  if (at < size && (is_latin(chars[at]) || is_stem(chars[at]))) read.number.prefix = chars[at++];
  if (at < size && is_latin(chars[at]) && read.number.prefix != 0) return std::nullopt;  // a word in Latin letters
  const std::uint32_t first = at;
  std::int64_t value = 0;
  while (at < size && at - first < 10 && (is_digit(chars[at]) || is_round_letter(chars, at, first))) {
    value = value * 10 + (chars[at] == U'O' ? 0 : static_cast<int>(chars[at] - U'0'));
    ++at;
  }
  if (at - first > 9 || (at < size && is_digit(chars[at]))) return std::nullopt;
  const bool letter = read.number.prefix != 0 && is_latin(read.number.prefix);
  if (at == first) {
    if (const auto numeral = letter ? std::nullopt : read_numeral(chars, at)) {  // A|一楼
      value = numeral->value;
      at = numeral->end;
      read.chinese = true;
    } else if (read.number.prefix == 0) {
      return std::nullopt;
    }
  }
  read.zero_led = at > first + 1 && chars[first] == U'0';
  read.digits = static_cast<std::uint8_t>(at - first);
  read.number.value = static_cast<std::int32_t>(value);
  if (read.digits > 0 && at < size && (is_latin(chars[at]) || is_stem(chars[at]))) {
    const char32_t next = at + 1 < size ? chars[at + 1] : U'\0';
    const bool floor = chars[at] == U'F' && next != U'室' && next != U'房' && next != U'单';  // 38F, not 24F室
    const bool word = floor || (at + 1 < size && is_latin(chars[at + 1]));
    if (!word) read.number.suffix = chars[at++];
  }
  read.end = at;
  return read;
}

}  // namespace menpai::address

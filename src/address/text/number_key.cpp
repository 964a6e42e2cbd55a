// SPDX-License-Identifier: Apache-2.0
#include "address/text/number_key.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace menpai::address {
namespace {

constexpr std::int32_t value_shift = 1 << 23;
constexpr std::int32_t sub_end = 1 << 20;
// Code i + 1 stands for character i; code 0 is "no letter".
constexpr std::u32string_view letter_codes =
    U"ABCDEFGHIJKLMNOPQRSTUVWXYZ甲乙丙丁戊己庚辛壬癸东南西北中前后左右上下附副负";
static_assert(letter_codes.size() < 63);

/// The words a number of each kind may end in; the place in the row is the style. The first is the standard one.
using Styles = std::array<std::u32string_view, 1 << number_style_bits>;
constexpr std::array<Styles, 12> styles = {{
    {},
    {U"号", U"号院", U"号门", U"號"},                                                   // door
    {U"号", U"之", U"支号"},                                                            // sub_door
    {U"弄", U"巷", U"条", U"胡同", U"里"},                                              // lane
    {U"支弄", U"弄", U"支巷"},                                                          // sub_lane
    {U"组", U"队", U"社", U"村民小组", U"居民小组", U"小组", U"邻", U"生产队", U"屯"},  // group
    {U"栋", U"幢", U"号楼", U"座", U"楼", U"号馆", U"馆", U"号厂房", U"厂房", U"期", U"阁", U"区", U"号", U"排",
     U"号公寓"},                              // building
    {U"单元", U"梯", U"门", U"号门", U"号"},  // unit
    {U"层", U"楼"},                           // floor
    {U"室", U"房", U"户", U"号", U"铺", U"号铺", U"号商铺", U"商铺", U"号房", U"档", U"号店铺", U"单元", U"店", U"店面",
     U"铺位", U"卡"},                 // room
    {U"号地块", U"地块", U"号地"},    // plot
    {U"公里处", U"公里", U"千米处"},  // post
}};

std::uint32_t letter_code(char32_t c) {
  if (c == 0) return 0;
  const std::size_t at = letter_codes.find(c);
  return at == std::u32string_view::npos ? 63 : static_cast<std::uint32_t>(at) + 1;
}

void append_letter(std::uint32_t code, std::string& out) {
  if (code > 0 && code <= letter_codes.size()) utf8::append(out, letter_codes[code - 1]);
}

std::uint32_t style_of(NumberKind kind, std::u32string_view text) {
  const Styles& row = styles[static_cast<std::size_t>(kind)];
  std::size_t best = 0;
  std::size_t longest = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i].size() > longest && text.ends_with(row[i])) {
      best = i;
      longest = row[i].size();
    }
  }
  return static_cast<std::uint32_t>(best);
}

std::uint32_t prefix_code(NumberKey key) {
  return static_cast<std::uint32_t>(key >> 10 & 63);
}
std::uint32_t suffix_code(NumberKey key) {
  return static_cast<std::uint32_t>(key >> 4 & 63);
}

}  // namespace

std::optional<NumberKey> pack_number(NumberKind kind, const Number& number, std::u32string_view text) {
  const std::uint32_t prefix = letter_code(number.prefix);
  const std::uint32_t suffix = letter_code(number.suffix);
  if (kind == NumberKind::none || prefix == 63 || suffix == 63) return std::nullopt;
  if (number.value <= -value_shift || number.value >= value_shift || number.sub < 0 || number.sub >= sub_end) {
    return std::nullopt;
  }
  return static_cast<NumberKey>(kind) << 60 | static_cast<NumberKey>(number.value + value_shift) << 36 |
         static_cast<NumberKey>(number.sub) << 16 | static_cast<NumberKey>(prefix) << 10 |
         static_cast<NumberKey>(suffix) << 4 | style_of(kind, text);
}

NumberKind number_kind(NumberKey key) {
  return static_cast<NumberKind>(std::min<NumberKey>(key >> 60, styles.size() - 1));
}
std::int32_t number_value(NumberKey key) {
  return static_cast<std::int32_t>(key >> 36 & 0xFFFFFF) - value_shift;
}
std::int32_t number_sub(NumberKey key) {
  return static_cast<std::int32_t>(key >> 16 & 0xFFFFF);
}
std::uint32_t number_letters(NumberKey key) {
  return static_cast<std::uint32_t>(key >> 4 & 0xFFF);
}

NumberKey with_kind(NumberKey key, NumberKind kind) {
  return static_cast<NumberKey>(kind) << 60 | (key & ((NumberKey{1} << 60) - 16));
}

NumberKey with_value(NumberKey key, std::int32_t value) {
  const NumberKey mask = NumberKey{0xFFFFFF} << 36;
  return (key & ~mask) | (static_cast<NumberKey>(value + value_shift) << 36 & mask);
}

NumberKey with_sub(NumberKey key, std::int32_t sub) {
  const NumberKey mask = NumberKey{0xFFFFF} << 16;
  return (key & ~mask) | (static_cast<NumberKey>(sub) << 16 & mask);
}

void append_number(NumberKey key, std::string& out) {
  const NumberKind kind = number_kind(key);
  const std::int32_t value = number_value(key);
  const std::int32_t sub = number_sub(key);
  const bool named = value == 0 && number_letters(key) != 0;  // A座, 东单元
  if (kind == NumberKind::sub_door) out += "附";
  append_letter(prefix_code(key), out);
  if (value < 0) out += "地下";
  if (!named) out += std::to_string(value < 0 ? -value : value);
  // A letter stands behind the whole number where that has a part: 28-1甲号, but 12A室.
  if (sub != 0) out += '-' + std::to_string(sub);
  append_letter(suffix_code(key), out);
  const Styles& row = styles[static_cast<std::size_t>(kind)];
  const auto style = static_cast<std::size_t>(key & 15);
  const std::u32string_view word = style < row.size() && !row[style].empty() ? row[style] : row[0];
  for (const char32_t c : word) utf8::append(out, c);
}

Level number_level(NumberKind kind) {
  switch (kind) {
    case NumberKind::door:
    case NumberKind::sub_door:
    case NumberKind::plot:
      return Level::number;
    case NumberKind::group:
      return Level::group;
    case NumberKind::building:
      return Level::building;
    case NumberKind::unit:
      return Level::unit;
    case NumberKind::floor:
      return Level::floor;
    case NumberKind::room:
      return Level::room;
    case NumberKind::lane:
    case NumberKind::sub_lane:
      return Level::place;
    case NumberKind::none:
    case NumberKind::post:
      break;
  }
  return Level::none;
}

}  // namespace menpai::address

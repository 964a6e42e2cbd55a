// SPDX-License-Identifier: Apache-2.0
// The generic words of addresses: which stretch of text is a road's, an estate's, a zone's tail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace menpai::address {

/// What a generic word makes of the name before it; the kinds of rules/address_words.tsv, in this order.
enum class WordKind : std::uint8_t {
  none,
  road,       ///< 路 街 大道 …
  lane,       ///< 巷 弄 胡同 …: below a road, or a road itself
  section,    ///< 东段: a part of a road
  zone,       ///< 开发区 保税区 …: named like a district
  town,       ///< 镇 乡 街道
  community,  ///< 村 社区 居委会 …
  estate,     ///< 小区 花园 大厦 工业园 …
  part,       ///< 组团 苑区 …: a part of an estate
  unit,       ///< 公司 学校 医院 …
};

struct WordMatch {
  WordKind kind = WordKind::none;
  std::uint8_t length = 0;
};

/// The longest generic word that begins at `pos`. One table look-up where none does.
WordMatch word_at(std::u32string_view chars, std::size_t pos);

/// Whether what begins at `pos` makes the name before it a road or a landmark, not a division: 南京|西路, 北京|大厦.
bool turns_into_other(std::u32string_view chars, std::size_t pos);

/// The length of a word at `pos` that says where something lies relative to something else (对面, 旁边, 交叉口); 0 if
/// none.
std::uint32_t assist_at(std::u32string_view chars, std::size_t pos);

/// What may begin at a character, so that a text is read past all others at one look-up each.
enum CharStart : std::uint8_t {
  starts_separator = 1,
  starts_number = 2,  ///< a digit, numeral, letter, 第, 甲, compass point, 附, 之, 负, 地下, 首层, 底层
  starts_word = 4,    ///< a generic word, a hint, 与, 和, 及, 线
};
std::uint8_t char_starts(char32_t c);

bool is_direction(char32_t c);   ///< 东西南北中 and the like, as in road names
bool is_place_hint(char32_t c);  ///< 内, 旁, 侧 …: a character that says where something lies
constexpr bool is_separator(char32_t c) {
  if (c >= 0x80) return c == U'、' || c == U'…';
  constexpr auto among = [](std::string_view marks, char first) {
    std::uint64_t bits = 0;
    for (const char mark : marks) bits |= (mark & 64) == first ? std::uint64_t{1} << (mark & 63) : 0;
    return bits;
  };
  constexpr std::string_view marks = " ,.-/_;:\"()?!*+~><=&";
  constexpr std::uint64_t low = among(marks, 0);
  constexpr std::uint64_t high = among(marks, 64);
  return ((c < 64 ? low : high) >> (c & 63) & 1) != 0;
}
constexpr bool is_ideograph(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) || c == U'〇';
}
constexpr bool is_compass(char32_t c) {
  return c == U'东' || c == U'西' || c == U'南' || c == U'北' || c == U'中';
}
/// 第, and the character that is typed for it.
constexpr bool is_ordinal(char32_t c) {
  return c == U'第' || c == U'笫';
}
constexpr bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
constexpr bool is_latin(char32_t c) {
  return c >= U'A' && c <= U'Z';
}

}  // namespace menpai::address

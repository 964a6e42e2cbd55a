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

bool is_direction(char32_t c);   ///< 东西南北中 and the like, as in road names
bool is_place_hint(char32_t c);  ///< 内, 旁, 侧 …: a character that says where something lies
bool is_separator(char32_t c);
bool is_ideograph(char32_t c);
inline bool is_compass(char32_t c) {
  return c == U'东' || c == U'西' || c == U'南' || c == U'北' || c == U'中';
}
inline bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
inline bool is_latin(char32_t c) {
  return c >= U'A' && c <= U'Z';
}

}  // namespace menpai::address

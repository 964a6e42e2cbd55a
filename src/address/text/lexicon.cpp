// SPDX-License-Identifier: Apache-2.0
// The generic words of rules/address_words.tsv, and what single characters are.
#include "address/text/lexicon.hpp"

#include <array>
#include <memory>

#include "address/text/numerals.hpp"
#include "address/text/word_list.hpp"

namespace menpai::address {
namespace {

const WordList& generic_words() {
  static const WordList list("address_words.tsv",
                             {"road", "lane", "section", "zone", "town", "community", "estate", "part", "unit"});
  return list;
}

const WordList& hints() {
  static const WordList list("address_words.tsv", {"hint"});
  return list;
}

bool is_numeral(char32_t c) {
  return is_digit(c) || c == U'一' || c == U'二' || c == U'三' || c == U'四' || c == U'五' || c == U'六' ||
         c == U'七' || c == U'八' || c == U'九' || c == U'十';
}

using StartTable = std::array<std::uint8_t, 0x10000>;

std::uint8_t mark_of(char32_t c) {
  constexpr std::u32string_view others = U"十附之负地首底";
  const bool number = is_digit(c) || is_latin(c) || is_ordinal(c) || is_stem(c) || is_compass(c) ||
                      numeral_digit(c) >= 0 || others.find(c) != others.npos;
  return static_cast<std::uint8_t>((is_separator(c) ? starts_separator : 0) | (number ? starts_number : 0));
}

/// Most of the table is empty: what may be marked is named, not searched for.
std::unique_ptr<StartTable> make_starts() {
  auto table = std::make_unique<StartTable>();
  constexpr std::u32string_view numbers =
      U"〇零一二三四五六七八九十两壹贰叁肆伍陆柒捌玖甲乙丙丁戊己庚辛壬癸东西南北中第笫附之负地首底";
  constexpr std::u32string_view marks = U"、…";
  constexpr std::u32string_view joining = U"与和及以线";
  for (char32_t c = 0; c < 0x80; ++c) (*table)[c] = mark_of(c);
  for (const char32_t c : numbers) (*table)[c] = mark_of(c);
  for (const char32_t c : marks) (*table)[c] = mark_of(c);
  const auto add_word = [&](char32_t c) { (*table)[c] |= starts_word; };
  generic_words().each_beginning(add_word);
  hints().each_beginning(add_word);
  for (const char32_t c : joining) add_word(c);
  return table;
}

}  // namespace

std::uint8_t char_starts(char32_t c) {
  static const std::unique_ptr<StartTable> table = make_starts();
  return c < table->size() ? (*table)[c] : 0;
}

WordMatch word_at(std::u32string_view chars, std::size_t pos) {
  const WordList::Found found = generic_words().at(chars, pos);
  return {static_cast<WordKind>(found.kind), found.length};
}

std::uint32_t assist_at(std::u32string_view chars, std::size_t pos) {
  return hints().at(chars, pos).length;
}

bool turns_into_other(std::u32string_view chars, std::size_t pos) {
  // A generic word across the end: 西工|业区.
  if (pos >= 2) {
    const WordMatch across = word_at(chars, pos - 1);
    if (across.kind != WordKind::none && across.length >= 3) return true;
  }
  // 嘉莲|里9号, 厚街|段776号, 殿前|社52号.
  const bool tail = pos + 1 < chars.size() && (chars[pos] == U'里' || chars[pos] == U'段' || chars[pos] == U'社');
  if (tail && is_digit(chars[pos + 1])) return true;
  std::size_t at = pos;
  while (at < chars.size() && at < pos + 3 && (is_direction(chars[at]) || is_numeral(chars[at]))) ++at;
  const WordMatch word = word_at(chars, at);
  if (word.kind == WordKind::none) return false;
  if (chars[at] == U'街' && at + 1 < chars.size() && chars[at + 1] == U'道') return false;
  if (at == pos && word.kind == WordKind::zone) return false;  // 芜湖|经济技术开发区 lies in 芜湖
  if (at > pos) return word.kind != WordKind::town && word.kind != WordKind::community;
  return true;
}

bool is_direction(char32_t c) {
  return c == U'东' || c == U'西' || c == U'南' || c == U'北' || c == U'中' || c == U'前' || c == U'后' || c == U'上' ||
         c == U'下' || c == U'新' || c == U'支' || c == U'内' || c == U'外';
}

bool is_place_hint(char32_t c) {
  return std::u32string_view(U"东西南北内外口后前旁侧中下上").find(c) != std::u32string_view::npos;
}

}  // namespace menpai::address

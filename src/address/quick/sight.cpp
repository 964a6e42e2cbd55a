// SPDX-License-Identifier: Apache-2.0
// Collects what the resolver and the cutters test for.
#include "address/quick/sight.hpp"

#include <string_view>

#include "address/rules.hpp"
#include "address/text/lexicon.hpp"
#include "address/text/normalise.hpp"
#include "address/text/numerals.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t table_size = 0x10000;

/// What DivisionResolver tests for by itself, beside directions and what is no ideograph.
constexpr std::u32string_view seen_in_head = U"省市县区镇乡场肆间道舰下里段社国";
constexpr std::u32string_view numerals = U"一二三四五六七八九十";

/// What the cutters test for by itself, beside the words of the rules.
constexpr std::u32string_view seen_in_tail =
    U"一丁七三上下与丙业东两中之乙九二五产仓以伍侧保假八六内前北区十单南厦叁及发口号同后和商四团园国地场城墅壬壹外大头"
    U"室层工己巷市干广库底店庚度庭开心戊户房捌支新旁期村柒楼横段片玖甲癸百社税笫第线组肆胡至苑街西负货贰路辛通道邸里门"
    U"附陆零面原旧曾用老即又名亦称边角近靠毗紧临对过隔馆首高〇笫邻屯队栋幢座号院厂馆阁排单元梯层楼室铺档卡条弄地块公里"
    U"处"
    U"千米";

/// What may join numbers to a chain; then their values are compared.
constexpr std::u32string_view joints = U"-/_,、.~至之&+";

/// The words that suffix_at knows.
constexpr std::u32string_view division_words[] = {
    U"街道办事处", U"街办事处",   U"办事处", U"地区办事处", U"自治区", U"自治州", U"自治县",
    U"自治旗",     U"特别行政区", U"特区",   U"林区",       U"矿区",   U"新区",   U"民族乡",
    U"苏木",       U"公社",       U"管理区", U"旗",         U"盟",     U"州",     U"街"};

}  // namespace

const Sight& Sight::get() {
  static const Sight made;
  return made;
}

void Sight::add_word(std::u32string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (word[i] >= table_size) continue;
    if (word.size() == 1) {
      m_folded[word[i]] |= head_shown | tail_shown;
      continue;
    }
    m_folded[word[i]] |= in_word;
    if (i + 1 == word.size() || word[i + 1] >= table_size) continue;
    add(m_pairs, word[i], word[i + 1]);
  }
}

void Sight::add_words() {
  for (const std::string_view file : {"address_words.tsv", "address_units.tsv"}) {
    for_each_rule(file, [&](std::string_view, std::string_view word) { add_word(fold_text(word)); });
  }
  for_each_rule("address_words.tsv", [&](std::string_view, std::string_view word) {
    const std::u32string folded_word = fold_text(word);
    if (folded_word[0] < table_size) m_folded[folded_word[0]] |= begins_word;
  });
  for (const std::u32string_view word : division_words) {
    add_word(word);
    if (word.size() > 1) m_folded[word[0]] |= begins_suffix;
  }
  for_each_rule("address_noise.tsv", [&](std::string_view, std::string_view word) {
    const std::u32string folded_word = fold_text(word);
    if (folded_word[0] >= table_size) return;
    m_folded[folded_word[0]] |= begins_noise;
    if (folded_word.size() > 1) add(m_noise, folded_word[0], folded_word[1]);
    if (folded_word.size() == 1) m_folded[folded_word[0]] |= is_not_plain;
  });
}

Sight::Sight() : m_written(table_size), m_folded(table_size), m_pairs(table_size / 64), m_noise(table_size / 64) {
  add_words();
  for (char32_t c = 0; c < table_size; ++c) {
    std::uint16_t& flags = m_folded[c];
    if (c < 0x3400 || c >= 0xE000 || is_direction(c)) flags |= head_shown;
    if (!is_ideograph(c)) flags |= tail_shown;
    if (is_digit(c)) flags |= digit;
    if (is_separator(c)) flags |= separator;
    if (is_stem(c)) flags |= stem;
    if (c < 0x20 || c == U' ' || c == U'(' || c == U'+' || c >= 0xD800) flags |= is_not_plain;
  }
  const auto add = [&](std::u32string_view characters, std::uint16_t flags) {
    for (const char32_t c : characters) m_folded[c] |= flags;
  };
  add(seen_in_head, head_shown);
  add(numerals, head_numeral);
  add(seen_in_tail, tail_shown);
  add(joints, joint);
  for (char32_t c = 0; c < table_size; ++c) {
    const char32_t form = fold(c);
    const bool stands = form != 0 && form < table_size;
    m_written[c] = stands ? static_cast<std::uint32_t>(form) | std::uint32_t{m_folded[form]} << 16
                          : std::uint32_t{is_not_plain} << 16;
  }
}

}  // namespace menpai::address

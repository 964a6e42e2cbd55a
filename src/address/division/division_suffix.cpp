// SPDX-License-Identifier: Apache-2.0
// Recognises the generic words of division names: 省 市 区 县 街道 镇 …
#include <span>

#include "address/division/division_layout.hpp"

namespace menpai::address {
namespace {

struct Word {
  std::u32string_view text;
  Suffix suffix;
};

constexpr Word street[] = {{U"街道办事处", Suffix::jiedao},
                           {U"街道办", Suffix::jiedao},
                           {U"街办事处", Suffix::jiedao},
                           {U"街道", Suffix::jiedao},
                           {U"街办", Suffix::jiedao}};
constexpr Word office[] = {{U"办事处", Suffix::banshichu}};
constexpr Word region[] = {{U"地区办事处", Suffix::diqu}, {U"地区", Suffix::diqu}};
constexpr Word autonomous[] = {{U"自治区", Suffix::zizhiqu},
                               {U"自治州", Suffix::zizhizhou},
                               {U"自治县", Suffix::zizhixian},
                               {U"自治旗", Suffix::zizhiqi}};
constexpr Word special[] = {{U"特别行政区", Suffix::tebie_xingzhengqu}, {U"特区", Suffix::tequ}};
constexpr Word forest[] = {{U"林区", Suffix::linqu}};
constexpr Word mine[] = {{U"矿区", Suffix::kuangqu}};
constexpr Word fresh[] = {{U"新区", Suffix::xinqu}};
constexpr Word peoples[] = {{U"民族乡", Suffix::minzuxiang}};
constexpr Word sumu[] = {{U"苏木", Suffix::sumu}};
constexpr Word commune[] = {{U"公社", Suffix::gongshe}};
constexpr Word managed[] = {{U"管理区", Suffix::guanliqu}};

/// The words of several characters that begin with `c`, longest first.
std::span<const Word> words_of(char32_t c) {
  switch (c) {
    case U'街':
      return street;
    case U'办':
      return office;
    case U'地':
      return region;
    case U'自':
      return autonomous;
    case U'特':
      return special;
    case U'林':
      return forest;
    case U'矿':
      return mine;
    case U'新':
      return fresh;
    case U'民':
      return peoples;
    case U'苏':
      return sumu;
    case U'公':
      return commune;
    case U'管':
      return managed;
    default:
      return {};
  }
}

/// The words of one character.
Suffix word_of(char32_t c) {
  switch (c) {
    case U'省':
      return Suffix::sheng;
    case U'市':
      return Suffix::shi;
    case U'区':
      return Suffix::qu;
    case U'县':
      return Suffix::xian;
    case U'旗':
      return Suffix::qi;
    case U'盟':
      return Suffix::meng;
    case U'州':
      return Suffix::zhou;
    case U'镇':
      return Suffix::zhen;
    case U'乡':
      return Suffix::xiang;
    default:
      return Suffix::none;
  }
}

/// Whether the generic word's one character begins another word: 市场, 区间, 省道.
bool goes_on(char32_t c, char32_t next) {
  switch (c) {
    case U'市':
      return next == U'场' || next == U'肆';
    case U'区':
      return next == U'间';
    case U'省':
    case U'县':
    case U'乡':
      return next == U'道';
    case U'旗':
      return next == U'舰' || next == U'下';
    default:
      return false;
  }
}

}  // namespace

SuffixMatch suffix_at(std::u32string_view chars, std::size_t pos) {
  if (pos >= chars.size()) return {};
  const char32_t c = chars[pos];
  if (const Suffix one = word_of(c); one != Suffix::none) {
    if (pos + 1 < chars.size() && goes_on(c, chars[pos + 1])) return {};
    return {one, 1};
  }
  for (const Word& word : words_of(c)) {
    if (chars.substr(pos).starts_with(word.text)) return {word.suffix, static_cast<std::uint8_t>(word.text.size())};
  }
  return {};
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Recognises the generic words of division names: 省 市 区 县 街道 镇 …
#include <algorithm>
#include <array>

#include "address/division_layout.hpp"

namespace menpai::address {
namespace {

struct Word {
  std::u32string_view text;
  Suffix suffix;
};

// Longest first within a first character.
constexpr std::array<Word, 31> words = {{
    {U"省", Suffix::sheng},
    {U"市", Suffix::shi},
    {U"区", Suffix::qu},
    {U"县", Suffix::xian},
    {U"旗", Suffix::qi},
    {U"盟", Suffix::meng},
    {U"州", Suffix::zhou},
    {U"镇", Suffix::zhen},
    {U"乡", Suffix::xiang},
    {U"街道办事处", Suffix::jiedao},
    {U"街道办", Suffix::jiedao},
    {U"街办事处", Suffix::jiedao},
    {U"街道", Suffix::jiedao},
    {U"街办", Suffix::jiedao},
    {U"办事处", Suffix::banshichu},
    {U"地区办事处", Suffix::diqu},
    {U"地区", Suffix::diqu},
    {U"自治区", Suffix::zizhiqu},
    {U"自治州", Suffix::zizhizhou},
    {U"自治县", Suffix::zizhixian},
    {U"自治旗", Suffix::zizhiqi},
    {U"特别行政区", Suffix::tebie_xingzhengqu},
    {U"特区", Suffix::tequ},
    {U"林区", Suffix::linqu},
    {U"矿区", Suffix::kuangqu},
    {U"新区", Suffix::xinqu},
    {U"民族乡", Suffix::minzuxiang},
    {U"苏木", Suffix::sumu},
    {U"公社", Suffix::gongshe},
    {U"管理区", Suffix::guanliqu},
    {U"街", Suffix::none},
}};

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
  switch (chars[pos]) {
    case U'省':
    case U'市':
    case U'区':
    case U'县':
    case U'旗':
    case U'盟':
    case U'州':
    case U'镇':
    case U'乡':
    case U'街':
    case U'办':
    case U'地':
    case U'自':
    case U'特':
    case U'林':
    case U'矿':
    case U'新':
    case U'民':
    case U'苏':
    case U'公':
    case U'管':
      break;
    default:
      return {};
  }
  const std::u32string_view rest = chars.substr(pos);
  for (const Word& word : words) {
    if (rest.starts_with(word.text)) {
      if (word.text.size() == 1 && rest.size() > 1 && goes_on(rest[0], rest[1])) return {};
      return {word.suffix, static_cast<std::uint8_t>(word.suffix == Suffix::none ? 0 : word.text.size())};
    }
  }
  return {};
}

}  // namespace menpai::address

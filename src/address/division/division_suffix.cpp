// SPDX-License-Identifier: Apache-2.0
// Recognises the generic words of division names: 省 市 区 县 街道 镇 …
#include <array>
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

/// What begins with one character: the word of it alone, or words of several, longest first.
struct Beginning {
  char16_t c = 0;
  Suffix one = Suffix::none;
  std::span<const Word> words;
};

constexpr Beginning beginnings[] = {
    {u'省', Suffix::sheng, {}},        {u'市', Suffix::shi, {}},       {u'区', Suffix::qu, {}},
    {u'县', Suffix::xian, {}},         {u'旗', Suffix::qi, {}},        {u'盟', Suffix::meng, {}},
    {u'州', Suffix::zhou, {}},         {u'镇', Suffix::zhen, {}},      {u'乡', Suffix::xiang, {}},
    {u'街', Suffix::none, street},     {u'办', Suffix::none, office},  {u'地', Suffix::none, region},
    {u'自', Suffix::none, autonomous}, {u'特', Suffix::none, special}, {u'林', Suffix::none, forest},
    {u'矿', Suffix::none, mine},       {u'新', Suffix::none, fresh},   {u'民', Suffix::none, peoples},
    {u'苏', Suffix::none, sumu},       {u'公', Suffix::none, commune}, {u'管', Suffix::none, managed}};

/// Chosen so that no two of the beginnings share a place.
constexpr std::size_t place_of(char32_t c) {
  return (c ^ c >> 8) & 0x7F;
}

constexpr std::array<Beginning, 128> make_places() {
  std::array<Beginning, 128> places{};
  for (const Beginning& beginning : beginnings) {
    Beginning& place = places[place_of(beginning.c)];
    if (place.c != 0) throw "two words share a place";
    place = beginning;
  }
  return places;
}
constexpr std::array<Beginning, 128> places = make_places();

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
  const Beginning& beginning = places[place_of(c)];
  if (beginning.c != c) return {};
  if (beginning.one != Suffix::none) {
    if (pos + 1 < chars.size() && goes_on(c, chars[pos + 1])) return {};
    return {beginning.one, 1};
  }
  for (const Word& word : beginning.words) {
    if (chars.substr(pos).starts_with(word.text)) return {word.suffix, static_cast<std::uint8_t>(word.text.size())};
  }
  return {};
}

}  // namespace menpai::address

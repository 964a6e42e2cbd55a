// SPDX-License-Identifier: Apache-2.0
// The tables of generic words, by first character.
#include "address/lexicon.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace menpai::address {
namespace {

struct Entry {
  std::u32string_view word;
  WordKind kind;
};

constexpr Entry entries[] = {
    {U"路", WordKind::road},
    {U"大道", WordKind::road},
    {U"大街", WordKind::road},
    {U"街", WordKind::road},
    {U"公路", WordKind::road},
    {U"马路", WordKind::road},
    {U"道", WordKind::road},
    {U"国道", WordKind::road},
    {U"省道", WordKind::road},
    {U"县道", WordKind::road},
    {U"高速", WordKind::road},
    {U"快速路", WordKind::road},
    {U"环路", WordKind::road},
    {U"环线", WordKind::road},
    {U"胡同", WordKind::lane},
    {U"巷", WordKind::lane},
    {U"弄", WordKind::lane},
    {U"支路", WordKind::lane},
    {U"支弄", WordKind::lane},
    {U"开发区", WordKind::zone},
    {U"开发新区", WordKind::zone},
    {U"工业园区", WordKind::zone},
    {U"园区", WordKind::zone},
    {U"高新区", WordKind::zone},
    {U"高新技术产业开发区", WordKind::zone},
    {U"经济技术开发区", WordKind::zone},
    {U"经济开发区", WordKind::zone},
    {U"度假区", WordKind::zone},
    {U"保税区", WordKind::zone},
    {U"保税港区", WordKind::zone},
    {U"经开区", WordKind::zone},
    {U"示范区", WordKind::zone},
    {U"合作区", WordKind::zone},
    {U"试验区", WordKind::zone},
    {U"镇", WordKind::town},
    {U"街道", WordKind::town},
    {U"乡", WordKind::town},
    {U"村", WordKind::community},
    {U"社区", WordKind::community},
    {U"居委会", WordKind::community},
    {U"村委会", WordKind::community},
    {U"村民委员会", WordKind::community},
    {U"居民委员会", WordKind::community},
    {U"嘎查", WordKind::community},
    {U"小区", WordKind::estate},
    {U"新村", WordKind::estate},
    {U"花园", WordKind::estate},
    {U"花苑", WordKind::estate},
    {U"家园", WordKind::estate},
    {U"公寓", WordKind::estate},
    {U"大厦", WordKind::estate},
    {U"大楼", WordKind::estate},
    {U"广场", WordKind::estate},
    {U"公园", WordKind::estate},
    {U"山庄", WordKind::estate},
    {U"别墅", WordKind::estate},
    {U"市场", WordKind::estate},
    {U"商城", WordKind::estate},
    {U"中心", WordKind::estate},
    {U"饭店", WordKind::unit},
    {U"酒店", WordKind::unit},
    {U"宾馆", WordKind::unit},
    {U"大学", WordKind::unit},
    {U"学院", WordKind::unit},
    {U"中学", WordKind::unit},
    {U"小学", WordKind::unit},
    {U"医院", WordKind::unit},
    {U"银行", WordKind::unit},
    {U"公司", WordKind::unit},
    {U"站", WordKind::unit},
    {U"机场", WordKind::unit},
    {U"大桥", WordKind::unit},
    {U"商场", WordKind::unit},
    {U"商厦", WordKind::unit},
};

/// Entries by first character: a bit a character of the basic plane, then a sorted list, longest first.
class Table {
 public:
  Table() {
    m_sorted.assign(std::begin(entries), std::end(entries));
    std::stable_sort(m_sorted.begin(), m_sorted.end(), [](const Entry& a, const Entry& b) {
      return a.word[0] != b.word[0] ? a.word[0] < b.word[0] : a.word.size() > b.word.size();
    });
    m_first.assign(0x10000, 0);
    for (std::size_t i = m_sorted.size(); i-- > 0;) {
      m_first[m_sorted[i].word[0]] = static_cast<std::uint16_t>(i + 1);
    }
  }

  WordMatch at(std::u32string_view chars, std::size_t pos) const {
    if (pos >= chars.size() || chars[pos] >= 0x10000) return {};
    std::size_t i = m_first[chars[pos]];
    if (i == 0) return {};
    const std::u32string_view rest = chars.substr(pos);
    for (--i; i < m_sorted.size() && m_sorted[i].word[0] == rest[0]; ++i) {
      if (rest.starts_with(m_sorted[i].word)) {
        return {m_sorted[i].kind, static_cast<std::uint8_t>(m_sorted[i].word.size())};
      }
    }
    return {};
  }

 private:
  std::vector<Entry> m_sorted;
  std::vector<std::uint16_t> m_first;
};

const Table& table() {
  static const Table made;
  return made;
}

bool is_numeral(char32_t c) {
  return is_digit(c) || c == U'一' || c == U'二' || c == U'三' || c == U'四' || c == U'五' || c == U'六' ||
         c == U'七' || c == U'八' || c == U'九' || c == U'十';
}

}  // namespace

WordMatch word_at(std::u32string_view chars, std::size_t pos) {
  return table().at(chars, pos);
}

bool turns_into_other(std::u32string_view chars, std::size_t pos) {
  std::size_t at = pos;
  while (at < chars.size() && at < pos + 3 && (is_direction(chars[at]) || is_numeral(chars[at]))) ++at;
  const WordMatch word = word_at(chars, at);
  if (word.kind == WordKind::none) return false;
  if (chars[at] == U'街' && at + 1 < chars.size() && chars[at + 1] == U'道') return false;
  if (at > pos) return word.kind == WordKind::road || word.kind == WordKind::lane;
  return true;
}

bool is_direction(char32_t c) {
  return c == U'东' || c == U'西' || c == U'南' || c == U'北' || c == U'中' || c == U'前' || c == U'后' || c == U'上' ||
         c == U'下' || c == U'新' || c == U'支' || c == U'内' || c == U'外';
}

std::uint32_t assist_at(std::u32string_view chars, std::size_t pos) {
  static constexpr std::u32string_view words[] = {
      U"斜对面", U"交叉路口", U"交叉口", U"交汇处", U"交界处", U"交叉处", U"对面", U"对过", U"旁边",
      U"附近",   U"门口",     U"路口",   U"交汇",   U"交口",   U"后面",   U"前面", U"隔壁", U"楼下",
      U"楼上",   U"院内",     U"东侧",   U"西侧",   U"南侧",   U"北侧",   U"东面", U"西面", U"南面",
      U"北面",   U"东边",     U"西边",   U"南边",   U"北边",   U"边上",   U"里面", U"村口", U"旁"};
  if (pos >= chars.size()) return 0;
  switch (chars[pos]) {
    case U'斜':
    case U'交':
    case U'对':
    case U'旁':
    case U'附':
    case U'门':
    case U'路':
    case U'后':
    case U'前':
    case U'隔':
    case U'楼':
    case U'院':
    case U'东':
    case U'西':
    case U'南':
    case U'北':
    case U'边':
    case U'里':
    case U'村':
      break;
    default:
      return 0;
  }
  const std::u32string_view rest = chars.substr(pos);
  for (const std::u32string_view word : words) {
    if (rest.starts_with(word)) return static_cast<std::uint32_t>(word.size());
  }
  return 0;
}

bool is_separator(char32_t c) {
  switch (c) {
    case U' ':
    case U',':
    case U'.':
    case U'-':
    case U'/':
    case U'_':
    case U';':
    case U':':
    case U'"':
    case U'(':
    case U')':
    case U'、':
    case U'?':
    case U'!':
    case U'*':
    case U'+':
    case U'~':
    case U'>':
    case U'<':
    case U'=':
    case U'&':
    case U'…':
      return true;
    default:
      return false;
  }
}

bool is_ideograph(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) || c == U'〇';
}

}  // namespace menpai::address

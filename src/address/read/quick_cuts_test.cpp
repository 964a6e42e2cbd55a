// SPDX-License-Identifier: Apache-2.0
// A text that looks like another is cut as it would be by itself.
#include "address/read/quick_cuts.hpp"

#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "address/division/division_fixture.hpp"
#include "address/read/cutter.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

/// Heads, plain characters, generic and unit words, numerals, letters, digits, separators.
constexpr std::u32string_view pieces[] = {
    U"翠",     U"德",   U"彩",   U"晖",   U"贤",   U"泰",   U"蕙",   U"路",     U"大道", U"东路",   U"街",   U"巷",
    U"横巷",   U"弄",   U"支弄", U"花园", U"新村", U"苑",   U"大厦", U"广场",   U"市场", U"工业园", U"公司", U"一期",
    U"二期",   U"2期",  U"三区", U"社区", U"村",   U"镇",   U"3组",  U"生产队", U"号",   U"号楼",   U"栋",   U"幢",
    U"座",     U"单元", U"梯",   U"门",   U"层",   U"楼",   U"室",   U"房",     U"号房", U"户",     U"铺",   U"#",
    U"附",     U"之",   U"第",   U"地下", U"负",   U"首层", U"东",   U"西",     U"北座", U"东单元", U"对面", U"旁边",
    U"与",     U"里",   U"段",   U"线",   U"1",    U"7",    U"12",   U"38",     U"101",  U"0",      U"02",   U"1203",
    U"325600", U"一",   U"二",   U"三",   U"十",   U"十二", U"甲",   U"A",      U"B",    U"F",      U"-",    U"、",
    U",",      U"/",    U"~",    U"至",   U" ",    U"(",    U")",    U"."};

bool same(const TypedElement& a, const TypedElement& b) {
  return a.label == b.label && a.kind == b.kind && a.level == b.level && a.range == b.range && a.several == b.several &&
         a.start == b.start && a.end == b.end && a.from == b.from && a.to == b.to && a.number == b.number &&
         a.last == b.last && a.division == b.division;
}

class QuickCutsTest : public ::testing::Test {
 protected:
  void expect_same_cut(const std::string& text) {
    normalise(text, m_normal);
    m_resolver.resolve(m_normal, no_division, m_path);
    const Level level = cut_elements(m_normal, m_path, m_index, m_scratch, m_expected);
    const Level found = cut_elements(m_normal, m_path, m_index, m_scratch, m_found, &m_quick);
    EXPECT_EQ(level, found) << text;
    ASSERT_EQ(m_expected.size(), m_found.size()) << text;
    for (std::size_t i = 0; i < m_found.size(); ++i) EXPECT_TRUE(same(m_expected[i], m_found[i])) << text << ' ' << i;
  }

  const DivisionIndex& m_index = fixture::small_index();
  DivisionResolver m_resolver{m_index};
  QuickCuts m_quick;
  NormalText m_normal;
  DivisionPath m_path;
  std::vector<TypedElement> m_scratch, m_expected, m_found;
};

TEST_F(QuickCutsTest, CutsAsTheCuttersDo) {
  std::mt19937 random(11);
  for (int i = 0; i < 60'000; ++i) {
    std::u32string text = random() % 2 == 0 ? U"广东省中山市港口镇" : random() % 2 == 0 ? U"港口" : U"";
    const std::size_t count = 1 + random() % 8;
    for (std::size_t k = 0; k < count; ++k) text += pieces[random() % std::size(pieces)];
    expect_same_cut(utf8::encode(text));
    if (HasFailure()) return;
  }
  EXPECT_GT(m_quick.counts().replayed, 1'000U);
}

TEST_F(QuickCutsTest, FillsTheNumbersOfTheTextAtHand) {
  for (const char* text :
       {"广东省中山市港口镇翠德雅苑15栋4单元501室", "广东省中山市港口镇彩晖雅苑28栋3单元702室",
        "港口镇泰贤雅苑99栋1单元101室", "广东省中山市港口镇翠德路1356号", "广东省中山市港口镇彩贤路2008号",
        "广东省中山市港口镇翠德路16号地下1层", "广东省中山市港口镇彩贤路38号地下3层",
        "广东省中山市港口镇翠德路16号附3号", "广东省中山市港口镇彩贤路38号附7号"}) {
    expect_same_cut(text);
  }
  EXPECT_EQ(m_quick.counts().replayed, 5U);
}

}  // namespace
}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// What is remembered of one text must be right for every other that looks the same.
#include "address/division/quick_divisions.hpp"

#include <array>
#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "address/division/division_fixture.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

bool same(const Mention& a, const Mention& b) {
  return a.from == b.from && a.to == b.to && a.node == b.node && a.level == b.level && a.reason == b.reason &&
         a.use == b.use;
}

void expect_same(const DivisionPath& a, const DivisionPath& b, const std::string& text) {
  EXPECT_EQ(a.node, b.node) << text;
  EXPECT_EQ(a.at, b.at) << text;
  EXPECT_EQ(a.reason, b.reason) << text;
  EXPECT_EQ(a.score, b.score) << text;
  EXPECT_EQ(a.hinted, b.hinted) << text;
  ASSERT_EQ(a.mentions.size(), b.mentions.size()) << text;
  for (std::size_t i = 0; i < a.mentions.size(); ++i) EXPECT_TRUE(same(a.mentions[i], b.mentions[i])) << text;
  ASSERT_EQ(a.open.size(), b.open.size()) << text;
  for (std::size_t i = 0; i < a.open.size(); ++i) {
    EXPECT_EQ(a.open[i].node, b.open[i].node) << text;
    EXPECT_EQ(a.open[i].score, b.open[i].score) << text;
  }
}

/// Names of divisions in several spellings, generic words, plain characters, numerals, digits and separators.
constexpr std::u32string_view pieces[] = {
    U"广东省", U"广东",     U"中山市", U"中山",     U"港口镇",   U"港口",   U"浙江",   U"杭州市",     U"杭州",
    U"西湖区", U"西湖",     U"富阳市", U"富阳",     U"银湖街道", U"银湖",   U"泗洲村", U"泗洲",       U"戴村镇",
    U"戴村",   U"河杨湖村", U"下沙",   U"下沙街道", U"北京市",   U"北京",   U"朝阳区", U"朝阳",       U"建外街道",
    U"上海",   U"浦东新区", U"浦东",   U"吉林",     U"吉林省",   U"吉林市", U"厦门",   U"集美区",     U"杏林",
    U"保定",   U"河北省",   U"安新县", U"蓟县",     U"新丰镇",   U"路",     U"东路",   U"大道",       U"街",
    U"街道",   U"巷",       U"一巷",   U"二横巷",   U"花园",     U"新村",   U"开发区", U"经济开发区", U"市场",
    U"软件园", U"大厦",     U"里",     U"段",       U"社",       U"社区",   U"村",     U"区",         U"镇",
    U"县道",   U"省道",     U"区间",   U"旗舰",     U"翠德",     U"彩",     U"青晖",   U"玉",         U"东",
    U"西",     U"中",       U"新",     U"三",       U"十二",     U"〇",     U"1",      U"28",         U"301",
    U"号",     U"栋",       U"室",     U"A",        U" ",        U",",      U"(",      U")",          U"-",
    U"、",     U"中国",     U"国",     U"𠮷"};

TEST(QuickDivisions, AnswerAsTheResolverDoesForTextsThatLookAlikeOrDoNot) {
  const DivisionIndex& index = fixture::small_index();
  DivisionResolver resolver(index);
  QuickDivisions quick(index);
  const std::array<DivisionNode, 3> regions = {no_division, index.find_code("442000108").value_or(no_division),
                                               index.find_code("3301").value_or(no_division)};
  std::mt19937 random(7);
  NormalText normal;
  DivisionPath expected, found;
  for (int i = 0; i < 40'000; ++i) {
    std::u32string text;
    const std::size_t count = random() % 4 == 0 ? 4 + random() % 4 : 1 + random() % 2;
    for (std::size_t k = 0; k < count; ++k) text += pieces[random() % std::size(pieces)];
    const DivisionNode region = regions[random() % regions.size()];
    const std::string bytes = utf8::encode(text);
    normalise(bytes, normal);
    resolver.resolve(normal, region, expected);
    quick.resolve(normal, region, found);
    expect_same(found, expected, bytes);
    if (HasFailure()) return;
  }
  EXPECT_GT(quick.counts().remembered, 1'000U);
}

TEST(QuickDivisions, RememberALikeHeadAndLookForEveryVillageAnew) {
  const DivisionIndex& index = fixture::small_index();
  QuickDivisions quick(index);
  NormalText normal;
  DivisionPath path;
  for (const char* text : {"浙江省杭州市富阳区银湖街道翠德花园3栋501室", "浙江省杭州市富阳区银湖街道彩晖花园12栋1室"}) {
    normalise(text, normal);
    quick.resolve(normal, no_division, path);
    EXPECT_EQ(path.at[static_cast<std::size_t>(Level::village)], no_division) << text;
  }
  EXPECT_EQ(quick.counts().resolved, 1U);
  EXPECT_EQ(quick.counts().remembered, 1U);
  normalise("浙江省杭州市富阳区银湖街道泗洲村3号", normal);
  quick.resolve(normal, no_division, path);
  EXPECT_EQ(index.name(path.node), "泗洲村");
}

TEST(QuickDivisions, ResolveLongTextsAnew) {
  const DivisionIndex& index = fixture::small_index();
  DivisionResolver resolver(index);
  QuickDivisions quick(index);
  std::string text = "浙江省杭州市西湖区";
  for (int i = 0; i < 200; ++i) text += "翠德花园";
  NormalText normal;
  normalise(text, normal);
  DivisionPath expected, found;
  resolver.resolve(normal, no_division, expected);
  quick.resolve(normal, no_division, found);
  expect_same(found, expected, text);
  EXPECT_EQ(quick.counts().remembered, 0U);
}

}  // namespace
}  // namespace menpai::address

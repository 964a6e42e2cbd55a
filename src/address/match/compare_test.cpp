// SPDX-License-Identifier: Apache-2.0
// What two addresses mean to each other, row by row as a civil servant would say it.
#include "address/match/compare.hpp"

#include <gtest/gtest.h>

#include "address/engine.hpp"
#include "address/test_library.hpp"

namespace menpai::address {
namespace {

Comparison compare(std::string_view a, std::string_view b) {
  static const std::shared_ptr<const Library> library = [] {
    const testing::TemporaryFolder folder;
    testing::write_library(folder.file("a.lib"), {});
    return Library::open(folder.file("a.lib"));
  }();
  Engine engine(library);
  Comparison comparison;
  engine.compare(a, b, {}, comparison);
  return comparison;
}

bool has(const Comparison& comparison, Level level, Agreement agreement) {
  return std::find(comparison.elements.begin(), comparison.elements.end(), ElementAgreement{level, agreement}) !=
         comparison.elements.end();
}

struct Row {
  const char* a;
  const char* b;
  Relation relation;
};

void expect_rows(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    const Comparison there = compare(row.a, row.b);
    EXPECT_EQ(relation_name(there.relation), relation_name(row.relation))
        << row.a << " | " << row.b << " " << there.score << " " << agreements_text(there.elements);
    EXPECT_EQ(there.score >= 0.5, row.relation == Relation::same) << row.a << " | " << row.b << " " << there.score;
    const Comparison back = compare(row.b, row.a);
    EXPECT_NEAR(there.score, back.score, 1e-9) << row.a << " | " << row.b;
    EXPECT_EQ(there.relation, back.relation) << row.a << " | " << row.b;
  }
}

TEST(Compare, KnowsTheSameAddressInAnotherForm) {
  expect_rows({
      {"广东省中山市港口镇星海大道12号", "广东省中山市港口镇星海大道12号", Relation::same},
      {"广东省中山市港口镇星海大道12号", "中山港口星海大道十二号", Relation::same},
      {"中山市港口镇云岭花园2栋1单元302室", "港口镇云岭花园2幢1单元302", Relation::same},
      {"中山市港口镇云岭花园2栋1单元302室", "中山市港口镇雲嶺花園２-1-302", Relation::same},
      {"中山市港口镇云岭花园2栋", "港口镇云领花园2号楼", Relation::same},
  });
}

TEST(Compare, LetsAnotherNumberDecide) {
  expect_rows({
      {"中山市港口镇星海大道12号", "中山市港口镇星海大道14号", Relation::neighbour},
      {"中山市港口镇云岭花园2栋1单元302室", "中山市港口镇云岭花园3栋1单元302室", Relation::neighbour},
      {"中山市港口镇云岭花园2栋1单元302室", "中山市港口镇云岭花园2栋1单元303室", Relation::neighbour},
      {"中山市港口镇云岭花园2栋1单元302室", "中山市港口镇云岭花园2栋2单元302室", Relation::neighbour},
      {"云岭花园(东门)", "云岭花园(西门)", Relation::neighbour},
  });
}

TEST(Compare, SaysThatOneContainsTheOther) {
  expect_rows({
      {"中山市港口镇云岭花园2栋", "中山市港口镇云岭花园", Relation::one_contains_other},
      {"中山市港口镇云岭花园", "港口镇云岭花园(东南1门)", Relation::one_contains_other},
  });
  EXPECT_TRUE(has(compare("港口镇云岭花园2栋", "港口镇云岭花园"), Level::building, Agreement::only_a));
  EXPECT_TRUE(has(compare("港口镇云岭花园", "港口镇云岭花园2栋"), Level::building, Agreement::only_b));
}

TEST(Compare, TellsOtherPlacesApart) {
  expect_rows({
      {"中山市港口镇云岭花园2栋", "厦门市思明区望江大厦B座", Relation::different},
      {"广东省中山市星海大道12号", "福建省厦门市星海大道12号", Relation::different},
      {"", "云岭花园", Relation::different},
      {"", "", Relation::different},
  });
  EXPECT_LT(compare("中山市港口镇星海一街8号", "中山市港口镇星海七街8号").score, 0.5);
  EXPECT_LT(compare("中山市古镇镇云岭花园东区2栋", "中山市古镇镇云岭花园西区2栋").score, 0.5);
}

TEST(Compare, NamesEveryElementOutermostFirst) {
  EXPECT_EQ(agreements_text(compare("港口镇云岭花园2栋302室", "中山市港口镇云领花园3栋").elements),
            "province:equal;city:equal;town:equal;place:alike;building:conflicting;room:only_a");
  EXPECT_EQ(agreements_text(compare("星海大道12-16号", "星海大道14号").elements), "place:equal;number:within");
}

TEST(Compare, BearsAnyText) {
  const std::string long_text(100'000, '1');
  EXPECT_LE(compare(long_text, long_text).score, 1);
  EXPECT_GE(compare("\xFF\xFE", ",,,,,,").score, 0);
  std::string commas;
  for (int i = 0; i < 3000; ++i) commas += "，号";
  EXPECT_LE(compare(commas, "云岭花园").score, 1);
}

}  // namespace
}  // namespace menpai::address

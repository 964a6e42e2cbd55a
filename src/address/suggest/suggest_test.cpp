// SPDX-License-Identifier: Apache-2.0
// Type-ahead, as a clerk types: characters, pinyin, initials and mixtures of them, then numbers.
#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "address/test_library.hpp"

namespace menpai::address {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string town = "广东省中山市港口镇";

/// The small town, with a lane whose name ends in a number, a tower with letters, a village and the same road
/// elsewhere.
class TypeAhead : public ::testing::Test {
 protected:
  static std::shared_ptr<const Library> library() {
    static const std::shared_ptr<const Library> open = [] {
      const testing::TemporaryFolder folder;
      std::vector<SourceAddress> rows = testing::small_town();
      for (int number = 1; number <= 120; ++number) {
        rows.push_back(
            testing::source("l" + std::to_string(number), town + "星虹五巷" + std::to_string(number) + "号"));
      }
      rows.push_back(testing::source("l12-101", town + "星虹五巷12号101室"));
      rows.push_back(testing::source("a3", town + "云岭花园3栋A1203室"));
      rows.push_back(testing::source("xia", town + "夏园路1号"));
      rows.push_back(testing::source("sha", town + "厦园路1号"));
      testing::write_library(folder.file("l.mpl"), rows);
      return Library::open(folder.file("l.mpl"));
    }();
    return open;
  }
  static std::vector<std::string> typed(std::string_view text, int top = 5, std::string region = "") {
    Engine engine(library());
    std::vector<Engine::Suggestion> suggestions;
    engine.suggest(text, {std::move(region), top}, suggestions);
    std::vector<std::string> out;
    for (const Engine::Suggestion& s : suggestions) {
      out.push_back(s.address.starts_with(town) && s.address != town ? s.address.substr(town.size()) : s.address);
    }
    return out;
  }
};

TEST_F(TypeAhead, finds_one_place_in_every_way_to_type_it) {
  for (const char* text : {"云",
                           "云岭",
                           "云岭花",
                           "yun",
                           "yunl",
                           "yunling",
                           "yunlinghuayuan",
                           "yl",
                           "ylh",
                           "ylhy",
                           "YLHY",
                           "云lhy",
                           "云岭huay",
                           "yunlhy",
                           "ylinghy",
                           "港口镇云岭",
                           "港口云岭",
                           "中山市港口镇云",
                           "gangkouzhenyunl",
                           "gkzylhy",
                           "gkylhy",
                           "岭花",
                           "雲嶺"}) {
    EXPECT_EQ(typed(text).at(0), "云岭花园") << text;
  }
}

TEST_F(TypeAhead, gives_the_most_used_places_where_nothing_is_typed) {
  EXPECT_THAT(typed("", 3), ElementsAre("星虹五巷", "云岭花园", "星海大道"));
  EXPECT_THAT(typed("", 1, "442000105"), ElementsAre("广东省中山市古镇镇星海大道"))
      << "those of the asker's own region first";
}

TEST_F(TypeAhead, puts_the_region_first_and_then_the_place_with_more_addresses) {
  EXPECT_THAT(typed("星", 3), ElementsAre("星虹五巷", "星海大道", "广东省中山市古镇镇星海大道"));
  EXPECT_EQ(typed("星", 3, "442000105").at(0), "广东省中山市古镇镇星海大道");
  EXPECT_EQ(typed("xhdd", 3, "442000105").at(0), "广东省中山市古镇镇星海大道");
}

TEST_F(TypeAhead, goes_on_through_numbers_buildings_units_and_rooms) {
  EXPECT_THAT(typed("星虹五巷1", 13),
              ElementsAre("星虹五巷1号", "星虹五巷10号", "星虹五巷11号", "星虹五巷12号", "星虹五巷13号", "星虹五巷14号",
                          "星虹五巷15号", "星虹五巷16号", "星虹五巷17号", "星虹五巷18号", "星虹五巷19号",
                          "星虹五巷100号", "星虹五巷101号"));
  EXPECT_THAT(typed("xhwx12"), ElementsAre("星虹五巷12号", "星虹五巷120号", "星虹五巷12号101室"));
  EXPECT_THAT(typed("xinghong5xiang12hao"), ElementsAre("星虹五巷12号", "星虹五巷12号101室"));
  EXPECT_THAT(typed("星虹五巷十二号"), ElementsAre("星虹五巷12号", "星虹五巷12号101室"));
  EXPECT_THAT(typed("云岭花园2栋"), ElementsAre("云岭花园2栋", "云岭花园2栋1单元", "云岭花园2栋2单元"));
  EXPECT_THAT(typed("云岭花园2栋1单元3"), ElementsAre("云岭花园2栋1单元301室", "云岭花园2栋1单元302室"));
  EXPECT_THAT(typed("ylhy2dong1danyuan302"), ElementsAre("云岭花园2栋1单元302室"));
  EXPECT_THAT(typed("云岭花园2-1-302"), ElementsAre("云岭花园2栋1单元302室"));
  EXPECT_THAT(typed("云岭花园2栋302"), ElementsAre("云岭花园2栋1单元302室", "云岭花园2栋2单元302室"))
      << "a unit left out";
  EXPECT_THAT(typed("云岭花园3栋a"), Contains("云岭花园3栋A1203室"));
  EXPECT_THAT(typed("中南村3组"), Contains("中南村3组1号"));
  EXPECT_THAT(typed("望江大厦B"), Contains("望江大厦B座"));
}

TEST_F(TypeAhead, offers_a_number_with_its_parts) {
  const std::vector<std::string> parts = typed("星海大道5号");
  EXPECT_EQ(parts.at(0), "星海大道5号");
  EXPECT_THAT(parts, Contains(HasSubstr("星海大道5")));
  EXPECT_EQ(parts.size(), 2U);
  EXPECT_EQ(typed("星海大道5号附1"), typed("星海大道5-1"));
  EXPECT_EQ(typed("星海大道5-1").size(), 1U);
}

TEST_F(TypeAhead, gives_what_lies_below_a_place_that_is_typed_whole) {
  EXPECT_THAT(typed("云岭花园", 4), ElementsAre("云岭花园", "云岭花园1栋", "云岭花园2栋", "云岭花园3栋"));
  EXPECT_THAT(typed("ylhy", 2), ElementsAre("云岭花园", "云岭花园1栋"));
}

TEST_F(TypeAhead, reads_a_character_in_all_its_ways) {
  EXPECT_THAT(typed("xiay"), ::testing::UnorderedElementsAre("夏园路", "厦园路"));
  EXPECT_THAT(typed("shayuan"), ElementsAre("厦园路"));
  EXPECT_EQ(typed("wangjiangdasha").at(0), "望江大厦");
  EXPECT_EQ(typed("wjdx").at(0), "望江大厦");
}

TEST_F(TypeAhead, knows_divisions_too) {
  EXPECT_EQ(typed("港口镇").at(0), town);
  EXPECT_EQ(typed("gangk").at(0), town);
  EXPECT_EQ(typed("gkz").at(0), town);
  EXPECT_EQ(typed("厦门").at(0), "福建省厦门市");
  EXPECT_EQ(typed("xiamen").at(0), "福建省厦门市");
  EXPECT_EQ(typed("zhongshan").at(0), "广东省中山市");
}

TEST_F(TypeAhead, finds_a_misspelt_place_where_nothing_begins_so) {
  EXPECT_EQ(typed("云领花园").at(0), "云岭花园");
  EXPECT_TRUE(typed("不存在的地方").empty());
}

TEST_F(TypeAhead, keeps_to_its_limit_and_repeats_nothing) {
  for (const char* text : {"", "x", "xh", "星海大道1", "港口镇", "y"}) {
    for (const int top : {0, 1, 2, 7, 50}) {
      std::vector<std::string> found = typed(text, top);
      EXPECT_LE(static_cast<int>(found.size()), top) << text;
      std::sort(found.begin(), found.end());
      EXPECT_EQ(std::unique(found.begin(), found.end()), found.end()) << text;
    }
  }
}

TEST_F(TypeAhead, bears_any_text) {
  const std::string long_text(5000, 'x');
  std::string commas;
  for (int i = 0; i < 3000; ++i) commas += "，1";
  for (const std::string& text :
       {long_text, commas, std::string("\xff\xfe\x00z", 4), std::string("'''"), std::string("----1"), std::string("1"),
        std::string("a1b2c3d4e5f6g7h8"), std::string("云岭花园99999999999999999999"), std::string("云岭花园-"),
        std::string("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")}) {
    EXPECT_LE(typed(text).size(), 5U);
  }
}

}  // namespace
}  // namespace menpai::address

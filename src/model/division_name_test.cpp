// SPDX-License-Identifier: Apache-2.0
#include "model/division_name.hpp"

#include <gtest/gtest.h>

namespace menpai {
namespace {

TEST(DivisionName, is_cut_into_stem_and_generic_word) {
  const struct {
    const char *name, *stem, *suffix;
  } rows[] = {
      {"江津区", "江津", "区"},
      {"大通回族土族自治县", "大通", "自治县"},
      {"浦东新区", "浦东", "新区"},
      {"吉县", "吉县", ""},
      {"城区", "城区", ""},
      {"内蒙古自治区", "内蒙古", "自治区"},
      {"广西壮族自治区", "广西", "自治区"},
      {"新疆维吾尔自治区", "新疆", "自治区"},
      {"恩施土家族苗族自治州", "恩施", "自治州"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(division_name_parts(row.name).stem, row.stem) << row.name;
    EXPECT_EQ(division_name_parts(row.name).suffix, row.suffix) << row.name;
  }
}

TEST(DivisionName, of_towns_and_villages_is_cut_too) {
  EXPECT_EQ(town_name_parts("古镇镇").stem, "古镇");
  EXPECT_EQ(town_name_parts("石岐街道").suffix, "街道");
  EXPECT_EQ(town_name_parts("东风农场").suffix, "");
  EXPECT_EQ(village_name_parts("石特村村委会").stem, "石特");
  EXPECT_EQ(village_name_parts("中南社区居委会").stem, "中南");
  EXPECT_EQ(village_name_parts("").stem, "");
}

}  // namespace
}  // namespace menpai

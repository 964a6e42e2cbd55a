// SPDX-License-Identifier: Apache-2.0
// How names are spelt on a Latin keyboard.
#include "address/text/pinyin_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace menpai::address {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PinyinKeys keys(std::u32string_view name) {
  PinyinKeys out;
  make_pinyin_keys(name, out);
  return out;
}

TEST(PinyinKeys, a_name_is_spelt_in_full_and_by_its_initials) {
  EXPECT_THAT(keys(U"欣围街").full, ElementsAre("xinweijie"));
  EXPECT_THAT(keys(U"欣围街").initials, ElementsAre("xwj"));
  EXPECT_THAT(keys(U"A2楼").full, ElementsAre("a2lou"));
}

TEST(PinyinKeys, every_reading_of_a_character_is_a_spelling_the_usual_one_first) {
  const PinyinKeys tower = keys(U"大厦");
  EXPECT_EQ(tower.full.front(), "daxia");
  EXPECT_THAT(tower.full, Contains("dasha"));
  EXPECT_THAT(tower.initials, Contains("ds"));
  EXPECT_THAT(keys(U"长乐重朝行都").full, SizeIs(6)) << "no more than eight combinations";
}

TEST(PinyinKeys, what_cannot_be_spelt_is_left_out) {
  EXPECT_THAT(keys(U"，。").full, IsEmpty());
  EXPECT_THAT(keys(U"").initials, IsEmpty());
}

TEST(PinyinKeys, letters_are_read_as_syllables_and_initials_in_every_way) {
  std::vector<std::string> initials;
  make_initials(U"xinwj", 20, initials);
  EXPECT_THAT(initials, ElementsAre("xwj", "xnwj"));
  make_initials(U"xianl", 20, initials);
  EXPECT_THAT(initials, Contains("xl"));   // 仙林
  EXPECT_THAT(initials, Contains("xal"));  // 西安路
  make_initials(U"欣weij", 20, initials);
  EXPECT_EQ(initials.front(), "xwj");
  make_initials(U"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 5, initials);
  EXPECT_LE(initials.size(), 5U);
}

TEST(PinyinKeys, typed_text_matches_character_by_character) {
  const std::u32string_view name = U"欣围街";
  for (const char32_t* typed :
       {U"欣", U"x", U"xi", U"xin", U"xw", U"xinw", U"xweij", U"欣wj", U"欣围jie", U"xin围", U"xinweijie"}) {
    EXPECT_TRUE(matches_typed(typed, name, false)) << static_cast<std::uint32_t>(typed[0]);
  }
  for (const char32_t* typed : {U"新", U"w", U"xj", U"xinj", U"欣街", U"xinweijielu", U"xni"}) {
    EXPECT_FALSE(matches_typed(typed, name, false)) << static_cast<std::uint32_t>(typed[0]);
  }
  EXPECT_TRUE(matches_typed(U"xwj", name, true));
  EXPECT_FALSE(matches_typed(U"xw", name, true));
  EXPECT_TRUE(matches_typed(U"zhs", U"中山路", false)) << "zh is an initial too";
}

}  // namespace
}  // namespace menpai::address

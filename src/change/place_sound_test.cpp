// SPDX-License-Identifier: Apache-2.0
// Place names and how they are spelt, as a table.
#include "change/place_sound.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "spine/place_name_check.hpp"

namespace menpai::change {
namespace {

struct Case {
  const char* name;
  PlaceKind kind;
  const char* pinyin;
};
constexpr Case cases[] = {
    {"新港路", PlaceKind::road, "Xingang Lu"},
    {"港口大道", PlaceKind::road, "Gangkou Dadao"},
    {"西安路", PlaceKind::road, "Xi'an Lu"},
    {"女娲路", PlaceKind::road, "Nüwa Lu"},
    {"石板巷", PlaceKind::lane, "Shiban Xiang"},
    {"翠景花园", PlaceKind::estate, "Cuijing Huayuan"},
    {"石狮", PlaceKind::village, "Shishi"},
    {"1988路", PlaceKind::road, "1988 Lu"},
    {"·", PlaceKind::road, ""},
};

TEST(PlaceSound, is_spelt_in_two_words_without_tones) {
  for (const Case& one : cases) EXPECT_EQ(sound_of_place(one.name, one.kind).pinyin, one.pinyin) << one.name;
}

TEST(PlaceSound, the_first_key_is_the_key_of_the_spelling) {
  for (const Case& one : cases) {
    const PlaceSound sound = sound_of_place(one.name, one.kind);
    if (sound.pinyin.empty()) continue;
    ASSERT_FALSE(sound.keys.empty()) << one.name;
    EXPECT_EQ(sound.keys.front(), spine::sound_key(sound.pinyin)) << one.name;
    EXPECT_LE(sound.keys.size(), 8U);
  }
}

TEST(PlaceSound, every_reading_of_a_character_counts) {
  const auto keys = sound_of_place("涌美路", PlaceKind::road).keys;
  EXPECT_NE(std::find(keys.begin(), keys.end(), "chongmeilu"), keys.end());
  EXPECT_NE(std::find(keys.begin(), keys.end(), "yongmeilu"), keys.end());
}

}  // namespace
}  // namespace menpai::change

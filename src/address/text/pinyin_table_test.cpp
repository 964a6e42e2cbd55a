// SPDX-License-Identifier: Apache-2.0
// How characters are read.
#include "address/text/pinyin_table.hpp"

#include <gtest/gtest.h>
#include <string>

namespace menpai::address {
namespace {

std::string readings(char32_t c) {
  std::string out;
  for (const Syllable s : pinyin_of(c)) (out += out.empty() ? "" : " ") += syllable_text(s);
  return out;
}

TEST(PinyinTable, characters_are_read_as_the_dictionary_says) {
  EXPECT_EQ(readings(U'欣'), "xin");
  EXPECT_EQ(readings(U'围'), "wei");
  EXPECT_EQ(readings(U'街'), "jie");
  EXPECT_EQ(readings(U'绿'), "lv lu");
  EXPECT_EQ(readings(U'女').substr(0, 2), "nv");
  EXPECT_EQ(readings(U'滘'), "jiao");
}

TEST(PinyinTable, the_reading_of_place_names_comes_first_and_the_others_stay) {
  EXPECT_EQ(readings(U'厦'), "xia sha");     // 厦门, 大厦
  EXPECT_EQ(readings(U'涌'), "chong yong");  // 沙涌, 涌泉
  EXPECT_EQ(readings(U'重').substr(0, 11), "chong zhong");
  EXPECT_EQ(readings(U'六'), "liu lu");
  EXPECT_EQ(readings(U'埔').substr(0, 5), "pu bu");
}

TEST(PinyinTable, what_is_no_ideograph_has_no_reading) {
  for (const char32_t c :
       {U'A', U'1', U'，', U'。', char32_t{0}, char32_t{0x3400 - 1}, char32_t{0xA000}, char32_t{0x10FFFF}}) {
    EXPECT_TRUE(pinyin_of(c).empty()) << static_cast<std::uint32_t>(c);
  }
  EXPECT_TRUE(syllable_text(0xFFFF).empty());
}

TEST(PinyinTable, homophones_share_a_reading_whatever_the_tone) {
  EXPECT_TRUE(same_sound(U'欣', U'新'));
  EXPECT_TRUE(same_sound(U'兴', U'星'));
  EXPECT_TRUE(same_sound(U'厦', U'夏'));
  EXPECT_TRUE(same_sound(U'厦', U'沙'));
  EXPECT_FALSE(same_sound(U'欣', U'兴'));
  EXPECT_FALSE(same_sound(U'欣', U'A'));
}

}  // namespace
}  // namespace menpai::address

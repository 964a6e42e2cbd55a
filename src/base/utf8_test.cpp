// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"

#include <gtest/gtest.h>

#include "base/id.hpp"

namespace menpai {

TEST(Utf8, round_trips_every_length) {
  const std::u32string text = U"a\u00e9门\U00020BB7";
  EXPECT_EQ(utf8::decode(utf8::encode(text)), text);
  EXPECT_EQ(utf8::length(utf8::encode(text)), 4u);
  EXPECT_TRUE(utf8::valid(utf8::encode(text)));
}

TEST(Utf8, ill_formed_bytes_become_one_replacement_each) {
  const std::string cases[] = {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xe9\x97", "\xf5\x80\x80\x80", "\x80"};
  const std::size_t counts[] = {1, 2, 3, 2, 4, 1};
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    EXPECT_FALSE(utf8::valid(cases[i]));
    EXPECT_EQ(utf8::decode(cases[i]), std::u32string(counts[i], utf8::replacement)) << i;
  }
}

TEST(Uuid, ascends_and_round_trips) {
  Uuid last = Uuid::make();
  for (int i = 0; i < 10000; ++i) {
    const Uuid id = Uuid::make();
    ASSERT_LT(last, id);
    last = id;
  }
  EXPECT_EQ(Uuid::parse(last.text()), last);
  EXPECT_EQ(Uuid::parse("not an id"), std::nullopt);
  EXPECT_EQ(Uuid::named("x"), Uuid::named("x"));
  EXPECT_NE(Uuid::named("x"), Uuid::named("y"));
}

}  // namespace menpai

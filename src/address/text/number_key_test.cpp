// SPDX-License-Identifier: Apache-2.0
// Numbers keep what they count, their parts and letters, and are shown in standard form.
#include "address/text/number_key.hpp"

#include <gtest/gtest.h>

namespace menpai::address {
namespace {

std::string shown(NumberKind kind, const Number& number, std::u32string_view text) {
  const auto key = pack_number(kind, number, text);
  if (!key) return "-";
  std::string out;
  append_number(*key, out);
  return out;
}

TEST(NumberKey, ShowsTheStandardText) {
  EXPECT_EQ(shown(NumberKind::door, {12, 0, 0, 0}, U"12号"), "12号");
  EXPECT_EQ(shown(NumberKind::door, {12, 0, 0, 0}, U"12"), "12号");
  EXPECT_EQ(shown(NumberKind::door, {984, 6, 0, 0}, U"984-6号"), "984-6号");
  EXPECT_EQ(shown(NumberKind::door, {10, 0, U'甲', 0}, U"甲10号"), "甲10号");
  EXPECT_EQ(shown(NumberKind::sub_door, {1, 0, 0, 0}, U"附1号"), "附1号");
  EXPECT_EQ(shown(NumberKind::building, {3, 0, 0, 0}, U"3栋"), "3栋");
  EXPECT_EQ(shown(NumberKind::building, {3, 0, 0, 0}, U"3号楼"), "3号楼");
  EXPECT_EQ(shown(NumberKind::building, {0, 0, 0, U'B'}, U"B座"), "B座");
  EXPECT_EQ(shown(NumberKind::unit, {2, 0, 0, 0}, U"2"), "2单元");
  EXPECT_EQ(shown(NumberKind::floor, {-1, 0, 0, 0}, U"地下1层"), "地下1层");
  EXPECT_EQ(shown(NumberKind::room, {12, 0, 0, U'A'}, U"12A"), "12A室");
}

TEST(NumberKey, IsTheSameHoweverItIsWritten) {
  const auto dong = pack_number(NumberKind::building, {3, 0, 0, 0}, U"3栋");
  const auto lou = pack_number(NumberKind::building, {3, 0, 0, 0}, U"3号楼");
  ASSERT_TRUE(dong && lou);
  EXPECT_NE(*dong, *lou);
  EXPECT_EQ(identity(*dong), identity(*lou));
}

TEST(NumberKey, TellsNumbersApart) {
  const Number plain{12, 0, 0, 0};
  for (const Number& other :
       {Number{13, 0, 0, 0}, Number{12, 1, 0, 0}, Number{12, 0, U'A', 0}, Number{12, 0, 0, U'A'}}) {
    EXPECT_NE(identity(*pack_number(NumberKind::door, plain, U"号")),
              identity(*pack_number(NumberKind::door, other, U"号")));
  }
  EXPECT_NE(identity(*pack_number(NumberKind::door, plain, U"")),
            identity(*pack_number(NumberKind::building, plain, U"")));
}

TEST(NumberKey, SortsByKindThenValue) {
  const auto key = [](NumberKind kind, int value) { return *pack_number(kind, {value, 0, 0, 0}, U""); };
  EXPECT_LT(key(NumberKind::floor, -2), key(NumberKind::floor, 3));
  EXPECT_LT(key(NumberKind::door, 9), key(NumberKind::door, 10));
  EXPECT_LT(key(NumberKind::door, 900), key(NumberKind::room, 1));
}

TEST(NumberKey, HasNoKeyForWhatDoesNotFit) {
  EXPECT_FALSE(pack_number(NumberKind::none, {12, 0, 0, 0}, U""));
  EXPECT_FALSE(pack_number(NumberKind::door, {99'999'999, 0, 0, 0}, U""));
  EXPECT_FALSE(pack_number(NumberKind::door, {1, 0, U'鑫', 0}, U""));
}

TEST(NumberKey, ChangesKindValueAndSubNumberAlone) {
  const NumberKey key = *pack_number(NumberKind::door, {12, 3, 0, U'A'}, U"12-3A号");
  EXPECT_EQ(number_kind(with_kind(key, NumberKind::building)), NumberKind::building);
  EXPECT_EQ(number_value(with_kind(key, NumberKind::building)), 12);
  EXPECT_EQ(number_value(with_value(key, 501)), 501);
  EXPECT_EQ(number_sub(with_value(key, 501)), 3);
  EXPECT_EQ(number_sub(with_sub(key, 7)), 7);
  EXPECT_EQ(number_value(with_sub(key, 7)), 12);
}

}  // namespace
}  // namespace menpai::address

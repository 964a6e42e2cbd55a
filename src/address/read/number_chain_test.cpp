// SPDX-License-Identifier: Apache-2.0
#include "address/read/number_chain.hpp"

#include <gtest/gtest.h>

#include "address/text/normalise.hpp"

namespace menpai::address {
namespace {

TEST(ReadNumber, reads_digits_letters_and_numerals) {
  const struct {
    const char* text;
    std::int32_t value;
    char32_t prefix, suffix;
    std::uint32_t end;
  } rows[] = {
      {"12号", 12, 0, 0, 2},       {"12A室", 12, 0, U'A', 3},   {"B1楼", 1, U'B', 0, 2},
      {"甲10号", 10, U'甲', 0, 3}, {"28甲号", 28, 0, U'甲', 3}, {"二十三号", 23, 0, 0, 3},
      {"十五栋", 15, 0, 0, 2},     {"一〇二室", 102, 0, 0, 3},  {"38F", 38, 0, 0, 2},
      {"两百楼", 200, 0, 0, 2},    {"A座", 0, U'A', 0, 1},      {"999999999号", 999999999, 0, 0, 9},
  };
  for (const auto& row : rows) {
    const auto read = read_number(fold_text(row.text), 0);
    ASSERT_TRUE(read) << row.text;
    EXPECT_EQ(read->number.value, row.value) << row.text;
    EXPECT_EQ(read->number.prefix, row.prefix) << row.text;
    EXPECT_EQ(read->number.suffix, row.suffix) << row.text;
    EXPECT_EQ(read->end, row.end) << row.text;
  }
}

TEST(ReadNumber, refuses_words_and_numbers_too_long) {
  for (const char* text : {"路8号", "ABC", "1234567890", "", "-5"}) {
    EXPECT_FALSE(read_number(fold_text(text), 0)) << text;
  }
}

TEST(ReadChain, joins_numbers_up_to_the_unit_word) {
  const struct {
    const char* text;
    std::uint32_t count;
    UnitWord unit;
    std::uint32_t end;
  } rows[] = {
      {"6-10-2023", 3, UnitWord::none, 9},       {"984-6号", 2, UnitWord::hao, 6},
      {"12#2-6-2", 1, UnitWord::hash, 3},        {"501.510", 2, UnitWord::none, 7},
      {"415/416室", 2, UnitWord::room, 8},       {"11号楼", 1, UnitWord::building, 4},
      {"九栋五单元", 1, UnitWord::building, 2},  {"5号大街", 1, UnitWord::name, 4},
      {"58弄11", 1, UnitWord::lane, 3},          {"38F", 1, UnitWord::floor, 3},
      {"第3层", 1, UnitWord::floor, 3},          {"28甲6-1号", 3, UnitWord::hao, 7},
      {"167、169、171号", 3, UnitWord::hao, 12},
  };
  for (const auto& row : rows) {
    const std::u32string text = fold_text(row.text);
    const NumberChain chain = read_chain(text, 0, static_cast<std::uint32_t>(text.size()));
    EXPECT_EQ(chain.count, row.count) << row.text;
    EXPECT_EQ(chain.unit.word, row.unit) << row.text;
    EXPECT_EQ(chain.end, row.end) << row.text;
  }
}

TEST(ReadChain, leaves_numerals_without_a_unit_word_to_names) {
  const std::u32string text = fold_text("三元桥");
  EXPECT_EQ(read_chain(text, 0, 3).count, 0u);
}

}  // namespace
}  // namespace menpai::address

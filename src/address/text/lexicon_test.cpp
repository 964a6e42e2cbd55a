// SPDX-License-Identifier: Apache-2.0
#include "address/text/lexicon.hpp"

#include <gtest/gtest.h>

#include "address/text/numerals.hpp"
#include "address/text/word_list.hpp"

namespace menpai::address {
namespace {

TEST(Lexicon, what_may_begin_at_a_character_is_known_for_every_character) {
  const WordList words("address_words.tsv",
                       {"road", "lane", "section", "zone", "town", "community", "estate", "part", "unit", "hint"});
  for (char32_t c = 0; c < 0x20000; ++c) {
    const bool number = is_digit(c) || is_latin(c) || is_ordinal(c) || is_stem(c) || is_compass(c) ||
                        numeral_digit(c) >= 0 ||
                        std::u32string_view(U"十附之负地首底").find(c) != std::u32string_view::npos;
    const bool word = words.begins_with(c) || std::u32string_view(U"与和及以线").find(c) != std::u32string_view::npos;
    const int expected =
        (is_separator(c) ? starts_separator : 0) | (number ? starts_number : 0) | (word ? starts_word : 0);
    ASSERT_EQ(char_starts(c), expected) << "U+" << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Lexicon, the_longest_word_that_stands_somewhere_counts) {
  struct Row {
    std::u32string_view text;
    WordKind kind;
    int length;
  };
  for (const Row& row : {Row{U"路", WordKind::road, 1}, Row{U"大道", WordKind::road, 2}, Row{U"大", WordKind::none, 0},
                         Row{U"经济技术开发区", WordKind::zone, 7}, Row{U"经济", WordKind::none, 0},
                         Row{U"街道办事处", WordKind::town, 5}, Row{U"街", WordKind::road, 1},
                         Row{U"", WordKind::none, 0}, Row{U"豳", WordKind::none, 0}}) {
    const WordMatch match = word_at(row.text, 0);
    EXPECT_EQ(match.kind, row.kind);
    EXPECT_EQ(match.length, row.length);
  }
}

}  // namespace
}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// A list of words with kinds, searched at a position: nearly every position is refused by one bit.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace menpai::address {

class WordList {
 public:
  struct Found {
    std::uint8_t kind = 0;    ///< 1 is the first of `kinds`; 0: no word stands here
    std::uint8_t length = 0;  ///< code points
  };

  /// Reads a list of rules/ (kind, word); `kinds` are the names of the kinds to take, in the order of their numbers.
  /// A kind that is not among them is left out. Words are folded.
  WordList(std::string_view rules_name, std::initializer_list<std::string_view> kinds);

  /// Whether some word begins with `c`.
  bool begins_with(char32_t c) const { return c < 0x10000 && (m_starts[c / 64] >> (c % 64) & 1) != 0; }
  /// The longest word that begins at `pos`.
  Found at(std::u32string_view chars, std::size_t pos) const {
    if (pos >= chars.size() || !begins_with(chars[pos])) return {};
    return search(chars, pos);
  }

 private:
  struct Entry {
    std::u32string word;
    std::uint8_t kind;
  };
  Found search(std::u32string_view chars, std::size_t pos) const;

  std::array<std::uint64_t, 0x10000 / 64> m_starts{};  // bit c: words begin with c
  std::array<std::uint16_t, 0x10000 / 64> m_ranks{};   // first characters before each word of m_starts
  std::vector<Entry> m_entries;                        // by first character, then longest first
  std::vector<std::uint16_t> m_ranges;                 // where the entries of each first character begin, and the end
};

}  // namespace menpai::address

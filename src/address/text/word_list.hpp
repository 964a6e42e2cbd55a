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
  /// Whether some word may begin with `first` and `second`: words of one character do with any second one. Seldom true
  /// where none does.
  bool may_go_on(char32_t first, char32_t second) const {
    const std::uint32_t bit = pair_bit(first, second);
    return (m_pairs[bit / 64] >> (bit % 64) & 1) != 0;
  }
  /// Calls use(c) for every character that some word begins with.
  template <class Use>
  void each_beginning(Use use) const {
    for (const Group& group : m_groups) {
      if (group.count > 0) use(static_cast<char32_t>(group.first));
    }
  }
  /// The longest word that begins at `pos`.
  Found at(std::u32string_view chars, std::size_t pos) const {
    if (pos >= chars.size() || !begins_with(chars[pos])) return {};
    return search(chars.data() + pos, chars.size() - pos);
  }

 private:
  /// The words that begin with one character.
  struct Group {
    char16_t first = 0;
    std::uint16_t begin = 0;  ///< in m_entries
    std::uint16_t count = 0;  ///< 0: no group
  };
  struct Entry {
    char32_t second;     ///< 0 for a word of one character
    std::uint16_t rest;  ///< where its third character and those behind it stand in m_pool
    std::uint8_t length;
    std::uint8_t kind;
  };
  static constexpr std::uint32_t pair_bits = 4096;
  static std::uint32_t pair_bit(std::uint32_t first, std::uint32_t second) {
    return (first * 0x9E3779B1u ^ second * 0x85EBCA77u) >> 20;
  }
  static std::uint32_t hash(char32_t c) { return static_cast<std::uint32_t>(c) * 0x9E3779B1u; }
  Found search(const char32_t* text, std::size_t length) const;

  std::array<std::uint64_t, 0x10000 / 64> m_starts{};   // bit c: words begin with c
  std::array<std::uint64_t, pair_bits / 64> m_pairs{};  // by hash of the first two characters
  std::vector<Group> m_groups;                          // by hash of the first character; a power of two, half empty
  std::uint32_t m_shift = 0;
  std::vector<Entry> m_entries;  // by first character, then longest first
  std::u32string m_pool;
};

}  // namespace menpai::address

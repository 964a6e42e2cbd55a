// SPDX-License-Identifier: Apache-2.0
// What the stages of the engine can see of a character: what they do with a text depends on nothing else in it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace menpai::address {

/// A table over all characters, made once from the word lists of rules/ and the characters that the code tests for.
/// Characters that are not seen are as good as any other such character.
class Sight {
 public:
  enum Of : std::uint32_t {
    is_not_plain = 1,  ///< dropped, a blank, an opening bracket, or not in the table: normalise does more than fold
    digit = 2,
    begins_noise = 4,   ///< a word of address_noise.tsv may begin with it
    in_word = 8,        ///< it stands in a word of two characters and more
    head_shown = 16,    ///< DivisionResolver asks for this very character
    head_numeral = 32,  ///< one to ten, which DivisionResolver cannot tell apart
    tail_shown = 64,    ///< the cutters ask for this very character
    joint = 128,        ///< may join numbers to a chain
    stem = 256,         ///< 甲 乙 丙 …
    separator = 512,
    begins_word = 1024,    ///< a generic word of address_words.tsv may begin with it
    begins_suffix = 2048,  ///< a division's generic word of two characters and more may begin with it
  };
  static const Sight& get();

  /// Of a code point below 0x10000 as it was written: its folded form in the lower half, its flags in the upper.
  const std::uint32_t* written() const { return m_written.data(); }
  /// Whether some word of rules/ may have `a` and `b` side by side. Seldom true where none has.
  bool in_one_word(char32_t a, char32_t b) const { return has(m_pairs, a, b); }
  /// Whether a word of address_noise.tsv may begin with `a` and `b`. Seldom true where none does.
  bool begin_noise(char32_t a, char32_t b) const { return has(m_noise, a, b); }

 private:
  Sight();
  void add_words();
  void add_word(std::u32string_view word);
  using Pairs = std::vector<std::uint64_t>;  // bits
  static bool has(const Pairs& pairs, char32_t a, char32_t b) {
    const std::uint32_t h = pair_hash(a, b);
    return (pairs[h / 64] >> (h % 64) & 1) != 0;
  }
  static void add(Pairs& pairs, char32_t a, char32_t b) {
    const std::uint32_t h = pair_hash(a, b);
    pairs[h / 64] |= std::uint64_t{1} << (h % 64);
  }
  static std::uint32_t pair_hash(char32_t a, char32_t b) {
    return (static_cast<std::uint32_t>(a) * 0x9E3779B1u ^ static_cast<std::uint32_t>(b) * 0x85EBCA77u) >> 16;
  }

  std::vector<std::uint32_t> m_written;
  std::vector<std::uint16_t> m_folded;
  Pairs m_pairs, m_noise;
};

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// A text of which normalise makes nothing but its characters' folded forms, one for one.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace menpai::address {

/// Most texts of a list are plain: short, well-formed, without blanks, brackets, telephone numbers and remarks.
struct PlainText {
  static constexpr std::uint32_t size_max = 60;

  std::array<char32_t, size_max + 4> chars;         ///< as NormalText::chars; 0 behind the last
  std::array<std::uint16_t, size_max + 4> flags;    ///< Sight's, 0 behind the last
  std::array<std::uint16_t, size_max + 1> byte_at;  ///< where each begins in the text, and the end
  std::uint64_t in_word = 0;                        ///< bit i: character i may stand in a word of the rules
  std::uint32_t size = 0;
  std::uint32_t seen = 0;  ///< the flags of all characters

  /// False for a text that is not plain; then nothing in here counts.
  bool read(std::string_view text);
  std::u32string_view view() const { return {chars.data(), size}; }
  std::string_view original(std::string_view text, std::uint32_t from, std::uint32_t to) const {
    return text.substr(byte_at[from], byte_at[to] - byte_at[from]);
  }

 private:
  bool decode(std::string_view text);
  bool has_odd_digits() const;
  bool has_noise() const;
  void mark_words();
};

}  // namespace menpai::address

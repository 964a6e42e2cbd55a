// SPDX-License-Identifier: Apache-2.0
// One pass over the bytes.
#include "address/quick/plain_text.hpp"

#include "address/quick/sight.hpp"
#include "address/text/word_list.hpp"

namespace menpai::address {
namespace {

constexpr std::uint32_t run_max = 6;     ///< digits of one number
constexpr std::uint32_t joined_max = 9;  ///< digits of numbers that are joined as in telephone numbers

const WordList& noise_words() {
  static const WordList list("address_noise.tsv", {"courier", "sentence", "name", "phone", "filler", "honorific"});
  return list;
}

bool joins_phone(char32_t c) {
  return c == U'-' || c == U')' || c == U'*';
}

}  // namespace

bool PlainText::has_noise() const {
  const Sight& sight = Sight::get();
  for (std::uint32_t i = 0; i < size; ++i) {
    if ((flags[i] & Sight::begins_noise) == 0 || !sight.begin_noise(chars[i], chars[i + 1])) continue;
    if (noise_words().at(view(), i).kind != 0) return true;
  }
  return false;
}

/// Fills chars and flags. False for what is not plain in single characters.
bool PlainText::decode(std::string_view text) {
  const std::uint32_t* const table = Sight::get().written();
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  const auto end = static_cast<std::uint32_t>(text.size());
  std::uint32_t all = 0;
  std::uint32_t count = 0;
  for (std::uint32_t pos = 0; pos < end; ++count) {
    if (count == size_max) return false;
    byte_at[count] = static_cast<std::uint16_t>(pos);
    std::uint32_t c = bytes[pos];
    if (c < 0x80) {
      ++pos;
    } else {
      if (pos + 3 > end) return false;
      const std::uint32_t second = bytes[pos + 1] ^ 0x80u;
      const std::uint32_t third = bytes[pos + 2] ^ 0x80u;
      c = (c ^ 0xE0u) << 12 | second << 6 | third;
      if (c >= 0x10000 || c < 0x800 || (second | third) >= 0x40) return false;
      pos += 3;
    }
    const std::uint32_t both = table[c];
    all |= both;
    chars[count] = both & 0xFFFF;
    flags[count] = static_cast<std::uint16_t>(both >> 16);
  }
  byte_at[count] = static_cast<std::uint16_t>(end);
  for (std::uint32_t i = count; i < count + 4; ++i) chars[i] = 0, flags[i] = 0;
  size = count;
  seen = all >> 16;
  return (seen & Sight::is_not_plain) == 0;
}

/// Whether a telephone number may stand there, or digits between which 一 is a dash.
bool PlainText::has_odd_digits() const {
  std::uint32_t joined = 0;
  for (std::uint32_t i = 0; i < size; ++i) {
    if ((flags[i] & Sight::digit) == 0) {
      if (!joins_phone(chars[i])) joined = 0;
      continue;
    }
    const std::uint32_t first = i;
    while ((flags[i + 1] & Sight::digit) != 0) ++i;
    joined += i + 1 - first;
    if (i + 1 - first > run_max || joined > joined_max || chars[i + 1] == U'一') return true;
  }
  return false;
}

void PlainText::mark_words() {
  const Sight& sight = Sight::get();
  std::uint64_t marked = 0;
  for (std::uint32_t i = 0; i + 1 < size; ++i) {
    if ((flags[i] & flags[i + 1] & Sight::in_word) == 0 || !sight.in_one_word(chars[i], chars[i + 1])) continue;
    marked |= std::uint64_t{3} << i;
  }
  in_word = marked;
}

bool PlainText::read(std::string_view text) {
  if (text.empty() || text.size() > std::size_t{3} * size_max || !decode(text) || has_odd_digits()) return false;
  if ((seen & Sight::begins_noise) != 0 && has_noise()) return false;
  mark_words();
  return true;
}

}  // namespace menpai::address

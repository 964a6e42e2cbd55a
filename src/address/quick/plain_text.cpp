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
  for (std::uint32_t i = 0; i < size; ++i) {
    if ((flags[i] & Sight::begins_noise) != 0 && noise_words().at(view(), i).kind != 0) return true;
  }
  return false;
}

bool PlainText::read(std::string_view text) {
  if (text.size() > 3 * size_max || text.empty()) return false;
  const Sight& sight = Sight::get();
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t end = text.size();
  std::size_t pos = 0;
  std::uint32_t count = 0;
  std::uint32_t seen = 0;    // all flags
  std::uint32_t run = 0;     // digits just before
  std::uint32_t joined = 0;  // and in the runs that are joined to them
  std::uint32_t before = 0;  // the character's and its flags
  in_word = 0;
  while (pos < end) {
    if (count == size_max) return false;
    byte_at[count] = static_cast<std::uint16_t>(pos);
    char32_t c = bytes[pos];
    if (c < 0x80) {
      ++pos;
    } else {
      const bool three =
          (c & 0xF0) == 0xE0 && end - pos >= 3 && (bytes[pos + 1] & 0xC0) == 0x80 && (bytes[pos + 2] & 0xC0) == 0x80;
      if (!three) return false;
      c = (c & 0x0Fu) << 12 | (bytes[pos + 1] & 0x3Fu) << 6 | (bytes[pos + 2] & 0x3Fu);
      if (c < 0x800) return false;
      pos += 3;
    }
    const std::uint32_t both = sight.written(c);
    const std::uint32_t flag = both >> 16;
    c = both & 0xFFFF;
    seen |= flag;
    if ((flag & Sight::digit) != 0) {
      if (++run > run_max || ++joined > joined_max) return false;
    } else {
      if (run > 0 && c == U'一') return false;  // between digits it is a dash
      if (!joins_phone(c)) joined = 0;
      run = 0;
    }
    if ((flag & before >> 16 & Sight::in_word) != 0 && sight.in_one_word(before & 0xFFFF, c)) {
      in_word |= std::uint64_t{3} << (count - 1);
    }
    before = both;
    chars[count] = c;
    flags[count] = static_cast<std::uint16_t>(flag);
    ++count;
  }
  if ((seen & Sight::is_not_plain) != 0) return false;
  size = count;
  for (std::uint32_t i = count; i < count + 4; ++i) chars[i] = 0, flags[i] = 0;
  byte_at[count] = static_cast<std::uint16_t>(pos);
  return (seen & Sight::begins_noise) == 0 || !has_noise();
}

}  // namespace menpai::address

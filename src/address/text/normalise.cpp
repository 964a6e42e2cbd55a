// SPDX-License-Identifier: Apache-2.0
// Folds code points by table and keeps the way back to the original.
#include "address/text/normalise.hpp"

#include <algorithm>
#include <array>

#include "address/text/fold_data.hpp"
#include "address/text/lexicon.hpp"
#include "address/text/noise.hpp"
#include "address/text/word_list.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

/// The form of one code point.
inline char32_t folded(char32_t c) {
  return c < 0x10000 ? fold_data[c] : c;
}

/// Drops the spaces of 泸 县 得 胜 镇: those beside an ideograph that stands alone between spaces.
void close_up(NormalText& text) {
  std::u32string& c = text.chars;
  const std::size_t size = c.size();
  const auto han = [&](std::size_t i) { return i < size && is_ideograph(c[i]); };
  const auto single = [&](std::size_t i) {
    return han(i) && (i == 0 || c[i - 1] == U' ') && (i + 1 >= size || c[i + 1] == U' ');
  };
  std::size_t first = c.find(U' ');
  if (first == std::u32string::npos) return;
  bool any = false;
  for (std::size_t i = first; i + 1 < size && !any; ++i)
    any = c[i] == U' ' && (single(i + 1) || (i > 0 && single(i - 1)));
  if (!any) return;
  std::u32string kept;
  std::size_t out = 0;
  std::u32string source = c;
  for (std::size_t i = 0; i < size; ++i) {
    const bool gap = source[i] == U' ' && i > 0 && han(i - 1) && han(i + 1) && (single(i - 1) || single(i + 1));
    if (gap) continue;
    text.origin[out] = text.origin[i];
    kept += source[i];
    ++out;
  }
  c = kept;
  text.origin[out] = text.origin[size];
  text.origin.resize(out + 1);
}

constexpr std::u32string_view numeral_digits = U"〇一二三四五六七八九";

int numeral(char32_t c) {
  if (c == U'零') return 0;
  if (c == U'两') return 2;
  const std::size_t at = numeral_digits.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::string_view removed_kind_name(RemovedKind kind) {
  static constexpr std::array<std::string_view, 5> names = {"phone", "person", "courier", "note", "filler"};
  return names[static_cast<std::size_t>(kind)];
}

char32_t fold(char32_t c) {
  return folded(c);
}

void fold_text(std::string_view text, std::u32string& out) {
  out.clear();
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = folded(utf8::next(text, pos));
    if (c != 0) out += c;
  }
}

std::u32string fold_text(std::string_view text) {
  std::u32string out;
  fold_text(text, out);
  return out;
}

namespace {

/// What is to be done about a folded character; nothing for nearly every ideograph.
enum Mark : std::uint8_t {
  blank = 1,  ///< a blank, or dropped
  digit = 2,
  one = 4,           ///< 一
  opens = 8,         ///< an opening bracket or +
  begins_noise = 16  ///< a word of address_noise.tsv may begin with it
};

class MarkTable {
 public:
  static const MarkTable& get() {
    static const MarkTable made;
    return made;
  }
  std::uint8_t operator[](char32_t c) const { return c < 0x10000 ? m_marks[c] : std::uint8_t{0}; }

 private:
  MarkTable() : m_marks(0x10000) {
    m_marks[0] = m_marks[U' '] = blank;
    for (char32_t c = U'0'; c <= U'9'; ++c) m_marks[c] = digit;
    m_marks[U'('] = m_marks[U'+'] = opens;
    noise_words().each_beginning([&](char32_t c) { m_marks[c] |= begins_noise; });
    m_marks[U'一'] |= one;
  }
  std::vector<std::uint8_t> m_marks;
};

/// What one pass over the bytes of a text makes; filled as far as the text goes.
struct Pass {
  std::array<char32_t, text_length_max> chars;
  std::array<std::uint32_t, text_length_max> origin;
  std::array<std::uint32_t, text_length_max> byte_at;
  std::size_t size = 0;
  std::size_t pos = 0;
  std::uint32_t length = 0;
  std::uint32_t digits = 0;
  std::uint32_t starts = 0;  ///< how many characters a noise word may begin with
  std::array<std::uint32_t, 8> start;
  std::uint8_t seen = 0;  ///< marks
  bool has_space = false;
  bool well_formed = true;

  /// Looks closer at a marked character. False if it is not written.
  bool see(std::uint8_t mark, char32_t c, std::size_t at) {
    seen |= mark;
    if ((mark & digit) != 0) ++digits;
    if ((mark & begins_noise) != 0 && starts++ < start.size()) start[starts - 1] = static_cast<std::uint32_t>(at);
    if ((mark & blank) == 0) return true;
    if (c == 0 || at == 0 || chars[at - 1] == U' ') return false;
    return has_space = true;
  }

  bool may_have_noise() const {
    if ((seen & opens) != 0 || digits >= phone_digits_min || starts > start.size()) return true;
    for (std::uint32_t i = 0; i < starts; ++i) {
      const std::uint32_t at = start[i];
      if (noise_words().may_go_on(chars[at], at + 1 < size ? chars[at + 1] : U'\0')) return true;
    }
    return false;
  }
};

/// An ideograph or mark of three bytes: nearly every character of an address that is not ASCII.
inline bool is_three(const unsigned char* bytes, std::size_t left) {
  const unsigned char lead = bytes[0];
  return lead >= 0xE1 && lead <= 0xEF && lead != 0xED && left >= 3 && (bytes[1] & 0xC0) == 0x80 &&
         (bytes[2] & 0xC0) == 0x80;
}

void read_all(std::string_view text, Pass& pass) {
  const MarkTable& marks = MarkTable::get();
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t end = text.size();
  std::size_t pos = 0;
  std::size_t size = 0;
  std::uint32_t index = 0;
  for (; pos < end && index < text_length_max; ++index) {
    pass.byte_at[index] = static_cast<std::uint32_t>(pos);
    char32_t c = bytes[pos];
    if (c < 0x80) {
      ++pos;
      c = fold_data[c];
    } else if (is_three(bytes + pos, end - pos)) {
      c = fold_data[(c & 0x0F) << 12 | (bytes[pos + 1] & 0x3Fu) << 6 | (bytes[pos + 2] & 0x3Fu)];
      pos += 3;
    } else {
      std::size_t next = pos;
      c = utf8::next(text, next);
      pos = next;
      pass.well_formed = pass.well_formed && c != utf8::replacement;
      c = folded(c);
    }
    if (const std::uint8_t mark = marks[c]; mark != 0 && !pass.see(mark, c, size)) continue;
    pass.chars[size] = c;
    pass.origin[size] = index;
    ++size;
  }
  pass.size = size;
  pass.pos = pos;
  pass.length = index;
}

}  // namespace

void normalise(std::string_view text, NormalText& out) {
  Pass pass;
  read_all(text, pass);
  out.chars.assign(pass.chars.data(), pass.size);
  out.origin.resize(pass.size + 1);
  std::copy_n(pass.origin.data(), pass.size, out.origin.data());
  out.origin[pass.size] = pass.length;
  out.byte_at.resize(pass.length + 1);
  std::copy_n(pass.byte_at.data(), pass.length, out.byte_at.data());
  out.byte_at[pass.length] = static_cast<std::uint32_t>(pass.pos);
  out.length = pass.length;
  out.truncated = pass.pos < text.size();
  out.well_formed = pass.well_formed;
  out.removed.clear();
  if (pass.has_space) close_up(out);
  // 3一12一11: between digits 一 is a dash.
  const bool has_dash = (pass.seen & one) != 0 && pass.digits >= 2;
  for (std::size_t i = 1; has_dash && i + 1 < out.chars.size(); ++i) {
    if (out.chars[i] == U'一' && is_digit(out.chars[i - 1]) && is_digit(out.chars[i + 1])) out.chars[i] = U'-';
  }
  // Where characters have changed their neighbours, words may stand that did not before.
  if (pass.has_space || has_dash || pass.may_have_noise()) remove_noise(out);
}

void append_name_key(std::u32string_view name, std::u32string& out) {
  for (std::size_t i = 0; i < name.size();) {
    if (name[i] == U' ' || name[i] == U'-' || name[i] == U'.' || name[i] == U'"') {
      ++i;
      continue;
    }
    // 两 counts (两单元) but stands for no digit of a name: 柳两六街 is no 26街.
    if ((numeral(name[i]) < 0 && name[i] != U'十') || name[i] == U'两') {
      out += name[i++];
      continue;
    }
    // 二十三, 十五, 三十: positional; 一〇二: digit by digit.
    const std::size_t start = i;
    bool has_ten = false;
    while (i < name.size() && (numeral(name[i]) >= 0 || name[i] == U'十') && name[i] != U'两') {
      has_ten |= name[i++] == U'十';
    }
    const std::u32string_view run = name.substr(start, i - start);
    if (has_ten && run.size() <= 3) {
      const std::size_t ten = run.find(U'十');
      const int tens = ten == 0 ? 1 : numeral(run[ten - 1]);
      const int ones = ten + 1 < run.size() ? numeral(run[ten + 1]) : 0;
      if (ten <= 1 && tens >= 0 && ones >= 0 && run.size() <= ten + 2) {
        out += static_cast<char32_t>(U'0' + tens);
        out += static_cast<char32_t>(U'0' + ones);
        continue;
      }
    }
    for (const char32_t c : run) out += c == U'十' ? c : static_cast<char32_t>(U'0' + numeral(c));
  }
}

}  // namespace menpai::address

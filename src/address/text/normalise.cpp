// SPDX-License-Identifier: Apache-2.0
// Folds code points by table and keeps the way back to the original.
#include "address/text/normalise.hpp"

#include <algorithm>
#include <array>

#include "address/text/fold_data.hpp"
#include "address/text/lexicon.hpp"
#include "address/text/noise.hpp"
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
  text.origin.resize(out);
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

/// utf8::next, with what nearly every character of an address is told first: ASCII and three bytes.
inline char32_t next_code_point(std::string_view text, std::size_t& pos) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(pos);
  if (first < 0x80) return text[pos++] & 0x7F;
  const bool three = first >= 0xE1 && first <= 0xEF && first != 0xED && text.size() - pos >= 3;
  if (three && (byte(pos + 1) & 0xC0) == 0x80 && (byte(pos + 2) & 0xC0) == 0x80) {
    const char32_t c = (first & 0x0Fu) << 12 | (byte(pos + 1) & 0x3Fu) << 6 | (byte(pos + 2) & 0x3Fu);
    pos += 3;
    return c;
  }
  return utf8::next(text, pos);
}

}  // namespace

void normalise(std::string_view text, NormalText& out) {
  const std::size_t room = std::min<std::size_t>(text.size(), text_length_max);
  out.chars.resize(room);
  out.origin.resize(room + 1);
  out.byte_at.resize(room + 1);
  out.removed.clear();
  std::uint32_t index = 0;
  std::size_t size = 0;
  std::size_t pos = 0;
  bool has_space = false;
  bool has_one = false;
  while (pos < text.size() && index < text_length_max) {
    out.byte_at[index] = static_cast<std::uint32_t>(pos);
    const char32_t c = folded(next_code_point(text, pos));
    const bool doubled_space = c == U' ' && (size == 0 || out.chars[size - 1] == U' ');
    if (c != 0 && !doubled_space) {
      out.chars[size] = c;
      out.origin[size] = index;
      ++size;
      has_space = has_space || c == U' ';
      has_one = has_one || c == U'一';
    }
    ++index;
  }
  out.chars.resize(size);
  out.origin.resize(size);
  out.byte_at.resize(index);
  if (has_space) close_up(out);
  // 3一12一11: between digits 一 is a dash.
  for (std::size_t i = 1; has_one && i + 1 < out.chars.size(); ++i) {
    if (out.chars[i] == U'一' && is_digit(out.chars[i - 1]) && is_digit(out.chars[i + 1])) out.chars[i] = U'-';
  }
  out.byte_at.push_back(static_cast<std::uint32_t>(pos));
  out.origin.push_back(index);
  out.length = index;
  out.truncated = pos < text.size();
  remove_noise(out);
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

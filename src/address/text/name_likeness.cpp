// SPDX-License-Identifier: Apache-2.0
#include "address/text/name_likeness.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "address/text/pinyin_table.hpp"
#include "address/text/shape_table.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t compared_max = 64;
constexpr std::u32string_view distinguishing =
    U"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ一二三四五六七八九十百千甲乙丙丁东西南北中上下前后左右内外大小新老旧";

using Lengths = std::array<std::array<std::uint8_t, compared_max + 1>, compared_max + 1>;

/// length[i][j]: the longest common subsequence of the first i of a and the first j of b, row by row.
void common_lengths(std::u32string_view a, std::u32string_view b, Lengths& length) {
  std::fill_n(length[0].begin(), b.size() + 1, std::uint8_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    length[i][0] = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      length[i][j] = a[i - 1] == b[j - 1] ? static_cast<std::uint8_t>(length[i - 1][j - 1] + 1)
                                          : std::max(length[i - 1][j], length[i][j - 1]);
    }
  }
}

/// Calls for every character that is not in the common subsequence: (character, whether it is a's).
template <class Visit>
void each_left_over(std::u32string_view a, std::u32string_view b, const Lengths& length, const Visit& visit) {
  for (std::size_t i = a.size(), j = b.size(); i > 0 || j > 0;) {
    if (i > 0 && j > 0 && a[i - 1] == b[j - 1]) {
      --i;
      --j;
    } else if (j == 0 || (i > 0 && length[i - 1][j] >= length[i][j - 1])) {
      visit(a[--i], true);
    } else {
      visit(b[--j], false);
    }
  }
}

bool is_number_or_letter(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z');
}
bool same_run(char32_t a, char32_t b) {
  return is_number_or_letter(a) && is_number_or_letter(b) && (a <= U'9') == (b <= U'9');
}

/// The run of digits or of letters that begins at `pos`.
std::u32string_view run_at(std::u32string_view text, std::size_t pos) {
  std::size_t end = pos + 1;
  while (end < text.size() && same_run(text[end], text[pos])) ++end;
  return text.substr(pos, end - pos);
}

bool has_run(std::u32string_view text, std::u32string_view run) {
  for (std::size_t pos = 0; pos < text.size(); ++pos) {
    if (!is_number_or_letter(text[pos])) continue;
    const std::u32string_view found = run_at(text, pos);
    if (found == run) return true;
    pos += found.size() - 1;
  }
  return false;
}

/// True if `a` has a number or letters that `b` has not.
bool has_own_run(std::u32string_view a, std::u32string_view b) {
  for (std::size_t pos = 0; pos < a.size(); ++pos) {
    if (!is_number_or_letter(a[pos])) continue;
    const std::u32string_view run = run_at(a, pos);
    if (!has_run(b, run)) return true;
    pos += run.size() - 1;
  }
  return false;
}

}  // namespace

bool is_distinguishing(char32_t c) {
  // One bit a character: asked for every character of every name that is nearly right.
  constexpr std::size_t end = 0xA000;
  static const std::vector<bool> table = [] {
    std::vector<bool> bits(end);
    for (const char32_t d : distinguishing) bits[d] = true;
    return bits;
  }();
  return c < end && table[c];
}

NameContrast name_contrast(std::u32string_view a, std::u32string_view b) {
  a = a.substr(0, compared_max);
  b = b.substr(0, compared_max);
  bool in_a = has_own_run(a, b);
  bool in_b = has_own_run(b, a);
  Lengths length;
  common_lengths(a, b, length);
  each_left_over(a, b, length, [&](char32_t c, bool is_of_a) {
    if (!is_distinguishing(c) || is_number_or_letter(c)) return;
    (is_of_a ? in_a : in_b) = true;
  });
  return in_a && in_b ? NameContrast::conflicting : in_a || in_b ? NameContrast::one_sided : NameContrast::none;
}

NameError name_error(std::u32string_view typed, std::u32string_view name) {
  if (typed.size() < name.size()) return NameError::lost;
  const auto [x, y] = std::mismatch(typed.begin(), typed.end(), name.begin(), name.end());
  if (x == typed.end() || (y == name.end() && typed.size() == name.size())) return NameError::other;
  if (typed.size() > name.size()) {
    // The doubled character may be the one before where they part: 云云岭 parts at 云|岭.
    return x != typed.begin() && *x == *(x - 1) ? NameError::doubled : NameError::other;
  }
  if (x + 1 != typed.end() && *x == *(y + 1) && *(x + 1) == *y) return NameError::exchanged;
  return same_sound(*x, *y) ? NameError::sound : looks_alike(*x, *y) ? NameError::shape : NameError::other;
}

double sound_likeness(std::u32string_view a, std::u32string_view b) {
  if (a.size() != b.size() || a.empty()) return 0;
  double same = 0;
  for (std::size_t i = 0; i < a.size(); ++i) same += a[i] == b[i] ? 1 : same_sound(a[i], b[i]) ? 0.9 : 0;
  return same / static_cast<double>(a.size());
}

double name_likeness(std::u32string_view a, std::u32string_view b, bool strict) {
  a = a.substr(0, compared_max);
  b = b.substr(0, compared_max);
  if (a.empty() || b.empty()) return 0;
  Lengths length;
  common_lengths(a, b, length);
  const double likeness = 2.0 * length[a.size()][b.size()] / static_cast<double>(a.size() + b.size());
  bool told_apart = false;
  if (strict) each_left_over(a, b, length, [&](char32_t c, bool) { told_apart = told_apart || is_distinguishing(c); });
  return told_apart ? 0 : likeness;
}

}  // namespace menpai::address

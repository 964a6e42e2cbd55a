// SPDX-License-Identifier: Apache-2.0
#include "address/text/shape_table.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "address/text/shape_data.hpp"

namespace menpai::address {
namespace {

std::optional<std::size_t> index_of(char32_t c) {
  const std::size_t i = c - shape_data.first;
  return c >= shape_data.first && i < shape_data.corners.size() ? std::optional(i) : std::nullopt;
}

/// How many of the four corners are alike.
int same_corners(std::size_t a, std::size_t b) {
  if (shape_data.corners[a] == 0 || shape_data.corners[b] == 0) return 0;
  int same = 0;
  int x = shape_data.corners[a] - 1;
  int y = shape_data.corners[b] - 1;
  for (int i = 0; i < 4; ++i, x /= 10, y /= 10) same += x % 10 == y % 10 ? 1 : 0;
  return same;
}

struct Parts {
  std::array<std::uint8_t, 6> letters{};  ///< last one first
  int size = 0;
};

Parts parts_of(std::size_t i) {
  Parts out;
  for (std::uint32_t rest = shape_data.parts[i]; rest != 0 && out.size < 6; rest >>= 5) {
    out.letters[static_cast<std::size_t>(out.size++)] = static_cast<std::uint8_t>(rest & 31);
  }
  return out;
}

/// The least number of parts replaced, left out or put in that makes one character of the other; as many as the longer
/// has where they have nothing in common or are not known.
int parts_apart(const Parts& a, const Parts& b) {
  if (a.size == 0 || b.size == 0) return std::max({a.size, b.size, 1});
  std::array<int, 7> row{};
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = static_cast<int>(j);
  for (int i = 0; i < a.size; ++i) {
    int diagonal = row[0]++;
    for (int j = 0; j < b.size; ++j) {
      const auto at = static_cast<std::size_t>(j);
      const int replaced = diagonal + (a.letters[static_cast<std::size_t>(i)] == b.letters[at] ? 0 : 1);
      diagonal = row[at + 1];
      row[at + 1] = std::min({replaced, diagonal + 1, row[at] + 1});
    }
  }
  return row[static_cast<std::size_t>(b.size)];
}

bool same_phonetic(std::size_t a, std::size_t b) {
  const std::uint32_t x = shape_data.phonetic[a];
  const std::uint32_t y = shape_data.phonetic[b];
  for (const std::uint32_t p : {x & 0xFFFF, x >> 16}) {
    if (p != 0 && (p == (y & 0xFFFF) || p == y >> 16)) return true;
  }
  return false;
}

}  // namespace

bool looks_alike(char32_t a, char32_t b) {
  const auto i = index_of(a);
  const auto j = index_of(b);
  if (!i || !j || a == b) return false;
  const int corners = same_corners(*i, *j);
  if (corners == 4 || same_phonetic(*i, *j)) return true;
  const Parts x = parts_of(*i);
  const Parts y = parts_of(*j);
  const int apart = parts_apart(x, y);
  if (apart >= std::max(x.size, y.size)) return false;
  return apart <= 1 || (apart == 2 && corners >= 2) || (apart == 3 && corners >= 3);
}

}  // namespace menpai::address

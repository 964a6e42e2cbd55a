// SPDX-License-Identifier: Apache-2.0
#include "address/name_likeness.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace menpai::address {
namespace {

constexpr std::size_t compared_max = 64;
constexpr std::u32string_view distinguishing =
    U"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ东西南北中上下前后左右内外大小新老旧";

}  // namespace

bool is_distinguishing(char32_t c) {
  return distinguishing.find(c) != std::u32string_view::npos;
}

double name_likeness(std::u32string_view a, std::u32string_view b, bool strict) {
  a = a.substr(0, compared_max);
  b = b.substr(0, compared_max);
  if (a.empty() || b.empty()) return 0;
  // length[i][j]: the longest common subsequence of the first i of a and the first j of b, row by row.
  std::array<std::array<std::uint8_t, compared_max + 1>, compared_max + 1> length;
  length[0].fill(0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    length[i][0] = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      length[i][j] = a[i - 1] == b[j - 1] ? static_cast<std::uint8_t>(length[i - 1][j - 1] + 1)
                                          : std::max(length[i - 1][j], length[i][j - 1]);
    }
  }
  const double likeness = 2.0 * length[a.size()][b.size()] / static_cast<double>(a.size() + b.size());
  for (std::size_t i = a.size(), j = b.size(); strict && (i > 0 || j > 0);) {
    if (i > 0 && j > 0 && a[i - 1] == b[j - 1]) {
      --i;
      --j;
    } else if (j == 0 || (i > 0 && length[i - 1][j] >= length[i][j - 1])) {
      if (is_distinguishing(a[--i])) return 0;
    } else if (is_distinguishing(b[--j])) {
      return 0;
    }
  }
  return likeness;
}

}  // namespace menpai::address

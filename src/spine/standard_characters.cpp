// SPDX-License-Identifier: Apache-2.0
#include "spine/standard_characters.hpp"

#include <algorithm>

namespace menpai::spine {
namespace {

constexpr std::uint16_t level_1_last = 3500;
constexpr std::uint16_t level_2_last = 6500;

}  // namespace

int standard_level(char32_t c) {
  const auto at = std::lower_bound(standard_characters.begin(), standard_characters.end(), c,
                                   [](const StandardCharacter& one, char32_t of) { return one.character < of; });
  if (at == standard_characters.end() || at->character != c) return 0;
  return at->number <= level_1_last ? 1 : at->number <= level_2_last ? 2 : 3;
}

}  // namespace menpai::spine

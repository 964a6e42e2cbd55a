// SPDX-License-Identifier: Apache-2.0
// How well a name in a text fits a division's official name, and what that is worth.
#pragma once

#include <array>
#include <cstdint>

#include "address/division/division_layout.hpp"

namespace menpai::address {

/// How a key's stem and the generic word behind it fit the official name, best first.
enum class Fit : std::uint8_t {
  exact,      ///< 江津区 for 江津区
  alias,      ///< 大通县 for 大通回族土族自治县
  variant,    ///< 江津市 for 江津区: the word it had before, mostly
  shortened,  ///< 江津
  none,
};

/// The fit of a written generic word to the official one, on a level.
Fit suffix_fit(Level level, Suffix own, Suffix written);

/// Bit by Level: where a written generic word can fit at all.
std::uint16_t suffix_levels(Suffix written);

/// A generic word of one character that begins other words as well (莞城|旗峰路): without it the stem stands alone.
inline bool is_soft(Suffix suffix) {
  return suffix == Suffix::qi || suffix == Suffix::meng || suffix == Suffix::zhou;
}

/// What a name adds to a chain's score, by Level.
inline constexpr std::array<float, 6> full_weight = {0, 1.0f, 1.5f, 2.0f, 1.5f, 1.0f};
inline constexpr std::array<float, 6> short_weight = {0, 0.8f, 1.1f, 0.9f, 0.5f, 0.4f};

}  // namespace menpai::address

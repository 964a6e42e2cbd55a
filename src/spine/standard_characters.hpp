// SPDX-License-Identifier: Apache-2.0
// The List of Standard Chinese Characters (通用规范汉字表, State Council 2013, 8,105 characters), as Unihan's kTGH has
// it.
#pragma once

#include <cstdint>
#include <span>

namespace menpai::spine {

struct StandardCharacter {
  char32_t character;
  std::uint16_t number;  ///< in the list, from 1
};
/// By code point.
extern const std::span<const StandardCharacter> standard_characters;

/// The level of the list: 1 (3,500 in daily use), 2 (3,000 more for printing), 3 (1,605 of names and sciences); 0 for
/// what is not in it, among them traditional forms. Binary search.
int standard_level(char32_t c);

}  // namespace menpai::spine

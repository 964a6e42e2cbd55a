// SPDX-License-Identifier: Apache-2.0
// The arrays that cmake/pinyin_table.awk makes of the Unihan database; pinyin_table.cpp reads them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace menpai::address {

struct PinyinData {
  char32_t first;                                 ///< the code point of starts[0]
  std::span<const std::string_view> syllables;    ///< sorted
  std::span<const std::uint16_t> reading_starts;  ///< one more than code points
  std::span<const std::uint16_t> readings;        ///< indices into syllables
};
extern const PinyinData pinyin_data;

}  // namespace menpai::address

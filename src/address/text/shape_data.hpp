// SPDX-License-Identifier: Apache-2.0
// The arrays that cmake/shape_table.awk makes of the Unihan database; shape_table.cpp reads them.
#pragma once

#include <cstdint>
#include <span>

namespace menpai::address {

struct ShapeData {
  char32_t first;                          ///< the code point of the first of each
  std::span<const std::uint16_t> corners;  ///< one more than the four-corner code, 0 where it is not known
  std::span<const std::uint32_t> parts;  ///< letters of the Cangjie code, 1 to 26, five bits each, the last one lowest
  std::span<const std::uint32_t> phonetic;  ///< up to two phonetic classes, 16 bits each
};
extern const ShapeData shape_data;

}  // namespace menpai::address

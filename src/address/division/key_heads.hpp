// SPDX-License-Identifier: Apache-2.0
// The pairs of symbols with which the names of an index begin.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "address/library/double_array.hpp"

namespace menpai::address {

/// Most positions of a text are refused by one bit.
class KeyHeads {
 public:
  /// Some hundred microseconds.
  explicit KeyHeads(std::span<const TrieCell> cells);

  bool may_begin(std::uint32_t first, std::uint32_t second) const {
    const std::uint32_t bit = bit_of(first, second);
    return (m_bits[bit / 64] >> (bit % 64) & 1) != 0;
  }
  /// No name is a single symbol.
  bool are_pairs() const { return m_are_pairs; }

 private:
  static constexpr std::uint32_t bit_count = 1u << 18;
  static std::uint32_t bit_of(std::uint32_t first, std::uint32_t second) {
    return (first * 0x9E3779B1u ^ second * 0x85EBCA77u) >> 14;
  }
  std::vector<std::uint64_t> m_bits;
  bool m_are_pairs = true;
};

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
#include "address/division/key_heads.hpp"

namespace menpai::address {

KeyHeads::KeyHeads(std::span<const TrieCell> cells) : m_bits(bit_count / 64) {
  const std::uint32_t root = cells.empty() ? 0 : cells[DoubleArray::root].base;
  for (std::uint32_t state = 1; state < cells.size(); ++state) {
    const std::uint32_t parent = cells[state].check;
    if (parent >= cells.size()) continue;
    if (parent == DoubleArray::root) {
      m_are_pairs = m_are_pairs && cells[state].value == no_value;
    } else if (cells[parent].check == DoubleArray::root) {
      const std::uint32_t bit = bit_of(parent - root, state - cells[parent].base);
      m_bits[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
  }
}

}  // namespace menpai::address

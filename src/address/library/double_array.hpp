// SPDX-License-Identifier: Apache-2.0
// A double-array trie over 16-bit symbols: built once, then walked where it lies, one load a symbol.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace menpai::address {

/// One state: child by symbol s at cells[base + s], if that cell's check is this state's index.
struct TrieCell {
  std::uint32_t base = 0;
  std::uint32_t check = 0xFFFFFFFFu;
  std::uint32_t value = 0xFFFFFFFFu;  ///< of the key that ends here
};
inline constexpr std::uint32_t no_value = 0xFFFFFFFFu;

/// `keys` must be sorted and distinct, without empty keys and without symbol 0; the value of keys[i] is i.
std::vector<TrieCell> build_double_array(const std::vector<std::u16string>& keys);

/// A view; the cells must outlive it. Safe for any content of the cells: every step is checked against their number.
class DoubleArray {
 public:
  DoubleArray() = default;
  explicit DoubleArray(std::span<const TrieCell> cells) : m_cells(cells) {}

  static constexpr std::uint32_t root = 0;
  /// Moves to the child by `symbol`; false (and `state` unchanged) if there is none.
  bool step(std::uint32_t& state, std::uint16_t symbol) const {
    const std::uint64_t next = std::uint64_t{m_cells[state].base} + symbol;
    if (next >= m_cells.size() || m_cells[next].check != state) return false;
    state = static_cast<std::uint32_t>(next);
    return true;
  }
  std::uint32_t value(std::uint32_t state) const { return m_cells[state].value; }
  std::span<const TrieCell> cells() const { return m_cells; }

 private:
  std::span<const TrieCell> m_cells;
};

}  // namespace menpai::address

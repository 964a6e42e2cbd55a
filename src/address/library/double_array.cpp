// SPDX-License-Identifier: Apache-2.0
// Lays the children of every trie state into the first free cells that fit.
#include "address/library/double_array.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace menpai::address {
namespace {

class Builder {
 public:
  explicit Builder(const std::vector<std::u16string>& keys) : m_keys(keys) { m_cells.resize(1024); }

  std::vector<TrieCell> build() {
    m_cells[0].check = 0;
    m_work.push_back({0, static_cast<std::uint32_t>(m_keys.size()), 0, 0});
    while (!m_work.empty()) {
      const Range range = m_work.back();
      m_work.pop_back();
      place(range);
    }
    std::size_t used = m_cells.size();
    while (used > 1 && m_cells[used - 1].check == no_value) --used;
    m_cells.resize(used);
    return std::move(m_cells);
  }

 private:
  struct Range {
    std::uint32_t lo, hi, depth, state;  // keys [lo, hi) share their first `depth` symbols, which lead to `state`
  };

  void place(const Range& range) {
    std::uint32_t lo = range.lo;
    if (m_keys[lo].size() == range.depth) m_cells[range.state].value = lo++;
    if (lo == range.hi) return;
    m_symbols.clear();
    m_starts.clear();
    for (std::uint32_t i = lo; i < range.hi; ++i) {
      const char16_t symbol = m_keys[i][range.depth];
      if (m_symbols.empty() || m_symbols.back() != symbol) {
        m_symbols.push_back(symbol);
        m_starts.push_back(i);
      }
    }
    m_starts.push_back(range.hi);
    const std::uint32_t base = find_base();
    m_cells[range.state].base = base;
    for (std::size_t i = 0; i < m_symbols.size(); ++i) m_cells[base + m_symbols[i]].check = range.state;
    for (std::size_t i = m_symbols.size(); i-- > 0;) {
      m_work.push_back({m_starts[i], m_starts[i + 1], range.depth + 1, base + m_symbols[i]});
    }
  }

  bool free_at(std::size_t cell) const { return cell >= m_cells.size() || m_cells[cell].check == no_value; }

  std::uint32_t find_base() {
    while (m_first_free < m_cells.size() && m_cells[m_first_free].check != no_value) ++m_first_free;
    // States with many children look further right, where cells are still free: the left part fills with single ones.
    std::size_t cell = m_symbols.size() > 8 ? std::max(m_first_free, m_wide_free) : m_first_free;
    cell = std::max<std::size_t>(cell, m_symbols[0] + 1u);
    for (;; ++cell) {
      if (!free_at(cell)) continue;
      const std::size_t base = cell - m_symbols[0];
      if (base == 0) continue;
      if (std::all_of(m_symbols.begin(), m_symbols.end(), [&](char16_t s) { return free_at(base + s); })) {
        const std::size_t need = base + m_symbols.back() + 1;
        if (need > m_cells.size()) m_cells.resize(std::max(need, m_cells.size() * 2));
        if (m_symbols.size() > 8) m_wide_free = cell;
        return static_cast<std::uint32_t>(base);
      }
    }
  }

  const std::vector<std::u16string>& m_keys;
  std::vector<TrieCell> m_cells;
  std::vector<Range> m_work;
  std::vector<char16_t> m_symbols;
  std::vector<std::uint32_t> m_starts;
  std::size_t m_first_free = 1;
  std::size_t m_wide_free = 1;
};

}  // namespace

std::vector<TrieCell> build_double_array(const std::vector<std::u16string>& keys) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    MENPAI_ASSERT(!keys[i].empty() && keys[i].find(u'\0') == std::u16string::npos, "keys have symbols other than 0");
    MENPAI_ASSERT(i == 0 || keys[i - 1] < keys[i], "keys are sorted and distinct");
  }
  if (keys.empty()) return std::vector<TrieCell>(1, TrieCell{0, 0, no_value});
  return Builder(keys).build();
}

}  // namespace menpai::address

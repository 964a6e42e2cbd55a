// SPDX-License-Identifier: Apache-2.0
// One address of a library that a text may mean, with the evidence level by level.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "address/library/tree.hpp"
#include "model/answer.hpp"

namespace menpai::address {

/// The reason of each level, or none where neither text nor library speaks of it.
class LevelReasons {
 public:
  LevelReasons() { m_reasons.fill(none); }
  bool has(Level level) const { return m_reasons[static_cast<std::size_t>(level)] != none; }
  Reason get(Level level) const { return static_cast<Reason>(m_reasons[static_cast<std::size_t>(level)]); }
  void set(Level level, Reason reason) {
    m_reasons[static_cast<std::size_t>(level)] = static_cast<std::uint8_t>(reason);
  }
  /// Keeps the worse of two.
  void worsen(Level level, Reason reason) {
    if (!has(level) || get(level) < reason) set(level, reason);
  }
  void append_to(std::vector<ElementReason>& out) const {
    for (int i = 1; i < level_count; ++i) {
      if (has(static_cast<Level>(i))) out.push_back({static_cast<Level>(i), get(static_cast<Level>(i))});
    }
  }

 private:
  static constexpr std::uint8_t none = 0xFF;
  std::array<std::uint8_t, level_count> m_reasons{};
};

struct Hit {
  Tree::Spot spot;              ///< where it stands in the tree; node = no_node for a flat row
  std::uint32_t flat = no_row;  ///< index of the flat row
  RowId row = no_row;           ///< no_row: a place in the tree that is no row of the source itself
  DivisionNode division = no_division;
  double score = 0;  ///< 0 to 1
  LevelReasons reasons;
  bool whole = false;           ///< every element of the text is found, none contradicts
  std::uint64_t explained = 0;  ///< bit i: step i of the text's path is in the answer
};

}  // namespace menpai::address

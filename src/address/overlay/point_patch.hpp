// SPDX-License-Identifier: Apache-2.0
// Where added addresses lie, for the reverse lookup; and which of the library's points count no more.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "address/library/point_column.hpp"
#include "address/match/nearest.hpp"
#include "address/overlay/tree_patch.hpp"

namespace menpai::address {

/// Added points in a grid of some hundred metres. Not to be changed while it is read.
class PointPatch {
 public:
  /// Both must outlive this; `base` has no patch.
  PointPatch(const Tree& base, const TreePatch& tree) : m_base(&base), m_tree(&tree) {}

  void add(Anchor anchor, PackedPoint point);

  bool is_gone(Anchor anchor) const;
  /// Puts what was added in the place of `found` where it lies nearer to `point`, within `max_distance_m`.
  void improve(const geo::LonLat& point, double max_distance_m, Nearest& found) const;

 private:
  static constexpr int cell_bits = 13;  ///< of ten-millionths of a degree: some 90 m
  struct Entry {
    PackedPoint point;
    Anchor anchor;
  };
  static std::uint64_t key(std::int64_t x, std::int64_t y) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(x)) << 32 | static_cast<std::uint32_t>(y);
  }

  const Tree* m_base;
  const TreePatch* m_tree;
  std::unordered_map<std::uint64_t, std::vector<Entry>> m_cells;
};

}  // namespace menpai::address

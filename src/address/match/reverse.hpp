// SPDX-License-Identifier: Apache-2.0
// From a point to the nearest address: the buildings and numbers of a library in a grid of cells, sought in batches.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "address/library/library_file.hpp"
#include "address/library/point_column.hpp"
#include "address/match/nearest.hpp"
#include "geo/coordinate.hpp"

namespace menpai::address {

class PointPatch;

/// Writes the grid. Of several anchors at one point the first is kept. About nine bytes an anchor. `anchors` is sorted.
void write_reverse(std::vector<std::pair<Anchor, PackedPoint>> anchors, LibraryFileWriter& file);

/// Reads the grid where it lies; every reference is checked in use.
///
/// The globe is cut into square cells of 2^shift ten-millionths of a degree, so large that an occupied one holds some
/// sixteen points. A hash table leads from a cell to its points, which are stored as 16-bit offsets. Far from all
/// addresses a second table, of blocks of 8 × 8 cells, says so at once.
class Reverse {
 public:
  Reverse() = default;
  explicit Reverse(const LibraryFile& file);

  /// The number of anchors.
  std::size_t size() const { return m_anchors.size(); }

  /// For each point (CGCS2000 degrees) the nearest anchor within `max_distance_m` (at most 20,000) on the mean sphere;
  /// no_anchor where there is none, and for what is not on the globe or beyond 85 degrees north or south. `found` is as
  /// long as `points`. Points are taken 16 at a time so that their cells come from memory together: about 0.7 µs each
  /// in a town, and up to some 20 µs where nothing lies within 20 km. Does not look across the 180th meridian.
  /// `patch`: edits, null for none.
  void nearest(std::span<const geo::LonLat> points, double max_distance_m, std::span<Nearest> found,
               const PointPatch* patch = nullptr) const;

 private:
  struct Head {
    std::uint32_t shift;
    std::uint32_t longest_probe;  ///< of both tables
  };
  struct Probe;
  struct Seek;
  friend void write_reverse(std::vector<std::pair<Anchor, PackedPoint>>, LibraryFileWriter&);

  void nearest_own(std::span<const geo::LonLat> points, double max_distance_m, std::span<Nearest> found,
                   const PointPatch* patch) const;
  std::optional<std::uint32_t> cell(std::uint32_t x, std::uint32_t y) const;
  bool block_is_empty(std::uint32_t x, std::uint32_t y) const;
  void prefetch(const Probe& probe, int stage) const;
  void scan(std::uint32_t x, std::uint32_t y, Seek& seek) const;
  template <class Visit>
  static bool each_ring(Seek& seek, int shift, std::int64_t first, std::int64_t last, const Visit& visit);
  void widen(Seek& seek) const;

  int m_shift = 0;
  std::size_t m_longest_probe = 0;
  std::span<const std::uint64_t> m_cells;    ///< hash table: cell key (40 bits), number of the cell (24 bits)
  std::span<const std::uint64_t> m_blocks;   ///< hash table of the keys of blocks
  std::span<const std::uint32_t> m_starts;   ///< first point of each cell, and the end
  std::span<const std::uint32_t> m_offsets;  ///< x and y within the cell, 16 bits each
  std::span<const Anchor> m_anchors;
};

}  // namespace menpai::address

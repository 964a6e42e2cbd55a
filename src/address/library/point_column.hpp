// SPDX-License-Identifier: Apache-2.0
// A column of points for the rows that have one: a bit and a half a row, some four bytes a point.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "address/library/library_file.hpp"
#include "geo/coordinate.hpp"

namespace menpai::address {

/// A point in ten-millionths of a degree (about a centimetre).
struct PackedPoint {
  std::int32_t lon = 0;
  std::int32_t lat = 0;
  bool operator==(const PackedPoint&) const = default;

  /// None for what is not on the globe.
  static std::optional<PackedPoint> pack(const geo::LonLat& point) {
    if (!(std::abs(point.lon) <= 180) || !(std::abs(point.lat) <= 90)) return std::nullopt;
    return PackedPoint{static_cast<std::int32_t>(std::lround(point.lon * 1e7)),
                       static_cast<std::int32_t>(std::lround(point.lat * 1e7))};
  }
  geo::LonLat unpack() const { return {lon / 1e7, lat / 1e7}; }
};

/// Points keep their ten-millionths; 32 neighbours share a base and take the bits of their spread.
void write_point_column(LibraryFileWriter& file, std::span<const std::optional<PackedPoint>> points);

/// Which of 64 rows have points, and how many points come before them.
struct PointRows {
  std::uint32_t low = 0;   ///< bit i: row i has one
  std::uint32_t high = 0;  ///< bit i: row 32 + i
  std::uint32_t rank = 0;
};

class PointColumn {
 public:
  PointColumn() = default;
  explicit PointColumn(const LibraryFile& file);
  /// None where the row has no point or does not exist.
  std::optional<geo::LonLat> get(std::uint32_t row) const;

 private:
  CheckedArray<PointRows> m_rows;
  CheckedArray<std::uint32_t> m_starts;  ///< of each block of points in m_values
  CheckedBytes m_values;
};

}  // namespace menpai::address

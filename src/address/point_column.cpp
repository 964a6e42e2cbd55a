// SPDX-License-Identifier: Apache-2.0
#include "address/point_column.hpp"

#include <algorithm>
#include <bit>

namespace menpai::address {

void write_point_column(LibraryFileWriter& file, std::span<const std::optional<PackedPoint>> points) {
  std::vector<std::uint64_t> bits((points.size() + 63) / 64);
  std::vector<std::uint32_t> ranks;
  std::vector<PackedPoint> values;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % 64 == 0) ranks.push_back(static_cast<std::uint32_t>(values.size()));
    if (!points[i]) continue;
    bits[i / 64] |= std::uint64_t{1} << (i % 64);
    values.push_back(*points[i]);
  }
  if (values.empty()) return;
  file.add_array("point.bits", std::span<const std::uint64_t>(bits), SectionTrust::checked_in_use);
  file.add_array("point.ranks", std::span<const std::uint32_t>(ranks), SectionTrust::checked_in_use);
  file.add_array("point.values", std::span<const PackedPoint>(values), SectionTrust::checked_in_use);
}

PointColumn::PointColumn(const LibraryFile& file)
    : m_bits(file.array<std::uint64_t>("point.bits")),
      m_ranks(file.array<std::uint32_t>("point.ranks")),
      m_points(file.array<PackedPoint>("point.values")) {
  if (m_bits.size() != m_ranks.size()) file.throw_damaged("its points contradict each other");
}

std::optional<geo::LonLat> PointColumn::get(std::uint32_t row) const {
  const std::size_t word = row / 64;
  if (word >= m_bits.size()) return std::nullopt;
  const std::uint64_t bit = std::uint64_t{1} << (row % 64);
  if ((m_bits[word] & bit) == 0) return std::nullopt;
  const std::size_t at = m_ranks[word] + static_cast<std::size_t>(std::popcount(m_bits[word] & (bit - 1)));
  if (at >= m_points.size()) return std::nullopt;
  return m_points[at].unpack();
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
#include "address/library/point_column.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "address/library/number_runs.hpp"

namespace menpai::address {
namespace {

// point.values: blocks of 32 points; a block: i32 least lon, i32 least lat, u8 bits of a lon, u8 bits of a lat, then
// the differences, lon and lat of one point together; behind the last block 16 zero bytes.
// point.starts: where each block begins in point.values.
constexpr std::size_t block_size = 32;
constexpr std::size_t block_head = 10;
constexpr std::size_t padding = 16;
constexpr std::size_t block_bytes_max = block_head + block_size * 8 + padding;

void pack_block(std::span<const PackedPoint> points, std::vector<std::byte>& out) {
  PackedPoint least = points.front();
  PackedPoint most = points.front();
  for (const PackedPoint& p : points) {
    least = {std::min(least.lon, p.lon), std::min(least.lat, p.lat)};
    most = {std::max(most.lon, p.lon), std::max(most.lat, p.lat)};
  }
  const auto width = [](std::int32_t from, std::int32_t to) {
    return static_cast<unsigned>(std::bit_width(static_cast<std::uint32_t>(to) - static_cast<std::uint32_t>(from)));
  };
  const unsigned lon_bits = width(least.lon, most.lon);
  const unsigned lat_bits = width(least.lat, most.lat);
  const std::size_t first = out.size();
  out.resize(first + block_head + (points.size() * (lon_bits + lat_bits) + 7) / 8 + 9);
  std::memcpy(out.data() + first, &least, sizeof least);
  out[first + 8] = static_cast<std::byte>(lon_bits);
  out[first + 9] = static_cast<std::byte>(lat_bits);
  std::size_t at = 8 * (first + block_head);
  for (const PackedPoint& p : points) {
    write_bits(out, at, lon_bits, static_cast<std::uint32_t>(p.lon) - static_cast<std::uint32_t>(least.lon));
    write_bits(out, at + lon_bits, lat_bits, static_cast<std::uint32_t>(p.lat) - static_cast<std::uint32_t>(least.lat));
    at += lon_bits + lat_bits;
  }
  out.resize(out.size() - 9);
}

}  // namespace

void write_point_column(LibraryFileWriter& file, std::span<const std::optional<PackedPoint>> points) {
  std::vector<PointRows> rows((points.size() + 63) / 64);
  std::vector<PackedPoint> values;
  for (std::size_t i = 0; i < points.size(); ++i) {
    PointRows& word = rows[i / 64];
    if (i % 64 == 0) word.rank = static_cast<std::uint32_t>(values.size());
    if (!points[i]) continue;
    (i % 64 < 32 ? word.low : word.high) |= std::uint32_t{1} << (i % 32);
    values.push_back(*points[i]);
  }
  if (values.empty()) return;
  std::vector<std::uint32_t> starts;
  std::vector<std::byte> packed;
  const std::span<const PackedPoint> all = values;
  for (std::size_t i = 0; i < all.size(); i += block_size) {
    starts.push_back(static_cast<std::uint32_t>(packed.size()));
    pack_block(all.subspan(i, std::min(block_size, all.size() - i)), packed);
  }
  packed.resize(packed.size() + padding);
  file.add_array("point.rows", std::span<const PointRows>(rows), SectionTrust::in_parts);
  file.add_array("point.starts", std::span<const std::uint32_t>(starts), SectionTrust::in_parts);
  file.add("point.values", std::move(packed), SectionTrust::in_parts);
}

PointColumn::PointColumn(const LibraryFile& file)
    : m_rows(file.checked<PointRows>("point.rows")),
      m_starts(file.checked<std::uint32_t>("point.starts")),
      m_values(file.checked_bytes("point.values")) {}

std::optional<geo::LonLat> PointColumn::get(std::uint32_t row) const {
  if (row / 64 >= m_rows.size()) return std::nullopt;
  const PointRows& rows = m_rows[row / 64];
  const std::uint64_t bits = std::uint64_t{rows.high} << 32 | rows.low;
  const std::uint64_t bit = std::uint64_t{1} << (row % 64);
  if ((bits & bit) == 0) return std::nullopt;
  const std::size_t at = rows.rank + static_cast<std::size_t>(std::popcount(bits & (bit - 1)));
  if (at / block_size >= m_starts.size()) return std::nullopt;
  const std::size_t start = m_starts[at / block_size];
  if (start > m_values.bytes.size()) return std::nullopt;
  const auto block = m_values.part(start, std::min(block_bytes_max, m_values.bytes.size() - start));
  if (block.size() < block_head) return std::nullopt;
  PackedPoint point;
  std::memcpy(&point, block.data(), sizeof point);
  const auto lon_bits = std::to_integer<unsigned>(block[8]);
  const auto lat_bits = std::to_integer<unsigned>(block[9]);
  const std::size_t from = 8 * block_head + at % block_size * (lon_bits + lat_bits);
  const auto sum = [](std::int32_t a, std::uint64_t b) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
  };
  point.lon = sum(point.lon, read_bits(block, from, lon_bits));
  point.lat = sum(point.lat, read_bits(block, from + lon_bits, lat_bits));
  return point.unpack();
}

}  // namespace menpai::address

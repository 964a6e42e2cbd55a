// SPDX-License-Identifier: Apache-2.0
#include "address/match/reverse.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "address/overlay/point_patch.hpp"
#include "address/overlay/point_patch.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

constexpr int shift_min = 12;  // cells of 45 metres
constexpr int shift_max = 18;  // offsets of 16 bits then tell 4 centimetres
constexpr int block_bits = 3;
constexpr std::size_t wanted_in_cell = 16;
constexpr std::uint64_t empty_slot = ~std::uint64_t{0};
constexpr std::size_t batch_size = 16;
constexpr double distance_max_m = 20'000;
constexpr double lat_max = 85;  // beyond it a degree of longitude is too short for square cells
constexpr std::int64_t units_x = 3'600'000'000;
constexpr std::int64_t units_y = 1'800'000'000;
constexpr double metre_per_unit = 6'371'008.8 * 3.14159265358979323846 / 180 / 1e7;

/// A coordinate as a number from 0: 0 is 180 W or 90 S.
std::uint32_t unit_x(std::int32_t lon) {
  return static_cast<std::uint32_t>(static_cast<std::int64_t>(lon) + 1'800'000'000);
}
std::uint32_t unit_y(std::int32_t lat) {
  return static_cast<std::uint32_t>(static_cast<std::int64_t>(lat) + 900'000'000);
}

std::uint64_t cell_key(std::uint32_t x, std::uint32_t y) {
  return static_cast<std::uint64_t>(y) << 20 | x;  // both below 2^20 for every shift of 12 and more
}

std::uint64_t hash_cell(std::uint64_t key) {
  key *= 0x9E3779B97F4A7C15;
  return key ^ (key >> 32);
}

/// Cells that lie together get numbers that lie together: the bits of x and y in turn.
std::uint64_t interleaved(std::uint32_t x, std::uint32_t y) {
  const auto spread = [](std::uint64_t v) {
    v = (v | v << 16) & 0x0000FFFF0000FFFF;
    v = (v | v << 8) & 0x00FF00FF00FF00FF;
    v = (v | v << 4) & 0x0F0F0F0F0F0F0F0F;
    v = (v | v << 2) & 0x3333333333333333;
    return (v | v << 1) & 0x5555555555555555;
  };
  return spread(x) | spread(y) << 1;
}

/// A table of about three quarters full; `longest` becomes the longest way to a key if that is longer.
std::vector<std::uint64_t> make_table(std::span<const std::uint64_t> entries, int key_shift, std::uint32_t& longest) {
  std::vector<std::uint64_t> slots(std::bit_ceil(entries.size() * 4 / 3 + 2), empty_slot);
  for (const std::uint64_t entry : entries) {
    std::size_t slot = hash_cell(entry >> key_shift) & (slots.size() - 1);
    std::uint32_t probes = 1;
    for (; slots[slot] != empty_slot; slot = (slot + 1) & (slots.size() - 1)) ++probes;
    slots[slot] = entry;
    longest = std::max(longest, probes);
  }
  return slots;
}

struct Sorted {
  std::uint64_t order;
  std::uint32_t x, y;
  Anchor anchor;
};

std::vector<Sorted> sort_points(std::span<const std::pair<Anchor, PackedPoint>> anchors) {
  std::vector<Sorted> points;
  points.reserve(anchors.size());
  for (const auto& [anchor, point] : anchors) {
    const std::uint32_t x = unit_x(point.lon);
    const std::uint32_t y = unit_y(point.lat);
    points.push_back({interleaved(x, y), x, y, anchor});
  }
  const auto less = [](const Sorted& a, const Sorted& b) {
    return a.order != b.order ? a.order < b.order : a.anchor < b.anchor;
  };
  std::sort(points.begin(), points.end(), less);
  const auto same = [](const Sorted& a, const Sorted& b) { return a.order == b.order; };
  points.erase(std::unique(points.begin(), points.end(), same), points.end());
  return points;
}

/// The least shift at which an occupied cell holds the wanted number of points on average.
int choose_shift(std::span<const Sorted> points) {
  for (int shift = shift_min; shift < shift_max; ++shift) {
    std::size_t cells = 0;
    std::uint64_t last = ~std::uint64_t{0};
    for (const Sorted& p : points) {
      cells += (p.order >> (2 * shift)) != last ? 1 : 0;
      last = p.order >> (2 * shift);
    }
    if (points.size() >= cells * wanted_in_cell) return shift;
  }
  return shift_max;
}

}  // namespace

void write_reverse(std::vector<std::pair<Anchor, PackedPoint>> anchors, LibraryFileWriter& file) {
  const std::vector<Sorted> points = sort_points(anchors);
  if (points.empty()) return;
  Reverse::Head head{static_cast<std::uint32_t>(choose_shift(points)), 0};
  const int finer = std::max(0, static_cast<int>(head.shift) - 16);
  std::vector<std::uint64_t> cells, blocks;
  std::vector<std::uint32_t> starts, offsets;
  std::vector<Anchor> kept;
  for (const Sorted& p : points) {
    const std::uint32_t x = p.x >> head.shift;
    const std::uint32_t y = p.y >> head.shift;
    if (cells.empty() || cells.back() >> 24 != cell_key(x, y)) {
      MENPAI_ASSERT(cells.size() < 1U << 24, "a grid has fewer than 2^24 cells");
      cells.push_back(cell_key(x, y) << 24 | cells.size());
      starts.push_back(static_cast<std::uint32_t>(kept.size()));
      blocks.push_back(cell_key(x >> block_bits, y >> block_bits));
    }
    const std::uint32_t mask = (1U << head.shift) - 1;
    offsets.push_back(((p.x & mask) >> finer) << 16 | (p.y & mask) >> finer);
    kept.push_back(p.anchor);
  }
  starts.push_back(static_cast<std::uint32_t>(kept.size()));
  std::sort(blocks.begin(), blocks.end());
  blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
  const std::vector<std::uint64_t> cell_table = make_table(cells, 24, head.longest_probe);
  const std::vector<std::uint64_t> block_table = make_table(blocks, 0, head.longest_probe);
  constexpr SectionTrust trust = SectionTrust::checked_in_use;
  file.add_array("reverse.head", std::span<const Reverse::Head>(&head, 1), trust);
  file.add_array("reverse.cells", std::span<const std::uint64_t>(cell_table), trust);
  file.add_array("reverse.blocks", std::span<const std::uint64_t>(block_table), trust);
  file.add_array("reverse.starts", std::span<const std::uint32_t>(starts), trust);
  file.add_array("reverse.offsets", std::span<const std::uint32_t>(offsets), trust);
  file.add_array("reverse.anchors", std::span<const Anchor>(kept), trust);
}

Reverse::Reverse(const LibraryFile& file) {
  const std::span<const Head> head = file.array<Head>("reverse.head");
  if (head.size() != 1) return;
  m_cells = file.array<std::uint64_t>("reverse.cells");
  m_blocks = file.array<std::uint64_t>("reverse.blocks");
  m_starts = file.array<std::uint32_t>("reverse.starts");
  m_offsets = file.array<std::uint32_t>("reverse.offsets");
  m_anchors = file.array<Anchor>("reverse.anchors");
  m_shift = static_cast<int>(head[0].shift);
  m_longest_probe = std::min<std::size_t>(head[0].longest_probe, 4096);
  const bool holds = head[0].shift >= shift_min && head[0].shift <= shift_max && std::has_single_bit(m_cells.size()) &&
                     std::has_single_bit(m_blocks.size()) && m_offsets.size() == m_anchors.size();
  if (!holds) file.throw_damaged("its grid of points contradicts itself");
}

std::optional<std::uint32_t> Reverse::cell(std::uint32_t x, std::uint32_t y) const {
  const std::uint64_t key = cell_key(x, y);
  std::size_t slot = hash_cell(key) & (m_cells.size() - 1);
  for (std::size_t probe = 0; probe < m_longest_probe; ++probe, slot = (slot + 1) & (m_cells.size() - 1)) {
    if (m_cells[slot] == empty_slot) return std::nullopt;
    if (m_cells[slot] >> 24 == key) return static_cast<std::uint32_t>(m_cells[slot] & 0xFFFFFF);
  }
  return std::nullopt;
}

bool Reverse::block_is_empty(std::uint32_t x, std::uint32_t y) const {
  const std::uint64_t key = cell_key(x, y);
  std::size_t slot = hash_cell(key) & (m_blocks.size() - 1);
  for (std::size_t probe = 0; probe < m_longest_probe; ++probe, slot = (slot + 1) & (m_blocks.size() - 1)) {
    if (m_blocks[slot] == empty_slot) return true;
    if (m_blocks[slot] == key) return false;
  }
  return true;
}

/// One point on its way: its units, its cell, and the neighbour on the nearer side in each direction.
struct Reverse::Probe {
  std::uint32_t unit_x = 0, unit_y = 0;
  std::uint32_t x = 0, y = 0;
  std::array<std::uint32_t, 2> xs{}, ys{};
  bool on_globe = false;
};

/// The best so far, in metres on the plane that touches the point.
struct Reverse::Seek {
  double east = 0, north = 0;  ///< metres a unit
  std::uint32_t unit_x = 0, unit_y = 0;
  double best2 = 0;  ///< squared metres
  std::uint32_t at = 0xFFFFFFFFu;
  const PointPatch* patch = nullptr;
};

/// Brings what the four nearest cells need into the cache: their slots, their starts, their points.
void Reverse::prefetch(const Probe& probe, int stage) const {
  for (const std::uint32_t x : probe.xs) {
    for (const std::uint32_t y : probe.ys) {
      if (stage == 0) {
        __builtin_prefetch(&m_cells[hash_cell(cell_key(x, y)) & (m_cells.size() - 1)]);
        continue;
      }
      const std::optional<std::uint32_t> number = cell(x, y);
      if (!number || *number + 1 >= m_starts.size()) continue;
      if (stage == 1) {
        __builtin_prefetch(&m_starts[*number]);
        continue;
      }
      const std::uint32_t first = m_starts[*number];
      if (first >= m_offsets.size()) continue;
      __builtin_prefetch(&m_offsets[first]);
      if (first + 16 < m_offsets.size()) __builtin_prefetch(&m_offsets[first + 16]);
    }
  }
}

void Reverse::scan(std::uint32_t x, std::uint32_t y, Seek& seek) const {
  const std::optional<std::uint32_t> number = cell(x, y);
  if (!number || *number + std::size_t{1} >= m_starts.size()) return;
  const std::uint32_t first = m_starts[*number];
  const std::uint32_t last = m_starts[*number + 1];
  if (first > last || last > m_offsets.size()) return;
  const int finer = std::max(0, m_shift - 16);
  const auto dx0 = static_cast<float>(static_cast<double>(static_cast<std::uint64_t>(x) << m_shift) - seek.unit_x);
  const auto dy0 = static_cast<float>(static_cast<double>(static_cast<std::uint64_t>(y) << m_shift) - seek.unit_y);
  const auto east = static_cast<float>(seek.east);
  const auto north = static_cast<float>(seek.north);
  const auto scale = static_cast<float>(1 << finer);
  auto best2 = static_cast<float>(seek.best2);
  for (std::uint32_t i = first; i < last; ++i) {
    const float dx = (dx0 + scale * static_cast<float>(m_offsets[i] >> 16)) * east;
    const float dy = (dy0 + scale * static_cast<float>(m_offsets[i] & 0xFFFF)) * north;
    const float d2 = dx * dx + dy * dy;
    if (d2 < best2 && (seek.patch == nullptr || !seek.patch->is_gone(m_anchors[i]))) {
      best2 = d2;
      seek.at = i;
      seek.best2 = d2;
    }
  }
}

/// Squares ring by ring around the one that holds the point, as long as a ring may hold something nearer than the best.
/// Calls visit(x, y) for those of them that may; false if ring `last` was reached before.
template <class Visit>
bool Reverse::each_ring(Seek& seek, int shift, std::int64_t first, std::int64_t last, const Visit& visit) {
  const auto side = static_cast<double>(std::uint64_t{1} << shift);
  const auto in_x = static_cast<double>(seek.unit_x & ((1U << shift) - 1));
  const auto in_y = static_cast<double>(seek.unit_y & ((1U << shift) - 1));
  const std::int64_t own_x = seek.unit_x >> shift;
  const std::int64_t own_y = seek.unit_y >> shift;
  const auto gap = [side](std::int64_t d, double low, double high) {
    return d == 0 ? 0.0 : (static_cast<double>(std::abs(d)) - 1) * side + (d < 0 ? low : high);
  };
  const auto may_hold = [&](std::int64_t dx, std::int64_t dy) {
    const double x_m = gap(dx, in_x, side - in_x) * seek.east;
    const double y_m = gap(dy, in_y, side - in_y) * seek.north;
    const bool exists =
        own_x + dx >= 0 && own_y + dy >= 0 && own_x + dx <= units_x >> shift && own_y + dy <= units_y >> shift;
    return exists && x_m * x_m + y_m * y_m < seek.best2;
  };
  const auto look = [&](std::int64_t dx, std::int64_t dy) {
    if (may_hold(dx, dy)) visit(static_cast<std::uint32_t>(own_x + dx), static_cast<std::uint32_t>(own_y + dy));
  };
  for (std::int64_t ring = first; ring < last; ++ring) {
    const double inner = static_cast<double>(ring - 1) * side;
    const double x_m = (inner + std::min(in_x, side - in_x)) * seek.east;
    const double y_m = (inner + std::min(in_y, side - in_y)) * seek.north;
    const double reach = ring == 0 ? 0 : std::min(x_m, y_m);
    if (reach * reach >= seek.best2 && ring > 0) return true;
    if (ring == 0) {
      look(0, 0);
      continue;
    }
    for (std::int64_t d = -ring; d <= ring; ++d) {
      look(d, -ring);
      look(d, ring);
      if (d == -ring || d == ring) continue;
      look(-ring, d);
      look(ring, d);
    }
  }
  return false;
}

/// The cells around the point's own; where they do not settle it, the blocks of cells in which something lies.
void Reverse::widen(Seek& seek) const {
  const auto scan_cell = [&](std::uint32_t x, std::uint32_t y) { scan(x, y, seek); };
  if (each_ring(seek, m_shift, 1, 3, scan_cell)) return;
  each_ring(seek, m_shift + block_bits, 0, std::numeric_limits<std::int32_t>::max(),
            [&](std::uint32_t block_x, std::uint32_t block_y) {
              if (block_is_empty(block_x, block_y)) return;
              for (std::uint32_t cell = 0; cell < 1U << (2 * block_bits); ++cell) {
                scan((block_x << block_bits) + (cell & 7), (block_y << block_bits) + (cell >> block_bits), seek);
              }
            });
}

void Reverse::nearest(std::span<const geo::LonLat> points, double max_distance_m, std::span<Nearest> found,
                      const PointPatch* patch) const {
  MENPAI_ASSERT(points.size() == found.size(), "a result for every point");
  std::fill(found.begin(), found.end(), Nearest{});
  if (!(max_distance_m > 0)) return;
  if (!m_anchors.empty()) nearest_own(points, max_distance_m, found, patch);
  if (patch == nullptr) return;
  for (std::size_t i = 0; i < points.size(); ++i) patch->improve(points[i], max_distance_m, found[i]);
}

void Reverse::nearest_own(std::span<const geo::LonLat> points, double max_distance_m, std::span<Nearest> found,
                          const PointPatch* patch) const {
  const double limit = std::min(max_distance_m, distance_max_m);
  const std::uint32_t half = 1U << (m_shift - 1);
  const std::uint32_t mask = (1U << m_shift) - 1;
  std::array<Probe, batch_size> probes;
  for (std::size_t first = 0; first < points.size(); first += batch_size) {
    const std::size_t count = std::min(batch_size, points.size() - first);
    for (std::size_t i = 0; i < count; ++i) {
      const std::optional<PackedPoint> packed = PackedPoint::pack(points[first + i]);
      Probe& p = probes[i];
      p.on_globe = packed.has_value() && std::abs(points[first + i].lat) <= lat_max;
      if (!p.on_globe) continue;
      p.unit_x = unit_x(packed->lon);
      p.unit_y = unit_y(packed->lat);
      p.x = p.unit_x >> m_shift;
      p.y = p.unit_y >> m_shift;
      p.xs = {p.x, (p.unit_x & mask) < half ? p.x - std::min(p.x, 1U) : p.x + 1};
      p.ys = {p.y, (p.unit_y & mask) < half ? p.y - std::min(p.y, 1U) : p.y + 1};
      prefetch(p, 0);
    }
    for (int stage = 1; stage <= 2; ++stage) {
      for (std::size_t i = 0; i < count; ++i) {
        if (probes[i].on_globe) prefetch(probes[i], stage);
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Probe& p = probes[i];
      if (!p.on_globe) continue;
      const double lat = points[first + i].lat * (3.14159265358979323846 / 180);
      Seek seek{metre_per_unit * std::cos(lat), metre_per_unit, p.unit_x, p.unit_y, limit * limit};
      seek.patch = patch;
      scan(p.x, p.y, seek);
      widen(seek);
      if (seek.at < m_anchors.size()) found[first + i] = {m_anchors[seek.at], std::sqrt(seek.best2)};
    }
  }
}

}  // namespace menpai::address

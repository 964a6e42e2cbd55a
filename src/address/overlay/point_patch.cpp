// SPDX-License-Identifier: Apache-2.0
#include "address/overlay/point_patch.hpp"

#include <algorithm>
#include <cmath>

namespace menpai::address {
namespace {

/// On the mean sphere, as the library's own points are measured.
constexpr double metre_per_unit = 6'371'008.8 * 3.14159265358979323846 / 180 * 1e-7;
constexpr double distance_max_m = 20'000;
constexpr double lat_max = 85;

}  // namespace

void PointPatch::add(Anchor anchor, PackedPoint point) {
  m_cells[key(point.lon >> cell_bits, point.lat >> cell_bits)].push_back({point, anchor});
}

bool PointPatch::is_gone(Anchor anchor) const {
  if ((anchor & node_anchor) != 0) return m_tree->is_gone(anchor & ~node_anchor, TreeView::now);
  return m_tree->is_dead(anchor, TreeView::now);
}

void PointPatch::improve(const geo::LonLat& point, double max_distance_m, Nearest& found) const {
  const std::optional<PackedPoint> packed = PackedPoint::pack(point);
  if (m_cells.empty() || !packed || std::abs(point.lat) > lat_max) return;
  double best_m = std::min({found.distance_m, max_distance_m, distance_max_m});
  const double east = metre_per_unit * std::cos(point.lat * (3.14159265358979323846 / 180));
  const auto look_at = [&](const Entry& entry) {
    const double x_m = (static_cast<double>(entry.point.lon) - packed->lon) * east;
    const double y_m = (static_cast<double>(entry.point.lat) - packed->lat) * metre_per_unit;
    const double distance_m = std::sqrt(x_m * x_m + y_m * y_m);
    if (distance_m >= best_m || is_gone(entry.anchor)) return;
    best_m = distance_m;
    found = {entry.anchor, distance_m};
  };
  const auto reach = [&](double metres, double metres_a_unit) {
    return static_cast<std::int64_t>(metres / metres_a_unit / (1 << cell_bits)) + 1;
  };
  const std::int64_t x = packed->lon >> cell_bits;
  const std::int64_t y = packed->lat >> cell_bits;
  const std::int64_t wide = reach(best_m, east);
  const std::int64_t high = reach(best_m, metre_per_unit);
  if ((2 * wide + 1) * (2 * high + 1) > static_cast<std::int64_t>(m_cells.size())) {
    for (const auto& [cell, entries] : m_cells) std::for_each(entries.begin(), entries.end(), look_at);
    return;
  }
  for (std::int64_t dx = -wide; dx <= wide; ++dx) {
    for (std::int64_t dy = -high; dy <= high; ++dy) {
      const auto cell = m_cells.find(key(x + dx, y + dy));
      if (cell != m_cells.end()) std::for_each(cell->second.begin(), cell->second.end(), look_at);
    }
  }
}

}  // namespace menpai::address

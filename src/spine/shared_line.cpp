// SPDX-License-Identifier: Apache-2.0
#include "spine/shared_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <unordered_map>
#include <variant>

namespace menpai::spine {
namespace {

constexpr double metres_a_degree = 6371008.8 * std::numbers::pi / 180;
constexpr double cell_degrees = 0.002;  // some 200 m
/// A single segment over more cells than this is a slip of whoever drew it.
constexpr std::int64_t cells_max = 100'000;

struct Shape {
  std::vector<geo::Line> lines;
  double length_m = 0;
  std::array<geo::LonLat, 3> marks{};  ///< beginning, middle, end
};

Shape shape_of(const geo::Geometry& geometry) {
  Shape shape;
  if (const auto* line = std::get_if<geo::Line>(&geometry)) shape.lines = {*line};
  if (const auto* lines = std::get_if<geo::MultiLine>(&geometry)) shape.lines = lines->lines;
  std::erase_if(shape.lines, [](const geo::Line& line) { return line.size() < 2; });
  for (const geo::Line& line : shape.lines) shape.length_m += geo::length_m(line);
  if (shape.length_m <= 0) return {};
  shape.marks = {shape.lines.front().front(), shape.lines.front().front(), shape.lines.back().back()};
  double left_m = shape.length_m / 2;
  for (const geo::Line& line : shape.lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      const double part_m = geo::distance_m(line[i - 1], line[i]);
      if (left_m >= 0 && part_m > 0 && left_m <= part_m) {
        const double share = left_m / part_m;
        shape.marks[1] = {line[i - 1].lon + share * (line[i].lon - line[i - 1].lon),
                          line[i - 1].lat + share * (line[i].lat - line[i - 1].lat)};
      }
      left_m -= part_m;
    }
  }
  return shape;
}

double distance_to_segment_m(geo::LonLat p, geo::LonLat a, geo::LonLat b) {
  const double scale = std::cos(p.lat * std::numbers::pi / 180);
  const double ax = (a.lon - p.lon) * scale, ay = a.lat - p.lat, bx = (b.lon - p.lon) * scale, by = b.lat - p.lat;
  const double dx = bx - ax, dy = by - ay, square = dx * dx + dy * dy;
  const double share = square > 0 ? std::clamp(-(ax * dx + ay * dy) / square, 0.0, 1.0) : 0;
  return std::hypot(ax + share * dx, ay + share * dy) * metres_a_degree;
}

bool lies_on(geo::LonLat point, const Shape& shape, double tolerance_m) {
  for (const geo::Line& line : shape.lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      if (distance_to_segment_m(point, line[i - 1], line[i]) <= tolerance_m) return true;
    }
  }
  return false;
}

/// Which streets come near a cell.
class Grid {
 public:
  void add(std::size_t street, geo::LonLat a, geo::LonLat b, double margin) {
    const std::int64_t west = cell(std::min(a.lon, b.lon) - margin), east = cell(std::max(a.lon, b.lon) + margin);
    const std::int64_t south = cell(std::min(a.lat, b.lat) - margin), north = cell(std::max(a.lat, b.lat) + margin);
    if ((east - west + 1) * (north - south + 1) > cells_max) return;
    for (std::int64_t x = west; x <= east; ++x) {
      for (std::int64_t y = south; y <= north; ++y) {
        std::vector<std::size_t>& in = m_cells[key(x, y)];
        if (in.empty() || in.back() != street) in.push_back(street);
      }
    }
  }
  const std::vector<std::size_t>& near(geo::LonLat point) const {
    static const std::vector<std::size_t> none;
    const auto at = m_cells.find(key(cell(point.lon), cell(point.lat)));
    return at == m_cells.end() ? none : at->second;
  }

 private:
  static std::int64_t cell(double degrees) { return static_cast<std::int64_t>(std::floor(degrees / cell_degrees)); }
  static std::uint64_t key(std::int64_t x, std::int64_t y) {
    return (static_cast<std::uint64_t>(x) << 32) ^ (static_cast<std::uint64_t>(y) & 0xFFFFFFFF);
  }
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> m_cells;
};

}  // namespace

std::vector<SharedLine> find_shared_lines(std::span<const geo::Geometry> streets, double tolerance_m) {
  std::vector<Shape> shapes;
  shapes.reserve(streets.size());
  Grid grid;
  // Wide enough at every latitude that has streets.
  const double margin = tolerance_m / metres_a_degree * 3;
  for (std::size_t i = 0; i < streets.size(); ++i) {
    shapes.push_back(shape_of(streets[i]));
    for (const geo::Line& line : shapes[i].lines) {
      for (std::size_t k = 1; k < line.size(); ++k) grid.add(i, line[k - 1], line[k], margin);
    }
  }
  std::vector<SharedLine> shared;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const Shape& part = shapes[i];
    if (part.length_m <= 0) continue;
    for (const std::size_t other : grid.near(part.marks[1])) {
      const bool is_longer =
          shapes[other].length_m > part.length_m || (shapes[other].length_m == part.length_m && other > i);
      if (other == i || !is_longer) continue;
      const bool is_on = std::all_of(part.marks.begin(), part.marks.end(),
                                     [&](geo::LonLat mark) { return lies_on(mark, shapes[other], tolerance_m); });
      if (is_on) shared.push_back({i, other});
    }
  }
  std::sort(shared.begin(), shared.end(), [](const SharedLine& a, const SharedLine& b) {
    return a.part != b.part ? a.part < b.part : a.whole < b.whole;
  });
  const auto same = [](const SharedLine& a, const SharedLine& b) { return a.part == b.part && a.whole == b.whole; };
  shared.erase(std::unique(shared.begin(), shared.end(), same), shared.end());
  return shared;
}

}  // namespace menpai::spine

// SPDX-License-Identifier: Apache-2.0
// Measures on lines and polygons.
#include "geo/geometry.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>

#include "geo/transform.hpp"

namespace menpai::geo {
namespace {

constexpr double earth_radius_m = 6371008.8;
constexpr double radian = std::numbers::pi / 180.0;
constexpr std::uint32_t srid_cgcs2000 = 4490;

/// Twice the signed area of the triangle a, b, c in square degrees: positive if it turns left.
double turn(LonLat a, LonLat b, LonLat c) {
  return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

bool edges_cross(LonLat a, LonLat b, LonLat c, LonLat d) {
  const double c_side = turn(a, b, c);
  const double d_side = turn(a, b, d);
  const double a_side = turn(c, d, a);
  const double b_side = turn(c, d, b);
  return ((c_side > 0 && d_side < 0) || (c_side < 0 && d_side > 0)) &&
         ((a_side > 0 && b_side < 0) || (a_side < 0 && b_side > 0));
}

/// 1 inside, 0 on the edge, -1 outside.
int side_of_ring(const Ring& ring, LonLat point) {
  bool inside = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const LonLat a = ring[i];
    const LonLat b = ring[i + 1];
    const double where = turn(a, b, point);
    if (where == 0 && std::min(a.lon, b.lon) <= point.lon && point.lon <= std::max(a.lon, b.lon) &&
        std::min(a.lat, b.lat) <= point.lat && point.lat <= std::max(a.lat, b.lat)) {
      return 0;
    }
    if ((a.lat > point.lat) == (b.lat > point.lat)) continue;
    if ((b.lat > a.lat) == (where > 0)) inside = !inside;
  }
  return inside ? 1 : -1;
}

double ring_area_m2(const Ring& ring) {
  // Lambert's cylindrical equal-area plane; each edge taken as straight in it, which is exact enough up to a province.
  double twice = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const double x0 = (ring[i].lon - ring[0].lon) * radian;
    const double x1 = (ring[i + 1].lon - ring[0].lon) * radian;
    const double y0 = std::sin(ring[i].lat * radian) - std::sin(ring[0].lat * radian);
    const double y1 = std::sin(ring[i + 1].lat * radian) - std::sin(ring[0].lat * radian);
    twice += x0 * y1 - x1 * y0;
  }
  return std::abs(twice) / 2 * earth_radius_m * earth_radius_m;
}

template <class Visit>
void each_point(const Geometry& geometry, Visit visit) {
  const auto line = [&](const Line& points) { std::for_each(points.begin(), points.end(), visit); };
  const auto polygon = [&](const Polygon& shape) { std::for_each(shape.rings.begin(), shape.rings.end(), line); };
  if (const auto* point = std::get_if<LonLat>(&geometry)) visit(*point);
  if (const auto* points = std::get_if<Line>(&geometry)) line(*points);
  if (const auto* shape = std::get_if<Polygon>(&geometry)) polygon(*shape);
  if (const auto* lines = std::get_if<MultiLine>(&geometry))
    std::for_each(lines->lines.begin(), lines->lines.end(), line);
  if (const auto* shapes = std::get_if<MultiPolygon>(&geometry)) {
    std::for_each(shapes->polygons.begin(), shapes->polygons.end(), polygon);
  }
}

LonLat middle_of(const Line& line) {
  double left = length_m(line) / 2;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const double step = distance_m(line[i], line[i + 1]);
    if (step >= left && step > 0) {
      const double share = left / step;
      return {line[i].lon + (line[i + 1].lon - line[i].lon) * share,
              line[i].lat + (line[i + 1].lat - line[i].lat) * share};
    }
    left -= step;
  }
  return line.empty() ? LonLat{} : line.front();
}

std::string polygon_fault(const Polygon& polygon) {
  if (polygon.rings.empty()) return "a polygon has no ring";
  for (const Ring& ring : polygon.rings) {
    if (ring.size() < 4) return "a ring has fewer than 4 points";
    if (ring.front() != ring.back()) return "a ring does not end where it begins";
  }
  return area_m2(polygon) > 0 ? "" : "a polygon has no area";
}

class WkbWriter {
 public:
  std::string take() { return std::move(m_bytes); }

  void head(std::uint32_t type, bool with_srid) {
    m_bytes += '\1';
    number(with_srid ? type | 0x20000000U : type);
    if (with_srid) number(srid_cgcs2000);
  }
  void point(LonLat value) {
    coordinate(value.lon);
    coordinate(value.lat);
  }
  void points(const Line& line) {
    number(static_cast<std::uint32_t>(line.size()));
    for (const LonLat& value : line) point(value);
  }
  void rings(const Polygon& polygon) {
    number(static_cast<std::uint32_t>(polygon.rings.size()));
    for (const Ring& ring : polygon.rings) points(ring);
  }
  void number(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) m_bytes += static_cast<char>(value >> shift & 0xff);
  }

 private:
  void coordinate(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8) m_bytes += static_cast<char>(bits >> shift & 0xff);
  }
  std::string m_bytes;
};

}  // namespace

void Box::add(LonLat point) {
  west = std::min(west, point.lon);
  east = std::max(east, point.lon);
  south = std::min(south, point.lat);
  north = std::max(north, point.lat);
}

void Box::add(const Box& other) {
  if (other.empty()) return;
  add(LonLat{other.west, other.south});
  add(LonLat{other.east, other.north});
}

bool Box::overlaps(const Box& other) const {
  return west <= other.east && other.west <= east && south <= other.north && other.south <= north;
}

Box box_of(const Geometry& geometry) {
  Box box;
  each_point(geometry, [&](LonLat point) { box.add(point); });
  return box;
}

double distance_m(LonLat a, LonLat b) {
  const double half_lat = std::sin((b.lat - a.lat) * radian / 2);
  const double half_lon = std::sin((b.lon - a.lon) * radian / 2);
  const double chord = half_lat * half_lat + std::cos(a.lat * radian) * std::cos(b.lat * radian) * half_lon * half_lon;
  return 2 * earth_radius_m * std::asin(std::min(1.0, std::sqrt(chord)));
}

double length_m(const Line& line) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) sum += distance_m(line[i], line[i + 1]);
  return sum;
}

double area_m2(const Polygon& polygon) {
  double area = 0;
  for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
    area += i == 0 ? ring_area_m2(polygon.rings[i]) : -ring_area_m2(polygon.rings[i]);
  }
  return area;
}

double area_m2(const MultiPolygon& polygons) {
  double area = 0;
  for (const Polygon& polygon : polygons.polygons) area += area_m2(polygon);
  return area;
}

bool contains(const Polygon& polygon, LonLat point) {
  if (polygon.rings.empty() || side_of_ring(polygon.rings[0], point) < 0) return false;
  return std::none_of(polygon.rings.begin() + 1, polygon.rings.end(),
                      [&](const Ring& hole) { return side_of_ring(hole, point) > 0; });
}

bool overlap(const Polygon& a, const Polygon& b) {
  if (a.rings.empty() || b.rings.empty() || !box_of(a).overlaps(box_of(b))) return false;
  const Ring& first = a.rings[0];
  const Ring& second = b.rings[0];
  for (std::size_t i = 0; i + 1 < first.size(); ++i) {
    for (std::size_t j = 0; j + 1 < second.size(); ++j) {
      if (edges_cross(first[i], first[i + 1], second[j], second[j + 1])) return true;
    }
  }
  // No edge crosses another: they overlap only if one holds the other, and then its centre too.
  return side_of_ring(first, centroid(b)) > 0 || side_of_ring(second, centroid(a)) > 0;
}

LonLat centroid(const Polygon& polygon) {
  if (polygon.rings.empty() || polygon.rings[0].empty()) return {};
  const Ring& ring = polygon.rings[0];
  const LonLat origin = ring[0];  // relative to a corner, or the digits are lost
  double twice = 0;
  double x = 0;
  double y = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const double x0 = ring[i].lon - origin.lon;
    const double y0 = ring[i].lat - origin.lat;
    const double x1 = ring[i + 1].lon - origin.lon;
    const double y1 = ring[i + 1].lat - origin.lat;
    const double cross = x0 * y1 - x1 * y0;
    twice += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  if (twice != 0) return {origin.lon + x / (3 * twice), origin.lat + y / (3 * twice)};
  LonLat mean;
  for (const LonLat& point : ring) {
    mean.lon += point.lon / static_cast<double>(ring.size());
    mean.lat += point.lat / static_cast<double>(ring.size());
  }
  return mean;
}

LonLat label_point(const Geometry& geometry) {
  if (const auto* point = std::get_if<LonLat>(&geometry)) return *point;
  if (const auto* line = std::get_if<Line>(&geometry)) return middle_of(*line);
  if (const auto* polygon = std::get_if<Polygon>(&geometry)) return centroid(*polygon);
  if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    const auto longest = std::max_element(lines->lines.begin(), lines->lines.end(),
                                          [](const Line& a, const Line& b) { return length_m(a) < length_m(b); });
    return longest == lines->lines.end() ? LonLat{} : middle_of(*longest);
  }
  const auto& polygons = std::get<MultiPolygon>(geometry).polygons;
  const auto largest = std::max_element(polygons.begin(), polygons.end(),
                                        [](const Polygon& a, const Polygon& b) { return area_m2(a) < area_m2(b); });
  return largest == polygons.end() ? LonLat{} : centroid(*largest);
}

std::string geometry_fault(const Geometry& geometry) {
  bool on_globe = true;
  bool any = false;
  each_point(geometry, [&](LonLat point) {
    any = true;
    on_globe = on_globe && is_on_globe(point.lon, point.lat);
  });
  if (!any) return "the geometry is empty";
  if (!on_globe) return "a position is not on the globe; positions are longitude, latitude in degrees";
  if (const auto* line = std::get_if<Line>(&geometry)) return line->size() < 2 ? "a line has fewer than 2 points" : "";
  if (const auto* polygon = std::get_if<Polygon>(&geometry)) return polygon_fault(*polygon);
  if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    for (const Line& line : lines->lines) {
      if (line.size() < 2) return "a line has fewer than 2 points";
    }
  }
  if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
    for (const Polygon& polygon : polygons->polygons) {
      if (std::string fault = polygon_fault(polygon); !fault.empty()) return fault;
    }
  }
  return "";
}

std::string to_ewkb(const Geometry& geometry) {
  WkbWriter out;
  if (const auto* point = std::get_if<LonLat>(&geometry)) {
    out.head(1, true);
    out.point(*point);
  } else if (const auto* line = std::get_if<Line>(&geometry)) {
    out.head(2, true);
    out.points(*line);
  } else if (const auto* polygon = std::get_if<Polygon>(&geometry)) {
    out.head(3, true);
    out.rings(*polygon);
  } else if (const auto* lines = std::get_if<MultiLine>(&geometry)) {
    out.head(5, true);
    out.number(static_cast<std::uint32_t>(lines->lines.size()));
    for (const Line& part : lines->lines) {
      out.head(2, false);
      out.points(part);
    }
  } else {
    const auto& polygons = std::get<MultiPolygon>(geometry).polygons;
    out.head(6, true);
    out.number(static_cast<std::uint32_t>(polygons.size()));
    for (const Polygon& part : polygons) {
      out.head(3, false);
      out.rings(part);
    }
  }
  return out.take();
}

}  // namespace menpai::geo

// SPDX-License-Identifier: Apache-2.0
// Lines, polygons and boxes in CGCS2000 degrees, and what is measured on them.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "geo/coordinate.hpp"

namespace menpai::geo {

using Line = std::vector<LonLat>;
/// A closed ring: the first point is repeated at the end.
using Ring = std::vector<LonLat>;
/// The outer ring, then holes.
struct Polygon {
  std::vector<Ring> rings;
  bool operator==(const Polygon&) const = default;
};
struct MultiLine {
  std::vector<Line> lines;
  bool operator==(const MultiLine&) const = default;
};
struct MultiPolygon {
  std::vector<Polygon> polygons;
  bool operator==(const MultiPolygon&) const = default;
};
using Geometry = std::variant<LonLat, Line, Polygon, MultiLine, MultiPolygon>;

/// An upright box; empty until the first point is added.
struct Box {
  double west = 180, south = 90, east = -180, north = -90;
  bool empty() const { return west > east; }
  void add(LonLat point);
  void add(const Box& other);
  bool overlaps(const Box& other) const;
  bool operator==(const Box&) const = default;
};
Box box_of(const Geometry& geometry);

/// Great-circle distance on the mean sphere (radius 6,371,008.8 m): within 0.6 % of the ellipsoid, far better over a
/// town.
double distance_m(LonLat a, LonLat b);
double length_m(const Line& line);
/// Area on the mean sphere, holes taken off, whatever the direction of the rings. Good for shapes up to a province.
double area_m2(const Polygon& polygon);
double area_m2(const MultiPolygon& polygons);

/// True inside or on the edge of the outer ring and not inside a hole.
bool contains(const Polygon& polygon, LonLat point);
/// True if the insides of two polygons without holes share a point: edges cross, or one lies in the other. Touching
/// edges do not count. Costs the product of the numbers of corners.
bool overlap(const Polygon& a, const Polygon& b);
/// The centre of mass of the outer ring; the mean of its corners if it has no area.
LonLat centroid(const Polygon& polygon);
/// A point that stands for the geometry on a map: itself, the middle of a line, the centroid of the largest polygon.
LonLat label_point(const Geometry& geometry);

/// What is wrong with the geometry for a register, in words for the public, or empty: positions off the globe, lines of
/// fewer than 2 points, rings of fewer than 4 or not closed, no area.
std::string geometry_fault(const Geometry& geometry);

/// Extended well-known binary with SRID 4490, little-endian, as PostGIS reads it.
std::string to_ewkb(const Geometry& geometry);

}  // namespace menpai::geo

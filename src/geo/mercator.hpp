// SPDX-License-Identifier: Apache-2.0
// The tiling of web maps: Web Mercator (EPSG:3857), XYZ numbering with row 0 in the north.
#pragma once

#include <cstdint>

#include "geo/coordinate.hpp"
#include "geo/geometry.hpp"

namespace menpai::geo {

inline constexpr int zoom_max = 22;
/// Half the width of the Web Mercator square in metres.
inline constexpr double mercator_half_m = 20037508.342789244;

struct MercatorPoint {
  double x_m = 0;
  double y_m = 0;
};
/// Latitudes beyond 85.05113 degrees are drawn in to the edge of the square.
MercatorPoint to_mercator(LonLat point);
LonLat from_mercator(MercatorPoint point);

struct TileId {
  int zoom = 0;
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  bool operator==(const TileId&) const = default;
};
/// True for zoom 0 to 22 and columns and rows that exist there.
bool is_tile(int zoom, std::uint32_t x, std::uint32_t y);
/// The tile that holds the point. A point on an edge belongs to the tile east or south of it.
TileId tile_of(LonLat point, int zoom);
/// The tile's box in degrees.
Box tile_box(TileId tile);
/// The tile's side in metres at the equator.
double tile_side_m(int zoom);

}  // namespace menpai::geo

// SPDX-License-Identifier: Apache-2.0
// The tiling of web maps.
#include "geo/mercator.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace menpai::geo {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double lat_max = 85.0511287798066;

double tiles_across(int zoom) {
  return static_cast<double>(std::uint64_t{1} << zoom);
}

}  // namespace

MercatorPoint to_mercator(LonLat point) {
  const double lat = std::clamp(point.lat, -lat_max, lat_max);
  return {point.lon / 180.0 * mercator_half_m, std::log(std::tan(pi / 4 + lat * pi / 360.0)) / pi * mercator_half_m};
}

LonLat from_mercator(MercatorPoint point) {
  return {point.x_m / mercator_half_m * 180.0,
          std::atan(std::exp(point.y_m / mercator_half_m * pi)) * 360.0 / pi - 90.0};
}

bool is_tile(int zoom, std::uint32_t x, std::uint32_t y) {
  return zoom >= 0 && zoom <= zoom_max && x < tiles_across(zoom) && y < tiles_across(zoom);
}

TileId tile_of(LonLat point, int zoom) {
  const MercatorPoint at = to_mercator(point);
  const double across = tiles_across(zoom);
  const auto index = [&](double share) {
    return static_cast<std::uint32_t>(std::clamp(std::floor(share * across), 0.0, across - 1));
  };
  return {zoom, index((at.x_m + mercator_half_m) / (2 * mercator_half_m)),
          index((mercator_half_m - at.y_m) / (2 * mercator_half_m))};
}

Box tile_box(TileId tile) {
  const double side = tile_side_m(tile.zoom);
  const double west = -mercator_half_m + tile.x * side;
  const double north = mercator_half_m - tile.y * side;
  const LonLat north_west = from_mercator({west, north});
  const LonLat south_east = from_mercator({west + side, north - side});
  return {north_west.lon, south_east.lat, south_east.lon, north_west.lat};
}

double tile_side_m(int zoom) {
  return 2 * mercator_half_m / tiles_across(zoom);
}

}  // namespace menpai::geo

// SPDX-License-Identifier: Apache-2.0
// What the map draws: vector tiles of the spine, and where to look first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/application.hpp"

namespace menpai::app {

struct Tile {
  std::string bytes;  ///< Mapbox Vector Tile 2.1, not compressed; empty if nothing lies there
  std::string etag;   ///< changes when the layers change
};
/// One tile with the layers "road" (id, name, class), "building" (id, name, floors, height_m), "address" (id, text: the
/// short label, address: display text; from zoom 15) and "place" (name, class; points of villages and estates).
/// Web Mercator XYZ, zoom 0 to 22. Throws bad_request outside.
Tile map_tile(Application& app, const Caller& caller, int zoom, std::uint32_t x, std::uint32_t y);

struct MapExtent {
  double west = 0, south = 0, east = 0, north = 0;  ///< CGCS2000 degrees
  bool empty = true;
};
MapExtent map_extent(Application& app, const Caller& caller);

}  // namespace menpai::app

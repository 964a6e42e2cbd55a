// SPDX-License-Identifier: Apache-2.0
#include "app/map.hpp"

#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::map;

constexpr int zoom_max = 22;

std::vector<std::int32_t> counties(store::Connection& connection) {
  std::vector<std::int32_t> codes;
  const store::Result result = connection.run(query::counties);
  for (const store::Row row : result) codes.push_back(row.get<std::int32_t>(0));
  return codes;
}

}  // namespace

Tile map_tile(Application& app, const Caller& caller, int zoom, std::uint32_t x, std::uint32_t y) {
  require(app, caller, Action::read_map);
  if (zoom < 0 || zoom > zoom_max || x >> zoom != 0 || y >> zoom != 0) {
    throw Error(ErrorCode::bad_request, "There is no such tile. Zoom goes from 0 to 22, x and y from 0 to 2^zoom - 1.");
  }
  const store::Lease lease = app.parts().store->take();
  const std::vector<std::int32_t> codes = counties(*lease);
  const auto version = lease->run(query::version, codes).only().get<std::int64_t>(0);
  Tile tile;
  tile.etag = std::to_string(zoom) + "-" + std::to_string(x) + "-" + std::to_string(y) + "-" + std::to_string(version);
  tile.bytes = lease
                   ->run(query::tile, codes, std::int32_t{zoom}, static_cast<std::int32_t>(x),
                         static_cast<std::int32_t>(y))
                   .only()
                   .get<store::Bytes>(0)
                   .value;
  return tile;
}

MapExtent map_extent(Application& app, const Caller& caller) {
  require(app, caller, Action::read_map);
  const store::Lease lease = app.parts().store->take();
  const store::Result result = lease->run(query::extent, counties(*lease));
  MapExtent extent;
  if (result.empty()) return extent;
  const auto [west, south, east, north] = result[0].as<double, double, double, double>();
  return {west, south, east, north, false};
}

}  // namespace menpai::app

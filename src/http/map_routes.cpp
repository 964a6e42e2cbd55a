// SPDX-License-Identifier: Apache-2.0
// /api/v1/map: where to look first, and the vector tiles.
#include <charconv>

#include "app/map.hpp"
#include "http/json.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr std::uint32_t zoom_max = 22;

std::uint32_t tile_number(const Request& request, std::string_view name, std::uint32_t max) {
  const std::string& text = request.param(name);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number > max) {
    throw Error(ErrorCode::bad_request, "Tile part \"" + std::string(name) + "\" must be a whole number from 0 to " +
                                            std::to_string(max) + ".");
  }
  return number;
}

Response tile(app::Application& app, Request& request) {
  request.allow_query({"v"});
  const std::uint32_t zoom = tile_number(request, "z", zoom_max);
  const std::uint32_t last = (std::uint32_t{1} << zoom) - 1;
  const std::uint32_t x = tile_number(request, "x", last);
  const std::uint32_t y = tile_number(request, "y", last);
  app::Tile found = app::map_tile(app, request.caller, static_cast<int>(zoom), x, y);
  const std::string etag = "\"" + found.etag + "\"";
  Response response;
  response.status = found.bytes.empty() ? 204 : 200;
  if (!found.etag.empty()) {
    response.with("ETag", etag);
    if (request.head.field("if-none-match") == etag) response.status = 304;
  }
  response.with("Cache-Control", "private, no-cache");
  if (response.status == 200) {
    response.with("Content-Type", "application/vnd.mapbox-vector-tile");
    response.body = std::move(found.bytes);
  }
  return response;
}

}  // namespace

void add_map_routes(RouteTable& table, app::Application& app) {
  table.add({.pattern = "/api/v1/map/extent", .action = Action::read_map, .handle = [&app](Request& request) {
               request.allow_query({});
               return json_response(json_text(app::map_extent(app, request.caller)));
             }});
  table.add({.pattern = "/api/v1/map/tiles/{z}/{x}/{y}.mvt",
             .action = Action::read_map,
             .handle = [&app](Request& request) { return tile(app, request); }});
}

}  // namespace menpai::http

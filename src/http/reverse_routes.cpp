// SPDX-License-Identifier: Apache-2.0
// /api/v1/addresses/reverse: the nearest address to a point, or to each of many.
#include <charconv>
#include <cmath>

#include "app/clean_request.hpp"
#include "app/reverse.hpp"
#include "http/json.hpp"
#include "http/json_in.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr double reverse_distance_m = 200;

std::string nearest_json(const app::NearestAddress& nearest) {
  JsonWriter out;
  out.begin_object();
  out.field("lon", nearest.asked.lon);
  out.field("lat", nearest.asked.lat);
  out.key("distance_m");
  nearest.address ? out.value(nearest.distance_m) : out.null();
  out.key("address");
  if (nearest.address) {
    write_json(out, *nearest.address);
  } else {
    out.null();
  }
  out.end_object();
  return out.take();
}

/// A number of degrees or metres from the query.
double query_degrees(const Request& request, std::string_view name, std::optional<double> otherwise) {
  const std::string text = request.query_or(name, "");
  if (text.empty() && otherwise) return *otherwise;
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failed != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    throw Error(ErrorCode::bad_request,
                "Query parameter \"" + std::string(name) + "\" must be a decimal number, for example 113.4.");
  }
  return value;
}

Response reverse(app::Application& app, Request& request) {
  request.allow_query({"lon", "lat", "max_distance_m"});
  const geo::LonLat point{query_degrees(request, "lon", std::nullopt), query_degrees(request, "lat", std::nullopt)};
  const double distance_m = query_degrees(request, "max_distance_m", reverse_distance_m);
  return json_response(nearest_json(app::reverse_addresses(app, request.caller, {point}, distance_m).at(0)));
}

/// {"points":[[lon,lat],…],"max_distance_m":200}
Response reverse_many(app::Application& app, Request& request) {
  request.allow_query({});
  const app::ReverseRequest asked = app::parse_reverse_request(json_body(request), reverse_distance_m);
  std::string items;
  for (const app::NearestAddress& one :
       app::reverse_addresses(app, request.caller, asked.points, asked.max_distance_m)) {
    items += items.empty() ? "" : ",";
    items += nearest_json(one);
  }
  return json_response("{\"items\":[" + items + "]}");
}

}  // namespace

void add_reverse_routes(RouteTable& table, app::Application& app) {
  table.add({.pattern = "/api/v1/addresses/reverse", .action = Action::search_address, .handle = [&app](Request& r) {
               return reverse(app, r);
             }});
  table.add({.method = Method::post,
             .pattern = "/api/v1/addresses/reverse",
             .action = Action::search_address,
             .handle = [&app](Request& r) { return reverse_many(app, r); },
             .body_max = body_max_default,
             .lane = Lane::heavy});
}

}  // namespace menpai::http

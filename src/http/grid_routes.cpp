// SPDX-License-Identifier: Apache-2.0
// /api/v1/grids: base grids listed, found by a point, their topology checked; departments' sets of them.
#include <charconv>

#include "app/grid/grids.hpp"
#include "http/json_writer.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

void write_count(JsonWriter& out, std::string_view name, const std::optional<int>& count) {
  out.key(name);
  if (count) {
    out.value(std::int64_t{*count});
  } else {
    out.null();
  }
}

void write_grid(JsonWriter& out, const app::Grid& grid) {
  out.begin_object();
  out.field("id", grid.id);
  out.field("name", grid.name);
  out.field("kind", grid.kind);
  out.field("code", grid.code);
  out.field("division_code", grid.division_code);
  out.field("leader_name", grid.leader_name);
  out.field("leader_phone", grid.leader_phone);
  out.field("worker_name", grid.worker_name);
  out.field("worker_phone", grid.worker_phone);
  write_count(out, "worker_count", grid.worker_count);
  write_count(out, "household_count", grid.household_count);
  out.key("area_m2");
  if (grid.area_m2) {
    out.value(static_cast<double>(*grid.area_m2));
  } else {
    out.null();
  }
  out.field("status", grid.status);
  out.field("version", std::int64_t{grid.version});
  if (!grid.border.empty()) {
    out.key("border");
    out.raw(grid.border);
  }
  out.end_object();
}

double number_in_query(const Request& request, std::string_view name, double low, double high) {
  const std::string text = request.query_or(name, "");
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || !(value >= low && value <= high)) {
    throw Error(ErrorCode::bad_request, "Query parameter \"" + std::string(name) + "\" must be a number.");
  }
  return value;
}

Response list(app::Application& app, Request& request) {
  request.allow_query({"division", "kind", "borders", "after", "limit"});
  const auto limit = static_cast<int>(request.query_number("limit", 100, 1, 1000));
  const app::GridPage page =
      app::list_grids(app, request.caller, request.query_or("division", ""), request.query_or("kind", "all"),
                      request.query_number("borders", 0, 0, 1) == 1, request.query_or("after", ""), limit);
  JsonWriter out;
  out.begin_object();
  out.array("items", page.items, [&](const app::Grid& grid) { write_grid(out, grid); });
  out.field("next", page.next);
  out.end_object();
  return json_response(out.take());
}

Response at_point(app::Application& app, Request& request) {
  request.allow_query({"lon", "lat"});
  const double lon = number_in_query(request, "lon", -180, 180);
  const double lat = number_in_query(request, "lat", -90, 90);
  JsonWriter out;
  out.begin_object();
  out.key("items");
  out.begin_array();
  for (const app::Grid& grid : app::grids_at(app, request.caller, {lon, lat})) write_grid(out, grid);
  out.end_array();
  out.end_object();
  return json_response(out.take());
}

Response check(app::Application& app, Request& request) {
  request.allow_query({"division", "tolerance_m2"});
  const double tolerance =
      request.query_or("tolerance_m2", "").empty() ? 1 : number_in_query(request, "tolerance_m2", 0, 1e9);
  const app::GridCheck check = app::check_grids(app, request.caller, request.query_or("division", ""), tolerance);
  JsonWriter out;
  out.begin_object();
  out.array("faults", check.faults, [&](const app::GridFault& fault) {
    out.begin_object();
    out.field("kind", fault.kind);
    out.field("area_m2", fault.area_m2);
    out.array("grids", fault.grids, [&](const std::string& id) { out.value(id); });
    out.array("names", fault.names, [&](const std::string& name) { out.value(name); });
    out.key("border");
    out.raw(fault.border);
    out.end_object();
  });
  out.field("buildings_in_one", check.buildings_in_one);
  out.field("buildings_in_none", check.buildings_in_none);
  out.field("buildings_in_several", check.buildings_in_several);
  out.end_object();
  return json_response(out.take());
}

Response business(app::Application& app, Request& request) {
  request.allow_query({"division"});
  JsonWriter out;
  out.begin_object();
  out.array("items", app::list_business_grids(app, request.caller, request.query_or("division", "")),
            [&](const app::BusinessGrid& grid) {
              out.begin_object();
              out.field("id", grid.id);
              out.field("name", grid.name);
              out.field("department", grid.department);
              out.field("division_code", grid.division_code);
              out.array("grids", grid.grids, [&](const std::string& id) { out.value(id); });
              out.field("version", std::int64_t{grid.version});
              out.end_object();
            });
  out.end_object();
  return json_response(out.take());
}

}  // namespace

void add_grid_routes(RouteTable& table, app::Application& app) {
  const auto get = [&](const char* path, Action action, Response (*handle)(app::Application&, Request&), Lane lane) {
    table.add({.pattern = std::string("/api/v1/") + path,
               .action = action,
               .handle = [&app, handle](Request& r) { return handle(app, r); },
               .lane = lane});
  };
  get("grids", Action::read_place, list, Lane::heavy);
  get("grids-at", Action::search_address, at_point, Lane::quick);
  get("grid-checks", Action::read_place, check, Lane::heavy);
  get("business-grids", Action::read_place, business, Lane::quick);
}

}  // namespace menpai::http

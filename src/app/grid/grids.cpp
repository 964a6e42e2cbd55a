// SPDX-License-Identifier: Apache-2.0
#include "app/grid/grids.hpp"

#include "address/library/library.hpp"
#include "app/change/change_kinds.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

constexpr std::int64_t faults_max = 1000;
constexpr int page_max = 1000;

Grid grid_of(const store::Row& row) {
  Grid grid;
  grid.id = row.get<Uuid>(0).text();
  grid.name = row.get<std::string>(1);
  grid.kind = row.get<std::string>(2);
  grid.code = row.get<std::string>(3);
  grid.division_code = row.get<std::string>(4);
  grid.leader_name = row.get<std::string>(5);
  grid.leader_phone = row.get<std::string>(6);
  grid.worker_name = row.get<std::string>(7);
  grid.worker_phone = row.get<std::string>(8);
  grid.worker_count = row.get<std::optional<int>>(9);
  grid.household_count = row.get<std::optional<int>>(10);
  grid.area_m2 = row.get<std::optional<float>>(11);
  grid.status = row.get<std::string>(12);
  grid.version = row.get<int>(13);
  grid.border = row.get<std::optional<std::string>>(14).value_or("");
  return grid;
}

int county_of(Application& app, const std::string& division_code) {
  const std::shared_ptr<const address::Library> library = app.parts().library();
  return county_of_division(library->data().divisions, division_code);
}

}  // namespace

GridPage list_grids(Application& app, const Caller& caller, const std::string& division_code, std::string_view kind,
                    bool with_borders, const std::string& after, int limit) {
  require(app, caller, Action::read_place, "grid");
  if (limit < 1 || limit > page_max) throw Error(ErrorCode::bad_request, "A page has 1 to 1,000 grids.");
  if (kind != "all" && kind != "base" && kind != "exclusive" && kind != "group") {
    throw Error(ErrorCode::bad_request, "A kind of grid is base, exclusive, group or all.");
  }
  // The place behind which the page begins: code and id.
  const std::size_t bar = after.find('|');
  const std::optional<Uuid> after_id =
      bar == std::string::npos ? std::nullopt : Uuid::parse(std::string_view(after).substr(bar + 1));
  if (!after.empty() && !after_id) throw Error(ErrorCode::bad_request, "\"after\" is the `next` of a page.");
  GridPage page;
  const store::Result rows =
      app.parts().store->run(query::grid::list, county_of(app, division_code), division_code + "%", kind,
                             after.substr(0, bar), std::int64_t{limit} + 1, with_borders, after_id.value_or(Uuid{}));
  for (const store::Row row : rows) {
    if (static_cast<int>(page.items.size()) == limit) {
      page.next = page.items.back().code + "|" + page.items.back().id;
      break;
    }
    page.items.push_back(grid_of(row));
  }
  return page;
}

std::vector<Grid> grids_at(Application& app, const Caller& caller, const geo::LonLat& point) {
  require(app, caller, Action::search_address, "grid");
  store::Store& store = *app.parts().store;
  std::vector<int> counties;
  for (const store::Row row : store.run(query::grid::counties)) counties.push_back(row.get<int>(0));
  std::vector<Grid> grids;
  const store::Result rows = store.run(query::grid::at_point, counties, point.lon, point.lat);
  for (const store::Row row : rows) grids.push_back(grid_of(row));
  return grids;
}

GridCheck check_grids(Application& app, const Caller& caller, const std::string& division_code, double tolerance_m2) {
  require(app, caller, Action::read_place, "grid");
  if (!(tolerance_m2 >= 0 && tolerance_m2 <= 1e9)) {
    throw Error(ErrorCode::bad_request, "The tolerance is an area in square metres.");
  }
  store::Store& store = *app.parts().store;
  const int county = county_of(app, division_code);
  const std::string within = division_code + "%";
  GridCheck check;
  const store::Result overlaps = store.run(query::grid::overlaps, county, within, tolerance_m2, faults_max);
  for (const store::Row row : overlaps) {
    check.faults.push_back({"overlap",
                            row.get<double>(4),
                            {row.get<Uuid>(0).text(), row.get<Uuid>(2).text()},
                            {row.get<std::string>(1), row.get<std::string>(3)},
                            row.get<std::string>(5)});
  }
  const store::Result gaps = store.run(query::grid::gaps, county, within, tolerance_m2, faults_max);
  for (const store::Row row : gaps) {
    check.faults.push_back({"gap", row.get<double>(0), {}, {}, row.get<std::string>(1)});
  }
  const store::Result buildings = store.run(query::grid::buildings, county, within);
  for (const store::Row row : buildings) {
    const auto count = static_cast<std::uint64_t>(row.get<std::int64_t>(1));
    const auto grids = row.get<std::int64_t>(0);
    (grids == 0 ? check.buildings_in_none : grids == 1 ? check.buildings_in_one : check.buildings_in_several) += count;
  }
  return check;
}

std::vector<BusinessGrid> list_business_grids(Application& app, const Caller& caller,
                                              const std::string& division_code) {
  require(app, caller, Action::read_place, "business_grid");
  std::vector<BusinessGrid> grids;
  const store::Result rows =
      app.parts().store->run(query::business_grid::list, county_of(app, division_code), division_code + "%");
  for (const store::Row row : rows) {
    BusinessGrid grid = {
        row.get<Uuid>(0).text(), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3), {},
        row.get<int>(5)};
    for (const Uuid& id : row.get<std::vector<Uuid>>(4)) grid.grids.push_back(id.text());
    grids.push_back(std::move(grid));
  }
  return grids;
}

}  // namespace menpai::app

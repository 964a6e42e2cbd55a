// SPDX-License-Identifier: Apache-2.0
// menpai grid: base grids listed, found by a point, checked, imported from a file.
#include "app/change/change_sets.hpp"
#include "app/grid/grids.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

std::string json_of(const app::Grid& grid) {
  return JsonObject()
      .add("id", grid.id)
      .add("name", grid.name)
      .add("kind", grid.kind)
      .add("code", grid.code)
      .add("division_code", grid.division_code)
      .add("leader_name", grid.leader_name)
      .add("leader_phone", grid.leader_phone)
      .add("area_m2", static_cast<double>(grid.area_m2.value_or(0)))
      .add("version", grid.version)
      .text();
}

void print_grids(const GridOptions& options, const std::vector<app::Grid>& grids) {
  std::string text, json;
  for (const app::Grid& grid : grids) {
    json += (json.empty() ? "" : ",") + json_of(grid);
    text += (grid.code.empty() ? "-" : grid.code) + "  " + grid.kind + "  " + grid.name + "  " +
            with_commas(static_cast<std::uint64_t>(grid.area_m2.value_or(0))) + " m²  " + grid.leader_name + " " +
            grid.leader_phone + "  " + grid.id + "\n";
  }
  if (options.json) {
    print_out(JsonObject().add_json("grids", "[" + json + "]").text() + "\n");
  } else {
    print_out(text.empty() ? "There is no such grid.\n" : text);
  }
}

int check(app::Application& application, const GridOptions& options) {
  const app::GridCheck check =
      app::check_grids(application, app::operator_caller(), options.division, options.tolerance_m2);
  std::string text, json;
  for (const app::GridFault& fault : check.faults) {
    json += json.empty() ? "" : ",";
    json += JsonObject()
                .add("kind", fault.kind)
                .add("area_m2", fault.area_m2)
                .add("names", fault.names)
                .add_json("border", fault.border)
                .text();
    text += fault.kind + "  " + with_commas(static_cast<std::uint64_t>(fault.area_m2)) + " m²";
    for (const std::string& name : fault.names) text += "  " + name;
    text += "  " + fault.border + "\n";
  }
  text += with_commas(check.faults.size()) + " faults; buildings in one grid " + with_commas(check.buildings_in_one) +
          ", in none " + with_commas(check.buildings_in_none) + ", in several " +
          with_commas(check.buildings_in_several) + "\n";
  if (options.json) {
    text = JsonObject()
               .add_json("faults", "[" + json + "]")
               .add("buildings_in_one", check.buildings_in_one)
               .add("buildings_in_none", check.buildings_in_none)
               .add("buildings_in_several", check.buildings_in_several)
               .text() +
           "\n";
  }
  print_out(text);
  return 0;
}

int import(app::Application& application, const GridOptions& options) {
  const auto crs = geo::parse_crs(options.crs);
  if (!crs) throw Error(ErrorCode::bad_request, "There is no coordinate system \"" + options.crs + "\".");
  const Caller caller = app::operator_caller();
  ChangeSet set = app::make_change_set(application, caller,
                                       {.kind = "grid.import",
                                        .request = app::grid_request_from_file(options.file, *crs, options.division),
                                        .object_version = 0,
                                        .reason = options.reason,
                                        .source = options.file.filename().string(),
                                        .effective_on = {},
                                        .is_correction = false});
  set = app::step_change_set(application, caller, set.id, ChangeState::submitted, {}, set.version);
  print_out(set.id.text() + "  " + std::string(change_state_name(set.state)) + "  " + set.title +
            "\nSomebody else approves it: menpai change approve, or the page of change sets.\n");
  return 0;
}

}  // namespace

int run_grid(const GridOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  const Caller caller = app::operator_caller();
  if (options.verb == "check") return check(*application, options);
  if (options.verb == "import") return import(*application, options);
  if (options.verb == "at") {
    print_grids(options, app::grids_at(*application, caller, {options.lon, options.lat}));
    return 0;
  }
  std::vector<app::Grid> grids;
  std::string after;
  do {
    const app::GridPage page =
        app::list_grids(*application, caller, options.division, options.kind, false, after, 1000);
    grids.insert(grids.end(), page.items.begin(), page.items.end());
    after = page.next;
  } while (!after.empty());
  print_grids(options, grids);
  return 0;
}

}  // namespace menpai::cli

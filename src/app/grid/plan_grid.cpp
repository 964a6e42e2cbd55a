// SPDX-License-Identifier: Apache-2.0
#include "app/grid/plan_grid.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/error.hpp"
#include "base/json_text.hpp"
#include "change/address_plan.hpp"
#include "spine/grid_order.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;
using change::refuse_plan;

constexpr std::size_t shape_max = 2'000'000;
constexpr std::size_t grids_max = 20'000;
constexpr std::size_t text_max = 100;
constexpr std::size_t village_digits = 12;
/// Borders that are drawn twice never meet exactly: less than this is no overlap and no gap.
constexpr double tolerance_m2 = 1;

struct Standing {
  Uuid id;
  std::string name, kind, code, division_code, status, shape;
  int version = 0;
};

/// A border as it is stored.
struct Shape {
  std::string ewkt;
  double area_m2 = 0;
  spine::GridPlace place;
};

/// Reads a border given as GeoJSON object or EWKT text.
struct GivenShape {
  std::string text;
  bool is_geojson = false;
};
GivenShape given_shape(const RequestJson& item) {
  if (item.has("border")) return {item.object("border").json(), true};
  return {item.text("geom", shape_max), false};
}

std::vector<Shape> measure(PlanContext& context, const std::vector<GivenShape>& given,
                           const std::vector<std::string>& names) {
  std::vector<std::string> texts;
  std::vector<std::string_view> forms;
  for (const GivenShape& one : given) {
    texts.push_back(one.text);
    forms.push_back(one.is_geojson ? "geojson" : "ewkt");
  }
  std::vector<Shape> shapes;
  const store::Result rows = context.transaction.run(query::grid::measure, texts, forms);
  for (const store::Row row : rows) {
    const auto fault = row.get<std::string>(1);
    const std::string& name = names[shapes.size()];
    if (fault == "no_polygon") throw Error(ErrorCode::bad_request, "The border of " + name + " is no polygon.");
    if (!fault.empty()) throw Error(ErrorCode::bad_request, "The border of " + name + " crosses itself.");
    shapes.push_back({row.get<std::string>(2),
                      row.get<double>(3),
                      {{row.get<double>(4), row.get<double>(5)}, row.get<double>(6), row.get<double>(7)}});
  }
  return shapes;
}

std::vector<Standing> load(PlanContext& context, const std::vector<Uuid>& ids) {
  std::vector<Standing> grids;
  const store::Result rows = context.transaction.run(query::grid::standing, context.county_code, ids);
  for (const store::Row row : rows) {
    grids.push_back({row.get<Uuid>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3),
                     row.get<std::string>(4), row.get<std::string>(5), row.get<std::string>(7), row.get<int>(6)});
  }
  for (const Uuid& id : ids) {
    const auto at = std::find_if(grids.begin(), grids.end(), [&](const Standing& grid) { return grid.id == id; });
    if (at == grids.end()) throw Error(ErrorCode::not_found, "There is no grid " + id.text() + " in this county.");
    if (at->status == "retired") refuse_plan("grid.retired", at->name + " is retired.");
  }
  return grids;
}

/// What the record of a grid says beside its border.
void add_attributes(const RequestJson& item, JsonObject& fields) {
  for (const std::string_view key : {"leader_name", "leader_phone", "worker_name", "worker_phone"}) {
    if (item.has(key)) fields.add(key, item.text(key, text_max));
  }
  for (const std::string_view key : {"worker_count", "household_count"}) {
    if (item.has(key)) fields.add(key, item.number_or(key, 0, 1'000'000, 0));
  }
}

std::string kind_of(const RequestJson& item) {
  const std::string kind = item.text_or("kind", 20, "base");
  if (kind != "base" && kind != "exclusive" && kind != "group") {
    throw Error(ErrorCode::bad_request, "A kind of grid is base, exclusive or group.");
  }
  return kind;
}

struct NewGrid {
  std::string name, kind, division_code;
  JsonObject fields;
  Shape shape;
};

/// Adds grids, numbered in their order within each village. Returns their ids in the order of `grids`.
std::vector<Uuid> add_grids(PlanContext& context, std::vector<NewGrid>& grids, ChangePlan& plan) {
  std::vector<spine::GridPlace> places;
  for (const NewGrid& grid : grids) places.push_back(grid.shape.place);
  std::vector<Uuid> ids(grids.size());
  for (const std::size_t i : spine::reading_order(places)) {
    NewGrid& grid = grids[i];
    if (grid.division_code.size() != village_digits || !context.divisions.find_code(grid.division_code)) {
      refuse_plan("grid.village", grid.name + " must lie in one village or community (a division code of 12 digits).");
    }
    ids[i] = Uuid::make();
    grid.fields.add("name", grid.name)
        .add("kind", grid.kind)
        .add("division_code", grid.division_code)
        .add("geom", grid.shape.ewkt)
        .add("area_m2", grid.shape.area_m2);
    if (grid.kind != "group") {
      plan.codes.push_back({plan.edits.size(), context.app.settings().codes_grid, {{"division", grid.division_code}}});
    }
    plan.edits.push_back({.object_kind = "grid",
                          .id = ids[i],
                          .base_version = 0,
                          .division_code = grid.division_code,
                          .fields = grid.fields.text(),
                          .action = "new",
                          .before = {},
                          .after = grid.name});
  }
  return ids;
}

ObjectEdit edit_of(const Standing& grid, std::string fields, std::string_view action, std::string after) {
  return {.object_kind = "grid",
          .id = grid.id,
          .base_version = grid.version,
          .division_code = grid.division_code,
          .fields = std::move(fields),
          .action = std::string(action),
          .before = grid.name,
          .after = std::move(after)};
}

/// Throws conflict if a border would lie over a grid in use that does not change.
void refuse_clashes(PlanContext& context, const std::vector<Shape>& shapes, const std::vector<std::string>& names,
                    const std::vector<Uuid>& changing) {
  std::vector<std::string> texts;
  for (const Shape& shape : shapes) texts.push_back(shape.ewkt);
  const store::Result rows =
      context.transaction.run(query::grid::clashes, context.county_code, texts, tolerance_m2, changing);
  if (rows.empty()) return;
  const store::Row row = rows[0];
  refuse_plan("grid.overlap", names[static_cast<std::size_t>(row.get<std::int64_t>(0) - 1)] + " would lie over " +
                                  row.get<std::string>(2) + " by " +
                                  std::to_string(static_cast<long>(row.get<double>(3))) +
                                  " m²: " + row.get<std::string>(4));
}

/// The shapes must cover just what the grids covered, and one another nowhere.
void refuse_other_ground(PlanContext& context, const std::vector<Uuid>& old, const std::vector<Shape>& shapes) {
  std::vector<std::string> texts;
  for (const Shape& shape : shapes) texts.push_back(shape.ewkt);
  const store::Result compared = context.transaction.run(query::grid::compare, context.county_code, old, texts);
  const store::Row row = compared.only();
  const std::array<std::pair<const char*, double>, 3> faults = {
      std::pair{"leave open", row.get<double>(0)},
      {"reach beyond by", row.get<double>(1)},
      {"overlap by", row.get<double>(2)},
  };
  for (const auto& [what, area] : faults) {
    if (area > tolerance_m2) {
      refuse_plan("grid.ground", std::string("The new borders ") + what + " " +
                                     std::to_string(static_cast<long>(area)) + " m² of what the grids cover.");
    }
  }
}

/// Which buildings go where: a report, not a rule.
void report_buildings(PlanContext& context, const std::vector<Uuid>& old, const std::vector<Shape>& shapes,
                      const std::vector<std::string>& names, ChangePlan& plan) {
  std::vector<std::string> texts;
  for (const Shape& shape : shapes) texts.push_back(shape.ewkt);
  const store::Result rows = context.transaction.run(query::grid::moved_buildings, context.county_code, old, texts);
  for (const store::Row row : rows) {
    const auto n = row.get<std::optional<std::int64_t>>(2);
    const std::string into = n ? names[static_cast<std::size_t>(*n - 1)] : std::string("no grid");
    if (into == row.get<std::string>(1)) continue;
    plan.advice.push_back(
        {"grid.buildings", "",
         std::to_string(row.get<std::int64_t>(3)) + " buildings go from " + row.get<std::string>(1) + " to " + into});
  }
}

/// Departments' sets that held `old` hold `heirs` from now on.
void follow_business_grids(PlanContext& context, const std::vector<Uuid>& old, const std::vector<Uuid>& heirs,
                           ChangePlan& plan) {
  const store::Result rows = context.transaction.run(query::business_grid::holding, context.county_code, old);
  for (const store::Row row : rows) {
    std::vector<std::string> members;
    for (const Uuid& id : row.get<std::vector<Uuid>>(4)) {
      if (std::find(old.begin(), old.end(), id) == old.end()) members.push_back(id.text());
    }
    for (const Uuid& id : heirs) members.push_back(id.text());
    const auto name = row.get<std::string>(1);
    plan.edits.push_back({.object_kind = "business_grid",
                          .id = row.get<Uuid>(0),
                          .base_version = row.get<int>(5),
                          .division_code = row.get<std::string>(3),
                          .fields = JsonObject().add("grid_ids", members).text(),
                          .action = "followed",
                          .before = name,
                          .after = name});
  }
}

void retire(const Standing& grid, std::string_view action, const std::vector<Uuid>& heirs, std::string_view how,
            ChangePlan& plan) {
  plan.edits.push_back(edit_of(grid, JsonObject().add("status", "retired").text(), action, {}));
  for (const Uuid& heir : heirs) plan.lineage.push_back({"grid", grid.id, heir, how});
}

}  // namespace

ChangeSubject subject_of_grids(Application&, const address::DivisionIndex& divisions, const RequestJson& request) {
  const std::string division = request.text("division_code", 12);
  return {county_of_division(divisions, division), division, std::nullopt, "网格 " + division};
}

void plan_imported_grids(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"division_code", "grids"});
  std::vector<NewGrid> grids;
  std::vector<GivenShape> given;
  std::vector<std::string> names;
  for (const RequestJson& item : request.items("grids", grids_max)) {
    item.allow({"name", "kind", "division_code", "geom", "border", "leader_name", "leader_phone", "worker_name",
                "worker_phone", "worker_count", "household_count"});
    NewGrid grid;
    grid.name = item.text("name", text_max);
    grid.kind = kind_of(item);
    grid.division_code = item.text_or("division_code", 12, request.text("division_code", 12));
    add_attributes(item, grid.fields);
    given.push_back(given_shape(item));
    names.push_back(grid.name);
    grids.push_back(std::move(grid));
  }
  if (grids.empty()) throw Error(ErrorCode::bad_request, "\"grids\" is missing or empty.");
  const std::vector<Shape> shapes = measure(context, given, names);
  std::vector<Shape> covering;
  std::vector<std::string> covering_names;
  for (std::size_t i = 0; i < grids.size(); ++i) {
    grids[i].shape = shapes[i];
    if (grids[i].kind == "group") continue;
    covering.push_back(shapes[i]);
    covering_names.push_back(names[i]);
  }
  refuse_clashes(context, covering, covering_names, {});
  add_grids(context, grids, plan);
}

void plan_corrected_grid(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow(
      {"id", "name", "leader_name", "leader_phone", "worker_name", "worker_phone", "worker_count", "household_count"});
  const Standing grid = load(context, {request.id("id")}).front();
  JsonObject fields;
  if (request.has("name")) fields.add("name", request.text("name", text_max));
  add_attributes(request, fields);
  if (fields.empty()) throw Error(ErrorCode::bad_request, "Nothing is corrected.");
  plan.edits.push_back(edit_of(grid, fields.text(), "corrected", request.text_or("name", text_max, grid.name)));
}

void plan_moved_border(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "grids"});
  std::vector<Uuid> ids;
  std::vector<GivenShape> given;
  for (const RequestJson& item : request.items("grids", 500)) {
    item.allow({"id", "geom", "border"});
    ids.push_back(item.id("id"));
    given.push_back(given_shape(item));
  }
  if (std::find(ids.begin(), ids.end(), request.id("id")) == ids.end()) {
    throw Error(ErrorCode::bad_request, "\"grids\" must hold every grid whose border moves, \"id\" among them.");
  }
  std::map<Uuid, Standing> standing;
  for (Standing& grid : load(context, ids)) standing.emplace(grid.id, std::move(grid));
  std::vector<std::string> names;
  for (const Uuid& id : ids) names.push_back(standing.at(id).name);
  const std::vector<Shape> shapes = measure(context, given, names);
  refuse_other_ground(context, ids, shapes);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    plan.edits.push_back(edit_of(standing.at(ids[i]),
                                 JsonObject().add("geom", shapes[i].ewkt).add("area_m2", shapes[i].area_m2).text(),
                                 "border_moved", names[i]));
  }
  report_buildings(context, ids, shapes, names, plan);
}

void plan_split_grid(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "parts"});
  const Standing grid = load(context, {request.id("id")}).front();
  std::vector<NewGrid> parts;
  std::vector<GivenShape> given;
  std::vector<std::string> names;
  for (const RequestJson& item : request.items("parts", 100)) {
    item.allow({"name", "geom", "border", "leader_name", "leader_phone", "worker_name", "worker_phone", "worker_count",
                "household_count"});
    NewGrid part;
    part.name = item.text("name", text_max);
    part.kind = grid.kind;
    part.division_code = grid.division_code;
    add_attributes(item, part.fields);
    given.push_back(given_shape(item));
    names.push_back(part.name);
    parts.push_back(std::move(part));
  }
  if (parts.size() < 2) throw Error(ErrorCode::bad_request, "\"parts\" must be at least two.");
  const std::vector<Shape> shapes = measure(context, given, names);
  refuse_other_ground(context, {grid.id}, shapes);
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i].shape = shapes[i];
  const std::vector<Uuid> heirs = add_grids(context, parts, plan);
  retire(grid, "split", heirs, "split_into", plan);
  follow_business_grids(context, {grid.id}, heirs, plan);
  report_buildings(context, {grid.id}, shapes, names, plan);
}

void plan_merged_grids(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "others", "name"});
  std::vector<Uuid> ids = request.ids("others", 100);
  ids.insert(ids.begin(), request.id("id"));
  if (ids.size() < 2) throw Error(ErrorCode::bad_request, "\"others\" is missing: the grids that become one with it.");
  const std::vector<Standing> grids = load(context, ids);
  const Standing& first =
      *std::find_if(grids.begin(), grids.end(), [&](const Standing& grid) { return grid.id == ids.front(); });
  for (const Standing& grid : grids) {
    if (grid.division_code != first.division_code || grid.kind != first.kind) {
      refuse_plan("grid.village", grid.name + " is of another village or kind than " + first.name + ".");
    }
  }
  const store::Result whole = context.transaction.run(query::grid::union_of, context.county_code, ids);
  std::vector<NewGrid> made(1);
  made[0].name = request.text_or("name", text_max, first.name);
  made[0].kind = first.kind;
  made[0].division_code = first.division_code;
  made[0].shape = measure(context, {{whole.only().get<std::string>(0), false}}, {made[0].name}).front();
  const std::vector<Uuid> heirs = add_grids(context, made, plan);
  for (const Standing& grid : grids) retire(grid, "merged", heirs, "merged_into", plan);
  follow_business_grids(context, ids, heirs, plan);
}

void plan_retired_grid(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id"});
  const Standing grid = load(context, {request.id("id")}).front();
  retire(grid, "retired", {}, {}, plan);
  follow_business_grids(context, {grid.id}, {}, plan);
}

void plan_new_business_grid(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"division_code", "name", "department", "grids"});
  const std::vector<Uuid> members = request.ids("grids", grids_max);
  load(context, members);
  std::vector<std::string> ids;
  for (const Uuid& id : members) ids.push_back(id.text());
  const std::string name = request.text("name", text_max);
  plan.edits.push_back({.object_kind = "business_grid",
                        .id = Uuid::make(),
                        .base_version = 0,
                        .division_code = request.text("division_code", 12),
                        .fields = JsonObject()
                                      .add("name", name)
                                      .add("department", request.text("department", text_max))
                                      .add("division_code", request.text("division_code", 12))
                                      .add("grid_ids", ids)
                                      .text(),
                        .action = "new",
                        .before = {},
                        .after = name});
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Planners of addresses (标准地址).
#include <algorithm>
#include <fmt/format.h>

#include "app/change/register_facts.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "change/address_row.hpp"
#include "store/queries.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::address;

constexpr std::size_t text_max = 512;
constexpr std::size_t parts_max = 200;

/// Reads a standard address; throws bad_request that says why it cannot stand in the register.
change::AddressRow read_address(const address::DivisionIndex& divisions, const std::string& text,
                                std::string_view division_code, std::string_view code) {
  change::AddressRowReader reader(divisions, {std::string(division_code), geo::Crs::cgcs2000});
  change::AddressRow row;
  reader.read({.text = text, .code = code}, row);
  if (row.refused) {
    throw Error(ErrorCode::bad_request, "This is no address that can be registered: " +
                                            std::string(change::refuse_reason_name(*row.refused)) + ".");
  }
  if (row.held) {
    throw Error(ErrorCode::bad_request, "This address cannot be registered as it is written: " +
                                            std::string(change::hold_reason_name(*row.held)) + ".");
  }
  return row;
}

/// What `text`, behind the divisions, reads as: the last element, and the text of all before it.
struct ReadNode {
  change::AddressNode node;
  std::string base;
};
ReadNode read_text(PlanContext& context, const std::string& text, std::string_view division_code) {
  change::AddressRow row = read_address(context.divisions, text, division_code, std::string_view());
  const std::size_t last = row.path.size() - 1;
  return {std::move(row.path[last]), last == 0 ? row.prefix : row.display(last - 1)};
}

[[noreturn]] void refuse_name(const std::string& name, const std::string& base) {
  throw Error(ErrorCode::bad_request, "\"" + name + "\" cannot be read as one element behind " + base + ".");
}

/// The node that `name` is when it is written behind `above`.
change::AddressNode read_node(PlanContext& context, const change::Above& above, const std::string& name) {
  ReadNode read = read_text(context, above.display + name, above.division_code);
  if (read.base != above.display) refuse_name(name, above.display);
  return std::move(read.node);
}

std::string point_of(const RequestJson& request) {
  const auto lon = request.real("lon", -180, 180);
  const auto lat = request.real("lat", -90, 90);
  if (lon.has_value() != lat.has_value()) {
    throw Error(ErrorCode::bad_request, "\"lon\" and \"lat\" belong together (CGCS2000, degrees).");
  }
  return lon ? fmt::format("SRID=4490;POINT({:.8f} {:.8f})", *lon, *lat) : std::string();
}

std::optional<Uuid> find_node(PlanContext& context, const change::AddressRow& row, std::size_t depth,
                              const std::optional<Uuid>& parent) {
  const std::vector<std::string_view> levels = {level_name(row.path[depth].level)};
  const std::vector<std::string_view> names = {row.path[depth].name};
  const store::Result found =
      parent ? context.transaction.run(query::find_children, context.county_code, std::vector<Uuid>{*parent}, levels,
                                       names)
             : context.transaction.run(query::find_roots, context.county_code,
                                       std::vector<std::string_view>{row.root_division}, levels, names);
  return found.empty() ? std::nullopt : std::optional(found[0].get<Uuid>(1));
}

/// The code of a new address: a house or a building has one of its own, a room that of what it lies in and its number.
void wish_code(PlanContext& context, const change::Above& above, Level level, std::size_t edit, ChangePlan& plan) {
  const Settings& settings = context.app.settings();
  if (level == Level::number || level == Level::building) {
    plan.codes.push_back({edit, settings.codes_building, {{"division", above.division_code}}});
    return;
  }
  if (level != Level::room) return;
  std::optional<Uuid> at = above.id;
  while (at) {
    // Made by this very plan, or in the register.
    for (const CodeWish& wish : plan.codes) {
      if (plan.edits[wish.edit].id != *at) continue;
      plan.codes.push_back({edit, settings.codes_room, {{"parent_edit", std::to_string(wish.edit)}}});
      return;
    }
    const auto made = std::find_if(plan.edits.begin(), plan.edits.end(),
                                   [&](const ObjectEdit& one) { return one.id == *at && one.base_version == 0; });
    if (made != plan.edits.end()) {
      at = RequestJson(made->fields).find_id("parent_id");
      continue;
    }
    const change::RegisteredAddress address = load_subtree(context, *at).front();
    if ((address.level == Level::number || address.level == Level::building) && !address.code.empty()) {
      plan.codes.push_back({edit, settings.codes_room, {{"parent", address.code}}});
      return;
    }
    at = address.parent_id;
  }
}

/// Where a full address text stands, made with what is missing above it. Only the last node gets code, point and flags.
void plan_path(PlanContext& context, const change::AddressRow& row, const change::NewAddress& last, ChangePlan& plan) {
  change::Above above = {.id = std::nullopt,
                         .display = row.prefix,
                         .division_code = row.root_division,
                         .place_id = std::nullopt,
                         .building_id = std::nullopt,
                         .level = Level::none};
  bool there = true;
  for (std::size_t depth = 0; depth < row.path.size(); ++depth) {
    const bool is_last = depth + 1 == row.path.size();
    const std::optional<Uuid> known = there ? find_node(context, row, depth, above.id) : std::nullopt;
    if (known) {
      above = as_above(load_subtree(context, *known).front());
      if (is_last) change::refuse_plan("address.exists", row.display(depth) + " is in the register already.");
      continue;
    }
    there = false;
    change::NewAddress node;
    if (is_last) node = last;
    node.node = row.path[depth];
    node.division_code = depth == 0 ? row.root_division : row.division_code;
    const std::size_t edit = plan.edits.size();
    const Uuid id = change::add_new_address(node, above, plan);
    if (node.code.empty()) {
      change::Above coded = above;
      coded.division_code = node.division_code;
      wish_code(context, coded, row.path[depth].level, edit, plan);
    }
    above.id = id;
    above.display += row.path[depth].name;
    above.division_code = node.division_code;
    above.level = row.path[depth].level;
  }
}

change::Above load_other(PlanContext& context, const Uuid& id) {
  const change::RegisteredAddress parent = load_subtree(context, id).front();
  if (parent.is_retired()) change::refuse_plan("address.retired", parent.display + " is retired.");
  return as_above(parent);
}

void add_day(const RequestJson& request, std::string_view key, JsonObject& fields) {
  if (!request.has(key)) return;
  const std::string day = request.text(key, 10);
  if (!store::parse_date(day))
    throw Error(ErrorCode::bad_request, "\"" + std::string(key) + "\" must be a day: 2026-11-20.");
  fields.add(key, day);
}

}  // namespace

ChangeSubject subject_of_new_address(Application&, const address::DivisionIndex& divisions,
                                     const RequestJson& request) {
  const change::AddressRow row =
      read_address(divisions, request.text("address", text_max), request.text_or("division_code", 12, ""), "");
  return {row.county_code, row.division_code, std::nullopt, "新编 " + row.display(row.path.size() - 1)};
}

void plan_new_address(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"address", "division_code", "code", "lon", "lat", "is_temporary"});
  change::NewAddress last;
  last.code = request.text_or("code", 64, "");
  last.point = point_of(request);
  last.is_temporary = request.flag_or("is_temporary", false);
  plan_path(context,
            read_address(context.divisions, request.text("address", text_max), request.text_or("division_code", 12, ""),
                         last.code),
            last, plan);
}

void plan_corrected_address(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "lon", "lat", "is_present", "is_used", "is_temporary", "used_from", "used_to"});
  const change::RegisteredAddress address = load_subtree(context, request.id("id")).front();
  JsonObject fields;
  if (const std::string point = point_of(request); !point.empty()) fields.add("point", point);
  for (const std::string_view key : {"is_present", "is_used", "is_temporary"}) {
    if (request.has(key)) fields.add(key, request.flag_or(key, false));
  }
  add_day(request, "used_from", fields);
  add_day(request, "used_to", fields);
  if (fields.empty()) throw Error(ErrorCode::bad_request, "Nothing is corrected.");
  plan.edits.push_back({.object_kind = "address",
                        .id = address.id,
                        .base_version = address.version,
                        .division_code = address.division_code,
                        .fields = fields.text(),
                        .action = "corrected",
                        .before = address.display,
                        .after = address.display});
}

void plan_renumbered_address(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "name"});
  const change::Subtree tree = load_subtree(context, request.id("id"));
  const change::Above above = load_above(context, tree.front());
  change::plan_renumber(tree, read_node(context, above, request.text("name", text_max)), plan);
}

void plan_moved_address(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "parent"});
  change::plan_move(load_subtree(context, request.id("id")), load_other(context, request.id("parent")), plan);
}

void plan_merged_address(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "others"});
  const change::Subtree into = load_subtree(context, request.id("id"));
  std::vector<change::Subtree> sources;
  for (const Uuid& id : request.ids("others", parts_max)) sources.push_back(load_subtree(context, id));
  if (sources.empty()) throw Error(ErrorCode::bad_request, "\"others\" is missing: the addresses that are merged.");
  change::plan_merge(sources, into, plan);
}

void plan_split_address(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "parts", "keeps"});
  const change::Subtree tree = load_subtree(context, request.id("id"));
  const change::Above above = load_above(context, tree.front());
  std::vector<change::SplitPart> parts;
  for (const RequestJson& item : request.items("parts", parts_max)) {
    item.allow({"name", "children", "lon", "lat"});
    change::SplitPart part;
    const std::string name = item.text("name", text_max);
    ReadNode read = read_text(context, above.display + name, above.division_code);
    part.is_below = read.base == tree.front().display;
    if (!part.is_below && read.base != above.display) refuse_name(name, above.display);
    part.address.node = std::move(read.node);
    part.address.point = point_of(item);
    part.children = item.ids("children", 10'000);
    parts.push_back(std::move(part));
  }
  change::plan_split(tree, above, parts, request.flag_or("keeps", false), plan);
}

void plan_retired_address(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "is_present", "successor"});
  const std::optional<Uuid> successor = request.find_id("successor");
  if (successor) load_other(context, *successor);
  change::plan_retire(load_subtree(context, request.id("id")), request.flag_or("is_present", false), successor, plan);
}

void plan_restored_address(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id"});
  const change::Subtree retired = load_retired_with(context, request.id("id"));
  const bool above_is_live = retired.empty() || !retired.front().parent_id ||
                             !load_subtree(context, *retired.front().parent_id).front().is_retired();
  change::plan_restore(retired, above_is_live, plan);
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
#include "app/change/register_facts.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

change::RegisteredAddress address_of(const store::Row& row) {
  change::RegisteredAddress address;
  address.id = row.get<Uuid>(1);
  address.parent_id = row.get<std::optional<Uuid>>(2);
  address.place_id = row.get<std::optional<Uuid>>(3);
  address.building_id = row.get<std::optional<Uuid>>(4);
  address.level = parse_level(row.get<std::string_view>(5)).value_or(Level::none);
  address.name = row.get<std::string>(6);
  address.display = row.get<std::string>(7);
  address.code = row.get<std::string>(8);
  address.division_code = row.get<std::string>(9);
  address.status = row.get<std::string>(10);
  address.version = row.get<int>(11);
  address.room_version = row.get<int>(12);
  return address;
}

std::vector<change::Subtree> load_subtrees(PlanContext& context, const std::vector<Uuid>& roots) {
  std::vector<change::Subtree> trees(roots.size());
  std::map<Uuid, std::size_t> at;
  for (std::size_t i = 0; i < roots.size(); ++i) at.emplace(roots[i], i);
  const store::Result rows = context.transaction.run(query::address::subtree, context.county_code, roots);
  for (const store::Row row : rows) trees[at.at(row.get<Uuid>(0))].push_back(address_of(row));
  return trees;
}

}  // namespace

change::Subtree load_subtree(PlanContext& context, const Uuid& id) {
  change::Subtree tree = std::move(load_subtrees(context, {id}).front());
  if (tree.empty()) throw Error(ErrorCode::not_found, "There is no address " + id.text() + " in this county.");
  return tree;
}

change::Above as_above(const change::RegisteredAddress& address) {
  return {.id = address.id,
          .display = address.display,
          .division_code = address.division_code,
          .place_id = address.place_id,
          .building_id = address.building_id,
          .level = address.level};
}

change::Above load_above(PlanContext& context, const change::RegisteredAddress& address) {
  if (address.parent_id) {
    change::Above above = as_above(load_subtree(context, *address.parent_id).front());
    above.division_code = address.division_code;
    return above;
  }
  return {.id = std::nullopt,
          .display = address.base(),
          .division_code = address.division_code,
          .place_id = address.place_id,
          .building_id = std::nullopt,
          .level = Level::none};
}

change::Subtree load_retired_with(PlanContext& context, const Uuid& id) {
  change::Subtree tree;
  const store::Result rows = context.transaction.run(query::address::retired_with, context.county_code, id);
  for (const store::Row row : rows) tree.push_back(address_of(row));
  const auto asked = std::find_if(tree.begin(), tree.end(), [&](const auto& address) { return address.id == id; });
  if (asked != tree.end()) std::rotate(tree.begin(), asked, asked + 1);
  return tree;
}

change::RegisteredPlace load_place(PlanContext& context, const Uuid& id) {
  const store::Result found = context.transaction.run(query::place::standing, context.county_code, id);
  if (found.empty()) throw Error(ErrorCode::not_found, "There is no place " + id.text() + " in this county.");
  const store::Row row = found[0];
  return {.id = row.get<Uuid>(0),
          .name = row.get<std::string>(1),
          .generic = row.get<std::string>(2),
          .kind = row.get<std::string>(3),
          .pinyin = row.get<std::string>(4),
          .division_code = row.get<std::string>(5),
          .status = row.get<std::string>(6),
          .version = row.get<int>(7)};
}

std::vector<change::Subtree> load_roots(PlanContext& context, const change::RegisteredPlace& place) {
  std::vector<Uuid> roots;
  const store::Result rows = context.transaction.run(query::address::roots_of_place, context.county_code, place.id,
                                                     place.name, place.division_code + "%");
  for (const store::Row row : rows) roots.push_back(row.get<Uuid>(0));
  if (roots.empty()) return {};
  return load_subtrees(context, roots);
}

std::string division_display(const address::DivisionIndex& divisions, const std::string& division_code) {
  const auto node = divisions.find_code(division_code);
  if (!node) throw Error(ErrorCode::bad_request, "There is no division " + division_code + ".");
  std::string display;
  for (address::DivisionNode at = *node; at != address::no_division; at = divisions.parent(at)) {
    display.insert(0, divisions.name(at));
  }
  return display;
}

}  // namespace menpai::app

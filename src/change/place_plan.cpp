// SPDX-License-Identifier: Apache-2.0
#include "change/place_plan.hpp"

#include <map>

#include "base/json_text.hpp"

namespace menpai::change {
namespace {

ObjectEdit edit_of(const RegisteredPlace& place, std::string fields, std::string_view action, std::string after) {
  return {.object_kind = "place",
          .id = place.id,
          .base_version = place.version,
          .division_code = place.division_code,
          .fields = std::move(fields),
          .action = std::string(action),
          .before = place.name,
          .after = std::move(after)};
}

void check_live(const RegisteredPlace& place) {
  if (place.status == "retired") refuse_plan("place.retired", place.name + " is cancelled. Restore it first.");
}

/// The texts on a root follow, and the root bears the place's name.
void rename_root(const Subtree& root, const RegisteredPlace& place, const std::string& name, std::string_view action,
                 ChangePlan& plan) {
  const std::size_t first = plan.edits.size();
  const Above keeps_its_place = {.id = root.front().parent_id,
                                 .display = root.front().base(),
                                 .division_code = root.front().division_code,
                                 .place_id = place.id,
                                 .building_id = std::nullopt,
                                 .level = Level::none};
  follow(root, keeps_its_place.display + name, keeps_its_place, action, plan);
  ObjectEdit& edit = plan.edits[first];
  edit.fields = JsonObject().add("display", edit.after).add("name", name).add("place_id", place.id).text();
}

}  // namespace

void plan_place_rename(const RegisteredPlace& place, const NewName& to, std::span<const Subtree> roots,
                       const std::string& until, ChangePlan& plan) {
  check_live(place);
  if (to.name == place.name) refuse_plan("place.same", place.name + " is its name already.");
  plan.edits.push_back(
      edit_of(place, JsonObject().add("name", to.name).add("generic", to.generic).add("pinyin", to.pinyin).text(),
              "renamed", to.name));
  plan.place_names.push_back({place.id, place.name, "former_name", place.pinyin, until});
  for (const Subtree& root : roots) rename_root(root, place, to.name, "renamed", plan);
}

void plan_place_merge(const RegisteredPlace& from, const RegisteredPlace& into, std::span<const Subtree> roots_from,
                      std::span<const Subtree> roots_into, const std::string& until, ChangePlan& plan) {
  check_live(from);
  check_live(into);
  if (from.id == into.id) refuse_plan("place.same", "A place cannot be merged into itself.");
  std::map<std::string, const Subtree*> target;
  for (const Subtree& root : roots_into) target.emplace(root.front().division_code, &root);
  plan.edits.push_back(edit_of(from, JsonObject().add("status", "retired").text(), "merged", into.name));
  plan.place_names.push_back({into.id, from.name, "former_name", from.pinyin, until});
  plan.lineage.push_back({"place", from.id, into.id, "merged_into"});
  for (const Subtree& root : roots_from) {
    const auto there = target.find(root.front().division_code);
    if (there == target.end()) {
      rename_root(root, into, into.name, "merged", plan);
    } else {
      plan_merge(std::span(&root, 1), *there->second, plan);
    }
  }
}

void plan_place_retire(const RegisteredPlace& place, std::span<const Subtree> roots, const std::string& until,
                       ChangePlan& plan) {
  check_live(place);
  for (const Subtree& root : roots) {
    if (root.size() > 1) {
      refuse_plan("place.has_addresses", place.name + " has addresses in use, " + root[1].display +
                                             " for one. Move, renumber or retire these first.");
    }
  }
  for (const Subtree& root : roots) plan_retire(root, false, std::nullopt, plan);
  plan.edits.push_back(edit_of(place, JsonObject().add("status", "retired").text(), "retired", {}));
  plan.place_names.push_back({place.id, place.name, "former_name", place.pinyin, until});
}

}  // namespace menpai::change

// SPDX-License-Identifier: Apache-2.0
#include "change/address_plan.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/error.hpp"
#include "base/json_text.hpp"

namespace menpai::change {
namespace {

const RegisteredAddress& live_root(const Subtree& tree) {
  MENPAI_ASSERT(!tree.empty(), "a subtree begins with its address");
  if (tree.front().is_retired()) {
    refuse_plan("address.retired", tree.front().display + " is retired. Restore it first.");
  }
  return tree.front();
}

ObjectEdit edit_of(const RegisteredAddress& address, std::string fields, std::string_view action, std::string after) {
  return {.object_kind = "address",
          .id = address.id,
          .base_version = address.version,
          .division_code = address.division_code,
          .fields = std::move(fields),
          .action = std::string(action),
          .before = address.display,
          .after = std::move(after)};
}

void add_room_status(const RegisteredAddress& address, std::string_view status, std::string_view action,
                     ChangePlan& plan) {
  if (address.room_version == 0) return;
  plan.edits.push_back({.object_kind = "room",
                        .id = address.id,
                        .base_version = address.room_version,
                        .division_code = address.division_code,
                        .fields = JsonObject().add("status", status).text(),
                        .action = std::string(action),
                        .before = address.display,
                        .after = address.display});
}

void retire_one(const RegisteredAddress& address, std::string_view action, std::string after, bool is_present,
                ChangePlan& plan) {
  add_room_status(address, "retired", action, plan);
  plan.edits.push_back(
      edit_of(address, JsonObject().add("status", "retired").add("is_used", false).add("is_present", is_present).text(),
              action, std::move(after)));
}

/// The subtree that begins at a child of `tree`'s first node.
Subtree below_child(const Subtree& tree, const Uuid& child) {
  Subtree out;
  std::unordered_set<std::string> inside = {child.text()};
  for (const RegisteredAddress& address : tree) {
    const bool is_below = address.parent_id && inside.contains(address.parent_id->text()) && address.id != child;
    if (address.id != child && !is_below) continue;
    inside.insert(address.id.text());
    out.push_back(address);
  }
  return out;
}

std::vector<const RegisteredAddress*> children_of(const Subtree& tree) {
  std::vector<const RegisteredAddress*> out;
  for (const RegisteredAddress& address : tree) {
    if (address.parent_id == tree.front().id) out.push_back(&address);
  }
  return out;
}

Above above_of(const RegisteredAddress& parent) {
  return {.id = parent.id,
          .display = parent.display,
          .division_code = parent.division_code,
          .place_id = parent.place_id,
          .building_id = parent.building_id,
          .level = parent.level};
}

void check_level(const RegisteredAddress& address, const Above& above) {
  // An estate may stand behind a door number; nothing else goes back up.
  const bool estate = address.level == Level::place && above.level == Level::number;
  if (above.level == Level::none || address.level > above.level || estate) return;
  refuse_plan("address.level", "A " + std::string(level_name(address.level)) + " cannot stand below a " +
                                   std::string(level_name(above.level)) + ".");
}

/// Puts what `tree` begins with, and all below it, under `above`.
void hang(const Subtree& tree, const Above& above, std::string_view action, ChangePlan& plan) {
  check_level(tree.front(), above);
  follow(tree, above.display + tree.front().name, above, action, plan);
}

}  // namespace

void refuse_plan(std::string_view rule, const std::string& message) {
  throw Error(ErrorCode::conflict, message, std::string(rule));
}

std::string RegisteredAddress::base() const {
  if (!display.ends_with(name)) {
    refuse_plan("address.text", "The text of " + display + " does not end with its own name. Correct it first.");
  }
  return display.substr(0, display.size() - name.size());
}

Uuid add_new_address(const NewAddress& address, const Above& above, ChangePlan& plan) {
  const Uuid id = Uuid::make();
  const std::string& division = address.division_code.empty() ? above.division_code : address.division_code;
  std::string display = above.display + address.node.name;
  JsonObject fields;
  fields.add("parent_id", above.id)
      .add("level", level_name(address.node.level))
      .add("name", address.node.name)
      .add("display", display)
      .add("sort_main", address.node.sort_main)
      .add("sort_sub", address.node.sort_sub)
      .add("division_code", division)
      .add("place_id", above.place_id)
      .add("building_id", above.building_id)
      .add("is_temporary", address.is_temporary);
  if (!address.point.empty()) fields.add("point", address.point);
  if (!address.code.empty()) {
    fields.add("code", address.code);
    plan.given_codes.emplace_back(plan.edits.size(), address.code);
  }
  plan.edits.push_back({.object_kind = "address",
                        .id = id,
                        .base_version = 0,
                        .division_code = division,
                        .fields = fields.text(),
                        .action = "new",
                        .before = {},
                        .after = std::move(display)});
  return id;
}

void follow(const Subtree& tree, const std::string& display, const std::optional<Above>& moved_below,
            std::string_view action, ChangePlan& plan) {
  const std::string& old = tree.front().display;
  for (const RegisteredAddress& address : tree) {
    if (!address.display.starts_with(old)) {
      refuse_plan("address.text", address.display + " does not begin with " + old + ". Correct it first.");
    }
    std::string after = display + address.display.substr(old.size());
    JsonObject fields;
    fields.add("display", after);
    if (moved_below) {
      if (&address == &tree.front()) fields.add("parent_id", moved_below->id);
      fields.add("place_id", moved_below->place_id);
      if (!address.division_code.starts_with(moved_below->division_code)) {
        fields.add("division_code", moved_below->division_code);
      }
    }
    plan.edits.push_back(edit_of(address, fields.text(), action, std::move(after)));
  }
}

void plan_renumber(const Subtree& tree, const AddressNode& to, ChangePlan& plan) {
  const RegisteredAddress& root = live_root(tree);
  if (to.level != root.level) {
    refuse_plan("address.level", to.name + " is no " + std::string(level_name(root.level)) + ".");
  }
  if (to.name == root.name) refuse_plan("address.same", root.display + " has this name already.");
  const std::size_t first = plan.edits.size();
  follow(tree, root.base() + to.name, std::nullopt, "renumbered", plan);
  ObjectEdit& edit = plan.edits[first];
  edit.fields = JsonObject()
                    .add("display", edit.after)
                    .add("name", to.name)
                    .add("sort_main", to.sort_main)
                    .add("sort_sub", to.sort_sub)
                    .text();
}

void plan_move(const Subtree& tree, const Above& above, ChangePlan& plan) {
  const RegisteredAddress& root = live_root(tree);
  const bool inside =
      above.id && std::any_of(tree.begin(), tree.end(), [&](const RegisteredAddress& a) { return a.id == *above.id; });
  if (inside) refuse_plan("address.below_itself", "An address cannot be moved below itself.");
  if (above.id == root.parent_id && root.display == above.display + root.name) {
    refuse_plan("address.same", root.display + " stands there already.");
  }
  hang(tree, above, "moved", plan);
}

void plan_merge(std::span<const Subtree> sources, const Subtree& into, ChangePlan& plan) {
  const RegisteredAddress& target = live_root(into);
  std::map<std::pair<Level, std::string>, std::string> taken;
  for (const RegisteredAddress* child : children_of(into)) taken[{child->level, child->name}] = child->display;
  for (const Subtree& source : sources) {
    const RegisteredAddress& root = live_root(source);
    if (root.id == target.id) refuse_plan("address.same", "An address cannot be merged into itself.");
    for (const RegisteredAddress* child : children_of(source)) {
      const auto [known, is_new] = taken.insert({{child->level, child->name}, child->display});
      if (!is_new) {
        refuse_plan("address.sibling_taken",
                    child->display + " and " + known->second + " would be one. Merge or renumber these first.");
      }
      hang(below_child(source, child->id), above_of(target), "moved", plan);
    }
    retire_one(root, "merged", target.display, true, plan);
    plan.lineage.push_back({"address", root.id, target.id, "merged_into"});
  }
}

void plan_split(const Subtree& tree, const Above& above, std::span<const SplitPart> parts, bool keeps,
                ChangePlan& plan) {
  const RegisteredAddress& root = live_root(tree);
  if (parts.empty() || (!keeps && parts.size() < 2)) {
    refuse_plan("address.parts", "A split needs at least two parts; one, if the address itself stays.");
  }
  std::unordered_map<std::string, const RegisteredAddress*> children;
  for (const RegisteredAddress* child : children_of(tree)) children.emplace(child->id.text(), child);
  for (const SplitPart& part : parts) {
    if (part.address.node.level != root.level) {
      refuse_plan("address.level", part.address.node.name + " is no " + std::string(level_name(root.level)) + ".");
    }
    if (part.is_below && !keeps) {
      refuse_plan("address.sub_number", part.address.node.name + " hangs on " + root.display + ", which must stay.");
    }
    Above own = part.is_below ? above_of(root) : above;
    own.building_id = root.building_id;
    own.division_code = root.division_code;
    const Uuid id = add_new_address(part.address, own, plan);
    plan.lineage.push_back({"address", root.id, id, "split_into"});
    own.id = id;
    own.display += part.address.node.name;
    own.level = root.level;
    for (const Uuid& child : part.children) {
      if (children.erase(child.text()) == 0) {
        refuse_plan("address.child", "A part was given an address that is no child, or is given twice.");
      }
      hang(below_child(tree, child), own, "moved", plan);
    }
  }
  if (keeps) return;
  if (!children.empty()) {
    refuse_plan("address.child", children.begin()->second->display + " is given to no part, and " + root.display +
                                     " is not to stay. Say where each child goes.");
  }
  retire_one(root, "split", {}, true, plan);
}

void plan_retire(const Subtree& tree, bool is_present, const std::optional<Uuid>& successor, ChangePlan& plan) {
  live_root(tree);
  for (auto address = tree.rbegin(); address != tree.rend(); ++address) {
    retire_one(*address, "retired", {}, is_present, plan);
  }
  if (successor) plan.lineage.push_back({"address", tree.front().id, *successor, "replaced_by"});
}

void plan_restore(const Subtree& retired, bool above_is_live, ChangePlan& plan) {
  if (retired.empty() || !retired.front().is_retired()) refuse_plan("address.in_use", "This address is in use.");
  if (!above_is_live) {
    refuse_plan("address.parent_retired", "What " + retired.front().display + " hangs on is retired. Restore that.");
  }
  for (const RegisteredAddress& address : retired) {
    plan.edits.push_back(
        edit_of(address, JsonObject().add("status", "in_use").add("is_used", true).add("is_present", true).text(),
                "restored", address.display));
    add_room_status(address, "in_use", "restored", plan);
  }
}

}  // namespace menpai::change

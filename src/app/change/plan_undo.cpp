// SPDX-License-Identifier: Apache-2.0
// Taking a change set back: a new one, that gives every object the values it had before.
#include <map>

#include "app/change/change_kinds.hpp"
#include "app/change/change_record.hpp"
#include "app/change/object_kind.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "change/address_plan.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

/// What an object is now: a version that is not the one the set left means that somebody changed it since.
struct Current {
  int version = 0;
  std::string text;
};

std::map<Uuid, Current> load_current(PlanContext& context, const ObjectKind& kind, const std::vector<Uuid>& ids) {
  std::map<Uuid, Current> out;
  const store::Result rows = context.transaction.run(kind.current, context.county_code, ids);
  for (const store::Row row : rows) {
    out[row.get<Uuid>(0)] = {row.get<int>(1), shown_text(RequestJson(row.get<store::Json>(4).text))};
  }
  return out;
}

void plan_kind(PlanContext& context, const ObjectKind& kind, const Uuid& set, ChangePlan& plan) {
  const store::Result rows = context.transaction.run(kind.before, context.county_code, set);
  std::vector<Uuid> ids;
  for (const store::Row row : rows) ids.push_back(row.get<Uuid>(0));
  if (ids.empty()) return;
  const std::map<Uuid, Current> current = load_current(context, kind, ids);
  for (const store::Row row : rows) {
    const auto id = row.get<Uuid>(0);
    const auto left_at = row.get<int>(1);
    const auto now = current.find(id);
    if (now == current.end() || now->second.version != left_at) {
      change::refuse_plan("undo.changed_since", (now == current.end() ? id.text() : now->second.text) +
                                                    " was changed again since. Undo the later change first.");
    }
    ObjectEdit edit = {.object_kind = kind.name,
                       .id = id,
                       .base_version = left_at,
                       .division_code = row.get<std::string>(2),
                       .fields = {},
                       .action = "undone",
                       .before = now->second.text,
                       .after = {}};
    if (const auto before = row.get<std::optional<store::Json>>(3)) {
      edit.after = shown_text(RequestJson(before->text));
      edit.fields = before->text;
    } else {
      // What the set made was real while it stood: it is kept, retired.
      JsonObject fields;
      fields.add("status", "retired");
      if (kind.name == "address") fields.add("is_used", false).add("is_present", false);
      edit.fields = fields.text();
    }
    plan.edits.push_back(std::move(edit));
  }
}

}  // namespace

void plan_undo(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"set"});
  const Uuid set = request.id("set");
  for (const ObjectKind& kind : object_kinds()) plan_kind(context, kind, set, plan);
  if (plan.edits.empty()) change::refuse_plan("undo.nothing", "This change set touched nothing that can be undone.");
}

}  // namespace menpai::app

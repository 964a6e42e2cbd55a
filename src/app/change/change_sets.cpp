// SPDX-License-Identifier: Apache-2.0
#include "app/change/change_sets.hpp"

#include <algorithm>
#include <utility>

#include "address/library/library.hpp"
#include "app/change/change_kinds.hpp"
#include "app/change/change_record.hpp"
#include "app/change/object_kind.hpp"
#include "app/change/object_writer.hpp"
#include "app/code_issuing.hpp"
#include "app/codes.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/queries.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

constexpr std::size_t reason_max = 2000;
constexpr std::size_t request_bytes_max = 4 << 20;
constexpr int page_max = 500;

Error stale_set() {
  return Error(ErrorCode::conflict, "Somebody changed this change set meanwhile. Look at it again.");
}

bool is_undo(const ChangeSet& set) {
  return set.undoes.has_value();
}

/// What the set is about, as it is now: county, division, title and the kind of object.
void fill_subject(Application& app, const address::DivisionIndex& divisions, const ChangeKind& kind,
                  const RequestJson& request, ChangeSet& set) {
  set.object_kind = kind.object_kind;
  if (kind.subject != nullptr) {
    ChangeSubject subject = kind.subject(app, divisions, request);
    set.county_code = subject.county_code;
    set.division_code = std::move(subject.division_code);
    set.object_id = subject.object_id;
    set.title = std::move(subject.title);
    return;
  }
  const Uuid id = request.id("id");
  const auto missing = [&] {
    return Error(ErrorCode::not_found, "There is no " + std::string(kind.object_kind) + " " + id.text() + ".");
  };
  store::Store& store = *app.parts().store;
  const store::Result where = store.run(query::search::locate, id);
  if (where.empty() || where[0].get<std::string_view>(1) != kind.object_kind) throw missing();
  set.county_code = where[0].get<int>(0);
  const store::Result found =
      store.run(get_object_kind(kind.object_kind).current, set.county_code, std::vector<Uuid>{id});
  if (found.empty()) throw missing();
  set.object_id = id;
  set.division_code = found[0].get<std::string>(3);
  set.title = std::string(kind.title) + " " + shown_text(RequestJson(found[0].get<store::Json>(4).text));
  if (set.object_version == 0) {
    throw Error(
        ErrorCode::bad_request,
        "Say which version of the object you saw (\"version\"), so that nobody's change is overwritten unseen.");
  }
}

void fill_draft(const ChangeDraft& draft, ChangeSet& set) {
  if (draft.request.size() > request_bytes_max) {
    throw Error(ErrorCode::too_large, "A request has at most 4 MiB.");
  }
  if (draft.reason.empty() || draft.reason.size() > reason_max) {
    throw Error(ErrorCode::bad_request, "\"reason\" must say why, in at most 2,000 bytes.");
  }
  if (draft.source.size() > reason_max) throw Error(ErrorCode::bad_request, "\"source\" is too long.");
  const std::string day = draft.effective_on.empty() ? store::iso_text(store::today()) : draft.effective_on;
  if (!store::parse_date(day)) throw Error(ErrorCode::bad_request, "\"effective_on\" must be a day: 2026-11-20.");
  set.request = RequestJson(draft.request).json();
  set.reason = draft.reason;
  set.source = draft.source;
  set.effective_on = day;
  set.is_correction = draft.is_correction;
  set.object_version = draft.object_version;
}

void plan_set(Application& app, store::Transaction& transaction, const ChangeSet& set, ChangePlan& plan) {
  const std::shared_ptr<const address::Library> library = app.parts().library();
  PlanContext context = {app, transaction, library->data().divisions, set.county_code, set.effective_on};
  get_change_kind(set.kind).plan(context, RequestJson(set.request), plan);
}

/// Both sides of what changed since the author looked.
std::vector<ChangePreview::Stale> find_stale(store::Transaction& transaction, const ChangeSet& set,
                                             const ChangePlan* plan) {
  std::vector<ChangePreview::Stale> stale;
  if (!set.object_id || set.object_version == 0 || is_undo(set)) return stale;
  const ObjectKind& kind = get_object_kind(set.object_kind);
  std::string seen, now;
  int version = 0;
  const store::Result rows = transaction.run(kind.versions, set.county_code, *set.object_id);
  for (const store::Row row : rows) {
    const int one = row.get<int>(0);
    if (one == set.object_version) seen = row.get<store::Json>(7).text;
    if (one < version) continue;
    version = one;
    now = row.get<store::Json>(7).text;
  }
  if (version == set.object_version) return stale;
  std::string wanted;
  for (const ObjectEdit& edit : plan == nullptr ? std::vector<ObjectEdit>() : plan->edits) {
    if (edit.id == *set.object_id) wanted = edit.fields;
  }
  const RequestJson asked(wanted.empty() ? "{}" : wanted);
  for (const FieldDifference& one : differences(seen, now)) {
    stale.push_back({one.field, one.before, one.after, asked.has(one.field) ? asked.json(one.field) : std::string()});
  }
  if (stale.empty()) stale.push_back({"version", std::to_string(set.object_version), std::to_string(version), ""});
  return stale;
}

void refuse_stale(store::Transaction& transaction, const ChangeSet& set) {
  if (!find_stale(transaction, set, nullptr).empty()) {
    throw Error(
        ErrorCode::conflict,
        "The object was changed since this was written. The preview shows both sides; edit it and submit again.");
  }
}

ChangePreview preview_of(Application& app, const ChangeSet& set, std::uint64_t after, std::size_t limit) {
  if (limit < 1 || limit > 1000) throw Error(ErrorCode::bad_request, "A preview shows 1 to 1,000 objects a page.");
  ChangePreview preview;
  ChangePlan plan;
  const store::Lease lease = app.parts().store->take();
  store::Transaction transaction(*lease);  // rolled back: nothing is written
  plan_set(app, transaction, set, plan);
  preview.stale = find_stale(transaction, set, &plan);
  preview.counts = count_touched(plan);
  preview.total = plan.edits.size();
  for (std::uint64_t i = after; i < plan.edits.size(); ++i) {
    if (preview.items.size() == limit) {
      preview.next = i;
      break;
    }
    const ObjectEdit& edit = plan.edits[i];
    preview.items.push_back(
        {std::string(edit.object_kind), edit.id.text(), edit.action, edit.before, edit.after, edit.fields});
  }
  preview.lineage = std::move(plan.lineage);
  preview.advice = std::move(plan.advice);
  return preview;
}

/// A set that is not kept: to plan what is asked for, and to see that it can be planned.
ChangeSet draft_of(Application& app, const Caller& caller, const ChangeDraft& draft) {
  const ChangeKind& kind = get_change_kind(draft.kind);
  if (kind.name == "undo") {
    throw Error(ErrorCode::bad_request, "To take a change set back, ask for its undoing; it is not written by hand.");
  }
  ChangeSet set;
  set.id = ChangeSetId::make();
  set.kind = kind.name;
  set.made_by = caller.name;
  fill_draft(draft, set);
  const std::shared_ptr<const address::Library> library = app.parts().library();
  fill_subject(app, library->data().divisions, kind, RequestJson(set.request), set);
  return set;
}

bool is_due(const ChangeSet& set) {
  return store::parse_date(set.effective_on).value().days <= store::today().days;
}

void step(store::Transaction& transaction, ChangeSet& set, ChangeState to, const Caller& caller, store::Timestamp at,
          const std::string& reason, const TouchCounts& counts = {}) {
  JsonObject touched;
  for (const auto& [name, count] : counts) touched.add(name, count);
  if (transaction
          .run(query::change_set::step, set.county_code, set.id.value, change_state_name(set.state),
               change_state_name(to), caller.name, at, reason, set.version, store::Json{touched.text()})
          .affected() == 0) {
    throw stale_set();
  }
  set.state = to;
  ++set.version;
}

/// Writes what an approved set (or a draft that needs nobody else) would do.
void apply(Application& app, store::Transaction& transaction, ChangeSet& set, const Caller& caller,
           store::Timestamp at) {
  refuse_stale(transaction, set);
  CodeIssuer issuer(transaction, *app.parts().code_schemes, at);
  if (const ChangeKind& kind = get_change_kind(set.kind); kind.write != nullptr) {
    const std::shared_ptr<const address::Library> library = app.parts().library();
    PlanContext context = {app, transaction, library->data().divisions, set.county_code, set.effective_on};
    const TouchCounts touched = kind.write(context, RequestJson(set.request), set, caller, at, issuer);
    return step(transaction, set, ChangeState::applied, caller, at, {}, touched);
  }
  ChangePlan plan;
  plan_set(app, transaction, set, plan);
  write_plan(transaction, set, plan, caller, at, issuer);
  if (set.undoes) {
    transaction.run(query::lineage::take_back, set.county_code, set.undoes->value, at);
    issuer.take_back(set.undoes->value);
    transaction.run(query::place::take_back_names, set.county_code, set.undoes->value, at);
    if (transaction.run(query::change_set::mark_undone, set.county_code, set.undoes->value, set.id.value).affected() ==
        0) {
      throw Error(ErrorCode::conflict, "This change set was taken back already.");
    }
  }
  step(transaction, set, ChangeState::applied, caller, at, {}, count_touched(plan));
}

void submit(Application& app, store::Transaction& transaction, ChangeSet& set, const Caller& caller) {
  if (set.made_by != caller.name) throw Error(ErrorCode::forbidden, "Only its author submits a change set.");
  const store::Timestamp at = store::now();
  if (!set.needs_second_person && is_due(set)) return apply(app, transaction, set, caller, at);
  refuse_stale(transaction, set);
  ChangePlan plan;  // what cannot be planned is not put before anybody
  plan_set(app, transaction, set, plan);
  step(transaction, set, set.needs_second_person ? ChangeState::submitted : ChangeState::approved, caller, at, {});
}

void settle(Application& app, store::Transaction& transaction, ChangeSet& set, ChangeState to, const Caller& caller,
            const std::string& reason) {
  if (set.made_by == caller.name || set.submitted_by == caller.name) {
    throw Error(ErrorCode::forbidden, "This change set is your own. Another administrator has to settle it.");
  }
  if (to == ChangeState::returned && reason.empty()) {
    throw Error(ErrorCode::bad_request, "Say why it is returned (\"reason\").");
  }
  const store::Timestamp at = store::now();
  step(transaction, set, to, caller, at, reason);
  if (to == ChangeState::approved && is_due(set)) apply(app, transaction, set, caller, at);
}

void check_step(ChangeState from, ChangeState to) {
  using enum ChangeState;
  const bool fits = (to == submitted && from == draft) || (to == approved && from == submitted) ||
                    (to == returned && from == submitted) || (to == applied && from == approved) ||
                    (to == withdrawn && from != applied && from != withdrawn);
  if (fits) return;
  throw Error(ErrorCode::conflict, "A change set that is " + std::string(change_state_name(from)) + " cannot become " +
                                       std::string(change_state_name(to)) + ".");
}

}  // namespace

std::vector<ChangeKindView> list_change_kinds(Application& app, const Caller& caller) {
  require(app, caller, Action::read_change, "change_set");
  std::vector<ChangeKindView> kinds;
  for (const ChangeKind& kind : change_kinds())
    kinds.push_back({kind.name, kind.object_kind, kind.needs_second_person});
  return kinds;
}

ChangeSet make_change_set(Application& app, const Caller& caller, const ChangeDraft& draft) {
  require(app, caller, Action::write_change, "change_set");
  const ChangeSet set = draft_of(app, caller, draft);
  preview_of(app, set, 0, 1);
  app.parts().store->transact([&](store::Transaction& transaction) { add_change_set(transaction, set, store::now()); });
  return load_change_set(*app.parts().store, set.id);
}

ChangeSet edit_change_set(Application& app, const Caller& caller, const ChangeSetId& id, const ChangeDraft& draft,
                          int version) {
  require(app, caller, Action::write_change, "change_set", id.text());
  const ChangeSet known = load_change_set(*app.parts().store, id);
  if (known.made_by != caller.name) throw Error(ErrorCode::forbidden, "Only its author edits a change set.");
  if (known.state != ChangeState::draft && known.state != ChangeState::returned) {
    throw Error(ErrorCode::conflict,
                "A change set that is " + std::string(change_state_name(known.state)) + " is not edited any more.");
  }
  if (known.version != version) throw stale_set();
  ChangeDraft same_kind = draft;
  same_kind.kind = known.kind;
  ChangeSet set = draft_of(app, caller, same_kind);
  if (set.county_code != known.county_code) {
    throw Error(ErrorCode::bad_request, "A change set stays in its county. Make another one.");
  }
  preview_of(app, set, 0, 1);
  if (app.parts()
          .store
          ->run(query::change_set::edit, known.county_code, id.value, set.object_version, set.title,
                store::Json{set.request}, set.reason, set.source, store::parse_date(set.effective_on).value(),
                set.is_correction, set.division_code, version)
          .affected() == 0) {
    throw stale_set();
  }
  return load_change_set(*app.parts().store, id);
}

ChangeSet get_change_set(Application& app, const Caller& caller, const ChangeSetId& id) {
  require(app, caller, Action::read_change, "change_set", id.text());
  return load_change_set(*app.parts().store, id);
}

ChangeSetPage list_change_sets(Application& app, const Caller& caller, const std::optional<ChangeState>& state,
                               const std::optional<Uuid>& object, const std::optional<Uuid>& after, int limit) {
  require(app, caller, Action::read_change, "change_set");
  if (limit < 1 || limit > page_max) {
    throw Error(ErrorCode::bad_request, "A page has 1 to " + std::to_string(page_max) + " change sets.");
  }
  store::Store& store = *app.parts().store;
  ChangeSetPage page;
  const store::Result rows =
      store.run(query::change_set::list, change_set_counties(store), state ? change_state_name(*state) : "all", object,
                after, std::int64_t{limit} + 1);
  for (const store::Row row : rows) {
    if (static_cast<int>(page.items.size()) == limit) {
      page.next = page.items.back().id.text();
      break;
    }
    page.items.push_back(change_set_of(row));
  }
  return page;
}

ChangePreview preview_change_set(Application& app, const Caller& caller, const ChangeSetId& id, std::uint64_t after,
                                 std::size_t limit) {
  require(app, caller, Action::read_change, "change_set", id.text());
  const ChangeSet set = load_change_set(*app.parts().store, id);
  if (set.state == ChangeState::applied) {
    throw Error(ErrorCode::conflict, "This change set is applied: the histories of its objects show what it did.");
  }
  return preview_of(app, set, after, limit);
}

ChangePreview preview_change(Application& app, const Caller& caller, const ChangeDraft& draft, std::uint64_t after,
                             std::size_t limit) {
  require(app, caller, Action::write_change, "change_set");
  return preview_of(app, draft_of(app, caller, draft), after, limit);
}

ChangeSet step_change_set(Application& app, const Caller& caller, const ChangeSetId& id, ChangeState to,
                          const std::string& reason, int version) {
  const bool settles = to == ChangeState::approved || to == ChangeState::returned || to == ChangeState::applied;
  require(app, caller, settles ? Action::settle_change : Action::write_change, "change_set", id.text());
  if (reason.size() > reason_max) throw Error(ErrorCode::bad_request, "\"reason\" is too long.");
  app.parts().store->transact([&](store::Transaction& transaction) {
    ChangeSet set = load_change_set(transaction, id);
    if (set.version != version) throw stale_set();
    check_step(set.state, to);
    switch (to) {
      case ChangeState::submitted:
        return submit(app, transaction, set, caller);
      case ChangeState::approved:
      case ChangeState::returned:
        return settle(app, transaction, set, to, caller, reason);
      case ChangeState::applied:
        if (!is_due(set)) {
          throw Error(ErrorCode::conflict, "This change set holds from " + set.effective_on + " on; apply it then.");
        }
        return apply(app, transaction, set, caller, store::now());
      case ChangeState::withdrawn:
        if (set.made_by != caller.name && caller.role != Role::administrator && caller.role != Role::system) {
          throw Error(ErrorCode::forbidden, "Only its author or an administrator withdraws a change set.");
        }
        return step(transaction, set, to, caller, store::now(), reason);
      case ChangeState::draft:
        return;
    }
  });
  app.parts().edits->follow();  // the next question sees it
  return load_change_set(*app.parts().store, id);
}

ChangeSet undo_change_set(Application& app, const Caller& caller, const ChangeSetId& id, const std::string& reason) {
  require(app, caller, Action::write_change, "change_set", id.text());
  const ChangeSet known = load_change_set(*app.parts().store, id);
  if (known.state != ChangeState::applied) {
    throw Error(ErrorCode::conflict, "Only what is applied is taken back; this one can be withdrawn.");
  }
  if (known.undone_by) throw Error(ErrorCode::conflict, "This change set was taken back already.");
  ChangeSet set = known;
  ChangeDraft draft;
  draft.request = JsonObject().add("set", id.value).text();
  draft.reason = reason;
  draft.source = known.source;
  set.id = ChangeSetId::make();
  set.kind = "undo";
  set.made_by = caller.name;
  set.undoes = id;
  set.title = "撤回 " + known.title;
  fill_draft(draft, set);
  preview_of(app, set, 0, 1);
  app.parts().store->transact([&](store::Transaction& transaction) { add_change_set(transaction, set, store::now()); });
  return load_change_set(*app.parts().store, set.id);
}

std::uint64_t apply_due_change_sets(Application& app, const Caller& caller) {
  require(app, caller, Action::settle_change, "change_set");
  store::Store& store = *app.parts().store;
  std::uint64_t applied = 0;
  for (const int county : change_set_counties(store)) {
    const store::Result due = store.run(query::change_set::due, county, store::today());
    for (const store::Row row : due) {
      store.transact([&](store::Transaction& transaction) {
        ChangeSet set = load_change_set(transaction, {row.get<Uuid>(0)});
        if (set.state == ChangeState::approved) apply(app, transaction, set, caller, store::now());
      });
      ++applied;
    }
  }
  app.parts().edits->follow();
  return applied;
}

}  // namespace menpai::app

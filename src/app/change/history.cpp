// SPDX-License-Identifier: Apache-2.0
#include "app/change/history.hpp"

#include <algorithm>
#include <map>

#include "address/library/library.hpp"
#include "app/change/change_kinds.hpp"
#include "app/change/change_record.hpp"
#include "app/change/object_kind.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

constexpr int page_max = 1000;

struct Located {
  Uuid id;
  int county_code = 0;
  const ObjectKind* kind = nullptr;
};

Located locate(Application& app, const Caller& caller, std::string_view text) {
  const auto id = Uuid::parse(text);
  require(app, caller, Action::read_change, "object", id ? id->text() : std::string());
  const auto missing = [] { return Error(ErrorCode::not_found, "There is no such object."); };
  if (!id) throw missing();
  const store::Result where = app.parts().store->run(query::search::locate, *id);
  if (where.empty()) throw missing();
  const ObjectKind* kind = find_object_kind(where[0].get<std::string_view>(1));
  if (kind == nullptr) throw missing();
  return {*id, where[0].get<int>(0), kind};
}

/// PostgreSQL's infinities are no days.
std::string day_text(std::string day) {
  return day == "infinity" || day == "-infinity" ? std::string() : day;
}

std::string time_text(const std::optional<store::Timestamp>& at) {
  return at ? store::iso_text(*at) : std::string();
}

store::Date day_of(const std::string& text) {
  if (text.empty()) return store::today();
  const auto day = store::parse_date(text);
  if (!day) throw Error(ErrorCode::bad_request, "A day is written 2026-11-20.");
  return *day;
}

store::Timestamp time_of(const std::string& text) {
  if (text.empty()) return store::now();
  const auto at = store::parse_time(text);
  if (!at) throw Error(ErrorCode::bad_request, "A time is written 2026-11-20T09:14:35Z.");
  return *at;
}

/// One row of a `versions` statement.
struct Belief {
  ObjectVersion shown;
  Uuid change_id;
  store::Timestamp recorded_at;
  std::optional<store::Timestamp> superseded_at;

  bool holds(const std::string& day, store::Timestamp known_at) const {
    return recorded_at <= known_at && (!superseded_at || *superseded_at > known_at) &&
           (shown.valid_from.empty() || shown.valid_from <= day) && (shown.valid_to.empty() || day < shown.valid_to);
  }
};

std::vector<Belief> load_beliefs(Application& app, const Located& object) {
  std::vector<Belief> beliefs;
  const store::Result rows = app.parts().store->run(object.kind->versions, object.county_code, object.id);
  for (const store::Row row : rows) {
    Belief belief;
    belief.shown.version = row.get<int>(0);
    belief.shown.valid_from = day_text(row.get<std::string>(1));
    belief.shown.valid_to = day_text(row.get<std::string>(2));
    belief.recorded_at = row.get<store::Timestamp>(3);
    belief.superseded_at = row.get<std::optional<store::Timestamp>>(4);
    belief.shown.recorded_at = store::iso_text(belief.recorded_at);
    belief.shown.superseded_at = time_text(belief.superseded_at);
    belief.change_id = row.get<Uuid>(5);
    belief.shown.source = row.get<std::string>(6);
    belief.shown.fields = row.get<store::Json>(7).text;
    beliefs.push_back(std::move(belief));
  }
  if (beliefs.empty()) throw Error(ErrorCode::not_found, "There is no such object.");
  return beliefs;
}

const Belief& believed(const std::vector<Belief>& beliefs, const std::string& day, const std::string& known_at) {
  const std::string on = store::iso_text(day_of(day));
  const store::Timestamp at = time_of(known_at);
  const auto found = std::find_if(beliefs.rbegin(), beliefs.rend(), [&](const Belief& b) { return b.holds(on, at); });
  if (found == beliefs.rend()) throw Error(ErrorCode::not_found, "The object was not there on " + on + ".");
  return *found;
}

}  // namespace

ObjectHistory object_history(Application& app, const Caller& caller, std::string_view id) {
  const Located object = locate(app, caller, id);
  ObjectHistory history;
  history.id = object.id.text();
  history.kind = object.kind->name;
  struct Why {
    std::string kind, actor, reason, rule, set_id;
  };
  std::map<Uuid, Why> why;
  const store::Result changes = app.parts().store->run(query::change_set::changes, object.county_code, object.id);
  for (const store::Row row : changes) {
    const auto set = row.get<std::optional<Uuid>>(8);
    why[row.get<Uuid>(0)] = {row.get<std::string>(1), row.get<std::string>(3), row.get<std::string>(4),
                             row.get<std::string>(6), set ? set->text() : std::string()};
  }
  for (Belief& belief : load_beliefs(app, object)) {
    if (const auto known = why.find(belief.change_id); known != why.end()) {
      belief.shown.change_kind = known->second.kind;
      belief.shown.actor = known->second.actor;
      belief.shown.reason = known->second.reason;
      belief.shown.rule = known->second.rule;
      belief.shown.set_id = known->second.set_id;
    }
    history.versions.push_back(std::move(belief.shown));
  }
  history.text = shown_text(RequestJson(history.versions.back().fields));
  return history;
}

ObjectVersion object_as_of(Application& app, const Caller& caller, std::string_view id, const std::string& day,
                           const std::string& known_at) {
  return believed(load_beliefs(app, locate(app, caller, id)), day, known_at).shown;
}

std::vector<FieldDifference> object_difference(Application& app, const Caller& caller, std::string_view id,
                                               const std::string& from, const std::string& to) {
  const std::vector<Belief> beliefs = load_beliefs(app, locate(app, caller, id));
  return differences(believed(beliefs, from, {}).shown.fields, believed(beliefs, to, {}).shown.fields);
}

AsOfPage list_as_of(Application& app, const Caller& caller, std::string_view kind_name,
                    const std::string& division_code, const std::string& day, const std::string& known_at,
                    const std::optional<Uuid>& after, int limit) {
  require(app, caller, Action::read_change, kind_name);
  if (limit < 1 || limit > page_max) throw Error(ErrorCode::bad_request, "A page has 1 to 1,000 objects.");
  const ObjectKind& kind = get_object_kind(kind_name);
  if (kind.as_of == nullptr) {
    throw Error(ErrorCode::bad_request, "Objects of this kind are shown with what they belong to, not listed.");
  }
  const std::shared_ptr<const address::Library> library = app.parts().library();
  const int county = county_of_division(library->data().divisions, division_code);
  AsOfPage page;
  const store::Result rows = app.parts().store->run(*kind.as_of, county, division_code + "%", day_of(day),
                                                    time_of(known_at), after.value_or(Uuid{}), std::int64_t{limit} + 1);
  for (const store::Row row : rows) {
    if (static_cast<int>(page.items.size()) == limit) {
      page.next = page.items.back().id;
      break;
    }
    AsOfItem item;
    item.id = row.get<Uuid>(0).text();
    item.version = row.get<int>(1);
    item.valid_from = day_text(row.get<std::string>(2));
    item.valid_to = day_text(row.get<std::string>(3));
    item.recorded_at = store::iso_text(row.get<store::Timestamp>(4));
    item.fields = row.get<store::Json>(6).text;
    item.text = shown_text(RequestJson(item.fields));
    page.items.push_back(std::move(item));
  }
  return page;
}

std::vector<Heir> successors_of(Application& app, const Caller& caller, std::string_view id) {
  const Located object = locate(app, caller, id);
  std::vector<Heir> heirs;
  std::vector<Uuid> ids;
  const store::Result rows = app.parts().store->run(query::lineage::successors, object.county_code, object.id);
  for (const store::Row row : rows) {
    ids.push_back(row.get<Uuid>(0));
    heirs.push_back(
        {ids.back().text(), std::string(object.kind->name), {}, {}, row.get<std::string>(1), row.get<int>(2)});
  }
  if (ids.empty()) return heirs;
  const store::Result now = app.parts().store->run(object.kind->current, object.county_code, ids);
  for (const store::Row row : now) {
    for (Heir& heir : heirs) {
      if (heir.id != row.get<Uuid>(0).text()) continue;
      heir.status = row.get<std::string>(2);
      heir.text = shown_text(RequestJson(row.get<store::Json>(4).text));
    }
  }
  return heirs;
}

}  // namespace menpai::app

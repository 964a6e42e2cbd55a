// SPDX-License-Identifier: Apache-2.0
#include "app/change/change_record.hpp"

#include "app/change/change_kinds.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/queries.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

std::string time_of(const store::Row& row, int column) {
  const auto at = row.get<std::optional<store::Timestamp>>(column);
  return at ? store::iso_text(*at) : std::string();
}

std::optional<ChangeSetId> set_of(const store::Row& row, int column) {
  const auto id = row.get<std::optional<Uuid>>(column);
  return id ? std::optional(ChangeSetId{*id}) : std::nullopt;
}

std::map<std::string, std::uint64_t> counts_of(const std::string& json) {
  std::map<std::string, std::uint64_t> counts;
  for (const FieldDifference& one : differences("", json)) counts[one.field] = std::stoull(one.after);
  return counts;
}

/// `run` runs a query: on its own or in a transaction.
template <class Run>
ChangeSet load_with(const Run& run, const ChangeSetId& id) {
  const auto missing = [] { return Error(ErrorCode::not_found, "There is no such change set."); };
  const store::Result where = run(query::search::locate, id.value);
  if (where.empty() || where[0].template get<std::string_view>(1) != "change_set") throw missing();
  const store::Result found = run(query::change_set::get, where[0].template get<int>(0), id.value);
  if (found.empty()) throw missing();
  return change_set_of(found[0]);
}

}  // namespace

ChangeSet change_set_of(const store::Row& row) {
  ChangeSet set;
  set.county_code = row.get<int>(0);
  set.id = {row.get<Uuid>(1)};
  set.kind = row.get<std::string>(2);
  set.state = parse_change_state(row.get<std::string_view>(3)).value_or(ChangeState::withdrawn);
  set.object_kind = row.get<std::string>(4);
  set.object_id = row.get<std::optional<Uuid>>(5);
  set.object_version = row.get<int>(6);
  set.division_code = row.get<std::string>(7);
  set.title = row.get<std::string>(8);
  set.request = row.get<store::Json>(9).text;
  set.reason = row.get<std::string>(10);
  set.source = row.get<std::string>(11);
  set.effective_on = store::iso_text(row.get<store::Date>(12));
  set.is_correction = row.get<bool>(13);
  set.made_by = row.get<std::string>(14);
  set.made_at = time_of(row, 15);
  set.submitted_by = row.get<std::string>(16);
  set.submitted_at = time_of(row, 17);
  set.settled_by = row.get<std::string>(18);
  set.settled_at = time_of(row, 19);
  set.settled_reason = row.get<std::string>(20);
  set.applied_by = row.get<std::string>(21);
  set.applied_at = time_of(row, 22);
  set.counts = counts_of(row.get<store::Json>(23).text);
  set.undoes = set_of(row, 24);
  set.undone_by = set_of(row, 25);
  set.version = row.get<int>(26);
  set.needs_second_person = get_change_kind(set.kind).needs_second_person;
  return set;
}

ChangeSet load_change_set(store::Store& store, const ChangeSetId& id) {
  return load_with([&](const store::Query& q, const auto&... values) { return store.run(q, values...); }, id);
}

ChangeSet load_change_set(store::Transaction& transaction, const ChangeSetId& id) {
  return load_with([&](const store::Query& q, const auto&... values) { return transaction.run(q, values...); }, id);
}

void add_change_set(store::Transaction& transaction, const ChangeSet& set, store::Timestamp at) {
  transaction.run(query::change_set::add, set.county_code, set.id.value, set.kind, set.object_kind, set.object_id,
                  set.object_version, set.division_code, set.title, store::Json{set.request}, set.reason, set.source,
                  store::parse_date(set.effective_on).value(), set.is_correction, set.made_by, at,
                  set.undoes ? std::optional(set.undoes->value) : std::nullopt);
  transaction.run(query::change_set::add_locator, set.id.value, set.county_code);
}

std::vector<int> change_set_counties(store::Store& store) {
  std::vector<int> counties;
  const store::Result rows = store.run(query::change_set::counties);
  for (const store::Row row : rows) counties.push_back(row.get<int>(0));
  return counties;
}

std::string shown_text(const RequestJson& fields) {
  for (const std::string_view key : {"display", "name", "code"}) {
    if (fields.has(key)) return fields.text(key, 4096);
  }
  return {};
}

}  // namespace menpai::app

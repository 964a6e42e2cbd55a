// SPDX-License-Identifier: Apache-2.0
#include "app/change/object_writer.hpp"

#include <optional>
#include <vector>

#include "app/change/object_kind.hpp"
#include "app/change_batch.hpp"
#include "app/code_issuing.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/queries.hpp"
#include "store/sqlstate.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

constexpr std::size_t chunk = 5000;

std::string event_kind(const ObjectEdit& edit) {
  return std::string(edit.object_kind) + "." + edit.action;
}

bool retires(const ObjectEdit& edit) {
  return edit.fields.find("\"status\":\"retired\"") != std::string::npos;
}

/// The day from which it holds; a correction always held.
std::optional<store::Date> valid_from(const ChangeSet& set) {
  return set.is_correction ? std::nullopt : store::parse_date(set.effective_on);
}

class PlanWriter {
 public:
  PlanWriter(store::Transaction& transaction, const ChangeSet& set, const ChangePlan& plan, store::Timestamp at,
             const std::vector<Uuid>& change_ids)
      : m_transaction(transaction), m_set(set), m_plan(plan), m_at(at), m_change_ids(change_ids) {}

  void write() {
    for (const ObjectKind& kind : object_kinds()) {
      update(kind, [](const ObjectEdit& edit) { return edit.base_version > 0 && retires(edit); });
    }
    for (const ObjectKind& kind : object_kinds()) insert(kind);
    for (const ObjectKind& kind : object_kinds()) {
      update(kind, [](const ObjectEdit& edit) { return edit.base_version > 0 && !retires(edit); });
    }
  }

 private:
  void insert(const ObjectKind& kind) {
    const store::Date from = valid_from(m_set).value_or(store::Date{store::Date::since_ever});
    std::string rows;
    std::size_t count = 0;
    const auto flush = [&] {
      if (count == 0) return;
      m_transaction.run(kind.insert_edits, m_set.county_code, store::Json{rows + ']'}, m_at, m_set.source, from);
      rows.clear();
      count = 0;
    };
    for (std::size_t i = 0; i < m_plan.edits.size(); ++i) {
      const ObjectEdit& edit = m_plan.edits[i];
      if (edit.object_kind != kind.name || edit.base_version != 0) continue;
      rows += count++ == 0 ? '[' : ',';
      rows += JsonObject().add("id", edit.id).add("change_id", m_change_ids[i]).text();
      if (edit.fields.size() > 2) {
        rows.back() = ',';
        rows.append(edit.fields, 1);
      }
      if (count == chunk) flush();
    }
    flush();
  }

  template <class Which>
  void update(const ObjectKind& kind, const Which& which) {
    std::string rows;
    std::size_t count = 0;
    const auto flush = [&] {
      if (count == 0) return;
      const std::uint64_t affected =
          m_transaction
              .run(kind.update_edits, m_set.county_code, store::Json{rows + ']'}, m_at, m_set.source, valid_from(m_set))
              .affected();
      if (affected != count) {
        throw Error(ErrorCode::conflict,
                    "Something that this change touches was changed by somebody else meanwhile. Look at it again.");
      }
      rows.clear();
      count = 0;
    };
    for (std::size_t i = 0; i < m_plan.edits.size(); ++i) {
      const ObjectEdit& edit = m_plan.edits[i];
      if (edit.object_kind != kind.name || !which(edit)) continue;
      rows += count++ == 0 ? '[' : ',';
      rows += JsonObject()
                  .add("id", edit.id)
                  .add("change_id", m_change_ids[i])
                  .add("base_version", edit.base_version)
                  .add_json("fields", edit.fields)
                  .text();
      if (count == chunk) flush();
    }
    flush();
  }

  store::Transaction& m_transaction;
  const ChangeSet& m_set;
  const ChangePlan& m_plan;
  store::Timestamp m_at;
  const std::vector<Uuid>& m_change_ids;
};

void write_lineage(store::Transaction& transaction, const ChangeSet& set, const ChangePlan& plan, store::Timestamp at) {
  if (plan.lineage.empty()) return;
  std::vector<Uuid> from, to;
  std::vector<std::string_view> kinds, object_kinds;
  for (const Lineage& one : plan.lineage) {
    from.push_back(one.from);
    to.push_back(one.to);
    kinds.push_back(one.kind);
    object_kinds.push_back(one.object_kind);
  }
  transaction.run(query::lineage::add, set.county_code, from, to, kinds, object_kinds, set.id.value, at);
}

void write_place_names(store::Transaction& transaction, const ChangeSet& set, const ChangePlan& plan,
                       store::Timestamp at) {
  if (plan.place_names.empty()) return;
  std::vector<Uuid> ids, places;
  std::vector<std::string_view> names, kinds, pinyin, until;
  for (const PlaceNameGiven& one : plan.place_names) {
    ids.push_back(Uuid::make());
    places.push_back(one.place);
    names.push_back(one.name);
    kinds.push_back(one.kind);
    pinyin.push_back(one.pinyin);
    until.push_back(one.valid_to);
  }
  transaction.run(query::place::add_names, set.county_code, ids, places, names, kinds, pinyin, at, set.id.value, until);
}

void give_codes(const ChangeSet& set, const ChangePlan& plan, CodeIssuer& issuer) {
  std::vector<GivenCode> given;
  for (const auto& [edit, code] : plan.given_codes) {
    given.push_back({code, plan.edits[edit].object_kind, plan.edits[edit].id, "given"});
  }
  if (!given.empty()) issuer.give(set.county_code, given);
}

}  // namespace

TouchCounts count_touched(const ChangePlan& plan) {
  TouchCounts counts;
  for (const ObjectEdit& edit : plan.edits) ++counts[event_kind(edit)];
  return counts;
}

void write_plan(store::Transaction& transaction, const ChangeSet& set, ChangePlan& plan, const Caller& caller,
                store::Timestamp at, CodeIssuer& issuer) {
  ChangeBatch batch(transaction, set.county_code, caller, set.source, at);
  batch.belongs_to(set.id.value, set.reason);
  give_codes(set, plan, issuer);
  issue_wished_codes(issuer, set.county_code, plan);
  std::vector<std::string> kinds;
  kinds.reserve(plan.edits.size());
  std::vector<Uuid> change_ids;
  change_ids.reserve(plan.edits.size());
  for (const ObjectEdit& edit : plan.edits) {
    kinds.push_back(event_kind(edit));
    change_ids.push_back(batch.add({.kind = kinds.back(),
                                    .object_kind = edit.object_kind,
                                    .object_id = edit.id,
                                    .object_version = edit.base_version + 1,
                                    .rule = set.kind,
                                    .division_code = edit.division_code,
                                    .payload = edit.fields},
                                   edit.base_version == 0));
  }
  PlanWriter(transaction, set, plan, at, change_ids).write();
  write_lineage(transaction, set, plan, at);
  write_place_names(transaction, set, plan, at);
  batch.write();
}

}  // namespace menpai::app

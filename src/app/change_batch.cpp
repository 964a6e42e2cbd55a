// SPDX-License-Identifier: Apache-2.0
// The changes of one county in one transaction.
#include "app/change_batch.hpp"

#include <optional>

#include "store/queries.hpp"

namespace menpai::app {

ChangeBatch::ChangeBatch(store::Transaction& transaction, int county_code, const Caller& caller, std::string source,
                         store::Timestamp at)
    : m_transaction(transaction),
      m_county_code(county_code),
      m_caller(caller),
      m_source(std::move(source)),
      m_at(at),
      m_last_event(transaction.run(store::query::event::lock_counter, county_code).only().get<std::int64_t>(0)) {}

Uuid ChangeBatch::add(ChangeRecord change, bool is_new) {
  const Uuid id = Uuid::make();
  m_changes.push_back({id, std::move(change), is_new});
  return id;
}

void ChangeBatch::write() {
  if (m_changes.empty()) return;
  const std::optional<Uuid> account = m_caller.account.is_nil() ? std::nullopt : std::optional(m_caller.account);
  store::CopyIn changes(m_transaction.connection(), store::query::change::copy_changes);
  for (const Noted& noted : m_changes) {
    const ChangeRecord& change = noted.change;
    changes.row(m_county_code, noted.id, change.kind, change.object_kind, change.object_id, change.object_version,
                m_source, change.source_row, m_caller.name, account, m_reason, change.rule, m_caller.request_id, m_at,
                store::Json{change.payload}, m_set);
  }
  changes.finish();
  store::CopyIn events(m_transaction.connection(), store::query::event::copy_events);
  for (const Noted& noted : m_changes) {
    const ChangeRecord& change = noted.change;
    events.row(m_county_code, ++m_last_event, noted.id, change.kind, change.object_kind, change.object_id,
               change.object_version, change.division_code, m_at);
  }
  events.finish();
  store::CopyIn locators(m_transaction.connection(), store::query::change::copy_locators);
  for (const Noted& noted : m_changes) {
    if (noted.is_new) locators.row(noted.change.object_id, m_county_code, noted.change.object_kind);
  }
  locators.finish();
  m_transaction.run(store::query::event::set_counter, m_county_code, m_last_event);
  m_changes.clear();
}

}  // namespace menpai::app

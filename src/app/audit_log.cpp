// SPDX-License-Identifier: Apache-2.0
#include "app/audit_log.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

constexpr auto flush_interval = std::chrono::seconds(10);
/// A flood from many addresses must not fill the memory: beyond this, strangers are counted together.
constexpr std::size_t counted_max = 10'000;

void insert(store::Connection& connection, const access::AuditRecord& record, store::Timestamp first,
            store::Timestamp last) {
  const Caller& caller = record.caller;
  const auto known = [](const Uuid& id) { return id.is_nil() ? std::optional<Uuid>() : std::optional<Uuid>(id); };
  connection.run(store::query::audit::add, Uuid::make(), first, last, record.count, caller.name, role_name(caller.role),
                 known(caller.account), known(caller.session), caller.origin, caller.request_id,
                 action_name(record.action), record.object_kind, record.object_id, record.is_allowed, record.rule);
}

std::string key_of(const access::AuditRecord& record) {
  std::string key = record.caller.session.text() + record.caller.account.text();
  key += '|' + record.caller.origin + '|' + std::string(action_name(record.action)) + '|' + record.rule;
  key += record.is_allowed ? "|1|" : "|0|";
  return key + record.object_kind + '|' + record.object_id;
}

}  // namespace

AuditLog::AuditLog(store::Store& store) : m_store(store), m_thread([this] { run(); }) {}

AuditLog::~AuditLog() {
  {
    const std::lock_guard lock(m_mutex);
    m_is_ending = true;
  }
  m_wake.notify_all();
  m_thread.join();
}

void AuditLog::write(const access::AuditRecord& record) {
  const store::Timestamp at = store::now();
  const store::Lease lease = m_store.take();
  insert(*lease, record, at, at);
}

void AuditLog::count(const access::AuditRecord& record) {
  const store::Timestamp at = store::now();
  const std::lock_guard lock(m_mutex);
  const bool is_full = m_counted.size() >= counted_max;
  access::AuditRecord copy = record;
  if (is_full && record.caller.role == Role::nobody) copy.caller.origin = "many";
  const auto [found, is_new] = m_counted.try_emplace(key_of(copy), Counted{copy, at, at});
  if (!is_new) found->second.record.count += record.count;
  found->second.last = at;
}

void AuditLog::flush() {
  std::map<std::string, Counted> taken;
  {
    const std::lock_guard lock(m_mutex);
    taken.swap(m_counted);
  }
  try {
    if (!taken.empty()) {
      const store::Lease lease = m_store.take();
      store::Transaction transaction(*lease);
      for (const auto& [key, counted] : taken) insert(*lease, counted.record, counted.first, counted.last);
      transaction.commit();
      taken.clear();
    }
  } catch (const Error&) {
    // The database is away: what was counted is kept for the next time.
    const std::lock_guard lock(m_mutex);
    for (auto& [key, counted] : taken) {
      const auto [found, is_new] = m_counted.try_emplace(key, counted);
      if (is_new) continue;
      found->second.record.count += counted.record.count;
      found->second.first = counted.first;
    }
  }
}

void AuditLog::run() {
  std::unique_lock lock(m_mutex);
  while (!m_is_ending) {
    m_wake.wait_for(lock, flush_interval, [this] { return m_is_ending; });
    lock.unlock();
    flush();
    lock.lock();
  }
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// The record of decisions: at once for what changes something or is refused, counted for the many reads of a session.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "access/policy.hpp"
#include "store/store.hpp"

namespace menpai::app {

class AuditLog {
 public:
  explicit AuditLog(store::Store& store);
  /// Stores what is still counted.
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  /// Returns when the row is committed. Throws unavailable, disk_full.
  void write(const access::AuditRecord& record);
  /// Adds its count to one that is stored within ten seconds. Never throws for the database's sake.
  void count(const access::AuditRecord& record);
  /// Stores all counts now.
  void flush();

 private:
  struct Counted {
    access::AuditRecord record;
    store::Timestamp first, last;
  };
  void run();

  store::Store& m_store;
  std::mutex m_mutex;
  std::condition_variable m_wake;
  std::map<std::string, Counted> m_counted;
  bool m_is_ending = false;
  std::thread m_thread;
};

}  // namespace menpai::app

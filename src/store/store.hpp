// SPDX-License-Identifier: Apache-2.0
// The one store of records: a private cluster or a given server, migrated, behind a pool.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "store/cluster.hpp"
#include "store/pool.hpp"
#include "store/sqlstate.hpp"

namespace menpai::store {

struct StoreOptions {
  std::filesystem::path data_dir;
  std::string database_url;       ///< libpq URL or conninfo; empty for the private cluster in data_dir
  std::filesystem::path program;  ///< the binary that knows `cluster`; empty for the running one
  unsigned connections_max = 16;
  std::chrono::milliseconds wait = std::chrono::seconds(10);  ///< for a free connection
  bool is_migrating = true;                                   ///< bring it to this program's shape when opening
};

/// Shared by all threads; outlives every Lease.
class Store {
 public:
  /// Throws unavailable, forbidden, conflict (a database of another release).
  static std::unique_ptr<Store> open(const StoreOptions& options);

  Lease take() { return m_pool->take(); }

  /// One statement on its own.
  template <class... A>
  Result run(const Query& query, const A&... values) {
    const Lease lease = take();
    return lease->run(query, values...);
  }

  /// Runs `work` in one transaction and commits it. After a serialization failure or a deadlock it is run again, at
  /// most five times: it must have no other effect than on the database.
  void transact(const std::function<void(Transaction&)>& work);

  Pool::Figures figures() const { return m_pool->figures(); }
  /// Nothing where a given server is used.
  Cluster* cluster() const { return m_cluster.get(); }

 private:
  Store() = default;
  std::unique_ptr<Cluster> m_cluster;
  std::unique_ptr<Pool> m_pool;
};

}  // namespace menpai::store

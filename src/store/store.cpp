// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

#include <random>
#include <thread>

#include "base/error.hpp"
#include "store/migrate.hpp"
#include "store/queries.hpp"

namespace menpai::store {
namespace {

/// A given server must bring PostgreSQL 15 and PostGIS; the extension is made where this account may do so.
void check_server(Connection& connection) {
  const auto [version, has_postgis] = connection.run(query::operation::server_facts).only().as<int, bool>();
  if (version < 150000) {
    throw Error(ErrorCode::unsupported,
                "The database server is PostgreSQL " + std::to_string(version / 10000) + "; Menpai needs 15 or newer.");
  }
  if (has_postgis) return;
  try {
    connection.run(query::operation::create_postgis);
  } catch (const DatabaseError& error) {
    throw Error(ErrorCode::unavailable,
                "The database has no PostGIS and this account may not add it. Its administrator must run there: CREATE "
                "EXTENSION postgis;",
                error.detail());
  }
}

}  // namespace

std::unique_ptr<Store> Store::open(const StoreOptions& options) {
  std::unique_ptr<Store> store(new Store());
  std::function<std::string()> endpoint;
  if (options.database_url.empty()) {
    store->m_cluster = Cluster::open(options.data_dir, options.program);
    endpoint = [cluster = store->m_cluster.get()] { return cluster->endpoint(); };
  } else {
    endpoint = [url = options.database_url] { return url; };
  }
  const auto patience = store->m_cluster ? std::chrono::seconds(20) : std::chrono::seconds(0);
  store->m_pool = std::make_unique<Pool>(std::move(endpoint), options.connections_max, options.wait, patience);
  const Lease lease = store->take();
  if (!options.database_url.empty()) check_server(*lease);
  if (options.is_migrating) migrate(*lease);
  return store;
}

void Store::transact(const std::function<void(Transaction&)>& work) {
  constexpr int attempts_max = 5;
  for (int attempt = 1;; ++attempt) {
    try {
      const Lease lease = take();
      Transaction transaction(*lease);
      work(transaction);
      transaction.commit();
      return;
    } catch (const DatabaseError& error) {
      if (!error.is_retryable() || attempt == attempts_max) throw;
    }
    thread_local std::minstd_rand random(std::random_device{}());
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % static_cast<unsigned>(20 << attempt)));
  }
}

}  // namespace menpai::store

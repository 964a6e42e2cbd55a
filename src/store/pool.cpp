// SPDX-License-Identifier: Apache-2.0
#include "store/pool.hpp"

#include <thread>

#include "base/error.hpp"
#include "store/sqlstate.hpp"

namespace menpai::store {

Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection) : m_pool(&pool), m_connection(std::move(connection)) {}

Lease::~Lease() {
  if (m_connection) m_pool->give_back(std::move(m_connection));
}

Pool::Pool(std::function<std::string()> endpoint, unsigned connections_max, std::chrono::milliseconds wait,
           std::chrono::milliseconds patience)
    : m_endpoint(std::move(endpoint)), m_connections_max(connections_max), m_wait(wait), m_patience(patience) {}

std::unique_ptr<Connection> Pool::connect() {
  const auto end = std::chrono::steady_clock::now() + m_patience;
  for (;;) {
    try {
      return Connection::open(m_endpoint(), std::chrono::seconds(10));
    } catch (const DatabaseError& error) {
      // Away or starting; a wrong password or name does not mend by waiting.
      const bool is_passing = error.sqlstate().starts_with("08") || error.sqlstate().starts_with("57P");
      if (!is_passing || std::chrono::steady_clock::now() > end) throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

Lease Pool::take() {
  {
    std::unique_lock lock(m_mutex);
    const auto has_room = [this] { return m_busy < m_connections_max; };
    if (!m_freed.wait_for(lock, m_wait, has_room)) {
      ++m_timed_out;
      throw Error(ErrorCode::unavailable, "All connections to the database are in use. Try again in a moment.");
    }
    ++m_busy;
    while (!m_idle.empty()) {
      std::unique_ptr<Connection> connection = std::move(m_idle.back());
      m_idle.pop_back();
      if (connection->usable()) return {*this, std::move(connection)};
    }
  }
  try {
    std::unique_ptr<Connection> connection = connect();
    const std::lock_guard lock(m_mutex);
    ++m_opened;
    return {*this, std::move(connection)};
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(m_mutex);
    --m_busy;
    // One that is still inside a transaction was left by a bug or an exception: the server rolls back when it closes.
    if (connection && connection->usable() && !connection->in_transaction()) m_idle.push_back(std::move(connection));
  }
  m_freed.notify_one();
}

Pool::Figures Pool::figures() const {
  const std::lock_guard lock(m_mutex);
  return {m_busy + static_cast<unsigned>(m_idle.size()), m_busy, m_opened, m_timed_out};
}

}  // namespace menpai::store

// SPDX-License-Identifier: Apache-2.0
// A bounded set of connections that heals itself: a server that went away and came back costs its callers one error
// each at the most.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/connection.hpp"

namespace menpai::store {

class Pool;

/// A connection borrowed from the pool, given back when it dies.
class Lease {
 public:
  Lease(Lease&& other) noexcept = default;
  Lease& operator=(Lease&&) = delete;
  ~Lease();
  Connection& operator*() const { return *m_connection; }
  Connection* operator->() const { return m_connection.get(); }

 private:
  friend class Pool;
  Lease(Pool& pool, std::unique_ptr<Connection> connection);
  Pool* m_pool;
  std::unique_ptr<Connection> m_connection;
};

class Pool {
 public:
  /// `endpoint` gives the conninfo anew for every connection (a private cluster may have to be started first, and then
  /// it throws unavailable while it cannot be). A server that does not answer is asked again until `patience` is over:
  /// a private one is back within seconds.
  Pool(std::function<std::string()> endpoint, unsigned connections_max, std::chrono::milliseconds wait,
       std::chrono::milliseconds patience);

  /// A usable connection. Throws unavailable if none is free within the wait, or the database does not answer.
  Lease take();

  struct Figures {
    unsigned open = 0, busy = 0;
    std::uint64_t opened = 0;     ///< connections made since the start
    std::uint64_t timed_out = 0;  ///< times nobody gave one back in time
  };
  Figures figures() const;

 private:
  friend class Lease;
  void give_back(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connect();

  std::function<std::string()> m_endpoint;
  unsigned m_connections_max;
  std::chrono::milliseconds m_wait;
  std::chrono::milliseconds m_patience;
  mutable std::mutex m_mutex;
  std::condition_variable m_freed;
  std::vector<std::unique_ptr<Connection>> m_idle;  // the last given back is taken first
  unsigned m_busy = 0;
  std::uint64_t m_opened = 0;
  std::uint64_t m_timed_out = 0;
};

}  // namespace menpai::store

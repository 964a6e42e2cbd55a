// SPDX-License-Identifier: Apache-2.0
// The threads on which handlers run: lanes with a limit each, so that slow work never takes the last thread.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "http/route.hpp"

namespace menpai::http {

class WorkerPool {
 public:
  /// `workers` threads (at least 1). All may do quick work, all but one heavy work, at most two passwords.
  explicit WorkerPool(unsigned workers);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False if that many tasks of the lane wait already: say "come later". Tasks must not throw.
  bool post(Lane lane, std::function<void()> task);
  /// Lets running and waiting tasks end, then ends the threads. Nothing is taken afterwards.
  void stop();

  std::size_t waiting() const;
  unsigned running() const;

 private:
  struct Queue {
    std::deque<std::function<void()>> tasks;
    std::size_t waiting_max = 0;
    unsigned running = 0;
    unsigned running_max = 1;
  };
  void work();
  Queue* next_queue();

  mutable std::mutex m_mutex;
  std::condition_variable m_wake;
  std::array<Queue, lane_count> m_queues;
  std::size_t m_turn = 0;
  bool m_stopping = false;
  std::vector<std::thread> m_threads;
};

}  // namespace menpai::http

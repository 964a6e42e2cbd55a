// SPDX-License-Identifier: Apache-2.0
#include "http/worker_pool.hpp"

#include <algorithm>

namespace menpai::http {
namespace {

// Of the quick and heavy lanes the connections are the bound; a guesser of passwords must not fill hours of waiting.
constexpr std::size_t waiting_max = 16384;
constexpr std::size_t passwords_waiting_max = 64;

}  // namespace

WorkerPool::WorkerPool(unsigned workers) {
  workers = std::max(workers, 1U);
  const unsigned but_one = std::max(workers - 1, 1U);
  m_queues[static_cast<std::size_t>(Lane::quick)] = {{}, waiting_max, 0, workers};
  m_queues[static_cast<std::size_t>(Lane::heavy)] = {{}, waiting_max, 0, but_one};
  m_queues[static_cast<std::size_t>(Lane::password)] = {{}, passwords_waiting_max, 0, std::min(but_one, 2U)};
  for (unsigned i = 0; i < workers; ++i) m_threads.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  stop();
}

bool WorkerPool::post(Lane lane, std::function<void()> task) {
  {
    const std::lock_guard lock(m_mutex);
    Queue& queue = m_queues[static_cast<std::size_t>(lane)];
    if (m_stopping || queue.tasks.size() >= queue.waiting_max) return false;
    queue.tasks.push_back(std::move(task));
  }
  m_wake.notify_one();
  return true;
}

void WorkerPool::stop() {
  {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
  }
  m_wake.notify_all();
  for (std::thread& thread : m_threads) {
    if (thread.joinable()) thread.join();
  }
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(m_mutex);
  std::size_t sum = 0;
  for (const Queue& queue : m_queues) sum += queue.tasks.size();
  return sum;
}

unsigned WorkerPool::running() const {
  const std::lock_guard lock(m_mutex);
  unsigned sum = 0;
  for (const Queue& queue : m_queues) sum += queue.running;
  return sum;
}

WorkerPool::Queue* WorkerPool::next_queue() {
  for (std::size_t i = 0; i < m_queues.size(); ++i) {
    Queue& queue = m_queues[(m_turn + i) % m_queues.size()];
    if (queue.tasks.empty() || queue.running >= queue.running_max) continue;
    m_turn = (m_turn + i + 1) % m_queues.size();
    return &queue;
  }
  return nullptr;
}

void WorkerPool::work() {
  std::unique_lock lock(m_mutex);
  while (true) {
    Queue* queue = next_queue();
    if (!queue) {
      const bool empty = std::all_of(m_queues.begin(), m_queues.end(), [](const Queue& q) { return q.tasks.empty(); });
      if (m_stopping && empty) return;
      m_wake.wait(lock);
      continue;
    }
    const std::function<void()> task = std::move(queue->tasks.front());
    queue->tasks.pop_front();
    ++queue->running;
    lock.unlock();
    task();
    lock.lock();
    --queue->running;
    // A limited lane may have held back a task that another thread could take now.
    if (m_stopping) {
      m_wake.notify_all();
    } else if (!queue->tasks.empty()) {
      m_wake.notify_one();
    }
  }
}

}  // namespace menpai::http

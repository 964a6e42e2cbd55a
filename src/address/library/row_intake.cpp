// SPDX-License-Identifier: Apache-2.0
#include "address/library/row_intake.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace menpai::address {
namespace {

class Intake {
 public:
  Intake(const DivisionIndex& index, const NextRows& next, const PutRows& put)
      : m_index(index), m_next(next), m_put(put) {}

  void work() noexcept {
    try {
      RowReader reader(m_index);
      RowBatch batch;
      std::vector<SourceAddress> rows;
      for (;;) {
        const Turn turn = take(rows);
        if (turn.ended) return;
        reader.read(rows, turn.first_row, batch);
        if (!wait_for(turn)) return;
        m_put(rows, batch);
        pass_on();
      }
    } catch (...) {
      fail(std::current_exception());
    }
  }

  void rethrow() const {
    if (m_failure) std::rethrow_exception(m_failure);
  }

 private:
  struct Turn {
    std::uint64_t number = 0;
    std::uint32_t first_row = 0;
    bool ended = false;
  };

  Turn take(std::vector<SourceAddress>& rows) {
    const std::lock_guard lock(m_input);
    if (!m_ended) m_ended = !m_next(rows);
    if (m_ended) return {.ended = true};
    const Turn turn{m_taken++, m_rows, false};
    m_rows += static_cast<std::uint32_t>(rows.size());
    return turn;
  }

  /// False if another thread has failed.
  bool wait_for(const Turn& turn) {
    std::unique_lock lock(m_output);
    m_passed.wait(lock, [&] { return m_put_count == turn.number || m_failure; });
    return !m_failure;
  }

  void pass_on() {
    {
      const std::lock_guard lock(m_output);
      ++m_put_count;
    }
    m_passed.notify_all();
  }

  void fail(std::exception_ptr failure) {
    {
      const std::lock_guard lock(m_output);
      if (!m_failure) m_failure = std::move(failure);
    }
    m_passed.notify_all();
    const std::lock_guard lock(m_input);
    m_ended = true;
  }

  const DivisionIndex& m_index;
  const NextRows& m_next;
  const PutRows& m_put;
  std::mutex m_input;
  std::uint64_t m_taken = 0;
  std::uint32_t m_rows = 0;
  bool m_ended = false;
  std::mutex m_output;
  std::condition_variable m_passed;
  std::uint64_t m_put_count = 0;
  std::exception_ptr m_failure;
};

}  // namespace

void read_in_order(const DivisionIndex& index, const NextRows& next, const PutRows& put, unsigned threads) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  Intake intake(index, next, put);
  {
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back([&] { intake.work(); });
    intake.work();
  }
  intake.rethrow();
}

}  // namespace menpai::address

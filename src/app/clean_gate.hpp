// SPDX-License-Identifier: Apache-2.0
// How much of the machine one caller may have for cleaning texts: requests at a time, and rows a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "model/access.hpp"

namespace menpai::app {

class CleanGate {
 public:
  using Clock = std::chrono::steady_clock;

  /// `requests_max` at least 1; `rows_per_second` 0: no limit.
  CleanGate(unsigned requests_max, unsigned rows_per_second)
      : m_requests_max(requests_max), m_rows_per_second(rows_per_second) {}

  /// The right to one request, until it is destroyed.
  class Pass {
   public:
    Pass(CleanGate& gate, std::string key) : m_gate(&gate), m_key(std::move(key)) {}
    Pass(Pass&& other) noexcept : m_gate(other.m_gate), m_key(std::move(other.m_key)) { other.m_gate = nullptr; }
    Pass& operator=(Pass&&) = delete;
    ~Pass();
    /// Takes so many rows from the caller's allowance, which may go below nothing; how long he has to wait until it is
    /// made good.
    std::chrono::milliseconds charge(std::uint64_t rows, Clock::time_point now = Clock::now());

   private:
    CleanGate* m_gate;
    std::string m_key;
  };
  /// Throws busy if the caller has as many requests under way as he may, or has to wait for his rows.
  Pass enter(const Caller& caller, Clock::time_point now = Clock::now());

 private:
  struct Use {
    unsigned requests = 0;
    double owed_rows = 0;  ///< at `at`; melts away at the rate
    Clock::time_point at;
  };
  void settle(Use& use, Clock::time_point now) const;
  std::chrono::milliseconds wait_of(const Use& use) const;

  unsigned m_requests_max;
  unsigned m_rows_per_second;
  std::mutex m_mutex;
  std::map<std::string, Use> m_use;  ///< by account; callers who owe nothing and ask nothing are forgotten
};

}  // namespace menpai::app

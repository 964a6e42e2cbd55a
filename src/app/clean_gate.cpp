// SPDX-License-Identifier: Apache-2.0
#include "app/clean_gate.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace menpai::app {
namespace {

constexpr double burst_s = 1;            // so much may be taken in advance
constexpr std::size_t forget_at = 4096;  // callers known before those at rest are dropped

std::string key_of(const Caller& caller) {
  return caller.account.is_nil() ? caller.origin : caller.account.text();
}

}  // namespace

void CleanGate::settle(Use& use, Clock::time_point now) const {
  const double seconds = std::chrono::duration<double>(std::max(now - use.at, Clock::duration::zero())).count();
  use.owed_rows = std::max(0.0, use.owed_rows - seconds * m_rows_per_second);
  use.at = now;
}

std::chrono::milliseconds CleanGate::wait_of(const Use& use) const {
  if (m_rows_per_second == 0) return std::chrono::milliseconds(0);
  const double over = use.owed_rows - burst_s * m_rows_per_second;
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::max(0.0, 1000 * over / m_rows_per_second)));
}

CleanGate::Pass CleanGate::enter(const Caller& caller, Clock::time_point now) {
  std::string key = key_of(caller);
  const std::lock_guard lock(m_mutex);
  if (m_use.size() >= forget_at) {
    for (auto known = m_use.begin(); known != m_use.end();) {
      settle(known->second, now);
      const bool is_at_rest = known->second.requests == 0 && known->second.owed_rows == 0;
      known = is_at_rest ? m_use.erase(known) : std::next(known);
    }
  }
  Use& use = m_use.try_emplace(key, Use{0, 0, now}).first->second;
  settle(use, now);
  if (use.requests >= m_requests_max) {
    throw Error(ErrorCode::busy, "You have " + std::to_string(use.requests) +
                                     " cleaning requests under way, as many as one caller may "
                                     "(service.requests_max). Wait until one has ended.");
  }
  if (const auto wait = wait_of(use); wait.count() > 0) {
    throw Error(ErrorCode::busy, "You have cleaned more rows than one caller may in a second (" +
                                     std::to_string(m_rows_per_second) + ", service.rows_per_second). Wait " +
                                     std::to_string(wait.count() / 1000 + 1) + " seconds.");
  }
  ++use.requests;
  return {*this, std::move(key)};
}

std::chrono::milliseconds CleanGate::Pass::charge(std::uint64_t rows, Clock::time_point now) {
  const std::lock_guard lock(m_gate->m_mutex);
  Use& use = m_gate->m_use.at(m_key);
  m_gate->settle(use, now);
  if (m_gate->m_rows_per_second > 0) use.owed_rows += static_cast<double>(rows);
  return m_gate->wait_of(use);
}

CleanGate::Pass::~Pass() {
  if (m_gate == nullptr) return;
  const std::lock_guard lock(m_gate->m_mutex);
  const auto found = m_gate->m_use.find(m_key);
  if (--found->second.requests == 0 && found->second.owed_rows == 0) m_gate->m_use.erase(found);
}

}  // namespace menpai::app

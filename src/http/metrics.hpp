// SPDX-License-Identifier: Apache-2.0
// What the server counts about itself, in Prometheus' text format (version 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace menpai::http {

/// Connections: written by the I/O thread, read by whoever asks.
struct ConnectionFigures {
  std::atomic<std::uint64_t> open{0};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};  ///< no room and nobody idle
  std::atomic<std::uint64_t> evicted{0};  ///< idle ones that made room
  std::atomic<std::uint64_t> timed_out{0};
};

class Metrics {
 public:
  void record(std::string_view method, const std::string& route, int status, double seconds, std::uint64_t bytes_in,
              std::uint64_t bytes_out);
  /// `extra` are figures of other parts, by their full names.
  std::string text(const std::vector<std::pair<std::string, double>>& extra) const;

  ConnectionFigures connections;

 private:
  static constexpr std::array<double, 9> bounds_s = {0.001, 0.005, 0.02, 0.1, 0.5, 1, 5, 20, 60};
  struct Durations {
    std::array<std::uint64_t, bounds_s.size()> at_most{};  ///< not summed up yet
    std::uint64_t count = 0;
    double seconds = 0;
  };
  mutable std::mutex m_mutex;
  std::map<std::tuple<std::string, std::string, int>, std::uint64_t> m_requests;  ///< method, route, status
  std::map<std::string, Durations> m_durations;                                   ///< by route
  std::uint64_t m_bytes_in = 0;
  std::uint64_t m_bytes_out = 0;
};

}  // namespace menpai::http

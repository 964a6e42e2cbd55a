// SPDX-License-Identifier: Apache-2.0
#include "http/metrics.hpp"

#include <cmath>
#include <fmt/format.h>

namespace menpai::http {

void Metrics::record(std::string_view method, const std::string& route, int status, double seconds,
                     std::uint64_t bytes_in, std::uint64_t bytes_out) {
  const std::lock_guard lock(m_mutex);
  ++m_requests[{std::string(method), route, status}];
  Durations& durations = m_durations[route];
  ++durations.count;
  durations.seconds += seconds;
  for (std::size_t i = 0; i < bounds_s.size(); ++i) {
    if (seconds <= bounds_s[i]) {
      ++durations.at_most[i];
      break;
    }
  }
  m_bytes_in += bytes_in;
  m_bytes_out += bytes_out;
}

std::string Metrics::text(const std::vector<std::pair<std::string, double>>& extra) const {
  std::string out;
  const auto put = [&out](std::string_view name, std::string_view kind, std::string_view help, std::uint64_t number) {
    out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help, kind, number);
  };
  put("menpai_http_connections", "gauge", "Open connections.", connections.open);
  put("menpai_http_connections_accepted_total", "counter", "Connections taken.", connections.accepted);
  put("menpai_http_connections_refused_total", "counter", "Connections closed for want of room.", connections.refused);
  put("menpai_http_connections_evicted_total", "counter", "Idle connections closed to make room.", connections.evicted);
  put("menpai_http_connections_timed_out_total", "counter", "Connections too slow.", connections.timed_out);

  const std::lock_guard lock(m_mutex);
  put("menpai_http_received_bytes_total", "counter", "Bytes of requests.", m_bytes_in);
  put("menpai_http_sent_bytes_total", "counter", "Bytes of responses.", m_bytes_out);
  out += "# HELP menpai_http_requests_total Requests answered.\n# TYPE menpai_http_requests_total counter\n";
  for (const auto& [key, count] : m_requests) {
    const auto& [method, route, status] = key;
    out += fmt::format("menpai_http_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n", method, route,
                       status, count);
  }
  out += "# HELP menpai_http_request_seconds Time from the header to the last byte of the answer.\n";
  out += "# TYPE menpai_http_request_seconds histogram\n";
  for (const auto& [route, durations] : m_durations) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bounds_s.size(); ++i) {
      sum += durations.at_most[i];
      out += fmt::format("menpai_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route, bounds_s[i], sum);
    }
    out += fmt::format("menpai_http_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", route, durations.count);
    out += fmt::format("menpai_http_request_seconds_sum{{route=\"{}\"}} {}\n", route, durations.seconds);
    out += fmt::format("menpai_http_request_seconds_count{{route=\"{}\"}} {}\n", route, durations.count);
  }
  for (const auto& [name, number] : extra) {
    out += fmt::format("# TYPE {0} {1}\n{0} {2}\n", name, name.ends_with("_total") ? "counter" : "gauge", number);
  }
  return out;
}

}  // namespace menpai::http

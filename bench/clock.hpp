// SPDX-License-Identifier: Apache-2.0
// Clocks of the benchmarks, in seconds.
#pragma once

#include <ctime>

namespace menpai::bench {

inline double seconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}
inline double thread_cpu_s() {
  return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}
inline double process_cpu_s() {
  return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}
inline double wall_s() {
  return seconds_of(CLOCK_MONOTONIC);
}

}  // namespace menpai::bench

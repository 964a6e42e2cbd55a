// SPDX-License-Identifier: Apache-2.0
#include "bench/measure.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <numeric>

#include "bench/clock.hpp"
#include "spine/random.hpp"

namespace menpai::bench {
namespace {

volatile std::uint64_t sink = 0;

/// A random cycle through 256 MB.
const std::vector<std::uint32_t>& cycle() {
  static const std::vector<std::uint32_t> next = [] {
    std::vector<std::uint32_t> order(64U << 20);
    std::iota(order.begin(), order.end(), 0U);
    spine::Random random(1);
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    std::vector<std::uint32_t> to(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) to[order[i]] = order[(i + 1) % order.size()];
    return to;
  }();
  return next;
}

double spin() {
  const double begin = thread_cpu_s();
  std::uint64_t x = 1;
  for (int i = 0; i < 50'000'000; ++i) x = x * 6364136223846793005U + 1442695040888963407U;
  sink = x;
  return thread_cpu_s() - begin;
}

double chase() {
  const std::vector<std::uint32_t>& to = cycle();
  const double begin = thread_cpu_s();
  std::uint32_t at = 0;
  for (int i = 0; i < 500'000; ++i) at = to[at];
  sink = at;
  return thread_cpu_s() - begin;
}

double batched() {
  const std::vector<std::uint32_t>& to = cycle();
  std::vector<std::uint32_t> at(16);
  std::iota(at.begin(), at.end(), 1000U);
  const double begin = thread_cpu_s();
  for (int i = 0; i < 500'000 / 16; ++i) {
    for (std::uint32_t& one : at) one = to[one];
  }
  sink = at[3];
  return thread_cpu_s() - begin;
}

}  // namespace

Spread spread_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) { return values[static_cast<std::size_t>(share * double(values.size() - 1))]; };
  return {at(0.5), at(0.25), at(0.75)};
}

Spread ratio_of(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) ratios.push_back(a[i] / b[i]);
  return spread_of(std::move(ratios));
}

Controls read_controls() {
  Controls best{1e9, 1e9, 1e9};
  for (int i = 0; i < 3; ++i) {
    best.spin_s = std::min(best.spin_s, spin());
    best.chase_s = std::min(best.chase_s, chase());
    best.batched_s = std::min(best.batched_s, batched());
  }
  return best;
}

std::string controls_text(const Controls& c) {
  char text[200];
  std::snprintf(text, sizeof text, "spin %.3f s, dependent read %.0f ns, batched read %.1f ns", c.spin_s,
                c.chase_s / 500'000 * 1e9, c.batched_s / 500'000 * 1e9);
  return text;
}

std::vector<std::vector<double>> run_rounds(const std::vector<std::function<void()>>& subjects, int rounds) {
  std::vector<std::vector<double>> taken(subjects.size());
  for (int round = -1; round < rounds; ++round) {
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      const double begin = thread_cpu_s();
      subjects[i]();
      if (round >= 0) taken[i].push_back(thread_cpu_s() - begin);
    }
  }
  return taken;
}

std::string grouped(double value) {
  std::string digits = std::to_string(static_cast<long long>(value + 0.5));
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

}  // namespace menpai::bench

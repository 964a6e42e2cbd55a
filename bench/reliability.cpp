// SPDX-License-Identifier: Apache-2.0
#include "bench/reliability.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "bench/run.hpp"

namespace menpai::bench {

void Reliability::add(double score, bool right) {
  Decile& decile = m_deciles[std::min<std::size_t>(9, static_cast<std::size_t>(score * 10))];
  ++decile.count;
  decile.score += score;
  decile.right += right ? 1 : 0;
}

void Reliability::print(const std::string& name) const {
  constexpr std::size_t few = 100;  // of fewer answers the share says little
  double most = 0;
  std::printf("\n%s: reliability\n%-10s %8s %10s %10s %8s\n", name.c_str(), "score", "answers", "mean score", "right %",
              "off by");
  for (std::size_t i = 0; i < m_deciles.size(); ++i) {
    const Decile& d = m_deciles[i];
    if (d.count == 0) continue;
    const double mean = 100 * d.score / double(d.count);
    const double right = 100.0 * double(d.right) / double(d.count);
    std::printf("%.1f-%.1f    %8zu %10.1f %10.1f %+8.1f%s\n", double(i) / 10, double(i + 1) / 10, d.count, mean, right,
                right - mean, d.count < few ? "  (few)" : "");
    if (d.count >= few) most = std::max(most, std::abs(right - mean));
  }
  std::printf("  off by at most %.1f points where there are %zu answers or more\n", most, few);
  note(name + " reliability off by", most);
}

}  // namespace menpai::bench

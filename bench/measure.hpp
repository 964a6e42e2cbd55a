// SPDX-License-Identifier: Apache-2.0
// Rounds, medians and the control loops that tell how quiet the machine was.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace menpai::bench {

struct Spread {
  double median = 0;
  double low = 0;   ///< lower quartile
  double high = 0;  ///< upper quartile
};
Spread spread_of(std::vector<double> values);
/// Element by element a[i] / b[i]: of the same rounds.
Spread ratio_of(const std::vector<double>& a, const std::vector<double>& b);

/// The same work every time; seconds of CPU for each loop.
struct Controls {
  double spin_s = 0;     ///< arithmetic in registers
  double chase_s = 0;    ///< dependent reads across 256 MB
  double batched_s = 0;  ///< the same reads, 16 at a time
};
Controls read_controls();
std::string controls_text(const Controls& controls);

/// Runs each of `subjects` once a round, in turn, and returns what each took in CPU seconds of its thread, by round.
std::vector<std::vector<double>> run_rounds(const std::vector<std::function<void()>>& subjects, int rounds);

/// 1234567 → "1,234,567".
std::string grouped(double value);

}  // namespace menpai::bench

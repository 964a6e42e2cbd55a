// SPDX-License-Identifier: Apache-2.0
// Whether a score of 0.8 is right eight times in ten.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace menpai::bench {

/// Counts answers by their score.
class Reliability {
 public:
  void add(double score, bool right);
  /// Prints a line for each tenth, and the largest difference among those with at least a hundred answers.
  void print(const std::string& name) const;

 private:
  struct Decile {
    std::size_t count = 0, right = 0;
    double score = 0;
  };
  std::array<Decile, 10> m_deciles{};
};

}  // namespace menpai::bench

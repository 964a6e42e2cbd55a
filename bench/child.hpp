// SPDX-License-Identifier: Apache-2.0
// Runs a program and says what it took.
#pragma once

#include <string>
#include <vector>

namespace menpai::bench {

struct ChildCost {
  double wall_s = 0;
  double cpu_s = 0;      ///< of all its threads, in the kernel as well
  double memory_mb = 0;  ///< the most it held at once, mapped files included; looked at 20 times a second
  std::string output;    ///< what it wrote to standard output
};

/// Runs `arguments` (the first is the program) to its end. Throws unavailable if it cannot be run or fails.
ChildCost run_child(const std::vector<std::string>& arguments);

/// CPU seconds that another process has used so far, to the hundredth.
double cpu_of(int pid);

}  // namespace menpai::bench

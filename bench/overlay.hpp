// SPDX-License-Identifier: Apache-2.0
// What edits over a library cost: those who ask, and the edit itself.
#pragma once

#include <vector>

#include "bench/run.hpp"

namespace menpai::bench {

/// The mix against the library alone and under edits of 0.1 % and 1 % of its addresses (a third retired with a
/// successor, a third changed, a third new), in turn; then how long a single edit takes until a question sees it.
void print_overlay(const std::vector<Workload>& workloads, const Options& options);

}  // namespace menpai::bench

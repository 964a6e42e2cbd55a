// SPDX-License-Identifier: Apache-2.0
// The engine beside what somebody would use instead.
#pragma once

#include "bench/run.hpp"

namespace menpai::bench {

/// Asks the peers and the engine the same 200 texts about the same town (a slow peer those for which a minute of CPU is
/// enough) and prints who was right, and how fast.
void print_peers(const Workload& workload, const DivisionSet& set, const Options& options);

}  // namespace menpai::bench

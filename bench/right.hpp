// SPDX-License-Identifier: Apache-2.0
// How right the engine is on the texts of a workload, how far its scores can be relied upon, and what it gets wrong.
#pragma once

#include "bench/run.hpp"

namespace menpai::bench {

void print_right(const Workload& workload);

/// A list of free texts as a department keeps it (shops and sheds of the town, written by hand, no tree in them), asked
/// for by other writings of the same: how often the right row comes first, and the reliability of the scores.
void print_flat_list(const DivisionSet& set, const Options& options);

}  // namespace menpai::bench

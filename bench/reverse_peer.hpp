// SPDX-License-Identifier: Apache-2.0
// The nearest address beside PostGIS.
#pragma once

#include "bench/run.hpp"

namespace menpai::bench {

/// Asks the engine and PostGIS (an index over the buildings' points, `ORDER BY geom <-> point LIMIT 1`, in a private
/// cluster) for the nearest address of the same points, in turn, and prints rates, ratio, and how often both name a
/// point at the same distance. The engine has `workload.library`; PostGIS gets the points of the same town.
void print_reverse(const Workload& workload, const DivisionSet& set, const Options& options);

}  // namespace menpai::bench

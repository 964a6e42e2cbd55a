// SPDX-License-Identifier: Apache-2.0
// `menpai clean` from file to file beside the engine alone.
#pragma once

#include "bench/run.hpp"

namespace menpai::bench {

/// Writes a list of options.clean_rows rows of the mix, has the program clean it into CSV and into NDJSON, and has the
/// engine answer the same texts from memory with as many threads, in turn. Prints rates, ratios and the memory that the
/// program took at a tenth of the rows and at all of them.
void print_clean_file(const Workload& workload, const Options& options);

}  // namespace menpai::bench

// SPDX-License-Identifier: Apache-2.0
// The first answer of a fresh process from a file that is not in memory.
#pragma once

#include <filesystem>
#include <string>

#include "bench/run.hpp"

namespace menpai::bench {

/// Drops the library from the kernel's memory, starts this program anew and prints how long opening and the first
/// answer took by the clock. `self`: this program.
void print_cold(const Workload& workload, const std::filesystem::path& self);

/// What the fresh process does: opens the library, answers one text, prints the two times. Returns the exit code.
int answer_first(const std::filesystem::path& library, const std::string& text);

}  // namespace menpai::bench

// SPDX-License-Identifier: Apache-2.0
// Runs for an instruction counter: the texts are prepared in one run and answered, one kind a run, in another that does
// nothing else.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "model/division.hpp"

namespace menpai::bench {

/// Writes the libraries and the texts of each kind into `folder`; returns the exit code.
int prepare_counted(const std::filesystem::path& folder, const DivisionSet& set, std::size_t per_kind);

/// Answers the texts of `kind` (exact, format, missing, typo, ambiguous, nonexistent, divisions) once; with "none" it
/// opens the library and answers a single one. Returns the exit code.
int answer_counted(const std::filesystem::path& folder, const std::string& kind);

}  // namespace menpai::bench

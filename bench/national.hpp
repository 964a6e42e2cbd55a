// SPDX-License-Identifier: Apache-2.0
// Addresses all over the nation, for the engine without any address of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/division.hpp"

namespace menpai::bench {

/// Texts that name a town or its county, in full or in part, and an invented house in it. The same every time.
std::vector<std::string> national_texts(const DivisionSet& set, std::size_t count);

/// Writes a library of divisions only into `folder` and returns its name.
std::filesystem::path make_divisions_library(const std::filesystem::path& folder, const DivisionSet& set);

}  // namespace menpai::bench

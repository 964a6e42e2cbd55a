// SPDX-License-Identifier: Apache-2.0
// Files that come with the program: the nation's divisions, the word lists. And which library a command uses.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/settings.hpp"

namespace menpai::app {

/// A file or folder that comes with the program, looked for beside the executable (share/menpai/NAME, ../share/menpai/
/// NAME) and in /usr/share/menpai.
std::optional<std::filesystem::path> find_shared(const std::string& name);

/// The library that commands use: the one named, else library.file of the settings, else DATA/library.mpl, else the
/// nation's divisions that came with the program. Throws not_found that says how to make one.
std::filesystem::path choose_library(const std::filesystem::path& named, const Settings& settings);

}  // namespace menpai::app

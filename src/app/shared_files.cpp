// SPDX-License-Identifier: Apache-2.0
// Looking for what came with the program.
#include "app/shared_files.hpp"

#include <array>

#include "base/error.hpp"

namespace menpai::app {

std::optional<std::filesystem::path> find_shared(const std::string& name) {
  std::error_code failed;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
  const auto beside = failed ? std::filesystem::path() : program.parent_path();
  const std::array<std::filesystem::path, 3> places{beside / "share/menpai", beside.parent_path() / "share/menpai",
                                                    "/usr/share/menpai"};
  for (const auto& place : places)
    if (std::filesystem::exists(place / name, failed)) return place / name;
  return std::nullopt;
}

std::filesystem::path choose_library(const std::filesystem::path& named, const Settings& settings) {
  if (!named.empty()) return named;
  if (!settings.library.empty()) return settings.library;
  std::error_code failed;
  if (!settings.data_dir.empty() && std::filesystem::exists(settings.data_dir / "library.mpl", failed))
    return settings.data_dir / "library.mpl";
  if (const auto shipped = find_shared("divisions.mpl")) return *shipped;
  throw Error(ErrorCode::not_found,
              "There is no library to look addresses up in. Name one with --library, or make the nation's divisions: "
              "menpai library build --divisions-only --divisions web/node_modules -o divisions.mpl");
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Writing the spine: addresses from flat lists, places and buildings with their geometry; and the library made from it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "app/application.hpp"
#include "app/table_file.hpp"
#include "model/level.hpp"

namespace menpai::app {

struct ImportReport {
  std::uint64_t rows = 0;
  std::array<std::uint64_t, 5> outcome{};               ///< by RowOutcome; they sum to rows
  std::map<std::string, std::uint64_t> refused_reason;  ///< stable names
  std::map<std::string, std::uint64_t> held_reason;
};
using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

struct ImportOptions {
  std::map<std::string, std::string> columns;  ///< role → column: address, code, lon, lat, crs
  std::string region;                          ///< division the list is about
  std::string crs;                             ///< cgcs2000 (default), wgs84, gcj02, bd09; a row's own column wins
  std::string source;                          ///< who gave it; default the file's name
  Progress progress;
  TableFileInput table;  ///< how an address list is read; its file and column are not used
};

/// A flat list of address texts becomes the tree. Every row ends as new, changed, same, held or refused. Run again on
/// the same file: all same. Killed half-way: run again, it goes on.
ImportReport import_addresses(Application& app, const Caller& caller, const std::filesystem::path& file,
                              const ImportOptions& options);
/// Places (roads, estates, villages) from GeoJSON: properties name, class, division_code, optional id.
ImportReport import_places(Application& app, const Caller& caller, const std::filesystem::path& file,
                           const ImportOptions& options);
/// Buildings from GeoJSON polygons: properties address (of its main address), name, floors, height_m, use, optional id.
ImportReport import_buildings(Application& app, const Caller& caller, const std::filesystem::path& file,
                              const ImportOptions& options);

/// A list of division changes (old_code, old_name, new_code, changed_on; the usual Chinese headings are known):
/// successions and former names. A row that names no successor is refused with its reason; libraries built afterwards
/// know the rest.
ImportReport import_division_changes(Application& app, const Caller& caller, const std::filesystem::path& file,
                                     const ImportOptions& options);

/// Builds the library file from the register and, if `use`, makes it the one in use (atomically).
struct LibraryReport {
  std::filesystem::path file;
  std::uint64_t addresses = 0;
  std::uint64_t bytes = 0;
};
LibraryReport build_library_from_register(Application& app, const Caller& caller, const std::filesystem::path& file,
                                          const Progress& progress);

/// Loads the nation's divisions into the database; nothing happens if this edition is there already.
std::uint64_t load_divisions(Application& app, const Caller& caller);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Library files made straight from tables and division packages, without a database; and what a library holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/table_file.hpp"
#include "model/division.hpp"

namespace menpai::app {

struct LibraryFacts {
  std::filesystem::path file;
  std::string title;
  std::string division_edition;
  std::string built_at;
  std::uint64_t divisions = 0;
  std::uint64_t addresses = 0;
  std::uint64_t bytes = 0;
  std::string digest;
};
/// Throws what opening throws: not_found, unsupported, damaged. `verify`: reads and verifies all of the file.
LibraryFacts library_facts(const std::filesystem::path& file, bool verify = false);

struct LibrarySource {
  TableFileInput table;  ///< without a file ("-" is one): divisions only
  bool has_table = false;
  /// role → column: address, id, code, lon, lat, division_code, alias; an empty column: none, whatever the names say.
  std::map<std::string, std::string> columns;
  std::string crs;                             ///< of lon and lat: cgcs2000 (default), wgs84, gcj02, bd09
  std::filesystem::path division_packages;     ///< folder node_modules; empty: the divisions that came with the program
  std::string title;                           ///< empty: made from the table's name
};

struct LibraryBuilt {
  LibraryFacts facts;
  std::uint64_t rows = 0;
  std::uint64_t placed = 0;
  std::uint64_t without_division = 0;
  std::uint64_t unreadable = 0;
  std::uint64_t bad_points = 0;  ///< rows whose lon or lat is no number or lies outside; they went in without a point
  double seconds = 0;
  std::vector<std::string> notes;
};

/// Builds and writes FILE, whole or not at all. `address` is required (by `columns`, its own name or a likely one);
/// `id` is the row's number where there is neither such a column nor one of codes.
LibraryBuilt build_library_from_table(const LibrarySource& source, const std::filesystem::path& file,
                                      const WatchFile& watch);

/// Writes the divisions as one gzipped table, so that an installed program can build libraries without the packages.
void save_division_set(const DivisionSet& set, const std::filesystem::path& file);
/// The inverse. Throws damaged.
DivisionSet load_division_set(const std::filesystem::path& file);
/// From the packages in `node_modules`, or, if that is empty, from the table that came with the program. Throws
/// not_found that says what to do.
DivisionSet divisions_of_nation(const std::filesystem::path& node_modules);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// The demo town as files: the register to import, and three departments' untidy lists with the truth beside them.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "spine/town.hpp"
#include "spine/town_dirt.hpp"

namespace menpai::app {

struct DemoTownFilesOptions {
  spine::TownOptions town;
  std::uint64_t dirty_rows = 0;  ///< rows of each untidy list; 0: one for every twenty rooms
  spine::DirtShares shares;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  ///< in rooms
};

/// One department's list.
struct DemoList {
  std::filesystem::path file;
  std::filesystem::path truth;
  std::string column;  ///< the one with the addresses
  std::uint64_t rows = 0;
  std::array<std::uint64_t, spine::dirt_class_count> classes{};
};

struct DemoTownFiles {
  std::filesystem::path places;     ///< places.geojson
  std::filesystem::path buildings;  ///< buildings.geojson
  std::filesystem::path addresses;  ///< addresses.csv: id, address, code, lon, lat, level, division_code
  std::vector<DemoList> lists;      ///< police (CSV, UTF-8 with BOM), tax (XLSX), market (CSV, GB18030)
  spine::TownFacts facts;
};

/// Writes the files into `dir`, which is made if it is not there. Every file appears whole or not at all. The same
/// options give the same bytes (but for the dates inside the XLSX). Memory grows with the untidy rows only. The truth
/// files have row, address_id (empty for class N), class, level (that the text asks for) and kinds. Throws bad_request
/// for more dirty rows than a sheet can hold.
DemoTownFiles write_demo_town(const std::filesystem::path& dir, const DemoTownFilesOptions& options,
                              const spine::TownDivisions& divisions);

/// The same on the divisions that came with the program.
DemoTownFiles write_demo_town(const std::filesystem::path& dir, const DemoTownFilesOptions& options);

/// "A", "B", "C", "D", "N": the classes of dirt in the order of DemoList::classes.
std::string_view demo_class_name(std::size_t dirt);

/// The names that write_demo_town gives its files, without looking whether they are there.
DemoTownFiles demo_town_files(const std::filesystem::path& dir);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Cleaning, matching and parsing of whole files: what `menpai clean`, `match` and `parse` do. No database.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "app/table_file.hpp"
#include "model/answer.hpp"

namespace menpai::app {

struct FileEngine {
  std::filesystem::path library;  ///< a library file
  std::string region;             ///< division code where the rows come from, may be empty
  unsigned threads = 0;           ///< 0: one a core
  bool divisions_only = false;    ///< clean_file: as address::Engine::divide
  double grade_a_min = 0;         ///< clean_file: see the settings clean.grade_a_min and clean.grade_b_min
  double grade_b_min = 0;
};

/// Adds cleaned_columns() (app/cleaned_cells.hpp) to every row. The output is CSV where neither name nor option says
/// another form.
FileSummary clean_file(const TableFileInput& input, const TableFileOutput& output, const FileEngine& engine,
                       const WatchFile& watch);

/// Adds the column `candidates`: a JSON array of at most `top` addresses of the library, best first, each with id,
/// address, code, division_code, level, score, grade, lon, lat and reasons. NDJSON where nothing says another form.
FileSummary match_file(const TableFileInput& input, const TableFileOutput& output, const FileEngine& engine, int top,
                       const WatchFile& watch);

/// Adds the column `elements`: a JSON array of {label, start, end} in code points that tiles the text. NDJSON where
/// nothing says another form.
FileSummary parse_file(const TableFileInput& input, const TableFileOutput& output, const FileEngine& engine,
                       const WatchFile& watch);

/// One answer for one text.
Answer find_in_library(const FileEngine& engine, std::string_view text);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Comparing two address columns of a table row by row: what `menpai pairs` does. No database.
#pragma once

#include <array>
#include <map>
#include <string>

#include "app/file_cleaning.hpp"
#include "app/table_file.hpp"
#include "model/comparison.hpp"

namespace menpai::app {

/// Which columns hold the two addresses, by name or number; by default those named a and b.
struct PairColumns {
  std::string a = "a";
  std::string b = "b";
};
/// From roles to columns, as --map gives them. Throws bad_request for a role other than a and b.
PairColumns pair_columns(const std::map<std::string, std::string>& map);

struct PairSummary {
  FileSummary file;
  std::array<std::uint64_t, 5> by_relation{};  ///< by Relation
};

/// Adds the columns `score`, `relation` and `reasons` to every row. Needs a library for its divisions only; `engine`'s
/// region settles what a text leaves open. The output is CSV where neither name nor option says another form. Memory
/// does not grow with the table.
PairSummary compare_file(const TableFileInput& input, const PairColumns& columns, const TableFileOutput& output,
                         const FileEngine& engine, const WatchFile& watch);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Runs a table through workers: one thread reads, as many work as there are cores, the caller's thread writes in order.
// Memory is bounded by the pieces under way, whatever the table's length.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/table_file.hpp"
#include "intake/table.hpp"

namespace menpai::app {

/// Makes the added cells of one row. Each thread has its own.
class RowWorker {
 public:
  virtual ~RowWorker() = default;
  /// Fills `cells` and `kinds` (one each a column added) for the address `text`; valid until the next call.
  virtual void work(std::string_view text, std::vector<std::string_view>& cells,
                    std::vector<intake::CellKind>& kinds) = 0;
  /// The row's text of the job's second column; called before work() where there is one.
  virtual void take_second(std::string_view /*text*/) {}
  /// The addresses of the next rows; work() is then called for each, in this order. For workers that are faster with
  /// many at once.
  virtual void expect(std::span<const std::string_view> /*texts*/) {}
  /// Adds what it counted.
  virtual void count_into(FileSummary& /*summary*/) const {}
};

/// The options in the words of the readers. Throws bad_request for a word that it does not know.
intake::TableOptions table_options(const TableFileInput& input);

struct RowJob {
  std::vector<std::string> added_columns;  ///< the input's own columns of these names are replaced
  std::string second_column;               ///< of the input, also handed to the worker; empty: none
  std::function<std::unique_ptr<RowWorker>()> make_worker;
  intake::TableFormat form_otherwise = intake::TableFormat::csv;  ///< where neither option nor name tells
  unsigned threads = 0;                                           ///< 0: one a core
};

/// Every row in becomes one row out: the input's cells in their order, then the added ones, then cells that the header
/// does not name. Throws what reading, working and writing throw; then no output file appears.
FileSummary run_rows(const TableFileInput& input, const TableFileOutput& output, const RowJob& job,
                     const WatchFile& watch);

}  // namespace menpai::app

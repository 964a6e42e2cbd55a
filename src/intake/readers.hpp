// SPDX-License-Identifier: Apache-2.0
// The readers behind TableReader::open, one a form, and what they share.
#pragma once

#include <memory>
#include <string>

#include "base/error.hpp"
#include "intake/charset.hpp"
#include "intake/table.hpp"

namespace menpai::intake {

/// What the readers are opened with.
struct TableInput {
  std::string name;  ///< for messages
  TableFormat format = TableFormat::csv;
  TableOptions options;
};

std::unique_ptr<TableReader> open_delimited(std::unique_ptr<ByteSource> bytes, const TableInput& input);
std::unique_ptr<TableReader> open_ndjson(std::unique_ptr<ByteSource> bytes, const TableInput& input);
/// `bytes` must be seekable.
std::unique_ptr<TableReader> open_xlsx(std::unique_ptr<ByteSource> bytes, const TableInput& input);

/// True if decoded text can not be a table: more than ten and a tenth of its characters are control characters or were not
/// readable at all.
bool looks_binary(std::string_view text);

/// "row 17 of list.csv"; rows count from 1 under the header, as in `Position`.
std::string place_of_row(const TableInput& input, std::uint64_t row);

[[noreturn]] void throw_empty(const TableInput& input);
[[noreturn]] void throw_no_table(const TableInput& input, std::string_view what_it_is);
/// Throws too_large if the row is beyond a limit.
void check_row(const std::vector<std::string_view>& cells, std::uint64_t row, const TableInput& input);
[[noreturn]] void throw_row_too_large(std::uint64_t row, const TableInput& input);
/// "column_1" …
std::vector<std::string> numbered_columns(std::size_t count);
/// Throws bad_request if no name is there at all, too_large if there are too many.
void check_header(const std::vector<std::string>& columns, const TableInput& input);

}  // namespace menpai::intake

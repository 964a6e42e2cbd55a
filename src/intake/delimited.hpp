// SPDX-License-Identifier: Apache-2.0
// CSV and TSV: RFC 4180 with what departments really send.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace menpai::intake {

/// How the lines of one file are built.
struct Dialect {
  char delimiter = ',';
  char line_end = '\n';  ///< '\n' also for CR LF; '\r' where the file has no LF at all
};

/// Guesses the dialect from the beginning of a text. A delimiter counts if the header has it and most lines have it as
/// often as the header; the one that makes most columns wins. Where the header has none, there is one column and no
/// delimiter (NUL). `fixed` names the delimiter.
Dialect guess_dialect(std::string_view head, char fixed);

enum class RowScan {
  complete,   ///< a row was cut out
  need_more,  ///< the row goes on behind the end of the text
};

/// Cuts rows out of a text that it may change (doubled quotes are undone in place).
class RowCutter {
 public:
  RowCutter(Dialect dialect, std::size_t cell_bytes_max) : m_dialect(dialect), m_cell_bytes_max(cell_bytes_max) {}

  /// Cuts the row that begins at `pos` (< size) and moves `pos` behind its line end. `whole`: nothing follows the text,
  /// so that its end ends the row. Cells point into `text`. Amortised linear, whatever the quotes do.
  RowScan cut(char* text, std::size_t size, bool whole, std::size_t& pos, std::vector<std::string_view>& cells);

 private:
  struct QuotedCell {
    std::size_t begin;  ///< behind the opening quote
    std::size_t end;    ///< at the closing quote, or the cell's end where the quotes are wrong
    std::size_t next;   ///< at the delimiter, the line end or the end of the text
    bool doubled;       ///< has "" inside
    bool literal;       ///< quotes are wrong: the cell is the text as it stands
  };
  enum class QuoteScan { found, need_more };
  QuoteScan scan_quoted(const char* text, std::size_t size, bool whole, std::size_t open, QuotedCell& cell) const;
  std::size_t scan_plain(const char* text, std::size_t size, std::size_t from) const;
  bool ends_cell(const char* text, std::size_t size, bool whole, std::size_t at) const;

  Dialect m_dialect;
  std::size_t m_cell_bytes_max;
  std::vector<std::size_t> m_doubled;  ///< cells of this row with doubled quotes
};

}  // namespace menpai::intake

// SPDX-License-Identifier: Apache-2.0
// The rows of one sheet, block by block.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "intake/xlsx_book.hpp"
#include "intake/xml.hpp"

namespace menpai::intake {

/// One row with anything in it. `cells` has no empty tail.
struct SheetRow {
  std::uint32_t number = 0;  ///< in the sheet, from 1
  std::vector<std::string_view> cells;
};

/// Streams a sheet.
class SheetReader final : private XmlHandler {
 public:
  SheetReader(std::unique_ptr<PackageEntry> entry, const SharedStrings& strings,
              const std::vector<NumberFormat>& styles, bool dates_from_1904, std::vector<MergedRange> merged,
              const TableInput& input);

  /// The next row; its cells are valid until the next call. False at the end.
  bool next(SheetRow& row);
  /// Rows below `row` are data: merged ranges that begin above are of the header.
  void begin_filling(std::uint32_t row);
  /// Repeats the texts of cells that are merged downwards, in the first column of their range. For each row in turn.
  void fill_down(SheetRow& row);
  /// True if a range of merged cells that begins in `row` spans several columns.
  bool has_wide_merge(std::uint32_t row) const;
  const PackageEntry& entry() const { return *m_entry; }

 private:
  struct Cell {
    std::uint32_t column;
    std::size_t begin;
    std::size_t end;
  };
  struct ParsedRow {
    std::uint32_t number;
    std::size_t first_cell;
    std::size_t last_cell;
  };
  struct Filling {
    std::uint32_t last_row;
    std::string text;
  };
  enum class CellType : std::uint8_t { number, shared, inline_text, formula_text, boolean, other };

  void start(std::string_view name, const char* const* attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;
  void start_cell(const char* const* attributes);
  void end_cell();
  bool parse_block();
  void drop_given_rows();

  std::unique_ptr<PackageEntry> m_entry;
  const SharedStrings& m_strings;
  const std::vector<NumberFormat>& m_styles;
  bool m_dates_from_1904;
  std::vector<MergedRange> m_merged;
  std::size_t m_next_merged = 0;
  std::map<std::uint32_t, Filling> m_fillings;  ///< by column; rows given out point into the texts
  const TableInput& m_input;
  XmlParser m_parser;
  std::vector<char> m_block;
  bool m_ended = false;

  std::string m_text;  ///< of the cells parsed and not yet given
  std::vector<Cell> m_cells;
  std::vector<ParsedRow> m_rows;  ///< whole ones
  std::size_t m_given = 0;        ///< of m_rows
  std::size_t m_open_row = 0;     ///< first cell of the row that is not whole yet

  std::uint32_t m_row = 0;
  std::uint32_t m_column = 0;
  CellType m_type = CellType::number;
  std::size_t m_style = 0;
  std::string m_value;
  bool m_in_cell = false;
  bool m_in_value = false;
  int m_phonetic = 0;
};

}  // namespace menpai::intake

// SPDX-License-Identifier: Apache-2.0
// Sheet XML → rows (ECMA-376 part 1, 18.3.1.4 c, 18.3.1.73 row, 18.18.11 ST_CellType).
#include "intake/xlsx_sheet.hpp"

#include <algorithm>
#include <charconv>

namespace menpai::intake {

SheetReader::SheetReader(std::unique_ptr<PackageEntry> entry, const SharedStrings& strings,
                         const std::vector<NumberFormat>& styles, bool dates_from_1904, std::vector<MergedRange> merged,
                         const TableInput& input)
    : m_entry(std::move(entry)),
      m_strings(strings),
      m_styles(styles),
      m_dates_from_1904(dates_from_1904),
      m_merged(std::move(merged)),
      m_input(input),
      m_parser(*this, input),
      m_block(std::size_t{64} << 10) {}

bool SheetReader::parse_block() {
  if (m_ended) return false;
  const std::size_t got = m_entry->read(m_block.data(), m_block.size());
  m_ended = got == 0;
  m_parser.feed({m_block.data(), got}, m_ended);
  return true;
}

bool SheetReader::next(SheetRow& row) {
  while (m_given == m_rows.size()) {
    drop_given_rows();
    if (!parse_block()) return false;
  }
  const ParsedRow& parsed = m_rows[m_given++];
  row.number = parsed.number;
  row.cells.clear();
  for (std::size_t i = parsed.first_cell; i < parsed.last_cell; ++i) {
    const Cell& cell = m_cells[i];
    if (row.cells.size() <= cell.column) row.cells.resize(cell.column + 1);
    row.cells[cell.column] = std::string_view(m_text).substr(cell.begin, cell.end - cell.begin);
  }
  return true;
}

void SheetReader::drop_given_rows() {
  m_rows.clear();
  m_given = 0;
  const std::size_t text_begin = m_open_row < m_cells.size() ? m_cells[m_open_row].begin : m_text.size();
  m_text.erase(0, text_begin);
  m_cells.erase(m_cells.begin(), m_cells.begin() + static_cast<std::ptrdiff_t>(m_open_row));
  for (Cell& cell : m_cells) {
    cell.begin -= text_begin;
    cell.end -= text_begin;
  }
  m_open_row = 0;
}

void SheetReader::start(std::string_view name, const char* const* attributes) {
  if (name == "c") {
    start_cell(attributes);
  } else if (name == "v" || name == "t") {
    m_in_value = m_in_cell && m_phonetic == 0;
  } else if (name == "rPh") {
    ++m_phonetic;
  } else if (name == "row") {
    const std::string_view number = attribute(attributes, "r");
    ++m_row;
    if (!number.empty()) std::from_chars(number.data(), number.data() + number.size(), m_row);
    m_column = 0;
    m_open_row = m_cells.size();
  }
}

void SheetReader::start_cell(const char* const* attributes) {
  m_in_cell = true;
  m_value.clear();
  m_style = 0;
  std::string_view type;
  for (; attributes[0] != nullptr; attributes += 2) {
    const std::string_view name = attributes[0];
    const std::string_view value = attributes[1];
    if (name == "r") {
      if (const auto place = parse_cell_place(value)) m_column = place->column;
    } else if (name == "s") {
      std::from_chars(value.data(), value.data() + value.size(), m_style);
    } else if (name == "t") {
      type = value;
    }
  }
  m_type = type.empty() || type == "n" ? CellType::number
           : type == "s"               ? CellType::shared
           : type == "inlineStr"       ? CellType::inline_text
           : type == "str"             ? CellType::formula_text
           : type == "b"               ? CellType::boolean
                                       : CellType::other;
}

void SheetReader::text(std::string_view text) {
  if (!m_in_value) return;
  m_value += text;
  if (m_value.size() > m_input.options.limits.cell_bytes)
    throw Error(ErrorCode::too_large, place_of_row(m_input, m_row) + " has a cell larger than " +
                                          std::to_string(m_input.options.limits.cell_bytes >> 20) +
                                          " MB. Mend it or take it out.");
}

void SheetReader::end(std::string_view name) {
  if (name == "v" || name == "t") {
    m_in_value = false;
  } else if (name == "rPh") {
    --m_phonetic;
  } else if (name == "c") {
    end_cell();
    m_in_cell = false;
  } else if (name == "row") {
    if (m_open_row < m_cells.size()) m_rows.push_back({m_row, m_open_row, m_cells.size()});
    m_open_row = m_cells.size();
  }
}

void SheetReader::end_cell() {
  const std::size_t begin = m_text.size();
  switch (m_type) {
    case CellType::number: {
      const NumberFormat format = m_style < m_styles.size() ? m_styles[m_style] : NumberFormat{};
      if (!m_value.empty()) m_text += number_text(m_value, format, m_dates_from_1904);
      break;
    }
    case CellType::shared: {
      std::size_t index = m_strings.size();
      std::from_chars(m_value.data(), m_value.data() + m_value.size(), index);
      if (m_value.empty()) break;
      if (index >= m_strings.size())
        throw Error(ErrorCode::damaged,
                    m_input.name + " is a damaged workbook: row " + std::to_string(m_row) +
                        " names a text that is not in it. Open it in a spreadsheet and save it anew.");
      m_text += m_strings[index];
      break;
    }
    case CellType::inline_text:
    case CellType::formula_text:
      undo_escapes(m_value);
      [[fallthrough]];
    case CellType::other:
      m_text += m_value;
      break;
    case CellType::boolean:
      m_text += m_value == "1" ? "TRUE" : m_value == "0" ? "FALSE" : m_value;
      break;
  }
  const std::uint32_t column = m_column++;
  if (m_text.size() == begin) return;
  if (column >= m_input.options.limits.columns)
    throw Error(ErrorCode::too_large, place_of_row(m_input, m_row) + " reaches beyond column " +
                                          std::to_string(m_input.options.limits.columns) +
                                          ". Take out what stands far to the right of the table.");
  m_cells.push_back({column, begin, m_text.size()});
  const std::size_t row_begin = m_cells[m_open_row].begin;
  if (m_text.size() - row_begin > m_input.options.limits.row_bytes) throw_row_too_large(m_row, m_input);
}

void SheetReader::begin_filling(std::uint32_t row) {
  while (m_next_merged < m_merged.size() && m_merged[m_next_merged].first.row <= row) ++m_next_merged;
}

bool SheetReader::has_wide_merge(std::uint32_t row) const {
  return std::any_of(m_merged.begin(), m_merged.end(), [&](const MergedRange& range) {
    return range.first.row == row && range.last.column > range.first.column;
  });
}

void SheetReader::fill_down(SheetRow& row) {
  std::erase_if(m_fillings, [&](const auto& filling) { return filling.second.last_row < row.number; });
  for (const auto& [column, filling] : m_fillings) {
    if (row.cells.size() <= column) row.cells.resize(column + 1);
    if (row.cells[column].empty()) row.cells[column] = filling.text;
  }
  for (; m_next_merged < m_merged.size() && m_merged[m_next_merged].first.row <= row.number; ++m_next_merged) {
    const MergedRange& range = m_merged[m_next_merged];
    const std::uint32_t column = range.first.column;
    if (range.first.row != row.number || range.last.row == range.first.row || column >= row.cells.size()) continue;
    // Ranges that lie over each other are wrong; the first one counts.
    if (!row.cells[column].empty())
      m_fillings.try_emplace(column, Filling{range.last.row, std::string(row.cells[column])});
  }
}

}  // namespace menpai::intake

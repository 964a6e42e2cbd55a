// SPDX-License-Identifier: Apache-2.0
// Reads one sheet of an .xlsx workbook as a table: which sheet, where its header is, its rows.
#include <deque>

#include "intake/xlsx_sheet.hpp"

namespace menpai::intake {
namespace {

constexpr std::size_t titles_max = 10;

class XlsxReader final : public TableReader {
 public:
  XlsxReader(std::unique_ptr<ByteSource> bytes, const TableInput& input)
      : m_input(input), m_package(std::move(bytes), m_input) {
    const Workbook book = read_workbook(m_package, m_input);
    if (const auto entry = open_part(book.shared_strings_entry)) m_strings.read(*entry, m_input);
    if (const auto entry = open_part(book.styles_entry)) m_styles = read_cell_styles(*entry, m_input);
    const SheetEntry& sheet = choose_sheet(book);
    auto merged = read_merged_ranges(m_package, sheet.entry, m_input);
    auto entry = m_package.open(sheet.entry);
    if (!entry) throw_empty(m_input);
    m_sheet = std::make_unique<SheetReader>(std::move(entry), m_strings, m_styles, book.dates_from_1904,
                                            std::move(merged), m_input);
    find_header();
  }

  const std::vector<std::string>& columns() const override { return m_columns; }
  TableFormat format() const override { return TableFormat::xlsx; }
  std::string note() const override { return m_note; }

  bool next_row(RowView& row) override {
    row.kinds.clear();
    SheetRow sheet_row;
    if (!m_looked_at.empty()) {
      m_current = std::move(m_looked_at.front());
      m_looked_at.pop_front();
      row.cells.assign(m_current.begin(), m_current.end());
    } else {
      sheet_row.cells = std::move(row.cells);
      if (!m_sheet->next(sheet_row)) return false;
      m_sheet->fill_down(sheet_row);
      row.cells = std::move(sheet_row.cells);
    }
    ++m_row;
    if (row.cells.size() < m_columns.size()) row.cells.resize(m_columns.size());
    return true;
  }

  Position position() const override {
    const std::uint64_t total = m_package.bytes().bytes_total();
    const PackageEntry& entry = m_sheet->entry();
    const double share = entry.plain_bytes() == 0
                             ? 1
                             : static_cast<double>(entry.bytes_read()) / static_cast<double>(entry.plain_bytes());
    return {m_row, static_cast<std::uint64_t>(share * static_cast<double>(total)), total, 0};
  }

 private:
  using Row = std::vector<std::string>;

  std::unique_ptr<PackageEntry> open_part(const std::string& entry) {
    return entry.empty() ? nullptr : m_package.open(entry);
  }

  const SheetEntry& choose_sheet(const Workbook& book) {
    std::string names;
    const SheetEntry* chosen = nullptr;
    for (const SheetEntry& sheet : book.sheets) {
      names += (names.empty() ? "" : ", ") + sheet.name;
      const bool wanted = m_input.options.sheet.empty() ? !sheet.hidden : sheet.name == m_input.options.sheet;
      if (wanted && chosen == nullptr) chosen = &sheet;
    }
    if (chosen == nullptr && m_input.options.sheet.empty() && !book.sheets.empty()) chosen = &book.sheets[0];
    if (book.sheets.empty()) throw_no_table(m_input, "the workbook has no sheet of cells");
    if (chosen == nullptr)
      throw Error(ErrorCode::bad_request,
                  m_input.name + " has no sheet \"" + m_input.options.sheet + "\". Its sheets are: " + names + ".");
    if (book.sheets.size() > 1 && m_input.options.sheet.empty())
      m_note = "Of " + std::to_string(book.sheets.size()) + " sheets (" + names + ") only \"" + chosen->name +
               "\" was read; --sheet names another.";
    return *chosen;
  }

  static std::size_t filled_cells(const SheetRow& row) {
    std::size_t filled = 0;
    for (const auto cell : row.cells) filled += cell.empty() ? 0 : 1;
    return filled;
  }

  /// The header is the first row, but for title lines: a lone cell that is merged over several columns, or that stands
  /// above a row of three cells or more.
  void find_header() {
    SheetRow row;
    std::vector<std::string> titles;
    std::optional<Row> header;
    std::uint32_t header_number = 0;
    bool data_follows = false;
    while (!data_follows && m_sheet->next(row)) {
      const std::size_t filled = filled_cells(row);
      if (header && (m_sheet->has_wide_merge(header_number) || filled >= 3))
        titles.push_back(header->back());
      else if (header)
        data_follows = true;
      if (data_follows) break;
      header.emplace(row.cells.begin(), row.cells.end());
      header_number = row.number;
      if (filled != 1 || !m_input.options.header || titles.size() == titles_max) break;
    }
    if (!header) throw_empty(m_input);
    m_sheet->begin_filling(m_input.options.header ? header_number : 0);
    if (m_input.options.header) {
      m_columns = std::move(*header);
    } else {
      m_columns = numbered_columns(header->size());
      m_looked_at.push_back(std::move(*header));
    }
    if (data_follows) {
      m_sheet->fill_down(row);
      m_looked_at.emplace_back(row.cells.begin(), row.cells.end());
    }
    check_header(m_columns, m_input);
    if (!titles.empty())
      m_note += std::string(m_note.empty() ? "" : " ") + "Above the header stood " + std::to_string(titles.size()) +
                (titles.size() == 1 ? " title line" : " title lines") + ", left out: " + titles.front() + ".";
  }

  TableInput m_input;
  Package m_package;
  SharedStrings m_strings;
  std::vector<NumberFormat> m_styles;
  std::unique_ptr<SheetReader> m_sheet;
  std::vector<std::string> m_columns;
  std::deque<Row> m_looked_at;
  Row m_current;
  std::string m_note;
  std::uint64_t m_row = 0;
};

}  // namespace

std::unique_ptr<TableReader> open_xlsx(std::unique_ptr<ByteSource> bytes, const TableInput& input) {
  return std::make_unique<XlsxReader>(std::move(bytes), input);
}

}  // namespace menpai::intake

// SPDX-License-Identifier: Apache-2.0
// Writes workbooks in constant memory with libxlsxwriter, and checks that what it wrote is whole: the library does not
// look whether its temporary files found room on the disk.
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>
#include <utility>
#include <vector>
#include <xlsxwriter.h>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "intake/writers.hpp"
#include "intake/xlsx_package.hpp"

namespace menpai::intake {
namespace {

constexpr std::uint64_t sheet_rows_max = 1048576;
constexpr std::size_t sheet_columns_max = 16384;
constexpr std::size_t cell_units_max = 32767;  ///< UTF-16 units, Excel's limit
// From here on the sheet's XML may pass 4 GB, which needs the zip64 form that some older programs do not read.
constexpr std::uint64_t zip64_from_bytes = std::uint64_t{1} << 30;

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == 0 ? "/tmp" : folder;
}

/// A file without a name that libraries can open by a path.
class NamelessFile {
 public:
  explicit NamelessFile(const std::string& folder) {
    m_descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (m_descriptor < 0) {
      std::string pattern = folder + "/menpai-XXXXXX";
      m_descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
      if (m_descriptor >= 0) ::unlink(pattern.c_str());
    }
    if (m_descriptor < 0) throw_errno("make a temporary file in " + folder);
  }
  ~NamelessFile() { ::close(m_descriptor); }
  NamelessFile(const NamelessFile&) = delete;
  NamelessFile& operator=(const NamelessFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

 private:
  int m_descriptor;
};

/// True if `text` at `pos` reads as an escape: _x000D_ and the like.
bool is_escape(std::string_view text, std::size_t pos) {
  if (text.compare(pos, 2, "_x") != 0 || pos + 7 > text.size() || text[pos + 6] != '_') return false;
  const std::string_view digits = text.substr(pos + 2, 4);
  return digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Text that XML 1.0 can hold and a cell takes; true if something was cut off.
bool fit_cell(std::string_view text, std::string& out) {
  out.clear();
  std::size_t units = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t before = pos;
    const char32_t c = utf8::next(text, pos);
    units += c > 0xFFFF ? 2 : 1;
    if (units > cell_units_max) return true;
    // What only looks like an escape must not be read as one (ECMA-376 part 1, 22.9.2.19).
    if (c == '_' && is_escape(text, before)) out.append("_x005F");
    if (c == 0 || c == 0xFFFE || c == 0xFFFF)
      utf8::append(out, utf8::replacement);
    else
      out.append(text.substr(before, pos - before));
  }
  return false;
}

class XlsxWriter final : public TableWriter {
 public:
  XlsxWriter(std::unique_ptr<ByteSink> sink, const std::vector<std::string>& columns)
      : m_sink(std::move(sink)), m_folder(temporary_folder()), m_file(m_folder), m_columns(columns) {
    if (columns.size() > sheet_columns_max)
      throw Error(ErrorCode::too_large, "A sheet has at most 16,384 columns. Write CSV.");
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = m_folder.data();
    m_path = m_file.path();
    m_book = workbook_new_opt(m_path.c_str(), &options);
    if (m_book == nullptr) throw Error(ErrorCode::internal, "Could not make a workbook.");
    next_sheet();
  }
  ~XlsxWriter() override {
    if (m_book != nullptr) lxw_workbook_free(m_book);
  }
  XlsxWriter(const XlsxWriter&) = delete;
  XlsxWriter& operator=(const XlsxWriter&) = delete;

  void write(const std::vector<std::string_view>& cells, const std::vector<CellKind>& kinds) override {
    if (m_sheet_row == sheet_rows_max) {
      check_room();
      next_sheet();
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const CellKind kind = i < kinds.size() ? kinds[i] : CellKind::text;
      if (!cells[i].empty() && kind != CellKind::absent) write_cell(i, cells[i], kind);
    }
    if (++m_sheet_row % 65536 == 0) check_room();
  }

  void finish() override {
    check_room();
    if (m_bytes > zip64_from_bytes) m_book->options.use_zip64 = LXW_TRUE;
    lxw_workbook* book = std::exchange(m_book, nullptr);
    errno = 0;
    const lxw_error result = workbook_close(book);
    if (result != LXW_NO_ERROR) {
      if (errno == ENOSPC || errno == EDQUOT) throw_errno("write the workbook in " + m_folder);
      throw Error(ErrorCode::unavailable, "Could not write the workbook. Is there room in " + m_folder + "?",
                  lxw_strerror(result));
    }
    check_whole();
    const auto made = open_bytes(m_path);
    std::vector<char> block(std::size_t{256} << 10);
    while (const std::size_t got = made->read(block.data(), block.size())) m_sink->write({block.data(), got});
    m_sink->finish();
  }

  std::string note() const override {
    std::string text;
    if (m_sheets > 1)
      text = "A sheet ends at its 1,048,576 rows: the table goes on in the sheets 2 to " + std::to_string(m_sheets) +
             ". As CSV it is one table.";
    if (m_cut_cells > 0)
      text +=
          std::string(text.empty() ? "" : " ") + std::to_string(m_cut_cells) +
          " cells are longer than the 32,767 characters that a spreadsheet takes and are cut off. CSV has them whole.";
    return text;
  }

 private:
  void next_sheet() {
    m_sheet = workbook_add_worksheet(m_book, nullptr);
    if (m_sheet == nullptr) throw Error(ErrorCode::internal, "Could not add a sheet to the workbook.");
    ++m_sheets;
    m_sheet_row = 0;
    worksheet_freeze_panes(m_sheet, 1, 0);
    for (std::size_t i = 0; i < m_columns.size(); ++i)
      if (!m_columns[i].empty()) write_cell(i, m_columns[i], CellKind::text);
    m_sheet_row = 1;
  }

  void write_cell(std::size_t column, std::string_view cell, CellKind kind) {
    if (column >= sheet_columns_max) {
      ++m_cut_cells;
      return;
    }
    m_bytes += cell.size() + 40;
    const auto row = static_cast<lxw_row_t>(m_sheet_row);
    const auto col = static_cast<lxw_col_t>(column);
    if (kind == CellKind::json) {
      if (cell == "null") return;
      double number = 0;
      const auto [end, failed] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
      // More than 15 digits would come back changed: they stay text.
      if (failed == std::errc{} && end == cell.data() + cell.size() && cell.size() <= 15) {
        worksheet_write_number(m_sheet, row, col, number, nullptr);
        return;
      }
    }
    if (fit_cell(cell, m_text)) ++m_cut_cells;
    const lxw_error result = worksheet_write_string(m_sheet, row, col, m_text.c_str(), nullptr);
    if (result != LXW_NO_ERROR)
      throw Error(ErrorCode::internal, "Could not write a cell into the workbook.", lxw_strerror(result));
  }

  /// The rows so far lie in a temporary file of the library, which does not look whether they fitted.
  void check_room() {
    errno = 0;
    std::FILE* rows = m_sheet->optimize_tmpfile;
    if (rows == nullptr) return;
    if (std::fflush(rows) != 0 || std::ferror(rows) != 0) {
      if (errno == 0) errno = ENOSPC;
      throw_errno("write the workbook's rows in " + m_folder);
    }
  }

  /// Every sheet in the finished package must unpack to XML with its end.
  void check_whole() {
    const TableInput input{"The workbook", TableFormat::xlsx, {}};
    TableInput unlimited = input;
    unlimited.options.limits.inflate_ratio = 2000;
    Package package(open_bytes(m_path), unlimited);
    std::vector<char> block(std::size_t{256} << 10);
    for (int sheet = 1; sheet <= m_sheets; ++sheet) {
      const auto entry = package.open("xl/worksheets/sheet" + std::to_string(sheet) + ".xml");
      std::string tail;
      while (entry != nullptr) {
        const std::size_t got = entry->read(block.data(), block.size());
        if (got == 0) break;
        tail.append(block.data(), got);
        if (tail.size() > 64) tail.erase(0, tail.size() - 64);
      }
      if (tail.find("</worksheet>") == std::string::npos)
        throw Error(ErrorCode::disk_full, "Could not write the workbook: there was no room for all of it in " +
                                              m_folder + ". Free some space, or set TMPDIR to a larger disk.");
    }
  }

  std::unique_ptr<ByteSink> m_sink;
  std::string m_folder;
  NamelessFile m_file;
  std::string m_path;
  std::vector<std::string> m_columns;
  lxw_workbook* m_book = nullptr;
  lxw_worksheet* m_sheet = nullptr;
  std::uint64_t m_sheet_row = 0;
  int m_sheets = 0;
  std::uint64_t m_bytes = 0;
  std::uint64_t m_cut_cells = 0;
  std::string m_text;
};

}  // namespace

std::unique_ptr<TableWriter> create_xlsx(std::unique_ptr<ByteSink> sink, const std::vector<std::string>& columns) {
  return std::make_unique<XlsxWriter>(std::move(sink), columns);
}

}  // namespace menpai::intake

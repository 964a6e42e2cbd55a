// SPDX-License-Identifier: Apache-2.0
// Tables as departments send them: CSV, TSV, XLSX, NDJSON, each also gzipped, in UTF-8 or GB18030. One row at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/bytes.hpp"

namespace menpai::intake {

enum class TableFormat : std::uint8_t { csv, tsv, xlsx, ndjson };
/// "csv", "tsv", "xlsx", "ndjson".
std::string_view table_format_name(TableFormat format);
std::optional<TableFormat> parse_table_format(std::string_view name);

enum class Charset : std::uint8_t { detect, utf8, gb18030, utf16le, utf16be };
/// Takes "utf8", "utf-8", "gb18030", "gbk", "gb2312", "utf16", "utf16le", "utf16be", in either case.
std::optional<Charset> parse_charset(std::string_view name);

/// The form a file name says ("a.csv.gz" is csv, gzipped); nothing if its ending is not known.
std::optional<TableFormat> format_of_name(const std::filesystem::path& name);

/// Hard bounds on what is read, so that no file can exhaust the machine. Beyond one: Error too_large, naming it.
struct TableLimits {
  std::uint64_t cell_bytes = std::uint64_t{4} << 20;
  std::uint64_t row_bytes = std::uint64_t{16} << 20;
  std::uint64_t columns = 4096;
  std::uint64_t inflated_bytes = std::uint64_t{64} << 30;      ///< of a gzip or of one XLSX entry
  double inflate_ratio = 500;                                  ///< inflated to packed size, once beyond 64 MB
  std::uint64_t shared_string_bytes = std::uint64_t{1} << 30;  ///< of an XLSX: the only part held in memory
  std::uint64_t package_entries = 10000;                       ///< files inside an XLSX
};

struct TableOptions {
  std::optional<TableFormat> format;  ///< else by the first bytes where they are plain, else by the name's ending
  Charset charset = Charset::detect;
  char delimiter = 0;  ///< of CSV; 0 finds out among , ; tab |
  bool header = true;  ///< false: the first row is data already; columns are named column_1, column_2 …
  std::string sheet;   ///< of XLSX, by name; empty: the first
  TableLimits limits;
};

/// What a cell was, for forms that tell text from other values (NDJSON).
enum class CellKind : std::uint8_t {
  text,
  json,    ///< the literal text of a JSON number, true, false, null, array or object
  absent,  ///< the object has no such key
};

/// One row as it lies in the reader's memory: valid until the next call.
struct RowView {
  std::vector<std::string_view> cells;
  std::vector<CellKind> kinds;  ///< one a cell, or empty where every cell is text
};

/// Reads a table with a header row. Cells are UTF-8 text whatever the source was; a byte that cannot be read becomes
/// U+FFFD and is counted. Memory does not grow with the rows (XLSX: with its shared strings only).
///
/// Lines without any character are no rows, except in a table of one column. A quoted cell that is not closed as RFC
/// 4180 says is kept as it stands, quotes included.
class TableReader {
 public:
  /// `file` "-" is standard input. Throws not_found, bad_request (empty, no header, not a table), unsupported, damaged.
  static std::unique_ptr<TableReader> open(const std::filesystem::path& file, const TableOptions& options = {});
  /// The same from bytes that are not a file of their own. `name` serves the format and the messages.
  static std::unique_ptr<TableReader> open(std::unique_ptr<ByteSource> bytes, const std::filesystem::path& name,
                                           const TableOptions& options = {});

  virtual ~TableReader() = default;

  /// Column names in order; for NDJSON the keys of the first objects, and keys met later are added at the end.
  virtual const std::vector<std::string>& columns() const = 0;
  /// Fills `row` in the order of columns(); short rows are filled up, cells beyond the header are kept at the end.
  /// False at the end.
  virtual bool next_row(RowView& row) = 0;
  /// The same into strings that keep their memory.
  bool next(std::vector<std::string>& cells);

  struct Position {
    std::uint64_t row = 0;          ///< rows given so far, header not counted
    std::uint64_t bytes_read = 0;   ///< of the file as it lies on the disk
    std::uint64_t bytes_total = 0;  ///< 0 where it is not known (standard input)
    std::uint64_t bad_bytes = 0;    ///< bytes replaced because the character set does not have them
  };
  virtual Position position() const = 0;
  virtual TableFormat format() const = 0;
  /// What the person who sent the table should know: title lines above the header, other sheets. Empty if nothing.
  virtual std::string note() const { return {}; }

 private:
  RowView m_row;
};

/// Index of the column named `name` (exact, else ignoring case and blanks, else its number from 1). Without a name: the
/// one that looks like an address ("地址", "address", "住所" …) or the only one. Throws bad_request that lists the
/// columns there are.
std::size_t find_column(const std::vector<std::string>& columns, std::string_view name);

struct WriterOptions {
  bool bom = false;             ///< CSV, TSV: begin with a byte order mark, so that Excel reads UTF-8
  bool inert_formulas = false;  ///< CSV, TSV: a cell that a spreadsheet would run (= + - @ tab CR) gets ' in front
  int gzip_level = 6;
};

/// The names of a row's cells, made once for many rows: unique (a name met again becomes "name_2", an empty one
/// "column_3") and ready to stand in JSON.
struct RowNames {
  explicit RowNames(const std::vector<std::string>& names);
  std::vector<std::string> names;
  std::vector<std::string> json_keys;  ///< "\"name\":"
};

/// Turns rows into the bytes of a text form. Does not change; all threads may use one.
class RowFormat {
 public:
  virtual ~RowFormat() = default;
  /// Appends one row. `kinds` as in RowView. Only NDJSON reads `names`; a cell beyond them is named by its number.
  virtual void append(std::string& out, const RowNames& names, const std::vector<std::string_view>& cells,
                      const std::vector<CellKind>& kinds) const = 0;
};

/// Writes a table. Nothing half-written is left: a named file appears when finish() returns, not before.
class TableWriter {
 public:
  /// `file` "-" is standard output. The form by `format`, else by the name's ending, else csv.
  static std::unique_ptr<TableWriter> create(const std::filesystem::path& file, std::optional<TableFormat> format,
                                             const std::vector<std::string>& columns,
                                             const WriterOptions& options = {});
  /// The same into any sink; `gzip` packs it.
  static std::unique_ptr<TableWriter> create(std::unique_ptr<ByteSink> sink, TableFormat format, bool gzip,
                                             const std::vector<std::string>& columns,
                                             const WriterOptions& options = {});
  virtual ~TableWriter() = default;

  void row(const std::vector<std::string_view>& cells) { write(cells, {}); }
  /// `kinds` as in RowView.
  virtual void write(const std::vector<std::string_view>& cells, const std::vector<CellKind>& kinds) = 0;

  /// For pipelines: the text form, so that other threads make the bytes, or null (XLSX). pack() may be called by any
  /// thread and does the compression; write_packed() takes its results in row order.
  virtual const RowFormat* row_format() const { return nullptr; }
  struct Packed {
    std::string bytes;
    std::uint64_t plain_bytes = 0;
    std::uint32_t crc = 0;
  };
  virtual Packed pack(std::string&& rows) const;
  virtual void write_packed(const Packed& packed);

  /// Completes the output; says in `note` what a reader must know (a sheet that ended at its 1,048,576 rows and
  /// goes on in the next one).
  virtual void finish() = 0;
  virtual std::string note() const { return {}; }
};

}  // namespace menpai::intake

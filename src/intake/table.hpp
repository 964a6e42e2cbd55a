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

namespace menpai::intake {

enum class TableFormat : std::uint8_t { csv, tsv, xlsx, ndjson };
enum class Charset : std::uint8_t { detect, utf8, gb18030 };

/// The form a file name says ("a.csv.gz" is csv, gzipped); nothing if its ending is not known.
std::optional<TableFormat> format_of_name(const std::filesystem::path& name);

/// Hard bounds on what is read, so that no file can exhaust the machine. Beyond one: Error too_large, naming it.
struct TableLimits {
  std::uint64_t cell_bytes = std::uint64_t{4} << 20;
  std::uint64_t row_bytes = std::uint64_t{16} << 20;
  std::uint64_t columns = 4096;
  std::uint64_t inflated_bytes = std::uint64_t{64} << 30;  ///< of a gzip or of one XLSX entry
  double inflate_ratio = 2000;                             ///< inflated to packed size, once beyond 64 MB
};

struct TableOptions {
  std::optional<TableFormat> format;  ///< else by the name's ending, else by a look at the first bytes
  Charset charset = Charset::detect;
  TableLimits limits;
};

/// Reads a table with a header row. Cells are UTF-8 text whatever the source was; a byte that cannot be read becomes
/// U+FFFD and is counted. Memory does not grow with the rows (XLSX: with its shared strings only).
class TableReader {
 public:
  /// `file` "-" is standard input. Throws not_found, bad_request (empty, no header, not a table), unsupported, damaged.
  static std::unique_ptr<TableReader> open(const std::filesystem::path& file, const TableOptions& options = {});

  virtual ~TableReader() = default;

  /// Column names in order; for NDJSON the keys of the first object, and keys met later are added at the end.
  virtual const std::vector<std::string>& columns() const = 0;
  /// Fills `cells` in the order of columns(); short rows are filled up, cells beyond the header are kept at the end.
  /// False at the end.
  virtual bool next(std::vector<std::string>& cells) = 0;

  struct Position {
    std::uint64_t row = 0;         ///< rows given so far, header not counted
    std::uint64_t bytes_read = 0;  ///< of the file as it lies on the disk
    std::uint64_t bytes_total = 0; ///< 0 where it is not known (standard input)
    std::uint64_t bad_bytes = 0;   ///< bytes replaced because the character set does not have them
  };
  virtual Position position() const = 0;
};

/// Index of the column named `name` (exact, else ignoring case and blanks). Without a name: the one that looks like an
/// address ("地址", "address", "住所" …) or the only one. Throws bad_request that lists the columns there are.
std::size_t find_column(const std::vector<std::string>& columns, std::string_view name);

/// Writes a table. Nothing half-written is left: a named file appears when finish() returns, not before.
class TableWriter {
 public:
  /// `file` "-" is standard output. The form by `format`, else by the name's ending, else csv.
  static std::unique_ptr<TableWriter> create(const std::filesystem::path& file, std::optional<TableFormat> format,
                                             const std::vector<std::string>& columns);
  virtual ~TableWriter() = default;
  virtual void row(const std::vector<std::string_view>& cells) = 0;
  /// Completes the output; says in `note` what a reader must know (a sheet that ended at its 1,048,576 rows).
  virtual void finish() = 0;
  virtual std::string note() const { return {}; }
};

}  // namespace menpai::intake

// SPDX-License-Identifier: Apache-2.0
// Any bytes as a table: CSV, TSV, NDJSON, XLSX, plain or gzipped, in any character set.
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "intake/table.hpp"

using namespace menpai;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using intake::Charset;
  using intake::TableFormat;
  if (size == 0) return 0;
  intake::TableOptions options;
  // Small bounds, so that a bomb is refused before it costs the fuzzer its time.
  options.limits = {.cell_bytes = 1 << 16,
                    .row_bytes = 1 << 18,
                    .columns = 64,
                    .inflated_bytes = 1 << 22,
                    .inflate_ratio = 500,
                    .shared_string_bytes = 1 << 20,
                    .package_entries = 50};
  constexpr std::array formats = {TableFormat::csv, TableFormat::tsv, TableFormat::ndjson, TableFormat::xlsx};
  constexpr std::array charsets = {Charset::detect,  Charset::utf8,   Charset::gb18030, Charset::utf16le,
                                   Charset::utf16be, Charset::detect, Charset::detect,  Charset::detect};
  if ((data[0] & 4) != 0) options.format = formats[data[0] & 3];
  options.charset = charsets[data[0] >> 3 & 7];
  options.header = (data[0] & 64) == 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    const auto reader =
        intake::TableReader::open(intake::bytes_of(bytes), (data[0] & 128) != 0 ? "list.csv.gz" : "list", options);
    intake::RowView row;
    for (int rows = 0; rows < 2000 && reader->next_row(row); ++rows) {
      MENPAI_ASSERT(row.cells.size() >= reader->columns().size(), "short rows are filled up");
      MENPAI_ASSERT(row.kinds.empty() || row.kinds.size() == row.cells.size(), "a kind for every cell");
      for (const std::string_view cell : row.cells) MENPAI_ASSERT(utf8::valid(cell), "cells are text");
    }
    for (const std::string& column : reader->columns()) MENPAI_ASSERT(utf8::valid(column), "names are text");
    reader->position();
    reader->note();
  } catch (const Error&) {
    // Refused with a reason.
  }
  return 0;
}

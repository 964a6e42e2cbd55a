// SPDX-License-Identifier: Apache-2.0
// Reads CSV and TSV block by block; cells are views into the block.
#include "intake/delimited.hpp"
#include "intake/readers.hpp"

namespace menpai::intake {
namespace {

constexpr std::size_t head_bytes = std::size_t{64} << 10;

class DelimitedReader final : public TableReader {
 public:
  DelimitedReader(std::unique_ptr<ByteSource> bytes, const TableInput& input)
      : m_input(input), m_decoder(std::move(bytes), input.options.charset), m_cutter({}, 0) {
    while (m_text.size() < head_bytes && fill()) continue;
    if (m_text.empty()) throw_empty(m_input);
    if (looks_binary(std::string_view(m_text).substr(0, head_bytes))) throw_no_table(m_input, "it is not text");
    Dialect dialect = read_separator_hint();
    const std::string_view head = std::string_view(m_text).substr(m_pos, head_bytes);
    if (input.format == TableFormat::tsv) dialect.delimiter = '\t';
    if (input.options.delimiter != 0) dialect.delimiter = input.options.delimiter;
    dialect = guess_dialect(head, dialect.delimiter);
    m_cutter = RowCutter(dialect, input.options.limits.cell_bytes);
    read_header();
  }

  const std::vector<std::string>& columns() const override { return m_columns; }
  TableFormat format() const override { return m_input.format; }

  bool next_row(RowView& row) override {
    row.kinds.clear();
    if (!cut(row.cells)) return false;
    ++m_row;
    check_row(row.cells, m_row, m_input);
    if (row.cells.size() < m_columns.size()) row.cells.resize(m_columns.size());
    return true;
  }

  Position position() const override {
    return {m_row, m_decoder.bytes().bytes_read(), m_decoder.bytes().bytes_total(), m_decoder.bad_bytes()};
  }

 private:
  bool fill() {
    m_whole = m_whole || !m_decoder.fill(m_text);
    return !m_whole;
  }

  // Excel's own hint in the first line: "sep=;".
  Dialect read_separator_hint() {
    Dialect dialect{0, '\n'};
    if (m_text.size() < 6 || m_text.compare(0, 4, "sep=") != 0) return dialect;
    const std::size_t behind = m_text[5] == '\r' && m_text.size() > 6 && m_text[6] == '\n' ? 7 : 6;
    if (m_text[behind - 1] != '\n' && m_text[behind - 1] != '\r') return dialect;
    dialect.delimiter = m_text[4];
    m_pos = behind;
    return dialect;
  }

  void read_header() {
    std::vector<std::string_view> cells;
    if (!m_input.options.header) {
      const std::size_t begin = m_pos;
      // Only counted: the row is read again as data, so the cutter must see its quotes untouched.
      std::string first = m_text;
      std::size_t pos = begin;
      while (m_cutter.cut(first.data(), first.size(), m_whole, pos, cells) == RowScan::need_more) {
        if (m_text.size() - begin > m_input.options.limits.row_bytes) throw_row_too_large(1, m_input);
        fill();
        first = m_text;
      }
      m_columns = numbered_columns(cells.size());
    } else {
      do {
        if (!cut(cells)) throw_empty(m_input);
      } while (cells.size() == 1 && cells[0].empty());
      m_columns.assign(cells.begin(), cells.end());
    }
    check_header(m_columns, m_input);
  }

  /// Cuts the next row that has anything in it; false at the end.
  bool cut(std::vector<std::string_view>& cells) {
    while (true) {
      while (m_pos >= m_text.size()) {
        m_text.clear();
        m_pos = 0;
        if (m_whole || (!fill() && m_text.empty())) return false;
      }
      if (m_cutter.cut(m_text.data(), m_text.size(), m_whole, m_pos, cells) == RowScan::need_more) {
        if (m_text.size() - m_pos > m_input.options.limits.row_bytes) throw_row_too_large(m_row + 1, m_input);
        m_text.erase(0, m_pos);
        m_pos = 0;
        // At least doubled, so that a long row is not scanned more than a few times.
        for (const std::size_t wanted = m_text.size() * 2; fill() && m_text.size() < wanted;) continue;
        continue;
      }
      const bool blank = cells.size() == 1 && cells[0].empty();
      if (!blank || m_columns.size() == 1) return true;
    }
  }

  TableInput m_input;
  TextDecoder m_decoder;
  RowCutter m_cutter;
  std::string m_text;
  std::size_t m_pos = 0;
  bool m_whole = false;  ///< nothing follows m_text
  std::vector<std::string> m_columns;
  std::uint64_t m_row = 0;
};

}  // namespace

std::unique_ptr<TableReader> open_delimited(std::unique_ptr<ByteSource> bytes, const TableInput& input) {
  return std::make_unique<DelimitedReader>(std::move(bytes), input);
}

}  // namespace menpai::intake

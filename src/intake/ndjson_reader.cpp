// SPDX-License-Identifier: Apache-2.0
// Reads NDJSON: one object a line. Strings become text; numbers, arrays and the rest keep their literal form.
#include <simdjson.h>
#include <unordered_map>

#include "intake/readers.hpp"

namespace menpai::intake {
namespace {

constexpr std::size_t lines_looked_at_max = 1000;

class NdjsonReader final : public TableReader {
 public:
  NdjsonReader(std::unique_ptr<ByteSource> bytes, const TableInput& input)
      : m_input(input), m_decoder(std::move(bytes), input.options.charset) {
    if (!fill()) throw_empty(m_input);
    if (looks_binary(m_text)) throw_no_table(m_input, "it is not text");
    const std::size_t first = m_text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) throw_empty(m_input);
    if (m_text[first] == '[')
      throw_no_table(m_input, "it is one JSON array; write one object a line, for example with `jq -c '.[]'`");
    look_ahead();
    check_header(m_columns, m_input);
  }

  const std::vector<std::string>& columns() const override { return m_columns; }
  TableFormat format() const override { return TableFormat::ndjson; }

  bool next_row(RowView& row) override {
    std::string_view line;
    if (!next_line(line)) return false;
    ++m_row;
    read_object(line, &row);
    check_row(row.cells, m_row, m_input);
    return true;
  }

  Position position() const override {
    return {m_row, m_decoder.bytes().bytes_read(), m_decoder.bytes().bytes_total(), m_decoder.bad_bytes()};
  }

 private:
  bool fill() {
    m_whole = m_whole || !m_decoder.fill(m_text);
    m_text.reserve(m_text.size() + simdjson::SIMDJSON_PADDING);
    return !m_whole;
  }

  /// The next line with anything in it.
  bool next_line(std::string_view& line) {
    while (true) {
      const std::size_t end = m_text.find('\n', std::max(m_pos, m_searched));
      if (end == std::string::npos && !m_whole) {
        if (m_text.size() - m_pos > m_input.options.limits.row_bytes) throw_row_too_large(m_row + 1, m_input);
        m_text.erase(0, m_pos);
        m_pos = 0;
        m_searched = m_text.size();
        fill();
        continue;
      }
      if (m_pos >= m_text.size()) return false;
      line = std::string_view(m_text).substr(m_pos, end == std::string::npos ? end : end - m_pos);
      m_pos = end == std::string::npos ? m_text.size() : end + 1;
      m_searched = m_pos;
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) return true;
    }
  }

  /// Collects the keys of the lines that are here already, so that most tables have all their columns from the start.
  void look_ahead() {
    std::size_t pos = 0;
    for (std::size_t i = 0; i < lines_looked_at_max && pos < m_text.size(); ++i) {
      const std::size_t end = m_text.find('\n', pos);
      if (end == std::string::npos && i > 0) break;
      while (end == std::string::npos && !m_whole && m_text.find('\n') == std::string::npos) {
        if (m_text.size() > m_input.options.limits.row_bytes) throw_row_too_large(1, m_input);
        fill();
      }
      const std::size_t line_end = std::min(m_text.find('\n', pos), m_text.size());
      const std::string_view line = std::string_view(m_text).substr(pos, line_end - pos);
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
        ++m_row;
        read_object(line, nullptr);
      }
      pos = line_end + 1;
    }
    m_row = 0;
  }

  std::size_t column_of(std::string_view key, std::size_t expected) {
    if (expected < m_columns.size() && m_columns[expected] == key) return expected;
    const auto found = m_index.find(std::string(key));
    if (found != m_index.end()) return found->second;
    if (m_columns.size() >= m_input.options.limits.columns)
      throw Error(ErrorCode::too_large, m_input.name + " has more than " +
                                            std::to_string(m_input.options.limits.columns) +
                                            " different keys. Is each line a record of the same kind?");
    m_columns.emplace_back(key);
    m_index.emplace(key, m_columns.size() - 1);
    return m_columns.size() - 1;
  }

  [[noreturn]] void throw_not_an_object(std::string_view why) const {
    throw Error(ErrorCode::bad_request, place_of_row(m_input, m_row) + " is not one JSON object on one line (" +
                                            std::string(why) +
                                            "). Mend the line, or say what the file is by --format.");
  }

  void read_object(std::string_view line, RowView* row) {
    namespace od = simdjson::ondemand;
    if (row != nullptr) {
      row->cells.assign(m_columns.size(), {});
      row->kinds.assign(m_columns.size(), CellKind::absent);
    }
    // A lone line end behind the object is white space to JSON.
    const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + simdjson::SIMDJSON_PADDING);
    try {
      od::document document = m_parser.iterate(padded);
      std::size_t expected = 0;
      for (auto field : document.get_object()) {
        const std::string_view key = field.unescaped_key();
        const std::size_t column = column_of(key, expected);
        expected = column + 1;
        od::value value = field.value();
        if (row == nullptr) continue;
        if (column >= row->cells.size()) {
          row->cells.resize(column + 1);
          row->kinds.resize(column + 1, CellKind::absent);
        }
        row->kinds[column] = read_value(value, row->cells[column]);
      }
      const char* behind = nullptr;
      if (document.current_location().get(behind) == simdjson::SUCCESS && behind < line.data() + line.size())
        throw_not_an_object("something stands behind it");
    } catch (const simdjson::simdjson_error& error) {
      throw_not_an_object(error.what());
    }
  }

  CellKind read_value(simdjson::ondemand::value& value, std::string_view& cell) {
    using simdjson::ondemand::json_type;
    const json_type type = value.type();
    if (type == json_type::string) {
      cell = value.raw_json_token();
      std::string_view text;
      // An escape for half a character is no text: it stays as it was written.
      if (value.get_string().get(text) == simdjson::SUCCESS) {
        cell = text;
        return CellKind::text;
      }
      cell = trimmed(cell);
      return CellKind::json;
    }
    if (type == json_type::array || type == json_type::object) {
      cell = trimmed(type == json_type::array ? value.get_array().value().raw_json().value()
                                              : value.get_object().value().raw_json().value());
      if (m_nested_parser.parse(cell.data(), cell.size()).error() != simdjson::SUCCESS)
        throw_not_an_object("a value in it is damaged");
      return CellKind::json;
    }
    cell = trimmed(value.raw_json_token());
    if (type == json_type::number)
      (void)value.get_number().value();
    else if (type == json_type::boolean)
      (void)value.get_bool().value();
    else if (!value.is_null())
      throw_not_an_object("a value in it is damaged");
    return CellKind::json;
  }

  static std::string_view trimmed(std::string_view text) {
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  }

  TableInput m_input;
  TextDecoder m_decoder;
  simdjson::ondemand::parser m_parser;
  simdjson::dom::parser m_nested_parser;
  std::string m_text;
  std::size_t m_pos = 0;
  std::size_t m_searched = 0;  ///< up to here there is no line end behind m_pos
  bool m_whole = false;
  std::vector<std::string> m_columns;
  std::unordered_map<std::string, std::size_t> m_index;
  std::uint64_t m_row = 0;
};

}  // namespace

std::unique_ptr<TableReader> open_ndjson(std::unique_ptr<ByteSource> bytes, const TableInput& input) {
  return std::make_unique<NdjsonReader>(std::move(bytes), input);
}

}  // namespace menpai::intake

// SPDX-License-Identifier: Apache-2.0
// CSV and TSV with quotes only where needed (RFC 4180), NDJSON with values kept as they were.
#include "intake/row_format.hpp"

#include <array>
#include <unordered_set>

#include "base/error.hpp"

namespace menpai::intake {
namespace {

/// One bit a byte value: does it force quotes?
using ByteSet = std::array<bool, 256>;

class DelimitedFormat final : public RowFormat {
 public:
  DelimitedFormat(char delimiter, bool inert) : m_delimiter(delimiter), m_inert(inert) {
    for (const char c : {delimiter, '\n', '\r'}) m_forces_quotes[static_cast<unsigned char>(c)] = true;
    // In TSV only a leading quote would be read as one.
    if (delimiter == ',') m_forces_quotes[static_cast<unsigned char>('"')] = true;
  }

  void append(std::string& out, const RowNames& /*names*/, const std::vector<std::string_view>& cells,
              const std::vector<CellKind>& kinds) const override {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out += m_delimiter;
      const bool absent =
          i < kinds.size() && (kinds[i] == CellKind::absent || (kinds[i] == CellKind::json && cells[i] == "null"));
      if (!absent) append_cell(out, cells[i]);
    }
    // A row of one empty cell would be a blank line, which readers take for nothing.
    if (cells.size() == 1 && cells[0].empty()) out += "\"\"";
    out += '\n';
  }

 private:
  /// OWASP's list of beginnings that a spreadsheet runs as a formula.
  static bool is_live(std::string_view cell) {
    return !cell.empty() &&
           (cell[0] == '=' || cell[0] == '+' || cell[0] == '-' || cell[0] == '@' || cell[0] == '\t' || cell[0] == '\r');
  }

  void append_cell(std::string& out, std::string_view cell) const {
    const bool defuse = m_inert && is_live(cell);
    bool quote = !cell.empty() && cell[0] == '"';
    for (const char c : cell) quote |= m_forces_quotes[static_cast<unsigned char>(c)];
    if (!quote) {
      if (defuse) out += '\'';
      out.append(cell);
      return;
    }
    out += '"';
    if (defuse) out += '\'';
    while (true) {
      const std::size_t inner = cell.find('"');
      out.append(cell.substr(0, inner));
      if (inner == std::string_view::npos) break;
      out += "\"\"";
      cell.remove_prefix(inner + 1);
    }
    out += '"';
  }

  char m_delimiter;
  bool m_inert;
  ByteSet m_forces_quotes{};
};

class NdjsonFormat final : public RowFormat {
 public:
  void append(std::string& out, const RowNames& names, const std::vector<std::string_view>& cells,
              const std::vector<CellKind>& kinds) const override {
    out += '{';
    bool first = true;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const CellKind kind = i < kinds.size() ? kinds[i] : CellKind::text;
      if (kind == CellKind::absent) continue;
      if (!first) out += ',';
      first = false;
      if (i < names.json_keys.size())
        out += names.json_keys[i];
      else
        out.append("\"column_").append(std::to_string(i + 1)).append("\":");
      if (kind == CellKind::json)
        out.append(cells[i]);
      else
        append_json_text(out, cells[i]);
    }
    out += "}\n";
  }
};

}  // namespace

RowNames::RowNames(const std::vector<std::string>& given) {
  std::unordered_set<std::string> taken(given.begin(), given.end());
  std::unordered_set<std::string> used;
  for (const std::string& name : given) {
    std::string unique = name;
    if (unique.empty()) unique = "column_" + std::to_string(names.size() + 1);
    const std::string stem = unique;
    for (int i = 2; used.contains(unique) || (unique != name && taken.contains(unique)); ++i)
      unique = stem + "_" + std::to_string(i);
    used.insert(unique);
    std::string key;
    append_json_text(key, unique);
    json_keys.push_back(key + ":");
    names.push_back(std::move(unique));
  }
}

void append_json_text(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  std::size_t plain_from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text.substr(plain_from, i - plain_from));
    plain_from = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += hex[c >> 4];
        out += hex[c & 15];
    }
  }
  out.append(text.substr(plain_from));
  out += '"';
}

std::unique_ptr<RowFormat> make_row_format(TableFormat format, const WriterOptions& options) {
  switch (format) {
    case TableFormat::csv:
      return std::make_unique<DelimitedFormat>(',', options.inert_formulas);
    case TableFormat::tsv:
      return std::make_unique<DelimitedFormat>('\t', options.inert_formulas);
    case TableFormat::ndjson:
      return std::make_unique<NdjsonFormat>();
    case TableFormat::xlsx:
      break;
  }
  MENPAI_ASSERT(false, "a workbook has no row format");
  return nullptr;
}

}  // namespace menpai::intake

// SPDX-License-Identifier: Apache-2.0
// CSV and TSV with quotes only where needed (RFC 4180), NDJSON with values kept as they were.
#include "intake/row_format.hpp"

#include <array>
#include <unordered_set>

#include "base/error.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace menpai::intake {
namespace {

/// A few bytes that are sought together, sixteen bytes of text at a time where the machine can.
class ByteSet {
 public:
  explicit ByteSet(std::array<char, 4> bytes) : m_bytes(bytes) {}

  bool any_in(std::string_view text) const {
    const char* at = text.data();
    std::size_t left = text.size();
#if defined(__SSE2__)
    if (left >= 16) {
      for (; left > 16; at += 16, left -= 16)
        if (hits(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)))) return true;
      return hits(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at + left - 16)));
    }
    if (left >= 8) {
      const __m128i first = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at));
      const __m128i last = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at + left - 8));
      return hits(_mm_unpacklo_epi64(first, last));
    }
#endif
    for (; left > 0; ++at, --left)
      for (const char byte : m_bytes)
        if (*at == byte) return true;
    return false;
  }

 private:
#if defined(__SSE2__)
  bool hits(__m128i block) const {
    const auto equal = [&](char byte) { return _mm_cmpeq_epi8(block, _mm_set1_epi8(byte)); };
    const __m128i found = _mm_or_si128(_mm_or_si128(equal(m_bytes[0]), equal(m_bytes[1])),
                                       _mm_or_si128(equal(m_bytes[2]), equal(m_bytes[3])));
    return _mm_movemask_epi8(found) != 0;
  }
#endif
  std::array<char, 4> m_bytes;
};

class DelimitedFormat final : public RowFormat {
 public:
  // In TSV only a leading quote would be read as one.
  DelimitedFormat(char delimiter, bool inert)
      : m_delimiter(delimiter),
        m_inert(inert),
        m_force_quotes({delimiter, '\n', '\r', delimiter == ',' ? '"' : delimiter}) {}

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
    const bool quote = !cell.empty() && (cell[0] == '"' || m_force_quotes.any_in(cell));
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
  ByteSet m_force_quotes;
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

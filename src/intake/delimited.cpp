// SPDX-License-Identifier: Apache-2.0
// Cutting CSV and TSV into cells, sixteen bytes at a time where the machine can.
#include "intake/delimited.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace menpai::intake {
namespace {

/// The first of two bytes in [from, size), or size.
std::size_t find_either(const char* text, std::size_t size, std::size_t from, char a, char b) {
#if defined(__SSE2__)
  const __m128i all_a = _mm_set1_epi8(a);
  const __m128i all_b = _mm_set1_epi8(b);
  for (; from + 16 <= size; from += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + from));
    const __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(block, all_a), _mm_cmpeq_epi8(block, all_b));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask != 0) return from + static_cast<std::size_t>(__builtin_ctz(mask));
  }
#endif
  while (from < size && text[from] != a && text[from] != b) ++from;
  return from;
}

std::size_t find_quote(const char* text, std::size_t size, std::size_t from) {
  const auto* hit = static_cast<const char*>(std::memchr(text + from, '"', size - from));
  return hit == nullptr ? size : static_cast<std::size_t>(hit - text);
}

/// Undoes doubled quotes in place; returns the new length.
std::size_t undouble(char* cell, std::size_t size) {
  std::size_t to = 0;
  for (std::size_t from = 0; from < size; ++from) {
    cell[to++] = cell[from];
    if (cell[from] == '"') ++from;
  }
  return to;
}

/// How many cells each of the first lines has with this delimiter.
std::vector<std::size_t> cells_per_line(std::string_view head, Dialect dialect) {
  constexpr std::size_t lines_max = 100;
  std::string text(head);
  RowCutter cutter(dialect, text.size());
  std::vector<std::size_t> counts;
  std::vector<std::string_view> cells;
  for (std::size_t pos = 0; pos < text.size() && counts.size() < lines_max;) {
    if (cutter.cut(text.data(), text.size(), false, pos, cells) == RowScan::need_more) {
      // A single line without its end is all there is: take it as it stands.
      if (counts.empty()) {
        cutter.cut(text.data(), text.size(), true, pos, cells);
        counts.push_back(cells.size());
      }
      break;
    }
    if (cells.size() > 1 || !cells[0].empty()) counts.push_back(cells.size());
  }
  return counts;
}

}  // namespace

Dialect guess_dialect(std::string_view head, char fixed) {
  Dialect dialect;
  const bool has_lf = head.find('\n') != std::string_view::npos;
  dialect.line_end = !has_lf && head.find('\r') != std::string_view::npos ? '\r' : '\n';
  if (fixed != 0) {
    dialect.delimiter = fixed;
    return dialect;
  }
  // A table of one column: its commas are its own. No text has a NUL here.
  dialect.delimiter = '\0';
  std::size_t most_columns = 1;
  double best_share = 0;
  for (const char delimiter : {',', '\t', ';', '|'}) {
    const auto counts = cells_per_line(head, {delimiter, dialect.line_end});
    if (counts.empty() || counts[0] < 2) continue;
    const auto same = static_cast<double>(std::count(counts.begin(), counts.end(), counts[0]));
    const double share = same / static_cast<double>(counts.size());
    const bool steady = share >= 0.5;
    const bool best_steady = best_share >= 0.5;
    if (most_columns > 1 && (steady < best_steady || (steady == best_steady && counts[0] <= most_columns))) continue;
    most_columns = counts[0];
    best_share = share;
    dialect.delimiter = delimiter;
  }
  return dialect;
}

std::size_t RowCutter::scan_plain(const char* text, std::size_t size, std::size_t from) const {
  return find_either(text, size, from, m_dialect.delimiter, m_dialect.line_end);
}

bool RowCutter::ends_cell(const char* text, std::size_t size, bool whole, std::size_t at) const {
  if (at >= size) return whole;
  if (text[at] == m_dialect.delimiter || text[at] == m_dialect.line_end) return true;
  return text[at] == '\r' && (at + 1 >= size ? whole : text[at + 1] == '\n');
}

RowCutter::QuoteScan RowCutter::scan_quoted(const char* text, std::size_t size, bool whole, std::size_t open,
                                            QuotedCell& cell) const {
  cell = {open + 1, 0, 0, false, false};
  std::size_t at = open + 1;
  while (true) {
    at = find_quote(text, size, at);
    const bool too_long = at - open > m_cell_bytes_max;
    if (at == size && !whole && !too_long) return QuoteScan::need_more;
    if (at == size || too_long) break;
    if (at + 1 < size && text[at + 1] == '"') {
      cell.doubled = true;
      at += 2;
      continue;
    }
    // Whether the quote closes the cell shows one byte later, and behind a CR two.
    if (!whole && at + 2 >= size) return QuoteScan::need_more;
    if (ends_cell(text, size, whole, at + 1)) {
      cell.end = at;
      cell.next = at + 1;
      return QuoteScan::found;
    }
    break;
  }
  // Not a quoted cell: the quote is a character like others. A closing quote on the same line keeps the delimiters
  // before it inside the cell, as its writer meant.
  const std::size_t line_end = find_either(text, size, open, m_dialect.line_end, m_dialect.line_end);
  const bool closed_on_line = at < line_end;
  cell.literal = true;
  cell.next = scan_plain(text, size, closed_on_line ? at : open);
  if (cell.next == size && !whole) return QuoteScan::need_more;
  cell.begin = open;
  cell.end = cell.next;
  return QuoteScan::found;
}

RowScan RowCutter::cut(char* text, std::size_t size, bool whole, std::size_t& pos,
                       std::vector<std::string_view>& cells) {
  cells.clear();
  m_doubled.clear();
  std::size_t at = pos;
  while (true) {
    if (at >= size && !whole) return RowScan::need_more;
    std::size_t begin = at;
    std::size_t end = 0;
    bool plain = true;
    if (at < size && text[at] == '"') {
      QuotedCell cell;
      if (scan_quoted(text, size, whole, at, cell) == QuoteScan::need_more) return RowScan::need_more;
      begin = cell.begin;
      end = cell.end;
      at = cell.next;
      plain = cell.literal;
      if (!cell.literal && cell.doubled) m_doubled.push_back(cells.size());
    } else {
      at = scan_plain(text, size, at);
      if (at == size && !whole) return RowScan::need_more;
      end = at;
    }
    if (!plain && at < size && text[at] == '\r' && m_dialect.line_end == '\n' && m_dialect.delimiter != '\r') ++at;
    const bool row_ends = at >= size || text[at] == m_dialect.line_end;
    if (plain && row_ends && end > begin && text[end - 1] == '\r') --end;
    cells.emplace_back(text + begin, end - begin);
    if (row_ends) break;
    ++at;
  }
  for (const std::size_t i : m_doubled) {
    const std::size_t offset = static_cast<std::size_t>(cells[i].data() - text);
    cells[i] = {text + offset, undouble(text + offset, cells[i].size())};
  }
  pos = std::min(at + 1, size);
  return RowScan::complete;
}

}  // namespace menpai::intake

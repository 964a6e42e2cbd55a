// SPDX-License-Identifier: Apache-2.0
#include "address/library/flat_rows.hpp"

#include <algorithm>

#include "address/overlay/text_patch.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t chars_max = 600;  // what lies behind is not compared
constexpr std::size_t items_max = 64;

}  // namespace

void make_flat_text(const Reading& reading, const AddressPath& path, FlatText& out) {
  out.clear();
  out.chars.assign(reading.normal.chars, 0, chars_max);
  out.division = reading.division.node;
  for (const Mention& mention : reading.division.mentions) {
    if (mention.use == MentionUse::used) out.named_division = mention.node;
  }
  for (const PathItem& item : path.items) {
    const std::uint32_t from = reading.elements[item.element].from;
    const std::uint32_t to = reading.elements[item.last_element].to;
    if (to > out.chars.size() || out.items.size() >= items_max) break;
    out.items.push_back({static_cast<std::uint8_t>(item.label), static_cast<std::uint8_t>(item.level),
                         static_cast<std::uint8_t>(item.numeric), static_cast<std::uint8_t>(item.several),
                         static_cast<std::uint16_t>(from), static_cast<std::uint16_t>(to), item.key, item.last});
  }
}

void FlatRowsBuilder::add(std::uint32_t source_row, const FlatText& text) {
  m_rows.push_back({source_row, text.division, text.named_division, 0, 0});
  m_texts.push_back(text);
}

void FlatRowsBuilder::write(LibraryFileWriter& file, std::span<const RowId> row_of_source) const {
  std::vector<Row> rows;
  std::vector<char16_t> chars;
  std::vector<FlatItem> items;
  const auto here = [&](Row row) {
    row.chars = static_cast<std::uint32_t>(chars.size());
    row.items = static_cast<std::uint32_t>(items.size());
    rows.push_back(row);
  };
  for (std::size_t i = 0; i < m_rows.size(); ++i) {
    Row row = m_rows[i];
    row.row = row_of_source[row.row];
    here(row);
    for (const char32_t c : m_texts[i].chars) chars.push_back(c > 0xFFFF ? u'\xFFFD' : static_cast<char16_t>(c));
    items.insert(items.end(), m_texts[i].items.begin(), m_texts[i].items.end());
  }
  here({no_row, no_division, no_division, 0, 0});
  file.add_array("flat.rows", std::span<const Row>(rows), SectionTrust::checked_in_use);
  file.add_array("flat.chars", std::span<const char16_t>(chars), SectionTrust::checked_in_use);
  file.add_array("flat.items", std::span<const FlatItem>(items), SectionTrust::checked_in_use);
}

FlatRows::FlatRows(const LibraryFile& file, std::uint32_t divisions)
    : m_rows(file.array<FlatRowsBuilder::Row>("flat.rows")),
      m_chars(file.array<char16_t>("flat.chars")),
      m_items(file.array<FlatItem>("flat.items")),
      m_divisions(divisions) {}

std::size_t FlatRows::patched_size() const {
  return m_patch->end();
}

RowId FlatRows::added_row(std::size_t i) const {
  return m_patch == nullptr ? no_row : m_patch->row(static_cast<std::uint32_t>(i));
}

void FlatRows::get(std::size_t i, FlatText& out) const {
  out.clear();
  if (i >= own_size()) {
    if (m_patch != nullptr) out = m_patch->text(static_cast<std::uint32_t>(i));
    return;
  }
  const FlatRowsBuilder::Row& row = m_rows[i];
  const FlatRowsBuilder::Row& next = m_rows[i + 1];
  if (row.chars > next.chars || next.chars > m_chars.size() || row.items > next.items || next.items > m_items.size()) {
    return;
  }
  out.division = row.division < m_divisions ? row.division : no_division;
  out.named_division = row.named_division < m_divisions ? row.named_division : no_division;
  for (const char16_t c : m_chars.subspan(row.chars, next.chars - row.chars)) out.chars += c;
  for (const FlatItem& item : m_items.subspan(row.items, next.items - row.items)) {
    if (item.from <= item.to && item.to <= out.chars.size()) out.items.push_back(item);
  }
}

}  // namespace menpai::address

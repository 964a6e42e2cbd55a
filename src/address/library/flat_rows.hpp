// SPDX-License-Identifier: Apache-2.0
// Rows that fit no tree (no division, landmarks, remarks): kept as text with their elements, sought through grams.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "address/library/library_file.hpp"
#include "address/library/text_column.hpp"
#include "address/library/tree.hpp"
#include "address/read/address_path.hpp"

namespace menpai::address {

/// An element of a text as it is stored and compared.
struct FlatItem {
  std::uint8_t label = 0;    ///< Label
  std::uint8_t level = 0;    ///< Level
  std::uint8_t numeric = 0;  ///< `key` holds
  std::uint8_t several = 0;  ///< a range or list, `key` to `last`
  std::uint16_t from = 0;    ///< in the characters of its text
  std::uint16_t to = 0;
  NumberKey key = 0;
  NumberKey last = 0;
};

/// A text ready to be compared: its folded characters and its elements.
struct FlatText {
  std::u32string chars;
  std::vector<FlatItem> items;
  DivisionNode division = no_division;
  DivisionNode named_division = no_division;  ///< the deepest division the text itself names

  std::u32string_view text(const FlatItem& item) const {
    return std::u32string_view(chars).substr(item.from, item.to - item.from);
  }
  void clear() {
    chars.clear();
    items.clear();
    division = named_division = no_division;
  }
};

/// What a reading says, as a comparable text.
void make_flat_text(const Reading& reading, const AddressPath& path, FlatText& out);

class FlatRowsBuilder {
 public:
  void add(std::uint32_t source_row, const FlatText& text);
  std::size_t size() const { return m_rows.size(); }
  std::uint32_t source_row(std::size_t i) const { return m_rows[i].row; }
  const std::vector<FlatText>& texts() const { return m_texts; }
  /// `row_of_source`: the final row of each source row.
  void write(LibraryFileWriter& file, std::span<const RowId> row_of_source) const;

 private:
  friend class FlatRows;
  struct Row {
    RowId row;
    DivisionNode division;
    DivisionNode named_division;
    std::uint32_t chars;
    std::uint32_t items;
  };
  std::vector<Row> m_rows;
  std::vector<FlatText> m_texts;
};

class TextPatch;

/// Reads them where they lie; every reference is checked in use.
class FlatRows {
 public:
  FlatRows() = default;
  /// `divisions`: how many there are; a row that names another has none.
  FlatRows(const LibraryFile& file, std::uint32_t divisions);

  /// Puts the rows that edits add behind those of the library, null takes them off (see overlay/).
  void set_patch(const TextPatch* patch) { m_patch = patch; }

  std::size_t size() const { return m_patch == nullptr ? own_size() : patched_size(); }
  RowId row(std::size_t i) const { return i < own_size() ? m_rows[i].row : added_row(i); }
  void get(std::size_t i, FlatText& out) const;

 private:
  std::size_t own_size() const { return m_rows.empty() ? 0 : m_rows.size() - 1; }
  std::size_t patched_size() const;
  RowId added_row(std::size_t i) const;

  const TextPatch* m_patch = nullptr;
  std::span<const FlatRowsBuilder::Row> m_rows;  ///< one more than rows: the end
  std::span<const char16_t> m_chars;
  std::span<const FlatItem> m_items;
  std::uint32_t m_divisions = 0;
};

}  // namespace menpai::address

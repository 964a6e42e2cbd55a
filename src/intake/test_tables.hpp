// SPDX-License-Identifier: Apache-2.0
// What the tests of this folder share: tables as text, packed bytes, workbooks made by hand.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "intake/table.hpp"

namespace menpai::intake {

/// Everything a reader gives: cells in <>, a line a row, the header first.
inline std::string shown(TableReader& reader) {
  std::string text;
  auto add = [&](const std::vector<std::string>& cells) {
    for (const auto& cell : cells) text += "<" + cell + ">";
    text += "\n";
  };
  add(reader.columns());
  std::vector<std::string> cells;
  while (reader.next(cells)) add(cells);
  return text;
}

/// Gives `text` in pieces of `piece` bytes, as a slow pipe does.
inline std::unique_ptr<ByteSource> in_pieces(const std::string& text, std::size_t piece) {
  class Pieces final : public ByteSource {
   public:
    Pieces(const std::string& bytes, std::size_t size) : m_bytes(bytes), m_piece(size) {}
    std::size_t read(char* to, std::size_t size) override {
      const std::size_t n = m_bytes.copy(to, std::min(size, m_piece), m_pos);
      m_pos += n;
      return n;
    }
    std::uint64_t bytes_read() const override { return m_pos; }

   private:
    const std::string& m_bytes;
    std::size_t m_piece;
    std::size_t m_pos = 0;
  };
  return std::make_unique<Pieces>(text, piece);
}

std::string gzipped(const std::string& text);

/// A zip file of these entries.
std::string zipped(const std::vector<std::pair<std::string, std::string>>& entries);

/// A workbook whose first sheet holds `sheet_data` (the XML inside and behind <sheetData>).
struct BookParts {
  std::string sheet_data;
  std::string behind_sheet_data;
  std::string shared_strings;  ///< <si> elements
  std::string styles;          ///< inside <styleSheet>
  std::string workbook_properties;
  std::string doctype;
};
std::string workbook(const BookParts& parts);

/// A folder that goes away with the test.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
  const std::filesystem::path& path() const { return m_path; }

 private:
  std::filesystem::path m_path;
};

std::string file_text(const std::filesystem::path& file);

}  // namespace menpai::intake

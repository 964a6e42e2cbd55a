// SPDX-License-Identifier: Apache-2.0
// The parts of a workbook around a sheet: which sheets there are, shared strings, styles, merged cells.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "intake/xlsx_package.hpp"
#include "intake/xlsx_values.hpp"

namespace menpai::intake {

struct SheetEntry {
  std::string name;   ///< as on its tab
  std::string entry;  ///< file in the package
  bool hidden = false;
};

struct Workbook {
  std::vector<SheetEntry> sheets;  ///< in the order of the tabs
  bool dates_from_1904 = false;
  std::string shared_strings_entry;  ///< empty if there are none
  std::string styles_entry;
};
/// Throws unsupported for packages that are no .xlsx (a text document, an ODS, an .xlsb).
Workbook read_workbook(Package& package, const TableInput& input);

/// The strings that cells name by number, one after the other in one buffer.
class SharedStrings {
 public:
  void read(PackageEntry& entry, const TableInput& input);
  std::size_t size() const { return m_ends.size(); }
  std::string_view operator[](std::size_t index) const {
    const std::uint64_t begin = index == 0 ? 0 : m_ends[index - 1];
    return std::string_view(m_text).substr(begin, m_ends[index] - begin);
  }

 private:
  std::string m_text;
  std::vector<std::uint64_t> m_ends;
};

/// The number format of each cell style (cellXfs), by its index.
std::vector<NumberFormat> read_cell_styles(PackageEntry& entry, const TableInput& input);

/// A merged range of more than one row or column.
struct MergedRange {
  CellPlace first;
  CellPlace last;
};
/// Merged ranges stand behind the rows in the file: this reads the sheet once, quickly, to know them beforehand.
/// Ordered by their first row.
std::vector<MergedRange> read_merged_ranges(Package& package, const std::string& entry, const TableInput& input);

}  // namespace menpai::intake

// SPDX-License-Identifier: Apache-2.0
// What a number in a workbook looks like to the person who typed it (ECMA-376 part 1, 18.8.30 number formats).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace menpai::intake {

enum class NumberLook : std::uint8_t {
  plain,
  date,       ///< 2019-03-05
  date_time,  ///< 2019-03-05 13:45:00
  time,       ///< 13:45:00
  padded,     ///< 000123: a code that keeps its zeros
};
struct NumberFormat {
  NumberLook look = NumberLook::plain;
  int digits = 0;  ///< of padded
};

/// The built-in format of that id; the ids 27-36 and 50-58 are dates in Chinese, Japanese and Korean workbooks.
NumberFormat builtin_number_format(int id);
/// A format code as in styles.xml: yyyy"年"m"月"d"日", 000000, General.
NumberFormat parse_number_format(std::string_view code);

/// The text of a stored number. Whole numbers have no ".0" and no exponent; at most 15 digits count, as in a
/// spreadsheet. What is no number stays as it is.
std::string number_text(std::string_view stored, NumberFormat format, bool dates_from_1904);

/// Column (from 0) and row (from 1) of "AB12"; nothing if it is no cell name.
struct CellPlace {
  std::uint32_t column = 0;
  std::uint32_t row = 0;
};
std::optional<CellPlace> parse_cell_place(std::string_view name);

/// Undoes _x000D_ and the like (ECMA-376 part 1, 22.9.2.19 ST_Xstring).
void undo_escapes(std::string& text);

}  // namespace menpai::intake

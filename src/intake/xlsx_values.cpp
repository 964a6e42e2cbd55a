// SPDX-License-Identifier: Apache-2.0
// Numbers, dates, cell names and escapes of workbooks.
#include "intake/xlsx_values.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/utf8.hpp"

namespace menpai::intake {
namespace {

constexpr int seconds_a_day = 86400;
// Serial 1 is 1900-01-01 and the calendar has a 29 February 1900 that never was, so from March 1900 on day 0 is
// 1899-12-30.
constexpr int days_to_1899_12_30 = -25569;  ///< from 1970-01-01
constexpr int days_to_1904_01_01 = -24107;
constexpr double serial_max = 2958465.999;  ///< 9999-12-31

struct CivilDate {
  int year;
  int month;
  int day;
};

/// Days since 1970-01-01 → Gregorian date. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// civil_from_days.
CivilDate civil_date(int days) {
  days += 719468;
  const int era = (days >= 0 ? days : days - 146096) / 146097;
  const int day_of_era = days - era * 146097;
  const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

std::string date_text(double serial, NumberLook look, bool dates_from_1904) {
  int days = static_cast<int>(std::floor(serial));
  int seconds = static_cast<int>(std::lround((serial - days) * seconds_a_day));
  if (seconds == seconds_a_day) {
    ++days;
    seconds = 0;
  }
  std::array<char, 32> time{};
  std::snprintf(time.data(), time.size(), "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (look == NumberLook::time && days == 0) return time.data();
  const int before_march_1900 = !dates_from_1904 && days < 60 ? 1 : 0;
  const CivilDate date =
      civil_date(days + (dates_from_1904 ? days_to_1904_01_01 : days_to_1899_12_30) + before_march_1900);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", date.year, date.month, date.day);
  std::string out = text.data();
  if (look == NumberLook::date_time || seconds != 0) out.append(" ").append(time.data());
  return out;
}

bool is_whole_and_short(std::string_view stored) {
  const std::string_view digits = stored.substr(!stored.empty() && stored[0] == '-' ? 1 : 0);
  return !digits.empty() && digits.size() <= 15 && digits.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Fifteen significant digits without an exponent, as far as that can be read.
std::string shortest(double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.15g", value);
  const std::string compact = text.data();
  if (compact.find('e') == std::string::npos || std::abs(value) >= 1e21 || std::abs(value) < 1e-9) return compact;
  // The exponent is spelled out from the fifteen digits, so that no digits appear that were never there.
  const std::size_t e = compact.find('e');
  const int exponent = std::atoi(compact.c_str() + e + 1);
  const bool negative = compact[0] == '-';
  std::string digits;
  for (const char c : compact.substr(0, e))
    if (c >= '0' && c <= '9') digits += c;
  std::string out = negative ? "-" : "";
  if (exponent < 0) return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return out + digits + std::string(whole - digits.size(), '0');
  return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

}  // namespace

NumberFormat builtin_number_format(int id) {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
    return {NumberLook::date, 0};
  if (id == 22) return {NumberLook::date_time, 0};
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
    return {NumberLook::time, 0};
  return {};
}

NumberFormat parse_number_format(std::string_view code) {
  bool day_or_year = false;
  bool hour_or_second = false;
  bool month = false;
  int zeros = 0;
  bool only_zeros = !code.empty();
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    only_zeros = only_zeros && c == '0';
    switch (c) {
      case '"':
        i = std::min(code.find('"', i + 1), code.size());
        break;
      case '\\':
      case '_':
      case '*':
        ++i;
        break;
      case '[': {
        const std::size_t end = std::min(code.find(']', i), code.size());
        const char first = i + 1 < code.size() ? code[i + 1] : ' ';
        if (first == 'h' || first == 'H' || first == 's' || first == 'm') hour_or_second = true;
        i = end;
        break;
      }
      case '0':
        ++zeros;
        break;
      case 'E':
        if (i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-')) return {};
        break;
      case 'y':
      case 'Y':
      case 'd':
      case 'D':
      case 'e':
        day_or_year = true;
        break;
      case 'h':
      case 'H':
      case 's':
      case 'S':
        hour_or_second = true;
        break;
      case 'm':
      case 'M':
        month = true;
        break;
      case 'G':
        return {};  // General, G/通用格式
      default:
        break;
    }
  }
  if (only_zeros && zeros > 1) return {NumberLook::padded, zeros};
  if (day_or_year) return {hour_or_second ? NumberLook::date_time : NumberLook::date, 0};
  if (hour_or_second) return {NumberLook::time, 0};
  if (month && zeros == 0) return {NumberLook::date, 0};
  return {};
}

std::string number_text(std::string_view stored, NumberFormat format, bool dates_from_1904) {
  if (format.look == NumberLook::plain && is_whole_and_short(stored)) return std::string(stored);
  double value = 0;
  const auto [end, failed] = std::from_chars(stored.data(), stored.data() + stored.size(), value);
  if (failed != std::errc{} || end != stored.data() + stored.size() || !std::isfinite(value))
    return std::string(stored);
  if (format.look == NumberLook::padded) {
    std::string digits = shortest(value);
    if (digits.find_first_not_of("0123456789") != std::string::npos) return digits;
    const auto width = static_cast<std::size_t>(format.digits);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
  }
  if (format.look != NumberLook::plain && value >= 0 && value <= serial_max)
    return date_text(value, format.look, dates_from_1904);
  return shortest(value);
}

std::optional<CellPlace> parse_cell_place(std::string_view name) {
  CellPlace place;
  std::size_t i = 0;
  for (; i < name.size() && name[i] >= 'A' && name[i] <= 'Z'; ++i) {
    if (i == 4) return std::nullopt;
    place.column = place.column * 26 + static_cast<std::uint32_t>(name[i] - 'A') + 1;
  }
  const auto [end, failed] = std::from_chars(name.data() + i, name.data() + name.size(), place.row);
  if (i == 0 || failed != std::errc{} || end != name.data() + name.size() || place.row == 0) return std::nullopt;
  --place.column;
  return place;
}

void undo_escapes(std::string& text) {
  std::size_t from = text.find("_x");
  if (from == std::string::npos) return;
  std::string out;
  std::size_t copied = 0;
  for (; from != std::string::npos; from = text.find("_x", from + 1)) {
    if (from + 7 > text.size() || text[from + 6] != '_') continue;
    unsigned code = 0;
    const auto [end, failed] = std::from_chars(text.data() + from + 2, text.data() + from + 6, code, 16);
    if (failed != std::errc{} || end != text.data() + from + 6) continue;
    out.append(text, copied, from - copied);
    const bool readable = code != 0 && (code < 0xD800 || code > 0xDFFF);
    utf8::append(out, readable ? static_cast<char32_t>(code) : utf8::replacement);
    copied = from + 7;
    from = copied - 1;
  }
  out.append(text, copied);
  text = std::move(out);
}

}  // namespace menpai::intake

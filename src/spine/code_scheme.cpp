// SPDX-License-Identifier: Apache-2.0
// Readable codes of buildings and rooms.
#include "spine/code_scheme.hpp"

#include <algorithm>

#include "base/check_digit.hpp"
#include "base/error.hpp"

namespace menpai::spine {
namespace {

constexpr std::uint32_t serial_max = 999999;
constexpr std::size_t division_digits = 12;
constexpr std::size_t serial_digits = 6;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void append_serial(std::string& code, std::uint32_t serial) {
  if (serial < 1 || serial > serial_max) {
    throw Error(ErrorCode::bad_request,
                "A serial number in a code goes from 1 to 999999; this village has used them up.");
  }
  const std::string digits = std::to_string(serial);
  code.append(serial_digits - digits.size(), '0');
  code += digits;
}

std::string division_part(std::string_view division_code) {
  if (division_code.size() < 2 || division_code.size() > division_digits || !all_digits(division_code)) {
    throw Error(ErrorCode::bad_request, "A division code has 2 to 12 digits.");
  }
  std::string code(division_code);
  code.resize(division_digits, '0');
  return code;
}

}  // namespace

char check_digit(std::string_view digits) {
  return menpai::check_digit(digits);
}

bool has_right_check_digit(std::string_view code) {
  return code.size() >= 2 && all_digits(code) && check_digit(code.substr(0, code.size() - 1)) == code.back();
}

std::string building_code(std::string_view division_code, std::uint32_t serial) {
  std::string code = division_part(division_code);
  append_serial(code, serial);
  return code + check_digit(code);
}

std::string room_code(std::string_view division_code, std::uint32_t building_serial, std::uint32_t room_serial) {
  std::string code = division_part(division_code);
  append_serial(code, building_serial);
  append_serial(code, room_serial);
  return code + check_digit(code);
}

}  // namespace menpai::spine

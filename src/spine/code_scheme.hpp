// SPDX-License-Identifier: Apache-2.0
// Readable codes of buildings and rooms: how they are put together and checked. Once issued a code is never taken
// apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace menpai::spine {

/// See base/check_digit.hpp.
char check_digit(std::string_view digits);
/// True if `code` is at least two digits and its last is the check digit of the others.
bool has_right_check_digit(std::string_view code);

/// Scheme `menpai-building`, 19 digits: village (12) + serial in the village (6) + check digit. For a building, or a
/// house or gate with a door number of its own. `division_code` shorter than 12 digits is filled with zeros on the
/// right. Throws bad_request if the division is not 2 to 12 digits or the serial is not 1 to 999999.
std::string building_code(std::string_view division_code, std::uint32_t serial);

/// Scheme `menpai-room`, 25 digits: the building's 18 digits without its check digit + serial in the building (6) +
/// check digit. Throws bad_request like building_code.
std::string room_code(std::string_view division_code, std::uint32_t building_serial, std::uint32_t room_serial);

}  // namespace menpai::spine

// SPDX-License-Identifier: Apache-2.0
// Where a question about places is asked: the counties of the register and the part of them that a division is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"

namespace menpai::app {

struct Scope {
  std::vector<std::int32_t> counties;
  std::string pattern;  ///< for LIKE: "442000108%"; "%" for everywhere
};
/// Throws bad_request if `division` is neither empty nor 2 to 12 digits.
Scope scope_of(store::Connection& connection, std::string_view division);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
#include "app/account_name.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace menpai::app {

void check_account_name(std::string_view name) {
  const bool is_plain = std::none_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= ' ' || byte == 0x7f || byte == '"' || byte == '\'' || byte == '<' || byte == '>' || byte == '|';
  });
  if (!utf8::valid(name) || !is_plain || name.empty() || utf8::length(name) > 64) {
    throw Error(ErrorCode::bad_request,
                "An account's name has 1 to 64 characters, without blanks, quotes, angle brackets or bars.");
  }
}

}  // namespace menpai::app

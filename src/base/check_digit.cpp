// SPDX-License-Identifier: Apache-2.0
// The check digit of numeric codes, two digits a step through a table.
#include "base/check_digit.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace menpai {
namespace {

constexpr unsigned next_product(unsigned product, unsigned digit) {
  const unsigned sum = (product + digit) % 10;
  return (sum == 0 ? 10 : sum) * 2 % 11;
}

/// By product (0 to 10) and two digits (0 to 99).
constexpr auto pair_products = [] {
  std::array<std::array<std::uint8_t, 100>, 11> table{};
  for (unsigned product = 0; product < 11; ++product) {
    for (unsigned pair = 0; pair < 100; ++pair) {
      table[product][pair] = static_cast<std::uint8_t>(next_product(next_product(product, pair / 10), pair % 10));
    }
  }
  return table;
}();

unsigned digit_of(char c) {
  return static_cast<unsigned>(c - '0') % 10;
}

}  // namespace

char check_digit(std::string_view digits) {
  unsigned product = 10;
  std::size_t i = 0;
  if (digits.size() % 2 != 0) product = next_product(product, digit_of(digits[i++]));
  for (; i < digits.size(); i += 2)
    product = pair_products[product][digit_of(digits[i]) * 10 + digit_of(digits[i + 1])];
  return static_cast<char>('0' + (11 - product) % 10);
}

}  // namespace menpai

// SPDX-License-Identifier: Apache-2.0
// Numeric codes in blocks of up to 64: runs that count up cost a few bits, right check digits nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace menpai::address {

/// The longest number, in digits, that is packed as one.
inline constexpr std::size_t run_digits_max = 36;

/// `n` bits (at most 64) of little-endian `bytes` from bit `at` on; 0 where they do not lie inside.
std::uint64_t read_bits(std::span<const std::byte> bytes, std::size_t at, unsigned n);
/// The inverse; `bytes` has room for nine bytes from the first one touched, and zeros where the bits go.
void write_bits(std::span<std::byte> bytes, std::size_t at, unsigned n, std::uint64_t value);

/// Appends a block for 1 to 64 `values`, which may be empty. False, and nothing appended, if one is longer than
/// run_digits_max or holds another character than a digit, or if they have more than four different lengths.
///
/// A value is split into its first 18 digits and the rest. Where every value of the block ends in its check digit
/// (base/check_digit.hpp), that is left out. Values that each are one more than the one before, of the same length,
/// make a run, and a run is stored once, as the difference from the block's least.
bool pack_number_runs(std::span<const std::string_view> values, std::vector<std::byte>& out);

/// Appends value `index` of the block that begins at `body`; `body` may go on behind the block. Constant time. Damaged
/// bytes give a wrong number of at most 40 digits or nothing.
void append_number_run(std::span<const std::byte> body, std::size_t index, std::string& out);

}  // namespace menpai::address

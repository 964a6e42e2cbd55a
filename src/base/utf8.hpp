// SPDX-License-Identifier: Apache-2.0
// UTF-8 at the lowest level: code points in and out, validity, counting. What a character means is not known here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace menpai::utf8 {

/// The replacement character, given for every byte that is not part of a well-formed sequence.
inline constexpr char32_t replacement = 0xFFFD;

/// Decodes one code point at `pos` (< text.size()) and moves `pos` behind it. Overlong forms, surrogates and values
/// above 10FFFF give `replacement` and move by one byte. Never throws.
char32_t next(std::string_view text, std::size_t& pos);

void append(std::string& out, char32_t c);
std::u32string decode(std::string_view text);
std::string encode(std::u32string_view text);

/// True if every byte is part of a well-formed sequence (Unicode 15, table 3-7).
bool valid(std::string_view text);

/// The number of code points; an ill-formed byte counts as one.
std::size_t length(std::string_view text);

}  // namespace menpai::utf8

// SPDX-License-Identifier: Apache-2.0
// The numbers of an address as one 64-bit key each: compared and stored as a number, shown as text again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "address/text/segment.hpp"

namespace menpai::address {

/// A packed number. From the top: kind (4 bits), value (24, shifted to be positive), sub-number (20), prefix (6),
/// suffix (6), style (4). The style only says how it is written (3栋, 3幢, 3号楼): keys are the same number if their
/// `identity` is equal. Keys of one kind sort by value.
using NumberKey = std::uint64_t;

inline constexpr int number_style_bits = 4;
constexpr NumberKey identity(NumberKey key) {
  return key >> number_style_bits;
}

/// The key of `number`, written as `text` (folded). None where it does not fit: a value of seven digits and more, an
/// unusual letter; such an element is kept as a name.
std::optional<NumberKey> pack_number(NumberKind kind, const Number& number, std::u32string_view text);

NumberKind number_kind(NumberKey key);
std::int32_t number_value(NumberKey key);
std::int32_t number_sub(NumberKey key);
/// Prefix and suffix together, 0 where it has none.
std::uint32_t number_letters(NumberKey key);

/// The same number counting another thing, in the usual style of that kind: 12号 → 12栋.
NumberKey with_kind(NumberKey key, NumberKind kind);
NumberKey with_value(NumberKey key, std::int32_t value);
NumberKey with_sub(NumberKey key, std::int32_t sub);

/// Appends the standard text: 12号, 984-6号, 3栋, B座, 2单元, 5层, 501室, 地下1层.
void append_number(NumberKey key, std::string& out);

/// The level at which a number of this kind stands; none for lanes (part of a place) and posts.
Level number_level(NumberKind kind);

}  // namespace menpai::address

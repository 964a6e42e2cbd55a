// SPDX-License-Identifier: Apache-2.0
// How alike two names are that are not the same.
#pragma once

#include <string_view>

namespace menpai::address {

/// Twice the longest common subsequence over both lengths: 1 for equal names, 0 for nothing in common. If `strict`, 0
/// as well where they differ in characters that tell names apart on purpose (digits, letters, 东 西 南 北 …). At most
/// 64 characters count.
double name_likeness(std::u32string_view a, std::u32string_view b, bool strict);

/// True for characters that tell names apart on purpose.
bool is_distinguishing(char32_t c);

}  // namespace menpai::address

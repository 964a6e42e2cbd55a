// SPDX-License-Identifier: Apache-2.0
// How alike two names are that are not the same.
#pragma once

#include <string_view>

namespace menpai::address {

/// Twice the longest common subsequence over both lengths: 1 for equal names, 0 for nothing in common. If `strict`, 0
/// as well where they differ in characters that tell names apart on purpose (digits, letters, 东 西 南 北 …). At most
/// 64 characters count.
double name_likeness(std::u32string_view a, std::u32string_view b, bool strict);

/// How two names stand to each other in what tells names apart on purpose.
enum class NameContrast {
  none,
  one_sided,    ///< only one of them has it: 欣围街 and 欣围十街, 云岭路 and 云岭东路
  conflicting,  ///< both have it and differ: 欣围5街 and 欣围7街, A区 and B区, 云岭东路 and 云岭西路
};
/// Compares the numbers, letters and distinguishing characters of two keys (see append_name_key). Numbers and letters
/// count as whole runs: 5 and 15 conflict. Quadratic in lengths of at most 64.
NameContrast name_contrast(std::u32string_view a, std::u32string_view b);

/// The one error that makes what was typed of a name.
enum class NameError {
  sound,      ///< a character of the same sound instead: 云领 for 云岭
  shape,      ///< a character of the same shape instead: 秦安 for 泰安
  exchanged,  ///< two neighbours exchanged
  doubled,    ///< a character typed twice
  lost,       ///< one left out
  other,      ///< another character instead, or put in
};
/// For names that are one error apart (see one_error_apart). Linear.
NameError name_error(std::u32string_view typed, std::u32string_view name);

/// For names of one length: the share of characters that are the same, those of the same sound counting 0.9; else 0.
double sound_likeness(std::u32string_view a, std::u32string_view b);

/// True for characters that tell names apart on purpose.
bool is_distinguishing(char32_t c);

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// The ways a name is typed on a Latin keyboard: in full pinyin, or by the initial of each character.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace menpai::address {

/// The spellings of a name, each once. Letters a to z and digits only.
struct PinyinKeys {
  std::vector<std::string> full;      ///< 欣围街 → xinweijie
  std::vector<std::string> initials;  ///< 欣围街 → xwj
};

/// The spellings of `text` (folded): of characters with several readings every one, but at most eight combinations, the
/// usual readings first. Other characters than ideographs, letters and digits are left out.
void make_pinyin_keys(std::u32string_view text, PinyinKeys& out);

/// The spelling of `typed`, a mixture of ideographs, letters and digits, by initials: every way to read its letters as
/// syllables, beginnings of syllables and initials, at most `limit`. `typed` is in lower case.
void make_initials(std::u32string_view typed, std::size_t limit, std::vector<std::string>& out);

/// True if `typed` (lower case) stands for the first characters of `name` (folded): each ideograph for itself, letters
/// for a whole syllable or its initial, the last letters for the beginning of a syllable. `whole`: for all of its
/// characters.
bool matches_typed(std::u32string_view typed, std::u32string_view name, bool whole);

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// How ideographs are read: Hanyu Pinyin without tones, every reading of a character, the one of place names first.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace menpai::address {

/// A syllable without its tone, numbered in alphabetical order. ü is written v, as it is typed.
using Syllable = std::uint16_t;

/// "xin". Empty for a number that is no syllable.
std::string_view syllable_text(Syllable syllable);

/// The readings of a folded character, the usual one first and before it those that rules/pinyin_places.tsv names for
/// place names; empty for what is no ideograph of the basic plane or has no reading. The table is Unihan's (Unicode
/// Standard Annex 38: kMandarin, kTGHZ2013, kHanyuPinlu, kXHC1983), 27,000 characters. Table look-up.
std::span<const Syllable> pinyin_of(char32_t c);

/// True if the two characters share a reading (tones aside): what a typist mixes up.
bool same_sound(char32_t a, char32_t b);

}  // namespace menpai::address

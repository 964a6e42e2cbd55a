// SPDX-License-Identifier: Apache-2.0
// How a place name is spelt in Hanyu Pinyin, and every way in which it can be read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/place.hpp"

namespace menpai::change {

struct PlaceSound {
  /// Specific and generic part apart, each with a capital, without tones, an apostrophe before a, o and e: "Xi'an Lu"
  /// (地名管理条例第十五条; the spelling rules for place names of 1984, not verified). The customary reading of each
  /// character in place names; a person corrects it where a place is read otherwise.
  std::string pinyin;
  /// spine::sound_key() of every reading, the customary one first, at most eight.
  std::vector<std::string> keys;
};

PlaceSound sound_of_place(std::string_view name, PlaceKind kind);

}  // namespace menpai::change

// SPDX-License-Identifier: Apache-2.0
// Looks at a proposed place name (地名 = 专名 + 通名) and says what speaks against it.
//
// Source: 地名管理条例 (2022), article 9; the criteria for irregular names 大、洋、怪、重 of the clean-up of 2018 and
// 2019 (the notice's annex as the press reported it). How names sound comes in as data: this file knows no pinyin.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/place.hpp"
#include "model/place_name_report.hpp"
#include "spine/place_name_rules.hpp"

namespace menpai::spine {

/// The longest name that is looked at, in characters.
inline constexpr std::size_t place_name_max = 60;

struct ProposedName {
  std::string name;
  PlaceKind kind = PlaceKind::road;
  std::string division_code;            ///< where it would lie
  std::string pinyin;                   ///< as the applicant spells it; empty: not stated
  std::string usual_pinyin;             ///< as it would be spelt: Xingang Lu
  std::vector<std::string> sound_keys;  ///< sound_key() of every reading
  std::optional<double> length_m, width_m, area_m2;
};

/// `others`: the places of the same kind of name in the county whose names or sounds are alike, and places that once
/// bore the name; a place itself is not its own duplicate: leave it out. Throws bad_request if the name is empty,
/// longer than place_name_max or not UTF-8.
NameReport check_place_name(const ProposedName& proposed, std::span<const NamedPlace> others,
                            const PlaceNameRules& rules = PlaceNameRules::shipped());

/// 专名 and 通名: 新港路 → 新港, 路. The generic part is empty where no word of the list ends the name.
struct NameParts {
  std::string specific, generic;
};
NameParts split_place_name(std::string_view name, PlaceKind kind,
                           const PlaceNameRules& rules = PlaceNameRules::shipped());

/// A spelling in small letters without tones, blanks and hyphens; ü as v, apostrophes stay: "Xī'ān Lù" → xi'anlu.
std::string sound_key(std::string_view pinyin);

}  // namespace menpai::spine

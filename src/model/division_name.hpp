// SPDX-License-Identifier: Apache-2.0
// The parts of a division's name: what it is called, and the generic word that says what it is.
#pragma once

#include <string_view>

namespace menpai {

struct DivisionNameParts {
  std::string_view stem;  ///< 江津, 大通, 石岐
  std::string_view suffix;  ///< the word it ends with: 区, 自治县 (without the peoples before it), 街道; empty if none
};

/// Cuts the name of a province, city or county: 江津区 → 江津 + 区, 大通回族土族自治县 → 大通 + 自治县. A name that
/// would be left with less than two characters stays whole (吉县, 城区). The parts point into `name`.
DivisionNameParts division_name_parts(std::string_view name);

/// Cuts the name of a town: 石岐街道 → 石岐 + 街道, 古镇镇 → 古镇 + 镇. Farms, zones and the like have no suffix.
DivisionNameParts town_name_parts(std::string_view name);

/// Cuts the name of a village: 鸣江村村委会 → 鸣江 + 村村委会, 多福巷社区居委会 → 多福巷 + 社区居委会.
DivisionNameParts village_name_parts(std::string_view name);

}  // namespace menpai

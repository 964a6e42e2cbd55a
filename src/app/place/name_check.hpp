// SPDX-License-Identifier: Apache-2.0
// The check of a proposed name against the register, for whoever holds a connection: the door is in places.hpp.
#pragma once

#include <vector>

#include "app/place/place_rules.hpp"
#include "app/place/places.hpp"
#include "model/change_set.hpp"
#include "store/connection.hpp"

namespace menpai::app {

/// `county_code`: where the names that it may repeat are kept.
NameReport check_name_in(store::Connection& connection, const PlaceRules& rules, int county_code,
                         const NameQuestion& question);

/// What a report says, as the advice of a plan: the law's article and the words in both languages.
std::vector<Advice> advice_of(const NameReport& report);

}  // namespace menpai::app

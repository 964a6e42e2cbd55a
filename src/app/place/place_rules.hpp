// SPDX-License-Identifier: Apache-2.0
// The rules for names, numbers and time limits that an installation goes by: the shipped ones and its own.
#pragma once

#include <memory>
#include <vector>

#include "app/settings.hpp"
#include "spine/deadline.hpp"
#include "spine/numbering_rule.hpp"
#include "spine/place_name_rules.hpp"

namespace menpai::app {

struct PlaceRules {
  spine::PlaceNameRules names;
  std::vector<spine::NumberingRule> numbering;  ///< the one in use first
  spine::WorkCalendar calendar;

  /// `name` empty: the rule in use. Throws bad_request that lists those there are.
  const spine::NumberingRule& numbering_rule(std::string_view name = {}) const;
};

/// Throws bad_request that names the setting and the row at fault, not_found if a file is not there.
std::shared_ptr<const PlaceRules> load_place_rules(const Settings& settings);

}  // namespace menpai::app

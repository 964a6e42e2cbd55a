// SPDX-License-Identifier: Apache-2.0
// What stands in the register, as the planners need it.
#pragma once

#include <span>
#include <vector>

#include "app/change/change_kinds.hpp"
#include "change/address_plan.hpp"
#include "change/place_plan.hpp"

namespace menpai::app {

/// An address and all below it that is not retired. Throws not_found.
change::Subtree load_subtree(PlanContext& context, const Uuid& id);
/// What an address hangs on: its parent, or the division where it has none.
change::Above load_above(PlanContext& context, const change::RegisteredAddress& address);
/// As something that others can hang on.
change::Above as_above(const change::RegisteredAddress& address);
/// What was retired together with an address by one change set; the address first, parents before children.
change::Subtree load_retired_with(PlanContext& context, const Uuid& id);

/// Throws not_found.
change::RegisteredPlace load_place(PlanContext& context, const Uuid& id);
/// The nodes that stand for a place in the address tree, each with all below.
std::vector<change::Subtree> load_roots(PlanContext& context, const change::RegisteredPlace& place);

/// "广东省中山市港口镇". Throws bad_request for a division that is not known.
std::string division_display(const address::DivisionIndex& divisions, const std::string& division_code);

}  // namespace menpai::app

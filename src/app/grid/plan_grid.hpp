// SPDX-License-Identifier: Apache-2.0
// Planners of grids: import, attributes, borders, splitting, merging, retiring; departments' sets of them follow.
#pragma once

#include "app/change/change_kinds.hpp"

namespace menpai::app {

ChangeSubject subject_of_grids(Application&, const address::DivisionIndex&, const RequestJson&);
void plan_imported_grids(PlanContext&, const RequestJson&, ChangePlan&);
void plan_corrected_grid(PlanContext&, const RequestJson&, ChangePlan&);
void plan_moved_border(PlanContext&, const RequestJson&, ChangePlan&);
void plan_split_grid(PlanContext&, const RequestJson&, ChangePlan&);
void plan_merged_grids(PlanContext&, const RequestJson&, ChangePlan&);
void plan_retired_grid(PlanContext&, const RequestJson&, ChangePlan&);
void plan_new_business_grid(PlanContext&, const RequestJson&, ChangePlan&);

}  // namespace menpai::app

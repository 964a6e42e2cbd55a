// SPDX-License-Identifier: Apache-2.0
// Planners of plates and batches (门楼牌): what change_kinds.cpp lists under plate.*.
#pragma once

#include "app/change/change_kinds.hpp"
#include "spine/plate_kind.hpp"

namespace menpai::app {

/// At most so many plates in one change set.
inline constexpr std::size_t plates_a_set_max = 20'000;

/// The shipped kinds and those of the setting plate.kinds.
spine::PlateKinds load_plate_kinds(const Application& app);
/// The same for who asks.
spine::PlateKinds list_plate_kinds(Application& app, const Caller& caller);

/// {"object_ids":[…], "kind":"", "is_temporary":false, "foot":"", "also":false}: plates are wanted for addresses, or
/// signs for places. The kind is the usual one of the level unless it is given. One that has a plate already is refused
/// unless "also".
void plan_new_plates(PlanContext&, const RequestJson&, ChangePlan&);
/// {"plate_id":…, "name":, "number":, "pinyin":, "foot":, "kind":}: what a plate that is not made yet will show.
void plan_corrected_plate(PlanContext&, const RequestJson&, ChangePlan&);
/// {"plate_ids":[…], "contractor":, "number":, "note":}: a production list.
void plan_plate_order(PlanContext&, const RequestJson&, ChangePlan&);
/// {"batch_id":…, "rejected":[{"id":,"reason":}], "missing":[id…]}: what the contractor brought; all else is accepted.
void plan_plate_delivery(PlanContext&, const RequestJson&, ChangePlan&);
/// {"batch_id":…}: the plates that were not delivered go back.
void plan_plate_order_cancelled(PlanContext&, const RequestJson&, ChangePlan&);
/// {"step":"install|inspect|report|mend|withdraw", "by":, "finding":, "reason":, "items":[{"id":,"lon":,"lat":,
/// "photo":}]} or "plate_ids": one step of many plates.
void plan_plate_step(PlanContext&, const RequestJson&, ChangePlan&);
/// {"plate_ids":[…], "reason":}: each gets a successor that is wanted, and is replaced by it.
void plan_plate_replacement(PlanContext&, const RequestJson&, ChangePlan&);
/// {"plate_ids":[…], "reason":}: their QR codes count no more.
void plan_plate_revocation(PlanContext&, const RequestJson&, ChangePlan&);

/// Finds the county by the first id that the request names.
ChangeSubject subject_of_plates(Application&, const address::DivisionIndex&, const RequestJson&);

}  // namespace menpai::app

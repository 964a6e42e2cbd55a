// SPDX-License-Identifier: Apache-2.0
// What becomes of a row.
#include "change/decide.hpp"

#include "geo/geometry.hpp"

namespace menpai::change {
namespace {

constexpr double moved_far_m = 500;
constexpr double moved_m = 0.02;  // stored to seven decimals, which are a centimetre

Decision refuse(RefuseReason reason) {
  return {RowOutcome::refused, refuse_reason_name(reason)};
}
Decision hold(HoldReason reason) {
  return {RowOutcome::held, hold_reason_name(reason)};
}

/// True if `inner` lies below `outer`: 442000108001 below 442000108. A city without counties writes 00 for them, so the
/// codes are compared as written.
bool is_finer(std::string_view inner, std::string_view outer) {
  return inner.size() > outer.size() && inner.substr(0, outer.size()) == outer;
}

}  // namespace

Decision decide_address(const AddressRow& row, const AddressFacts& facts) {
  if (row.refused) return refuse(*row.refused);
  if (row.held) return hold(*row.held);
  if (facts.code_owner && (!facts.known || facts.known->id != *facts.code_owner)) {
    return refuse(RefuseReason::code_taken);
  }
  if (row.id && facts.known && facts.known->id != *row.id) return hold(HoldReason::other_id);
  if (row.id && !facts.known && facts.id_is_used) return refuse(RefuseReason::id_taken);
  Decision decision;
  if (!facts.known) {
    decision.outcome = RowOutcome::created;
    decision.sets_code = !row.code.empty();
    decision.sets_point = row.point.has_value();
    decision.sets_division = true;
    return decision;
  }
  const AddressFacts::Known& known = *facts.known;
  if (!row.code.empty() && !known.code.empty() && row.code != known.code) return hold(HoldReason::other_code);
  if (row.point && known.point) {
    const double moved = geo::distance_m(*row.point, *known.point);
    if (moved > moved_far_m) return hold(HoldReason::moved_far);
    decision.sets_point = moved > moved_m;
  }
  if (row.point && !known.point) decision.sets_point = true;
  decision.sets_code = !row.code.empty() && known.code.empty();
  decision.sets_division = is_finer(row.division_code, known.division_code);
  const bool changes = decision.sets_code || decision.sets_point || decision.sets_division;
  decision.outcome = changes ? RowOutcome::changed : RowOutcome::same;
  return decision;
}

}  // namespace menpai::change

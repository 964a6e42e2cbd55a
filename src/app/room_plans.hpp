// SPDX-License-Identifier: Apache-2.0
// Rooms by floor plan: what a plan would make in each of its buildings, and making it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "app/change/change_kinds.hpp"
#include "app/change/object_writer.hpp"
#include "spine/floor_plan.hpp"

namespace menpai::app {

inline constexpr std::size_t room_plan_buildings_max = 50'000;
inline constexpr std::size_t room_plan_rooms_max = 2'000'000;

/// A plan and the buildings it is for.
struct RoomPlanRequest {
  spine::FloorPlan plan;
  std::vector<Uuid> buildings;  ///< their own ids or those of their main addresses
};
/// {"plan": {…}, "buildings": [id…]}. Throws bad_request that names what is wrong with the plan and where.
RoomPlanRequest read_room_plan(const RequestJson& request);

/// One node of the tree as the plan has it.
struct PlannedNode {
  std::string_view state;  ///< "new"; "same": it stands in the register; "extra": it does, and not in the plan
  std::string level;       ///< "unit", "floor", "room"
  std::string text;        ///< the whole address
};
struct PlannedBuildingView {
  std::string id, address, code;
  std::string fault;  ///< why nothing can be made: "retired", "not_found", "foreign_code", "no_building_code"; or empty
  std::uint64_t new_nodes = 0, new_rooms = 0, same_rooms = 0, extra_rooms = 0;
};
struct RoomPlanPreview {
  std::uint64_t units = 0, floors = 0, rooms = 0;  ///< of one building, as planned
  std::uint64_t new_nodes = 0, new_rooms = 0, same_rooms = 0, extra_rooms = 0, faults = 0;
  std::vector<PlannedBuildingView> buildings;  ///< the first 1,000
  std::vector<PlannedNode> nodes;              ///< of the first building, at most 5,000
  std::vector<spine::ChecklistRow> checklist;  ///< what to look at on the visit
};
/// Counts and lists what the plan would do. Nothing is written.
RoomPlanPreview preview_room_plan(Application& app, const Caller& caller, std::string_view request);

/// What is wrong with a plan, in words of its author: one line each, empty if nothing is.
std::vector<spine::PlanNote> check_room_plan(std::string_view text, bool is_toml, spine::FloorPlan& plan);

// The change kind "address.rooms_by_plan".
ChangeSubject subject_of_rooms(Application& app, const address::DivisionIndex& divisions, const RequestJson& request);
/// Lists the new addresses, without their fields. Throws conflict if a building has a fault.
void plan_rooms(PlanContext& context, const RequestJson& request, ChangePlan& plan);
/// Makes the addresses, rooms and codes, and the codes of buildings that have none. Much quicker than a plan of single
/// edits: rows go in by COPY, 50,000 at a time.
TouchCounts write_rooms(PlanContext& context, const RequestJson& request, const ChangeSet& set, const Caller& caller,
                        store::Timestamp at, CodeIssuer& issuer);

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Rooms by floor plan: from "two units, 33 floors, four rooms a floor, no 4, 13, 14" to every unit, floor and room with
// its standard name. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace menpai::spine {

/// How rooms are named. The standard text ends in 室 (units 单元, floors 层, below ground 地下1层).
enum class RoomNaming : std::uint8_t {
  floor_room,       ///< floor and number: 501室, 1203室
  letters,          ///< floor and letter: 5A室
  unit_floor_room,  ///< unit, floor and number each as a node of its own: 1单元 5层 2室
};

/// A half floor between two others; its name is 2夹层 for the one above floor 2.
struct Mezzanine {
  int above = 1;
  int rooms = 1;
};
/// Floors that are not like the others.
struct FloorException {
  std::vector<std::string> units;  ///< empty: all
  int from = 1, to = 1;
  std::optional<int> rooms;  ///< 0: the floor has none
  std::optional<int> first_room;
  std::vector<std::string> names;  ///< in place of `rooms`: "101", "大堂"; without 室
};
/// A flat let room by room: 501 becomes 501-1, 501-2 … or 501A, 501B …
struct Subdivision {
  std::string unit;  ///< empty where there are no units, or for every unit
  std::string room;  ///< "501"
  int parts = 2;
  bool letters = false;
  bool keeps_whole = true;  ///< the flat itself stays an address too
};

struct FloorPlan {
  std::vector<std::string> units;  ///< "1", "2", "东"; empty: no units
  int basements = 0;               ///< floors below ground
  int basement_rooms = 0;          ///< on each of them
  int top_floor = 0;               ///< the number of the highest floor, or
  int floors = 0;                  ///< how many floors there are above ground; exactly one of the two is given
  int rooms_a_floor = 0;
  int first_room = 1;
  int room_digits = 2;
  bool counts_on_over_units = false;  ///< 1单元 has 01 and 02, 2单元 goes on with 03
  std::vector<int> skipped_floors;    ///< there is no such floor: 4, 13, 14
  std::vector<int> skipped_rooms;     ///< numbers that no room has
  RoomNaming naming = RoomNaming::floor_room;
  bool names_floors = false;  ///< floors above ground are nodes of the address as well
  std::vector<Mezzanine> mezzanines;
  std::vector<FloorException> exceptions;
  std::vector<Subdivision> subdivisions;
};

/// What is wrong with a plan. The names are stable.
enum class PlanFault : std::uint8_t {
  no_floors,        ///< neither floors nor top_floor, or both, or less than one
  no_rooms,         ///< no floor has a room
  too_many_floors,  ///< more than 200
  too_many_rooms,   ///< more than 20,000 in a building, 500 on a floor
  floor_order,      ///< from above to, or a mezzanine above the top
  no_such_floor,    ///< an exception or mezzanine at a floor that is skipped or beyond the top
  no_such_unit,
  no_such_room,  ///< a subdivision of a room that the plan does not have
  duplicate_unit,
  duplicate_room,
  bad_name,    ///< empty, longer than 20 characters, or with blanks or signs
  bad_number,  ///< out of its range
  bad_form,    ///< not the form of a plan: a wrong type, an unknown field
};
std::string_view plan_fault_name(PlanFault fault);
struct PlanNote {
  PlanFault fault{};
  std::string at;  ///< "exceptions[2].from", "1单元 5层"
  std::string detail;
};

enum class RoomKind : std::uint8_t { plain, below_ground, mezzanine, irregular, divided, part };
std::string_view room_kind_name(RoomKind kind);

struct PlannedUnit {
  std::string name;          ///< "1单元"; empty for the only one of a building without units
  std::uint32_t number = 0;  ///< for codes: its own number, else its place in the list; 0 without units
};
struct PlannedFloor {
  std::uint32_t unit = 0;  ///< index
  int number = 0;          ///< negative below ground; a mezzanine has that of the floor below it
  bool is_mezzanine = false;
  bool is_node = false;                        ///< a level of the address
  std::string name;                            ///< "5层", "地下1层", "2夹层"
  std::size_t first_room = 0, room_count = 0;  ///< in Building::rooms
};
struct PlannedRoom {
  std::uint32_t floor = 0;  ///< index in Building::floors
  std::string name;         ///< "501室"
  std::int64_t sort_main = 0, sort_sub = 0;
  std::uint32_t number = 0;  ///< on its floor and unit, for codes; no two rooms of one unit and floor number share it
  RoomKind kind = RoomKind::plain;
};
/// A building as planned: units in their order, floors of a unit from below upwards, rooms of a floor in their order.
struct PlannedBuilding {
  std::vector<PlannedUnit> units;
  std::vector<PlannedFloor> floors;
  std::vector<PlannedRoom> rooms;
  std::vector<PlanNote> notes;  ///< not empty: nothing else is to be used
};
PlannedBuilding make_rooms(const FloorPlan& plan);

/// What to look at on the visit: one row a floor and unit.
struct ChecklistRow {
  std::string unit, floor;
  std::size_t rooms = 0;
  std::string names;    ///< "501室-504室", "101室、大堂"
  std::string remarks;  ///< stable words, parted by a comma: "below_ground", "mezzanine", "irregular", "part"; or empty
};
std::vector<ChecklistRow> make_checklist(const PlannedBuilding& building);

/// Reads a plan from JSON or, if `is_toml`, from TOML; the fields are those of FloorPlan, exceptions have `floors`
/// ("3", "5-8", "-1") in place of from and to. What is wrong is noted, never thrown.
FloorPlan parse_floor_plan(std::string_view text, bool is_toml, std::vector<PlanNote>& notes);
/// A plan's TOML as JSON. Throws bad_request that names the line.
std::string plan_json_of_toml(std::string_view toml);

}  // namespace menpai::spine

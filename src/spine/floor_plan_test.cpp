// SPDX-License-Identifier: Apache-2.0
// Floor plans as an officer would write them, and the rooms that come of them.
#include "spine/floor_plan.hpp"

#include <gtest/gtest.h>
#include <set>
#include <tuple>

namespace menpai::spine {
namespace {

struct Made {
  PlannedBuilding building;
  std::vector<PlanNote> notes;
};
Made made(std::string_view json) {
  Made out;
  const FloorPlan plan = parse_floor_plan(json, false, out.notes);
  if (!out.notes.empty()) return out;
  out.building = make_rooms(plan);
  out.notes = out.building.notes;
  return out;
}

/// One line a floor: "1单元 5层: 501室-504室 (remark)"; or "fault at detail".
std::string told(std::string_view json) {
  const Made one = made(json);
  std::string out;
  for (const PlanNote& note : one.notes) {
    out += std::string(plan_fault_name(note.fault)) + " " + note.at + " " + note.detail + "\n";
  }
  if (!out.empty()) return out;
  for (const ChecklistRow& row : make_checklist(one.building)) {
    out += row.unit + (row.unit.empty() ? "" : " ") + row.floor + ":" + (row.names.empty() ? "" : " " + row.names) +
           (row.remarks.empty() ? "" : " (" + row.remarks + ")") + "\n";
  }
  return out;
}

struct PlanRow {
  const char* title;
  const char* plan;
  const char* rooms;
};
const PlanRow rows[] = {
    {"two units of two floors", R"({"units": 2, "floors": 2, "rooms_a_floor": 3})",
     "1单元 1层: 101室-103室\n1单元 2层: 201室-203室\n2单元 1层: 101室-103室\n2单元 2层: 201室-203室\n"},
    {"no units, floors without 4", R"({"top_floor": 5, "rooms_a_floor": 1, "skipped_floors": [4]})",
     "1层: 101室\n2层: 201室\n3层: 301室\n5层: 501室\n"},
    {"four floors that are numbered 1 2 3 5", R"({"floors": 4, "rooms_a_floor": 1, "skipped_floors": [4, 13, 14]})",
     "1层: 101室\n2层: 201室\n3层: 301室\n5层: 501室\n"},
    {"no room ends in 4", R"({"floors": 1, "rooms_a_floor": 4, "skipped_rooms": [4]})", "1层: 101室-103室、105室\n"},
    {"the second unit counts on",
     R"({"units": ["1","2"], "floors": 1, "rooms_a_floor": 2, "counts_on_over_units": true})",
     "1单元 1层: 101室、102室\n2单元 1层: 103室、104室\n"},
    {"named units", R"({"units": ["东","西"], "floors": 1, "rooms_a_floor": 1})",
     "东单元 1层: 101室\n西单元 1层: 101室\n"},
    {"letters", R"({"floors": 2, "rooms_a_floor": 3, "naming": "letters"})",
     "1层: 1A室、1B室、1C室\n2层: 2A室、2B室、2C室\n"},
    {"unit, floor, room", R"({"units": 1, "floors": 2, "rooms_a_floor": 2, "naming": "unit_floor_room"})",
     "1单元 1层: 1室、2室\n1单元 2层: 1室、2室\n"},
    {"three digits behind the floor", R"({"floors": 1, "rooms_a_floor": 2, "room_digits": 3})",
     "1层: 1001室、1002室\n"},
    {"basement and mezzanine",
     R"({"basements": 2, "basement_rooms": 1, "floors": 2, "rooms_a_floor": 2, "mezzanines": [{"above": 1, "rooms": 2}]})",
     "地下2层: 201室 (below_ground)\n地下1层: 101室 (below_ground)\n1层: 101室、102室\n1夹层: 101室、102室 "
     "(mezzanine)\n2层: "
     "201室、202室\n"},
    {"shops below, a penthouse above",
     R"({"floors": 4, "rooms_a_floor": 4, "exceptions": [{"floors": "1", "names": ["大堂", "101", "102"]},
        {"floors": "4", "rooms": 1}, {"floors": "3", "rooms": 0}]})",
     "1层: 大堂室、101室、102室 (irregular)\n2层: 201室-204室\n3层:\n4层: 401室 (irregular)\n"},
    {"an exception of one unit", R"({"units": 2, "floors": 1, "rooms_a_floor": 2,
        "exceptions": [{"units": ["2"], "floors": "1", "rooms": 1, "first_room": 9}]})",
     "1单元 1层: 101室、102室\n2单元 1层: 109室 (irregular)\n"},
    {"a flat let room by room", R"({"floors": 1, "rooms_a_floor": 2, "subdivisions": [{"room": "102", "parts": 3}]})",
     "1层: 101室、102室、102-1室、102-2室、102-3室 (divided,part)\n"},
    {"the flat itself goes", R"({"floors": 1, "rooms_a_floor": 2,
        "subdivisions": [{"room": 101, "parts": 2, "letters": true, "keeps_whole": false}]})",
     "1层: 101A室、101B室、102室 (part)\n"},
    // What is wrong.
    {"no floors", R"({"rooms_a_floor": 2})", "no_floors floors floors or top_floor\n"},
    {"both", R"({"floors": 2, "top_floor": 2, "rooms_a_floor": 2})", "no_floors floors floors or top_floor\n"},
    {"no rooms", R"({"floors": 2})", "no_rooms  \n"},
    {"a tower without end", R"({"floors": 201, "rooms_a_floor": 1})", "too_many_floors floors 200\n"},
    {"a room twice", R"({"floors": 1, "exceptions": [{"floors": "1", "names": ["101", "101"]}]})",
     "duplicate_room 1层 101室\n"},
    {"a unit twice", R"({"units": ["1","1"], "floors": 1, "rooms_a_floor": 1})", "duplicate_unit units[2] 1\n"},
    {"backwards", R"({"floors": 9, "rooms_a_floor": 1, "exceptions": [{"floors": "8-5"}]})",
     "floor_order exceptions[1].floors 8\n"},
    {"a skipped floor", R"({"floors": 9, "rooms_a_floor": 1, "skipped_floors": [4], "exceptions": [{"floors": "4"}]})",
     "no_such_floor exceptions[1].floors 4\nno_such_floor exceptions[1].floors 4\n"},
    {"a mezzanine above the top", R"({"floors": 2, "rooms_a_floor": 1, "mezzanines": [{"above": 2}]})",
     "floor_order mezzanines[1] 2\n"},
    {"a unit that is not",
     R"({"units": 2, "floors": 1, "rooms_a_floor": 1, "exceptions": [{"units": [3], "floors": 1}]})",
     "no_such_unit exceptions[1].units 3\n"},
    {"a flat that is not", R"({"floors": 1, "rooms_a_floor": 1, "subdivisions": [{"room": "501"}]})",
     "no_such_room subdivisions[1].room 501\n"},
    {"floor 1 room 101 and floor 11 room 01", R"({"floors": 11, "rooms_a_floor": 101})",
     "duplicate_room 11层 1101室\n"},
    {"too many", R"({"units": 99, "floors": 200, "rooms_a_floor": 500, "room_digits": 3})", "too_many_rooms  20000\n"},
    {"a name with a blank", R"({"floors": 1, "exceptions": [{"floors": "1", "names": ["1 01"]}]})",
     "bad_name exceptions[1].names 1 01\n"},
    {"an unknown field", R"({"floors": 1, "rooms_per_floor": 1})", "bad_form rooms_per_floor there is no such field\n"},
    {"a wrong type", R"({"floors": "many", "rooms_a_floor": 1})", "bad_form floors must be a whole number\n"},
    {"a wrong range", R"({"floors": 5, "rooms_a_floor": 1, "exceptions": [{"floors": "1-x"}]})",
     "bad_form exceptions[1].floors must be like \"3\", \"5-8\" or \"-1\"\n"},
    {"no object", "[]", "bad_form  not a JSON object\n"},
};

TEST(FloorPlan, makes_the_rooms_an_officer_expects_or_says_what_is_wrong) {
  for (const PlanRow& row : rows) {
    EXPECT_EQ(told(row.plan), row.rooms) << row.title;
  }
}

TEST(FloorPlan, is_read_from_toml_as_from_json) {
  std::vector<PlanNote> notes;
  const FloorPlan plan = parse_floor_plan(
      "units = 2\nfloors = 3\nrooms_a_floor = 2\nskipped_floors = [2]\n[[exceptions]]\nfloors = \"1\"\nrooms = 1\n",
      true, notes);
  EXPECT_TRUE(notes.empty());
  const PlannedBuilding building = make_rooms(plan);
  EXPECT_EQ(building.units.size(), 2U);
  EXPECT_EQ(building.floors.size(), 6U);
  EXPECT_EQ(building.rooms.size(), 10U);
  parse_floor_plan("units = ", true, notes);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].at, "line 1");
}

TEST(FloorPlan, a_tower_has_every_room_once_with_numbers_for_codes_that_do_not_meet) {
  const Made tower = made(R"({"units": 2, "floors": 33, "basements": 2, "basement_rooms": 3, "rooms_a_floor": 6,
    "skipped_floors": [4, 13, 14, 24], "mezzanines": [{"above": 1, "rooms": 4}],
    "exceptions": [{"floors": "1", "names": ["101", "大堂", "消控"]}],
    "subdivisions": [{"room": "501", "parts": 4}]})");
  ASSERT_TRUE(tower.notes.empty());
  EXPECT_EQ(tower.building.floors.size(), 2U * (33 + 2 + 1));
  EXPECT_EQ(tower.building.rooms.size(), 2U * (32 * 6 + 3 + 2 * 3 + 4 + 4));
  std::set<std::tuple<std::uint32_t, int, std::uint32_t>> numbers;
  std::set<std::tuple<std::uint32_t, std::string, std::string>> names;
  for (const PlannedRoom& room : tower.building.rooms) {
    const PlannedFloor& floor = tower.building.floors[room.floor];
    EXPECT_TRUE(numbers.emplace(floor.unit, floor.number, room.number).second) << room.name;
    EXPECT_TRUE(names.emplace(floor.unit, floor.is_node ? floor.name : "", room.name).second) << room.name;
    EXPECT_LT(room.number, 100U);
  }
}

}  // namespace
}  // namespace menpai::spine

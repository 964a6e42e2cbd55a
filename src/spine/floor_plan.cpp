// SPDX-License-Identifier: Apache-2.0
// Rooms by floor plan.
#include "spine/floor_plan.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <unordered_set>

#include "base/utf8.hpp"

namespace menpai::spine {
namespace {

constexpr int floors_max = 200;
constexpr int basements_max = 9;
constexpr std::size_t rooms_max = 20'000;
constexpr int rooms_a_floor_max = 500;
constexpr std::size_t units_max = 99;
constexpr std::size_t name_length_max = 20;
constexpr int parts_max = 26;

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

bool is_good_name(std::string_view name) {
  if (name.empty() || !utf8::valid(name) || utf8::length(name) > name_length_max) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  });
}

std::string padded(int number, int digits) {
  std::string text = std::to_string(number);
  if (text.size() < static_cast<std::size_t>(digits))
    text.insert(0, static_cast<std::size_t>(digits) - text.size(), '0');
  return text;
}

/// 1 → A, 26 → Z, 27 → AA.
std::string letter(int number) {
  std::string text;
  for (; number > 0; number = (number - 1) / 26) text.insert(text.begin(), static_cast<char>('A' + (number - 1) % 26));
  return text;
}

class PlanMaker {
 public:
  explicit PlanMaker(const FloorPlan& plan) : m_plan(plan) {}

  PlannedBuilding make() {
    check_numbers();
    make_units();
    find_floors();
    if (!m_made.notes.empty()) return std::move(m_made);
    check_exceptions();
    for (std::uint32_t unit = 0; unit < m_made.units.size(); ++unit) make_unit(unit);
    check_subdivisions();
    if (m_made.rooms.empty() && m_made.notes.empty()) note(PlanFault::no_rooms, "", "");
    return std::move(m_made);
  }

 private:
  void note(PlanFault fault, std::string at, std::string detail) {
    m_made.notes.push_back({fault, std::move(at), std::move(detail)});
  }
  void check_range(int value, int least, int most, const char* field) {
    if (value >= least && value <= most) return;
    note(PlanFault::bad_number, field, std::to_string(least) + " to " + std::to_string(most));
  }

  void check_numbers() {
    if ((m_plan.floors > 0) == (m_plan.top_floor > 0)) note(PlanFault::no_floors, "floors", "floors or top_floor");
    check_range(m_plan.basements, 0, basements_max, "basements");
    check_range(m_plan.basement_rooms, 0, rooms_a_floor_max, "basement_rooms");
    check_range(m_plan.rooms_a_floor, 0, rooms_a_floor_max, "rooms_a_floor");
    check_range(m_plan.first_room, 0, 9999, "first_room");
    check_range(m_plan.room_digits, 2, 4, "room_digits");
    if (m_plan.floors > floors_max || m_plan.top_floor > floors_max) {
      note(PlanFault::too_many_floors, "floors", std::to_string(floors_max));
    }
  }

  void make_units() {
    if (m_plan.units.size() > units_max) return note(PlanFault::bad_number, "units", "1 to 99");
    std::set<std::string> names;
    std::uint32_t place = 0;
    for (const std::string& unit : m_plan.units) {
      ++place;
      const std::string at = "units[" + std::to_string(place) + "]";
      if (!is_good_name(unit)) note(PlanFault::bad_name, at, unit);
      if (!names.insert(unit).second) note(PlanFault::duplicate_unit, at, unit);
      const auto number = whole_number(unit);
      m_made.units.push_back({unit + "单元", number ? static_cast<std::uint32_t>(*number) : place});
    }
    if (m_made.units.empty()) m_made.units.push_back({});
  }

  bool is_skipped(int floor) const {
    return std::find(m_plan.skipped_floors.begin(), m_plan.skipped_floors.end(), floor) != m_plan.skipped_floors.end();
  }

  void find_floors() {
    for (int depth = m_plan.basements; depth > 0; --depth) m_floors.push_back(-depth);
    int count = 0;
    for (int floor = 1;
         floor <= floors_max && (m_plan.top_floor > 0 ? floor <= m_plan.top_floor : count < m_plan.floors); ++floor) {
      if (is_skipped(floor)) continue;
      m_floors.push_back(floor);
      ++count;
    }
    if (m_plan.floors > count && m_plan.floors <= floors_max) {
      note(PlanFault::too_many_floors, "floors", std::to_string(floors_max));
    }
    if (count == 0 && m_made.notes.empty()) note(PlanFault::no_floors, "floors", "every floor is skipped");
  }
  bool has_floor(int floor) const { return std::find(m_floors.begin(), m_floors.end(), floor) != m_floors.end(); }
  bool has_unit(const std::string& unit) const {
    return std::find(m_plan.units.begin(), m_plan.units.end(), unit) != m_plan.units.end();
  }

  void check_exceptions() {
    for (std::size_t i = 0; i < m_plan.mezzanines.size(); ++i) {
      const std::string at = "mezzanines[" + std::to_string(i + 1) + "]";
      const Mezzanine& one = m_plan.mezzanines[i];
      if (one.above < 1 || !has_floor(one.above)) note(PlanFault::no_such_floor, at, std::to_string(one.above));
      if (one.above == m_floors.back()) note(PlanFault::floor_order, at, std::to_string(one.above));
      check_range(one.rooms, 0, rooms_a_floor_max, "mezzanines.rooms");
    }
    for (std::size_t i = 0; i < m_plan.exceptions.size(); ++i) {
      const std::string at = "exceptions[" + std::to_string(i + 1) + "]";
      const FloorException& one = m_plan.exceptions[i];
      if (one.from > one.to) note(PlanFault::floor_order, at + ".floors", std::to_string(one.from));
      if (!has_floor(one.from)) note(PlanFault::no_such_floor, at + ".floors", std::to_string(one.from));
      if (!has_floor(one.to)) note(PlanFault::no_such_floor, at + ".floors", std::to_string(one.to));
      for (const std::string& unit : one.units) {
        if (!has_unit(unit)) note(PlanFault::no_such_unit, at + ".units", unit);
      }
      if (one.rooms) check_range(*one.rooms, 0, rooms_a_floor_max, "exceptions.rooms");
      if (one.first_room) check_range(*one.first_room, 0, 9999, "exceptions.first_room");
      if (one.names.size() > static_cast<std::size_t>(rooms_a_floor_max)) {
        note(PlanFault::too_many_rooms, at + ".names", std::to_string(rooms_a_floor_max));
      }
      for (const std::string& name : one.names) {
        if (!is_good_name(name)) note(PlanFault::bad_name, at + ".names", name);
      }
    }
  }

  /// The last one that speaks of the floor holds.
  const FloorException* exception_of(std::uint32_t unit, int floor) const {
    const FloorException* found = nullptr;
    for (const FloorException& one : m_plan.exceptions) {
      if (floor < one.from || floor > one.to) continue;
      const bool is_for_unit =
          one.units.empty() || std::find(one.units.begin(), one.units.end(), m_plan.units[unit]) != one.units.end();
      if (is_for_unit) found = &one;
    }
    return found;
  }

  void make_unit(std::uint32_t unit) {
    m_names.clear();
    m_numbers.clear();
    for (const int floor : m_floors) {
      if (!m_made.notes.empty()) return;
      make_floor(unit, floor);
      for (const Mezzanine& one : m_plan.mezzanines) {
        if (one.above == floor) make_mezzanine(unit, one);
      }
    }
  }

  PlannedFloor& begin_floor(std::uint32_t unit, int number, std::string name, bool is_mezzanine, bool is_node) {
    m_made.floors.push_back({unit, number, is_mezzanine, is_node, std::move(name), m_made.rooms.size(), 0});
    return m_made.floors.back();
  }

  void make_floor(std::uint32_t unit, int floor) {
    const bool is_below = floor < 0;
    const bool is_node = is_below || m_plan.names_floors || m_plan.naming == RoomNaming::unit_floor_room;
    begin_floor(unit, floor, is_below ? "地下" + std::to_string(-floor) + "层" : std::to_string(floor) + "层", false,
                is_node);
    const FloorException* other = exception_of(unit, floor);
    const RoomKind kind = is_below ? RoomKind::below_ground : other != nullptr ? RoomKind::irregular : RoomKind::plain;
    if (other != nullptr && !other->names.empty()) {
      for (const std::string& name : other->names) add_named(name, kind);
      return;
    }
    const int usual = is_below ? m_plan.basement_rooms : m_plan.rooms_a_floor;
    const int count = other != nullptr && other->rooms ? *other->rooms : usual;
    int number = other != nullptr && other->first_room ? *other->first_room : m_plan.first_room;
    if (m_plan.counts_on_over_units && !(other != nullptr && other->first_room)) {
      number += static_cast<int>(unit) * m_plan.rooms_a_floor;
    }
    for (int made = 0; made < count && m_made.notes.empty(); ++number) {
      if (std::find(m_plan.skipped_rooms.begin(), m_plan.skipped_rooms.end(), number) != m_plan.skipped_rooms.end()) {
        continue;
      }
      add_counted(floor < 0 ? -floor : floor, number, kind);
      ++made;
    }
  }

  void make_mezzanine(std::uint32_t unit, const Mezzanine& one) {
    begin_floor(unit, one.above, std::to_string(one.above) + "夹层", true, true);
    for (int number = 1; number <= one.rooms && m_made.notes.empty(); ++number) {
      add_counted(one.above, number, RoomKind::mezzanine);
    }
  }

  void add_counted(int floor, int number, RoomKind kind) {
    std::string name;
    PlannedRoom room;
    switch (m_plan.naming) {
      case RoomNaming::floor_room:
        name = std::to_string(floor) + padded(number, m_plan.room_digits);
        room.sort_main = *whole_number(name);
        break;
      case RoomNaming::letters:
        name = std::to_string(floor) + letter(std::max(number, 1));
        room.sort_main = floor;
        room.sort_sub = number;
        break;
      case RoomNaming::unit_floor_room:
        name = std::to_string(number);
        room.sort_main = number;
        break;
    }
    room.kind = kind;
    add(std::move(room), name, number);
  }

  void add_named(const std::string& name, RoomKind kind) {
    PlannedRoom room;
    room.kind = kind;
    const auto value = whole_number(name);
    room.sort_main = value.value_or(0);
    const int floor = m_made.floors.back().number;
    add(std::move(room), name, value && *value / 100 == floor ? *value % 100 : 0);
  }

  /// The name is good within what the room hangs on: its floor where that is a node, else its unit.
  std::string name_key(const std::string& name) const {
    const PlannedFloor& floor = m_made.floors.back();
    return floor.is_node ? floor.name + name : name;
  }

  void add(PlannedRoom room, const std::string& name, int wanted) {
    const std::uint32_t floor = static_cast<std::uint32_t>(m_made.floors.size() - 1);
    const PlannedFloor& on = m_made.floors.back();
    room.name = name + "室";
    room.floor = floor;
    if (!m_names.insert(name_key(name)).second) {
      note(PlanFault::duplicate_room, m_made.units[on.unit].name + on.name, room.name);
    }
    room.number = free_number(on.number, wanted);
    place(std::move(room));
    const std::size_t index = m_made.rooms.size() - 1;
    for (std::size_t i = 0; i < m_plan.subdivisions.size(); ++i) {
      const Subdivision& one = m_plan.subdivisions[i];
      const bool is_here =
          one.room == name && (one.unit.empty() || m_plan.units.empty() || one.unit == m_plan.units[on.unit]);
      if (is_here) divide(one, i, index);
    }
  }

  void place(PlannedRoom room) {
    m_made.rooms.push_back(std::move(room));
    ++m_made.floors.back().room_count;
    if (m_made.rooms.size() > rooms_max && m_made.notes.empty()) {
      note(PlanFault::too_many_rooms, "", std::to_string(rooms_max));
    }
  }

  /// For codes: the door's own number where it is free, else the next above all others of the unit's floor.
  std::uint32_t free_number(int floor, int wanted) {
    std::set<int>& used = m_numbers[floor];
    const int number = wanted > 0 && used.count(wanted) == 0 ? wanted : used.empty() ? 1 : *used.rbegin() + 1;
    used.insert(number);
    return static_cast<std::uint32_t>(number);
  }

  void divide(const Subdivision& one, std::size_t number, std::size_t index) {
    m_divided.insert(number);
    if (one.parts < 2 || one.parts > parts_max) {
      return note(PlanFault::bad_number, "subdivisions[" + std::to_string(number + 1) + "].parts", "2 to 26");
    }
    const PlannedRoom whole = m_made.rooms[index];
    if (one.keeps_whole) {
      m_made.rooms[index].kind = RoomKind::divided;
    } else {
      m_made.rooms.pop_back();
      --m_made.floors.back().room_count;
    }
    for (int part = 1; part <= one.parts; ++part) {
      PlannedRoom room = whole;
      const std::string name = one.room + (one.letters ? letter(part) : "-" + std::to_string(part));
      room.name = name + "室";
      room.sort_sub = part;
      room.kind = RoomKind::part;
      const PlannedFloor& on = m_made.floors.back();
      room.number = part == 1 && !one.keeps_whole ? whole.number : free_number(on.number, 0);
      if (!m_names.insert(name_key(name)).second) {
        note(PlanFault::duplicate_room, m_made.units[on.unit].name + on.name, room.name);
      }
      place(std::move(room));
    }
  }

  void check_subdivisions() {
    for (std::size_t i = 0; i < m_plan.subdivisions.size(); ++i) {
      const Subdivision& one = m_plan.subdivisions[i];
      const std::string at = "subdivisions[" + std::to_string(i + 1) + "]";
      if (!one.unit.empty() && !has_unit(one.unit)) {
        note(PlanFault::no_such_unit, at + ".unit", one.unit);
      } else if (m_divided.count(i) == 0 && m_made.notes.empty()) {
        note(PlanFault::no_such_room, at + ".room", one.room);
      }
    }
  }

  const FloorPlan& m_plan;
  PlannedBuilding m_made;
  std::vector<int> m_floors;                // from below upwards
  std::unordered_set<std::string> m_names;  // of the unit
  std::map<int, std::set<int>> m_numbers;   // of the unit, by floor
  std::set<std::size_t> m_divided;
};

}  // namespace

std::string_view plan_fault_name(PlanFault fault) {
  constexpr std::string_view names[] = {"no_floors",      "no_rooms",       "too_many_floors", "too_many_rooms",
                                        "floor_order",    "no_such_floor",  "no_such_unit",    "no_such_room",
                                        "duplicate_unit", "duplicate_room", "bad_name",        "bad_number",
                                        "bad_form"};
  return names[static_cast<std::size_t>(fault)];
}

std::string_view room_kind_name(RoomKind kind) {
  constexpr std::string_view names[] = {"plain", "below_ground", "mezzanine", "irregular", "divided", "part"};
  return names[static_cast<std::size_t>(kind)];
}

PlannedBuilding make_rooms(const FloorPlan& plan) {
  return PlanMaker(plan).make();
}

std::vector<ChecklistRow> make_checklist(const PlannedBuilding& building) {
  std::vector<ChecklistRow> rows;
  for (const PlannedFloor& floor : building.floors) {
    ChecklistRow row{building.units[floor.unit].name, floor.name, floor.room_count, {}, {}};
    std::set<RoomKind> kinds;
    const std::size_t end = floor.first_room + floor.room_count;
    for (std::size_t i = floor.first_room; i < end;) {
      kinds.insert(building.rooms[i].kind);
      // 501室-504室 for a run of neighbours, each the next number.
      std::size_t last = i;
      const auto follows = [&](std::size_t next) {
        const PlannedRoom& a = building.rooms[next - 1];
        const PlannedRoom& b = building.rooms[next];
        return a.kind == b.kind && a.sort_sub == 0 && b.sort_sub == 0 && a.sort_main > 0 &&
               b.sort_main == a.sort_main + 1;
      };
      while (last + 1 < end && follows(last + 1)) ++last;
      if (!row.names.empty()) row.names += "、";
      row.names += building.rooms[i].name;
      if (last > i) row.names += (last == i + 1 ? "、" : "-") + building.rooms[last].name;
      i = last + 1;
    }
    for (const RoomKind kind : kinds) {
      if (kind == RoomKind::plain) continue;
      row.remarks += (row.remarks.empty() ? "" : ",") + std::string(room_kind_name(kind));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace menpai::spine

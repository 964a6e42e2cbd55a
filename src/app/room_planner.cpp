// SPDX-License-Identifier: Apache-2.0
// A floor plan held against what stands in the register.
#include "app/room_planner.hpp"

#include <set>
#include <unordered_map>

#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

spine::PlannedBuilding make_planned(const spine::FloorPlan& plan) {
  spine::PlannedBuilding planned = spine::make_rooms(plan);
  if (!planned.notes.empty()) {
    throw Error(ErrorCode::bad_request, "The floor plan does not hold: " + notes_text(planned.notes) + ".");
  }
  return planned;
}

/// Walks the plan through one building's tree.
class BuildingWalk {
 public:
  BuildingWalk(const spine::PlannedBuilding& planned, const PlanBuilding& building, KnownTree& tree, bool lists)
      : m_planned(planned), m_tree(tree), m_lists(lists), m_root{building.address_id, building.display} {
    m_work.building = &building;
  }

  BuildingWork walk() {
    std::size_t unit = m_planned.units.size();
    At at;
    for (const spine::PlannedFloor& floor : m_planned.floors) {
      if (floor.unit != unit) at = enter_unit(m_planned.units[floor.unit]);
      unit = floor.unit;
      add_rooms(floor, floor.is_node ? enter_floor(floor, at) : at);
    }
    for (const auto& [key, known] : m_tree) {
      if (known.is_planned || known.level != Level::room) continue;
      ++m_work.extra_rooms;
      if (m_lists) m_work.listed.push_back({"extra", "room", known.display});
    }
    return std::move(m_work);
  }

 private:
  /// What the next nodes hang on.
  struct At {
    Uuid id;
    std::string display;
  };

  /// The node of this name, known or new; null where it is known.
  NewNode* enter(const At& above, Level level, const std::string& name, At& at) {
    const auto known = m_tree.find(NodeKey{above.id, level, name});
    const bool is_known = known != m_tree.end();
    at.display = above.display + name;
    if (m_lists) m_work.listed.push_back({is_known ? "same" : "new", std::string(level_name(level)), at.display});
    if (is_known) {
      known->second.is_planned = true;
      at.id = known->second.id;
      return nullptr;
    }
    NewNode fresh;
    at.id = fresh.id = Uuid::make();
    fresh.parent = above.id;
    fresh.level = level;
    fresh.name = name;
    fresh.display = at.display;
    m_work.nodes.push_back(std::move(fresh));
    return &m_work.nodes.back();
  }

  At enter_unit(const spine::PlannedUnit& unit) {
    if (unit.name.empty()) return m_root;
    At at;
    if (NewNode* fresh = enter(m_root, Level::unit, unit.name, at)) fresh->sort_main = unit.number;
    return at;
  }

  At enter_floor(const spine::PlannedFloor& floor, const At& above) {
    At at;
    if (NewNode* fresh = enter(above, Level::floor, floor.name, at)) {
      fresh->sort_main = floor.number;
      fresh->sort_sub = floor.is_mezzanine ? 1 : 0;
    }
    return at;
  }

  void add_rooms(const spine::PlannedFloor& floor, const At& above) {
    At at;
    for (std::size_t i = floor.first_room; i < floor.first_room + floor.room_count; ++i) {
      const spine::PlannedRoom& room = m_planned.rooms[i];
      NewNode* fresh = enter(above, Level::room, room.name, at);
      if (fresh == nullptr) {
        ++m_work.same_rooms;
        continue;
      }
      ++m_work.new_rooms;
      fresh->sort_main = room.sort_main;
      fresh->sort_sub = room.sort_sub;
      fresh->room = &room;
      fresh->floor = &floor;
      fresh->unit = &m_planned.units[floor.unit];
    }
  }

  const spine::PlannedBuilding& m_planned;
  KnownTree& m_tree;
  bool m_lists;
  At m_root;
  BuildingWork m_work;
};

}  // namespace

std::string notes_text(const std::vector<spine::PlanNote>& notes) {
  std::string text;
  for (const spine::PlanNote& note : notes) {
    text += (text.empty() ? "" : "; ") + std::string(spine::plan_fault_name(note.fault));
    if (!note.at.empty()) text += " " + note.at;
    if (!note.detail.empty()) text += " (" + note.detail + ")";
    if (text.size() > 1000) return text + " …";
  }
  return text;
}

RoomPlanner::RoomPlanner(store::Transaction& transaction, const spine::CodeSchemes& schemes, const Settings& settings,
                         int county_code, const RoomPlanRequest& request)
    : m_transaction(transaction),
      m_schemes(schemes),
      m_room_scheme(schemes.get(settings.codes_room)),
      m_building_scheme(schemes.get(settings.codes_building)),
      m_county_code(county_code),
      m_planned(make_planned(request.plan)) {
  if (m_planned.rooms.size() * request.buildings.size() > room_plan_rooms_max) {
    throw Error(ErrorCode::too_large, "A change makes at most 2,000,000 rooms; divide the buildings.");
  }
  load_buildings(request.buildings);
}

void RoomPlanner::load_buildings(const std::vector<Uuid>& ids) {
  std::set<Uuid> wanted(ids.begin(), ids.end());
  for (const store::Row row : m_transaction.run(query::room::planned_buildings, std::int32_t{m_county_code}, ids)) {
    PlanBuilding one;
    one.id = row.get<Uuid>(0);
    one.code = row.get<std::string>(2);
    one.status = row.get<std::string>(3);
    one.address_id = row.get<Uuid>(4);
    one.display = row.get<std::string>(6);
    one.address_code = row.get<std::string>(7);
    one.division_code = row.get<std::string>(8);
    one.place_id = row.get<std::optional<Uuid>>(9);
    wanted.erase(one.id);
    wanted.erase(one.address_id);
    if (one.status == "retired" || row.get<std::string>(11) == "retired") one.fault = "retired";
    settle_code(one);
    m_buildings.push_back(std::move(one));
  }
  for (const Uuid& id : wanted) {
    PlanBuilding one;
    one.id = id;
    one.fault = "not_found";
    m_buildings.push_back(std::move(one));
  }
}

/// The code with which those of the rooms begin: the building's own, else that of the door it stands at.
void RoomPlanner::settle_code(PlanBuilding& one) const {
  const spine::CodeScheme* parent = m_schemes.find(m_room_scheme.parent);
  if (parent == nullptr || !one.fault.empty()) return;
  for (const std::string* code : {&one.code, &one.address_code}) {
    if (code->empty() || !spine::explain_code(*parent, *code, {}).is_right()) continue;
    one.parent_code = *code;
    return;
  }
  if (!one.code.empty()) {
    one.fault = "foreign_code";
  } else if (parent->name == m_building_scheme.name && parent->parent.empty()) {
    one.wants_code = true;
  } else {
    one.fault = "no_building_code";
  }
}

BuildingWork RoomPlanner::work_of(const PlanBuilding& building, KnownTree& tree, bool lists) const {
  if (building.fault.empty()) return BuildingWalk(m_planned, building, tree, lists).walk();
  BuildingWork work;
  work.building = &building;
  return work;
}

std::vector<BuildingWork> RoomPlanner::work(std::size_t from, std::size_t lists) {
  const std::size_t end = std::min(m_buildings.size(), from + buildings_a_query);
  std::unordered_map<std::string, KnownTree> trees;
  std::vector<Uuid> roots;
  for (std::size_t i = from; i < end; ++i) roots.push_back(m_buildings[i].address_id);
  for (const store::Row row : m_transaction.run(query::address::subtree, std::int32_t{m_county_code}, roots)) {
    const auto root = row.get<Uuid>(0);
    const auto id = row.get<Uuid>(1);
    if (root == id) continue;
    const Level level = parse_level(row.get<std::string>(5)).value_or(Level::none);
    trees[root.text()].insert_or_assign(NodeKey{row.get<Uuid>(2), level, row.get<std::string>(6)},
                                        KnownNode{id, level, row.get<std::string>(7)});
  }
  std::vector<BuildingWork> work;
  for (std::size_t i = from; i < end; ++i) {
    work.push_back(work_of(m_buildings[i], trees[m_buildings[i].address_id.text()], i < lists));
  }
  return work;
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// A floor plan held against what stands in the register: what each building gets, has already, or has besides.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/room_plans.hpp"
#include "app/settings.hpp"
#include "model/level.hpp"
#include "spine/code_scheme_file.hpp"
#include "spine/floor_plan.hpp"
#include "store/connection.hpp"

namespace menpai::app {

inline constexpr std::size_t buildings_a_query = 1000;

/// A building of the register with its main address.
struct PlanBuilding {
  Uuid id;
  std::string code, status;
  Uuid address_id;
  std::string display, address_code, division_code;
  std::optional<Uuid> place_id;
  std::string fault;
  std::string parent_code;  ///< with which the codes of its rooms begin; empty until one is given
  bool wants_code = false;  ///< it has none: it gets one first
};

/// A live address below a building's main address.
struct KnownNode {
  Uuid id;
  Level level = Level::none;
  std::string display;
  bool is_planned = false;
};
struct NodeKey {
  Uuid parent;
  Level level = Level::none;
  std::string name;
  auto operator<=>(const NodeKey&) const = default;
};
using KnownTree = std::map<NodeKey, KnownNode>;

/// A node that the plan adds.
struct NewNode {
  Uuid id;
  Uuid parent;
  Level level = Level::none;
  std::string name, display;
  std::int64_t sort_main = 0, sort_sub = 0;
  const spine::PlannedRoom* room = nullptr;
  const spine::PlannedFloor* floor = nullptr;
  const spine::PlannedUnit* unit = nullptr;
  std::string code;
};

/// What one building gets.
struct BuildingWork {
  const PlanBuilding* building = nullptr;
  std::vector<NewNode> nodes;
  std::vector<PlannedNode> listed;  ///< only where asked for
  std::uint64_t new_rooms = 0, same_rooms = 0, extra_rooms = 0;
};

/// What is wrong with a plan, in one line.
std::string notes_text(const std::vector<spine::PlanNote>& notes);

class RoomPlanner {
 public:
  /// Reads the buildings. Throws bad_request for a plan that does not hold, too_large for too many rooms.
  RoomPlanner(store::Transaction& transaction, const spine::CodeSchemes& schemes, const Settings& settings,
              int county_code, const RoomPlanRequest& request);

  const spine::PlannedBuilding& planned() const { return m_planned; }
  std::vector<PlanBuilding>& buildings() { return m_buildings; }
  const spine::CodeScheme& room_scheme() const { return m_room_scheme; }
  const spine::CodeScheme& building_scheme() const { return m_building_scheme; }

  /// What the buildings [from, from + buildings_a_query) get; the nodes of the first `lists` buildings are listed.
  std::vector<BuildingWork> work(std::size_t from, std::size_t lists);

 private:
  void load_buildings(const std::vector<Uuid>& ids);
  void settle_code(PlanBuilding& one) const;
  BuildingWork work_of(const PlanBuilding& building, KnownTree& tree, bool lists) const;

  store::Transaction& m_transaction;
  const spine::CodeSchemes& m_schemes;
  const spine::CodeScheme& m_room_scheme;
  const spine::CodeScheme& m_building_scheme;
  int m_county_code;
  spine::PlannedBuilding m_planned;
  std::vector<PlanBuilding> m_buildings;
};

}  // namespace menpai::app

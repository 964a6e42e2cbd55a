// SPDX-License-Identifier: Apache-2.0
// Rooms by floor plan.
#include "app/room_plans.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "address/library/library.hpp"
#include "app/change_batch.hpp"
#include "app/code_issuing.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "app/room_planner.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

constexpr std::size_t rooms_a_copy = 50'000;
constexpr std::size_t buildings_shown = 1000;
constexpr std::size_t nodes_shown = 5000;
constexpr std::size_t request_bytes_max = 4 << 20;

/// Writes what the planner found, chunk by chunk, in the one transaction.
class RoomWriter {
 public:
  RoomWriter(RoomPlanner& planner, store::Transaction& transaction, const ChangeSet& set, const Caller& caller,
             store::Timestamp at, CodeIssuer& issuer)
      : m_planner(planner),
        m_transaction(transaction),
        m_set(set),
        m_at(at),
        m_issuer(issuer),
        m_batch(transaction, set.county_code, caller, set.source, at),
        m_from(set.is_correction ? store::Date{store::Date::since_ever}
                                 : store::parse_date(set.effective_on).value_or(store::Date{store::Date::since_ever})) {
    m_batch.belongs_to(set.id.value, set.reason);
  }

  TouchCounts write() {
    give_building_codes();
    std::vector<BuildingWork> waiting;
    std::size_t count = 0;
    for (std::size_t from = 0; from < m_planner.buildings().size(); from += buildings_a_query) {
      for (BuildingWork& work : m_planner.work(from, 0)) {
        count += work.nodes.size();
        waiting.push_back(std::move(work));
        if (count < rooms_a_copy) continue;
        write_chunk(waiting);
        waiting.clear();
        count = 0;
      }
    }
    write_chunk(waiting);
    return m_counts;
  }

 private:
  void give_building_codes() {
    std::map<std::string, std::vector<PlanBuilding*>> scopes;
    for (PlanBuilding& building : m_planner.buildings()) {
      if (!building.wants_code) continue;
      scopes[m_issuer.schemes().scope(m_planner.building_scheme(), {.division_code = building.division_code})]
          .push_back(&building);
    }
    if (scopes.empty()) return;
    std::vector<CodeRequest> requests;
    for (const auto& [scope, of] : scopes) {
      requests.push_back({&m_planner.building_scheme(), scope, static_cast<std::uint32_t>(of.size())});
    }
    const auto codes = m_issuer.allocate(requests);
    std::vector<GivenCode> given;
    std::vector<Uuid> ids, changes;
    std::vector<std::string_view> texts;
    std::size_t request = 0;
    for (const auto& [scope, of] : scopes) {
      for (std::size_t i = 0; i < of.size(); ++i) {
        PlanBuilding& building = *of[i];
        building.parent_code = codes[request][i];
        building.code = building.parent_code;
        given.push_back({building.code, "building", building.id, m_planner.building_scheme().name});
      }
      ++request;
    }
    for (const GivenCode& one : given) {
      ids.push_back(one.object_id);
      texts.push_back(one.code);
    }
    const auto versions = m_transaction.run(query::building::find_by_id, std::int32_t{m_set.county_code}, ids);
    std::map<Uuid, int> version_of;
    for (const store::Row row : versions) version_of[row.get<Uuid>(0)] = row.get<std::int32_t>(6);
    for (const GivenCode& one : given) {
      changes.push_back(m_batch.add({.kind = "building.coded",
                                     .object_kind = "building",
                                     .object_id = one.object_id,
                                     .object_version = version_of[one.object_id] + 1,
                                     .rule = m_set.kind,
                                     .division_code = m_set.division_code,
                                     .payload = JsonObject().add("code", one.code).text()},
                                    false));
    }
    m_transaction.run(query::room::set_codes, std::int32_t{m_set.county_code}, ids, texts, changes, m_at, m_set.source);
    m_issuer.give(m_set.county_code, given);
    m_counts["building.coded"] += given.size();
  }

  void allocate(std::vector<BuildingWork>& chunk) {
    const spine::CodeScheme& scheme = m_planner.room_scheme();
    std::vector<CodeRequest> requests;
    std::vector<std::vector<NewNode*>> rooms;
    for (BuildingWork& work : chunk) {
      if (work.new_rooms == 0) continue;
      std::vector<NewNode*> of;
      for (NewNode& node : work.nodes) {
        if (node.room == nullptr) continue;
        if (scheme.has_serial()) {
          of.push_back(&node);
          continue;
        }
        requests.push_back({&scheme, scope_of(work, node), 1});
        rooms.push_back({&node});
      }
      if (of.empty()) continue;
      requests.push_back({&scheme, scope_of(work, *of.front()), static_cast<std::uint32_t>(of.size())});
      rooms.push_back(std::move(of));
    }
    const auto codes = m_issuer.allocate(requests);
    std::vector<GivenCode> given;
    for (std::size_t i = 0; i < rooms.size(); ++i) {
      for (std::size_t n = 0; n < rooms[i].size(); ++n) {
        rooms[i][n]->code = codes[i][n];
        given.push_back({codes[i][n], "room", rooms[i][n]->id, scheme.name});
      }
    }
    m_issuer.give(m_set.county_code, given);
  }

  std::string scope_of(const BuildingWork& work, const NewNode& node) const {
    return m_issuer.schemes().scope(m_planner.room_scheme(), {.parent_code = work.building->parent_code,
                                                              .division_code = work.building->division_code,
                                                              .unit = node.unit->number,
                                                              .room = node.room->number,
                                                              .floor = node.floor->number});
  }

  void write_chunk(std::vector<BuildingWork>& chunk) {
    if (chunk.empty()) return;
    allocate(chunk);
    std::vector<Uuid> changes;
    for (const BuildingWork& work : chunk) {
      for (const NewNode& node : work.nodes) {
        JsonObject payload;
        payload.add("display", node.display);
        if (!node.code.empty()) payload.add("code", node.code);
        changes.push_back(m_batch.add({.kind = "address.new",
                                       .object_kind = "address",
                                       .object_id = node.id,
                                       .object_version = 1,
                                       .rule = m_set.kind,
                                       .division_code = work.building->division_code,
                                       .payload = payload.text()},
                                      true));
      }
      m_counts["address.new"] += work.nodes.size();
      m_counts["room.new"] += work.new_rooms;
    }
    copy_addresses(chunk, changes);
    copy_rooms(chunk, changes);
    m_batch.write();
  }

  void copy_addresses(const std::vector<BuildingWork>& chunk, const std::vector<Uuid>& changes) {
    store::CopyIn copy(m_transaction.connection(), query::room::copy_planned_addresses);
    std::size_t number = 0;
    for (const BuildingWork& work : chunk) {
      for (const NewNode& node : work.nodes) {
        copy.row(m_set.county_code, node.id, node.parent, level_name(node.level), node.name, node.display,
                 node.sort_main, node.sort_sub, node.code, work.building->division_code, work.building->place_id,
                 work.building->id, m_from, m_at, changes[number++], m_set.source);
      }
    }
    copy.finish();
  }

  void copy_rooms(const std::vector<BuildingWork>& chunk, const std::vector<Uuid>& changes) {
    store::CopyIn copy(m_transaction.connection(), query::room::copy_planned_rooms);
    std::size_t number = 0;
    for (const BuildingWork& work : chunk) {
      for (const NewNode& node : work.nodes) {
        const Uuid& change = changes[number++];
        if (node.room == nullptr) continue;
        copy.row(m_set.county_code, node.id, work.building->id, node.code, std::int32_t{node.floor->number}, m_from,
                 m_at, change, m_set.source);
      }
    }
    copy.finish();
  }

  RoomPlanner& m_planner;
  store::Transaction& m_transaction;
  const ChangeSet& m_set;
  store::Timestamp m_at;
  CodeIssuer& m_issuer;
  ChangeBatch m_batch;
  store::Date m_from;
  TouchCounts m_counts;
};

void refuse_faults(const std::vector<PlanBuilding>& buildings) {
  for (const PlanBuilding& one : buildings) {
    if (one.fault.empty()) continue;
    throw Error(ErrorCode::conflict,
                "Rooms cannot be made in " + (one.display.empty() ? one.id.text() : one.display) + ": " + one.fault +
                    ". The preview lists every such building.",
                one.fault);
  }
}

}  // namespace

std::vector<spine::PlanNote> check_room_plan(std::string_view text, bool is_toml, spine::FloorPlan& plan) {
  std::vector<spine::PlanNote> notes;
  plan = spine::parse_floor_plan(text, is_toml, notes);
  if (notes.empty()) notes = spine::make_rooms(plan).notes;
  return notes;
}

RoomPlanRequest read_room_plan(const RequestJson& request) {
  request.allow({"plan", "buildings"});
  RoomPlanRequest out;
  std::vector<spine::PlanNote> notes;
  out.plan = spine::parse_floor_plan(request.json("plan"), false, notes);
  if (!notes.empty()) {
    throw Error(ErrorCode::bad_request, "The floor plan cannot be read: " + notes_text(notes) + ".");
  }
  out.buildings = request.ids("buildings", room_plan_buildings_max);
  std::sort(out.buildings.begin(), out.buildings.end());
  out.buildings.erase(std::unique(out.buildings.begin(), out.buildings.end()), out.buildings.end());
  if (out.buildings.empty()) throw Error(ErrorCode::bad_request, "Name the buildings that get these rooms.");
  return out;
}

RoomPlanPreview preview_room_plan(Application& app, const Caller& caller, std::string_view text) {
  require(app, caller, Action::write_change, "room_plan");
  if (text.size() > request_bytes_max) throw Error(ErrorCode::too_large, "A request has at most 4 MiB.");
  const RequestJson json(text);
  const RoomPlanRequest request = read_room_plan(json);
  const ChangeSubject subject = subject_of_rooms(app, app.parts().library()->data().divisions, json);
  const store::Lease lease = app.parts().store->take();
  store::Transaction transaction(*lease);  // rolled back: nothing is written
  RoomPlanner planner(transaction, *app.parts().code_schemes, app.settings(), subject.county_code, request);
  RoomPlanPreview preview;
  for (const spine::PlannedUnit& unit : planner.planned().units) preview.units += unit.name.empty() ? 0 : 1;
  preview.floors = planner.planned().floors.size();
  preview.rooms = planner.planned().rooms.size();
  preview.checklist = spine::make_checklist(planner.planned());
  for (std::size_t from = 0; from < planner.buildings().size(); from += buildings_a_query) {
    for (BuildingWork& work : planner.work(from, 1)) {
      const PlanBuilding& building = *work.building;
      preview.new_nodes += work.nodes.size();
      preview.new_rooms += work.new_rooms;
      preview.same_rooms += work.same_rooms;
      preview.extra_rooms += work.extra_rooms;
      preview.faults += building.fault.empty() ? 0 : 1;
      if (preview.nodes.empty()) {
        preview.nodes = std::move(work.listed);
        if (preview.nodes.size() > nodes_shown) preview.nodes.resize(nodes_shown);
      }
      if (preview.buildings.size() == buildings_shown) continue;
      preview.buildings.push_back({building.id.text(), building.display, building.parent_code, building.fault,
                                   work.nodes.size(), work.new_rooms, work.same_rooms, work.extra_rooms});
    }
  }
  return preview;
}

ChangeSubject subject_of_rooms(Application& app, const address::DivisionIndex&, const RequestJson& json) {
  const std::vector<Uuid> ids = json.ids("buildings", room_plan_buildings_max);
  if (ids.empty()) throw Error(ErrorCode::bad_request, "Name the buildings that get these rooms.");
  store::Store& store = *app.parts().store;
  const store::Result where = store.run(query::search::locate, ids.front());
  if (where.empty()) throw Error(ErrorCode::not_found, "There is no building " + ids.front().text() + ".");
  ChangeSubject subject;
  subject.county_code = where[0].get<std::int32_t>(0);
  const store::Result found =
      store.run(query::room::planned_buildings, std::int32_t{subject.county_code}, std::vector<Uuid>{ids.front()});
  if (found.empty()) {
    throw Error(ErrorCode::not_found, "There is no building " + ids.front().text() + " with a main address.");
  }
  subject.division_code = found[0].get<std::string>(8);
  subject.title = "按图编室 " + found[0].get<std::string>(6);
  if (ids.size() > 1) subject.title += " 等" + std::to_string(ids.size()) + "栋";
  return subject;
}

void plan_rooms(PlanContext& context, const RequestJson& json, ChangePlan& plan) {
  const RoomPlanRequest request = read_room_plan(json);
  RoomPlanner planner(context.transaction, *context.app.parts().code_schemes, context.app.settings(),
                      context.county_code, request);
  refuse_faults(planner.buildings());
  for (std::size_t from = 0; from < planner.buildings().size(); from += buildings_a_query) {
    for (BuildingWork& work : planner.work(from, 0)) {
      for (NewNode& node : work.nodes) {
        plan.edits.push_back({.object_kind = "address",
                              .id = node.id,
                              .base_version = 0,
                              .division_code = work.building->division_code,
                              .fields = "{}",
                              .action = "new",
                              .before = {},
                              .after = std::move(node.display)});
      }
    }
  }
  if (plan.edits.empty()) {
    throw Error(ErrorCode::conflict, "All rooms of this plan are in the register already.", "rooms.all_there");
  }
}

TouchCounts write_rooms(PlanContext& context, const RequestJson& json, const ChangeSet& set, const Caller& caller,
                        store::Timestamp at, CodeIssuer& issuer) {
  const RoomPlanRequest request = read_room_plan(json);
  RoomPlanner planner(context.transaction, issuer.schemes(), context.app.settings(), set.county_code, request);
  refuse_faults(planner.buildings());
  return RoomWriter(planner, context.transaction, set, caller, at, issuer).write();
}

}  // namespace menpai::app

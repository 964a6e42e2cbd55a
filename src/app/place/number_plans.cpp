// SPDX-License-Identifier: Apache-2.0
#include "app/place/number_plans.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

#include "address/library/library.hpp"
#include "app/change/register_facts.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "base/utf8.hpp"
#include "change/address_row.hpp"
#include "geo/ewkb.hpp"
#include "geo/transform.hpp"
#include "spine/numbering.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::place;

constexpr std::size_t key_max = 100;

struct StreetFacts {
  std::string name, division_code, display;
  std::optional<geo::Geometry> line;
};

/// Throws not_found for what is no place in use.
StreetFacts load_street(store::Connection& connection, int county, const Uuid& id) {
  const store::Result found = connection.run(query::street, std::int32_t{county}, id);
  if (found.empty() || found[0].get<std::string>(1) == "retired") {
    throw Error(ErrorCode::not_found, "There is no such place in use.");
  }
  const store::Row row = found[0];
  StreetFacts street{row.get<std::string>(0), row.get<std::string>(2),
                     row.get<std::optional<std::string>>(4).value_or(""), std::nullopt};
  if (const auto bytes = row.get<std::optional<store::Bytes>>(3)) street.line = geo::parse_ewkb(bytes->value);
  return street;
}

int county_of_place(store::Connection& connection, const Uuid& id) {
  const store::Result where = connection.run(store::query::search::locate, id);
  if (where.empty() || where[0].get<std::string>(1) != "place") {
    throw Error(ErrorCode::not_found, "There is no such place.");
  }
  return where[0].get<std::int32_t>(0);
}

/// Live numbers stand where they are; retired ones are only not given again.
std::vector<spine::TakenNumber> load_taken(store::Connection& connection, int county, const Uuid& id) {
  std::vector<spine::TakenNumber> taken;
  for (const store::Row row : connection.run(query::numbers_ever, std::int32_t{county}, id)) {
    const auto read = spine::read_door_number(row.get<std::string>(0));
    if (!read) continue;
    spine::TakenNumber& one = taken.emplace_back();
    one.number = read->number;
    const auto lon = row.get<std::optional<double>>(1), lat = row.get<std::optional<double>>(2);
    if (lon && lat && !row.get<bool>(3)) one.point = geo::LonLat{*lon, *lat};
  }
  return taken;
}

std::optional<spine::Parity> parity_of(const PlanDoor& door) {
  if (door.side.empty()) return std::nullopt;
  if (door.side == "odd") return spine::Parity::odd;
  if (door.side == "even") return spine::Parity::even;
  throw Error(ErrorCode::bad_request, "The side of the door \"" + door.key + "\" must be odd, even or empty.");
}

std::vector<spine::Door> doors_of(const NumberPlanQuestion& question) {
  if (question.doors.empty() || question.doors.size() > plan_doors_max) {
    throw Error(ErrorCode::bad_request, fmt::format("A plan has 1 to {} doors.", plan_doors_max));
  }
  std::vector<spine::Door> doors;
  std::set<std::string> keys;
  for (const PlanDoor& door : question.doors) {
    if (door.key.empty() || utf8::length(door.key) > key_max || !keys.insert(door.key).second) {
      throw Error(ErrorCode::bad_request, "Every door needs a key of its own, of at most 100 characters: \"" +
                                              door.key.substr(0, 300) + "\" is none.");
    }
    if (!geo::is_on_globe(door.point.lon, door.point.lat)) {
      throw Error(ErrorCode::bad_request, "The door \"" + door.key + "\" has no place on the globe.");
    }
    doors.push_back({door.key, door.point, parity_of(door)});
  }
  return doors;
}

std::string request_of(const NumberProposal& proposal) {
  std::string doors;
  for (const ProposedDoor& door : proposal.doors) {
    if (door.number.empty()) continue;
    doors += (doors.empty() ? "" : ",") + JsonObject()
                                              .add("key", door.key)
                                              .add("number", door.number)
                                              .add("lon", door.point.lon)
                                              .add("lat", door.point.lat)
                                              .text();
  }
  return JsonObject().add("place_id", proposal.place_id).add_json("doors", "[" + doors + "]").text();
}

/// The elements that a number is when it is written behind its street: 2号, or 2号 and 附1号 below it. Empty if it
/// cannot stand there.
std::vector<change::AddressNode> read_number(change::AddressRowReader& reader, const std::string& street,
                                             const std::string& number) {
  change::AddressRow row;
  reader.read({.text = street + number}, row);
  if (row.refused || row.held) return {};
  std::vector<change::AddressNode> nodes;
  std::string text;
  for (const change::AddressNode& node : row.path) {
    if (node.level != Level::number) continue;
    nodes.push_back(node);
    text += node.name;
  }
  const auto asked = spine::read_door_number(number), understood = spine::read_door_number(text);
  const bool is_same = asked && understood && asked->number == understood->number && nodes.size() <= 2;
  const bool is_whole = !row.path.empty() && row.display(row.path.size() - 1) == street + text;
  return is_same && is_whole ? nodes : std::vector<change::AddressNode>();
}

/// Makes the addresses of a plan on one street.
class NumberPlanner {
 public:
  NumberPlanner(PlanContext& context, const change::Subtree& street, ChangePlan& plan)
      : m_context(context),
        m_plan(plan),
        m_street(as_above(street.front())),
        m_reader(context.divisions, {m_street.division_code, geo::Crs::cgcs2000}) {
    for (const change::RegisteredAddress& address : street) {
      if (address.level == Level::number && address.parent_id == m_street.id) {
        m_numbers.emplace(address.name, as_above(address));
      }
    }
  }

  void add(const std::string& number, double lon, double lat) {
    const std::vector<change::AddressNode> nodes = read_number(m_reader, m_street.display, number);
    if (nodes.empty()) {
      throw Error(ErrorCode::bad_request, "\"" + number + "\" cannot stand behind " + m_street.display + ".");
    }
    change::Above above = m_street;
    if (nodes.size() == 2) {
      const auto base = m_numbers.find(nodes.front().name);
      if (base == m_numbers.end()) {
        change::refuse_plan("number_plan.no_base", number + " needs " + nodes.front().name + ", which is not there.");
      }
      above = base->second;
    }
    change::NewAddress made;
    made.node = nodes.back();
    made.point = fmt::format("SRID=4490;POINT({:.8f} {:.8f})", lon, lat);
    const std::size_t edit = m_plan.edits.size();
    const Uuid id = change::add_new_address(made, above, m_plan);
    m_plan.codes.push_back({edit, m_context.app.settings().codes_building, {{"division", above.division_code}}});
    above.id = id;
    above.display += made.node.name;
    above.level = Level::number;
    m_numbers.emplace(made.node.name, above);
  }

 private:
  PlanContext& m_context;
  ChangePlan& m_plan;
  change::Above m_street;
  change::AddressRowReader m_reader;
  std::map<std::string, change::Above> m_numbers;
};

}  // namespace

NumberProposal propose_numbers(Application& app, const Caller& caller, const NumberPlanQuestion& question) {
  const auto id = Uuid::parse(question.place_id);
  require(app, caller, Action::read_place, "place", id ? id->text() : std::string());
  if (!id) throw Error(ErrorCode::not_found, "There is no such place.");
  const std::vector<spine::Door> doors = doors_of(question);
  const spine::NumberingRule& rule = app.parts().place_rules->numbering_rule(question.rule);
  const store::Lease lease = app.parts().store->take();
  const int county = county_of_place(*lease, *id);
  const StreetFacts facts = load_street(*lease, county, *id);
  if (!facts.line) {
    throw Error(ErrorCode::bad_request, facts.name + " has no line in the register: numbers need one to go along.");
  }
  const spine::StreetLine street(*facts.line, rule, question.entrance);
  const spine::NumberPlan plan = spine::plan_numbers(rule, street, doors, load_taken(*lease, county, *id));
  const std::shared_ptr<const address::Library> library = app.parts().library();
  change::AddressRowReader reader(library->data().divisions, {facts.division_code, geo::Crs::cgcs2000});

  NumberProposal proposal{.place_id = id->text(),
                          .place_name = facts.name,
                          .rule = rule.name,
                          .street_length_m = street.length_m(),
                          .doors = {},
                          .reserved = {},
                          .request = {}};
  for (std::size_t i = 0; i < plan.doors.size(); ++i) {
    const spine::NumberedPlanDoor& door = plan.doors[i];
    const bool is_refused = door.refusal != spine::NumberRefusal::none;
    ProposedDoor& out = proposal.doors.emplace_back();
    out.key = door.key;
    out.number = door.text;
    if (!is_refused) {
      out.address = facts.display;
      for (const change::AddressNode& node : read_number(reader, facts.display, door.text)) out.address += node.name;
    }
    out.reason = is_refused ? number_refusal_name(door.refusal) : number_reason_name(door.reason);
    if (door.parity) out.side = *door.parity == spine::Parity::odd ? "odd" : "even";
    out.point = doors[i].point;
    out.along_m = door.station.along_m;
    out.offset_m = door.station.offset_m;
  }
  for (const spine::ReservedNumbers& kept : plan.reserved) {
    proposal.reserved.push_back(kept.first == kept.last ? fmt::format("{}号", kept.first)
                                                        : fmt::format("{}号–{}号", kept.first, kept.last));
  }
  proposal.request = request_of(proposal);
  return proposal;
}

ChangeSubject subject_of_number_plan(Application& app, const address::DivisionIndex&, const RequestJson& request) {
  const Uuid id = request.id("place_id");
  const store::Lease lease = app.parts().store->take();
  const int county = county_of_place(*lease, id);
  const StreetFacts street = load_street(*lease, county, id);
  const std::size_t count = request.items("doors", plan_doors_max).size();
  return {county, street.division_code, std::nullopt, fmt::format("编制门楼号 {} {}个", street.name, count)};
}

void plan_number_plan(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"place_id", "doors", "applicant", "project"});
  request.text_or("applicant", 200, "");
  request.text_or("project", 200, "");
  const change::RegisteredPlace place = load_place(context, request.id("place_id"));
  const std::vector<change::Subtree> roots = load_roots(context, place);
  if (roots.empty()) {
    change::refuse_plan("number_plan.no_street",
                        place.name + " is not in the address tree yet: make the first address on it by hand.");
  }
  const std::string street = roots.front().front().display;
  NumberPlanner planner(context, roots.front(), plan);
  std::map<spine::DoorNumber, std::string> taken;
  for (const store::Row row :
       context.transaction.run(query::numbers_ever, std::int32_t{context.county_code}, place.id)) {
    const auto name = row.get<std::string>(0);
    if (const auto read = spine::read_door_number(name)) taken.emplace(read->number, name);
  }
  const std::vector<RequestJson> doors = request.items("doors", plan_doors_max);
  if (doors.empty()) throw Error(ErrorCode::bad_request, "\"doors\" is empty.");
  for (const RequestJson& door : doors) {
    door.allow({"key", "number", "lon", "lat"});
    const std::string number = door.text("number", key_max);
    const auto read = spine::read_door_number(number);
    if (!read) throw Error(ErrorCode::bad_request, "\"" + number + "\" is no door number.");
    if (read->is_sub_of_sub) {
      change::refuse_plan("number_plan.sub_of_sub", number + ": a sub-number (附号) gets no sub-number of its own.");
    }
    const auto [there, is_new] = taken.emplace(read->number, number);
    if (!is_new) {
      change::refuse_plan("number_plan.taken", street + there->second + " is or was given already, or comes twice.");
    }
    const auto lon = door.real("lon", -180, 180), lat = door.real("lat", -90, 90);
    if (!lon || !lat) throw Error(ErrorCode::bad_request, "Every door needs \"lon\" and \"lat\" (CGCS2000, degrees).");
    planner.add(number, *lon, *lat);
  }
}

}  // namespace menpai::app

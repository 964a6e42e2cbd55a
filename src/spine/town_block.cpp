// SPDX-License-Identifier: Apache-2.0
// Streets and lanes of a block, and what every kind of block is made with.
#include "spine/town_block.hpp"

#include <algorithm>
#include <utility>

#include "base/id.hpp"
#include "spine/code_scheme.hpp"

namespace menpai::spine {
namespace {

constexpr double wall_gap_m = 0.5;    // between houses of a row, so that no two footprints touch
constexpr double corner_m = 4;        // free at the corners of a block
constexpr double front_depth_m = 15;  // of houses along a main road
constexpr double storey_m = 3.1;

/// The class word at the end of an invented name.
std::string generic_of(std::string_view name) {
  constexpr std::string_view words[] = {"花园",   "雅苑", "名苑", "新村", "家园", "广场", "大厦",
                                        "工业园", "公园", "小学", "中学", "横巷", "苑",   "居",
                                        "巷",     "街",   "里",   "坊",   "围",   "涌",   "村"};
  for (const std::string_view word : words) {
    if (name.size() > word.size() && name.substr(name.size() - word.size()) == word) return std::string(word);
  }
  return {};
}

std::string id_of(std::uint64_t seed, std::string_view kind, std::string_view name) {
  return Uuid::named("demo town/" + std::to_string(seed) + "/" + std::string(kind) + "/" + std::string(name)).text();
}

}  // namespace

BlockMaker::BlockMaker(const TownPlan& plan, const TownDivisions& divisions, Block block, TownSerials& serials,
                       TownFacts& facts, TownSink* sink)
    : m_plan(plan),
      m_divisions(divisions),
      m_block(block),
      m_serials(serials.villages[plan.village(block).code]),
      m_facts(facts),
      m_sink(sink),
      m_random{plan.seed(), 0x626C6F6B, block_index(block)},
      m_rect(plan.rect(block)),
      m_index(block_index(block)),
      m_village(plan.village(block)),
      m_committee(village_short_name(m_village.name)) {}

void BlockMaker::make() {
  switch (m_plan.kind(m_block)) {
    case BlockKind::old_town:
      make_old_town();
      break;
    case BlockKind::estate:
      make_estates();
      break;
    case BlockKind::business:
      make_business();
      break;
    case BlockKind::industry:
      make_industry();
      break;
    case BlockKind::rural:
      make_rural();
      break;
    case BlockKind::civic:
      make_civic();
      break;
  }
}

void BlockMaker::make_old_town() {
  for (const Side side : {Side::south, Side::east, Side::north, Side::west}) frontage(side, front_depth_m, true);
  lanes(m_rect.inset(front_depth_m + 6));
}

Rect BlockMaker::lot(Side side, double from, double to, double depth) const {
  switch (side) {
    case Side::south:
      return {from, m_rect.y0, to, m_rect.y0 + depth};
    case Side::north:
      return {from, m_rect.y1 - depth, to, m_rect.y1};
    case Side::west:
      return {m_rect.x0, from, m_rect.x0 + depth, to};
    case Side::east:
      break;
  }
  return {m_rect.x1 - depth, from, m_rect.x1, to};
}

void BlockMaker::frontage(Side side, double depth, bool with_flats, const Gap& gap) {
  const bool east_west = side == Side::south || side == Side::north;
  const double spare = east_west ? corner_m : depth + corner_m;
  const double low = (east_west ? m_rect.x0 : m_rect.y0) + spare;
  const double high = (east_west ? m_rect.x1 : m_rect.y1) - spare;
  TownAddress at = address_here();
  at.place = m_plan.road_name(m_block, side);
  at.number_end = m_plan.door_number_end(m_block, side);
  double row = 0;  // metres since the last passage
  for (double from = low;;) {
    const double width = m_random.real(7.0, 12.0);
    if (from + width > high) break;
    const bool in_gap = gap.half > 0 && from + width > gap.at - gap.half && from < gap.at + gap.half;
    if (in_gap) {
      from = gap.at + gap.half;
      row = 0;
      continue;
    }
    at.number = m_plan.door_number(m_block, side, from + width / 2);
    const double lot_depth = depth - m_random.real(0, 2.0);
    const int floors = with_flats ? m_random.between(3, 6) : m_random.between(1, 2);
    const Rect ground = lot(side, from, from + width, lot_depth);
    house(ground, at, floors, "shop", with_flats ? 0.7 : 0.0);
    if (!with_flats && m_random.chance(0.12)) sub_numbers(ground, at);
    row += width;
    from += width + (row > 70 ? 7.0 : wall_gap_m);
    if (row > 70) row = 0;
  }
}

void BlockMaker::sub_numbers(const Rect& ground, TownAddress at) {
  const int parts = m_random.between(2, 4);
  for (int part = 1; part <= parts; ++part) {
    at.sub_number = part;
    at.level = Level::number;
    if (m_sink != nullptr)
      at.point = m_plan.to_lon_lat({ground.x0 + ground.width() * part / (parts + 1), ground.y0 + 2});
    emit(at);
  }
}

int BlockMaker::lanes(const Rect& area) {
  constexpr double pitch = 26;
  const std::string root = m_plan.lane_root(m_index);
  const std::string street = root + (m_random.chance(0.3) ? "里" : m_random.chance(0.3) ? "坊" : "街");
  const double street_x = area.x0 + area.width() * m_random.real(0.35, 0.65);
  const int style = m_random.between(0, 3);
  const int count = static_cast<int>(area.depth() / pitch);
  emit_place(street, "lane", 8, m_plan.line({street_x, area.y0 - 4}, {street_x, area.y1 + 4}));
  for (int i = 0; i < count; ++i) {
    const std::string ordinal = chinese_numeral(i + 1);
    const std::string name = style == 0   ? root + ordinal + "巷"
                             : style == 1 ? root + ordinal + "横巷"
                             : style == 2 ? street + ordinal + "巷"
                                          : root + ordinal + "街";
    lane(name, area, area.y0 + pitch * (i + 0.5), street_x);
  }
  return count;
}

void BlockMaker::lane(const std::string& name, const Rect& area, double y, double street_x) {
  constexpr double half_lane = 2.2;
  constexpr double half_street = 5;
  emit_place(name, "lane", 4, m_plan.line({area.x1, y}, {area.x0, y}));
  TownAddress at = address_here();
  at.place = name;
  at.number_end = 2 * static_cast<int>(area.width() / 8.5) + 2;
  for (const bool north : {false, true}) {
    // Numbered from the east, without a gap; left hand (south) odd.
    int number = north ? 2 : 1;
    for (double from = area.x1; from > area.x0 + 12;) {
      const double width = m_random.real(8.5, 11.5);
      const double to = from - width;
      if (to < street_x + half_street && from > street_x - half_street) {
        from = street_x - half_street;
        continue;
      }
      if (to < area.x0) break;
      const double depth = m_random.real(8.5, 10.2);
      const Rect ground = north ? Rect{to, y + half_lane, from, y + half_lane + depth}
                                : Rect{to, y - half_lane - depth, from, y - half_lane};
      if (!m_random.chance(0.04)) {  // an empty lot keeps no number
        at.number = number;
        number += 2;
        house(ground, at, m_random.between(2, 5), "residential", 0.4);
      }
      from = to - (m_random.chance(0.1) ? 3.0 : wall_gap_m);
    }
  }
}

void BlockMaker::house(const Rect& ground, TownAddress at, int floors, std::string_view use, double flats_share) {
  const bool shop = use == "shop";
  const int first_floor = shop ? 2 : 1;
  at.level = Level::number;
  at.top_floor = floors;
  if (m_sink != nullptr) at.point = m_plan.to_lon_lat(ground.centre());
  emit(at);
  emit_building(ground, at, std::to_string(at.number) + "号", floors, use);
  if (!m_random.chance(flats_share)) return;
  const int flats = m_random.between(1, 3);
  for (int floor = first_floor; floor <= floors; ++floor) {
    for (int door = 1; door <= flats; ++door) {
      TownAddress room = at;
      room.level = Level::room;
      room.room = std::to_string(floor * 100 + door);
      emit(room);
    }
  }
}

TownAddress BlockMaker::address_here() const {
  TownAddress at;
  at.division_code = m_village.code;
  at.committee = m_committee;
  return at;
}

void BlockMaker::emit_place(const std::string& name, std::string_view kind, double width_m,
                            const geo::Geometry& geometry) {
  ++m_facts.places;
  if (m_sink == nullptr) return;
  TownPlace place;
  place.id = id_of(m_plan.seed(), "place", name);
  place.name = name;
  place.kind = kind;
  place.generic = generic_of(name);
  place.width_m = width_m;
  place.division_code = m_village.code;
  place.geometry = geometry;
  m_sink->place(place);
}

void BlockMaker::emit_building(const Rect& ground, const TownAddress& main, std::string_view name, int floors,
                               std::string_view use) {
  ++m_facts.buildings;
  if (m_sink == nullptr) return;
  TownBuilding building;
  building.address = standard_text(main, m_divisions);
  building.id = id_of(m_plan.seed(), "building", local_text(main));
  building.name = name;
  building.floors = floors;
  building.height_m = static_cast<double>(static_cast<int>(floors * storey_m * 10)) / 10;
  building.use = use;
  building.division_code = m_village.code;
  building.footprint = m_plan.polygon(ground);
  m_sink->building(building);
}

void BlockMaker::emit(TownAddress& address) {
  ++m_facts.addresses;
  if (address.level == Level::room) ++m_facts.rooms;
  const bool new_building =
      (address.level == Level::number && address.room.empty()) || address.level == Level::building;
  if (new_building) {
    ++m_serials.building;
    m_room_serial = 0;
  }
  if (m_sink == nullptr) return;
  address.id = id_of(m_plan.seed(), "address", local_text(address));
  address.code.clear();
  if (new_building) address.code = building_code(m_village.code, m_serials.building);
  if (address.level == Level::room) address.code = room_code(m_village.code, m_serials.building, ++m_room_serial);
  m_sink->address(address);
}

}  // namespace menpai::spine

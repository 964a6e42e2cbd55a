// SPDX-License-Identifier: Apache-2.0
// The blocks of the demo town that are planned as one: estates, offices, industry, villages, schools and parks.
#include <algorithm>
#include <array>
#include <cmath>

#include "spine/town_block.hpp"

namespace menpai::spine {
namespace {

constexpr double shop_depth_m = 12;
constexpr double storey_m = 3.1;

std::string two_digits(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// Floor labels from the ground up; some estates have no 4, 13, 14 and 24, some have an open ground floor.
std::vector<int> floor_labels(int count, bool skips, bool open_ground) {
  std::vector<int> labels;
  for (int label = open_ground ? 2 : 1; static_cast<int>(labels.size()) < count; ++label) {
    const bool unlucky = label == 4 || label == 13 || label == 14 || label == 24;
    if (!(skips && unlucky)) labels.push_back(label);
  }
  return labels;
}

}  // namespace

std::string BlockMaker::gate(double x) {
  TownAddress at = address_here();
  at.place = m_plan.road_name(m_block, Side::south);
  at.number = m_plan.door_number(m_block, Side::south, x);
  at.number_end = m_plan.door_number_end(m_block, Side::south);
  at.level = Level::number;
  if (m_sink != nullptr) at.point = m_plan.to_lon_lat({x, m_rect.y0 + 4});
  emit(at);
  return at.place + std::to_string(at.number) + "号";
}

void BlockMaker::make_estates() {
  const bool two = m_random.chance(0.35);
  const double middle = m_rect.centre().x;
  const double gate_x = two ? middle - m_rect.width() / 4 : middle;
  frontage(Side::south, shop_depth_m, false, {gate_x, 9});
  if (m_random.chance(0.5)) frontage(Side::north, shop_depth_m, false);
  const Rect inner = {m_rect.x0 + 6, m_rect.y0 + shop_depth_m + 8, m_rect.x1 - 6, m_rect.y1 - shop_depth_m - 8};
  const std::string gate_text = gate(gate_x);
  if (!two) {
    estate(inner, 2 * m_index, gate_text);
    return;
  }
  estate({inner.x0, inner.y0, middle - 5, inner.y1}, 2 * m_index, gate_text);
  estate({middle + 5, inner.y0, inner.x1, inner.y1}, 2 * m_index + 1, "");
}

BlockMaker::EstateStyle BlockMaker::estate_style() {
  constexpr std::array<int, 6> heights = {6, 7, 11, 18, 26, 32};
  EstateStyle style;
  const int floors = m_random.pick(heights);
  const bool high = floors > 11;
  style.units = high ? m_random.between(1, 2) : m_random.between(1, 4);
  style.flats = high ? m_random.between(2, 6) : m_random.between(2, 3);
  style.floors = floor_labels(floors, m_random.chance(0.35), m_random.chance(0.4));
  style.width = style.units * (style.flats <= 3 ? style.flats * 9.0 : style.flats * 5.5) + 4;
  style.depth = style.flats > 3 ? 22 : 13;
  style.gap = std::clamp(floors * storey_m * 0.7, 16.0, 52.0);
  return style;
}

void BlockMaker::estate(const Rect& area, std::uint64_t name_index, const std::string& gate) {
  TownAddress base = address_here();
  base.place = m_plan.estate_name(name_index);
  base.gate = gate;
  emit_place(base.place, "estate", 0, m_plan.polygon(area));
  const bool phases = area.depth() > 200 && m_random.chance(0.4);
  if (!phases) {
    estate_buildings(area.inset(8), base, estate_style());
    return;
  }
  const double middle = area.y0 + area.depth() * m_random.real(0.42, 0.58);
  base.phase = "一期";
  estate_buildings(Rect{area.x0, area.y0, area.x1, middle - 4}.inset(8), base, estate_style());
  base.phase = "二期";
  estate_buildings(Rect{area.x0, middle + 4, area.x1, area.y1}.inset(8), base, estate_style());
}

void BlockMaker::estate_buildings(const Rect& area, const TownAddress& base, const EstateStyle& style) {
  constexpr double between_m = 14;
  const int columns = std::max(1, static_cast<int>((area.width() + between_m) / (style.width + between_m)));
  const int rows = std::max(1, static_cast<int>((area.depth() + style.gap) / (style.depth + style.gap)));
  const double pitch_x = (area.width() + between_m) / columns;
  const double pitch_y = (area.depth() + style.gap) / rows;
  const int garden = columns * rows > 8 ? m_random.between(0, columns * rows - 1) : -1;
  int number = 0;
  for (int row = 0; row < rows; ++row) {
    // Numbered in an S from the north-east.
    for (int step = 0; step < columns; ++step) {
      const int column = row % 2 == 0 ? columns - 1 - step : step;
      if (row * columns + column == garden) continue;
      const double shift = m_random.real(0, std::max(0.0, std::min(pitch_x - style.width - 4, 8.0)));
      const double x = area.x0 + column * pitch_x + shift;
      const double y = area.y1 - row * pitch_y - style.depth;
      TownAddress at = base;
      at.building = std::to_string(++number);
      at.building_suffix = "栋";
      estate_building({x, y, std::min(x + style.width, area.x1), y + style.depth}, at, style);
    }
  }
}

void BlockMaker::estate_building(const Rect& ground, TownAddress at, const EstateStyle& style) {
  at.level = Level::building;
  at.units = style.units;
  at.top_floor = style.floors.back();
  if (m_sink != nullptr) at.point = m_plan.to_lon_lat(ground.centre());
  emit(at);
  emit_building(ground, at, at.building + at.building_suffix, static_cast<int>(style.floors.size()), "residential");
  for (int unit = 1; unit <= style.units; ++unit) {
    TownAddress in_unit = at;
    if (style.units > 1) {
      in_unit.unit = unit;
      in_unit.level = Level::unit;
      const double x = ground.x0 + ground.width() * (unit - 0.5) / style.units;
      if (m_sink != nullptr) in_unit.point = m_plan.to_lon_lat({x, ground.centre().y});
      emit(in_unit);
    }
    for (const int floor : style.floors) {
      for (int flat = 1; flat <= style.flats; ++flat) {
        TownAddress room = in_unit;
        room.level = Level::room;
        room.room = std::to_string(floor) + two_digits(flat);
        emit(room);
      }
    }
  }
}

void BlockMaker::make_business() {
  frontage(Side::south, shop_depth_m, false, {m_rect.centre().x, 9});
  frontage(Side::north, shop_depth_m, false);
  const std::string gate_text = gate(m_rect.centre().x);
  const double y0 = m_rect.y0 + shop_depth_m + 12;
  const double y1 = m_rect.y1 - shop_depth_m - 12;
  const double middle = m_rect.centre().x;

  const Rect square = {m_rect.x0 + 10, y0, middle - 8, y1};
  TownAddress at = address_here();
  at.place = m_plan.company_root(2 * m_index) + "广场";
  at.gate = gate_text;
  emit_place(at.place, "compound", 0, m_plan.polygon(square));
  mall(square.inset(square.width() * 0.18), at);

  const Rect offices = {middle + 8, y0, m_rect.x1 - 10, y1};
  at.place = m_plan.company_root(2 * m_index + 1) + "大厦";
  emit_place(at.place, "compound", 0, m_plan.polygon(offices));
  const int towers = m_random.between(2, 3);
  const double pitch = offices.depth() / towers;
  for (int i = 0; i < towers; ++i) {
    at.building = std::string(1, static_cast<char>('A' + i));
    at.building_suffix = "座";
    const double x = offices.centre().x + m_random.real(-30, 30);
    const double y = offices.y0 + pitch * (i + 0.5);
    tower({x - 17, y - 17, x + 17, y + 17}, at, m_random.between(9, 22));
  }
}

void BlockMaker::tower(const Rect& ground, TownAddress at, int floors) {
  at.level = Level::building;
  at.top_floor = floors;
  at.units = 1;
  if (m_sink != nullptr) at.point = m_plan.to_lon_lat(ground.centre());
  emit(at);
  emit_building(ground, at, at.building + at.building_suffix, floors, "office");
  const int rooms = m_random.between(5, 10);
  for (int floor = 2; floor <= floors; ++floor) {
    for (int door = 1; door <= rooms; ++door) {
      TownAddress room = at;
      room.level = Level::room;
      room.room = std::to_string(floor) + two_digits(door);
      emit(room);
    }
  }
}

void BlockMaker::mall(const Rect& ground, TownAddress at) {
  at.building = "1";
  at.building_suffix = "栋";
  at.level = Level::building;
  at.top_floor = m_random.between(3, 5);
  at.units = 1;
  if (m_sink != nullptr) at.point = m_plan.to_lon_lat(ground.centre());
  emit(at);
  emit_building(ground, at, at.place, at.top_floor, "shop");
  for (int floor = 1; floor <= at.top_floor; ++floor) {
    TownAddress storey = at;
    storey.floor = floor;
    storey.level = Level::floor;
    emit(storey);
    const int shops = m_random.between(18, 30);
    for (int door = 1; door <= shops; ++door) {
      TownAddress shop = at;
      shop.level = Level::room;
      shop.room = std::to_string(floor) + two_digits(door);
      emit(shop);
    }
  }
}

void BlockMaker::make_industry() {
  const double gate_x = m_rect.centre().x;
  TownAddress at = address_here();
  at.gate = gate(gate_x);
  at.place = m_plan.company_root(2 * m_index) + "工业园";
  emit_place(at.place, "compound", 0, m_plan.polygon(m_rect.inset(4)));
  const Rect area = m_rect.inset(18);
  const double width = m_random.real(52, 88);
  const double depth = m_random.real(24, 36);
  const int columns = static_cast<int>((area.width() + 18) / (width + 18));
  const int rows = static_cast<int>((area.depth() + 16) / (depth + 16));
  const double pitch_x = (area.width() + 18) / columns;
  const double pitch_y = (area.depth() + 16) / rows;
  int number = 0;
  for (int row = 0; row < rows; ++row) {
    for (int step = 0; step < columns; ++step) {
      const int column = row % 2 == 0 ? columns - 1 - step : step;
      if (m_random.chance(0.12)) continue;  // a yard
      at.building = std::to_string(++number);
      at.building_suffix = "栋";
      const double x = area.x0 + column * pitch_x;
      const double y = area.y1 - row * pitch_y - depth * m_random.real(0.8, 1.0);
      factory({x, y, x + width * m_random.real(0.75, 1.0), area.y1 - row * pitch_y}, at);
    }
  }
}

void BlockMaker::factory(const Rect& ground, TownAddress at) {
  at.level = Level::building;
  at.units = 1;
  at.top_floor = m_random.between(1, 5);
  if (m_sink != nullptr) at.point = m_plan.to_lon_lat(ground.centre());
  emit(at);
  emit_building(ground, at, at.building + at.building_suffix, at.top_floor, "industrial");
  const int rooms = m_random.chance(0.4) ? m_random.between(2, 6) : 0;
  if (at.top_floor == 1) return;
  for (int floor = 1; floor <= at.top_floor; ++floor) {
    TownAddress storey = at;
    if (rooms == 0) {
      storey.floor = floor;
      storey.level = Level::floor;
      emit(storey);
    }
    for (int door = 1; door <= rooms; ++door) {
      TownAddress room = at;
      room.level = Level::room;
      room.room = std::to_string(floor) + two_digits(door);
      emit(room);
    }
  }
}

void BlockMaker::make_rural() {
  // Village committees number their houses by group, residents' committees by the old natural village.
  const bool by_group = m_village.code.size() == 12 && m_village.code[9] >= '2';
  const std::string root = m_plan.lane_root(m_index);
  const double share = m_random.real(0.55, 0.9);
  const Rect area = {m_rect.x0 + 12, m_rect.y0 + 12 + m_rect.depth() * (1 - share) * 0.5, m_rect.x1 - 12,
                     m_rect.y0 + m_rect.depth() * share};
  const std::string hamlet = root + (m_random.chance(0.5) ? "围" : m_random.chance(0.5) ? "涌" : "村");
  emit_place(hamlet, "village", 0, m_plan.polygon(area));
  TownAddress at = address_here();
  if (by_group) {
    at.village = m_committee;
    at.group = ++m_serials.group;
  } else {
    at.place = hamlet;
  }
  constexpr double pitch = 44;
  const int rows = std::max(1, static_cast<int>(area.depth() / pitch));
  at.number_end = rows * 2 * static_cast<int>(area.width() / 12) + 20;
  int number = 0;
  for (int row = 0; row < rows; ++row) {
    const double y = area.y0 + pitch * (row + 0.5);
    for (double from = area.x0; from + 14 < area.x1; from += m_random.real(15, 24)) {
      for (const bool north : {true, false}) {
        if (m_random.chance(0.3)) continue;  // a garden
        const double width = m_random.real(9, 13);
        const double depth = m_random.real(9, 14);
        const double back = m_random.real(3.5, 6);
        at.number = ++number;
        at.sub_number = 0;
        const Rect ground = north ? Rect{from, y + back, from + width, y + back + depth}
                                  : Rect{from, y - back - depth, from + width, y - back};
        house(ground, at, m_random.between(1, 4), "residential", 0.0);
        if (m_random.chance(0.07)) sub_numbers(ground, at);
      }
    }
  }
}

void BlockMaker::make_civic() {
  const std::string root = m_plan.company_root(2 * m_index);
  if (m_random.chance(0.45)) {
    emit_place(root + "公园", "compound", 0, m_plan.polygon(m_rect.inset(5)));
    return;
  }
  const double split = m_rect.x0 + m_rect.width() * m_random.real(0.45, 0.6);
  school({m_rect.x0 + 5, m_rect.y0 + 5, split - 6, m_rect.y1 - 5});
  lanes({split + 6, m_rect.y0 + 6, m_rect.x1 - 6, m_rect.y1 - 6});
}

void BlockMaker::school(const Rect& area) {
  TownAddress at = address_here();
  at.gate = gate(area.centre().x);
  at.place = m_plan.company_root(2 * m_index) + (m_random.chance(0.5) ? "小学" : "中学");
  emit_place(at.place, "compound", 0, m_plan.polygon(area));
  const int count = m_random.between(3, 5);
  const double pitch = (area.depth() - 60) / count;
  for (int i = 0; i < count; ++i) {
    at.building = std::to_string(i + 1);
    at.building_suffix = "栋";
    at.level = Level::building;
    at.top_floor = m_random.between(3, 6);
    at.units = 1;
    const double y = area.y0 + 20 + pitch * i;
    const Rect ground = {area.x0 + 15, y, area.x0 + 15 + area.width() * m_random.real(0.4, 0.7), y + 13};
    if (m_sink != nullptr) at.point = m_plan.to_lon_lat(ground.centre());
    emit(at);
    emit_building(ground, at, at.building + at.building_suffix, at.top_floor, "public");
  }
}

}  // namespace menpai::spine

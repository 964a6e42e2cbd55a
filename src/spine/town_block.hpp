// SPDX-License-Identifier: Apache-2.0
// One block of the demo town: its houses, estates, lanes and numbers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spine/town_plan.hpp"

namespace menpai::spine {

/// What goes on from block to block: serials within each village.
struct TownSerials {
  struct OfVillage {
    std::uint32_t building = 0;
    int group = 0;
  };
  std::map<std::string, OfVillage, std::less<>> villages;
};

/// Where a row of houses stays open.
struct Gap {
  double at = 0;
  double half = 0;
};

/// Makes one block. Without a sink it only counts.
class BlockMaker {
 public:
  BlockMaker(const TownPlan& plan, const TownDivisions& divisions, Block block, TownSerials& serials, TownFacts& facts,
             TownSink* sink);
  void make();

 private:
  /// How the buildings of an estate are alike.
  struct EstateStyle {
    int units = 1;
    int flats = 2;  ///< on a floor of a unit
    std::vector<int> floors;
    double width = 30;
    double depth = 14;
    double gap = 20;  ///< between rows, for the sun
  };
  void make_old_town();
  void make_estates();
  void make_business();
  void make_industry();
  void make_rural();
  void make_civic();

  /// Houses shoulder to shoulder along one side of the block, with numbers of its road.
  void frontage(Side side, double depth, bool with_flats, const Gap& gap = {});
  /// Where a lot of the frontage lies.
  Rect lot(Side side, double from, double to, double depth) const;
  /// Lanes with houses on both sides; returns the number of lanes.
  int lanes(const Rect& area);
  void lane(const std::string& name, const Rect& area, double y, double street_x);
  void house(const Rect& ground, TownAddress at, int floors, std::string_view use, double flats_share);
  /// 附1号, 附2号 … of a house.
  void sub_numbers(const Rect& ground, TownAddress at);

  EstateStyle estate_style();
  void estate(const Rect& area, std::uint64_t name_index, const std::string& gate);
  void estate_buildings(const Rect& area, const TownAddress& base, const EstateStyle& style);
  void estate_building(const Rect& ground, TownAddress at, const EstateStyle& style);
  void tower(const Rect& ground, TownAddress at, int floors);
  void mall(const Rect& ground, TownAddress at);
  void factory(const Rect& ground, TownAddress at);
  void school(const Rect& area);
  /// The address of a gate on the south side, written down as a door number of its own; returns its short text.
  std::string gate(double x);

  TownAddress address_here() const;
  void emit_place(const std::string& name, std::string_view kind, double width_m, const geo::Geometry& geometry);
  void emit_building(const Rect& ground, const TownAddress& main, std::string_view name, int floors,
                     std::string_view use);
  /// Gives it id, and a code where its level has one, and hands it on.
  void emit(TownAddress& address);

  const TownPlan& m_plan;
  const TownDivisions& m_divisions;
  Block m_block;
  TownSerials::OfVillage& m_serials;
  TownFacts& m_facts;
  TownSink* m_sink;
  Random m_random;
  Rect m_rect;
  std::uint64_t m_index;
  const Division& m_village;
  std::string m_committee;
  std::uint32_t m_room_serial = 0;  ///< within the building in hand
};

}  // namespace menpai::spine

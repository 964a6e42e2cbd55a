// SPDX-License-Identifier: Apache-2.0
// The demo town: a believable town made from a seed, for showing, testing and measuring. Only the divisions are real
// (中山市港口镇 and its villages); every road, estate, number and code below them is invented.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/geometry.hpp"
#include "model/division.hpp"
#include "model/level.hpp"

namespace menpai::spine {

struct TownOptions {
  std::uint64_t rooms = 60000;  ///< the town ends with the block in which this number is reached
  std::uint64_t seed = 1;
};

/// The divisions the town stands on, from province to town, and the villages of the town in code order.
struct TownDivisions {
  std::string province = "广东省";
  std::string city = "中山市";
  std::string town = "港口镇";
  std::string town_code = "442000108";
  std::vector<Division> villages;
};
/// Takes them from everything known. Throws unavailable if 442000108 or its villages are not there.
TownDivisions town_divisions(const DivisionSet& set);
/// The name of a village committee as it stands in addresses: 下南村民委员会 → 下南村, 西街社区居民委员会 → 西街社区.
std::string village_short_name(std::string_view official_name);

/// A road, lane, estate, industrial park, natural village, compound, school or park with its standard name.
struct TownPlace {
  std::string id;
  std::string name;
  std::string kind;     ///< road, lane, estate, village or compound, as in the register
  std::string generic;  ///< its class word: 大道, 路, 巷, 花园, 工业园, 公园
  double width_m = 0;   ///< of a road or lane, 0 for areas
  std::string division_code;
  geo::Geometry geometry;  ///< a line for roads and lanes, else a polygon
};

struct TownBuilding {
  std::string id;
  std::string address;  ///< standard text of its main address
  std::string name;     ///< label on the map: "3栋", "8号"
  int floors = 1;
  double height_m = 3;
  std::string use;  ///< residential, shop, office, industrial, public
  std::string division_code;
  geo::Polygon footprint;
};

/// A standard address with its elements apart, so that untidy forms can be made from it.
struct TownAddress {
  std::string id;
  std::string code;  ///< menpai-building or menpai-room; empty for units and floors
  std::string division_code;
  Level level = Level::none;
  geo::LonLat point;

  std::string village;          ///< 下南村, only where it is part of the address
  int group = 0;                ///< 3组; 0 if none
  std::string place;            ///< 兴港路, 锦绣花园; empty for group addresses
  std::string phase;            ///< 一期; empty if the estate was built at once
  int number = 0;               ///< 12号; 0 if none
  int sub_number = 0;           ///< 附1号; 0 if none
  std::string building;         ///< 3, A; empty if none
  std::string building_suffix;  ///< 栋 or 座
  int unit = 0;                 ///< 2单元; 0 if none
  int floor = 0;                ///< 3层, only where it is part of the address; 0 if none
  std::string room;             ///< 501; empty if none

  // What is needed to write something that does not exist, or that is ambiguous.
  int top_floor = 0;      ///< highest floor label of the building, for rooms
  int number_end = 0;     ///< no number on this street or in this group is higher
  int units = 0;          ///< units of the building
  std::string gate;       ///< the estate's gate, 兴港路88号; empty if none
  std::string committee;  ///< the village it lies in: 西街社区, 下南村
};

/// 广东省中山市港口镇锦绣花园一期3栋2单元501室
std::string standard_text(const TownAddress& address, const TownDivisions& divisions);
/// The same without the divisions: 锦绣花园一期3栋2单元501室. Unique in the town.
std::string local_text(const TownAddress& address);

/// Takes the town piece by piece, in the order of its blocks; an address comes after the addresses above it.
class TownSink {
 public:
  virtual ~TownSink() = default;
  virtual void place(const TownPlace& place) = 0;
  virtual void building(const TownBuilding& building) = 0;
  virtual void address(const TownAddress& address) = 0;
};

struct TownFacts {
  std::uint64_t blocks = 0;
  std::uint64_t places = 0;
  std::uint64_t buildings = 0;
  std::uint64_t addresses = 0;
  std::uint64_t rooms = 0;
};

/// Makes the town, twice the same for the same options. Memory does not grow with the rooms. Throws bad_request for
/// fewer than 1 or more than 100 million rooms.
TownFacts make_town(const TownOptions& options, const TownDivisions& divisions, TownSink& sink);

}  // namespace menpai::spine

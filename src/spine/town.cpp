// SPDX-License-Identifier: Apache-2.0
// The demo town: how its pieces come together, and its standard texts.
#include "spine/town.hpp"

#include <algorithm>
#include <string_view>

#include "base/error.hpp"
#include "base/id.hpp"
#include "spine/town_block.hpp"
#include "spine/town_plan.hpp"

namespace menpai::spine {
namespace {

constexpr std::uint64_t rooms_max = 50'000'000;

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

const Division& require(const DivisionSet& set, std::string_view code) {
  const auto found = std::find_if(set.divisions.begin(), set.divisions.end(), [&](const Division& division) {
    return division.code == code && division.valid_to.empty();
  });
  if (found == set.divisions.end()) {
    throw Error(ErrorCode::unavailable,
                "The demo town stands on division " + std::string(code) + ", which the divisions in use do not have.");
  }
  return *found;
}

/// How many blocks hold the rooms asked for. Costs as much as making them without writing.
std::uint64_t count_blocks(const TownOptions& options, const TownDivisions& divisions) {
  const TownPlan plan(options, divisions, 0);
  TownSerials serials;
  TownFacts facts;
  std::uint64_t blocks = 0;
  while (facts.rooms < options.rooms) {
    BlockMaker(plan, divisions, block_at(blocks), serials, facts, nullptr).make();
    ++blocks;
  }
  return blocks;
}

}  // namespace

TownDivisions town_divisions(const DivisionSet& set) {
  TownDivisions divisions;
  divisions.province = require(set, divisions.town_code.substr(0, 2)).name;
  divisions.city = require(set, divisions.town_code.substr(0, 4)).name;
  divisions.town = require(set, divisions.town_code).name;
  for (const Division& division : set.divisions) {
    if (division.parent == divisions.town_code && division.level == Level::village && division.valid_to.empty()) {
      divisions.villages.push_back(division);
    }
  }
  if (divisions.villages.empty()) {
    throw Error(ErrorCode::unavailable, "The divisions in use have no villages of " + divisions.town +
                                            ". Build the divisions with villages (menpai library build).");
  }
  std::sort(divisions.villages.begin(), divisions.villages.end(),
            [](const Division& a, const Division& b) { return a.code < b.code; });
  return divisions;
}

std::string village_short_name(std::string_view official_name) {
  struct Form {
    std::string_view end;
    std::string_view becomes;
  };
  constexpr Form forms[] = {
      {"社区居民委员会", "社区"}, {"社区居委会", "社区"}, {"村民委员会", "村"},
      {"村委会", "村"},           {"居民委员会", "社区"}, {"居委会", "社区"},
  };
  for (const Form& form : forms) {
    if (!ends_with(official_name, form.end) || official_name.size() == form.end.size()) continue;
    std::string name(official_name.substr(0, official_name.size() - form.end.size()));
    if (form.becomes == "村" && ends_with(name, "村")) return name;
    return name + std::string(form.becomes);
  }
  return std::string(official_name);
}

std::string local_text(const TownAddress& address) {
  std::string text = address.village;
  if (address.group > 0) text += std::to_string(address.group) + "组";
  text += address.place;
  text += address.phase;
  if (address.number > 0) {
    text += std::to_string(address.number) + "号";
    if (address.sub_number > 0) text += "附" + std::to_string(address.sub_number) + "号";
  }
  text += address.building;
  text += address.building_suffix;
  if (address.unit > 0) text += std::to_string(address.unit) + "单元";
  if (address.floor > 0) text += std::to_string(address.floor) + "层";
  if (!address.room.empty()) text += address.room + "室";
  return text;
}

std::string standard_text(const TownAddress& address, const TownDivisions& divisions) {
  return divisions.province + divisions.city + divisions.town + local_text(address);
}

TownFacts make_town(const TownOptions& options, const TownDivisions& divisions, TownSink& sink) {
  if (options.rooms < 1 || options.rooms > rooms_max) {
    throw Error(ErrorCode::bad_request, "The town can have 1 to 50,000,000 rooms.");
  }
  MENPAI_ASSERT(!divisions.villages.empty(), "the town needs villages");
  const std::uint64_t blocks = count_blocks(options, divisions);
  const TownPlan plan(options, divisions, blocks);
  TownSerials serials;
  TownFacts facts;
  facts.blocks = blocks;
  plan.each_road([&](const TownPlan::Road& road) {
    const geo::Line line = plan.road_line(road);
    const Block beside = road.east_west ? Block{road.from, road.line} : Block{road.line, road.from};
    TownPlace place;
    place.id = Uuid::named("demo town/" + std::to_string(options.seed) + "/place/" + road.name).text();
    place.name = road.name;
    place.kind = "road";
    place.generic = road.wide ? "大道" : "路";
    place.width_m = road.wide ? 36 : 22;
    place.division_code = plan.village(beside).code;
    place.geometry = line;
    sink.place(place);
    ++facts.places;
  });
  for (std::uint64_t i = 0; i < blocks; ++i) {
    BlockMaker(plan, divisions, block_at(i), serials, facts, &sink).make();
  }
  return facts;
}

}  // namespace menpai::spine

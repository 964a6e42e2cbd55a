// SPDX-License-Identifier: Apache-2.0
// The demo town keeps its promises whatever the seed; codes check themselves.
#include "spine/town.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <unordered_set>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "geo/geometry.hpp"
#include "spine/code_scheme.hpp"
#include "spine/town_dirt.hpp"
#include "spine/town_plan.hpp"

namespace menpai::spine {
namespace {

Division village(const char* code, const char* name) {
  return {code, "442000108", name, Level::village, "", ""};
}

TownDivisions divisions() {
  TownDivisions result;
  result.villages = {village("442000108001", "港口社区居民委员会"), village("442000108002", "群众社区居民委员会"),
                     village("442000108007", "西街社区居民委员会"), village("442000108205", "下南村民委员会"),
                     village("442000108206", "中南村民委员会")};
  return result;
}

struct Town : TownSink {
  std::vector<TownPlace> places;
  std::vector<TownBuilding> buildings;
  std::vector<TownAddress> addresses;
  TownFacts facts;

  explicit Town(const TownOptions& options) {
    const TownDivisions on = divisions();
    facts = make_town(options, on, *this);
  }
  void place(const TownPlace& place) override { places.push_back(place); }
  void building(const TownBuilding& building) override { buildings.push_back(building); }
  void address(const TownAddress& address) override { addresses.push_back(address); }
};

class AnyTown : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  static const Town& town() {
    static std::map<std::uint64_t, std::unique_ptr<Town>> towns;
    auto& held = towns[GetParam()];
    if (!held) held = std::make_unique<Town>(TownOptions{15000, GetParam()});
    return *held;
  }
};
INSTANTIATE_TEST_SUITE_P(seeds, AnyTown, ::testing::Values(1, 2, 42, 20261120));

TEST_P(AnyTown, has_the_rooms_asked_for_and_few_more) {
  EXPECT_GE(town().facts.rooms, 15000U);
  EXPECT_LE(town().facts.rooms, 22000U);
  EXPECT_EQ(town().facts.addresses, town().addresses.size());
  EXPECT_EQ(town().facts.buildings, town().buildings.size());
  EXPECT_EQ(town().facts.places, town().places.size());
}

TEST_P(AnyTown, gives_no_id_code_or_text_twice) {
  std::unordered_set<std::string> ids;
  std::unordered_set<std::string> codes;
  std::unordered_set<std::string> texts;
  for (const TownAddress& address : town().addresses) {
    EXPECT_TRUE(ids.insert(address.id).second) << local_text(address);
    EXPECT_TRUE(texts.insert(local_text(address)).second) << local_text(address);
    const bool code_is_new = address.code.empty() || codes.insert(address.code).second;
    EXPECT_TRUE(code_is_new) << local_text(address);
  }
  std::set<std::string> names;
  for (const TownPlace& place : town().places) {
    EXPECT_TRUE(names.insert(place.name).second) << place.name;
    EXPECT_TRUE(ids.insert(place.id).second) << place.name;
  }
  for (const TownBuilding& building : town().buildings) EXPECT_TRUE(ids.insert(building.id).second) << building.address;
}

TEST_P(AnyTown, every_code_has_its_length_and_check_digit) {
  for (const TownAddress& address : town().addresses) {
    const bool has_code = address.level != Level::unit && address.level != Level::floor;
    ASSERT_EQ(address.code.empty(), !has_code) << local_text(address);
    if (!has_code) continue;
    EXPECT_EQ(address.code.size(), address.level == Level::room ? 25U : 19U);
    EXPECT_TRUE(has_right_check_digit(address.code)) << address.code;
    EXPECT_EQ(address.code.substr(0, 12), address.division_code);
  }
}

TEST_P(AnyTown, stands_on_real_villages_only) {
  const TownDivisions on = divisions();
  const auto is_village = [&](const std::string& code) {
    return std::any_of(on.villages.begin(), on.villages.end(), [&](const Division& one) { return one.code == code; });
  };
  std::set<std::string> used;
  for (const TownAddress& address : town().addresses) {
    EXPECT_TRUE(is_village(address.division_code));
    used.insert(address.division_code);
  }
  for (const TownPlace& place : town().places) EXPECT_TRUE(is_village(place.division_code));
  EXPECT_GE(used.size(), 3U);
}

TEST_P(AnyTown, footprints_are_sound_and_do_not_overlap) {
  // Buildings sorted by western edge: only those whose boxes meet are compared.
  const auto& buildings = town().buildings;
  std::vector<std::pair<geo::Box, const TownBuilding*>> sorted;
  for (const TownBuilding& building : buildings) {
    EXPECT_EQ(geo::geometry_fault(building.footprint), "") << building.address;
    const double area = geo::area_m2(building.footprint);
    EXPECT_GT(area, 30) << building.address;
    EXPECT_LT(area, 40000) << building.address;
    sorted.emplace_back(geo::box_of(building.footprint), &building);
  }
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first.west < b.first.west; });
  std::size_t overlapping = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = i + 1; j < sorted.size() && sorted[j].first.west <= sorted[i].first.east; ++j) {
      if (!geo::overlap(sorted[i].second->footprint, sorted[j].second->footprint)) continue;
      if (++overlapping < 5) ADD_FAILURE() << sorted[i].second->address << " / " << sorted[j].second->address;
    }
  }
  EXPECT_EQ(overlapping, 0U);
}

TEST_P(AnyTown, odd_and_even_numbers_face_each_other) {
  // On a north-south road all odd numbers lie west of the even ones, on an east-west road south of them.
  std::map<std::string, const geo::Line*> roads;
  for (const TownPlace& place : town().places) {
    if (place.kind == "road" || place.kind == "lane") {
      roads[place.name] = &std::get<geo::Line>(place.geometry);
    }
  }
  std::size_t looked_at = 0;
  for (const TownAddress& address : town().addresses) {
    const auto road = roads.find(address.place);
    if (address.level != Level::number || road == roads.end()) continue;
    const geo::LonLat* near = nullptr;
    double best = 1e9;
    for (const geo::LonLat& point : *road->second) {
      const double far = geo::distance_m(point, address.point);
      if (far < best) best = far, near = &point;
    }
    const geo::Line& line = *road->second;
    const auto at = static_cast<std::size_t>(near - line.data());
    const geo::LonLat from = at + 1 < line.size() ? line[at] : line[at - 1];
    const geo::LonLat to = at + 1 < line.size() ? line[at + 1] : line[at];
    const bool east_west = std::abs(to.lon - from.lon) > std::abs(to.lat - from.lat);
    // Main roads are written eastwards and northwards, lanes westwards; left of the line is positive.
    const double left =
        (to.lon - from.lon) * (address.point.lat - from.lat) - (to.lat - from.lat) * (address.point.lon - from.lon);
    const bool south_or_west =
        east_west ? (to.lon > from.lon ? left < 0 : left > 0) : (to.lat > from.lat ? left > 0 : left < 0);
    EXPECT_EQ(address.number % 2 == 1, south_or_west) << local_text(address);
    ++looked_at;
  }
  EXPECT_GT(looked_at, 500U);
}

TEST_P(AnyTown, an_address_comes_after_the_addresses_above_it) {
  std::unordered_set<std::string> seen;
  for (const TownAddress& address : town().addresses) {
    TownAddress above = address;
    if (address.level == Level::room) {
      above.room.clear();
      EXPECT_TRUE(seen.count(local_text(above))) << local_text(address);
    } else if (address.level == Level::unit || address.level == Level::floor) {
      above.unit = above.floor = 0;
      EXPECT_TRUE(seen.count(local_text(above))) << local_text(address);
    }
    seen.insert(local_text(address));
  }
}

TEST_P(AnyTown, lies_around_its_centre) {
  for (const TownAddress& address : town().addresses) {
    EXPECT_LT(geo::distance_m(address.point, {113.38, 22.58}), 4000) << local_text(address);
  }
}

TEST_P(AnyTown, has_every_kind_of_address) {
  std::set<std::string> kinds;
  for (const TownAddress& address : town().addresses) {
    kinds.insert(std::string(level_name(address.level)));
    if (address.sub_number > 0) kinds.insert("sub_number");
    if (address.group > 0) kinds.insert("group");
    if (!address.phase.empty()) kinds.insert("phase");
    if (address.building_suffix == "座") kinds.insert("lettered");
  }
  for (const char* kind : {"number", "building", "unit", "floor", "room", "sub_number", "lettered"}) {
    EXPECT_TRUE(kinds.count(kind)) << kind;
  }
}

TEST(DemoTown, is_the_same_for_the_same_seed_and_another_for_another) {
  const Town one({4000, 7});
  const Town same({4000, 7});
  const Town other({4000, 8});
  ASSERT_EQ(one.addresses.size(), same.addresses.size());
  for (std::size_t i = 0; i < one.addresses.size(); ++i) {
    ASSERT_EQ(one.addresses[i].id, same.addresses[i].id);
    ASSERT_EQ(one.addresses[i].code, same.addresses[i].code);
    ASSERT_EQ(one.addresses[i].point, same.addresses[i].point);
  }
  EXPECT_NE(local_text(one.addresses[0]), local_text(other.addresses[0]));
}

TEST(DemoTown, refuses_no_rooms_and_too_many) {
  EXPECT_THROW(Town({0, 1}), Error);
  EXPECT_THROW(Town({50'000'001, 1}), Error);
}

TEST(DemoTown, needs_its_divisions) {
  DivisionSet set;
  EXPECT_THROW(town_divisions(set), Error);
  set.divisions = {{"44", "", "广东省", Level::province, "", ""},
                   {"4420", "44", "中山市", Level::city, "", ""},
                   {"442000108", "4420", "港口镇", Level::town, "", ""}};
  EXPECT_THROW(town_divisions(set), Error) << "no villages";
  set.divisions.push_back(village("442000108205", "下南村民委员会"));
  EXPECT_EQ(town_divisions(set).villages.size(), 1U);
}

TEST(DemoTown, shortens_the_names_of_committees_as_addresses_do) {
  EXPECT_EQ(village_short_name("下南村民委员会"), "下南村");
  EXPECT_EQ(village_short_name("下南村村委会"), "下南村");
  EXPECT_EQ(village_short_name("西街社区居民委员会"), "西街社区");
  EXPECT_EQ(village_short_name("新港居委会"), "新港社区");
  EXPECT_EQ(village_short_name("某某农场"), "某某农场");
}

TEST(Dirt, the_standard_text_stays_what_it_is_and_everything_else_is_changed) {
  const Town town({6000, 3});
  const TownDivisions on = divisions();
  Random random(11);
  std::map<DirtClass, int> classes;
  std::set<std::string_view> kinds;
  int rows = 0;
  for (const TownAddress& address : town.addresses) {
    if (address.level == Level::unit || address.level == Level::floor) continue;
    const DirtyText row = make_dirty(address, on, {}, random);
    ++classes[row.dirt];
    ++rows;
    kinds.insert(row.kinds.begin(), row.kinds.end());
    EXPECT_EQ(row.text == standard_text(address, on), row.dirt == DirtClass::exact) << row.text;
    EXPECT_EQ(row.kinds.empty(), row.dirt == DirtClass::exact) << row.text;
    EXPECT_TRUE(utf8::valid(row.text)) << row.text;
  }
  EXPECT_NEAR(classes[DirtClass::exact] / static_cast<double>(rows), 0.30, 0.03);
  EXPECT_NEAR(classes[DirtClass::typo] / static_cast<double>(rows), 0.12, 0.02);
  EXPECT_GT(classes[DirtClass::missing], 0);
  EXPECT_GE(kinds.size(), 35U);
}

TEST(Dirt, what_does_not_exist_really_does_not) {
  const Town town({6000, 3});
  const TownDivisions on = divisions();
  std::unordered_set<std::string> texts;
  for (const TownAddress& address : town.addresses) texts.insert(standard_text(address, on));
  Random random(12);
  const DirtShares only_nonexistent = {0, 0, 0, 0, 1};
  for (const TownAddress& address : town.addresses) {
    if (address.level == Level::unit || address.level == Level::floor) continue;
    const DirtyText row = make_dirty(address, on, only_nonexistent, random);
    if (row.dirt != DirtClass::nonexistent) continue;
    EXPECT_FALSE(texts.count(row.text)) << row.text;
  }
}

TEST(TownPlan, the_spiral_meets_every_block_once) {
  std::set<std::pair<int, int>> seen;
  for (std::uint64_t i = 0; i < 10000; ++i) {
    const Block block = block_at(i);
    EXPECT_EQ(block_index(block), i);
    EXPECT_TRUE(seen.insert({block.column, block.row}).second);
  }
  EXPECT_TRUE(seen.count({49, 49}));
}

TEST(TownPlan, names_do_not_run_out) {
  const TownDivisions on = divisions();
  const TownPlan plan({60000, 1}, on, 64);
  std::unordered_set<std::string> names;
  for (std::uint64_t i = 0; i < 300000; ++i) ASSERT_TRUE(names.insert(plan.lane_root(i)).second) << i;
}

TEST(TownPlan, writes_small_numbers_in_Chinese) {
  EXPECT_EQ(chinese_numeral(1), "一");
  EXPECT_EQ(chinese_numeral(10), "十");
  EXPECT_EQ(chinese_numeral(12), "十二");
  EXPECT_EQ(chinese_numeral(20), "二十");
  EXPECT_EQ(chinese_numeral(35), "三十五");
}

struct CheckCase {
  const char* digits;
  char digit;
};
TEST(CodeScheme, computes_the_published_check_digits_of_MOD_11_10) {
  // The worked example of ISO/IEC 7064, and the published sample of a German tax number, which uses the same rule.
  for (const CheckCase& known : {CheckCase{"0794", '5'}, CheckCase{"8609574271", '9'}}) {
    EXPECT_EQ(check_digit(known.digits), known.digit) << known.digits;
  }
}

TEST(CodeScheme, any_wrong_digit_is_found) {
  const std::string code = building_code("442000108001", 42);
  EXPECT_EQ(code.size(), 19U);
  EXPECT_EQ(code.substr(0, 18), "442000108001000042");
  ASSERT_TRUE(has_right_check_digit(code));
  for (std::size_t i = 0; i < code.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = code;
      wrong[i] = digit;
      EXPECT_EQ(has_right_check_digit(wrong), wrong == code) << wrong;
    }
  }
}

TEST(CodeScheme, a_room_code_begins_with_its_building) {
  EXPECT_EQ(room_code("442000108001", 42, 7).substr(0, 24), "442000108001000042000007");
  EXPECT_TRUE(has_right_check_digit(room_code("442000108001", 42, 7)));
  EXPECT_EQ(building_code("442000108", 1).substr(0, 18), "442000108000000001") << "a town without villages";
}

TEST(CodeScheme, refuses_what_does_not_fit) {
  EXPECT_THROW(building_code("442000108001", 0), Error);
  EXPECT_THROW(building_code("442000108001", 1000000), Error);
  EXPECT_THROW(building_code("4420001080012", 1), Error);
  EXPECT_THROW(building_code("44200010x001", 1), Error);
  EXPECT_FALSE(has_right_check_digit(""));
  EXPECT_FALSE(has_right_check_digit("44200010800100004x"));
}

}  // namespace
}  // namespace menpai::spine

// SPDX-License-Identifier: Apache-2.0
// Numbers along a street: by city, between others, by distance; what is wrong with those there are. As tables.
#include "spine/numbering.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

#include "base/error.hpp"
#include "spine/number_findings.hpp"

namespace menpai::spine {
namespace {

constexpr geo::LonLat middle{113.38, 22.58};
constexpr double metres_a_degree = 111194.93;

/// So many metres east and north of the middle.
geo::LonLat at(double east_m, double north_m) {
  return {middle.lon + east_m / (metres_a_degree * 0.923347), middle.lat + north_m / metres_a_degree};
}

const NumberingRule& rule(const char* name) {
  const NumberingRule* found = find_numbering_rule(name);
  if (found == nullptr) throw Error(ErrorCode::not_found, name);
  return *found;
}

/// 200 m long, drawn from west to east and from south to north.
geo::Line east_west() {
  return {at(0, 0), at(100, 0), at(200, 0)};
}
geo::Line north_south() {
  return {at(0, 0), at(0, 200)};
}

struct DirectionCase {
  const char* rule;
  bool is_east_west;
  double east_m, north_m;  ///< a door
  double along_m;
  Parity parity;
};
constexpr auto odd = Parity::odd;
constexpr auto even = Parity::even;
constexpr DirectionCase directions[] = {
    // Beijing: from the east; north odd, south even. From the north; west odd, east even.
    {"beijing", true, 150, 5, 50, odd},
    {"beijing", true, 150, -5, 50, even},
    {"beijing", false, -5, 150, 50, odd},
    {"beijing", false, 5, 150, 50, even},
    // Fujian type: from the east; left (looking west: south) odd. From the south; left (west) odd.
    {"fujian", true, 150, -5, 50, odd},
    {"fujian", true, 150, 5, 50, even},
    {"fujian", false, -5, 150, 150, odd},
    {"fujian", false, 5, 150, 150, even},
    // Fuyang: north odd, west odd; where the numbers begin is the general rule's.
    {"fuyang", true, 150, 5, 50, odd},
    {"fuyang", false, 5, 150, 50, even},
};

TEST(StreetLine, begins_and_has_its_odd_side_where_the_city_says) {
  for (const DirectionCase& one : directions) {
    for (const bool is_turned : {false, true}) {  // how the line is drawn does not matter
      geo::Line line = one.is_east_west ? east_west() : north_south();
      if (is_turned) std::reverse(line.begin(), line.end());
      const StreetLine street(line, rule(one.rule));
      const Station station = street.station_of(at(one.east_m, one.north_m));
      EXPECT_NEAR(station.along_m, one.along_m, 0.1) << one.rule;
      EXPECT_NEAR(std::abs(station.offset_m), 5, 0.1);
      EXPECT_EQ(street.parity_at(station), one.parity) << one.rule << " " << one.is_east_west << one.north_m;
      EXPECT_NEAR(street.length_m(), 200, 0.2);
    }
  }
}

TEST(StreetLine, of_a_dead_end_begins_at_its_entrance) {
  const StreetLine street(east_west(), rule("beijing"), at(-3, 0));  // entered from the west; right odd, left even
  EXPECT_NEAR(street.station_of(at(30, 5)).along_m, 30, 0.1);
  EXPECT_EQ(street.parity_at(street.station_of(at(30, -5))), odd);
  EXPECT_EQ(street.parity_at(street.station_of(at(30, 5))), even);
}

TEST(StreetLine, is_put_together_from_pieces_and_needs_a_length) {
  const geo::MultiLine pieces{{{at(100, 0), at(50, 0)}, {at(100, 0), at(200, 0)}, {at(0, 0), at(50, 0)}}};
  EXPECT_NEAR(StreetLine(pieces, rule("beijing")).length_m(), 200, 0.2);
  EXPECT_THROW(StreetLine(middle, rule("beijing")), Error);
  EXPECT_THROW(StreetLine(geo::Line{middle, middle}, rule("beijing")), Error);
  EXPECT_THROW(StreetLine(geo::MultiLine{}, rule("beijing")), Error);
}

TEST(StreetLine, a_door_on_the_line_has_no_side) {
  const StreetLine street(east_west(), rule("beijing"));
  EXPECT_EQ(street.parity_at(street.station_of(at(70, 0.2))), std::nullopt);
}

struct TextCase {
  const char* text;
  int main, sub;
  const char* attached;
  const char* dash;
};
TEST(DoorNumber, is_read_in_every_usual_form) {
  constexpr TextCase texts[] = {
      {"12号", 12, 0, "12号", "12号"},
      {"12", 12, 0, "12号", "12号"},
      {"１２號", 12, 0, "12号", "12号"},
      {"12-1号", 12, 1, "12号附1号", "12-1号"},
      {"12号附1号", 12, 1, "12号附1号", "12-1号"},
      {"12号之1", 12, 1, "12号附1号", "12-1号"},
      {"12号之一", 12, 1, "12号附1号", "12-1号"},
      {"12号甲", 12, 1, "12号附1号", "12-1号"},
      {"十二号", 12, 0, "12号", "12号"},
      {"二十号附十一号", 20, 11, "20号附11号", "20-11号"},
  };
  for (const TextCase& one : texts) {
    const auto read = read_door_number(one.text);
    ASSERT_TRUE(read) << one.text;
    EXPECT_EQ(read->number, (DoorNumber{one.main, one.sub})) << one.text;
    EXPECT_FALSE(read->is_sub_of_sub);
    EXPECT_EQ(door_number_text(read->number, SubForm::attached), one.attached);
    EXPECT_EQ(door_number_text(read->number, SubForm::dash), one.dash);
  }
  for (const char* text : {"", "号", "A座", "12号楼", "附1号", "0号", "123456号", "12号附", "十号号"}) {
    EXPECT_FALSE(read_door_number(text)) << text;
  }
  EXPECT_TRUE(read_door_number("12号附1号附2号")->is_sub_of_sub);
}

/// Doors of a plan, "east,north" in metres.
std::string planned(const NumberingRule& by, const std::vector<std::pair<double, double>>& doors,
                    const std::vector<std::pair<const char*, double>>& taken = {}) {
  const StreetLine street(east_west(), by);
  std::vector<Door> plan;
  for (const auto& [east_m, north_m] : doors) plan.push_back({std::to_string(plan.size()), at(east_m, north_m), {}});
  std::vector<TakenNumber> there;
  for (const auto& [text, east_m] : taken) {
    const DoorNumber number = read_door_number(text)->number;
    there.push_back({number, at(east_m, number.main % 2 == 1 ? 5 : -5)});
  }
  std::string text;
  for (const NumberedPlanDoor& door : plan_numbers(by, street, plan, there).doors) {
    text += (text.empty() ? "" : " ") +
            (door.refusal == NumberRefusal::none ? door.text : std::string(number_refusal_name(door.refusal)));
  }
  return text;
}

TEST(Numbering, goes_along_the_street_by_the_city_s_rule) {
  // In Beijing the numbers begin in the east, odd in the north.
  EXPECT_EQ(planned(rule("beijing"), {{190, 5}, {180, 5}, {170, 5}}), "1号 3号 5号");
  EXPECT_EQ(planned(rule("beijing"), {{170, 5}, {190, 5}, {180, -5}, {190, -5}}), "3号 1号 4号 2号");
  // No number is left out for being unlucky.
  EXPECT_EQ(planned(rule("beijing"), {{190, -5}, {180, -5}}), "2号 4号");
}

TEST(Numbering, keeps_numbers_for_open_land_where_the_city_does) {
  // From 190 to 157 there are 33 m; 12 m lie between doors in any case, 21 m keep five numbers.
  EXPECT_EQ(planned(rule("fujian"), {{190, -5}, {157, -5}, {150, -5}}), "1号 13号 15号");
  EXPECT_EQ(planned(rule("beijing"), {{190, 5}, {157, 5}, {150, 5}}), "1号 3号 5号");
}

TEST(Numbering, follows_the_distance_where_the_city_does) {
  // One number for 4 m of a side, from the east, odd on the left (looking west: the south).
  EXPECT_EQ(planned(rule("shanghai"), {{199, -5}, {190, -5}, {150, -5}, {150, 5}}), "1号 5号 25号 26号");
  // Two doors at one place: the next free number.
  EXPECT_EQ(planned(rule("shanghai"), {{150, 5}, {150, 5}}), "26号 28号");
}

TEST(Numbering, a_door_between_neighbours_gets_a_sub_number_and_never_one_of_a_sub_number) {
  EXPECT_EQ(planned(rule("beijing"), {{175, 5}}, {{"1号", 190}, {"3号", 180}, {"5号", 170}}), "3号附1号");
  EXPECT_EQ(planned(rule("beijing"), {{175, 5}, {174, 5}}, {{"3号", 180}, {"3号附1号", 178}, {"5号", 170}}),
            "3号附2号 3号附3号");
  EXPECT_EQ(planned(rule("beijing"), {{195, 5}}, {{"1号", 190}}), "1号附1号");
  EXPECT_EQ(planned(rule("fujian"), {{175, -5}}, {}), "1号");
  // A free number between two others is used first.
  EXPECT_EQ(planned(rule("beijing"), {{175, 5}}, {{"3号", 180}, {"7号", 170}}), "5号");
  EXPECT_EQ(planned(rule("beijing"), {{100, 5}}, {{"3号", 180}, {"7号", 170}}), "9号");
  EXPECT_THROW(next_sub_number({12, 1}, {}), Error);
  const TakenNumber taken[] = {{{12, 0}, {}}, {{12, 2}, {}}, {{14, 5}, {}}};
  EXPECT_EQ(next_sub_number({12, 0}, taken), (DoorNumber{12, 3}));
}

TEST(Numbering, a_kept_number_is_not_given_again) {
  const NumberingRule& by = rule("beijing");
  const StreetLine street(east_west(), by);
  const Door doors[] = {{"a", at(190, 5), {}}, {"b", at(180, 5), {}}};
  const TakenNumber archived[] = {{{1, 0}, {}}};
  const NumberPlan plan = plan_numbers(by, street, doors, archived);
  EXPECT_EQ(plan.doors[0].text, "3号");
  EXPECT_EQ(plan.doors[1].text, "5号");
}

TEST(Numbering, a_door_without_a_side_or_far_away_is_refused_by_name) {
  EXPECT_EQ(planned(rule("beijing"), {{100, 0}, {100, 500}, {100, 5}}), "on_the_line too_far 1号");
  const StreetLine street(east_west(), rule("beijing"));
  const Door stated[] = {{"a", at(100, 0), even}};
  EXPECT_EQ(plan_numbers(rule("beijing"), street, stated, {}).doors[0].text, "2号");
}

TEST(Numbering, the_numbers_kept_are_told) {
  const NumberingRule& by = rule("fujian");
  const StreetLine street(east_west(), by);
  const Door doors[] = {{"a", at(190, -5), {}}, {"b", at(157, -5), {}}};
  const NumberPlan plan = plan_numbers(by, street, doors, {});
  ASSERT_EQ(plan.reserved.size(), 1U);
  EXPECT_EQ(plan.reserved[0].first, 3);
  EXPECT_EQ(plan.reserved[0].last, 11);
}

TEST(Numbering, skips_what_a_town_leaves_out) {
  NumberingRule by = rule("beijing");
  by.left_out = {4};
  EXPECT_EQ(planned(by, {{190, -5}, {180, -5}}), "2号 6号");
}

/// Any doors between any numbers: each door gets one, none twice, the right side, rising along the street.
TEST(Numbering, holds_for_any_street) {
  std::mt19937 random(20261120);
  for (int round = 0; round < 300; ++round) {
    const std::span<const NumberingRule> rules = numbering_rules();
    const NumberingRule& by = rules[static_cast<std::size_t>(round) % rules.size()];
    const StreetLine street(round % 2 == 0 ? east_west() : north_south(), by);
    const auto point = [&] {
      const double along = static_cast<double>(random() % 2000) / 10, away = random() % 2 == 0 ? 5 : -5;
      return round % 2 == 0 ? at(along, away) : at(away, along);
    };
    std::vector<TakenNumber> taken;
    for (std::uint32_t i = 0; i < random() % 12; ++i) {
      taken.push_back({{static_cast<int>(random() % 60) + 1, static_cast<int>(random() % 3)}, point()});
    }
    std::vector<Door> doors;
    for (std::uint32_t i = 0; i < random() % 40; ++i) doors.push_back({std::to_string(i), point(), {}});
    const NumberPlan plan = plan_numbers(by, street, doors, taken);
    ASSERT_EQ(plan.doors.size(), doors.size());
    std::set<DoorNumber> seen;
    for (const TakenNumber& one : taken) seen.insert(one.number);
    for (const NumberedPlanDoor& door : plan.doors) {
      ASSERT_EQ(door.refusal, NumberRefusal::none);
      EXPECT_TRUE(seen.insert(door.number).second) << door.text << " in round " << round;
      EXPECT_EQ(door.number.main % 2 == 1, *door.parity == odd);
      EXPECT_EQ(read_door_number(door.text)->number, door.number);
      EXPECT_FALSE(read_door_number(door.text)->is_sub_of_sub);
    }
    for (const NumberedPlanDoor& a : plan.doors) {
      for (const NumberedPlanDoor& b : plan.doors) {
        if (a.parity != b.parity || a.station.along_m >= b.station.along_m) continue;
        EXPECT_LE(a.number.main, b.number.main) << a.text << " " << b.text << " in round " << round;
      }
    }
  }
}

/// Doors as "number east north"; the findings as text.
std::string faults(const NumberingRule& by, const std::vector<std::tuple<const char*, double, double>>& doors) {
  const StreetLine street(east_west(), by);
  std::vector<NumberedDoor> there;
  for (const auto& [text, east_m, north_m] : doors) {
    there.push_back({std::to_string(there.size()), text, at(east_m, north_m)});
  }
  std::string text;
  for (const NumberFinding& one : find_number_faults(by, &street, there)) {
    text += (text.empty() ? "" : "; ") + std::string(number_fault_name(one.fault)) + " " + one.part;
  }
  return text;
}

TEST(NumberFindings, name_what_is_twice_out_of_order_on_the_wrong_side_and_missing) {
  const NumberingRule& by = rule("beijing");
  EXPECT_EQ(faults(by, {{"1号", 190, 5}, {"3号", 180, 5}, {"5号", 170, 5}, {"2号", 190, -5}}), "");
  EXPECT_EQ(faults(by, {{"1号", 190, 5}, {"3号", 180, 5}, {"3号", 175, 5}, {"5号", 170, 5}}), "duplicate_number 3号");
  EXPECT_EQ(faults(by, {{"1号", 190, 5}, {"5号", 185, 5}, {"3号", 180, 5}, {"7号", 170, 5}, {"9号", 160, 5}}),
            "out_of_order 5号");
  EXPECT_EQ(faults(by, {{"1号", 190, 5}, {"3号", 180, 5}, {"5号", 170, 5}, {"4号", 165, 5}, {"2号", 190, -5}}),
            "wrong_side 4号");
  EXPECT_EQ(faults(by, {{"1号", 190, 5}, {"9号", 180, 5}}), "number_gap 3号–7号");
  EXPECT_EQ(faults(by, {{"1号", 190, 5}, {"5号", 180, 5}}), "number_gap 3号");
  EXPECT_EQ(faults(by, {{"1号附1号附1号", 190, 5}, {"甲铺", 180, 5}}),
            "sub_of_sub 1号附1号附1号; unreadable_number 甲铺");
}

TEST(NumberFindings, a_gap_that_the_frontage_explains_is_none) {
  EXPECT_EQ(faults(rule("fujian"), {{"1号", 190, -5}, {"13号", 158, -5}}), "");
  EXPECT_EQ(faults(rule("fujian"), {{"1号", 190, -5}, {"13号", 180, -5}}), "number_gap 3号–11号");
}

TEST(NumberFindings, a_street_that_keeps_another_order_is_named_once) {
  const NumberingRule& by = rule("beijing");
  EXPECT_EQ(faults(by, {{"7号", 190, 5}, {"5号", 180, 5}, {"3号", 170, 5}, {"1号", 160, 5}}), "direction_reversed ");
  EXPECT_EQ(faults(by, {{"1号", 190, -5}, {"3号", 180, -5}, {"5号", 170, -5}, {"2号", 190, 5}, {"4号", 180, -5}}),
            "sides_swapped ; wrong_side 4号");
}

TEST(NumberFindings, without_a_line_only_the_texts_are_looked_at) {
  const NumberedDoor doors[] = {{"a", "1号", {}}, {"b", "01号", {}}, {"c", "3号", {}}};
  const auto found = find_number_faults(rule("beijing"), nullptr, doors);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].fault, NumberFault::duplicate_number);
  EXPECT_EQ(found[0].ids, (std::vector<std::string>{"a", "b"}));
}

TEST(NumberFindings, what_the_plan_proposes_is_found_faultless) {
  std::mt19937 random(7);
  for (int round = 0; round < 100; ++round) {
    const NumberingRule& by = numbering_rules()[static_cast<std::size_t>(round) % numbering_rules().size()];
    const StreetLine street(east_west(), by);
    std::vector<Door> doors;
    for (int i = 0; i < 30; ++i) {
      doors.push_back({std::to_string(i), at(static_cast<double>(random() % 200), i % 2 == 0 ? 5 : -5), {}});
    }
    std::vector<NumberedDoor> numbered;
    const NumberPlan plan = plan_numbers(by, street, doors, {});
    for (std::size_t i = 0; i < doors.size(); ++i) {
      numbered.push_back({doors[i].key, plan.doors[i].text, doors[i].point});
    }
    for (const NumberFinding& one : find_number_faults(by, &street, numbered)) {
      ADD_FAILURE() << by.name << ": " << number_fault_name(one.fault) << " " << one.part;
    }
  }
}

TEST(NumberingRules, that_are_not_of_the_form_are_refused) {
  EXPECT_EQ(numbering_rules().size(), 7U);
  EXPECT_EQ(numbering_rules().front().name, "standard");
  EXPECT_EQ(find_numbering_rule("nowhere"), nullptr);
  for (const char* row :
       {"a\teast", "a\tup\tnorth\tleft\tleft\t0\t0\t附\t\tK\tx\ty", "a\teast\tnorth\tleft\tleft\t-1\t0\t附\t\tK\tx\ty",
        "a\teast\tnorth\tnorth_west\tnorth_west\t0\t0\t附\t\tK\tx\ty",
        "a\teast\tnorth\tleft\tleft\t0\t0\t附\t4;13\tK\tx\ty"}) {
    EXPECT_THROW(read_numbering_rules(row), Error) << row;
  }
  EXPECT_EQ(read_numbering_rules("a\teast\tnorth\tleft\tleft\t0\t0\t附\t4,13\tK\tx\ty")[0].left_out,
            (std::vector<int>{4, 13}));
}

}  // namespace
}  // namespace menpai::spine

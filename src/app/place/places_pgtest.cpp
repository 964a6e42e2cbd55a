// SPDX-License-Identifier: Apache-2.0
// Places, the check of a name, findings and proposed numbers over a small register that was imported.
#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "app/change/change_sets.hpp"
#include "app/place/findings.hpp"
#include "app/place/number_plans.hpp"
#include "app/place/places.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Far from what other tests of this program draw.
constexpr double lon0 = 113.9, lat0 = 22.9;
constexpr double degrees_a_metre_lon = 1 / (111194.93 * 0.9212), degrees_a_metre_lat = 1 / 111194.93;

std::string at(double east_m, double north_m) {
  return fmt::format("{:.8f},{:.8f}", lon0 + east_m * degrees_a_metre_lon, lat0 + north_m * degrees_a_metre_lat);
}

std::string road(const char* name, const char* kind, const char* division, double north_m, double from_m, double to_m) {
  return fmt::format(
      R"({{"type":"Feature","properties":{{"name":"{}","class":"{}","division_code":"{}","width_m":12}},)"
      R"("geometry":{{"type":"LineString","coordinates":[[{}],[{}]]}}}})",
      name, kind, division, at(from_m, north_m), at(to_m, north_m));
}

class Places : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("places");
    address::testing::write_library(s_folder / "town.mpl", address::testing::small_town());
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "town.mpl";
    settings.numbering_rule = "beijing";
    s_app = Application::open(settings, false);
    // 甲问路 from west to east; 乙问路 on the same line; 贾问路 sounds like 甲问路; 重问巷 twice.
    std::string features = road("甲问路", "road", "442000108003", 0, 0, 400);
    features += "," + road("乙问路", "road", "442000108003", 2, 100, 200);
    features += "," + road("贾问路", "road", "442000108003", 500, 0, 100);
    features += "," + road("重问巷", "lane", "442000108003", 600, 0, 100);
    features += "," + road("重问巷", "lane", "442000105", 700, 0, 100);
    features += "," + road("无名路", "road", "442000108003", 800, 0, 100);
    ASSERT_EQ(import_places(app(), operator_caller(),
                            file("p.geojson", R"({"type":"FeatureCollection","features":[)" + features + "]}"), {})
                  .outcome[0],
              6U);
    // Beijing: from the east (400 m), odd in the north. 5号 stands before 3号; 4号 stands in the north; 6号 and 8号
    // miss.
    std::string rows = "address,lon,lat\n";
    const auto door = [&](const char* number, double east_m, double north_m) {
      rows += std::string("广东省中山市港口镇甲问路") + number + "," + at(east_m, north_m) + "\n";
    };
    for (int i = 0; i < 8; ++i)
      door((std::to_string(1 + 2 * i) + "号").c_str(), i == 1 ? 350 : i == 2 ? 370 : 390 - 10 * i, 6);
    door("2号", 390, -6);
    door("4号", 380, 6);
    door("10号", 375, -6);
    rows += "广东省中山市港口镇丙问街1号," + at(0, 900) + "\n";
    ASSERT_EQ(import_addresses(app(), operator_caller(), file("a.csv", rows), {}).outcome[0], 12U);
  }
  static void TearDownTestSuite() { s_app.reset(); }

  static Application& app() { return *s_app; }
  static std::filesystem::path file(const char* name, const std::string& text) {
    std::ofstream(s_folder / name, std::ios::binary) << text;
    return s_folder / name;
  }
  static std::string id_of(const std::string& name) {
    const PlacePage page = list_places(app(), operator_caller(), {.name = name, .limit = 1});
    return page.items.empty() ? "" : page.items[0].id;
  }
  static std::vector<std::string> parts(FindingKind kind) {
    std::vector<std::string> found;
    for (const Finding& one : list_findings(app(), operator_caller(), {.kind = kind, .division = "442000"}).items) {
      if (one.part.find("问") != std::string::npos || one.place_name.find("问") != std::string::npos) {
        found.push_back(one.part);
      }
    }
    return found;
  }
  static std::string faults(const NameQuestion& question) {
    std::string text;
    for (const NameFinding& one : check_name(app(), operator_caller(), question).findings) {
      text += (text.empty() ? "" : " ") + std::string(name_fault_name(one.fault));
    }
    return text;
  }

  static inline std::filesystem::path s_folder;
  static inline std::unique_ptr<Application> s_app;
};

TEST_F(Places, are_found_by_name_and_by_pinyin_page_by_page) {
  const PlacePage by_name = list_places(app(), operator_caller(), {.name = "甲问"});
  ASSERT_EQ(by_name.items.size(), 1U);
  EXPECT_EQ(by_name.total, 1U);
  EXPECT_EQ(by_name.items[0].pinyin, "Jiawen Lu");
  EXPECT_EQ(by_name.items[0].specific, "甲问");
  EXPECT_EQ(by_name.items[0].generic, "路");
  EXPECT_EQ(list_places(app(), operator_caller(), {.name = "jiawen"}).total, 2U);
  EXPECT_EQ(list_places(app(), operator_caller(), {.name = "重问", .division = "442000105"}).total, 1U);
  EXPECT_EQ(list_places(app(), operator_caller(), {.name = "问", .kind = PlaceKind::lane}).total, 2U);
  EXPECT_EQ(list_places(app(), operator_caller(), {.name = "问", .status = "retired"}).total, 0U);
  PlaceQuery query{.name = "问", .limit = 2};
  std::size_t seen = 0;
  do {
    const PlacePage page = list_places(app(), operator_caller(), query);
    seen += page.items.size();
    query.after = page.next;
  } while (!query.after.empty());
  EXPECT_EQ(seen, 5U);
  EXPECT_THROW(list_places(app(), operator_caller(), {.limit = 0}), Error);
  EXPECT_THROW(list_places(app(), operator_caller(), {.division = "x"}), Error);
  EXPECT_THROW(list_places(app(), operator_caller(), {.after = "x"}), Error);
}

TEST_F(Places, one_is_shown_with_its_measures) {
  const PlaceView view = get_place(app(), operator_caller(), id_of("甲问路"));
  ASSERT_TRUE(view.measured_length_m);
  EXPECT_NEAR(*view.measured_length_m, 400, 3);
  EXPECT_EQ(view.place.width_m, 12);
  EXPECT_EQ(view.numbers, 11U);
  EXPECT_THAT(view.geometry, HasSubstr("LineString"));
  EXPECT_THROW(get_place(app(), operator_caller(), Uuid::make().text()), Error);
  EXPECT_THROW(get_place(app(), operator_caller(), "x"), Error);
}

TEST_F(Places, a_proposed_name_is_checked_against_the_register) {
  EXPECT_EQ(faults({.name = "新问路", .division = "442000108"}), "");
  EXPECT_EQ(faults({.name = "甲问路", .division = "442000108"}), "duplicate same_sound");
  EXPECT_EQ(faults({.name = "甲问路", .division = "442000108", .except_id = id_of("甲问路")}), "same_sound");
  EXPECT_EQ(faults({.name = "甲问小区", .kind = PlaceKind::estate, .division = "442000108"}), "");
  EXPECT_EQ(faults({.name = "甲问大道", .division = "442000108", .length_m = 100}), "generic_too_high");
  EXPECT_THROW(check_name(app(), operator_caller(), {.name = "新问路", .division = ""}), Error);
  EXPECT_THROW(check_name(app(), operator_caller(), {.name = "新问路", .division = "999999"}), Error);
  EXPECT_THROW(check_name(app(), operator_caller(), {.name = "", .division = "442000108"}), Error);
  EXPECT_THROW(check_name(app(), operator_caller(), {.name = "新问路", .division = "442000108", .length_m = -1}),
               Error);
}

TEST_F(Places, what_is_wrong_with_names_is_found) {
  EXPECT_THAT(parts(FindingKind::several_names), ElementsAre("乙问路 = 甲问路"));
  EXPECT_THAT(parts(FindingKind::duplicate_name), ElementsAre("重问巷"));
  EXPECT_THAT(parts(FindingKind::same_sound_name), ElementsAre("甲问路 = 贾问路"));
  EXPECT_THAT(parts(FindingKind::unlisted_street), ElementsAre("丙问街"));
  EXPECT_THAT(parts(FindingKind::wrong_name), IsEmpty());
  const auto unnamed = list_findings(app(), operator_caller(), {.kind = FindingKind::unnamed_street});
  EXPECT_TRUE(std::any_of(unnamed.items.begin(), unnamed.items.end(),
                          [](const Finding& one) { return one.part == "无名路" && one.point; }));
}

TEST_F(Places, what_is_wrong_with_numbers_is_found) {
  EXPECT_THAT(parts(FindingKind::out_of_order), ElementsAre("3号"));
  EXPECT_THAT(parts(FindingKind::wrong_side), ElementsAre("4号"));
  EXPECT_THAT(parts(FindingKind::number_gap), ElementsAre("6号–8号"));
  EXPECT_THAT(parts(FindingKind::duplicate_number), IsEmpty());
  for (const FindingCount& one : count_findings(app(), operator_caller(), "442000108", "")) {
    const FindingPage page =
        list_findings(app(), operator_caller(), {.kind = one.kind, .division = "442000108", .limit = 500});
    EXPECT_EQ(one.count, page.total) << finding_kind_name(one.kind);
  }
  EXPECT_THROW(list_findings(app(), operator_caller(), {.rule = "nowhere"}), Error);
  EXPECT_THROW(list_findings(app(), operator_caller(), {.after = "x"}), Error);
  EXPECT_THROW(list_findings(app(), operator_caller(), {.kind = FindingKind::number_gap, .after = "x"}), Error);
}

TEST_F(Places, numbers_are_proposed_between_those_there_are) {
  const auto point = [](double east_m, double north_m) {
    return geo::LonLat{lon0 + east_m * degrees_a_metre_lon, lat0 + north_m * degrees_a_metre_lat};
  };
  NumberPlanQuestion question;
  question.place_id = id_of("甲问路");
  question.doors = {
      {"a", point(200, 6), ""}, {"b", point(300, -6), ""}, {"c", point(377, -6), ""}, {"d", point(0, 0), ""}};
  const NumberProposal proposal = propose_numbers(app(), operator_caller(), question);
  std::vector<std::string> numbers;
  for (const ProposedDoor& door : proposal.doors) numbers.push_back(door.number.empty() ? door.reason : door.number);
  EXPECT_THAT(numbers, ElementsAre("17号", "12号", "6号", "on_the_line"));
  EXPECT_EQ(proposal.doors[0].address, "广东省中山市港口镇甲问路17号");
  EXPECT_EQ(proposal.rule, "beijing");
  EXPECT_THAT(proposal.request, HasSubstr("\"number\":\"17号\""));
  question.doors[0].side = "left";
  EXPECT_THROW(propose_numbers(app(), operator_caller(), question), Error);
  question.doors.clear();
  EXPECT_THROW(propose_numbers(app(), operator_caller(), question), Error);
  question.place_id = Uuid::make().text();
  EXPECT_THROW(propose_numbers(app(), operator_caller(), question), Error);
}

/// A draft that was made and submitted; kinds that need no second person are applied at once.
ChangeSet applied(Application& app, const std::string& kind, const std::string& request) {
  const ChangeDraft draft = {
      .kind = kind, .request = request, .object_version = 0, .reason = "test", .source = {}, .effective_on = {}};
  const ChangeSet set = make_change_set(app, operator_caller(), draft);
  return step_change_set(app, operator_caller(), set.id, ChangeState::submitted, "test", set.version);
}

TEST_F(Places, an_application_becomes_addresses_with_codes_and_none_twice) {
  const auto point = [](double east_m, double north_m) {
    return geo::LonLat{lon0 + east_m * degrees_a_metre_lon, lat0 + north_m * degrees_a_metre_lat};
  };
  NumberPlanQuestion question;
  question.place_id = id_of("甲问路");
  question.doors = {{"a", point(200, 6), ""}, {"b", point(180, 6), ""}, {"c", point(393, -6), ""}};
  const NumberProposal proposal = propose_numbers(app(), operator_caller(), question);
  const ChangeSet set = applied(app(), "address.number_plan", proposal.request);
  EXPECT_EQ(set.state, ChangeState::applied);
  EXPECT_EQ(set.counts.at("address.new"), 3U);
  EXPECT_EQ(get_place(app(), operator_caller(), question.place_id).numbers, 14U);
  EXPECT_THROW(applied(app(), "address.number_plan", proposal.request), Error);
  const NumberProposal again = propose_numbers(app(), operator_caller(), question);
  for (std::size_t i = 0; i < again.doors.size(); ++i) EXPECT_NE(again.doors[i].number, proposal.doors[i].number);
  const auto one_door = [&](const char* number) {
    return JsonObject()
        .add("place_id", question.place_id)
        .add_json("doors", std::string(R"([{"number":")") + number + R"(","lon":113.9,"lat":22.9}])")
        .text();
  };
  EXPECT_EQ(proposal.doors[2].number, "2号附1号");
  EXPECT_EQ(proposal.doors[2].address, "广东省中山市港口镇甲问路2号附1号");
  EXPECT_THAT(parts(FindingKind::unreadable_number), IsEmpty());
  for (const char* number : {"1号附1号附1号", "98号附1号", "1号", "一号", "门口", ""}) {
    EXPECT_THROW(applied(app(), "address.number_plan", one_door(number)), Error) << number;
  }
}

TEST_F(Places, a_new_name_comes_with_advice_for_whoever_approves_it) {
  const ChangeDraft draft = {
      .kind = "place.create",
      .request = JsonObject().add("name", "甲问路").add("kind", "road").add("division_code", "442000108").text(),
      .object_version = 0,
      .reason = "test",
      .source = {},
      .effective_on = {}};
  std::vector<std::string> rules;
  for (const Advice& one : preview_change(app(), operator_caller(), draft, 0, 10).advice) rules.push_back(one.rule);
  EXPECT_THAT(rules, ElementsAre("place_name.duplicate", "place_name.same_sound"));
}

TEST_F(Places, the_doors_of_a_plan_are_read_from_both_forms) {
  const auto table =
      load_plan_doors(file("plan.csv", "key,lon,lat,side\n大堂,113.9,22.9,odd\n,113.91,22.9,\n").string());
  ASSERT_EQ(table.size(), 2U);
  EXPECT_EQ(table[0].key, "大堂");
  EXPECT_EQ(table[0].side, "odd");
  EXPECT_EQ(table[1].key, "2");
  const auto features = load_plan_doors(
      file("plan.geojson",
           R"({"type":"Feature","properties":{"key":"a"},"geometry":{"type":"Point","coordinates":[113.9,22.9]}})")
          .string());
  ASSERT_EQ(features.size(), 1U);
  EXPECT_EQ(features[0].key, "a");
  EXPECT_THROW(load_plan_doors(file("bad.csv", "key,lon\na,1\n").string()), Error);
  EXPECT_THROW(load_plan_doors(file("worse.csv", "lon,lat\nx,1\n").string()), Error);
}

TEST_F(Places, are_not_for_strangers) {
  const Caller nobody;
  EXPECT_THROW(list_places(app(), nobody, {}), Error);
  EXPECT_THROW(get_place(app(), nobody, "x"), Error);
  EXPECT_THROW(check_name(app(), nobody, {.name = "新问路", .division = "442000108"}), Error);
  EXPECT_THROW(list_findings(app(), nobody, {}), Error);
  EXPECT_THROW(count_findings(app(), nobody, "", ""), Error);
  EXPECT_THROW(propose_numbers(app(), nobody, {}), Error);
}

}  // namespace
}  // namespace menpai::app

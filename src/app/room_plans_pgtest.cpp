// SPDX-License-Identifier: Apache-2.0
// Rooms by floor plan, on a real database: previewed, made in one change, made once, taken back.
#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iostream>
#include <map>

#include "address/test_library.hpp"
#include "app/change/change_sets.hpp"
#include "app/code_json.hpp"
#include "app/parts.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/division_store.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using ::testing::HasSubstr;

constexpr const char* small_plan = R"({"units":2,"floors":4,"rooms_a_floor":2,"skipped_floors":[4],"basements":1,
  "exceptions":[{"floors":"1","names":["101","大堂"]}],"mezzanines":[{"above":1,"rooms":1}],
  "subdivisions":[{"unit":"1","room":"301","parts":2}]})";
// A unit: 1 floor below ground without rooms, 2 rooms, 1 on the mezzanine, 3 times 2; the first with 2 parts more.
constexpr std::uint64_t small_rooms = 2 * (2 + 1 + 6) + 2;

class RoomPlans : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("rooms");
    address::testing::write_library(s_folder / "divisions.mpl", {});
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "divisions.mpl";
    settings.region = "4420";
    s_app = Application::open(settings, false);
    store::load_divisions(store(), address::testing::small_divisions());
  }
  static void TearDownTestSuite() { s_app.reset(); }

  static Application& app() { return *s_app; }
  static store::Store& store() { return *s_app->parts().store; }
  static std::int64_t count(const std::string& what) {
    return store().take()->run_text("SELECT count(*) FROM " + what, "test").only().get<std::int64_t>(0);
  }
  /// Buildings at numbers of a road that nothing else uses; their ids.
  static std::vector<std::string> make_buildings(const std::string& road, int number) {
    std::string features;
    for (int i = 1; i <= number; ++i) {
      const std::string west = std::to_string(113.0 + i * 0.001);
      const std::string east = std::to_string(113.0005 + i * 0.001);
      features += std::string(i == 1 ? "" : ",") + R"({"type":"Feature","properties":{"address":"广东省中山市港口镇)" +
                  road + std::to_string(i) + R"(号"},"geometry":{"type":"Polygon","coordinates":[[[)" + west +
                  ",22.5],[" + east + ",22.5],[" + east + ",22.5005],[" + west + ",22.5]]]}}";
    }
    const auto file = s_folder / (road + ".geojson");
    std::ofstream(file) << R"({"type":"FeatureCollection","features":[)" << features << "]}";
    EXPECT_EQ(import_buildings(app(), operator_caller(), file, {}).outcome[0], static_cast<std::uint64_t>(number));
    std::vector<std::string> ids;
    const store::Lease lease = store().take();
    for (const store::Row row :
         lease->run_text("SELECT building.id FROM building JOIN address ON address.id = building.address_id WHERE "
                         "address.display LIKE '%" +
                             road + "%' ORDER BY address.sort_main",
                         "test")) {
      ids.push_back(row.get<Uuid>(0).text());
    }
    return ids;
  }
  static std::string request_of(const std::string& plan, const std::vector<std::string>& buildings) {
    return JsonObject().add_json("plan", plan).add("buildings", buildings).text();
  }
  static ChangeSet make(const std::string& plan, const std::vector<std::string>& buildings) {
    ChangeDraft draft;
    draft.kind = "address.rooms_by_plan";
    draft.request = request_of(plan, buildings);
    draft.reason = "new building";
    const ChangeSet set = make_change_set(app(), operator_caller(), draft);
    return step_change_set(app(), operator_caller(), set.id, ChangeState::submitted, "", set.version);
  }

  static inline std::filesystem::path s_folder;
  static inline std::unique_ptr<Application> s_app;
};

TEST_F(RoomPlans, are_previewed_made_once_and_taken_back) {
  const auto buildings = make_buildings("寅卯路", 2);
  ASSERT_EQ(buildings.size(), 2U);
  const std::string request = request_of(small_plan, buildings);
  const std::int64_t before = count("address");
  const RoomPlanPreview preview = preview_room_plan(app(), operator_caller(), request);
  EXPECT_EQ(preview.rooms, small_rooms);
  EXPECT_EQ(preview.new_rooms, 2 * small_rooms);
  EXPECT_EQ(preview.faults, 0U);
  EXPECT_EQ(preview.checklist.size(), 2U * 6);
  EXPECT_EQ(count("address"), before) << "a preview writes nothing";

  const ChangeSet done = make(small_plan, buildings);
  EXPECT_EQ(done.state, ChangeState::applied);
  EXPECT_EQ(done.counts.at("room.new"), 2 * small_rooms);
  EXPECT_EQ(done.counts.at("building.coded"), 2U);
  EXPECT_EQ(count("address WHERE display = '广东省中山市港口镇寅卯路1号1单元301-2室' AND level = 'room'"), 1);
  EXPECT_EQ(count("address WHERE display = '广东省中山市港口镇寅卯路2号2单元1夹层101室'"), 1);
  EXPECT_EQ(count("address WHERE display = '广东省中山市港口镇寅卯路1号1单元地下1层' AND level = 'floor'"), 1);
  const std::string ours = "room JOIN address USING (county_code, id) WHERE address.display LIKE '%寅卯路%' AND ";
  EXPECT_EQ(count(ours + "room.code = address.code AND room.code <> '' AND room.building_id = address.building_id"),
            static_cast<std::int64_t>(2 * small_rooms));
  EXPECT_EQ(count("issued_code JOIN room ON room.id = issued_code.object_id AND room.code = issued_code.code JOIN "
                  "address ON address.id = room.id WHERE address.display LIKE '%寅卯路%'"),
            static_cast<std::int64_t>(2 * small_rooms));

  // The same plan again finds everything there.
  const RoomPlanPreview again = preview_room_plan(app(), operator_caller(), request);
  EXPECT_EQ(again.new_nodes, 0U);
  EXPECT_EQ(again.same_rooms, 2 * small_rooms);
  EXPECT_THROW(make(small_plan, buildings), Error);
  // A larger plan adds what is missing; a smaller one tells what it does not have.
  const RoomPlanPreview other =
      preview_room_plan(app(), operator_caller(), request_of(R"({"units":2,"floors":1,"rooms_a_floor":3})", buildings));
  EXPECT_EQ(other.new_rooms, 2U * 2 * 2) << "102 and 103 of each unit";
  EXPECT_EQ(other.same_rooms, 2U * 2);

  // Codes lead to their rooms.
  const std::string code = store()
                               .take()
                               ->run_text(
                                   "SELECT code FROM address WHERE display = "
                                   "'广东省中山市港口镇寅卯路1号2单元501室'",
                                   "test")
                               .only()
                               .get<std::string>(0);
  EXPECT_EQ(resolve_code(app(), operator_caller(), code).now.at(0).text, "广东省中山市港口镇寅卯路1号2单元501室");
  EXPECT_TRUE(check_code(app(), operator_caller(), "menpai-room", code).reading.is_right());

  ChangeSet undo = undo_change_set(app(), operator_caller(), done.id, "a wrong plan");
  undo = step_change_set(app(), operator_caller(), undo.id, ChangeState::submitted, "", undo.version);
  if (undo.state == ChangeState::submitted) {
    Caller other_person = operator_caller();
    other_person.name = "chief";
    undo = step_change_set(app(), other_person, undo.id, ChangeState::approved, "", undo.version);
  }
  EXPECT_EQ(undo.state, ChangeState::applied);
  EXPECT_EQ(count(ours + "room.status = 'in_use'"), 0);
  EXPECT_EQ(count("address WHERE display LIKE '%寅卯路%室' AND status = 'in_use'"), 0);
  EXPECT_EQ(resolve_code(app(), operator_caller(), code).now.at(0).status, "retired") << "the code resolves for ever";
}

TEST_F(RoomPlans, what_is_wrong_with_a_plan_or_a_building_is_named) {
  const auto buildings = make_buildings("辰巳路", 1);
  const auto refusal = [&](const std::string& plan, const std::vector<std::string>& in) {
    try {
      preview_room_plan(app(), operator_caller(), request_of(plan, in));
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("taken");
  };
  EXPECT_THAT(refusal(R"({"floors":0})", buildings), HasSubstr("no_floors"));
  EXPECT_THAT(refusal(R"({"storeys":3})", buildings), HasSubstr("bad_form storeys"));
  EXPECT_THAT(refusal(R"({"floors":1,"rooms_a_floor":1})", {}), HasSubstr("buildings"));
  EXPECT_THAT(refusal(R"({"floors":1,"rooms_a_floor":1})", {Uuid::make().text()}), HasSubstr("There is no building"));
  store().take()->run_text("UPDATE building SET code = 'OLD-7' WHERE id = '" + buildings[0] + "'", "test");
  const RoomPlanPreview preview =
      preview_room_plan(app(), operator_caller(), request_of(R"({"floors":1,"rooms_a_floor":1})", buildings));
  EXPECT_EQ(preview.buildings.at(0).fault, "foreign_code");
  EXPECT_THROW(make(R"({"floors":1,"rooms_a_floor":1})", buildings), Error);
}

TEST_F(RoomPlans, a_change_of_divisions_gives_new_codes_and_the_old_ones_lead_to_them) {
  const auto buildings = make_buildings("酉戌路", 2);
  make(R"({"units":1,"floors":2,"rooms_a_floor":2})", buildings);
  const store::Lease lease = store().take();
  // They lie in a village that is merged into another.
  lease->run_text("UPDATE address SET division_code = '442000108701' WHERE display LIKE '%酉戌路%'", "test");
  lease->run_text(
      "UPDATE building SET division_code = '442000108701' WHERE id IN ('" + buildings[0] + "', '" + buildings[1] + "')",
      "test");
  const auto code_of = [&](const std::string& display) {
    return lease->run_text("SELECT code FROM address WHERE display = '" + display + "'", "test")
        .only()
        .get<std::string>(0);
  };
  const std::string room = "广东省中山市港口镇酉戌路2号1单元202室";
  const std::string before = code_of(room);
  ChangeDraft draft;
  draft.kind = "codes.reissue";
  draft.request = R"({"divisions":[{"from":"442000108701","to":"442000108702"}]})";
  draft.reason = "two villages became one";
  const auto apply = [&](const ChangeSet& set) {
    ChangeSet now = step_change_set(app(), operator_caller(), set.id, ChangeState::submitted, "", set.version);
    Caller chief = operator_caller();
    chief.name = "chief";
    return step_change_set(app(), chief, now.id, ChangeState::approved, "", now.version);
  };
  const ChangeSet done = apply(make_change_set(app(), operator_caller(), draft));
  EXPECT_EQ(done.state, ChangeState::applied);
  EXPECT_EQ(done.counts.at("building.recoded"), 2U);
  EXPECT_EQ(done.counts.at("room.recoded"), 8U);
  const std::string after = code_of(room);
  EXPECT_NE(after, before);
  EXPECT_TRUE(after.starts_with("442000108702")) << after;
  EXPECT_EQ(count("room JOIN address USING (county_code, id) WHERE address.display LIKE '%酉戌路%' AND room.code = "
                  "address.code AND room.code LIKE '442000108702%'"),
            8);
  EXPECT_EQ(count("address WHERE display LIKE '%酉戌路%' AND division_code <> '442000108702'"), 0);
  const CodeStory story = resolve_code(app(), operator_caller(), before);
  EXPECT_FALSE(story.retired_at.empty());
  ASSERT_EQ(story.successions.size(), 1U);
  EXPECT_EQ(story.successions[0].new_code, after);
  EXPECT_EQ(story.successions[0].kind, "redivided");
  EXPECT_EQ(story.now.at(0).text, room);

  apply(undo_change_set(app(), operator_caller(), done.id, "the merger was called off"));
  EXPECT_EQ(code_of(room), before);
  EXPECT_TRUE(resolve_code(app(), operator_caller(), before).retired_at.empty());
  EXPECT_EQ(resolve_code(app(), operator_caller(), after).now.at(0).code, before) << "what was given resolves for ever";
}

/// MENPAI_ROOMS=1000000 app_pgtest --gtest_filter='*large_plan*' tells how long it takes.
TEST_F(RoomPlans, a_large_plan_is_made_whole) {
  const char* wanted = std::getenv("MENPAI_ROOMS");
  const int rooms = wanted == nullptr ? 12'000 : std::atoi(wanted);
  constexpr int a_building = 200;
  const auto buildings = make_buildings("午未路", std::max(1, rooms / a_building));
  const auto begin = std::chrono::steady_clock::now();
  const ChangeSet done = make(R"({"units":2,"floors":25,"rooms_a_floor":4})", buildings);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(done.counts.at("room.new"), buildings.size() * a_building);
  EXPECT_EQ(count("room JOIN address USING (county_code, id) WHERE address.display LIKE '%午未路%'"),
            static_cast<std::int64_t>(buildings.size() * a_building));
  RecordProperty("seconds", std::to_string(took.count()));
  if (wanted != nullptr) std::cout << buildings.size() * a_building << " rooms in " << took.count() << " s\n";
}

}  // namespace
}  // namespace menpai::app

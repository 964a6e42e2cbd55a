// SPDX-License-Identifier: Apache-2.0
// Plates on a real database: from the survey to the wall and back, the figures, what a stranger is told.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "app/change/change_sets.hpp"
#include "app/parts.hpp"
#include "app/plate/plate_files.hpp"
#include "app/plate/plate_keys.hpp"
#include "app/plate/plate_survey.hpp"
#include "app/plate/plate_visit.hpp"
#include "app/plate/plates.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/division_store.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view addresses =
    "address,code,lon,lat\n"
    "广东省中山市港口镇牌坊大道8号,442000108000900001,113.3800,22.5800\n"
    "广东省中山市港口镇牌坊大道10号,442000108000900002,113.3801,22.5801\n"
    "广东省中山市港口镇牌坊大道12号,442000108000900003,,\n"
    "广东省中山市港口镇牌坊大道14号,,,\n"
    "广东省中山市港口镇牌坊大道16号,442000108000900005,113.3802,22.5802\n"
    "广东省中山市港口镇牌坊大道18号,442000108000900006,,\n";

class Plates : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("plates");
    address::testing::write_library(s_folder / "divisions.mpl", {});
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "divisions.mpl";
    settings.region = "4420";
    settings.plate_url = "https://mp.example.gov.cn https://old.example.gov.cn";
    settings.plate_contact = "港口镇便民服务中心 13800000001";
    s_app = Application::open(settings, false);
    store::load_divisions(*app().parts().store, address::testing::small_divisions());
    std::ofstream(s_folder / "list.csv", std::ios::binary) << addresses;
    ASSERT_EQ(import_addresses(app(), operator_caller(), s_folder / "list.csv", {}).outcome[0], 6U);
  }
  static void TearDownTestSuite() { s_app.reset(); }
  static Application& app() { return *s_app; }

  static Caller caller(const std::string& name, Role role) {
    Caller caller;
    caller.role = role;
    caller.name = name;
    caller.account = Uuid::named(name);
    caller.origin = "203.0.113.7";
    return caller;
  }
  static Caller clerk() { return caller("clerk", Role::clerk); }
  static Caller chief() { return caller("chief", Role::administrator); }
  static Caller stranger(const std::string& origin = "cli") {
    Caller caller;
    caller.origin = origin;
    return caller;
  }

  static std::string id_of(int number) {
    const store::Result rows = app().parts().store->take()->run_text(
        "SELECT id FROM address WHERE display LIKE '%牌坊大道" + std::to_string(number) + "号' AND level = 'number'",
        "test");
    return rows.only().get<Uuid>(0).text();
  }

  static ChangeSet run(const std::string& kind, const JsonObject& request, const std::string& on = {}) {
    ChangeDraft draft;
    draft.kind = kind;
    draft.request = request.text();
    draft.reason = "测试";
    draft.effective_on = on;
    const ChangeSet set = make_change_set(app(), clerk(), draft);
    return step_change_set(app(), clerk(), set.id, ChangeState::submitted, "", set.version);
  }
  static Plate planned(int number) {
    run("plate.create", JsonObject().add("object_ids", std::vector<std::string>{id_of(number)}).add("also", true));
    return plates_of(app(), clerk(), id_of(number)).plates.at(0);
  }
  static PlateBatch ordered(const std::vector<std::string>& plates) {
    run("plate.order", JsonObject().add("plate_ids", plates).add("contractor", "示范标牌厂"));
    return list_plate_batches(app(), clerk()).at(0);
  }
  static void step(const Plate& plate, const char* what, JsonObject more = {}) {
    JsonObject request;
    request.add("step", what).add("by", "安装队").add("reason", "测试").add("finding", "damaged");
    request.add_json("items", "[" + more.add("id", plate.id.text()).text() + "]");
    run("plate.step", request);
  }
  static Plate again(const Plate& plate) { return get_plate(app(), clerk(), plate.id.text()); }
  /// A plate that hangs.
  static Plate installed(int number) {
    const Plate plate = planned(number);
    const PlateBatch batch = ordered({plate.id.text()});
    run("plate.deliver", JsonObject().add("batch_id", batch.id.text()));
    step(plate, "install", JsonObject().add("lon", 113.38).add("lat", 22.58));
    return again(plate);
  }
  static std::string qr_digits(const Plate& plate) {
    const std::string path = share::make_plate_text(plate_base_in_use(app()), plate.object_code, plate.copy,
                                                    plate.key_id, open_plate_key(app(), plate.key_id))
                                 .path();
    return path.substr(path.rfind('/') + 1);
  }
  template <class Step>
  static ErrorCode code_of(const Step& step) {
    try {
      step();
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  }

  static inline std::filesystem::path s_folder;
  static inline std::unique_ptr<Application> s_app;
};

TEST_F(Plates, a_plate_goes_from_the_plan_to_the_wall_and_its_story_stays) {
  const Plate plate = planned(8);
  EXPECT_EQ(plate.kind, "gate_small");
  EXPECT_EQ(plate.name, "牌坊大道");
  EXPECT_EQ(plate.number, "8号");
  EXPECT_EQ(plate.object_code, "442000108000900001");
  const PlateBatch batch = ordered({plate.id.text()});
  EXPECT_EQ(batch.ordered, 1);
  EXPECT_EQ(batch.state, PlateBatchState::ordered);
  EXPECT_EQ(again(plate).state, PlateState::listed);
  EXPECT_GT(again(plate).key_id, 0);
  run("plate.deliver", JsonObject().add("batch_id", batch.id.text()));
  EXPECT_EQ(again(plate).state, PlateState::produced);
  const std::string photo = add_plate_photo(app(), clerk(), "\x89PNG\r\n\x1A\n and so on");
  step(plate, "install", JsonObject().add("lon", 113.38).add("lat", 22.58).add("photo", photo));
  step(plate, "inspect");
  const Plate hanging = again(plate);
  EXPECT_EQ(hanging.state, PlateState::inspected);
  EXPECT_EQ(hanging.installed_by, "安装队");
  ASSERT_TRUE(hanging.lon.has_value());
  EXPECT_DOUBLE_EQ(*hanging.lon, 113.38);
  EXPECT_EQ(plate_photo(app(), clerk(), plate.id.text()), "\x89PNG\r\n\x1A\n and so on");
  EXPECT_EQ(hanging.version, 5);
  run("plate.replace", JsonObject().add("plate_ids", std::vector<std::string>{plate.id.text()}).add("reason", "老化"));
  const PlateStory story = plates_of(app(), clerk(), id_of(8));
  EXPECT_EQ(again(plate).state, PlateState::replaced);
  EXPECT_EQ(story.plates.at(0).state, PlateState::planned);
  EXPECT_EQ(again(plate).successor_id, story.plates.at(0).id.text());
  EXPECT_EQ(story.plates.at(0).copy, plate.copy + 1);
}

TEST_F(Plates, a_delivery_balances_and_what_is_rejected_is_wanted_again) {
  const Plate good = planned(8), bad = planned(10), late = planned(12);
  const PlateBatch batch = ordered({good.id.text(), bad.id.text(), late.id.text()});
  run("plate.deliver",
      JsonObject()
          .add("batch_id", batch.id.text())
          .add_json("rejected", "[" + JsonObject().add("id", bad.id.text()).add("reason", "色差").text() + "]")
          .add("missing", std::vector<std::string>{late.id.text()}));
  PlateBatch now = get_plate_batch(app(), clerk(), batch.id.text()).batch;
  EXPECT_EQ(now.delivered, 2);
  EXPECT_EQ(now.accepted, 1);
  EXPECT_EQ(now.rejected, 1);
  EXPECT_EQ(now.state, PlateBatchState::ordered);
  EXPECT_EQ(again(good).state, PlateState::produced);
  EXPECT_EQ(again(bad).state, PlateState::planned);
  EXPECT_EQ(again(late).state, PlateState::listed);
  run("plate.deliver", JsonObject().add("batch_id", batch.id.text()));
  now = get_plate_batch(app(), clerk(), batch.id.text()).batch;
  EXPECT_EQ(now.delivered, 3);
  EXPECT_EQ(now.state, PlateBatchState::accepted);
  EXPECT_EQ(code_of([&] { run("plate.deliver", JsonObject().add("batch_id", batch.id.text())); }), ErrorCode::conflict);
}

TEST_F(Plates, refuses_what_cannot_be) {
  EXPECT_EQ(code_of([] { run("plate.create", JsonObject().add("object_ids", std::vector<std::string>{id_of(14)})); }),
            ErrorCode::conflict)
      << "an address without a code has nothing for a QR code to say";
  const Plate plate = planned(10);
  EXPECT_EQ(code_of([&] { step(plate, "install"); }), ErrorCode::conflict);
  EXPECT_EQ(again(plate).state, PlateState::planned);
  EXPECT_EQ(again(plate).version, 1);
  EXPECT_EQ(code_of([] { run("plate.create", JsonObject().add("object_ids", std::vector<std::string>{id_of(10)})); }),
            ErrorCode::conflict)
      << "it has one on its way";
  EXPECT_EQ(code_of([] { (void)list_plates(app(), stranger(), {}); }), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of([] { (void)make_plate_key(app(), clerk()); }), ErrorCode::forbidden);
  EXPECT_EQ(code_of([] { (void)add_plate_photo(app(), clerk(), "<html>"); }), ErrorCode::unsupported);
}

TEST_F(Plates, the_list_and_the_sheets_hold_every_plate_with_its_signed_code) {
  const Plate plate = planned(8);
  const PlateBatch batch = ordered({plate.id.text()});
  const std::string csv = plate_batch_table(app(), clerk(), batch.id.text(), "csv");
  EXPECT_THAT(csv, HasSubstr("牌坊大道"));
  EXPECT_THAT(csv, HasSubstr("HTTPS://MP.EXAMPLE.GOV.CN/P/442000108000900001/"));
  EXPECT_TRUE(plate_batch_table(app(), clerk(), batch.id.text(), "xlsx").starts_with("PK"));
  EXPECT_TRUE(plate_batch_sheets(app(), clerk(), batch.id.text(), {}).starts_with("%PDF-"));
  const std::size_t at = csv.find("HTTPS://");
  const std::string text = csv.substr(at, csv.find_first_of("\",\r\n", at) - at);
  EXPECT_EQ(check_plate_text(app(), clerk(), text), share::PlateVerdict::genuine);
  std::string json;
  for (const PlateKeyView& key : list_plate_keys(app(), stranger())) {
    json += (json.empty() ? "" : ",") +
            JsonObject().add("id", key.id).add("pem", key.pem).add("revoked_at", key.revoked_at).text();
  }
  EXPECT_EQ(check_plate_text_offline(text, "{\"items\":[" + json + "]}"), share::PlateVerdict::genuine);
}

TEST_F(Plates, a_stranger_is_told_of_the_place_and_nothing_else) {
  const Plate plate = installed(8);
  const PlateVisit visit = visit_plate(app(), stranger(), plate.object_code, qr_digits(plate));
  EXPECT_EQ(visit.standing, PlateStanding::genuine);
  EXPECT_EQ(visit.address, "广东省中山市港口镇牌坊大道8号");
  EXPECT_EQ(visit.contact, "港口镇便民服务中心 13800000001");
  EXPECT_TRUE(visit.can_report);
  EXPECT_EQ(visit_plate(app(), stranger(), plate.object_code, "").standing, PlateStanding::unsigned_link);
  std::string changed = qr_digits(plate);
  changed.back() = changed.back() == '1' ? '2' : '1';
  EXPECT_EQ(visit_plate(app(), stranger(), plate.object_code, changed).standing, PlateStanding::forged);
  EXPECT_EQ(code_of([] { (void)visit_plate(app(), stranger(), "999999999999999999", ""); }), ErrorCode::not_found);
  EXPECT_EQ(code_of([] { (void)visit_plate(app(), stranger(), "'; DROP TABLE plate", ""); }), ErrorCode::not_found);
  run("plate.revoke", JsonObject().add("plate_ids", std::vector<std::string>{plate.id.text()}).add("reason", "被盗"));
  EXPECT_EQ(visit_plate(app(), stranger(), plate.object_code, qr_digits(plate)).standing, PlateStanding::revoked);
  const Plate other = installed(10);
  step(other, "withdraw");
  EXPECT_EQ(visit_plate(app(), stranger(), other.object_code, qr_digits(other)).standing, PlateStanding::old);
}

TEST_F(Plates, a_revoked_key_revokes_what_it_signed) {
  const Plate plate = installed(12);
  const std::string digits = qr_digits(plate);
  (void)revoke_plate_key(app(), chief(), plate.key_id, "test");
  EXPECT_EQ(visit_plate(app(), stranger(), plate.object_code, digits).standing, PlateStanding::revoked);
  EXPECT_NE(installed(12).key_id, plate.key_id) << "the next list has a new key";
  EXPECT_EQ(code_of([&] { (void)revoke_plate_key(app(), chief(), plate.key_id, "again"); }), ErrorCode::conflict);
}

TEST_F(Plates, a_scan_far_from_the_plate_is_kept_without_the_person) {
  const Plate plate = installed(8);
  const std::string digits = qr_digits(plate);
  EXPECT_FALSE(report_plate_scan(app(), stranger(), plate.object_code, digits, 113.3801, 22.5801, 0));
  EXPECT_FALSE(report_plate_scan(app(), stranger(), plate.object_code, digits, 113.3810, 22.5801, 500));
  EXPECT_TRUE(report_plate_scan(app(), stranger(), plate.object_code, digits, 113.45678, 22.51234, 10));
  EXPECT_TRUE(report_plate_scan(app(), stranger(), plate.object_code, digits, 113.45681, 22.51230, 10));
  const std::vector<PlateScanReport> reports = list_plate_scans(app(), clerk());
  ASSERT_EQ(reports.size(), 1U);
  EXPECT_EQ(reports[0].count, 2);
  EXPECT_DOUBLE_EQ(reports[0].lon, 113.457);
  EXPECT_DOUBLE_EQ(reports[0].lat, 22.512);
  EXPECT_EQ(reports[0].distance_m % 100, 0);
  EXPECT_EQ(settle_plate_scans(app(), clerk(), plate.id.text()), 1U);
  EXPECT_TRUE(list_plate_scans(app(), clerk()).empty());
  EXPECT_EQ(code_of([&] { (void)report_plate_scan(app(), stranger(), plate.object_code, "0010001", 113.4, 22.5, 0); }),
            ErrorCode::bad_request);
}

TEST_F(Plates, a_survey_is_counted_row_by_row_and_coming_again_changes_nothing) {
  const Plate plate = installed(16);
  const std::vector<PlateSurveyRow> rows = {
      {id_of(16), "损", "字迹不清", "", ""},
      {"442000108000900006", "缺", "", "", "排查组"},
      {"广东省中山市港口镇不存在路1号", "漏", "", "", ""},
      {id_of(8), "?", "", "", ""},
      {id_of(8), "规范", "", "2999-01-01", ""},
  };
  const PlateSurveyReport report = record_plate_survey(app(), clerk(), rows, "第一次排查");
  EXPECT_EQ(report.rows, 5U);
  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(report.held, 1U);
  EXPECT_EQ(report.refused, 2U);
  EXPECT_EQ(report.reported, 1U);
  EXPECT_EQ(again(plate).state, PlateState::damaged);
  EXPECT_EQ(again(plate).finding, PlateFinding::damaged);
  const PlateSurveyReport second = record_plate_survey(app(), clerk(), rows, "第一次排查");
  EXPECT_EQ(second.added, 0U);
  EXPECT_EQ(second.same, 2U);
  EXPECT_EQ(plates_of(app(), clerk(), id_of(16)).surveys.size(), 1U);
}

TEST_F(Plates, coverage_gives_each_figure_its_own_denominator_on_any_day) {
  (void)installed(8);
  std::ofstream(s_folder / "survey.csv", std::ios::binary) << "地址代码,问题,排查日期\n"
                                                              "442000108000900001,规范,2026-01-05\n"
                                                              "442000108000900002,错,2026-01-05\n";
  TableFileInput table;
  table.file = s_folder / "survey.csv";
  (void)import_plate_survey(app(), clerk(), table, {}, "survey.csv");
  const auto figures = [](const std::string& as_of) {
    for (const PlateCoverage& row : plate_coverage(app(), clerk(), "442000108", as_of, CoverageBy::town)) {
      if (row.level == "number") return row;
    }
    return PlateCoverage{};
  };
  const PlateCoverage now = figures("");
  EXPECT_GE(now.addresses, 6U);
  EXPECT_GE(now.coded, 3U);
  EXPECT_GE(now.mapped, 2U);
  EXPECT_LT(now.mapped, now.addresses);
  EXPECT_GE(now.installed, 1U);
  EXPECT_LE(now.installed, now.produced);
  EXPECT_LE(now.produced, now.plates);
  EXPECT_LE(now.regular, now.collected);
  EXPECT_LE(now.collected, now.addresses);
  EXPECT_EQ(now.division_code, "442000108");
  const PlateCoverage january = figures("2026-01-06");
  EXPECT_EQ(january.collected, 2U);
  EXPECT_EQ(january.regular, 1U);
  EXPECT_EQ(january.installed, 0U) << "nothing hung then";
  EXPECT_EQ(code_of([&] { (void)figures("yesterday"); }), ErrorCode::bad_request);
}

TEST_F(Plates, the_confirmation_of_a_number_is_a_pdf) {
  PaperRequest request;
  request.number = "门确〔2026〕1号";
  request.authority = "港口镇派出所";
  EXPECT_TRUE(number_confirmation(app(), clerk(), id_of(8), request).starts_with("%PDF-"));
  EXPECT_EQ(code_of([&] { (void)old_new_certificate(app(), clerk(), id_of(8), request); }), ErrorCode::conflict);
  request.number.clear();
  EXPECT_EQ(code_of([&] { (void)number_confirmation(app(), clerk(), id_of(8), request); }), ErrorCode::bad_request);
}

TEST(VisitGate, lets_an_origin_in_as_often_as_agreed) {
  VisitGate gate(60, 3);
  const VisitGate::Clock::time_point begin;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(gate.admit("a", begin));
  EXPECT_FALSE(gate.admit("a", begin));
  EXPECT_TRUE(gate.admit("b", begin));
  EXPECT_TRUE(gate.admit("a", begin + std::chrono::seconds(1)));
  EXPECT_FALSE(gate.admit("a", begin + std::chrono::seconds(1)));
}

}  // namespace
}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Tests of a plate's life, as a table: down the states, across the steps, in each cell where the step leads.
#include "spine/plate_life.hpp"

#include <gtest/gtest.h>
#include <random>
#include <sstream>

#include "base/error.hpp"
#include "spine/plate_kind.hpp"

namespace menpai::spine {
namespace {

/// "-": the step may not be taken.
constexpr const char* life = R"(
state      list    unlist   accept    reject   install    inspect    report   mend       replace   withdraw
planned    listed  -        -         -        -          -          -        -          -         withdrawn
listed     -       planned  produced  planned  -          -          -        -          -         withdrawn
produced   -       -        -         -        installed  -          -        -          -         withdrawn
installed  -       -        -         -        -          inspected  damaged  -          replaced  withdrawn
inspected  -       -        -         -        -          inspected  damaged  -          replaced  withdrawn
damaged    -       -        -         -        -          -          damaged  installed  replaced  withdrawn
replaced   -       -        -         -        -          -          -        -          -         withdrawn
withdrawn  -       -        -         -        -          -          -        -          -         -
)";

TEST(plate_life, leads_where_the_table_says) {
  std::istringstream lines(life);
  std::string line;
  std::getline(lines, line);
  std::getline(lines, line);
  std::istringstream heads(line);
  std::vector<std::string> steps;
  for (std::string word; heads >> word;) steps.push_back(word);
  int rows = 0;
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string state;
    cells >> state;
    for (std::size_t i = 1; i < steps.size(); ++i) {
      std::string to;
      cells >> to;
      const auto next = next_plate_state(*parse_plate_state(state), *parse_plate_step(steps[i]));
      EXPECT_EQ(next ? plate_state_name(*next) : "-", to) << state << " " << steps[i];
    }
    ++rows;
  }
  EXPECT_EQ(rows, plate_state_count);
  EXPECT_EQ(steps.size(), static_cast<std::size_t>(plate_step_count) + 1);
}

PlateStepRequest whole_request(PlateStep step, const std::string& on = "2026-11-20") {
  PlateStepRequest request;
  request.step = step;
  request.on = on;
  request.by = "安装队";
  request.batch = "2026-0001";
  request.finding = PlateFinding::damaged;
  request.reason = "reason";
  request.successor = "the next";
  return request;
}

TEST(plate_life, says_what_is_missing) {
  struct Line {
    PlateState state;
    PlateStep step;
    void (*forget)(PlateStepRequest&);
    const char* refusal;
  };
  const Line lines[] = {
      {PlateState::planned, PlateStep::list, [](auto& r) { r.batch.clear(); }, "missing_batch"},
      {PlateState::listed, PlateStep::accept, [](auto& r) { r.on.clear(); }, "missing_day"},
      {PlateState::listed, PlateStep::reject, [](auto& r) { r.reason.clear(); }, "missing_reason"},
      {PlateState::produced, PlateStep::install, [](auto& r) { r.by.clear(); }, "missing_name"},
      {PlateState::produced, PlateStep::install, [](auto& r) { r.on = "2026-02-29"; }, "wrong_day"},
      {PlateState::produced, PlateStep::install, [](auto& r) { r.on = "20.11.2026"; }, "wrong_day"},
      {PlateState::produced, PlateStep::install, [](auto& r) { r.on = "2026-01-01"; }, "wrong_day"},
      {PlateState::produced, PlateStep::install, [](auto& r) { r.lon = 113.4; }, "wrong_position"},
      {PlateState::produced, PlateStep::install, [](auto& r) { r.lon = 22.6, r.lat = 113.4; }, "wrong_position"},
      {PlateState::installed, PlateStep::report, [](auto& r) { r.finding = PlateFinding::none; }, "missing_finding"},
      {PlateState::damaged, PlateStep::replace, [](auto& r) { r.successor.clear(); }, "missing_successor"},
      {PlateState::inspected, PlateStep::withdraw, [](auto& r) { r.reason.clear(); }, "missing_reason"},
      {PlateState::withdrawn, PlateStep::install, [](auto&) {}, "wrong_state"},
  };
  for (const Line& line : lines) {
    Plate plate;
    plate.state = line.state;
    plate.produced_on = "2026-10-01";
    PlateStepRequest request = whole_request(line.step);
    line.forget(request);
    const PlateRefusal refusal = take_plate_step(plate, request);
    EXPECT_EQ(plate_refusal_name(refusal), line.refusal);
    EXPECT_EQ(plate.state, line.state) << "a refused step changes nothing";
    EXPECT_FALSE(plate_refusal_message(refusal, line.state, line.step).empty());
  }
}

TEST(plate_life, keeps_who_when_and_where) {
  Plate plate;
  ASSERT_EQ(take_plate_step(plate, whole_request(PlateStep::list)), PlateRefusal::none);
  ASSERT_EQ(take_plate_step(plate, whole_request(PlateStep::accept, "2026-10-01")), PlateRefusal::none);
  PlateStepRequest install = whole_request(PlateStep::install, "2026-10-02");
  install.lon = 113.38;
  install.lat = 22.58;
  install.photo = "ab";
  ASSERT_EQ(take_plate_step(plate, install), PlateRefusal::none);
  EXPECT_EQ(plate.batch_id, "2026-0001");
  EXPECT_EQ(plate.produced_on, "2026-10-01");
  EXPECT_EQ(plate.installed_on, "2026-10-02");
  EXPECT_EQ(plate.installed_by, "安装队");
  EXPECT_EQ(plate.lon, 113.38);
  EXPECT_EQ(plate.photo, "ab");
  ASSERT_EQ(take_plate_step(plate, whole_request(PlateStep::report, "2026-11-01")), PlateRefusal::none);
  EXPECT_EQ(plate.finding, PlateFinding::damaged);
  ASSERT_EQ(take_plate_step(plate, whole_request(PlateStep::mend, "2026-11-02")), PlateRefusal::none);
  EXPECT_EQ(plate.finding, PlateFinding::none);
}

bool same(const Plate& a, const Plate& b) {
  return a.state == b.state && a.batch_id == b.batch_id && a.produced_on == b.produced_on &&
         a.installed_on == b.installed_on && a.inspected_on == b.inspected_on && a.finding == b.finding &&
         a.note == b.note && a.successor_id == b.successor_id && a.lon == b.lon && a.photo == b.photo &&
         a.key_id == b.key_id && a.installed_by == b.installed_by && a.inspected_by == b.inspected_by;
}

TEST(plate_life, any_sequence_of_steps_ends_in_a_known_state_and_refused_steps_change_nothing) {
  std::mt19937 random(7);
  const auto below = [&random](unsigned limit) { return static_cast<int>(random() % limit); };
  for (int life_number = 0; life_number < 2000; ++life_number) {
    Plate plate;
    for (int i = 0; i < 40; ++i) {
      PlateStepRequest request = whole_request(static_cast<PlateStep>(below(plate_step_count)),
                                               "2026-0" + std::to_string(1 + below(9)) + "-01");
      if (below(4) == 0) request.by.clear();
      if (below(4) == 0) request.reason.clear();
      if (below(5) == 0) request.on.clear();
      if (below(5) == 0) request.lon = below(400) - 200;
      const Plate before = plate;
      const auto allowed = next_plate_state(plate.state, request.step);
      const PlateRefusal refusal = take_plate_step(plate, request);
      ASSERT_TRUE(parse_plate_state(plate_state_name(plate.state)).has_value());
      if (refusal == PlateRefusal::none) {
        ASSERT_EQ(plate.state, allowed);
      } else {
        ASSERT_TRUE(same(plate, before)) << plate_refusal_name(refusal);
      }
      ASSERT_FALSE(plate_status(plate.state).empty());
      if (before.state == PlateState::withdrawn) {
        ASSERT_EQ(plate.state, PlateState::withdrawn);
      }
    }
  }
}

TEST(plate_life, understands_findings_as_surveys_write_them) {
  EXPECT_EQ(parse_plate_finding("重"), PlateFinding::duplicate);
  EXPECT_EQ(parse_plate_finding("错号"), PlateFinding::wrong);
  EXPECT_EQ(parse_plate_finding("漏编"), PlateFinding::omitted);
  EXPECT_EQ(parse_plate_finding("缺失"), PlateFinding::missing);
  EXPECT_EQ(parse_plate_finding("损坏"), PlateFinding::damaged);
  EXPECT_EQ(parse_plate_finding("规范"), PlateFinding::none);
  EXPECT_EQ(parse_plate_finding("missing"), PlateFinding::missing);
  EXPECT_FALSE(parse_plate_finding("?").has_value());
}

TEST(plate_kind, ships_the_usual_kinds_in_their_sizes) {
  const PlateKinds kinds;
  EXPECT_EQ(kinds.get("gate_large").width_mm, 570);
  EXPECT_EQ(kinds.get("gate_large").height_mm, 370);
  EXPECT_EQ(kinds.get("gate_large").qr_mm, 120);
  EXPECT_EQ(kinds.get("gate_medium").width_mm, 270);
  EXPECT_EQ(kinds.get("gate_medium").qr_mm, 75);
  EXPECT_EQ(kinds.get("gate_small").width_mm, 150);
  EXPECT_EQ(kinds.get("gate_small").height_mm, 90);
  EXPECT_EQ(kinds.get("gate_small").qr_mm, 40);
  EXPECT_EQ(kinds.usual("number")->kind, "gate_small");
  EXPECT_EQ(kinds.usual("building")->kind, "building");
  EXPECT_EQ(kinds.usual("unit")->kind, "unit");
  EXPECT_EQ(kinds.usual("room")->kind, "room");
  EXPECT_EQ(kinds.usual("place")->kind, "street_sign");
  EXPECT_EQ(kinds.usual("floor"), nullptr);
  EXPECT_THROW(kinds.get("golden"), Error);
}

TEST(plate_kind, takes_a_towns_own_kinds_and_refuses_impossible_ones) {
  const PlateKinds kinds(
      "shop\t商铺牌\tshop plate\t200\t100\t50\tnumber,room\tgate\t40\t60\t0\t#aa0000\n"
      "room\t户牌\troom plate\t100\t60\t0\troom\tline\t100\t0\t0\t#003f98\n");
  EXPECT_TRUE(kinds.get("shop").names("room"));
  EXPECT_EQ(kinds.get("shop").ground, 0xAA0000U);
  EXPECT_EQ(kinds.get("room").width_mm, 100);
  for (const char* wrong : {
           "x\t牌\tplate\t200",
           "x\t牌\tplate\t2\t100\t0\tnumber\tgate\t40\t60\t0\t#aa0000",
           "x\t牌\tplate\t200\t100\t99\tnumber\tgate\t40\t60\t0\t#aa0000",
           "x\t牌\tplate\t200\t100\t50\tcloud\tgate\t40\t60\t0\t#aa0000",
           "x\t牌\tplate\t200\t100\t50\tnumber\tround\t40\t60\t0\t#aa0000",
           "x\t牌\tplate\t200\t100\t50\tnumber\tgate\t40\t70\t0\t#aa0000",
           "x\t牌\tplate\t200\t100\t50\tnumber\tgate\t40\t60\t2\t#aa0000",
           "x\t牌\tplate\t200\t100\t50\tnumber\tgate\t40\t60\t0\tblue",
       }) {
    EXPECT_THROW(PlateKinds{wrong}, Error) << wrong;
  }
}

}  // namespace
}  // namespace menpai::spine

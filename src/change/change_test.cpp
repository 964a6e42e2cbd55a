// SPDX-License-Identifier: Apache-2.0
// What is read from a row of an address list, and what becomes of it.
#include <gtest/gtest.h>

#include "address/division/division_index.hpp"
#include "base/error.hpp"
#include "change/address_row.hpp"
#include "change/decide.hpp"
#include "geo/geometry.hpp"

namespace menpai::change {
namespace {

const std::vector<std::byte>& division_bytes() {
  static const std::vector<std::byte> bytes = [] {
    DivisionSet set;
    set.edition = "test";
    set.divisions = {
        {"35", "", "福建省", Level::province, "", ""},
        {"3502", "35", "厦门市", Level::city, "", ""},
        {"350203", "3502", "思明区", Level::county, "", ""},
        {"350203001", "350203", "厦港街道", Level::town, "", ""},
        {"350206", "3502", "湖里区", Level::county, "", ""},
        {"44", "", "广东省", Level::province, "", ""},
        {"4420", "44", "中山市", Level::city, "", ""},
        {"442000108", "4420", "港口镇", Level::town, "", ""},
        {"442000108007", "442000108", "西街社区居民委员会", Level::village, "", ""},
        {"442000108205", "442000108", "下南村民委员会", Level::village, "", ""},
    };
    return address::build_division_index(set);
  }();
  return bytes;
}

const address::DivisionIndex& divisions() {
  static const address::DivisionIndex index(division_bytes());
  return index;
}

AddressRow read(const AddressCells& cells, const AddressRowOptions& options = {}) {
  AddressRowReader reader(divisions(), options);
  AddressRow row;
  reader.read(cells, row);
  return row;
}

std::string path_text(const AddressRow& row) {
  std::string text;
  for (const AddressNode& node : row.path) {
    if (!text.empty()) text += " > ";
    text += node.name;
  }
  return text;
}

struct PlacedCase {
  const char* text;
  const char* path;
  const char* root;
  const char* display;
};
const PlacedCase placed_cases[] = {
    {"广东省中山市港口镇兴港路88号", "兴港路 > 88号", "442000108", "广东省中山市港口镇兴港路88号"},
    {"广东省中山市港口镇兴港路88号附2号", "兴港路 > 88号 > 附2号", "442000108", "广东省中山市港口镇兴港路88号附2号"},
    {"广东省中山市港口镇翠湖花园3栋2单元501室", "翠湖花园 > 3栋 > 2单元 > 501室", "442000108",
     "广东省中山市港口镇翠湖花园3栋2单元501室"},
    {"中山市港口镇翠湖花园一期3幢2梯501房", "翠湖花园一期 > 3栋 > 2单元 > 501室", "442000108",
     "广东省中山市港口镇翠湖花园一期3栋2单元501室"},
    {"广东省中山市港口镇宏峰四横巷30号201室", "宏峰四横巷 > 30号 > 201室", "442000108",
     "广东省中山市港口镇宏峰四横巷30号201室"},
    {"广东省中山市港口镇柏业大厦A座1604室", "柏业大厦 > A座 > 1604室", "442000108",
     "广东省中山市港口镇柏业大厦A座1604室"},
    {"广东省中山市港口镇龙海工业园28栋3层", "龙海工业园 > 28栋 > 3层", "442000108",
     "广东省中山市港口镇龙海工业园28栋3层"},
    {"广东省中山市港口镇下南村3组12号", "3组 > 12号", "442000108205", "广东省中山市港口镇下南村3组12号"},
    {"福建省厦门市思明区厦港街道大学路8号", "大学路 > 8号", "350203001", "福建省厦门市思明区厦港街道大学路8号"},
};
TEST(AddressRow, standard_and_nearly_standard_texts_find_their_place_in_the_tree) {
  for (const PlacedCase& known : placed_cases) {
    const AddressRow row = read({.text = known.text});
    EXPECT_FALSE(row.refused) << known.text;
    EXPECT_FALSE(row.held) << known.text << ": " << (row.held ? hold_reason_name(*row.held) : "");
    EXPECT_EQ(path_text(row), known.path) << known.text;
    EXPECT_EQ(row.root_division, known.root) << known.text;
    ASSERT_FALSE(row.path.empty());
    EXPECT_EQ(row.display(row.path.size() - 1), known.display) << known.text;
  }
}

TEST(AddressRow, knows_its_county_with_and_without_counties) {
  EXPECT_EQ(read({.text = "广东省中山市港口镇兴港路88号"}).county_code, 442000);
  EXPECT_EQ(read({.text = "福建省厦门市思明区厦港街道大学路8号"}).county_code, 350203);
}

TEST(AddressRow, a_village_that_is_only_stated_does_not_split_a_street) {
  const AddressRow row = read({.text = "广东省中山市港口镇兴港路88号", .division_code = "442000108007"});
  EXPECT_EQ(row.root_division, "442000108");
  EXPECT_EQ(row.division_code, "442000108007");
  EXPECT_EQ(row.display(1), "广东省中山市港口镇兴港路88号");
}

TEST(AddressRow, the_region_settles_what_the_text_leaves_open) {
  EXPECT_EQ(read({.text = "兴港路88号"}).refused, RefuseReason::no_division);
  const AddressRow row = read({.text = "兴港路88号"}, {.region = "442000108"});
  EXPECT_FALSE(row.refused);
  EXPECT_FALSE(row.held);
  EXPECT_EQ(row.root_division, "442000108");
  EXPECT_THROW(read({.text = "兴港路88号"}, {.region = "999999"}), Error);
}

struct HeldCase {
  const char* text;
  HoldReason reason;
};
const HeldCase held_cases[] = {
    {"福建省厦门市思明区大学路8号", HoldReason::no_town},
    {"广东省中山市港口镇兴港路88号附近的小店旁边", HoldReason::unread_text},
    {"广东省中山市港口镇兴港路88号（电话13800000001）", HoldReason::unread_text},
    {"广东省中山市港口镇兴港路88号501、502室", HoldReason::several_values},
    {"广东省中山市港口镇兴港路10号、12号", HoldReason::several_values},
    {"广东省中山市港口镇翠湖花园501室", HoldReason::level_gap},
};
TEST(AddressRow, doubtful_texts_wait_for_a_person) {
  for (const HeldCase& known : held_cases) {
    const AddressRow row = read({.text = known.text});
    EXPECT_FALSE(row.refused) << known.text;
    ASSERT_TRUE(row.held) << known.text << " " << path_text(row);
    EXPECT_EQ(hold_reason_name(*row.held), hold_reason_name(known.reason)) << known.text;
  }
}

struct RefusedCase {
  AddressCells cells;
  RefuseReason reason;
};
TEST(AddressRow, unusable_rows_are_refused_with_their_reason) {
  const char* good = "广东省中山市港口镇兴港路88号";
  const std::string long_text(3000, 'x');
  const RefusedCase cases[] = {
      {{.text = ""}, RefuseReason::empty_address},
      {{.text = " \t\u3000"}, RefuseReason::empty_address},
      {{.text = long_text}, RefuseReason::too_long},
      {{.text = "某某路1号"}, RefuseReason::no_division},
      {{.text = "广东省中山市港口镇"}, RefuseReason::no_address},
      {{.text = good, .code = "44 20"}, RefuseReason::bad_code},
      {{.text = good, .id = "12"}, RefuseReason::bad_id},
      {{.text = good, .lon = "113.38"}, RefuseReason::bad_coordinates},
      {{.text = good, .lon = "22.58", .lat = "113.38"}, RefuseReason::bad_coordinates},
      {{.text = good, .lon = "nan", .lat = "22"}, RefuseReason::bad_coordinates},
      {{.text = good, .lon = "113度", .lat = "22"}, RefuseReason::bad_coordinates},
      {{.text = good, .lon = "113.38", .lat = "22.58", .crs = "xian80"}, RefuseReason::bad_crs},
  };
  for (const RefusedCase& known : cases) {
    const AddressRow row = read(known.cells);
    ASSERT_TRUE(row.refused) << known.cells.text;
    EXPECT_EQ(refuse_reason_name(*row.refused), refuse_reason_name(known.reason)) << known.cells.text;
  }
}

TEST(AddressRow, a_rows_own_coordinate_system_wins) {
  const char* good = "广东省中山市港口镇兴港路88号";
  const geo::LonLat here{113.38, 22.58};
  const auto shifted = geo::to_gcj02(here);
  const std::string lon = std::to_string(shifted.lon);
  const std::string lat = std::to_string(shifted.lat);
  const AddressRow by_option = read({.text = good, .lon = lon, .lat = lat}, {.region = "", .crs = geo::Crs::gcj02});
  const AddressRow by_row = read({.text = good, .lon = lon, .lat = lat, .crs = "GCJ-02"});
  const AddressRow as_is = read({.text = good, .lon = lon, .lat = lat});
  ASSERT_TRUE(by_option.point && by_row.point && as_is.point);
  EXPECT_LT(geo::distance_m(*by_option.point, here), 0.2);
  EXPECT_LT(geo::distance_m(*by_row.point, here), 0.2);
  EXPECT_GT(geo::distance_m(*as_is.point, here), 400);
}

const Uuid one = Uuid::named("one");
const Uuid other = Uuid::named("other");
constexpr geo::LonLat spot{113.38, 22.58};
constexpr geo::LonLat a_metre_on{113.38001, 22.58};
constexpr geo::LonLat a_kilometre_on{113.39, 22.58};

AddressRow incoming(const char* code, std::optional<geo::LonLat> point, std::optional<Uuid> id = {}) {
  AddressRow row;
  row.code = code;
  row.point = point;
  row.id = id;
  row.division_code = "442000108";
  return row;
}
AddressFacts known(const char* code, std::optional<geo::LonLat> point) {
  return {.known = AddressFacts::Known{one, code, "442000108", point}, .code_owner = {}, .id_is_used = false};
}

struct DecideCase {
  const char* what;
  AddressRow row;
  AddressFacts facts;
  RowOutcome outcome;
  const char* reason;
};
TEST(Decide, every_rule_has_its_row) {
  AddressFacts code_of_other = known("", spot);
  code_of_other.code_owner = other;
  AddressFacts code_of_this = known("C1", spot);
  code_of_this.code_owner = one;
  AddressFacts new_with_taken_code;
  new_with_taken_code.code_owner = other;
  AddressFacts new_with_used_id;
  new_with_used_id.id_is_used = true;
  AddressRow unreadable;
  unreadable.refused = RefuseReason::no_division;
  AddressRow doubtful;
  doubtful.held = HoldReason::level_gap;
  AddressRow finer = incoming("", {});
  finer.division_code = "442000108007";
  const DecideCase cases[] = {
      {"unreadable", unreadable, {}, RowOutcome::refused, "no_division"},
      {"doubtful", doubtful, known("", spot), RowOutcome::held, "level_gap"},
      {"not in the register", incoming("C1", spot), {}, RowOutcome::created, ""},
      {"not in the register, its code is another's", incoming("C1", spot), new_with_taken_code, RowOutcome::refused,
       "code_taken"},
      {"known, its code is another's", incoming("C1", spot), code_of_other, RowOutcome::refused, "code_taken"},
      {"known with this code", incoming("C1", spot), code_of_this, RowOutcome::same, ""},
      {"known without code", incoming("C1", spot), known("", spot), RowOutcome::changed, ""},
      {"known with another code", incoming("C2", spot), known("C1", spot), RowOutcome::held, "other_code"},
      {"nothing said about code or place", incoming("", {}), known("C1", spot), RowOutcome::same, ""},
      {"moved by a metre", incoming("", a_metre_on), known("", spot), RowOutcome::changed, ""},
      {"moved by a kilometre", incoming("", a_kilometre_on), known("", spot), RowOutcome::held, "moved_far"},
      {"had no place", incoming("", spot), known("", {}), RowOutcome::changed, ""},
      {"known under this id", incoming("", spot, one), known("", spot), RowOutcome::same, ""},
      {"known under another id", incoming("", spot, other), known("", spot), RowOutcome::held, "other_id"},
      {"new, but its id is something else's", incoming("", spot, one), new_with_used_id, RowOutcome::refused,
       "id_taken"},
      {"a finer division", finer, known("", spot), RowOutcome::changed, ""},
  };
  for (const DecideCase& c : cases) {
    const Decision decision = decide_address(c.row, c.facts);
    EXPECT_EQ(row_outcome_name(decision.outcome), row_outcome_name(c.outcome)) << c.what;
    EXPECT_EQ(decision.reason, c.reason) << c.what;
  }
}

}  // namespace
}  // namespace menpai::change

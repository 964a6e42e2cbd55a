// SPDX-License-Identifier: Apache-2.0
// Finding, suggesting and opening addresses that were imported, and the divisions they lie in.
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "app/parts.hpp"
#include "app/registering.hpp"
#include "app/search.hpp"
#include "base/error.hpp"
#include "store/division_store.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view list =
    "address,code,lon,lat\n"
    "广东省中山市港口镇寻址路8号,S-8,113.4,22.6\n"
    "广东省中山市港口镇寻址路10号,S-10,113.401,22.6\n"
    "广东省中山市港口镇寻址花园2栋1单元302室,S-302,,\n";

class Search : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("search");
    address::testing::write_library(s_folder / "divisions.mpl", {});
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "divisions.mpl";
    settings.region = "442000108";
    s_app = Application::open(settings, false);
    store::load_divisions(*app().parts().store, address::testing::small_divisions());
    std::ofstream(s_folder / "list.csv", std::ios::binary) << list;
    ASSERT_EQ(import_addresses(app(), operator_caller(), s_folder / "list.csv", {}).outcome[0], 3U);
    use_library_of_register();
  }
  static void TearDownTestSuite() { s_app.reset(); }

  static Application& app() { return *s_app; }
  /// A library of what was imported here, under the register's own ids.
  static void use_library_of_register() {
    address::LibraryBuilder builder(address::testing::small_divisions(), "register");
    const store::Result rows = app().parts().store->take()->run_text(
        "SELECT id, display, code, division_code, ST_X(point), ST_Y(point) FROM address WHERE display LIKE '%寻址%'",
        "test");
    for (const store::Row row : rows) {
      address::SourceAddress source;
      source.id = row.get<Uuid>(0).text();
      source.address = row.get<std::string>(1);
      source.code = row.get<std::string>(2);
      source.division_code = row.get<std::string>(3);
      const auto lon = row.get<std::optional<double>>(4);
      const auto lat = row.get<std::optional<double>>(5);
      if (lon && lat) source.point = geo::LonLat{*lon, *lat};
      builder.add(source);
    }
    builder.write(s_folder / "register.mpl");
    app().parts().use_library(address::Library::open(s_folder / "register.mpl"));
  }
  static ErrorCode code_of(const std::function<void()>& work) {
    try {
      work();
    } catch (const Error& error) {
      return error.code();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorCode::internal;
  }

  static inline std::filesystem::path s_folder;
  static inline std::unique_ptr<Application> s_app;
};

TEST_F(Search, a_text_is_found_and_its_id_opens_the_address) {
  const Answer answer = find_address(app(), operator_caller(), "港口寻址花园2幢1单元302", "");
  EXPECT_EQ(answer.code, "S-302");
  EXPECT_EQ(answer.level, Level::room);
  const AddressView view = address(app(), operator_caller(), answer.id);
  EXPECT_EQ(view.id, answer.id);
  EXPECT_EQ(view.address, "广东省中山市港口镇寻址花园2栋1单元302室");
  EXPECT_EQ(view.code, "S-302");
  EXPECT_EQ(view.level, Level::room);
  EXPECT_EQ(view.status, "in_use");
  EXPECT_EQ(view.division_code, "442000108");
  EXPECT_FALSE(view.point.has_value());
  EXPECT_EQ(view.version, 1);
  EXPECT_THAT(view.known_from, HasSubstr("T"));
  std::vector<std::string> names;
  std::vector<std::string> levels;
  for (const AddressPart& part : view.path) {
    names.push_back(part.name);
    levels.emplace_back(level_name(part.level));
  }
  EXPECT_THAT(names, ElementsAre("广东省", "中山市", "港口镇", "寻址花园", "2栋", "1单元", "302室"));
  EXPECT_THAT(levels, ElementsAre("province", "city", "town", "place", "building", "unit", "room"));
  EXPECT_EQ(view.path.front().id, "44");
  EXPECT_EQ(view.path.back().id, view.id);
}

TEST_F(Search, a_point_comes_lon_first) {
  const Answer answer = find_address(app(), operator_caller(), "寻址路8号", "");
  ASSERT_EQ(answer.code, "S-8");
  const AddressView view = address(app(), operator_caller(), answer.id);
  ASSERT_TRUE(view.point.has_value());
  EXPECT_NEAR(view.point->lon, 113.4, 1e-9);
  EXPECT_NEAR(view.point->lat, 22.6, 1e-9);
}

TEST_F(Search, a_few_characters_suggest_addresses_at_most_as_many_as_asked_for) {
  const std::vector<Suggestion> found = suggest_addresses(app(), operator_caller(), "寻址路", 10);
  std::vector<std::string> texts;
  for (const Suggestion& one : found) {
    texts.push_back(one.address);
    EXPECT_FALSE(one.id.empty());
    EXPECT_NO_THROW(address(app(), operator_caller(), one.id)) << one.address;
  }
  EXPECT_THAT(texts, ::testing::Contains("广东省中山市港口镇寻址路8号"));
  EXPECT_THAT(texts, ::testing::Contains("广东省中山市港口镇寻址路10号"));
  EXPECT_EQ(suggest_addresses(app(), operator_caller(), "寻址路", 1).size(), 1U);
  EXPECT_LE(suggest_addresses(app(), operator_caller(), "寻址", 100000).size(), 50U);
  EXPECT_LE(suggest_addresses(app(), operator_caller(), "", 3).size(), 3U);
}

TEST_F(Search, any_text_is_answered_and_only_too_much_is_refused) {
  for (const std::string& text : {std::string(), std::string("\0\xff\xfe", 3), std::string(8192, '8'),
                                  std::string("' OR 1=1 --"), std::string("%_%")}) {
    EXPECT_NO_THROW(find_address(app(), operator_caller(), text, ""));
    EXPECT_NO_THROW(suggest_addresses(app(), operator_caller(), text, 10));
  }
  EXPECT_EQ(code_of([&] { find_address(app(), operator_caller(), std::string(8193, '8'), ""); }), ErrorCode::too_large);
  EXPECT_GE(find_address(app(), operator_caller(), "天涯海角99号", "").grade, Grade::c) << "nothing to rely on";
}

TEST_F(Search, ids_that_are_none_open_nothing) {
  for (const std::string& id : {std::string(), std::string("7"), std::string("'"), Uuid::make().text(),
                                std::string(1000, 'a'), std::string("44")}) {
    EXPECT_EQ(code_of([&] { address(app(), operator_caller(), id); }), ErrorCode::not_found) << id;
  }
}

TEST_F(Search, divisions_are_walked_from_the_provinces_down) {
  std::vector<std::string> codes;
  for (const Division& one : child_divisions(app(), operator_caller(), "")) codes.push_back(one.code);
  EXPECT_THAT(codes, ElementsAre("35", "44"));
  codes.clear();
  for (const Division& one : child_divisions(app(), operator_caller(), "4420")) codes.push_back(one.code);
  EXPECT_THAT(codes, ElementsAre("442000105", "442000108"));
  EXPECT_TRUE(child_divisions(app(), operator_caller(), "442000108206").empty());
  const Division town = division(app(), operator_caller(), "442000108");
  EXPECT_EQ(town.name, "港口镇");
  EXPECT_EQ(town.level, Level::town);
  EXPECT_EQ(town.parent, "4420");
  for (const char* code : {"99", "", "'", "4420001089999"}) {
    EXPECT_EQ(code_of([&] { division(app(), operator_caller(), code); }), ErrorCode::not_found) << code;
  }
  EXPECT_EQ(code_of([&] { child_divisions(app(), operator_caller(), "99"); }), ErrorCode::not_found);
}

TEST_F(Search, a_stranger_finds_nothing) {
  const Caller stranger;
  EXPECT_EQ(code_of([&] { find_address(app(), stranger, "寻址路8号", ""); }), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of([&] { suggest_addresses(app(), stranger, "寻址", 5); }), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of([&] { address(app(), stranger, Uuid::make().text()); }), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of([&] { child_divisions(app(), stranger, ""); }), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of([&] { division(app(), stranger, "44"); }), ErrorCode::unauthenticated);
}

}  // namespace
}  // namespace menpai::app

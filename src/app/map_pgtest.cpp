// SPDX-License-Identifier: Apache-2.0
// The map's tiles and extent over a road, a building and an address that were imported.
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "app/map.hpp"
#include "app/parts.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"
#include "geo/mercator.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Far from what other tests of this program draw.
constexpr geo::LonLat middle{113.6, 22.3};

constexpr std::string_view places = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"图样路","class":"road","generic":"路","division_code":"442000108003"},
 "geometry":{"type":"LineString","coordinates":[[113.599,22.3],[113.601,22.3]]}},
{"type":"Feature","properties":{"name":"图样花园","class":"estate","division_code":"442000108003"},
 "geometry":{"type":"Polygon","coordinates":[[[113.6,22.3],[113.6004,22.3],[113.6004,22.3004],[113.6,22.3004],[113.6,22.3]]]}}]})";
constexpr std::string_view buildings = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"address":"广东省中山市港口镇图样路8号","name":"图样楼","floors":6,"height_m":18.5},
 "geometry":{"type":"Polygon","coordinates":[[[113.6,22.3],[113.6002,22.3],[113.6002,22.3001],[113.6,22.3001],[113.6,22.3]]]}}]})";
constexpr std::string_view addresses = "address,lon,lat\n广东省中山市港口镇图样路8号,113.6001,22.30005\n";

class Map : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("map");
    address::testing::write_library(s_folder / "town.mpl", address::testing::small_town());
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "town.mpl";
    s_app = Application::open(settings, false);
    ASSERT_EQ(import_places(app(), operator_caller(), file("places.geojson", places), {}).outcome[0], 2U);
    ASSERT_EQ(import_addresses(app(), operator_caller(), file("addresses.csv", addresses), {}).outcome[0], 1U);
    ASSERT_EQ(import_buildings(app(), operator_caller(), file("buildings.geojson", buildings), {}).outcome[0], 1U);
  }
  static void TearDownTestSuite() { s_app.reset(); }

  static Application& app() { return *s_app; }
  static std::filesystem::path file(const char* name, std::string_view text) {
    std::ofstream(s_folder / name, std::ios::binary) << text;
    return s_folder / name;
  }
  static Tile tile_at(geo::LonLat point, int zoom) {
    const geo::TileId id = geo::tile_of(point, zoom);
    return map_tile(app(), operator_caller(), zoom, id.x, id.y);
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

/// A layer's name as a tile has it: field 1, its length, the text.
std::string layer(const std::string& name) {
  return "\x0a" + std::string(1, static_cast<char>(name.size())) + name;
}

TEST_F(Map, a_near_tile_has_all_layers_with_their_texts) {
  const Tile tile = tile_at(middle, 16);
  for (const char* name : {"road", "building", "address", "place"}) EXPECT_THAT(tile.bytes, HasSubstr(layer(name)));
  for (const char* text :
       {"图样路", "图样楼", "图样花园", "8号", "广东省中山市港口镇图样路8号", "height_m", "floors"}) {
    EXPECT_THAT(tile.bytes, HasSubstr(text));
  }
}

TEST_F(Map, a_far_tile_has_roads_but_no_doors) {
  const Tile tile = tile_at(middle, 12);
  EXPECT_THAT(tile.bytes, HasSubstr(layer("road")));
  EXPECT_THAT(tile.bytes, Not(HasSubstr(layer("address"))));
  EXPECT_THAT(tile.bytes, Not(HasSubstr(layer("building"))));
}

TEST_F(Map, where_nothing_lies_the_tile_is_empty) {
  EXPECT_EQ(tile_at({80, 45}, 16).bytes, "");
  EXPECT_EQ(map_tile(app(), operator_caller(), 0, 0, 0).bytes, "");
  EXPECT_EQ(map_tile(app(), operator_caller(), 22, (1U << 22) - 1, (1U << 22) - 1).bytes, "");
}

TEST_F(Map, the_mark_of_a_tile_changes_with_what_is_drawn_and_only_then) {
  const std::string before = tile_at(middle, 16).etag;
  EXPECT_EQ(tile_at(middle, 16).etag, before);
  EXPECT_NE(tile_at(middle, 15).etag, before);
  import_addresses(app(), operator_caller(),
                   file("more.csv", "address,lon,lat\n广东省中山市港口镇图样路9号,113.6002,22.3\n"), {});
  const Tile after = tile_at(middle, 16);
  EXPECT_NE(after.etag, before);
  EXPECT_THAT(after.bytes, HasSubstr("9号"));
}

TEST_F(Map, the_extent_holds_everything_drawn) {
  const MapExtent extent = map_extent(app(), operator_caller());
  EXPECT_FALSE(extent.empty);
  EXPECT_LE(extent.west, 113.599 + 1e-9);
  EXPECT_GE(extent.east, 113.601 - 1e-9);
  EXPECT_LE(extent.south, 22.3 + 1e-9);
  EXPECT_GE(extent.north, 22.3004 - 1e-9);
  EXPECT_GT(extent.west, 73.0) << "lon before lat, and in China";
  EXPECT_LT(extent.north, 54.0);
}

TEST_F(Map, tiles_that_do_not_exist_and_strangers_are_refused) {
  const auto ask = [&](int zoom, std::uint32_t x, std::uint32_t y) {
    return code_of([&] { map_tile(app(), operator_caller(), zoom, x, y); });
  };
  EXPECT_EQ(ask(-1, 0, 0), ErrorCode::bad_request);
  EXPECT_EQ(ask(23, 0, 0), ErrorCode::bad_request);
  EXPECT_EQ(ask(40, 0, 0), ErrorCode::bad_request);
  EXPECT_EQ(ask(0, 1, 0), ErrorCode::bad_request);
  EXPECT_EQ(ask(5, 0, 32), ErrorCode::bad_request);
  EXPECT_EQ(ask(22, 4294967295U, 0), ErrorCode::bad_request);
  EXPECT_EQ(code_of([&] { map_tile(app(), Caller{}, 0, 0, 0); }), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of([&] { map_extent(app(), Caller{}); }), ErrorCode::unauthenticated);
}

}  // namespace
}  // namespace menpai::app

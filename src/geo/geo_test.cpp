// SPDX-License-Identifier: Apache-2.0
// Coordinate systems, measures and tiles against values that were computed elsewhere.
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

#include "geo/geometry.hpp"
#include "geo/mercator.hpp"
#include "geo/transform.hpp"

namespace menpai::geo {
namespace {

Polygon square(double west, double south, double side) {
  return {{{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}}}};
}

struct ShiftCase {
  const char* where;
  LonLat cgcs2000;
  Point<Gcj02> gcj02;
  Point<Bd09> bd09;
};
const ShiftCase shift_cases[] = {
    {"中山", {113.38, 22.58}, {113.385479, 22.577307}, {113.391945, 22.583556}},
    {"厦门", {118.09, 24.48}, {118.094977, 24.477353}, {118.101422, 24.483604}},
};

TEST(Transform, shifts_known_points_as_other_libraries_do) {
  for (const ShiftCase& known : shift_cases) {
    const auto gcj = to_gcj02(known.cgcs2000);
    EXPECT_NEAR(gcj.lon, known.gcj02.lon, 1e-6) << known.where;
    EXPECT_NEAR(gcj.lat, known.gcj02.lat, 1e-6) << known.where;
    const auto bd = to_bd09(known.cgcs2000);
    EXPECT_NEAR(bd.lon, known.bd09.lon, 1e-6) << known.where;
    EXPECT_NEAR(bd.lat, known.bd09.lat, 1e-6) << known.where;
  }
}

TEST(Transform, the_inverse_is_exact_to_a_tenth_of_a_millimetre_all_over_the_country) {
  std::mt19937_64 random(4490);
  for (int i = 0; i < 20000; ++i) {
    const LonLat here{74.0 + 61.0 * static_cast<double>(random() % 1000000) / 1e6,
                      4.0 + 49.0 * static_cast<double>(random() % 1000000) / 1e6};
    EXPECT_LT(distance_m(here, to_cgcs2000(to_gcj02(here))), 1e-4) << here.lon << " " << here.lat;
    EXPECT_LT(distance_m(here, to_cgcs2000(to_bd09(here))), 1e-4) << here.lon << " " << here.lat;
  }
}

TEST(Transform, leaves_points_abroad_alone) {
  const LonLat london{-0.12, 51.5};
  EXPECT_EQ(to_gcj02(london).lon, london.lon);
  EXPECT_EQ(to_cgcs2000(Point<Bd09>{london.lon, london.lat}), london);
}

TEST(Transform, reads_the_names_of_systems_and_no_others) {
  EXPECT_EQ(parse_crs("GCJ-02"), Crs::gcj02);
  EXPECT_EQ(parse_crs("bd09"), Crs::bd09);
  EXPECT_EQ(parse_crs("EPSG:4490"), Crs::cgcs2000);
  EXPECT_EQ(parse_crs("WGS 84"), Crs::wgs84);
  EXPECT_EQ(parse_crs("xian80"), std::nullopt);
  EXPECT_EQ(parse_crs(""), std::nullopt);
  for (const Crs crs : {Crs::cgcs2000, Crs::wgs84, Crs::gcj02, Crs::bd09}) EXPECT_EQ(parse_crs(crs_name(crs)), crs);
}

TEST(Transform, knows_what_lies_on_the_globe) {
  EXPECT_TRUE(is_on_globe(113.38, 22.58));
  EXPECT_FALSE(is_on_globe(22.58, 113.38));
  EXPECT_FALSE(is_on_globe(std::numeric_limits<double>::quiet_NaN(), 22.58));
  EXPECT_FALSE(is_on_globe(std::numeric_limits<double>::infinity(), 0));
}

TEST(Measure, distances_and_areas_have_the_right_size) {
  // A degree of latitude on the mean sphere is 111.195 km.
  EXPECT_NEAR(distance_m({113, 22}, {113, 23}), 111195, 1);
  EXPECT_NEAR(length_m({{113, 22}, {113, 23}, {113, 22}}), 222390, 2);
  const double side_m = distance_m({113.38, 22.58}, {113.38, 22.581});
  const double width_m = distance_m({113.38, 22.5805}, {113.381, 22.5805});
  EXPECT_NEAR(area_m2(square(113.38, 22.58, 0.001)), side_m * width_m, 1);
}

TEST(Measure, a_hole_takes_area_away_and_holds_no_point) {
  Polygon ring = square(113, 22, 1);
  const double full = area_m2(ring);
  ring.rings.push_back(square(113.4, 22.4, 0.2).rings[0]);
  EXPECT_LT(area_m2(ring), full);
  EXPECT_TRUE(contains(ring, {113.1, 22.1}));
  EXPECT_FALSE(contains(ring, {113.5, 22.5}));
  EXPECT_TRUE(contains(ring, {113, 22.5})) << "the edge belongs to it";
  EXPECT_FALSE(contains(ring, {112.9, 22.5}));
}

TEST(Measure, neighbours_that_share_a_wall_do_not_overlap) {
  EXPECT_FALSE(overlap(square(113, 22, 1), square(114, 22, 1)));
  EXPECT_TRUE(overlap(square(113, 22, 1), square(113.5, 22.5, 1)));
  EXPECT_TRUE(overlap(square(113, 22, 1), square(113.4, 22.4, 0.1)));
  EXPECT_TRUE(overlap(square(113, 22, 1), square(113, 22, 1)));
}

TEST(Measure, the_centroid_keeps_its_digits) {
  const LonLat centre = centroid(square(113.38, 22.58, 0.0001));
  EXPECT_NEAR(centre.lon, 113.38005, 1e-10);
  EXPECT_NEAR(centre.lat, 22.58005, 1e-10);
}

TEST(Measure, says_what_is_wrong_with_a_geometry) {
  EXPECT_EQ(geometry_fault(square(113, 22, 1)), "");
  EXPECT_NE(geometry_fault(Line{{113, 22}}), "");
  EXPECT_NE(geometry_fault(Polygon{{{{113, 22}, {114, 22}, {113, 22}}}}), "");
  EXPECT_NE(geometry_fault(Polygon{{{{113, 22}, {114, 22}, {114, 23}, {113, 23}}}}), "") << "not closed";
  EXPECT_NE(geometry_fault(LonLat{22, 113}), "") << "latitude and longitude mixed up";
  EXPECT_NE(geometry_fault(Line{}), "");
}

TEST(Mercator, finds_the_tile_of_a_known_point) {
  // From the tile scheme of Tianditu's set w: (113.38, 22.58) at level 14 is row 7136, column 13352.
  EXPECT_EQ(tile_of({113.38, 22.58}, 14), (TileId{14, 13352, 7136}));
  EXPECT_EQ(tile_of({0, 90}, 3), (TileId{3, 4, 0}));
  EXPECT_EQ(tile_of({180, -90}, 3), (TileId{3, 7, 7}));
}

TEST(Mercator, the_box_of_a_tile_holds_its_point_and_tiles_meet) {
  const LonLat point{113.38, 22.58};
  for (int zoom = 0; zoom <= zoom_max; ++zoom) {
    const Box box = tile_box(tile_of(point, zoom));
    EXPECT_LE(box.west, point.lon);
    EXPECT_GE(box.east, point.lon);
    EXPECT_LE(box.south, point.lat);
    EXPECT_GE(box.north, point.lat);
  }
  EXPECT_NEAR(tile_box({10, 800, 400}).east, tile_box({10, 801, 400}).west, 1e-12);
  EXPECT_NEAR(tile_box({10, 800, 400}).south, tile_box({10, 800, 401}).north, 1e-12);
}

TEST(Mercator, refuses_tiles_that_do_not_exist) {
  EXPECT_TRUE(is_tile(0, 0, 0));
  EXPECT_FALSE(is_tile(0, 1, 0));
  EXPECT_FALSE(is_tile(23, 0, 0));
  EXPECT_FALSE(is_tile(-1, 0, 0));
  EXPECT_TRUE(is_tile(22, (1U << 22) - 1, 0));
}

TEST(Wkb, writes_what_PostGIS_reads) {
  std::string hex;
  for (const unsigned char byte : to_ewkb(LonLat{1, 2})) {
    hex += "0123456789ABCDEF"[byte >> 4];
    hex += "0123456789ABCDEF"[byte & 15];
  }
  // select ST_AsEWKB('SRID=4490;POINT(1 2)'::geometry)
  EXPECT_EQ(hex, "01010000208A110000000000000000F03F0000000000000040");
}

}  // namespace
}  // namespace menpai::geo

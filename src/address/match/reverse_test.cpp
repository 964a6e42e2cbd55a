// SPDX-License-Identifier: Apache-2.0
// Reverse lookup: the nearest building or number, against looking at every one of them.
#include "address/match/reverse.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "address/test_library.hpp"
#include "geo/geometry.hpp"

namespace menpai::address {
namespace {

using Points = std::vector<std::pair<Anchor, PackedPoint>>;

/// A grid of these points, written and opened again.
class Grid {
 public:
  explicit Grid(const Points& points) {
    const testing::TemporaryFolder folder;
    LibraryFileWriter writer;
    write_reverse(points, writer);
    writer.write(folder.file("grid"));
    m_file = LibraryFile::open(folder.file("grid"));
    m_reverse = Reverse(*m_file);
  }
  const Reverse& operator*() const { return m_reverse; }

 private:
  std::shared_ptr<const LibraryFile> m_file;
  Reverse m_reverse;
};

Nearest by_looking_at_all(const Points& points, geo::LonLat at, double limit) {
  Nearest best;
  for (const auto& [anchor, point] : points) {
    const double d = geo::distance_m(at, point.unpack());
    if (d < best.distance_m && d < limit) best = {anchor, d};
  }
  return best;
}

/// Clusters of different density in a box of some kilometres, and a few lonely points.
Points scattered(std::size_t count, unsigned seed, double lat0) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> place(0, 0.1);
  std::normal_distribution<double> near(0, 0.002);
  Points points;
  geo::LonLat centre{113.3, lat0};
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 50 == 0) centre = {113.3 + place(random), lat0 + place(random)};
    const geo::LonLat p = i % 97 == 0 ? geo::LonLat{113.3 + 4 * place(random), lat0 + 4 * place(random)}
                                      : geo::LonLat{centre.lon + near(random), centre.lat + near(random)};
    points.emplace_back(static_cast<Anchor>(i), *PackedPoint::pack(p));
  }
  return points;
}

TEST(Reverse, finds_what_looking_at_every_point_finds) {
  for (const double lat0 : {22.5, -33.0, 68.9}) {
    const Points points = scattered(3000, 7, lat0);
    const Grid grid(points);
    std::mt19937 random(11);
    std::uniform_real_distribution<double> place(-0.05, 0.3);
    std::vector<geo::LonLat> asked;
    for (int i = 0; i < 700; ++i) asked.push_back({113.3 + place(random), lat0 + place(random)});
    for (int i = 0; i < 100; ++i) asked.push_back(points[static_cast<std::size_t>(i) * 17].second.unpack());
    for (const double limit : {30.0, 500.0, 15000.0}) {
      std::vector<Nearest> found(asked.size());
      (*grid).nearest(asked, limit, found);
      for (std::size_t i = 0; i < asked.size(); ++i) {
        const Nearest right = by_looking_at_all(points, asked[i], limit);
        const double tolerance = 0.05 + 0.002 * std::min(right.distance_m, limit);
        if (right.found() && right.distance_m < limit - tolerance) {
          ASSERT_TRUE(found[i].found()) << i << " at " << right.distance_m;
          EXPECT_NEAR(found[i].distance_m, right.distance_m, tolerance) << i;
        } else if (!right.found()) {
          EXPECT_TRUE(!found[i].found() || found[i].distance_m > limit - tolerance) << i;
        }
      }
    }
  }
}

TEST(Reverse, of_several_at_one_point_the_first_is_the_answer) {
  const PackedPoint here = *PackedPoint::pack({113.5, 22.5});
  const Grid grid({{7, here}, {3, here}, {9, here}});
  EXPECT_EQ((*grid).size(), 1U);
  std::vector<Nearest> found(1);
  (*grid).nearest(std::vector<geo::LonLat>{{113.5001, 22.5}}, 100, found);
  EXPECT_EQ(found[0].anchor, 3U);
  EXPECT_NEAR(found[0].distance_m, 10.27, 0.1);
}

TEST(Reverse, says_none_where_nothing_lies_within_the_distance) {
  const Grid grid({{1, *PackedPoint::pack({113.5, 22.5})}});
  const std::vector<geo::LonLat> asked = {{113.51, 22.5}, {113.5, 22.5},        {-70, 40}, {200, 10},
                                          {113.5, 91},    {std::nan(""), 22.5}, {180, 90}, {-180, -90}};
  std::vector<Nearest> found(asked.size());
  (*grid).nearest(asked, 500, found);
  EXPECT_FALSE(found[0].found());
  EXPECT_TRUE(found[1].found());
  for (std::size_t i = 2; i < asked.size(); ++i) EXPECT_FALSE(found[i].found()) << i;
  (*grid).nearest(asked, 2000, found);
  EXPECT_TRUE(found[0].found());
  (*grid).nearest(asked, 0, found);
  EXPECT_FALSE(found[1].found());
  (*grid).nearest(asked, std::nan(""), found);
  EXPECT_FALSE(found[1].found());
}

TEST(Reverse, the_edges_of_the_globe_are_places_too) {
  const Grid grid({{1, *PackedPoint::pack({180, 84.9})},
                   {2, *PackedPoint::pack({-180, -84.9})},
                   {3, *PackedPoint::pack({180, 0})},
                   {4, *PackedPoint::pack({0, 90})}});
  const std::vector<geo::LonLat> asked = {{179.9999, 84.9}, {-180, -84.8999}, {179.9999, 0},
                                          {0, 90},          {0, 84.99},       {-180, 85}};
  std::vector<Nearest> found(asked.size());
  (*grid).nearest(asked, 20000, found);
  EXPECT_EQ(found[0].anchor, 1U);
  EXPECT_EQ(found[1].anchor, 2U);
  EXPECT_EQ(found[2].anchor, 3U);
  for (std::size_t i = 3; i < asked.size(); ++i) EXPECT_FALSE(found[i].found()) << "not sought so near the pole";
}

TEST(Reverse, a_library_answers_with_buildings_and_numbers_not_with_rooms) {
  const testing::TemporaryFolder folder;
  std::vector<SourceAddress> rows = testing::small_town();
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].point.reset();
  const auto put = [&](std::string_view id, double lon, double lat) {
    for (SourceAddress& row : rows) {
      if (row.id == id) row.point = geo::LonLat{lon, lat};
    }
  };
  put("road-8", 113.500, 22.500);
  put("b2", 113.510, 22.500);
  put("r2-1-101", 113.5101, 22.5);
  for (const char* id :
       {"r3-1-101", "r3-1-102", "r3-1-201", "r3-1-202", "r3-1-301", "r3-1-302", "r3-1-401", "r3-1-402"}) {
    put(id, 113.520, 22.500);
  }
  rows.push_back(testing::source("shed", "无名仓库对面空地"));
  rows.back().point = geo::LonLat{113.530, 22.5};
  testing::write_library(folder.file("l.mpl"), rows);
  Engine engine(Library::open(folder.file("l.mpl")));
  const std::vector<geo::LonLat> asked = {
      {113.5001, 22.5}, {113.5101, 22.5}, {113.5201, 22.5}, {113.5301, 22.5}, {113.6, 22.5}};
  std::vector<Nearest> found(asked.size());
  engine.reverse(asked, 200, found);
  Candidate shown;
  ASSERT_TRUE(engine.describe(found[0], shown));
  EXPECT_EQ(shown.id, "road-8");
  EXPECT_EQ(shown.code, "Croad-8");
  EXPECT_EQ(shown.address, "广东省中山市港口镇星海大道8号");
  EXPECT_EQ(shown.division_code, "442000108");
  ASSERT_TRUE(engine.describe(found[1], shown));
  EXPECT_EQ(shown.id, "b2") << "the building, not a room of it";
  ASSERT_TRUE(engine.describe(found[2], shown));
  EXPECT_EQ(shown.address, "广东省中山市港口镇云岭花园3栋1单元") << "what the rooms share";
  ASSERT_TRUE(engine.describe(found[3], shown));
  EXPECT_EQ(shown.id, "shed") << "a row outside the tree";
  EXPECT_FALSE(found[4].found());
  EXPECT_FALSE(engine.describe(found[4], shown));
  for (const Anchor anchor : {Anchor{0x7FFFFFFF}, Anchor{0xFFFFFFFE}, node_anchor | 77777}) {
    EXPECT_FALSE(engine.describe({anchor, 1}, shown)) << "no such thing";
  }
}

}  // namespace
}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Which streets lie on one line, and which only touch, cross or run beside one another.
#include "spine/shared_line.hpp"

#include <gtest/gtest.h>

namespace menpai::spine {
namespace {

constexpr double metre = 1 / 111194.93;

geo::LonLat at(double east_m, double north_m) {
  return {113.38 + east_m * metre / 0.92335, 22.58 + north_m * metre};
}
geo::Geometry line(double x1, double y1, double x2, double y2) {
  return geo::Line{at(x1, y1), at(x2, y2)};
}

TEST(SharedLines, are_found_where_the_shorter_lies_on_the_longer) {
  struct {
    const char* what;
    geo::Geometry a, b;
    bool is_shared;
  } const cases[] = {
      {"a part of it", line(0, 0, 400, 0), line(100, 3, 200, 3), true},
      {"drawn the other way", line(0, 0, 400, 0), line(200, -3, 100, 3), true},
      {"the same line", line(0, 0, 400, 0), line(0, 0, 400, 0), true},
      {"a crossing", line(0, 0, 400, 0), line(200, -50, 200, 50), false},
      {"its continuation", line(0, 0, 400, 0), line(400, 0, 600, 0), false},
      {"beside it", line(0, 0, 400, 0), line(100, 30, 200, 30), false},
      {"a branch", line(0, 0, 400, 0), line(100, 0, 200, 80), false},
      {"a bow that comes back", line(0, 0, 400, 0), geo::Line{at(100, 0), at(150, 90), at(200, 0)}, false},
      {"drawn in pieces", geo::MultiLine{{{at(0, 0), at(200, 0)}, {at(200, 0), at(400, 0)}}}, line(150, 2, 250, 2),
       true},
      {"no line", line(0, 0, 400, 0), at(100, 0), false},
  };
  for (const auto& one : cases) {
    const geo::Geometry streets[] = {one.a, one.b};
    const auto shared = find_shared_lines(streets, 12);
    EXPECT_EQ(shared.size(), one.is_shared ? 1U : 0U) << one.what;
  }
}

TEST(SharedLines, name_the_shorter_one_first) {
  const geo::Geometry streets[] = {line(0, 0, 400, 0), line(100, 3, 200, 3), line(120, 3, 160, 3)};
  const auto shared = find_shared_lines(streets, 12);
  ASSERT_EQ(shared.size(), 3U);
  EXPECT_EQ(shared[0].part, 1U);
  EXPECT_EQ(shared[0].whole, 0U);
  EXPECT_EQ(shared[1].part, 2U);
  EXPECT_EQ(shared[1].whole, 0U);
  EXPECT_EQ(shared[2].whole, 1U);
}

TEST(SharedLines, of_fifty_thousand_streets_that_only_meet_there_are_none) {
  std::vector<geo::Geometry> streets;
  for (int x = 0; x < 250; ++x) {
    for (int y = 0; y < 200; ++y) streets.push_back(line(x * 150, y * 150, x * 150 + 140, y * 150));
  }
  EXPECT_TRUE(find_shared_lines(streets, 12).empty());
}

}  // namespace
}  // namespace menpai::spine

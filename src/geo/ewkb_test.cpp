// SPDX-License-Identifier: Apache-2.0
// What is written as binary is read back; what is cut or changed is refused and never read beyond its end.
#include "geo/ewkb.hpp"

#include <gtest/gtest.h>

namespace menpai::geo {
namespace {

const Line line{{113.1, 22.1}, {113.2, 22.3}, {113.4, 22.2}};
const Polygon square{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, {{1, 1}, {2, 1}, {2, 2}, {1, 1}}}};
const Geometry all[] = {LonLat{113.5, 22.25}, line, square, MultiLine{{line, {{1, 2}, {3, 4}}}},
                        MultiPolygon{{square, square}}};

TEST(Ewkb, every_kind_is_read_back) {
  for (const Geometry& one : all) {
    const auto read = parse_ewkb(to_ewkb(one));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, one);
  }
}

TEST(Ewkb, what_is_cut_or_longer_is_refused) {
  for (const Geometry& one : all) {
    const std::string bytes = to_ewkb(one);
    for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(parse_ewkb(bytes.substr(0, size)));
    EXPECT_FALSE(parse_ewkb(bytes + "x"));
  }
}

TEST(Ewkb, a_false_count_asks_for_no_memory) {
  std::string bytes = to_ewkb(line);
  bytes[9] = bytes[10] = bytes[11] = bytes[12] = '\xff';
  EXPECT_FALSE(parse_ewkb(bytes));
}

}  // namespace
}  // namespace menpai::geo

// SPDX-License-Identifier: Apache-2.0
#include "spine/grid_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace menpai::spine {
namespace {

using ::testing::ElementsAre;

GridPlace square(double west, double south, double side = 1) {
  return {{west + side / 2, south + side / 2}, south, south + side};
}

TEST(GridOrder, is_read_like_lines_of_text) {
  const std::vector<GridPlace> grids = {square(1, 0), square(0, 1), square(0, 0), square(1, 1), square(2, 1)};
  EXPECT_THAT(reading_order(grids), ElementsAre(1, 3, 4, 2, 0));
}

TEST(GridOrder, a_grid_that_reaches_into_the_next_row_stands_in_that_of_its_middle) {
  const std::vector<GridPlace> grids = {square(0, 2, 2), square(2, 3), square(2, 1.5), square(4, 3)};
  EXPECT_THAT(reading_order(grids), ElementsAre(1, 3, 0, 2));
}

TEST(GridOrder, has_every_grid_once) {
  std::vector<GridPlace> grids;
  for (int i = 0; i < 50; ++i) grids.push_back(square(i * 7 % 11, i * 5 % 13, 0.5 + i % 3));
  std::vector<std::size_t> order = reading_order(grids);
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(order[i], i);
  EXPECT_TRUE(reading_order({}).empty());
}

}  // namespace
}  // namespace menpai::spine

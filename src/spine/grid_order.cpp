// SPDX-License-Identifier: Apache-2.0
#include "spine/grid_order.hpp"

#include <algorithm>
#include <numeric>

namespace menpai::spine {

std::vector<std::size_t> reading_order(std::span<const GridPlace> grids) {
  std::vector<std::size_t> order(grids.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return grids[a].middle.lat > grids[b].middle.lat; });
  for (auto row = order.begin(); row != order.end();) {
    const double south = grids[*row].south;
    const auto end = std::find_if(row, order.end(), [&](std::size_t i) { return grids[i].middle.lat <= south; });
    std::stable_sort(row, end, [&](std::size_t a, std::size_t b) { return grids[a].middle.lon < grids[b].middle.lon; });
    row = end;
  }
  return order;
}

}  // namespace menpai::spine

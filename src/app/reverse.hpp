// SPDX-License-Identifier: Apache-2.0
// From points to the nearest addresses.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/search.hpp"

namespace menpai::app {

inline constexpr double reverse_distance_max_m = 20'000;
inline constexpr std::size_t reverse_points_max = 10'000;
struct NearestAddress {
  geo::LonLat asked;
  double distance_m = 0;              ///< on the mean sphere
  std::optional<Suggestion> address;  ///< nothing lies within the distance asked for
};
/// The nearest address of the library in use for each point (CGCS2000 degrees). Throws bad_request for a point that is
/// not on the globe (naming its position), a distance outside (0, reverse_distance_max_m]; too_large for more than
/// reverse_points_max points.
std::vector<NearestAddress> reverse_addresses(Application& app, const Caller& caller,
                                              const std::vector<geo::LonLat>& points, double max_distance_m);

}  // namespace menpai::app

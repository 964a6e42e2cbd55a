// SPDX-License-Identifier: Apache-2.0
#include "app/reverse.hpp"

#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "geo/transform.hpp"

namespace menpai::app {

std::vector<NearestAddress> reverse_addresses(Application& app, const Caller& caller,
                                              const std::vector<geo::LonLat>& points, double max_distance_m) {
  require(app, caller, Action::search_address);
  if (points.size() > reverse_points_max) {
    throw Error(ErrorCode::too_large,
                "One request takes " + std::to_string(reverse_points_max) + " points at most. Send them in parts.");
  }
  if (!(max_distance_m > 0 && max_distance_m <= reverse_distance_max_m)) {
    throw Error(ErrorCode::bad_request, "\"max_distance_m\" must be more than 0 and 20000 at most, in metres.");
  }
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (geo::is_on_globe(points[i].lon, points[i].lat)) continue;
    throw Error(ErrorCode::bad_request, "Point " + std::to_string(i) +
                                            " is not on the globe: lon goes from -180 to 180 and lat from -90 to 90, "
                                            "in degrees.");
  }
  const EnginePool::Lease engine = app.parts().engines.take();
  std::vector<address::Nearest> found(points.size());
  engine->reverse(points, max_distance_m, found);
  std::vector<NearestAddress> answers(points.size());
  Candidate described;
  for (std::size_t i = 0; i < points.size(); ++i) {
    answers[i].asked = points[i];
    if (!engine->describe(found[i], described)) continue;
    answers[i].distance_m = found[i].distance_m;
    answers[i].address =
        Suggestion{described.id, described.address, described.division_code, described.level, described.point};
  }
  return answers;
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// Between CGCS2000 and the shifted systems of commercial maps, GCJ-02 and BD-09.
//
// Neither system is published; the formulas are those that open libraries agree on. Both leave points outside the
// rectangle 73.66-135.05 E, 3.86-53.55 N alone, as those libraries do, so Hong Kong and the like are shifted as well.
// Which system a coordinate is in must be said by whoever gives it: nothing here guesses.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "geo/coordinate.hpp"

namespace menpai::geo {

/// A coordinate system by name, for values whose system is known only at run time (a column, an option).
enum class Crs : std::uint8_t { cgcs2000, wgs84, gcj02, bd09 };

/// "cgcs2000", "wgs84", "gcj02", "bd09".
std::string_view crs_name(Crs crs);
/// The names above in either case, with or without a dash or "EPSG:" codes 4490 and 4326; nothing else.
std::optional<Crs> parse_crs(std::string_view name);

Point<Gcj02> to_gcj02(LonLat point);
Point<Bd09> to_bd09(Point<Gcj02> point);
Point<Bd09> to_bd09(LonLat point);

/// The inverse, iterated until it is exact to under a tenth of a millimetre (the usual one-step form errs by up to 2
/// m).
LonLat to_cgcs2000(Point<Gcj02> point);
Point<Gcj02> to_gcj02(Point<Bd09> point);
LonLat to_cgcs2000(Point<Bd09> point);

/// `lon`, `lat` as given in `crs`.
LonLat to_cgcs2000(double lon, double lat, Crs crs);

/// True if both are numbers on the globe: -180 to 180 and -90 to 90.
bool is_on_globe(double lon, double lat);

}  // namespace menpai::geo

// SPDX-License-Identifier: Apache-2.0
// Points whose coordinate system is part of their type, so that no two systems mix by accident.
#pragma once

namespace menpai::geo {

/// China Geodetic Coordinate System 2000 (EPSG:4490): what Menpai stores. Degrees, lon before lat.
struct Cgcs2000 {};
/// What satellites give. Taken as equal to CGCS2000: they differ by under a metre, less than any source here.
struct Wgs84 {};
/// The shifted system of commercial maps in mainland China.
struct Gcj02 {};
/// Baidu's shift on top of GCJ-02.
struct Bd09 {};

template <class System>
struct Point {
  double lon = 0;  ///< degrees east
  double lat = 0;  ///< degrees north
  bool operator==(const Point&) const = default;
};

using LonLat = Point<Cgcs2000>;

}  // namespace menpai::geo

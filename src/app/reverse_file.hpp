// SPDX-License-Identifier: Apache-2.0
// From the coordinates of a table to the nearest addresses: what `menpai reverse` does. No database.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/file_cleaning.hpp"
#include "app/table_file.hpp"
#include "geo/coordinate.hpp"
#include "model/answer.hpp"

namespace menpai::app {

/// Which columns hold the coordinates, by name or number, and in which system they are.
struct PointColumns {
  std::string lon = "lon";
  std::string lat = "lat";
  std::string crs = "cgcs2000";  ///< cgcs2000, wgs84, gcj02, bd09
  double max_distance_m = 200;   ///< farther addresses are none; at most 20,000
};
/// From roles to columns, as --map gives them. Throws bad_request for a role other than lon and lat.
PointColumns point_columns(const std::map<std::string, std::string>& map);

struct ReverseSummary {
  FileSummary file;
  std::uint64_t found = 0;
  std::uint64_t far = 0;        ///< nothing lies within the distance
  std::uint64_t no_points = 0;  ///< no numbers, or no place on the globe
};

/// Adds the columns mp_address, mp_id, mp_code, mp_division_code, mp_level, mp_lon, mp_lat (CGCS2000) and mp_distance_m
/// to every row. The output is CSV where neither name nor option says another form. Throws bad_request for a system or
/// distance that is none.
ReverseSummary reverse_file(const TableFileInput& input, const PointColumns& columns, const TableFileOutput& output,
                            const FileEngine& engine, const WatchFile& watch);

/// The nearest address of one point; nothing if none lies within the distance.
struct NearestAddress {
  Candidate address;
  double distance_m = 0;
};
std::optional<NearestAddress> find_nearest(const FileEngine& engine, geo::LonLat point, double max_distance_m);

}  // namespace menpai::app

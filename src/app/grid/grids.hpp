// SPDX-License-Identifier: Apache-2.0
// Base grids (标准基础网格) as a user sees them: listed, found by a point, their topology checked. They change by
// change sets of the kinds grid.import, grid.correct, grid.border, grid.split, grid.merge, grid.retire.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "geo/coordinate.hpp"
#include "geo/transform.hpp"

namespace menpai::app {

/// GB/T 31000 table 8 as the notes on it give it (not read): of its people name and work phone alone.
struct Grid {
  std::string id, name;
  std::string kind;  ///< "base", "exclusive" (专属网格), "group" (居民小组)
  std::string code, division_code;
  std::string leader_name, leader_phone, worker_name, worker_phone;
  std::optional<int> worker_count, household_count;
  std::optional<float> area_m2;
  std::string status;
  int version = 0;
  std::string border;  ///< GeoJSON geometry, where asked for
};

struct GridPage {
  std::vector<Grid> items;  ///< by code
  std::string next;         ///< give it as `after`; empty at the end
};
/// Grids in use of a division and below. `kind` "all" or one of them.
GridPage list_grids(Application& app, const Caller& caller, const std::string& division_code, std::string_view kind,
                    bool with_borders, const std::string& after, int limit);
/// The grids that hold a point (CGCS2000), base and exclusive ones first. In every county that has grids.
std::vector<Grid> grids_at(Application& app, const Caller& caller, const geo::LonLat& point);

struct GridFault {
  std::string kind;  ///< "overlap", "gap"
  double area_m2 = 0;
  std::vector<std::string> grids;  ///< ids of an overlap
  std::vector<std::string> names;
  std::string border;  ///< GeoJSON of what is covered twice or not at all
};
struct GridCheck {
  std::vector<GridFault> faults;  ///< the largest first, at most 1,000 of each kind
  std::uint64_t buildings_in_one = 0;
  std::uint64_t buildings_in_none = 0;
  std::uint64_t buildings_in_several = 0;
};
/// Overlaps and holes among the base and exclusive grids of a division, and in how many of them each building stands.
/// A gap that is open to the outside is not seen: villages have no borders of their own here.
GridCheck check_grids(Application& app, const Caller& caller, const std::string& division_code, double tolerance_m2);

struct BusinessGrid {
  std::string id, name, department, division_code;
  std::vector<std::string> grids;
  int version = 0;
};
std::vector<BusinessGrid> list_business_grids(Application& app, const Caller& caller, const std::string& division_code);

/// The request of a grid.import from a file of polygons with the properties name, kind, division_code, leader_name …:
/// GeoJSON as it is; Shapefile and GeoPackage through ogr2ogr (Debian's gdal-bin). Throws unavailable if that is
/// missing, bad_request for a feature that is no polygon or has no division (unless `division_code` is given for all).
std::string grid_request_from_file(const std::filesystem::path& file, geo::Crs crs, const std::string& division_code);

}  // namespace menpai::app

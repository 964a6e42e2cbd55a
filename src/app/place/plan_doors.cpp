// SPDX-License-Identifier: Apache-2.0
// The doors of a developer's plan, from a GeoJSON file or a table.
#include <algorithm>
#include <charconv>

#include "app/place/number_plans.hpp"
#include "base/error.hpp"
#include "intake/geojson.hpp"
#include "intake/table.hpp"

namespace menpai::app {
namespace {

[[noreturn]] void refuse(std::size_t row, const std::string& what) {
  throw Error(ErrorCode::bad_request, "Row " + std::to_string(row) + " of the plan: " + what);
}

void add(std::vector<PlanDoor>& doors, PlanDoor door) {
  if (doors.size() == plan_doors_max) {
    throw Error(ErrorCode::too_large, "A plan has at most " + std::to_string(plan_doors_max) + " doors.");
  }
  if (door.key.empty()) door.key = std::to_string(doors.size() + 1);
  doors.push_back(std::move(door));
}

double degrees(std::size_t row, std::string_view text, const char* name) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
    refuse(row, std::string("\"") + name + "\" must be a number of degrees.");
  }
  return value;
}

std::vector<PlanDoor> load_geojson(const std::string& file) {
  std::vector<PlanDoor> doors;
  const auto reader = intake::GeoJsonReader::open(file, geo::Crs::cgcs2000);
  intake::GeoFeature feature;
  for (std::size_t row = 1; reader->next(feature); ++row) {
    const auto* point = feature.geometry ? std::get_if<geo::LonLat>(&*feature.geometry) : nullptr;
    if (point == nullptr) refuse(row, feature.problem.empty() ? "A door is a point." : feature.problem);
    const auto property = [&](std::string_view name) {
      const auto at = feature.properties.find(name);
      return at == feature.properties.end() ? std::string() : at->second;
    };
    add(doors, {property("key"), *point, property("side")});
  }
  return doors;
}

std::vector<PlanDoor> load_table(const std::string& file) {
  const auto reader = intake::TableReader::open(file);
  const std::vector<std::string>& columns = reader->columns();
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) - columns.begin());
  };
  const std::size_t key = column("key"), lon = column("lon"), lat = column("lat"), side = column("side");
  if (lon == columns.size() || lat == columns.size()) {
    throw Error(ErrorCode::bad_request, "The plan needs the columns lon and lat, and may have key and side.");
  }
  std::vector<PlanDoor> doors;
  std::vector<std::string> row;
  for (std::size_t number = 1; reader->next(row); ++number) {
    const auto cell = [&](std::size_t at) { return at < row.size() ? std::string_view(row[at]) : std::string_view(); };
    add(doors, {std::string(cell(key)),
                {degrees(number, cell(lon), "lon"), degrees(number, cell(lat), "lat")},
                std::string(cell(side))});
  }
  return doors;
}

}  // namespace

std::vector<PlanDoor> load_plan_doors(const std::string& file) {
  const bool is_geojson = file.ends_with(".geojson") || file.ends_with(".json");
  return is_geojson ? load_geojson(file) : load_table(file);
}

}  // namespace menpai::app

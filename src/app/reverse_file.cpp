// SPDX-License-Identifier: Apache-2.0
// One worker a thread, each with an engine of its own over the shared library.
#include "app/reverse_file.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <memory>
#include <mutex>

#include "address/engine.hpp"
#include "app/row_pipeline.hpp"
#include "base/error.hpp"
#include "geo/transform.hpp"

namespace menpai::app {
namespace {

using intake::CellKind;

constexpr double distance_max_m = 20'000;

/// Sums what the workers counted; they end in any order.
struct Counts {
  std::mutex mutex;
  std::uint64_t found = 0;
  std::uint64_t far = 0;
  std::uint64_t no_points = 0;
};

std::optional<double> number_in(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '+')) text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

class Finder final : public RowWorker {
 public:
  Finder(std::shared_ptr<const address::Library> library, geo::Crs crs, double max_distance_m, Counts& counts)
      : m_engine(std::move(library)), m_crs(crs), m_max_distance_m(max_distance_m), m_counts(counts) {}

  void take_second(std::string_view text) override { m_lat = text; }

  void work(std::string_view text, std::vector<std::string_view>& cells, std::vector<CellKind>& kinds) override {
    cells.assign(8, {});
    kinds.assign(8, CellKind::text);
    const std::optional<double> lon = number_in(text);
    const std::optional<double> lat = number_in(m_lat);
    if (!lon || !lat || !geo::is_on_globe(*lon, *lat)) {
      ++m_no_points;
      return;
    }
    const geo::LonLat point = geo::to_cgcs2000(*lon, *lat, m_crs);
    address::Nearest nearest;
    m_engine.reverse({&point, 1}, m_max_distance_m, {&nearest, 1});
    if (!m_engine.describe(nearest, m_found)) {
      ++m_far;
      return;
    }
    ++m_count;
    m_numbers.clear();
    if (m_found.point)
      fmt::format_to(std::back_inserter(m_numbers), "{:.7f}{:.7f}", m_found.point->lon, m_found.point->lat);
    const std::size_t lon_end = m_found.point ? m_numbers.find('.') + 8 : 0;
    const std::size_t lat_end = m_numbers.size();
    fmt::format_to(std::back_inserter(m_numbers), "{:.1f}", nearest.distance_m);
    const std::string_view numbers = m_numbers;
    cells = {m_found.address,
             m_found.id,
             m_found.code,
             m_found.division_code,
             level_name(m_found.level),
             numbers.substr(0, lon_end),
             numbers.substr(lon_end, lat_end - lon_end),
             numbers.substr(lat_end)};
    kinds[7] = CellKind::json;
    if (m_found.point) kinds[5] = kinds[6] = CellKind::json;
  }

  void count_into(FileSummary& /*summary*/) const override {
    const std::lock_guard lock(m_counts.mutex);
    m_counts.found += m_count;
    m_counts.far += m_far;
    m_counts.no_points += m_no_points;
  }

 private:
  address::Engine m_engine;
  geo::Crs m_crs;
  double m_max_distance_m;
  Counts& m_counts;
  std::string_view m_lat;
  Candidate m_found;
  std::string m_numbers;
  std::uint64_t m_count = 0, m_far = 0, m_no_points = 0;
};

void check_distance(double distance_m) {
  if (distance_m > 0 && distance_m <= distance_max_m) return;
  throw Error(ErrorCode::bad_request, "The greatest distance lies between 0 and 20,000 metres.");
}

}  // namespace

PointColumns point_columns(const std::map<std::string, std::string>& map) {
  PointColumns columns;
  for (const auto& [role, column] : map) {
    if (role != "lon" && role != "lat")
      throw Error(ErrorCode::bad_request, "There is no role \"" + role + "\" in --map. Use lon and lat.");
    (role == "lon" ? columns.lon : columns.lat) = column;
  }
  return columns;
}

ReverseSummary reverse_file(const TableFileInput& input, const PointColumns& columns, const TableFileOutput& output,
                            const FileEngine& engine, const WatchFile& watch) {
  const std::optional<geo::Crs> crs = geo::parse_crs(columns.crs);
  if (!crs) {
    throw Error(ErrorCode::bad_request,
                "There is no coordinate system \"" + columns.crs + "\". Use cgcs2000, wgs84, gcj02 or bd09.");
  }
  check_distance(columns.max_distance_m);
  const auto library = address::Library::open(engine.library);
  Counts counts;
  RowJob job;
  job.added_columns = {"mp_address", "mp_id",  "mp_code", "mp_division_code",
                       "mp_level",   "mp_lon", "mp_lat",  "mp_distance_m"};
  job.second_column = columns.lat;
  job.make_worker = [&] { return std::make_unique<Finder>(library, *crs, columns.max_distance_m, counts); };
  job.threads = engine.threads;
  TableFileInput first = input;
  first.column = columns.lon;
  ReverseSummary summary;
  summary.file = run_rows(first, output, job, watch);
  summary.found = counts.found;
  summary.far = counts.far;
  summary.no_points = counts.no_points;
  return summary;
}

std::optional<NearestAddress> find_nearest(const FileEngine& engine, geo::LonLat point, double max_distance_m) {
  check_distance(max_distance_m);
  address::Engine asked(address::Library::open(engine.library));
  address::Nearest nearest;
  asked.reverse({&point, 1}, max_distance_m, {&nearest, 1});
  NearestAddress found;
  if (!asked.describe(nearest, found.address)) return std::nullopt;
  found.distance_m = nearest.distance_m;
  return found;
}

}  // namespace menpai::app

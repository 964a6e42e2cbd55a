// SPDX-License-Identifier: Apache-2.0
#include "app/plate/plate_visit.hpp"

#include <algorithm>
#include <cmath>

#include "app/door.hpp"
#include "app/parts.hpp"
#include "app/plate/plate_keys.hpp"
#include "app/plate/plate_rows.hpp"
#include "base/error.hpp"
#include "model/plate.hpp"
#include "store/queries.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::plate;

constexpr double far_m = 50;
constexpr double metres_a_degree = 111'320;
constexpr std::int64_t places_a_day_max = 20;  ///< of one plate
constexpr std::size_t origins_max = 100'000;

VisitGate& visits() {
  static VisitGate gate(60, 30);
  return gate;
}
VisitGate& reports() {
  static VisitGate gate(6, 3);
  return gate;
}

void admit(VisitGate& gate, const Caller& caller) {
  if (!gate.admit(caller.origin)) {
    throw Error(ErrorCode::busy, "Too many requests from this address. Wait a minute.");
  }
}

Error unknown_code() {
  return Error(ErrorCode::not_found, "There is no address of this code.");
}

/// The object of a code and what may be told of it.
struct Told {
  std::int32_t county = 0;
  Uuid id;
  PlateVisit visit;
  std::optional<double> lon, lat;
};

Told tell(Application& app, std::string_view code) {
  if (!share::is_plate_code(code)) throw unknown_code();
  store::Store& store = *app.parts().store;
  const store::Result where = store.run(query::locate_code, code);
  if (where.empty()) throw unknown_code();
  Told told;
  const auto [county, kind, id] = where[0].as<std::int32_t, std::string, Uuid>();
  if (kind != "address" && kind != "place" && kind != "room" && kind != "building") throw unknown_code();
  told.county = county;
  told.id = id;
  if (kind == "building") {
    const store::Result main = store.run(query::building_address, county, id);
    if (main.empty()) throw unknown_code();
    told.id = main[0].get<Uuid>(0);
  }
  const store::Result found = store.run(kind == "place" ? query::public_place : query::public_address, county, told.id);
  if (found.empty()) throw unknown_code();
  told.visit.address = found[0].get<std::string>(0);
  told.visit.code = code;
  told.visit.is_in_use = found[0].get<std::string>(3) != "retired";
  told.lon = found[0].get<std::optional<double>>(5);
  told.lat = found[0].get<std::optional<double>>(6);
  if (!told.visit.is_in_use) {
    const store::Result next = store.run(query::successors, county, told.id);
    for (const store::Row row : next) {
      told.visit.successors.emplace_back(row.get<std::string>(0), row.get<std::string>(1));
    }
  }
  return told;
}

std::optional<PlateMap> draw_map(Application& app, const Told& told) {
  if (!told.lon || !told.lat || !told.visit.is_in_use) return std::nullopt;
  PlateMap map;
  const double degrees = map.half_side_m / metres_a_degree;
  const store::Result rows = app.parts().store->run(query::surroundings, told.county, *told.lon, *told.lat, degrees);
  for (const store::Row row : rows) {
    auto path = row.get<std::optional<std::string>>(1);
    if (!path || path->empty()) continue;
    (row.get<std::string>(0) == "road" ? map.roads : map.buildings).push_back(std::move(*path));
  }
  return map;
}

/// The plate that these digits are of, if we signed them with a key that holds or held.
struct Scanned {
  share::PlateVerdict verdict = share::PlateVerdict::not_a_plate;
  std::optional<Plate> plate;
};
Scanned scanned(Application& app, std::int32_t county, std::string_view code, std::string_view digits) {
  const share::PlateKeys keys = load_plate_keys(app);
  Scanned found;
  for (const std::string& base : plate_bases(app)) {
    const std::string text = base + std::string(code) + "/" + std::string(digits);
    const share::PlateVerdict verdict = share::verify_plate_text(text, base, keys);
    found.verdict = verdict;
    if (verdict != share::PlateVerdict::genuine && verdict != share::PlateVerdict::revoked_key) continue;
    const int copy = share::parse_plate_text(text)->copy;
    const store::Result rows = app.parts().store->run(query::by_code, county, code);
    for (const store::Row row : rows) {
      Plate plate = plate_of_row(row);
      if (plate.copy == copy) found.plate = std::move(plate);
    }
    break;
  }
  return found;
}

PlateStanding standing_of(const Scanned& scan) {
  if (scan.verdict == share::PlateVerdict::revoked_key) return PlateStanding::revoked;
  // Signed by us but on no list of ours: printed from a stolen key.
  if (scan.verdict != share::PlateVerdict::genuine || !scan.plate) return PlateStanding::forged;
  const Plate& plate = *scan.plate;
  if (!plate.revoked_on.empty()) return PlateStanding::revoked;
  if (plate.state == PlateState::replaced || plate.state == PlateState::withdrawn) return PlateStanding::old;
  return plate.is_temporary ? PlateStanding::temporary : PlateStanding::genuine;
}

/// Where a plate hangs, or else its address.
std::optional<std::pair<double, double>> place_of(const Plate& plate, const Told& told) {
  if (plate.lon && plate.lat) return std::pair{*plate.lon, *plate.lat};
  if (told.lon && told.lat) return std::pair{*told.lon, *told.lat};
  return std::nullopt;
}

/// Short ways only; good to a part in a thousand.
double distance_m(double lon1, double lat1, double lon2, double lat2) {
  const double x = (lon2 - lon1) * metres_a_degree * std::cos((lat1 + lat2) / 2 * 3.14159265358979 / 180);
  const double y = (lat2 - lat1) * metres_a_degree;
  return std::hypot(x, y);
}

}  // namespace

std::string_view plate_standing_name(PlateStanding standing) {
  static constexpr std::string_view names[] = {"unsigned_link", "genuine", "temporary", "old", "revoked", "forged"};
  return names[static_cast<std::size_t>(standing)];
}

PlateVisit visit_plate(Application& app, const Caller& caller, std::string_view code, std::string_view digits) {
  admit(visits(), caller);
  require(app, caller, Action::visit_plate);
  Told told = tell(app, code);
  if (!digits.empty()) {
    const Scanned scan = scanned(app, told.county, code, digits);
    told.visit.standing = standing_of(scan);
    if (scan.plate) told.visit.revoked_on = scan.plate->revoked_on;
    told.visit.can_report =
        scan.plate && place_of(*scan.plate, told).has_value() && scan.verdict == share::PlateVerdict::genuine;
  }
  told.visit.contact = app.settings().plate_contact;
  told.visit.map = draw_map(app, told);
  return std::move(told.visit);
}

bool report_plate_scan(Application& app, const Caller& caller, std::string_view code, std::string_view digits,
                       double lon, double lat, double accuracy_m) {
  admit(reports(), caller);
  require(app, caller, Action::report_plate);
  if (!(std::abs(lon) <= 180 && std::abs(lat) <= 90)) {
    throw Error(ErrorCode::bad_request, "A position has a longitude within 180 and a latitude within 90 degrees.");
  }
  const Told told = tell(app, code);
  const Scanned scan = scanned(app, told.county, code, digits);
  const auto place = scan.plate ? place_of(*scan.plate, told) : std::nullopt;
  if (scan.verdict != share::PlateVerdict::genuine || !place) {
    throw Error(ErrorCode::bad_request, "Only a genuine plate whose place is known can be reported.");
  }
  const double distance = distance_m(place->first, place->second, lon, lat);
  if (distance - std::max(0.0, accuracy_m) <= far_m) return false;
  store::Store& store = *app.parts().store;
  const std::string day = store::iso_text(store::today());
  const Uuid plate = scan.plate->id.value;
  if (store.run(store::query::plate_scan::count_of_day, told.county, plate, day).only().get<std::int64_t>(0) <
      places_a_day_max) {
    const auto rounded = [](double degrees) { return std::round(degrees * 1000) / 1000; };
    const auto rough_m = static_cast<std::int32_t>(std::min(2e7, std::max(100.0, std::round(distance / 100) * 100)));
    store.run(store::query::plate_scan::add, told.county, plate, day, rounded(lon), rounded(lat), rough_m);
  }
  return true;
}

std::vector<PlateScanReport> list_plate_scans(Application& app, const Caller& caller) {
  require(app, caller, Action::read_plate, "plate_scan");
  store::Store& store = *app.parts().store;
  std::vector<PlateScanReport> list;
  const store::Result rows = store.run(store::query::plate_scan::list, all_counties(store), std::int64_t{500});
  for (const store::Row row : rows) {
    list.push_back({row.get<Uuid>(1).text(), row.get<std::string>(7), row.get<std::string>(9), row.get<std::string>(2),
                    row.get<std::int32_t>(8), row.get<double>(3), row.get<double>(4), row.get<std::int32_t>(5),
                    row.get<std::int32_t>(6)});
  }
  return list;
}

std::uint64_t settle_plate_scans(Application& app, const Caller& caller, std::string_view plate_id) {
  require(app, caller, Action::survey_plate, "plate", plate_id);
  const auto id = Uuid::parse(plate_id);
  if (!id) throw Error(ErrorCode::not_found, "There is no such plate.");
  store::Store& store = *app.parts().store;
  return store
      .run(store::query::plate_scan::settle, county_of_object(store, *id, "plate"), *id, caller.name, store::now())
      .affected();
}

bool VisitGate::admit(const std::string& origin, Clock::time_point now) {
  if (origin == "cli") return true;
  const std::lock_guard lock(m_mutex);
  if (m_buckets.size() >= origins_max) {
    std::erase_if(m_buckets, [&](const auto& one) { return now - one.second.at > std::chrono::minutes(5); });
    if (m_buckets.size() >= origins_max) return false;
  }
  const auto [at, is_new] = m_buckets.try_emplace(origin, Bucket{m_at_once, now});
  Bucket& bucket = at->second;
  const double minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.at).count();
  bucket.left = std::min(m_at_once, bucket.left + minutes * m_a_minute);
  bucket.at = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}

}  // namespace menpai::app

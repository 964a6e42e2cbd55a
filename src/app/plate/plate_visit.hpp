// SPDX-License-Identifier: Apache-2.0
// What everybody who scans a plate is told, and what he may tell us: nothing about people in either direction.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/application.hpp"

namespace menpai::app {

enum class PlateStanding : std::uint8_t {
  unsigned_link,  ///< somebody came by the address's code alone: nothing is said of a plate
  genuine,        ///< signed by us, and current
  temporary,      ///< genuine, and proves no right
  old,            ///< genuine, but replaced or withdrawn
  revoked,        ///< this plate or its key counts no more
  forged,         ///< not signed by us
};
/// "unsigned_link", "genuine" …
std::string_view plate_standing_name(PlateStanding standing);

/// Roads and buildings around, as SVG path data in metres from the middle, y downwards.
struct PlateMap {
  double half_side_m = 120;
  std::vector<std::string> roads, buildings;
};

struct PlateVisit {
  PlateStanding standing = PlateStanding::unsigned_link;
  std::string code;
  std::string address;                                          ///< display text, or the place's name
  bool is_in_use = true;                                        ///< false: retired
  std::vector<std::pair<std::string, std::string>> successors;  ///< address, code; of a retired one
  std::string revoked_on;
  std::string contact;  ///< office and work phone (setting plate.contact)
  std::optional<PlateMap> map;
  bool can_report = false;  ///< the plate has a place from which a scan can be far
};
/// `digits`: what stands behind the code in the QR code; empty for the code alone. Throws not_found for a code that was
/// never given out (and for nothing else, so that it tells nothing), busy if this origin asks too often.
PlateVisit visit_plate(Application& app, const Caller& caller, std::string_view code, std::string_view digits);

/// Tells that a plate was scanned at a place. Kept only if the place is more than 50 m (and more than `accuracy_m` on
/// top of that) from the plate's, rounded to
/// about 100 m, with the day and nothing of who told. True if it was far. Throws bad_request for a text that is no
/// genuine plate's, busy.
bool report_plate_scan(Application& app, const Caller& caller, std::string_view code, std::string_view digits,
                       double lon, double lat, double accuracy_m);

struct PlateScanReport {
  std::string plate_id, code, address, day;
  int copy = 0;
  double lon = 0, lat = 0;
  int distance_m = 0;
  int count = 0;
};
/// The newest 500 that nobody has settled.
std::vector<PlateScanReport> list_plate_scans(Application& app, const Caller& caller);
/// Somebody looked into the reports of a plate; how many there were.
std::uint64_t settle_plate_scans(Application& app, const Caller& caller, std::string_view plate_id);

/// How often one origin may ask: a bucket that refills.
class VisitGate {
 public:
  using Clock = std::chrono::steady_clock;
  VisitGate(double a_minute, double at_once) : m_a_minute(a_minute), m_at_once(at_once) {}
  /// False: too often. Forgets origins that have not asked for a while; holds at most 100,000.
  bool admit(const std::string& origin, Clock::time_point now = Clock::now());

 private:
  struct Bucket {
    double left;
    Clock::time_point at;
  };
  double m_a_minute, m_at_once;
  std::mutex m_mutex;
  std::map<std::string, Bucket> m_buckets;
};

}  // namespace menpai::app

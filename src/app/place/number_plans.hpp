// SPDX-License-Identifier: Apache-2.0
// A developer's application for door numbers (申请编制门楼号): doors of a plan in, numbers proposed by the city's rule,
// and the change set that makes the addresses.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "app/change/change_kinds.hpp"
#include "geo/coordinate.hpp"

namespace menpai::app {

inline constexpr std::size_t plan_doors_max = 5000;

struct PlanDoor {
  std::string key;  ///< the applicant's own name for it: "1#楼大堂"
  geo::LonLat point;
  std::string side;  ///< "odd", "even", or empty: by where it lies
};
struct NumberPlanQuestion {
  std::string place_id;                 ///< the street
  std::string rule;                     ///< empty: the installation's
  std::optional<geo::LonLat> entrance;  ///< of a dead end
  std::vector<PlanDoor> doors;
};

struct ProposedDoor {
  std::string key;
  std::string number;   ///< "12号", "12号附1号"; empty if refused
  std::string address;  ///< the standard address as the register writes it; empty if refused
  std::string reason;   ///< in_sequence, by_distance, sub_number; where refused: on_the_line, too_far, number_limit
  std::string side;     ///< "odd", "even", or empty
  geo::LonLat point;
  double along_m = 0;   ///< from where the numbers begin
  double offset_m = 0;  ///< from the street's line, positive on the left
};
struct NumberProposal {
  std::string place_id, place_name, rule;
  double street_length_m = 0;
  std::vector<ProposedDoor> doors;    ///< one for each that came in, in that order
  std::vector<std::string> reserved;  ///< numbers that are kept: "3号–11号"
  std::string request;                ///< JSON: what a change set of kind address.number_plan takes
};
/// Writes nothing. Numbers that the street ever had are not given again. Throws not_found for a place that is none,
/// bad_request for a place without a line, too many doors, a point or side that is none.
NumberProposal propose_numbers(Application& app, const Caller& caller, const NumberPlanQuestion& question);

/// The doors of a GeoJSON file (points with the properties key, side) or of a table with the columns key, lon, lat,
/// side. Throws bad_request that names the row at fault.
std::vector<PlanDoor> load_plan_doors(const std::string& file);

// The planner of change sets of kind address.number_plan: {place_id, doors: [{number, lon, lat, key}], applicant,
// project}.
ChangeSubject subject_of_number_plan(Application&, const address::DivisionIndex&, const RequestJson&);
void plan_number_plan(PlanContext&, const RequestJson&, ChangePlan&);

}  // namespace menpai::app

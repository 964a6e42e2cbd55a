// SPDX-License-Identifier: Apache-2.0
// Numbers for the doors of a plan: along the street by the rule, between those there are, with numbers kept in reserve.
//
// Sources: the rules named in rules/numbering.tsv. No number is given twice; a door between two neighbouring numbers
// gets a sub-number (附号) of the one before it; a sub-number never gets a sub-number.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/coordinate.hpp"
#include "spine/door_number.hpp"
#include "spine/numbering_rule.hpp"
#include "spine/street_line.hpp"

namespace menpai::spine {

/// A door that needs a number.
struct Door {
  std::string key;  ///< the applicant's own name for it
  geo::LonLat point;
  std::optional<Parity> parity;  ///< stated by the applicant; else by the side it lies on
};

/// A number that is in use, or kept or archived and not to be given again.
struct TakenNumber {
  DoorNumber number;
  std::optional<geo::LonLat> point;  ///< none: it stands in nobody's order, but is not given again
};

/// Why a door got its number.
enum class NumberReason : std::uint8_t {
  in_sequence,  ///< the next of its side
  by_distance,  ///< what its distance says
  sub_number,   ///< no number was free between its neighbours
};
std::string_view number_reason_name(NumberReason reason);

/// Why a door got none.
enum class NumberRefusal : std::uint8_t {
  none,
  on_the_line,   ///< it lies on the street's line and its side is not stated
  too_far,       ///< it lies more than door_distance_max_m from the street
  number_limit,  ///< the street has run out of numbers
};
std::string_view number_refusal_name(NumberRefusal refusal);

inline constexpr double door_distance_max_m = 300;

struct NumberedPlanDoor {
  std::string key;
  NumberRefusal refusal = NumberRefusal::none;
  NumberReason reason = NumberReason::in_sequence;
  DoorNumber number;
  std::string text;  ///< "12号", "12号附1号"; empty if refused
  Station station;
  std::optional<Parity> parity;
};

/// Numbers of one side that the plan leaves free, from the first to the last in steps of two.
struct ReservedNumbers {
  int first = 0, last = 0;
};

struct NumberPlan {
  std::vector<NumberedPlanDoor> doors;  ///< one for each door that came in, in that order
  std::vector<ReservedNumbers> reserved;
};

/// Costs the doors times the street's corners, and one sort.
NumberPlan plan_numbers(const NumberingRule& rule, const StreetLine& street, std::span<const Door> doors,
                        std::span<const TakenNumber> taken);

/// The next sub-number of `base`. Throws bad_request if `base` is itself a sub-number.
DoorNumber next_sub_number(DoorNumber base, std::span<const TakenNumber> taken);

}  // namespace menpai::spine

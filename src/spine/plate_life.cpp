// SPDX-License-Identifier: Apache-2.0
#include "spine/plate_life.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace menpai::spine {
namespace {

constexpr std::array<std::string_view, plate_step_count> step_names = {
    "list", "unlist", "accept", "reject", "install", "inspect", "report", "mend", "replace", "withdraw"};

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  const auto two = [text](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const int year = two(0) * 100 + two(2);
  const int month = two(5);
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || year < 1900) return false;
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return two(8) >= 1 && two(8) <= days[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

PlateRefusal check_needs(const PlateStepRule& rule, const PlateStepRequest& request) {
  for (const std::string_view need : rule.needs) {
    if (need == "on" && request.on.empty()) return PlateRefusal::missing_day;
    if (need == "by" && request.by.empty()) return PlateRefusal::missing_name;
    if (need == "batch" && request.batch.empty()) return PlateRefusal::missing_batch;
    if (need == "finding" && request.finding == PlateFinding::none) return PlateRefusal::missing_finding;
    if (need == "reason" && request.reason.empty()) return PlateRefusal::missing_reason;
    if (need == "successor" && request.successor.empty()) return PlateRefusal::missing_successor;
  }
  return PlateRefusal::none;
}

/// The latest day that is known of the plate.
const std::string& last_day(const Plate& plate) {
  return std::max({std::cref(plate.produced_on), std::cref(plate.installed_on), std::cref(plate.inspected_on)},
                  [](const std::string& a, const std::string& b) { return a < b; })
      .get();
}

PlateRefusal check_values(const Plate& plate, const PlateStepRequest& request) {
  if (!request.on.empty() && (!is_day(request.on) || request.on < last_day(plate))) return PlateRefusal::wrong_day;
  if (request.lon.has_value() != request.lat.has_value()) return PlateRefusal::wrong_position;
  if (request.lon && !(std::abs(*request.lon) <= 180 && std::abs(*request.lat) <= 90)) {
    return PlateRefusal::wrong_position;
  }
  return PlateRefusal::none;
}

void set_position(Plate& plate, const PlateStepRequest& request) {
  if (request.lon) {
    plate.lon = request.lon;
    plate.lat = request.lat;
  }
  if (!request.photo.empty()) plate.photo = request.photo;
}

}  // namespace

std::string_view plate_step_name(PlateStep step) {
  return step_names[static_cast<std::size_t>(step)];
}

std::optional<PlateStep> parse_plate_step(std::string_view name) {
  const auto found = std::find(step_names.begin(), step_names.end(), name);
  if (found == step_names.end()) return std::nullopt;
  return static_cast<PlateStep>(found - step_names.begin());
}

const std::vector<PlateStepRule>& plate_step_rules() {
  using enum PlateState;
  // clang-format off
  static const std::vector<PlateStepRule> rules = {
      {PlateStep::list,     {planned},                                                 listed,    {"batch"}},
      {PlateStep::unlist,   {listed},                                                  planned,   {}},
      {PlateStep::accept,   {listed},                                                  produced,  {"on"}},
      {PlateStep::reject,   {listed},                                                  planned,   {"reason"}},
      {PlateStep::install,  {produced},                                                installed, {"on", "by"}},
      {PlateStep::inspect,  {installed, inspected},                                    inspected, {"on", "by"}},
      {PlateStep::report,   {installed, inspected, damaged},                           damaged,   {"on", "finding"}},
      {PlateStep::mend,     {damaged},                                                 installed, {"on", "by"}},
      {PlateStep::replace,  {installed, inspected, damaged},                           replaced,  {"on", "successor"}},
      {PlateStep::withdraw, {planned, listed, produced, installed, inspected, damaged, replaced},
                                                                                       withdrawn, {"on", "reason"}},
  };
  // clang-format on
  return rules;
}

std::optional<PlateState> next_plate_state(PlateState state, PlateStep step) {
  const PlateStepRule& rule = plate_step_rules()[static_cast<std::size_t>(step)];
  if (std::find(rule.from.begin(), rule.from.end(), state) == rule.from.end()) return std::nullopt;
  return rule.to;
}

std::string_view plate_refusal_name(PlateRefusal refusal) {
  static constexpr std::string_view names[] = {
      "none",           "wrong_state",       "missing_day", "missing_name",  "missing_batch", "missing_finding",
      "missing_reason", "missing_successor", "wrong_day",   "wrong_position"};
  return names[static_cast<std::size_t>(refusal)];
}

std::string plate_refusal_message(PlateRefusal refusal, PlateState state, PlateStep step) {
  const std::string what(plate_step_name(step));
  switch (refusal) {
    case PlateRefusal::none:
      return {};
    case PlateRefusal::wrong_state:
      return "A plate that is " + std::string(plate_state_name(state)) + " cannot take the step \"" + what + "\".";
    case PlateRefusal::missing_day:
      return "The step \"" + what + "\" needs the day on which it was done.";
    case PlateRefusal::missing_name:
      return "The step \"" + what + "\" needs the name of who did it.";
    case PlateRefusal::missing_batch:
      return "Name the batch onto whose list the plate goes.";
    case PlateRefusal::missing_finding:
      return "Say what was found: duplicate, wrong, missing or damaged.";
    case PlateRefusal::missing_reason:
      return "The step \"" + what + "\" needs a reason.";
    case PlateRefusal::missing_successor:
      return "Name the plate that takes the place of this one.";
    case PlateRefusal::wrong_day:
      return "The day must be written like 2026-11-20 and be no earlier than the plate's last step.";
    case PlateRefusal::wrong_position:
      return "A position has a longitude within 180 and a latitude within 90 degrees.";
  }
  return {};
}

PlateRefusal take_plate_step(Plate& plate, const PlateStepRequest& request) {
  const std::optional<PlateState> to = next_plate_state(plate.state, request.step);
  if (!to) return PlateRefusal::wrong_state;
  const PlateStepRule& rule = plate_step_rules()[static_cast<std::size_t>(request.step)];
  if (const PlateRefusal refusal = check_needs(rule, request); refusal != PlateRefusal::none) return refusal;
  if (const PlateRefusal refusal = check_values(plate, request); refusal != PlateRefusal::none) return refusal;
  plate.state = *to;
  switch (request.step) {
    case PlateStep::list:
      plate.batch_id = request.batch;
      break;
    case PlateStep::unlist:
    case PlateStep::reject:
      plate.batch_id.clear();
      plate.key_id = 0;
      break;
    case PlateStep::accept:
      plate.produced_on = request.on;
      break;
    case PlateStep::install:
    case PlateStep::mend:
      plate.installed_on = request.on;
      plate.installed_by = request.by;
      plate.inspected_on.clear();
      plate.inspected_by.clear();
      plate.finding = PlateFinding::none;
      set_position(plate, request);
      break;
    case PlateStep::inspect:
      plate.inspected_on = request.on;
      plate.inspected_by = request.by;
      set_position(plate, request);
      break;
    case PlateStep::report:
      plate.finding = request.finding;
      break;
    case PlateStep::replace:
      plate.successor_id = request.successor;
      break;
    case PlateStep::withdraw:
      break;
  }
  if (!request.reason.empty()) plate.note = request.reason;
  return PlateRefusal::none;
}

bool is_hanging(PlateState state) {
  return state == PlateState::installed || state == PlateState::inspected || state == PlateState::damaged;
}

bool is_current(PlateState state) {
  return state < PlateState::damaged;
}

std::string_view plate_status(PlateState state) {
  switch (state) {
    case PlateState::planned:
    case PlateState::listed:
    case PlateState::produced:
      return "proposed";
    case PlateState::installed:
    case PlateState::inspected:
    case PlateState::damaged:
      return "in_use";
    case PlateState::replaced:
    case PlateState::withdrawn:
      return "retired";
  }
  return {};
}

}  // namespace menpai::spine

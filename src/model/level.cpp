// SPDX-License-Identifier: Apache-2.0
#include "model/level.hpp"

#include <array>

namespace menpai {
namespace {

constexpr std::array<std::string_view, level_count> level_names = {"none",    "province", "city",  "county", "town",
                                                                   "village", "group",    "place", "number", "building",
                                                                   "unit",    "floor",    "room"};
constexpr std::array<std::string_view, 4> grade_names = {"A", "B", "C", "none"};
constexpr std::array<std::string_view, 11> reason_names = {"matched",   "alias",       "former_name", "corrected",
                                                           "filled_in", "inferred",    "unverified",  "ambiguous",
                                                           "several",   "conflicting", "not_found"};
constexpr std::array<std::string_view, 5> outcome_names = {"new", "changed", "same", "held", "refused"};

}  // namespace

std::string_view level_name(Level level) {
  return level_names[static_cast<std::size_t>(level)];
}

std::optional<Level> parse_level(std::string_view name) {
  for (std::size_t i = 0; i < level_names.size(); ++i) {
    if (level_names[i] == name) return static_cast<Level>(i);
  }
  return std::nullopt;
}

std::string_view grade_name(Grade grade) {
  return grade_names[static_cast<std::size_t>(grade)];
}
std::string_view reason_name(Reason reason) {
  return reason_names[static_cast<std::size_t>(reason)];
}
std::string_view row_outcome_name(RowOutcome outcome) {
  return outcome_names[static_cast<std::size_t>(outcome)];
}

}  // namespace menpai

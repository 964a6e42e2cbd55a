// SPDX-License-Identifier: Apache-2.0
#include "model/finding.hpp"

#include <algorithm>
#include <array>

namespace menpai {
namespace {

constexpr std::array<std::string_view, finding_kind_count> kind_names = {
    "unnamed_street", "unlisted_street", "several_names",     "duplicate_name", "same_sound_name",
    "wrong_name",     "missing_number",  "duplicate_number",  "out_of_order",   "wrong_side",
    "number_gap",     "sub_of_sub",      "unreadable_number", "sides_swapped",  "direction_reversed"};

}  // namespace

std::string_view finding_kind_name(FindingKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<FindingKind> parse_finding_kind(std::string_view name) {
  const auto at = std::find(kind_names.begin(), kind_names.end(), name);
  if (at == kind_names.end()) return std::nullopt;
  return static_cast<FindingKind>(at - kind_names.begin());
}

}  // namespace menpai

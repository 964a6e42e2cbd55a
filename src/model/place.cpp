// SPDX-License-Identifier: Apache-2.0
#include "model/place.hpp"

#include <algorithm>
#include <array>

namespace menpai {
namespace {

constexpr std::array<std::string_view, 5> kind_names = {"road", "lane", "estate", "village", "compound"};

}  // namespace

std::string_view place_kind_name(PlaceKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<PlaceKind> parse_place_kind(std::string_view name) {
  const auto at = std::find(kind_names.begin(), kind_names.end(), name);
  if (at == kind_names.end()) return std::nullopt;
  return static_cast<PlaceKind>(at - kind_names.begin());
}

}  // namespace menpai

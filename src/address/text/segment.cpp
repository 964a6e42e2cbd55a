// SPDX-License-Identifier: Apache-2.0
// Names of the labels.
#include "address/text/segment.hpp"

#include <array>

namespace menpai::address {

std::string_view label_name(Label label) {
  static constexpr std::array<std::string_view, label_count> names = {
      "country", "prov",    "city",   "district",  "devZone", "town",      "community",
      "road",    "subRoad", "roadno", "subroadno", "poi",     "subpoi",    "houseno",
      "cellno",  "floorno", "roomno", "person",    "assist",  "redundant", "otherinfo"};
  return names[static_cast<std::size_t>(label)];
}

}  // namespace menpai::address

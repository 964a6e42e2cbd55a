// SPDX-License-Identifier: Apache-2.0
// What a reverse lookup finds for one point.
#pragma once

#include <cstdint>
#include <limits>

namespace menpai::address {

/// What stands at a point: a row of the library, or (with the highest bit) a node of its tree that is no row.
using Anchor = std::uint32_t;
inline constexpr Anchor node_anchor = 0x80000000u;
inline constexpr Anchor no_anchor = 0xFFFFFFFFu;

/// The nearest anchor of one point, to be shown with Engine::describe.
struct Nearest {
  Anchor anchor = no_anchor;
  double distance_m = std::numeric_limits<double>::infinity();
  bool found() const { return anchor != no_anchor; }
};

}  // namespace menpai::address

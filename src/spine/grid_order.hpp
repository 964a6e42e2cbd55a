// SPDX-License-Identifier: Apache-2.0
// In which order the grids of a village are numbered.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "geo/coordinate.hpp"

namespace menpai::spine {

/// Where a grid lies, in degrees.
struct GridPlace {
  geo::LonLat middle;
  double south = 0, north = 0;
};

/// The grids from north to south in rows, in a row from west to east (从西向东、从北向南, the rule of Beijing's unit
/// grids; read as lines of text are). A row begins with the northernmost grid that is left, and has all whose middle
/// lies north of its southern edge. Returns indices into `grids`.
std::vector<std::size_t> reading_order(std::span<const GridPlace> grids);

}  // namespace menpai::spine

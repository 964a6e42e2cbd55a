// SPDX-License-Identifier: Apache-2.0
// Streets that lie on one line: what becomes 一路多名 (one street, several names) if their names differ.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "geo/geometry.hpp"

namespace menpai::spine {

struct SharedLine {
  std::size_t part;   ///< the shorter street, as an index
  std::size_t whole;  ///< the one that it lies on
};

/// Pairs of which the shorter street's beginning, middle and end all lie within `tolerance_m` of the longer one; of two
/// that are equally long the first counts as the shorter. In the order of the indices. What is no line is left out.
/// Costs some microseconds a street, and memory for a grid of the streets' segments.
std::vector<SharedLine> find_shared_lines(std::span<const geo::Geometry> streets, double tolerance_m);

}  // namespace menpai::spine

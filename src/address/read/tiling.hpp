// SPDX-License-Identifier: Apache-2.0
// From stretches of the normalised text to elements that tile the original.
#pragma once

#include <vector>

#include "address/text/normalise.hpp"
#include "address/text/segment.hpp"

namespace menpai::address {

/// Gives `cut` (in order, from < to, without a gap in the normalised text) their places in the original and writes them
/// to `tiled`, with elements for what was removed. Characters that are not in the normalised text (a second space,
/// zero-width ones) go to the element before them.
void tile_elements(const NormalText& normal, const std::vector<TypedElement>& cut, std::vector<TypedElement>& tiled);

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Cuts what the divisions leave of a text into typed elements: roads, estates, numbers, hints.
#pragma once

#include <vector>

#include "address/division/division_index.hpp"
#include "address/division/division_resolve.hpp"
#include "address/read/quick_cuts.hpp"
#include "address/text/normalise.hpp"
#include "address/text/segment.hpp"

namespace menpai::address {

/// Cuts `normal` into elements that tile the original, in text order; recognised divisions keep their mentions.
/// Linear; no allocation once `scratch` and `elements` are warm. Returns the level at which the text goes on to a
/// second address (its elements are `further`), none where it holds one only. `quick`, if given, spares the cutting of
/// what looks like a text that it was given before; the result is the same.
Level cut_elements(const NormalText& normal, const DivisionPath& division, const DivisionIndex& index,
                   std::vector<TypedElement>& scratch, std::vector<TypedElement>& elements, QuickCuts* quick = nullptr);

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Places and numbers that a text says twice: 兴港路8号兴港路8号3栋.
#pragma once

#include <string_view>
#include <vector>

#include "address/text/segment.hpp"

namespace menpai::address {

/// Marks the shorter of two equal runs of names and numbers as said twice: redundant, without level, `repeated`. Runs
/// whose numbers differ are left: they are two addresses. `chars` is the normalised text of `elements`. Bounded: texts
/// with very many elements are left as they are.
void mark_repeats(std::u32string_view chars, std::vector<TypedElement>& elements);

}  // namespace menpai::address

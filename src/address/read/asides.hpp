// SPDX-License-Identifier: Apache-2.0
// What a text says beside its address: crossings, landmarks, former numbers, and further addresses in the same cell.
#pragma once

#include <string_view>
#include <vector>

#include "address/text/segment.hpp"

namespace menpai::address {

/// Marks as `aside` the elements that say where the address lies without being part of it: the second road of a
/// crossing (萍水街|与益乐路交叉口), a landmark behind a complete address (8号|超市对面), a bracket that says the
/// address in another way (3栋501(兴港路8号)) or says what it was called before (8号(原5号)). They keep their labels
/// and are residue. `chars` is the normalised text of `elements`.
void set_asides_apart(std::u32string_view chars, std::vector<TypedElement>& elements);

/// A text may hold several addresses: 兴港路8号、二马路9号. Where a second one begins, it and all behind it lose their
/// level and are `further`. Returns the level at which the second begins; none where there is one address only.
Level set_further_addresses_apart(std::u32string_view chars, std::vector<TypedElement>& elements);

}  // namespace menpai::address

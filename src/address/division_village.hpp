// SPDX-License-Identifier: Apache-2.0
// Villages and communities: searched only where the county or the town is known.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "address/division_layout.hpp"

namespace menpai::address {

struct VillageFound {
  DivisionNode node = no_division;
  std::uint32_t end = 0;  ///< behind the name and its generic word
};

/// The village whose name begins at `pos`: below `town`, or, if the town is not known (no_division), the only one of
/// the name below `holder`, the node that holds the towns. Names may lack 村 or 社区 where a town is known and nothing
/// makes them another name. `symbols` are those of `chars`, as far as they were looked up.
VillageFound village_at(const DivisionIndex::Data& data, std::u32string_view chars, std::span<const char16_t> symbols,
                        std::uint32_t pos, DivisionNode holder, DivisionNode town);

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Villages and communities: searched only where the county or the town is known.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "address/division/division_layout.hpp"
#include "address/division/division_resolve.hpp"

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

/// Adds to a path, as resolve_names gives it, the village that stands right behind the town or the county, or behind a
/// separator soon after; nothing where the path is ambiguous. Does not change the path's score.
void add_village(const DivisionIndex::Data& data, std::u32string_view chars, std::span<const char16_t> symbols,
                 DivisionPath& path);

/// The division that holds the villages which may be named behind a path: they are looked for below it. no_division
/// where none are looked for.
DivisionNode village_holder(const DivisionIndex::Data& data, const DivisionPath& path);

/// Asks memory for what add_village will read first.
void fetch_village(const DivisionIndex::Data& data, std::span<const char16_t> symbols, const DivisionPath& path);

}  // namespace menpai::address

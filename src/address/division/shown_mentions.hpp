// SPDX-License-Identifier: Apache-2.0
// Which mention of a division is shown where a text names it more than once.
#pragma once

#include <cstddef>
#include <span>

#include "address/division/division_resolve.hpp"

namespace menpai::address {

/// Where a text says its divisions more than once, one mention of each level is shown, the others are redundant. The
/// text falls into chains, outer to inner; the chain that begins outermost is shown, of equal ones the last; where a
/// chain begins with the level the one before ended with (嘉兴嘉兴市), it carries that one on.
bool is_mention_shown(std::span<const Mention> all, std::size_t index);

}  // namespace menpai::address

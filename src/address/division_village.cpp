// SPDX-License-Identifier: Apache-2.0
// Narrows a county's sorted village names symbol by symbol.
#include "address/division_village.hpp"

#include <algorithm>

#include "address/lexicon.hpp"

namespace menpai::address {
namespace {

bool is_generic_end(char32_t c) {
  return c == U'区' || c == U'县' || c == U'市' || c == U'镇' || c == U'乡';
}

/// Whether a village's name without its word may end at `at`: before a number, a separator, or a road of its own.
bool bare_name_ends(std::u32string_view chars, std::size_t at) {
  if (at >= chars.size() || is_separator(chars[at]) || is_digit(chars[at])) return true;
  if (turns_into_other(chars, at) || is_generic_end(chars[at])) return false;
  for (std::size_t i = at + 1; i < chars.size() && i < at + 7; ++i) {
    const WordMatch word = word_at(chars, i);
    if (word.kind == WordKind::road || word.kind == WordKind::lane) return i >= at + 2;
    if (word.kind != WordKind::none) return word.kind == WordKind::zone && i >= at + 2;
  }
  return false;
}

}  // namespace

VillageFound village_at(const DivisionIndex::Data& data, std::u32string_view chars, std::span<const char16_t> symbols,
                        std::uint32_t pos, DivisionNode holder, DivisionNode town) {
  const auto nodes = data.node_records();
  const auto villages = data.village_records().subspan(nodes[holder].village_first, nodes[holder].village_count);
  const auto pool = data.symbol_pool();
  std::size_t lo = 0;
  std::size_t hi = villages.size();
  VillageFound found;
  for (std::uint32_t depth = 0; lo < hi && pos + depth < symbols.size(); ++depth) {
    const char16_t symbol = symbols[pos + depth];
    if (symbol == 0) break;
    const auto at = [&](const VillageRecord& v) { return depth < v.length ? pool[v.pool + depth] : u'\0'; };
    const auto begin = villages.begin() + static_cast<std::ptrdiff_t>(lo);
    const auto end = villages.begin() + static_cast<std::ptrdiff_t>(hi);
    const auto first =
        std::lower_bound(begin, end, symbol, [&](const VillageRecord& v, char16_t s) { return at(v) < s; });
    const auto last =
        std::upper_bound(first, end, symbol, [&](char16_t s, const VillageRecord& v) { return s < at(v); });
    lo = static_cast<std::size_t>(first - villages.begin());
    hi = static_cast<std::size_t>(last - villages.begin());
    std::size_t count = 0;
    DivisionNode only = no_division;
    for (std::size_t i = lo; i < hi && villages[i].length == depth + 1; ++i) {
      if (town != no_division && nodes[villages[i].node].parent != town) continue;
      ++count;
      only = villages[i].node;
    }
    if (count != 1) continue;
    const std::uint32_t stop = pos + depth + 1;
    const WordMatch word = word_at(chars, stop);
    if (word.kind == WordKind::community) {
      found = {only, stop + word.length};
    } else if (town != no_division && depth >= 1 && bare_name_ends(chars, stop)) {
      found = {only, stop};
    }
  }
  return found;
}

}  // namespace menpai::address

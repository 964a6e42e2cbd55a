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

DivisionNode village_holder(const DivisionIndex::Data& data, const DivisionPath& path) {
  if (path.node == no_division || !path.open.empty()) return no_division;
  const auto nodes = data.node_records();
  const DivisionNode town = path.at[static_cast<std::size_t>(Level::town)];
  const DivisionNode holder = town != no_division ? nodes[town].parent : path.node;
  return holder != no_division && nodes[holder].village_count > 0 ? holder : no_division;
}

void add_village(const DivisionIndex::Data& data, std::u32string_view chars, std::span<const char16_t> symbols,
                 DivisionPath& path) {
  constexpr std::uint32_t searched_max = 16;
  const DivisionNode holder = village_holder(data, path);
  if (holder == no_division) return;
  const std::size_t t = static_cast<std::size_t>(Level::town);
  std::uint32_t pos = path.mentions.empty() ? 0 : path.mentions.back().to;
  const std::uint32_t limit = std::min(static_cast<std::uint32_t>(symbols.size()), pos + searched_max);
  VillageFound found;
  std::uint32_t from = pos;
  for (bool fresh = true; pos < limit && found.node == no_division; ++pos) {
    if (is_separator(chars[pos])) {
      fresh = true;
    } else if (fresh) {
      from = pos;
      found = village_at(data, chars, symbols, pos, holder, path.at[t]);
      fresh = false;
    }
  }
  if (found.node == no_division) return;
  const std::size_t v = static_cast<std::size_t>(Level::village);
  path.mentions.push_back({from, found.end, found.node, Level::village, Reason::matched, MentionUse::used});
  path.node = found.node;
  path.at[v] = found.node;
  path.reason[v] = Reason::matched;
  if (path.at[t] == no_division) {
    path.at[t] = data.node_records()[found.node].parent;
    path.reason[t] = Reason::filled_in;
  }
}

}  // namespace menpai::address

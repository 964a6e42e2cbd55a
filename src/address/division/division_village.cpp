// SPDX-License-Identifier: Apache-2.0
// Narrows a county's sorted village names symbol by symbol.
#include "address/division/division_village.hpp"

#include <algorithm>
#include <utility>

#include "address/text/lexicon.hpp"

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

namespace {

/// Narrows the villages of a holder to those that a text names.
class VillageSearch {
 public:
  VillageSearch(const DivisionIndex::Data& data, std::u32string_view chars, std::span<const char16_t> symbols,
                std::uint32_t pos, DivisionNode town)
      : m_nodes(data.node_records()),
        m_villages(data.village_records()),
        m_pool(data.symbol_pool()),
        m_chars(chars),
        m_symbols(symbols),
        m_pos(pos),
        m_town(town) {}

  /// Villages of one symbol first, then longer ones: the longest counts.
  VillageFound run(std::size_t first, std::size_t last, std::uint32_t second) {
    const std::uint32_t head = std::uint32_t{m_symbols[m_pos]} << 16;
    narrow_to(head, first, last);
    take(1);
    if (second == 0) return m_found;
    narrow_to(head | second, first, last);
    for (std::uint32_t depth = 2; m_lo < m_hi; ++depth) {
      take(depth);
      if (m_pos + depth >= m_symbols.size() || m_symbols[m_pos + depth] == 0) break;
      narrow(depth, m_symbols[m_pos + depth]);
    }
    return m_found;
  }

 private:
  void narrow_to(std::uint32_t head, std::size_t first, std::size_t last) {
    m_lo = partition(first, last, [&](const VillageRecord& v) { return v.head < head; });
    m_hi = partition(m_lo, last, [&](const VillageRecord& v) { return v.head <= head; });
  }

  void narrow(std::uint32_t depth, char16_t symbol) {
    const auto at = [&](const VillageRecord& v) { return depth < v.length ? m_pool[v.pool + depth] : u'\0'; };
    const std::size_t last = m_hi;
    m_lo = partition(m_lo, last, [&](const VillageRecord& v) { return at(v) < symbol; });
    m_hi = partition(m_lo, last, [&](const VillageRecord& v) { return at(v) <= symbol; });
  }

  template <class Before>
  std::size_t partition(std::size_t first, std::size_t last, const Before& before) const {
    while (first < last) {
      const std::size_t middle = first + (last - first) / 2;
      if (before(m_villages[middle])) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first;
  }

  /// Takes the only village whose stem has `length` symbols, if its name may end there.
  void take(std::uint32_t length) {
    std::size_t count = 0;
    DivisionNode only = no_division;
    for (std::size_t i = m_lo; i < m_hi && m_villages[i].length == length; ++i) {
      if (m_town != no_division && m_nodes[m_villages[i].node].parent != m_town) continue;
      ++count;
      only = m_villages[i].node;
    }
    if (count != 1) return;
    const std::uint32_t stop = m_pos + length;
    const WordMatch word = word_at(m_chars, stop);
    if (word.kind == WordKind::community) {
      m_found = {only, stop + word.length};
    } else if (m_town != no_division && length >= 2 && bare_name_ends(m_chars, stop)) {
      m_found = {only, stop};
    }
  }

  decltype(std::declval<const DivisionIndex::Data&>().node_records()) m_nodes;
  decltype(std::declval<const DivisionIndex::Data&>().village_records()) m_villages;
  decltype(std::declval<const DivisionIndex::Data&>().symbol_pool()) m_pool;
  std::u32string_view m_chars;
  std::span<const char16_t> m_symbols;
  std::uint32_t m_pos;
  DivisionNode m_town;
  std::size_t m_lo = 0;
  std::size_t m_hi = 0;
  VillageFound m_found;
};

}  // namespace

VillageFound village_at(const DivisionIndex::Data& data, std::u32string_view chars, std::span<const char16_t> symbols,
                        std::uint32_t pos, DivisionNode holder, DivisionNode town) {
  if (pos >= symbols.size() || symbols[pos] == 0) return {};
  const auto heads = data.checked<std::uint64_t>(data.village_heads);
  const auto has_head = [&](std::uint32_t second) {
    const std::uint32_t bit = village_head(holder, symbols[pos], second);
    return (heads[bit / 64] >> (bit % 64) & 1) != 0;
  };
  const std::uint32_t second = pos + 1 < symbols.size() ? symbols[pos + 1] : 0u;
  const bool longer = second != 0 && has_head(second);
  if (!longer && !has_head(0)) return {};
  const NodeRecord& record = data.node_records()[holder];
  return VillageSearch(data, chars, symbols, pos, town)
      .run(record.village_first, record.village_first + record.village_count, longer ? second : 0);
}

DivisionNode village_holder(const DivisionIndex::Data& data, const DivisionPath& path) {
  if (path.node == no_division || !path.open.empty()) return no_division;
  const auto nodes = data.node_records();
  const DivisionNode town = path.at[static_cast<std::size_t>(Level::town)];
  const DivisionNode county = path.at[static_cast<std::size_t>(Level::county)];
  const DivisionNode city = path.at[static_cast<std::size_t>(Level::city)];
  const DivisionNode holder = town == no_division ? path.node : county != no_division ? county : city;
  return holder != no_division && nodes[holder].village_count > 0 ? holder : no_division;
}

void fetch_village(const DivisionIndex::Data& data, std::span<const char16_t> symbols, const DivisionPath& path) {
  const DivisionNode holder = village_holder(data, path);
  const std::size_t at = path.mentions.empty() ? 0 : path.mentions.back().to;
  if (holder == no_division || at + 1 >= symbols.size()) return;
  const std::uint64_t* const heads = data.get<std::uint64_t>(data.village_heads).data();
  __builtin_prefetch(heads + village_head(holder, symbols[at], symbols[at + 1]) / 64);
  __builtin_prefetch(heads + village_head(holder, symbols[at], 0) / 64);
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

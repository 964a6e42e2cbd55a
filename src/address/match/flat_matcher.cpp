// SPDX-License-Identifier: Apache-2.0
#include "address/match/flat_matcher.hpp"

#include <algorithm>

#include "address/overlay/edits.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t found_max = 100;    ///< documents that the index is asked for
constexpr std::size_t compared_max = 60;  ///< of them, flat rows that are compared element by element
constexpr std::size_t nodes_max = 16;

constexpr double query_share = 0.8;  ///< of the text's weight in the base; the rest is the row's

Reason reason_of(Agreement agreement) {
  switch (agreement) {
    case Agreement::equal:
      return Reason::matched;
    case Agreement::within:
      return Reason::alias;
    case Agreement::alike:
      return Reason::corrected;
    case Agreement::only_b:
      return Reason::filled_in;
    case Agreement::only_a:
      return Reason::unverified;
    case Agreement::conflicting:
      break;
  }
  return Reason::conflicting;
}

/// A name that differs is no contradiction in lists of this kind: the same place has many.
Reason reason_of(const ElementAgreement& element) {
  const bool other_name = element.level == Level::place && element.agreement == Agreement::conflicting;
  return other_name ? Reason::unverified : reason_of(element.agreement);
}

/// Which steps of the text the row has as well: numbers equal, names as a part of its text.
std::uint64_t explained_steps(const FlatText& query, const FlatText& row) {
  std::uint64_t explained = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(query.items.size(), 64); ++i) {
    const FlatItem& q = query.items[i];
    const auto same = [&](const FlatItem& r) { return r.numeric != 0 && identity(r.key) == identity(q.key); };
    const bool told = q.numeric != 0 ? std::any_of(row.items.begin(), row.items.end(), same)
                                     : row.chars.find(query.text(q)) != std::u32string::npos;
    if (told) explained |= std::uint64_t{1} << i;
  }
  return explained;
}

}  // namespace

/// What a row shares with the text by the rarity of it, cheap enough for all that came up.
double FlatMatcher::shared_weight(const GramIndex::Hit& found, float query_mass) const {
  const double row_mass = static_cast<double>(m_library->grams.mass(found.document));
  return static_cast<double>(found.matched) /
         (query_share * static_cast<double>(query_mass) + (1 - query_share) * row_mass);
}

/// Whether it is another text of its row: the row stands in the tree, or its own text before it.
bool FlatMatcher::is_alias(std::uint32_t flat) const {
  const RowId row = m_library->flat.row(flat);
  return m_library->tree.spot_of(row).node != no_node || (flat > 0 && m_library->flat.row(flat - 1) == row);
}

void FlatMatcher::compare(const FlatText& query, double shared, Hit& hit) {
  m_library->flat.get(hit.flat, m_row);
  hit.row = m_library->flat.row(hit.flat);
  hit.division = m_row.division;
  hit.whole = query.chars == m_row.chars;
  hit.explained = explained_steps(query, m_row);
  m_compared_row.set(m_row);
  m_comparer.compare(m_compared_query, m_compared_row, m_comparison);
  for (const ElementAgreement& element : m_comparison.elements) {
    // What only the text says of divisions, a row of a flat list need not have.
    if (element.level <= Level::village && element.agreement == Agreement::only_a) continue;
    hit.reasons.set(element.level, reason_of(element));
  }
  if (is_alias(hit.flat) && hit.reasons.has(Level::place)) hit.reasons.worsen(Level::place, Reason::alias);
  hit.score = hit.whole ? 1 : m_comparison.score * std::min(1.0, shared);
}

void FlatMatcher::match(const FlatText& query, std::vector<TreeNode>& nodes, std::vector<Hit>& hits) {
  if (m_library->grams.size() == 0 && m_library->patch == nullptr) return;
  m_grams.clear();
  append_grams(query.chars, m_grams);
  for (const FlatItem& item : query.items) {
    if (item.numeric != 0) m_grams.push_back(number_gram(identity(item.key)));
  }
  unique_grams(m_grams);
  m_compared_query.set(query);
  std::size_t compared = 0;
  const float query_mass = m_library->grams.find(m_grams, found_max, m_scratch, m_found);
  const std::size_t named = m_library->gram_nodes.size();
  for (const GramIndex::Hit& found : m_found) {
    if (found.document < named) {
      if (m_library->tree.is_gone(m_library->gram_nodes[found.document])) continue;
      if (nodes.size() < nodes_max) nodes.push_back(m_library->gram_nodes[found.document]);
      continue;
    }
    Hit hit;
    hit.flat = found.document - static_cast<std::uint32_t>(named);
    if (m_library->patch != nullptr && m_library->tree.is_dead(m_library->flat.row(hit.flat))) continue;
    if (compared++ == compared_max) break;
    compare(query, shared_weight(found, query_mass), hit);
    hits.push_back(hit);
  }
  if (m_library->patch != nullptr) match_added(query, query_mass, nodes, hits);
}

/// The same in what edits added.
void FlatMatcher::match_added(const FlatText& query, float query_mass, std::vector<TreeNode>& nodes,
                              std::vector<Hit>& hits) {
  const TextPatch& texts = m_library->patch->texts;
  if (texts.empty()) return;
  std::vector<TextPatch::Found> all;
  texts.find(m_grams, m_library->grams, found_max, all);
  std::size_t places = 0;
  for (const TextPatch::Found& found : all) {
    if (found.is_place) {
      if (places++ < nodes_max) nodes.push_back(found.at);
      continue;
    }
    const double mass =
        query_share * static_cast<double>(query_mass) + (1 - query_share) * static_cast<double>(found.mass);
    Hit hit;
    hit.flat = found.at;
    compare(query, mass > 0 ? static_cast<double>(found.matched) / mass : 1, hit);
    hits.push_back(hit);
  }
}

}  // namespace menpai::address

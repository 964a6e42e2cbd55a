// SPDX-License-Identifier: Apache-2.0
#include "address/flat_matcher.hpp"

#include <algorithm>

namespace menpai::address {
namespace {

constexpr std::size_t compared_max = 100;
constexpr std::size_t nodes_max = 16;

/// How the numbers of one level of two texts stand to each other.
enum class Agreement { silent, only_query, only_row, same, within, different };

Agreement agreement(const FlatText& query, const FlatText& row, Level level) {
  bool in_query = false;
  bool in_row = false;
  bool within = false;
  for (const FlatItem& q : query.items) {
    if (q.numeric == 0 || q.level != static_cast<std::uint8_t>(level)) continue;
    in_query = true;
    for (const FlatItem& r : row.items) {
      if (r.numeric == 0 || r.level != q.level) continue;
      if (identity(q.key) == identity(r.key)) return Agreement::same;
      const std::int32_t value = number_value(q.key);
      within = within || value == number_value(r.key) || value == number_value(r.last) ||
               (r.several != 0 && number_value(r.key) <= value && value <= number_value(r.last)) ||
               (q.several != 0 && value <= number_value(r.key) && number_value(r.key) <= number_value(q.last));
    }
  }
  for (const FlatItem& r : row.items) {
    in_row = in_row || (r.numeric != 0 && r.level == static_cast<std::uint8_t>(level));
  }
  if (within) return Agreement::within;
  if (in_query && in_row) return Agreement::different;
  return in_query ? Agreement::only_query : in_row ? Agreement::only_row : Agreement::silent;
}

struct LevelWeight {
  Level level;
  double same;
  double within;
  double different;
};
constexpr std::array<LevelWeight, 6> level_weights = {{{Level::group, 1.05, 1.0, 0.7},
                                                       {Level::number, 1.15, 1.0, 0.6},
                                                       {Level::building, 1.15, 1.05, 0.6},
                                                       {Level::unit, 1.05, 1.0, 0.8},
                                                       {Level::floor, 1.03, 1.0, 0.9},
                                                       {Level::room, 1.1, 1.0, 0.75}}};

}  // namespace

double FlatMatcher::compare(const FlatText& query, const FlatText& row, float shared, float query_mass, float row_mass,
                            Hit& hit) const {
  double score =
      static_cast<double>(shared) / (0.6 * static_cast<double>(query_mass) + 0.4 * static_cast<double>(row_mass));
  for (const LevelWeight& weight : level_weights) {
    switch (agreement(query, row, weight.level)) {
      case Agreement::same:
        score *= weight.same;
        hit.reasons.set(weight.level, Reason::matched);
        break;
      case Agreement::within:
        score *= weight.within;
        hit.reasons.set(weight.level, Reason::ambiguous);
        break;
      case Agreement::different:
        score *= weight.different;
        hit.reasons.set(weight.level, Reason::conflicting);
        break;
      case Agreement::only_query:
        hit.reasons.set(weight.level, Reason::not_found);
        break;
      case Agreement::only_row:
        hit.reasons.set(weight.level, Reason::filled_in);
        break;
      case Agreement::silent:
        break;
    }
  }
  return score;
}

void FlatMatcher::match(const FlatText& query, std::vector<TreeNode>& nodes, std::vector<Hit>& hits) {
  if (m_library->grams.size() == 0) return;
  m_grams.clear();
  append_grams(query.chars, m_grams);
  for (const FlatItem& item : query.items) {
    if (item.numeric != 0) m_grams.push_back(number_gram(identity(item.key)));
  }
  unique_grams(m_grams);
  const float query_mass = m_library->grams.find(m_grams, compared_max, m_scratch, m_found);
  const std::size_t named = m_library->gram_nodes.size();
  for (const GramIndex::Hit& found : m_found) {
    if (found.document < named) {
      if (nodes.size() < nodes_max) nodes.push_back(m_library->gram_nodes[found.document]);
      continue;
    }
    Hit hit;
    hit.flat = found.document - static_cast<std::uint32_t>(named);
    m_library->flat.get(hit.flat, m_row);
    hit.row = m_library->flat.row(hit.flat);
    hit.division = m_row.division;
    hit.score = compare(query, m_row, found.matched, query_mass, m_library->grams.mass(found.document), hit);
    hits.push_back(hit);
  }
}

}  // namespace menpai::address

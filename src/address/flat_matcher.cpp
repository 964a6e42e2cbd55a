// SPDX-License-Identifier: Apache-2.0
#include "address/flat_matcher.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "address/name_likeness.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t compared_max = 100;
constexpr std::size_t nodes_max = 16;

/// How the numbers of one level of two texts stand to each other.
enum class Agreement { silent, only_query, only_row, same, within, different };

bool is_at(const FlatItem& item, Level level) {
  return item.numeric != 0 && item.level == static_cast<std::uint8_t>(level);
}

bool same_house(const FlatItem& a, const FlatItem& b) {
  return number_value(a.key) != 0 && number_value(a.key) == number_value(b.key) &&
         number_letters(a.key) == number_letters(b.key);
}

/// True if one number lies in the range, or is one of the ends of the list, that the other one is.
bool overlaps(const FlatItem& a, const FlatItem& b) {
  const std::int32_t value = number_value(a.key);
  return value == number_value(b.key) || value == number_value(b.last) ||
         (b.several != 0 && number_value(b.key) <= value && value <= number_value(b.last)) ||
         (a.several != 0 && value <= number_value(b.key) && number_value(b.key) <= number_value(a.last));
}

Agreement agreement(const FlatText& query, const FlatText& row, Level level) {
  // 214号 and 214号楼 speak of one house where each text has only one of them.
  const Level other = level == Level::number ? Level::building : level == Level::building ? Level::number : Level::none;
  bool in_query = false;
  bool in_row = false;
  bool within = false;
  bool crossed = false;
  for (const FlatItem& r : row.items) in_row = in_row || is_at(r, level);
  for (const FlatItem& q : query.items) {
    const bool here = is_at(q, level);
    in_query = in_query || here;
    for (const FlatItem& r : row.items) {
      if (here && is_at(r, level)) {
        if (identity(q.key) == identity(r.key)) return Agreement::same;
        within = within || overlaps(q, r);
      } else if (other != Level::none && ((here && is_at(r, other)) || (is_at(q, other) && is_at(r, level)))) {
        crossed = crossed || same_house(q, r);
      }
    }
  }
  if (within || (crossed && in_query != in_row)) return Agreement::within;
  if (in_query && in_row) return Agreement::different;
  return in_query ? Agreement::only_query : in_row ? Agreement::only_row : Agreement::silent;
}

/// What each standing of a level leaves of the score. A building that the text names is what it asks for; a unit or a
/// room is often more than a list of this kind holds.
struct LevelWeight {
  Level level;
  double same;
  double within;
  double different;
  double only_query;
  double only_row;
};
constexpr std::array<LevelWeight, 6> level_weights = {{{Level::group, 1.05, 1.0, 0.7, 1.0, 1.0},
                                                       {Level::number, 1.1, 1.0, 0.65, 0.93, 1.0},
                                                       {Level::building, 1.25, 1.05, 0.5, 0.75, 0.93},
                                                       {Level::unit, 1.1, 1.0, 0.8, 1.0, 0.93},
                                                       {Level::floor, 1.03, 1.0, 0.9, 1.0, 1.0},
                                                       {Level::room, 1.1, 1.0, 0.75, 1.0, 0.95}}};
constexpr double query_share = 0.8;  ///< of the text's weight in the base; the rest is the row's
constexpr double other_road = 0.93;
constexpr double unlike_place = 0.8;
constexpr double like_place = 1.15;
constexpr double other_division = 0.8;

bool is_road(const FlatItem& item) {
  return item.label == static_cast<std::uint8_t>(Label::road) ||
         item.label == static_cast<std::uint8_t>(Label::subroad);
}

/// Names of a kind in both texts: the best likeness of any pair, none where one of the texts has no such name.
std::optional<double> likeness_of_names(const FlatText& query, const FlatText& row, bool roads) {
  const auto takes_part = [&](const FlatItem& item) {
    return item.numeric == 0 && item.level == static_cast<std::uint8_t>(Level::place) && is_road(item) == roads;
  };
  std::optional<double> best;
  for (const FlatItem& q : query.items) {
    if (!takes_part(q)) continue;
    for (const FlatItem& r : row.items) {
      if (takes_part(r)) best = std::max(best.value_or(0), name_likeness(query.text(q), row.text(r), true));
    }
  }
  return best;
}

Reason reason_of(Agreement agreement) {
  switch (agreement) {
    case Agreement::same:
      return Reason::matched;
    case Agreement::within:
      return Reason::alias;
    case Agreement::only_row:
      return Reason::filled_in;
    case Agreement::only_query:
      return Reason::unverified;
    case Agreement::different:
    case Agreement::silent:
      break;
  }
  return Reason::conflicting;
}

double weight_of(const LevelWeight& weight, Agreement agreement) {
  switch (agreement) {
    case Agreement::same:
      return weight.same;
    case Agreement::within:
      return weight.within;
    case Agreement::different:
      return weight.different;
    case Agreement::only_query:
      return weight.only_query;
    case Agreement::only_row:
      return weight.only_row;
    case Agreement::silent:
      break;
  }
  return 1;
}

double weigh_numbers(const FlatText& query, const FlatText& row, LevelReasons& reasons) {
  double score = 1;
  for (const LevelWeight& weight : level_weights) {
    const Agreement found = agreement(query, row, weight.level);
    score *= weight_of(weight, found);
    if (found != Agreement::silent) reasons.set(weight.level, reason_of(found));
  }
  return score;
}

double weigh_names(const FlatText& query, const FlatText& row, LevelReasons& reasons) {
  double score = 1;
  const std::optional<double> roads = likeness_of_names(query, row, true);
  const std::optional<double> places = likeness_of_names(query, row, false);
  if (roads && *roads < 0.5) score *= other_road;
  if (places) score *= unlike_place + (like_place - unlike_place) * *places;
  const double best = std::max(roads.value_or(-1), places.value_or(-1));
  if (best >= 0) {
    reasons.set(Level::place, best >= 0.99 ? Reason::matched : best >= 0.6 ? Reason::corrected : Reason::unverified);
  }
  return score;
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

double FlatMatcher::weigh_divisions(const FlatText& query, const FlatText& row, LevelReasons& reasons) const {
  const DivisionIndex& index = m_library->divisions;
  bool conflicting = false;
  for (int i = 1; i <= static_cast<int>(Level::village); ++i) {
    const auto level = static_cast<Level>(i);
    const DivisionNode theirs = row.division == no_division ? no_division : index.at_level(row.division, level);
    const DivisionNode ours = query.division == no_division ? no_division : index.at_level(query.division, level);
    if (theirs == no_division) continue;
    reasons.set(level, ours == theirs        ? Reason::matched
                       : ours == no_division ? Reason::filled_in
                                             : Reason::conflicting);
    conflicting = conflicting || (ours != theirs && ours != no_division);
  }
  return conflicting ? other_division : 1;
}

void FlatMatcher::compare(const FlatText& query, const FlatText& row, float shared, float query_mass, float row_mass,
                          Hit& hit) const {
  const double base = static_cast<double>(shared) / (query_share * static_cast<double>(query_mass) +
                                                     (1 - query_share) * static_cast<double>(row_mass));
  hit.score = base * weigh_names(query, row, hit.reasons) * weigh_numbers(query, row, hit.reasons) *
              weigh_divisions(query, row, hit.reasons);
  hit.explained = explained_steps(query, row);
  hit.whole = query.chars == row.chars;
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
    compare(query, m_row, found.matched, query_mass, m_library->grams.mass(found.document), hit);
    hits.push_back(hit);
  }
}

}  // namespace menpai::address

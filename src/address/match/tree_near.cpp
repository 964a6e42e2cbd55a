// SPDX-License-Identifier: Apache-2.0
// TreeMatcher: which of the many names that are one error away the text may mean. Likely errors first, and first those
// below which the text's numbers stand: nothing else is looked at in full.
#include <algorithm>

#include "address/match/tree_matcher.hpp"
#include "address/text/name_likeness.hpp"
#include "address/text/normalise.hpp"

namespace menpai::address {
namespace {

// What each kind of error leaves of the score.
constexpr float fuzzy_name = 0.92F;   ///< a character replaced by one of the same sound, two exchanged, one doubled
constexpr float shaped_name = 0.91F;  ///< replaced by one of the same shape
constexpr float lost_character = 0.90F;
constexpr float other_character = 0.82F;  ///< replaced by another one, or put in

constexpr float likely_error = 0.905F;   ///< from it on
constexpr double bent_known_name = 0.5;  ///< the text's name is one of the library's own
constexpr std::size_t few = 3;
constexpr std::size_t nodes_max = 128;  ///< that are walked down from
constexpr std::size_t block = 16;       ///< nodes that wait for memory together
constexpr std::size_t chosen_max = 8;
constexpr std::size_t enough = 6;  ///< that have all of the text's numbers: a person must choose anyway

float weight_of(NameError error) {
  switch (error) {
    case NameError::sound:
    case NameError::exchanged:
    case NameError::doubled:
      return fuzzy_name;
    case NameError::shape:
      return shaped_name;
    case NameError::lost:
      return lost_character;
    case NameError::other:
      break;
  }
  return other_character;
}

}  // namespace

/// What the one error between the text's name and a name of the library leaves of the score.
double TreeMatcher::repaired_score(const QueryName& name, NameId id) {
  m_typed.clear();
  append_name_key(name.text, m_typed);
  return static_cast<double>(weight_of(name_error(m_typed, m_library->names.key(id))));
}

/// Fills m_near with the names that one error makes of two parts of the text; where the first of them is one error from
/// names itself, only by a likely one.
void TreeMatcher::find_near_join(const QueryName& before, std::u32string_view text) {
  m_typed.clear();
  append_name_key(before.text, m_typed);
  append_name_key(text, m_typed);
  m_library->names.find_near(m_typed, m_near);
  if (!before.bent) return;
  std::erase_if(m_near,
                [&](NameId id) { return weight_of(name_error(m_typed, m_library->names.key(id))) < likely_error; });
}

/// Fills m_near_names from m_near, the likeliest errors first.
void TreeMatcher::rank_near(std::u32string_view typed, bool likely_only) {
  m_near_names.clear();
  for (const NameId id : m_near) {
    const float weight = weight_of(name_error(typed, m_library->names.key(id)));
    if (!likely_only || weight >= likely_error) m_near_names.push_back({id, weight, no_node, 0});
  }
  std::sort(m_near_names.begin(), m_near_names.end(), [](const NearName& a, const NearName& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.id < b.id;
  });
}

/// How many of the numbers behind the name stand below the node, one below the other. `by_search`: also where the text
/// leaves levels out, or says them otherwise.
int TreeMatcher::numbers_found(TreeNode node, bool by_search) {
  Way way;
  way.spot = {node, -1};
  int found = 0;
  for (const QueryNumber& number : m_walked) {
    if (way.spot.leaf >= 0) break;
    if (const Tree::Spot child = m_library->tree.find_child(way.spot.node, number.key); child.node != no_node) {
      way.spot = child;
    } else if (by_search) {
      NumberKey key = number.key;
      Level level = number.level;
      find_below(way, key, level);
      if (m_found.empty()) break;
      way.spot = m_found.front();
    } else {
      break;
    }
    ++found;
  }
  return found;
}

/// Walks down from the nodes of m_near_names within `part` into m_near_nodes. True if there are any.
bool TreeMatcher::walk_near(const QueryName& name, const Tree::Part& part) {
  const Tree& tree = m_library->tree;
  m_near_nodes.clear();
  m_walked.clear();
  for (const QueryNumber& number : m_numbers) {
    if (number.position > name.position) m_walked.push_back(number);
  }
  const int all = static_cast<int>(m_walked.size());
  const NumberKey first_key = m_walked.empty() ? 0 : m_walked.front().key;
  std::size_t complete = 0;
  const auto walk = [&](std::size_t from) {
    for (int stage = 0; stage < 3; ++stage) {
      for (std::size_t i = from; i < m_near_nodes.size(); ++i) tree.fetch(m_near_nodes[i].node, first_key, stage);
    }
    for (std::size_t i = from; i < m_near_nodes.size(); ++i) {
      m_near_nodes[i].found = numbers_found(m_near_nodes[i].node, false);
      complete += m_near_nodes[i].found == all ? 1 : 0;
    }
  };
  std::size_t walked = 0;
  float weight = 1;
  for (const NearName& near : m_near_names) {
    if (near.weight < weight) {
      walk(walked);
      walked = m_near_nodes.size();
      // Where a likely error explains everything, an unlikely one does not come into question.
      if (complete >= enough || (complete > 0 && near.weight < lost_character)) break;
      weight = near.weight;
    }
    for (const TreeNode node : tree.named(near.id, part, m_named)) {
      if (m_near_nodes.size() < nodes_max) m_near_nodes.push_back({near.id, near.weight, node, 0});
    }
    if (m_near_nodes.size() < walked + block) continue;
    walk(walked);
    walked = m_near_nodes.size();
    if (complete >= enough) break;
  }
  walk(walked);
  if (complete == 0 && all > 0) {
    for (NearName& near : m_near_nodes) near.found = numbers_found(near.node, true);
  }
  return !m_near_nodes.empty();
}

/// Leaves the name with the best nodes of m_near_nodes, and their names.
void TreeMatcher::take_near(QueryName& name, std::size_t most) {
  std::stable_sort(m_near_nodes.begin(), m_near_nodes.end(), [](const NearName& a, const NearName& b) {
    return a.found != b.found ? a.found > b.found : a.weight > b.weight;
  });
  const int all = static_cast<int>(m_walked.size());
  name.ids.clear();
  name.chosen.clear();
  for (const NearName& near : m_near_nodes) {
    // What lacks a number is of no interest beside what has them all.
    if (name.chosen.size() == most || (near.found < all && m_near_nodes.front().found == all)) break;
    name.chosen.push_back(near.node);
    const std::pair<NameId, Reason> id{near.id, Reason::corrected};
    if (std::find(name.ids.begin(), name.ids.end(), id) == name.ids.end()) name.ids.push_back(id);
  }
}

/// Of the names one error away, those that the text most likely means: in the innermost division of the text that has
/// any.
void TreeMatcher::choose_near(const Reading& reading, QueryName& name) {
  const Tree& tree = m_library->tree;
  const DivisionIndex& divisions = m_library->divisions;
  m_near.clear();
  for (const auto& [id, reason] : name.ids) m_near.push_back(id);
  m_typed.clear();
  append_name_key(name.text, m_typed);
  rank_near(m_typed, false);
  for (DivisionNode d = reading.division.node; d != no_division; d = divisions.parent(d)) {
    const Tree::Part part = tree.part_of(d, divisions.subtree_end(d));
    if (tree.may_hold_nodes(part) && walk_near(name, part)) return take_near(name, chosen_max);
  }
  if (walk_near(name, tree.whole())) return take_near(name, chosen_max);
  name.ids.clear();
  name.chosen.clear();
}

void TreeMatcher::match_mistaken(const Reading& reading, std::vector<Hit>& hits) {
  const Tree& tree = m_library->tree;
  for (std::size_t i = 0; i < m_name_count; ++i) {
    QueryName& name = m_names[i];
    if (!is_known(name) || name.position >= 64) continue;
    const std::pair<NameId, Reason> own = name.ids.front();
    m_typed.clear();
    append_name_key(name.text, m_typed);
    m_near.clear();
    m_library->names.find_near(m_typed, m_near);
    rank_near(m_typed, true);
    if (m_near_names.empty() || !walk_near(name, tree.whole())) continue;
    take_near(name, few);
    if (!m_walked.empty() && m_near_nodes.front().found == static_cast<int>(m_walked.size())) {
      for (const TreeNode node : name.chosen) {
        const std::size_t first = hits.size();
        match_anchor(reading, node, false, hits);
        for (std::size_t k = first; k < hits.size(); ++k) hits[k].score *= bent_known_name;
      }
    }
    name.ids.assign(1, own);
  }
}

/// Whether the anchor, one error away, stands below a place that the text does not name: 光十巷 for 十巷 of any street.
bool TreeMatcher::is_bare_below_place(TreeNode anchor, const Way& way) const {
  const Tree& tree = m_library->tree;
  const TreeNode above = tree.parent(anchor);
  if (above == no_node || !is_name_step(tree.step(above)) || !is_name_step(tree.step(anchor))) return false;
  return way.reasons.has(Level::place) && way.reasons.get(Level::place) >= Reason::filled_in;
}

}  // namespace menpai::address

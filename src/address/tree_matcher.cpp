// SPDX-License-Identifier: Apache-2.0
#include "address/tree_matcher.hpp"

#include <algorithm>

#include "address/compose.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t anchors_max = 64;
constexpr std::size_t ways_max = 16;
constexpr std::size_t found_max = 8;
constexpr int search_depth = 3;

// What each kind of evidence leaves of the score. Set by reasoning: a repaired name is right about nine times in ten,
// a number that does not exist means the address is most likely not in the library.
constexpr double fuzzy_name = 0.90;
constexpr double partial_name = 0.93;
constexpr double extra_name = 0.90;
constexpr double other_road = 0.45;
constexpr double filled_name = 0.98;
constexpr double filled_number = 0.97;
constexpr double other_number = 0.35;
constexpr double number_not_found = 0.55;
constexpr double number_unverified = 0.90;
constexpr double number_as_building = 0.90;
constexpr double other_division = 0.50;

constexpr std::array<std::u32string_view, 8> loose_suffixes = {U"住宅小区", U"小区", U"住宅区", U"生活区",
                                                               U"社区",     U"大厦", U"村",     U"新村"};

bool is_road(std::u32string_view name) {
  return !name.empty() && std::u32string_view(U"路街道巷弄线").find(name.back()) != std::u32string_view::npos;
}

}  // namespace

void TreeMatcher::prepare(const Reading& reading, const AddressPath& path) {
  m_name_count = 0;
  m_numbers.clear();
  for (const PathItem& item : path.items) {
    if (item.implied) continue;
    if (item.numeric) {
      m_numbers.push_back({item.level, item.key, item.several, false});
      continue;
    }
    if (m_name_count == m_names.size()) m_names.emplace_back();
    QueryName& name = m_names[m_name_count++];
    name.level = item.level;
    name.text = reading.elements[item.element].text(reading.normal);
    name.ids.clear();
    name.partial = false;
    find_names(name);
  }
  std::stable_sort(m_numbers.begin(), m_numbers.end(),
                   [](const QueryNumber& a, const QueryNumber& b) { return a.level < b.level; });
}

void TreeMatcher::find_names(QueryName& name) {
  const NameTable& table = m_library->names;
  m_key.clear();
  append_name_key(name.text, m_key);
  if (m_key.empty()) m_key = name.text;
  if (const NameId id = table.find(m_key); id != no_name) {
    name.ids.emplace_back(id, Reason::matched);
    return;
  }
  const std::u32string key = m_key;
  for (const std::u32string_view suffix : loose_suffixes) {
    const bool has = key.size() >= suffix.size() + 2 && key.ends_with(suffix);
    m_key = has ? key.substr(0, key.size() - suffix.size()) : key + std::u32string(suffix);
    if (const NameId id = table.find(m_key); id != no_name) name.ids.emplace_back(id, Reason::alias);
  }
  if (!name.ids.empty()) return;
  m_near.clear();
  if (key.size() >= 3) table.find_near(key, m_near);
  for (const NameId id : m_near) name.ids.emplace_back(id, Reason::corrected);
  if (name.ids.empty()) find_part(name);
}

void TreeMatcher::find_part(QueryName& name) {
  // The longest stretch that is a name: 镇政府旁世纪花园 → 世纪花园. Quadratic in a length of at most 24.
  const std::u32string_view text = name.text.substr(0, std::min<std::size_t>(name.text.size(), 24));
  for (std::size_t length = text.size() - (text.empty() ? 0 : 1); length >= 3; --length) {
    for (std::size_t start = text.size() - length + 1; start-- > 0;) {
      m_key.clear();
      append_name_key(text.substr(start, length), m_key);
      const NameId id = m_library->names.find(m_key);
      if (id == no_name) continue;
      name.ids.emplace_back(id, Reason::matched);
      name.partial = true;
      return;
    }
  }
}

bool TreeMatcher::anchors_within(TreeNode first, TreeNode last, std::vector<TreeNode>& anchors) const {
  for (std::size_t i = m_name_count; i-- > 0;) {
    for (const auto& [id, reason] : m_names[i].ids) {
      for (const TreeNode node : m_library->tree.named(id, first, last)) {
        if (anchors.size() >= anchors_max) return true;
        anchors.push_back(node);
      }
    }
  }
  return !anchors.empty();
}

void TreeMatcher::collect_anchors(const Reading& reading, std::vector<TreeNode>& anchors) const {
  const Tree& tree = m_library->tree;
  const DivisionIndex& divisions = m_library->divisions;
  for (DivisionNode d = reading.division.node; d != no_division; d = divisions.parent(d)) {
    const auto [first, last] = tree.nodes_of(d, divisions.subtree_end(d));
    if (first < last && anchors_within(first, last, anchors)) return;
    // Rows may hang at a division above the one that the text names: the library knows the town, the text the village.
    if (const TreeNode own = tree.division_node(d); own != no_node && m_name_count == 0) {
      anchors.push_back(own);
      return;
    }
  }
  if (reading.division.node == no_division) anchors_within(0, tree.size(), anchors);
}

void TreeMatcher::match(const Reading& reading, const AddressPath& path, std::span<const TreeNode> named,
                        std::vector<Hit>& hits) {
  if (m_library->tree.size() == 0) return;
  prepare(reading, path);
  m_anchors.clear();
  collect_anchors(reading, m_anchors);
  m_anchors.insert(m_anchors.end(), named.begin(), named.end());
  std::sort(m_anchors.begin(), m_anchors.end());
  m_anchors.erase(std::unique(m_anchors.begin(), m_anchors.end()), m_anchors.end());
  for (const TreeNode anchor : m_anchors) match_anchor(reading, anchor, hits);
}

double TreeMatcher::match_division(const Reading& reading, DivisionNode division, LevelReasons& reasons) const {
  const DivisionIndex& index = m_library->divisions;
  double score = 1;
  for (std::size_t i = 1; i <= static_cast<std::size_t>(Level::village); ++i) {
    const auto level = static_cast<Level>(i);
    const DivisionNode theirs = division == no_division ? no_division : index.at_level(division, level);
    const DivisionNode ours = reading.division.at[i];
    if (theirs == no_division) {
      if (ours != no_division && reading.division.reason[i] != Reason::filled_in)
        reasons.set(level, Reason::unverified);
      continue;
    }
    if (is_silent_division(index.name(theirs))) continue;
    if (ours == theirs) {
      reasons.set(level, reading.division.reason[i]);
    } else if (ours == no_division || reading.division.reason[i] == Reason::filled_in) {
      reasons.set(level, Reason::filled_in);
    } else {
      reasons.set(level, Reason::conflicting);
      score *= other_division;
    }
  }
  return score;
}

/// Compares the anchor and what it hangs under with the text's names and numbers.
double TreeMatcher::match_chain(TreeNode anchor, Way& way) {
  const Tree& tree = m_library->tree;
  std::array<bool, tree_steps_max + 1> name_used{};
  double score = 1;
  bool foreign_road = false;
  for (TreeNode node = anchor; node != no_node && tree.step(node) != 0; node = tree.parent(node)) {
    const StepKey step = tree.step(node);
    const Level level = step_level(step);
    if (is_name_step(step)) {
      bool matched = false;
      for (std::size_t i = 0; i < m_name_count && i < name_used.size() && !matched; ++i) {
        for (const auto& [id, reason] : m_names[i].ids) {
          if (name_used[i] || id != step_name(step)) continue;
          name_used[i] = matched = true;
          way.reasons.worsen(level, m_names[i].partial ? Reason::alias : reason);
          score *= reason == Reason::corrected ? fuzzy_name : m_names[i].partial ? partial_name : 1;
        }
      }
      if (matched) continue;
      m_key.clear();
      m_library->names.append_key(step_name(step), m_key);
      foreign_road = foreign_road || is_road(m_key);
      way.reasons.worsen(level, Reason::filled_in);
      score *= filled_name;
      continue;
    }
    const auto same_level = [&](const QueryNumber& n) { return n.level == level && !n.used; };
    const auto at = std::find_if(m_numbers.begin(), m_numbers.end(), same_level);
    if (at == m_numbers.end()) {
      way.reasons.worsen(level, Reason::filled_in);
      score *= filled_number;
    } else if (identity(at->key) == identity(step)) {
      at->used = true;
      way.reasons.worsen(level, Reason::matched);
    } else {
      at->used = true;
      way.reasons.worsen(level, Reason::conflicting);
      way.whole = false;
      score *= other_number;
    }
  }
  for (std::size_t i = 0; i < m_name_count && i < name_used.size(); ++i) {
    if (name_used[i]) continue;
    const bool contradicts = foreign_road && is_road(m_names[i].text);
    way.reasons.worsen(m_names[i].level, contradicts ? Reason::conflicting : Reason::unverified);
    way.whole = false;
    score *= contradicts ? other_road : extra_name;
  }
  return score;
}

bool TreeMatcher::reaches(TreeNode node, Level level, int depth) const {
  const Tree& tree = m_library->tree;
  const Tree::Leaves leaves = tree.leaves(node);
  if (leaves.size() > 0 && (step_level(leaves.key(0)) == level || step_level(leaves.key(leaves.size() - 1)) == level)) {
    return true;
  }
  for (const TreeNode child : tree.children(node)) {
    if (step_level(tree.step(child)) == level || (depth > 0 && reaches(child, level, depth - 1))) return true;
  }
  return false;
}

/// Looks for `step` below levels that the text leaves out: 3栋501室 where the library has 3栋2单元501室.
void TreeMatcher::search_below(Tree::Spot spot, StepKey step, int depth, std::vector<Tree::Spot>& found) const {
  if (spot.leaf >= 0 || found.size() >= found_max) return;
  const Tree& tree = m_library->tree;
  if (const Tree::Spot child = tree.find_child(spot.node, step); child.node != no_node) {
    found.push_back(child);
    return;
  }
  if (depth == 0) return;
  std::size_t seen = 0;
  for (const TreeNode child : tree.children(spot.node)) {
    if (found.size() >= found_max || ++seen > 200) return;
    const StepKey own = tree.step(child);
    const bool skippable = is_name_step(own) ? step_level(own) == Level::place && step_level(step) > Level::number
                                             : step_level(own) < step_level(step);
    if (skippable && step_level(own) != Level::number) search_below({child, -1}, step, depth - 1, found);
  }
}

void TreeMatcher::step_down(const Way& way, const QueryNumber& number) {
  const Tree& tree = m_library->tree;
  m_found.clear();
  search_below(way.spot, number.key, search_depth, m_found);
  bool as_building = false;
  if (m_found.empty() && number.level == Level::number && way.spot.leaf < 0 &&
      !reaches(way.spot.node, Level::number, 0)) {
    search_below(way.spot, with_kind(number.key, NumberKind::building), 1, m_found);
    as_building = !m_found.empty();
  }
  for (const Tree::Spot spot : m_found) {
    if (m_next_ways.size() >= ways_max) break;
    Way next = way;
    next.spot = spot;
    next.reasons.worsen(as_building ? Level::building : number.level,
                        as_building ? Reason::corrected : Reason::matched);
    if (as_building) next.score *= number_as_building;
    // Levels that were stepped over follow from the library, or stay open where several ways lead down.
    TreeNode between = spot.leaf < 0 ? tree.parent(spot.node) : spot.node;
    for (; between != way.spot.node && between != no_node; between = tree.parent(between)) {
      next.reasons.worsen(step_level(tree.step(between)), m_found.size() > 1 ? Reason::ambiguous : Reason::filled_in);
      next.score *= filled_number;
    }
    if (m_found.size() > 1) next.score /= static_cast<double>(m_found.size());
    m_next_ways.push_back(next);
  }
  if (!m_found.empty()) return;
  Way next = way;
  const bool missing = way.spot.leaf < 0 && reaches(way.spot.node, number.level, 1);
  next.reasons.worsen(number.level, missing ? Reason::not_found : Reason::unverified);
  next.score *= missing ? number_not_found : number_unverified;
  next.whole = false;
  next.stuck = missing;
  m_next_ways.push_back(next);
}

void TreeMatcher::descend(const QueryNumber& number) {
  m_next_ways.clear();
  for (const Way& way : m_ways) {
    if (!way.stuck) {
      step_down(way, number);
      continue;
    }
    m_next_ways.push_back(way);
    m_next_ways.back().reasons.worsen(number.level, Reason::unverified);
  }
  m_ways.swap(m_next_ways);
}

void TreeMatcher::match_anchor(const Reading& reading, TreeNode anchor, std::vector<Hit>& hits) {
  const Tree& tree = m_library->tree;
  for (QueryNumber& number : m_numbers) number.used = false;
  Way start;
  start.spot = {anchor, -1};
  start.score = match_chain(anchor, start) * match_division(reading, tree.division(anchor), start.reasons);
  m_ways.assign(1, start);
  for (const QueryNumber& number : m_numbers) {
    if (!number.used) descend(number);
  }
  for (const Way& way : m_ways) {
    Hit hit;
    hit.spot = way.spot;
    hit.row = tree.row(way.spot);
    hit.division = tree.division(anchor);
    hit.score = way.score;
    hit.reasons = way.reasons;
    hit.whole = way.whole;
    hits.push_back(hit);
  }
}

}  // namespace menpai::address

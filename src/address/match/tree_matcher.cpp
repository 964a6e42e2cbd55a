// SPDX-License-Identifier: Apache-2.0
#include "address/match/tree_matcher.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "address/match/compose.hpp"
#include "address/text/name_likeness.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t anchors_max = 64;
constexpr std::size_t ways_max = 16;
constexpr std::size_t found_max = 8;
constexpr std::size_t children_tried_max = 200;
constexpr int search_depth = 3;
constexpr double alike_min = 0.18;
constexpr double other_kind_of_name = 0.7;  ///< 欣围街 for 欣围十街: something to choose from, not to take

// What each kind of evidence leaves of the score. Set by reasoning: a repaired name is right about nine times in ten,
// a number that does not exist means that the address is most likely not in the library.
constexpr double partial_name = 0.93;
constexpr double alike_name = 0.75;
constexpr double sounding_name = 0.88;  ///< more than one error, all of them of the same sound
constexpr double sounds_like = 0.9;
constexpr double bent_known_name =
    0.5;  ///< the text's name is one of the library's own: it was hardly meant for another
constexpr double extra_name_before = 0.95;  ///< 兴港路88号 before the estate that was found: where its gate is
constexpr double extra_name_behind = 0.80;  ///< an estate behind the road that was found: it is what was meant
constexpr double other_road = 0.45;
constexpr double filled_name = 0.98;
constexpr double bare_bent_name = 0.80;  ///< a name with an error, and the place above it left out: two errors
constexpr double filled_number = 0.97;
constexpr double filled_unit = 0.93;  ///< where buildings have units, whoever writes the room mostly writes the unit
constexpr double other_number = 0.35;
constexpr double number_not_found = 0.50;
constexpr double room_not_found = 0.55;  ///< of a building that there is
constexpr double number_unverified = 0.90;
constexpr double number_of_other_kind = 0.92;
constexpr double other_division = 0.50;

bool is_road(std::u32string_view name) {
  return !name.empty() && std::u32string_view(U"路街道巷弄线").find(name.back()) != std::u32string_view::npos;
}

std::uint64_t bit(int position) {
  return position >= 0 && position < 64 ? std::uint64_t{1} << position : 0;
}

/// Whether the rooms of a node tell that it has the floor: 2楼 of a house with a room 201.
bool tells_floor(const Tree& tree, TreeNode node, NumberKey floor) {
  if (number_level(number_kind(floor)) != Level::floor || number_letters(floor) != 0) return false;
  const Tree::Leaves leaves = tree.leaves(node);
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const NumberKey key = leaves.key(i);
    const bool room = step_level(key) == Level::room && number_letters(key) == 0;
    if (room && number_value(key) / 100 == number_value(floor)) return true;
  }
  return false;
}

}  // namespace

void TreeMatcher::prepare(const Reading& reading, const AddressPath& path) {
  m_name_count = 0;
  m_numbers.clear();
  for (std::size_t i = 0; i < path.items.size(); ++i) {
    const PathItem& item = path.items[i];
    if (item.implied) continue;
    if (item.numeric) {
      m_numbers.push_back({item.level, static_cast<int>(i), item.key, false});
      continue;
    }
    const std::u32string_view text = item_text(reading, item);
    if (!join_name(item.level, static_cast<int>(i), text)) add_name(item.level, static_cast<int>(i), text);
  }
  std::stable_sort(m_numbers.begin(), m_numbers.end(),
                   [](const QueryNumber& a, const QueryNumber& b) { return a.level < b.level; });
}

void TreeMatcher::add_name(Level level, int position, std::u32string_view text) {
  if (m_name_count == m_names.size()) m_names.emplace_back();
  QueryName& name = m_names[m_name_count++];
  name.level = level;
  name.position = position;
  name.covers = bit(position);
  name.text.assign(text);
  name.ids.clear();
  name.partial = false;
  name.bent = false;
  find_names(name);
}

/// Takes a name together with the one just before it where the library knows the two as one: 广亭雅苑 一期. Where it
/// knows neither as it stands, an error may have cut what is one name: 顺巷|十二巷 for 顺港十二巷.
bool TreeMatcher::join_name(Level level, int position, std::u32string_view text) {
  if (m_name_count == 0) return false;
  QueryName& before = m_names[m_name_count - 1];
  if (is_known(before) || before.position + 1 != position || before.level != level) return false;
  m_key.clear();
  append_name_key(before.text, m_key);
  append_name_key(text, m_key);
  m_near.clear();
  if (const NameId id = m_library->names.find(m_key); id != no_name) {
    before.ids.assign(1, {id, Reason::matched});
  } else {
    if (before.ids.empty() || before.bent) find_near_join(before, text);
    if (m_near.empty()) return false;
    before.ids.clear();
    for (const NameId near : m_near) before.ids.emplace_back(near, Reason::corrected);
  }
  before.bent = !m_near.empty();
  before.partial = false;
  before.covers |= bit(position);
  before.text += text;
  return true;
}

/// Adds the nodes of a name that hang under a node of another of the text's names: 五巷 below 莲安街, of the hundreds
/// of that name.
void TreeMatcher::collect_below_others(std::size_t which, const Tree::Part& part) {
  const Tree& tree = m_library->tree;
  for (std::size_t i = 0; i < m_name_count; ++i) {
    if (i == which) continue;
    for (const auto& [other, other_reason] : m_names[i].ids) {
      const std::span<const TreeNode> above = tree.named(other, part, m_named_above);
      if (above.size() > anchors_max) continue;
      for (const TreeNode node : above) {
        for (const auto& [id, reason] : m_names[which].ids) {
          for (const TreeNode found : tree.named_below(id, node, m_named)) {
            if (m_anchors.size() < anchors_max) m_anchors.push_back(found);
          }
        }
      }
    }
  }
}

bool TreeMatcher::collect_within(const Tree::Part& part) {
  const Tree& tree = m_library->tree;
  for (std::size_t i = m_name_count; i-- > 0;) {
    const std::size_t before = m_anchors.size();
    if (m_names[i].bent) {
      const auto inside = [&](TreeNode node) {
        const DivisionNode d = tree.division(node);
        return part.division_last == no_division || (part.division_first <= d && d < part.division_last);
      };
      std::copy_if(m_names[i].chosen.begin(), m_names[i].chosen.end(), std::back_inserter(m_anchors), inside);
      continue;
    }
    std::size_t count = before;
    for (const auto& [id, reason] : m_names[i].ids) count += tree.named(id, part, m_named).size();
    if (count > anchors_max && m_name_count > 1) collect_below_others(i, part);
    if (m_anchors.size() > before) continue;
    for (const auto& [id, reason] : m_names[i].ids) {
      for (const TreeNode node : tree.named(id, part, m_named)) {
        if (m_anchors.size() >= anchors_max) return true;
        m_anchors.push_back(node);
      }
    }
  }
  return !m_anchors.empty();
}

void TreeMatcher::collect_anchors(const Reading& reading) {
  const Tree& tree = m_library->tree;
  const DivisionIndex& divisions = m_library->divisions;
  m_anchors.clear();
  for (DivisionNode d = reading.division.node; d != no_division && m_name_count > 0; d = divisions.parent(d)) {
    const Tree::Part part = tree.part_of(d, divisions.subtree_end(d));
    if (tree.may_hold_nodes(part) && collect_within(part)) return;
  }
  if (m_name_count > 0 && collect_within(tree.whole())) return;
  // Nothing but divisions and numbers, or names that nobody knows: what hangs at the division itself, or above it where
  // the library knows the town only.
  for (DivisionNode d = reading.division.node; d != no_division; d = divisions.parent(d)) {
    if (const TreeNode own = tree.division_node(d); own != no_node) {
      m_anchors.push_back(own);
      return;
    }
  }
}

void TreeMatcher::begin(const Reading& reading, const AddressPath& path) {
  m_anchors.clear();
  m_fetching.fill({});
  if (m_library->tree.size() == 0) return;
  prepare(reading, path);
  for (std::size_t i = 0; i < m_name_count; ++i) {
    if (m_names[i].bent) choose_near(reading, m_names[i]);
  }
  collect_anchors(reading);
  std::sort(m_anchors.begin(), m_anchors.end());
  m_anchors.erase(std::unique(m_anchors.begin(), m_anchors.end()), m_anchors.end());
  for (std::size_t i = 0; i < m_fetching.size() && i < m_anchors.size(); ++i) m_fetching[i].node = m_anchors[i];
}

/// Takes each likely way one stage further. False once there is nothing left to ask for.
bool TreeMatcher::fetch() {
  const Tree& tree = m_library->tree;
  bool goes_on = false;
  for (Fetching& way : m_fetching) {
    if (way.node == no_node) continue;
    const bool last = way.number >= m_numbers.size();
    tree.fetch(way.node, last ? 0 : m_numbers[way.number].key, way.stage);
    if (last) {
      way.node = no_node;
    } else if (way.stage < 2) {
      ++way.stage;
    } else {
      const Tree::Spot child = tree.find_child(way.node, m_numbers[way.number].key);
      way = {child.leaf < 0 ? child.node : no_node, way.number + 1, 1};
    }
    goes_on = goes_on || way.node != no_node;
  }
  return goes_on;
}

void TreeMatcher::finish(const Reading& reading, std::vector<Hit>& hits) {
  for (const TreeNode anchor : m_anchors) match_anchor(reading, anchor, false, hits);
}

void TreeMatcher::match(const Reading& reading, const AddressPath& path, std::vector<Hit>& hits) {
  begin(reading, path);
  finish(reading, hits);
}

void TreeMatcher::match_named(const Reading& reading, std::span<const TreeNode> nodes, std::vector<Hit>& hits) {
  if (m_library->tree.size() == 0) return;
  for (const TreeNode anchor : nodes) match_anchor(reading, anchor, true, hits);
}

/// True if the text names `division` or one of its ancestors at `level`: 港口 names 港口镇, even where the reader took
/// it for 港口区.
bool TreeMatcher::speaks_of(const Reading& reading, DivisionNode division, Level level) const {
  const DivisionIndex& index = m_library->divisions;
  for (const Mention& mention : reading.division.mentions) {
    if (mention.level != level || mention.use == MentionUse::conflicting) continue;
    const std::u32string_view text =
        std::u32string_view(reading.normal.chars).substr(mention.from, mention.to - mention.from);
    for (DivisionNode d = division; d != no_division; d = index.parent(d)) {
      const std::u32string name = fold_text(index.name(d));
      if (text.size() >= 2 && std::u32string_view(name).starts_with(text)) return true;
    }
  }
  return false;
}

double TreeMatcher::match_division(const Reading& reading, DivisionNode division, LevelReasons& reasons) const {
  const DivisionIndex& index = m_library->divisions;
  const DivisionPath& ours = reading.division;
  double score = 1;
  bool misread = false;  ///< the text's word fits the library's division as well: what was derived from it goes
  std::array<DivisionNode, level_count> chain;
  chain.fill(no_division);
  for (DivisionNode d = division; d != no_division; d = index.parent(d)) {
    chain[static_cast<std::size_t>(index.level(d))] = d;
  }
  for (std::size_t i = static_cast<std::size_t>(Level::village); i > 0; --i) {
    const auto level = static_cast<Level>(i);
    const DivisionNode theirs = chain[i];
    const bool filled = ours.reason[i] == Reason::filled_in || misread;
    if (theirs == no_division) {
      if (ours.at[i] == no_division || filled) continue;
      if (speaks_of(reading, division, level)) {
        misread = true;
      } else {
        reasons.set(level, Reason::unverified);
      }
    } else if (is_silent_division(index.name(theirs))) {
      continue;
    } else if (ours.at[i] == theirs) {
      reasons.set(level, ours.reason[i]);
    } else if (ours.at[i] == no_division || filled) {
      reasons.set(level, Reason::filled_in);
    } else if (speaks_of(reading, division, level)) {
      misread = true;
      reasons.set(level, Reason::alias);
    } else {
      reasons.set(level, Reason::conflicting);
      score *= other_division;
    }
  }
  return score;
}

/// Whether a named node of the chain is spoken of in the text. False if the chain cannot be meant.
bool TreeMatcher::match_name(TreeNode node, bool may_be_alike, Way& way) {
  const StepKey step = m_library->tree.step(node);
  const Level level = step_level(step);
  const auto take = [&](QueryName& name, Reason reason, double score) {
    name.used = true;
    m_bent_anchor = m_bent_anchor || reason == Reason::corrected;
    m_anchor_position = std::max(m_anchor_position, name.position);
    way.reasons.worsen(level, reason);
    way.score *= score;
    if (!name.partial) way.explained |= name.covers;
    way.whole = way.whole && !name.partial;
  };
  for (std::size_t i = 0; i < m_name_count; ++i) {
    QueryName& name = m_names[i];
    for (const auto& [id, reason] : name.ids) {
      if (name.used || id != step_name(step)) continue;
      take(name, name.partial ? Reason::alias : reason,
           reason == Reason::corrected ? repaired_score(name, id)
           : name.partial              ? partial_name
                                       : 1);
      return true;
    }
  }
  m_key.assign(m_library->names.key(step_name(step)));
  if (may_be_alike) {
    double best = 0;
    QueryName* closest = nullptr;
    std::u32string key;
    for (std::size_t i = 0; i < m_name_count; ++i) {
      if (m_names[i].used) continue;
      key.clear();
      append_name_key(m_names[i].text, key);
      const NameContrast contrast = name_contrast(key, m_key);
      if (contrast == NameContrast::conflicting) continue;
      double likeness = alike_name * name_likeness(key, m_key, false);
      if (contrast == NameContrast::one_sided) likeness *= other_kind_of_name;
      if (const double sound = sound_likeness(key, m_key); sound >= sounds_like) {
        likeness = std::max(likeness, sounding_name * sound);
      }
      if (is_known(m_names[i])) likeness *= bent_known_name;
      if (likeness > best) {
        best = likeness;
        closest = &m_names[i];
      }
    }
    if (closest == nullptr || best < alike_min) return false;
    take(*closest, Reason::corrected, best);
    return true;
  }
  // A road or estate over the anchor that the text does not name follows from it, unless the text names another one.
  const auto competes = [&](const QueryName& n) {
    return !n.used && n.level == level && n.position < m_anchor_position && is_road(n.text) == is_road(m_key);
  };
  const auto last = m_names.begin() + static_cast<std::ptrdiff_t>(m_name_count);
  const bool contradicted = std::any_of(m_names.begin(), last, competes);
  way.reasons.worsen(level, contradicted ? Reason::conflicting : Reason::filled_in);
  way.score *= contradicted ? other_road : filled_name;
  return true;
}

void TreeMatcher::match_number(TreeNode node, Way& way) {
  const StepKey step = m_library->tree.step(node);
  const Level level = step_level(step);
  const auto same_level = [&](const QueryNumber& n) { return n.level == level && !n.used; };
  const auto at = std::find_if(m_numbers.begin(), m_numbers.end(), same_level);
  if (at == m_numbers.end()) {
    way.reasons.worsen(level, Reason::filled_in);
    way.score *= filled_number;
    return;
  }
  at->used = true;
  if (identity(at->key) == identity(step)) {
    way.reasons.worsen(level, Reason::matched);
    way.explained |= bit(at->position);
  } else {
    way.reasons.worsen(level, Reason::conflicting);
    way.whole = false;
    way.score *= other_number;
  }
}

/// False if the text goes on with a name that stands below the anchor: then the node of that name is the better anchor.
bool TreeMatcher::weigh_unused_names(TreeNode anchor, Way& way) {
  for (std::size_t i = 0; i < m_name_count; ++i) {
    const QueryName& name = m_names[i];
    if (name.used) continue;
    for (const auto& [id, reason] : name.ids) {
      if (!m_library->tree.named_below(id, anchor, m_named).empty()) return false;
    }
    way.whole = false;
    way.reasons.worsen(name.level, Reason::unverified);
    way.score *= name.position < m_anchor_position ? extra_name_before : extra_name_behind;
  }
  return true;
}

/// Compares the anchor and what it hangs under with the text. False if the anchor cannot be meant.
bool TreeMatcher::match_chain(TreeNode anchor, bool may_be_alike, Way& way) {
  const Tree& tree = m_library->tree;
  m_anchor_position = -1;
  m_bent_anchor = false;
  for (std::size_t i = 0; i < m_name_count; ++i) m_names[i].used = false;
  for (QueryNumber& number : m_numbers) number.used = false;
  for (TreeNode node = anchor; node != no_node && tree.step(node) != 0; node = tree.parent(node)) {
    if (!is_name_step(tree.step(node))) {
      match_number(node, way);
    } else if (!match_name(node, may_be_alike && node == anchor, way)) {
      return false;
    }
  }
  if (m_bent_anchor && is_bare_below_place(anchor, way)) way.score *= bare_bent_name;
  return weigh_unused_names(anchor, way);
}

/// True for a number that belongs to a name of the text which was not found: before the anchor the number of the road
/// at the gate, behind it the building of an estate that nobody knows.
bool TreeMatcher::out_of_reach(const QueryNumber& number) const {
  if (number.position < m_anchor_position) return true;
  for (std::size_t i = 0; i < m_name_count; ++i) {
    const QueryName& name = m_names[i];
    if (!name.used && name.position > m_anchor_position && name.position < number.position) return true;
  }
  return false;
}

bool TreeMatcher::reaches(TreeNode node, Level level, int depth) const {
  const Tree& tree = m_library->tree;
  const Tree::Leaves leaves = tree.leaves(node);
  if (leaves.size() > 0 && (step_level(leaves.key(0)) == level || step_level(leaves.key(leaves.size() - 1)) == level)) {
    return true;
  }
  std::size_t tried = 0;
  for (const TreeNode child : tree.children(node)) {
    if (++tried > children_tried_max) return false;
    if (tree.is_gone(child)) continue;
    if (step_level(tree.step(child)) == level || (depth > 0 && reaches(child, level, depth - 1))) return true;
  }
  return false;
}

/// Looks for `step`, also below levels that the text leaves out: 3栋501室 where the library has 3栋2单元501室.
void TreeMatcher::search_below(Tree::Spot spot, StepKey step, int depth) {
  if (spot.leaf >= 0 || m_found.size() >= found_max) return;
  const Tree& tree = m_library->tree;
  if (const Tree::Spot child = tree.find_child(spot.node, step); child.node != no_node) {
    m_found.push_back(child);
    return;
  }
  if (depth == 0 || tree.step(spot.node) == 0) return;
  std::size_t tried = 0;
  for (const TreeNode child : tree.children(spot.node)) {
    if (m_found.size() >= found_max || ++tried > children_tried_max) return;
    if (tree.is_gone(child)) continue;
    const StepKey own = tree.step(child);
    const bool skippable = is_name_step(own) ? step_level(own) == Level::place && step_level(step) > Level::number
                                             : step_level(own) < step_level(step) && step_level(own) > Level::number;
    if (skippable) search_below({child, -1}, step, depth - 1);
  }
}

/// 256-1号 for 256号附1号 or 256号1室, and 256号附1号 for 256-1号: one number in two forms.
void TreeMatcher::find_sub_number(Tree::Spot spot, NumberKey key) {
  const Tree& tree = m_library->tree;
  Tree::Spot found;
  if (number_kind(key) == NumberKind::door && number_sub(key) != 0 && spot.leaf < 0) {
    const Tree::Spot whole = tree.find_child(spot.node, with_sub(key, 0));
    if (whole.node == no_node || whole.leaf >= 0) return;
    const NumberKey part = with_value(with_sub(key, 0), number_sub(key));
    found = tree.find_child(whole.node, with_kind(part, NumberKind::sub_door));
    if (found.node == no_node) found = tree.find_child(whole.node, with_kind(part, NumberKind::room));
  } else if (number_kind(key) == NumberKind::sub_door) {
    const StepKey whole = tree.step(spot);
    const TreeNode parent = spot.leaf < 0 ? tree.parent(spot.node) : spot.node;
    if (is_name_step(whole) || whole == 0 || number_kind(whole) != NumberKind::door || parent == no_node) return;
    found = tree.find_child(parent, with_sub(whole, number_value(key)));
  }
  if (found.node != no_node) m_found.push_back(found);
}

/// Fills m_found; tells whether the number was taken as it stands or as one of another kind (which is then in `key` and
/// `level`): 12号 of an estate for 12栋, 520# of a road for 520号, 12号之202 for 12号202室.
Reason TreeMatcher::find_below(const Way& way, NumberKey& key, Level& level) {
  m_found.clear();
  search_below(way.spot, key, search_depth);
  if (!m_found.empty()) return Reason::matched;
  find_sub_number(way.spot, key);
  if (!m_found.empty()) return Reason::alias;
  if (way.spot.leaf >= 0) return Reason::matched;
  const auto try_kind = [&](NumberKind kind) {
    const NumberKey other = with_kind(key, kind);
    search_below(way.spot, other, 1);
    if (m_found.empty()) return false;
    key = other;
    level = number_level(kind);
    return true;
  };
  bool found = false;
  switch (number_kind(key)) {
    case NumberKind::sub_door:
      found = try_kind(NumberKind::room) || try_kind(NumberKind::door);
      break;
    case NumberKind::door:
      found =
          !reaches(way.spot.node, Level::number, 0) && (try_kind(NumberKind::building) || try_kind(NumberKind::room));
      break;
    case NumberKind::building:
      found = !reaches(way.spot.node, Level::building, 1) && try_kind(NumberKind::door);
      break;
    case NumberKind::room:
      found = try_kind(NumberKind::sub_door) || try_kind(NumberKind::door);
      break;
    default:
      break;
  }
  return found ? Reason::alias : Reason::matched;
}

std::span<const Tree::Spot> TreeMatcher::find_number(Tree::Spot spot, NumberKey& key, Level& level, Reason& reason) {
  Way way;
  way.spot = spot;
  reason = find_below(way, key, level);
  return m_found;
}

bool TreeMatcher::lacks(Tree::Spot spot, Level level, NumberKey key) const {
  const Tree& tree = m_library->tree;
  return spot.leaf < 0 && !tells_floor(tree, spot.node, key) &&
         (tree.has_leaves(spot.node) || reaches(spot.node, level, 1));
}

void TreeMatcher::step_down(const Way& way, const QueryNumber& number) {
  const Tree& tree = m_library->tree;
  NumberKey key = number.key;
  Level level = number.level;
  const Reason reason = find_below(way, key, level);
  for (const Tree::Spot spot : m_found) {
    if (m_next_ways.size() >= ways_max) break;
    Way next = way;
    next.spot = spot;
    next.reasons.worsen(level, reason);
    next.explained |= bit(number.position);
    if (reason != Reason::matched) next.score *= number_of_other_kind;
    // Levels that were stepped over follow from the library, or stay open where several ways lead down.
    TreeNode between = spot.leaf < 0 ? tree.parent(spot.node) : spot.node;
    for (; between != way.spot.node && between != no_node; between = tree.parent(between)) {
      const Level level_between = step_level(tree.step(between));
      next.reasons.worsen(level_between, m_found.size() > 1 ? Reason::ambiguous : Reason::filled_in);
      next.score *= level_between == Level::unit ? filled_unit : filled_number;
    }
    m_next_ways.push_back(next);
  }
  if (!m_found.empty()) return;
  Way next = way;
  const bool missing = lacks(way.spot, number.level, number.key);
  next.reasons.worsen(number.level, missing ? Reason::not_found : Reason::unverified);
  const double not_found = number.level > Level::building ? room_not_found : number_not_found;
  next.score *= missing ? not_found : number_unverified;
  next.whole = false;
  next.stuck = missing && number_kind(number.key) != NumberKind::sub_door;
  m_next_ways.push_back(next);
}

void TreeMatcher::descend(const QueryNumber& number) {
  m_next_ways.clear();
  const bool foreign = out_of_reach(number);
  for (const Way& way : m_ways) {
    if (!way.stuck && !foreign) {
      step_down(way, number);
      continue;
    }
    m_next_ways.push_back(way);
    m_next_ways.back().whole = false;
    m_next_ways.back().reasons.worsen(number.level, Reason::unverified);
    if (!way.stuck && number.position > m_anchor_position) m_next_ways.back().score *= number_unverified;
  }
  m_ways.swap(m_next_ways);
}

void TreeMatcher::match_anchor(const Reading& reading, TreeNode anchor, bool may_be_alike, std::vector<Hit>& hits) {
  const Tree& tree = m_library->tree;
  Way start;
  start.spot = {anchor, -1};
  if (!match_chain(anchor, may_be_alike, start)) return;
  start.score *= match_division(reading, tree.division(anchor), start.reasons);
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
    hit.explained = way.explained;
    if (hit.row != no_row && hit.spot.leaf < 0 && tree.is_alias(hit.spot.node)) mark_alias(hit);
    hits.push_back(hit);
  }
}

}  // namespace menpai::address

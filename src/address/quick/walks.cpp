// SPDX-License-Identifier: Apache-2.0
#include "address/quick/walks.hpp"

#include <algorithm>

#include "address/text/normalise.hpp"

namespace menpai::address {
namespace {

// How a number was found: not at all, or straight (0), or as add_step says.
constexpr std::uint64_t not_there = 1;  ///< the library does not reach so deep
constexpr std::uint64_t lacking = 2;    ///< it does, and has no such number
constexpr std::uint64_t not_straight = 1u << 15;

}  // namespace

/// The nodes of a name in the innermost division around `division` that has some; as TreeMatcher collects anchors.
bool Walks::set_named(NameId name, DivisionNode division, Entry& entry) {
  const Tree& tree = m_library->tree;
  const DivisionIndex& divisions = m_library->divisions;
  const auto take = [&](const Tree::Part& part) {
    const std::span<const TreeNode> nodes = tree.named(name, part, m_named);
    if (nodes.empty()) return false;
    if (nodes.size() > entry.nodes.size()) return true;
    entry.count = static_cast<std::uint32_t>(nodes.size());
    std::copy(nodes.begin(), nodes.end(), entry.nodes.begin());
    std::sort(entry.nodes.begin(), entry.nodes.begin() + entry.count);
    return true;
  };
  for (DivisionNode d = division; d != no_division; d = divisions.parent(d)) {
    const Tree::Part part = tree.part_of(d, divisions.subtree_end(d));
    if (tree.may_hold_nodes(part) && take(part)) return true;
  }
  return take(tree.whole());
}

void Walks::find(std::u32string_view name, DivisionNode division, Entry& entry) {
  entry.count = 0;
  if (!name.empty()) {
    m_key.clear();
    append_name_key(name, m_key);
    const NameId id = m_key.empty() ? no_name : m_library->names.find(m_key);
    if (id != no_name) set_named(id, division, entry);
    return;
  }
  for (DivisionNode d = division; d != no_division; d = m_library->divisions.parent(d)) {
    const TreeNode node = m_library->tree.division_node(d);
    if (node == no_node) continue;
    entry.nodes[0] = node;
    entry.count = 1;
    return;
  }
}

std::span<const TreeNode> Walks::places(std::u32string_view name, DivisionNode division) {
  if (name.size() > name_max) return {};
  if (m_entries.empty()) m_entries.resize(entries_size);
  std::uint64_t hash = division;
  for (const char32_t c : name) hash = (hash ^ c) * 0x9E3779B97F4A7C15u;
  Entry& entry = m_entries[hash >> 40 & (entries_size - 1)];
  if (entry.length != name.size() || entry.division != division ||
      !std::equal(name.begin(), name.end(), entry.name.begin())) {
    find(name, division, entry);
    entry.division = division;
    entry.length = static_cast<std::uint16_t>(name.size());
    std::copy(name.begin(), name.end(), entry.name.begin());
  }
  return std::span(entry.nodes).first(entry.count);
}

/// The levels of the named places over a place, innermost last, four bits each. False where there is more above it.
bool Walks::above(TreeNode place, std::uint64_t& levels) const {
  const Tree& tree = m_library->tree;
  levels = 0;
  if (tree.step(place) == 0) return true;
  int depth = 0;
  for (TreeNode n = tree.parent(place); n != no_node; n = tree.parent(n)) {
    const StepKey step = tree.step(n);
    if (step == 0) break;
    if (!is_name_step(step) || ++depth > 4) return false;
    levels = levels << 4 | static_cast<std::uint64_t>(step_level(step));
  }
  return true;
}

/// Takes a step that is not straight down: over levels that the text leaves out, or by a number of another kind.
bool Walks::add_step(const Template::Counted& number, NumberKey key, Tree::Spot& spot, std::uint64_t& seen) {
  const Tree& tree = m_library->tree;
  Level level = number.level;
  Reason reason = Reason::matched;
  const std::span<const Tree::Spot> found = m_matcher.find_number(spot, key, level, reason);
  if (found.size() > 1) return false;
  if (found.empty()) {
    seen = m_matcher.lacks(spot, number.level, key) ? lacking : not_there;
    return true;
  }
  const TreeNode from = spot.node;
  spot = found.front();
  seen = not_straight | static_cast<unsigned>(reason) << 12 | static_cast<unsigned>(level) << 8;
  int places = 0;
  TreeNode between = spot.leaf < 0 ? tree.parent(spot.node) : spot.node;
  for (; between != from && between != no_node; between = tree.parent(between), ++places) {
    if (places == 2) return false;
    seen |= static_cast<std::uint64_t>(step_level(tree.step(between))) << (4 * places);
  }
  return true;
}

bool Walks::add_way(const Template& like, const TailNumbers& numbers, TreeNode place, Walk& walk) {
  const Tree& tree = m_library->tree;
  Tree::Spot spot{place, -1};
  std::uint64_t levels = 0;
  if (!above(place, levels)) return false;
  std::array<std::uint64_t, Template::numbers_max> found{};
  for (std::size_t i = 0; i < like.number_count; ++i) {
    if (numbers.implied_floor && i == like.floor) continue;
    const NumberKey key = numbers.keys[i];
    if (spot.leaf < 0) {
      const Tree::Spot child = tree.find_child(spot.node, key);
      if (child.node != no_node) {
        spot = child;
        continue;
      }
    }
    if (!add_step(like.numbers[i], key, spot, found[i])) return false;
    const bool is_stuck = found[i] == lacking && number_kind(key) != NumberKind::sub_door;
    if (is_stuck) break;  // nothing deeper is sought
  }
  if (spot.leaf < 0 && tree.is_alias(spot.node)) return false;  // which says so
  static_assert(Template::numbers_max == 5);
  walk.spots[walk.count] = spot;
  std::uint64_t* const form = &walk.shape[1 + 2 * std::size_t{walk.count}];
  form[0] = levels << 16 | found[4] << 32;
  form[1] = found[0] | found[1] << 16 | found[2] << 32 | found[3] << 48;
  ++walk.count;
  return true;
}

bool Walks::descend(const Template& like, const TailNumbers& numbers, std::span<const TreeNode> places, Walk& walk) {
  walk.count = 0;
  walk.shape[0] = like.kind << 8 | places.size() << 1 | (numbers.implied_floor ? 1 : 0);
  bool leads = false;
  for (const TreeNode place : places) {
    if (!add_way(like, numbers, place, walk)) return false;
    const std::uint64_t* const form = &walk.shape[2 * std::size_t{walk.count} - 1];
    leads = leads || (form[1] == 0 && form[0] >> 32 == 0);
    if (places.size() > 1) continue;
    // Of one place, what the library lacks or does not reach is left to the thorough way.
    const auto ends = [](std::uint64_t words) {
      for (int i = 0; i < 4; ++i, words >>= 16) {
        if ((words & 0xFFFF) == lacking || (words & 0xFFFF) == not_there) return false;
      }
      return true;
    };
    leads = ends(form[1]) && ends(form[0] >> 32);
  }
  return leads;
}

}  // namespace menpai::address

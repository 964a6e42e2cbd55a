// SPDX-License-Identifier: Apache-2.0
#include "address/quick/walks.hpp"

#include <algorithm>

#include "address/text/normalise.hpp"

namespace menpai::address {

/// The only node of a name in the innermost division around `division` that has one; as TreeMatcher collects anchors.
TreeNode Walks::named_node(NameId name, DivisionNode division) {
  const Tree& tree = m_library->tree;
  const DivisionIndex& divisions = m_library->divisions;
  const auto only = [&](const Tree::Part& part, TreeNode& node) {
    const std::span<const TreeNode> nodes = tree.named(name, part, m_named);
    if (nodes.size() == 1) node = nodes.front();
    return !nodes.empty();
  };
  TreeNode node = no_node;
  for (DivisionNode d = division; d != no_division; d = divisions.parent(d)) {
    const Tree::Part part = tree.part_of(d, divisions.subtree_end(d));
    if (tree.may_hold_nodes(part) && only(part, node)) return node;
  }
  only(tree.whole(), node);
  return node;
}

Footing Walks::find(std::u32string_view name, DivisionNode division) {
  const Tree& tree = m_library->tree;
  Footing found;
  TreeNode node = no_node;
  if (name.empty()) {
    for (DivisionNode d = division; d != no_division && node == no_node; d = m_library->divisions.parent(d)) {
      node = tree.division_node(d);
    }
  } else {
    m_key.clear();
    append_name_key(name, m_key);
    const NameId id = m_key.empty() ? no_name : m_library->names.find(m_key);
    if (id != no_name) node = named_node(id, division);
  }
  if (node == no_node) return found;
  std::uint32_t above = 0;
  if (tree.step(node) != 0) {
    int depth = 0;
    for (TreeNode n = tree.parent(node); n != no_node && tree.step(n) != 0; n = tree.parent(n)) {
      if (!is_name_step(tree.step(n)) || ++depth > 6) return found;
      above = above << 4 | static_cast<std::uint32_t>(step_level(tree.step(n)));
    }
  }
  return {node, tree.division(node), above};
}

Footing Walks::footing(std::u32string_view name, DivisionNode division) {
  if (name.size() > name_max) return {};
  if (m_entries.empty()) m_entries.resize(entries_size);
  std::uint64_t hash = division;
  for (const char32_t c : name) hash = (hash ^ c) * 0x9E3779B97F4A7C15u;
  Entry& entry = m_entries[hash >> 40 & (entries_size - 1)];
  if (entry.length == name.size() && entry.division == division &&
      std::equal(name.begin(), name.end(), entry.name.begin())) {
    return entry.footing;
  }
  entry.footing = find(name, division);
  entry.division = division;
  entry.length = static_cast<std::uint16_t>(name.size());
  std::copy(name.begin(), name.end(), entry.name.begin());
  return entry.footing;
}

/// Takes a step that is not straight down: over levels that the text leaves out, or by a number of another kind.
bool Walks::add_step(Tree::Spot from, const Template::Counted& number, NumberKey key, Walk& walk, std::uint64_t& seen) {
  const Tree& tree = m_library->tree;
  Level level = number.level;
  Reason reason = Reason::matched;
  const std::span<const Tree::Spot> found = m_matcher.find_number(from, key, level, reason);
  if (found.size() != 1) return false;
  walk.spot = found.front();
  seen = 1u << 15 | static_cast<unsigned>(reason) << 12 | static_cast<unsigned>(level) << 8;
  int places = 0;
  TreeNode between = walk.spot.leaf < 0 ? tree.parent(walk.spot.node) : walk.spot.node;
  for (; between != from.node && between != no_node; between = tree.parent(between), ++places) {
    if (places == 2) return false;
    seen |= static_cast<std::uint64_t>(step_level(tree.step(between))) << (4 * places);
  }
  return true;
}

bool Walks::descend(const Template& like, const TailNumbers& numbers, Walk& walk) {
  const Tree& tree = m_library->tree;
  walk.spot = {walk.footing.node, -1};
  walk.shape = {std::uint64_t{like.serial} << 32 | walk.footing.division,
                std::uint64_t{walk.footing.above} << 1 | (numbers.implied_floor ? 1 : 0), 0, 0};
  for (std::size_t i = 0; i < like.number_count; ++i) {
    if (numbers.implied_floor && i == like.floor) continue;
    if (walk.spot.leaf < 0) {
      const Tree::Spot child = tree.find_child(walk.spot.node, numbers.keys[i]);
      if (child.node != no_node) {
        walk.spot = child;
        continue;
      }
    }
    std::uint64_t seen = 0;
    if (!add_step(walk.spot, like.numbers[i], numbers.keys[i], walk, seen)) return false;
    walk.shape[2 + i / 4] |= seen << (16 * (i % 4));
  }
  return walk.spot.leaf >= 0 || !tree.is_alias(walk.spot.node);
}

}  // namespace menpai::address

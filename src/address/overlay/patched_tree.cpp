// SPDX-License-Identifier: Apache-2.0
// What a tree says of the places that edits changed.
#include <algorithm>

#include "address/overlay/tree_patch.hpp"
#include "base/error.hpp"

namespace menpai::address {

const Tree::NodeData& Tree::added(TreeNode node) const {
  MENPAI_ASSERT(node < m_patch->end(), "a node of the tree");
  return m_patch->node(node);
}

std::uint32_t Tree::added_rows_below(TreeNode node) const {
  return m_patch->rows_below(node);
}

std::uint32_t Tree::patched_size() const {
  return m_patch->end();
}

bool Tree::contains_patched(TreeNode ancestor, TreeNode node) const {
  while (node >= m_nodes.size() && node != no_node) {
    if (node == ancestor) return true;
    node = parent(node);
  }
  return node != no_node && ancestor < m_nodes.size() && ancestor <= node && node < m_nodes[ancestor].end;
}

bool Tree::is_gone_patched(TreeNode node) const {
  if (!m_patch->is_gone(node, m_view)) return false;
  m_met_retired = m_met_retired || !m_patch->is_gone(node, TreeView::with_retired);
  return true;
}

bool Tree::is_gone_patched(TreeNode node, std::size_t leaf) const {
  const RowId row = own_leaves(node).first + static_cast<RowId>(leaf);
  if (!m_patch->is_hidden_leaf(row, m_view)) return false;
  m_met_retired = m_met_retired || !m_patch->is_hidden_leaf(row, TreeView::with_retired);
  return true;
}

RowId Tree::patched_row(TreeNode node) const {
  const RowId row = m_patch->row(node, m_view);
  if (row == no_row && m_patch->row(node, TreeView::with_retired) != no_row) m_met_retired = true;
  return row;
}

/// A node that edits left or made without anything below it is what a leaf would be in a library built anew.
bool Tree::has_patched_leaves(TreeNode node) const {
  if (!m_patch->touches(node)) return false;
  const std::span<const TreeNode> all = children(node);
  return std::any_of(all.begin(), all.end(), [&](TreeNode child) {
    if (!m_patch->touches(child) || is_name_step(step(child)) || m_patch->is_gone(child, m_view)) return false;
    const std::span<const TreeNode> below = children(child);
    const auto is_there = [&](TreeNode n) { return !m_patch->is_gone(n, m_view); };
    return m_patch->has_own_row(child, m_view) && leaves(child).size() == 0 &&
           std::none_of(below.begin(), below.end(), is_there);
  });
}

bool Tree::is_dead_patched(RowId row) const {
  if (!m_patch->is_dead(row, m_view)) return false;
  m_met_retired = m_met_retired || !m_patch->is_dead(row, TreeView::with_retired);
  return true;
}

Tree::Spot Tree::find_patched_child(TreeNode node, StepKey step) const {
  if (const std::optional<TreeNode> added = m_patch->find_added_child(node, step)) {
    return is_gone(*added) ? Spot{} : Spot{*added, -1};
  }
  if (node >= m_nodes.size()) return {};
  const Spot found = find_own_child(node, step);
  if (found.node == no_node) return found;
  const bool gone = found.leaf < 0 ? is_gone(found.node) : is_gone(node, static_cast<std::size_t>(found.leaf));
  return gone ? Spot{} : found;
}

/// The tree's own nodes that are not gone, and the added ones in `part`, or below `above` where that is a node.
std::span<const TreeNode> Tree::named_patched(NameId name, std::span<const TreeNode> own, const Part& part,
                                              TreeNode above, std::vector<TreeNode>& memory) const {
  memory.clear();
  std::copy_if(own.begin(), own.end(), std::back_inserter(memory), [&](TreeNode node) { return !is_gone(node); });
  for (const TreeNode node : m_patch->named(name)) {
    const DivisionNode in = division(node);
    const bool inside = above == no_node ? part.division_first <= in && in < part.division_last
                                         : node != above && contains(above, node);
    if (inside && !is_gone(node)) memory.push_back(node);
  }
  return memory;
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
#include "address/overlay/tree_patch.hpp"

#include <algorithm>

namespace menpai::address {

TreePatch::TreePatch(const Tree& base, RowId first_row)
    : m_base(&base), m_base_size(base.size()), m_first_row(first_row), m_touched(m_base_size) {
  for (const Tree::Pair& alias : base.m_aliases) m_alias_nodes.emplace_back(alias.second, alias.first);
  std::sort(m_alias_nodes.begin(), m_alias_nodes.end());
}

TreeNode TreePatch::parent(TreeNode node) const {
  return node < m_base_size ? m_base->parent(node) : m_nodes[node - m_base_size].data.parent;
}

StepKey TreePatch::step(TreeNode node) const {
  return node < m_base_size ? m_base->step(node) : m_nodes[node - m_base_size].data.step;
}

void TreePatch::touch(TreeNode node) {
  if (node < m_base_size) m_touched.set(node);
}

std::span<const Tree::Pair> TreePatch::base_aliases(TreeNode first, TreeNode last) const {
  const auto less = [](const Tree::Pair& p, TreeNode n) { return p.first < n; };
  const auto& all = m_base->m_aliases;
  return {std::lower_bound(all.begin(), all.end(), first, less), std::lower_bound(all.begin(), all.end(), last, less)};
}

/// Rows and aliases that the base has at and below a node.
std::uint32_t TreePatch::base_live(TreeNode node) const {
  return m_base->rows_below(node) + static_cast<std::uint32_t>(base_aliases(node, m_base->subtree_end(node)).size());
}

// ---- What is there.

std::optional<TreeNode> TreePatch::find_added_child(TreeNode node, StepKey step) const {
  const auto found = m_children.find({node, step_identity(step)});
  return found == m_children.end() ? std::nullopt : std::optional(found->second);
}

std::optional<TreeNode> TreePatch::moved(RowId leaf) const {
  const auto found = m_moved.find(leaf);
  return found == m_moved.end() ? std::nullopt : std::optional(found->second);
}

std::optional<TreeNode> TreePatch::top(DivisionNode division) const {
  const auto found = m_tops.find(division);
  return found == m_tops.end() ? std::nullopt : std::optional(found->second);
}

const std::vector<TreeNode>* TreePatch::children(TreeNode node) const {
  const auto found = m_child_lists.find(node);
  return found == m_child_lists.end() ? nullptr : &found->second;
}

std::span<const TreeNode> TreePatch::named(NameId name) const {
  const auto found = m_named.find(name);
  return found == m_named.end() ? std::span<const TreeNode>() : std::span(found->second);
}

void TreePatch::rows_at(Tree::Spot spot, TreeView view, std::vector<RowId>& rows) const {
  const std::size_t before = rows.size();
  if (spot.node < m_base_size) {
    const RowId own = spot.leaf >= 0                            ? m_base->row(spot)
                      : m_base->m_nodes[spot.node].has_row != 0 ? m_base->m_nodes[spot.node].first_row
                                                                : no_row;
    if (own != no_row) {
      rows.push_back(own);
      m_base->more_rows(own, rows);
    }
  }
  if (spot.leaf < 0) {
    if (const auto extra = m_extra.find(spot.node); extra != m_extra.end()) {
      rows.insert(rows.end(), extra->second.rows.begin(), extra->second.rows.end());
    }
  }
  rows.erase(std::remove_if(rows.begin() + static_cast<std::ptrdiff_t>(before), rows.end(),
                            [&](RowId row) { return is_dead(row, view); }),
             rows.end());
}

bool TreePatch::has_own_row(TreeNode node, TreeView view) const {
  std::vector<RowId> rows;
  rows_at({node, -1}, view, rows);
  return !rows.empty();
}

RowId TreePatch::row(TreeNode node, TreeView view) const {
  std::vector<RowId> rows;
  rows_at({node, -1}, view, rows);
  if (!rows.empty()) return rows.front();
  if (node < m_base_size) {
    for (const Tree::Pair& alias : base_aliases(node, node + 1)) {
      if (!is_dead(alias.second, view)) return alias.second;
    }
  }
  if (const auto extra = m_extra.find(node); extra != m_extra.end()) {
    for (const RowId row : extra->second.aliases) {
      if (!is_dead(row, view)) return row;
    }
  }
  return no_row;
}

RowId TreePatch::row_of_leaf(RowId leaf, TreeView view) const {
  if (!is_dead(leaf, view)) return leaf;
  std::vector<RowId> further;
  m_base->more_rows(leaf, further);
  for (const RowId row : further) {
    if (!is_dead(row, view)) return row;
  }
  return leaf;
}

Tree::Spot TreePatch::spot_of(RowId row) const {
  if (const AddedRow* added = find_row(row)) return {added->node, -1};
  const Tree::Spot spot = m_base->spot_of(row);
  if (spot.leaf < 0) return spot;
  const std::optional<TreeNode> node = moved(m_base->row(spot));
  return node ? Tree::Spot{*node, -1} : spot;
}

bool TreePatch::is_occupied(Tree::Spot spot, std::size_t view) const {
  std::vector<RowId> rows;
  rows_at(spot, static_cast<TreeView>(view), rows);
  return !rows.empty();
}

// ---- What changes.

/// True if there was something at or below the node and now is nothing, or the other way round.
bool TreePatch::change_live(TreeNode node, std::size_t view, std::int32_t change) {
  if (node >= m_base_size) {
    std::uint32_t& live = m_nodes[node - m_base_size].live[view];
    const bool was = live > 0;
    live = static_cast<std::uint32_t>(static_cast<std::int32_t>(live) + change);
    return was != (live > 0);
  }
  std::int32_t& more = m_gone[view].more[node];
  const std::int32_t before = static_cast<std::int32_t>(base_live(node)) + more;
  more += change;
  return (before > 0) != (before + change > 0);
}

/// So many rows or aliases more stand at `node`: it and what it hangs under may come or go with them.
void TreePatch::count(TreeNode node, std::size_t view, std::int32_t change) {
  Gone& gone = m_gone[view];
  for (TreeNode above = no_node; node != no_node; node = above) {
    above = parent(node);
    if (!change_live(node, view, change)) continue;
    gone.gone.set(node, change < 0);
    if (above != no_node) touch(above);
    if (!is_name_step(step(node))) continue;
    const NameId name = step_name(step(node));
    m_touched_names.set(name);
    std::int32_t& more = gone.named_nodes[name];
    more += change > 0 ? 1 : -1;
    const auto in_base = static_cast<std::int32_t>(m_base->named(name, 0, m_base_size).size());
    gone.gone_names.set(name, in_base + more <= 0);
  }
}

TreeNode TreePatch::make_node(TreeNode parent, StepKey step, DivisionNode division) {
  const TreeNode node = end();
  AddedNode& added = m_nodes.emplace_back();
  added.data.parent = parent;
  added.data.end = node + 1;
  added.data.step = step;
  added.data.division = division;
  added.data.shape = Tree::no_shape;
  for (Gone& gone : m_gone) gone.gone.set(node);
  if (is_name_step(step)) {
    m_named[step_name(step)].push_back(node);
    m_new_named.push_back(node);
    m_touched_names.set(step_name(step));
  }
  if (parent == no_node) return node;
  touch(parent);
  m_children.emplace(ChildKey{parent, step_identity(step)}, node);
  const auto [list, is_new] = m_child_lists.try_emplace(parent);
  if (is_new && parent < m_base_size) {
    const std::span<const TreeNode> base = m_base->children(parent);
    list->second.assign(base.begin(), base.end());
  }
  const auto at =
      std::lower_bound(list->second.begin(), list->second.end(), step_identity(step),
                       [&](TreeNode n, std::uint64_t identity) { return step_identity(this->step(n)) < identity; });
  list->second.insert(at, node);
  return node;
}

/// A leaf of the base that more is to stand at or below. Its rows go along; above it nothing changes.
TreeNode TreePatch::turn_leaf_into_node(TreeNode node, std::int32_t leaf) {
  const Tree::Spot spot{node, leaf};
  const TreeNode made = make_node(node, m_base->step(spot), m_base->division(node));
  const RowId row = m_base->row(spot);
  std::vector<RowId>& rows = m_extra[made].rows;
  rows.push_back(row);
  m_base->more_rows(row, rows);
  for (std::size_t view = 0; view < tree_views; ++view) {
    if (is_occupied(spot, view)) {
      m_nodes[made - m_base_size].live[view] = 1;
      m_gone[view].gone.set(made, false);
    }
    m_gone[view].hidden.set(row);
  }
  m_moved.emplace(row, made);
  return made;
}

TreeNode TreePatch::child(TreeNode node, StepKey step) {
  if (const std::optional<TreeNode> added = find_added_child(node, step)) return *added;
  if (node < m_base_size) {
    const Tree::Spot found = m_base->find_child(node, step);
    if (found.node != no_node) return found.leaf < 0 ? found.node : turn_leaf_into_node(found.node, found.leaf);
    return make_node(node, step, m_base->division(node));
  }
  return make_node(node, step, m_nodes[node - m_base_size].data.division);
}

TreeNode TreePatch::walk(DivisionNode division, std::span<const StepKey> steps) {
  TreeNode node = m_base->division_node(division);
  if (node == no_node) node = top(division).value_or(no_node);
  if (node == no_node) {
    node = make_node(no_node, 0, division);
    m_tops.emplace(division, node);
  }
  for (const StepKey step : steps) node = child(node, step);
  return node;
}

RowId TreePatch::add(DivisionNode division, std::span<const StepKey> steps, AddedRow row) {
  const TreeNode node = walk(division, steps);
  row.node = node;
  const RowId id = m_first_row + row_count();
  std::array<bool, tree_views> was{};
  for (std::size_t view = 0; view < tree_views; ++view) was[view] = is_occupied({node, -1}, view);
  for (TreeNode n = node; row.point && n >= m_base_size && n != no_node; n = parent(n)) {
    AddedNode& added = m_nodes[n - m_base_size];
    const bool is_building = added.data.step != 0 && step_level(added.data.step) >= Level::number;
    if (is_building && !added.point) added.point = row.point;
  }
  m_rows.push_back(std::move(row));
  m_extra[node].rows.push_back(id);
  touch(node);
  for (std::size_t view = 0; view < tree_views; ++view) {
    if (!was[view]) count(node, view, 1);
  }
  return id;
}

RowId TreePatch::add_flat(AddedRow row) {
  m_rows.push_back(std::move(row));
  return m_first_row + row_count() - 1;
}

void TreePatch::add_alias(RowId row, DivisionNode division, std::span<const StepKey> steps) {
  const TreeNode node = walk(division, steps);
  m_extra[node].aliases.push_back(row);
  m_rows[row - m_first_row].alias_nodes.push_back(node);
  touch(node);
  for (std::size_t view = 0; view < tree_views; ++view) count(node, view, 1);
}

void TreePatch::retire(RowId row, bool has_successor) {
  const Tree::Spot spot = spot_of(row);
  for (std::size_t view = 0; view < tree_views; ++view) {
    if (static_cast<TreeView>(view) == TreeView::with_retired && has_successor) continue;
    Gone& gone = m_gone[view];
    if (gone.dead.test(row)) continue;
    const bool was = spot.node != no_node && is_occupied(spot, view);
    gone.dead.set(row);
    if (was && !is_occupied(spot, view)) {
      if (spot.leaf >= 0) gone.hidden.set(m_base->row(spot));
      count(spot.node, view, -1);
    }
    const auto lose_alias = [&](TreeNode node) {
      touch(node);
      count(node, view, -1);
    };
    const auto first = std::lower_bound(m_alias_nodes.begin(), m_alias_nodes.end(), std::pair(row, TreeNode{0}));
    for (auto at = first; at != m_alias_nodes.end() && at->first == row; ++at) lose_alias(at->second);
    if (const AddedRow* added = find_row(row)) {
      for (const TreeNode node : added->alias_nodes) lose_alias(node);
    }
  }
  if (spot.node != no_node) touch(spot.node);
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Builds the tree of addresses: paths become nodes and leaves in depth-first order.
#include <algorithm>
#include <map>
#include <numeric>

#include "address/library/tree.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

constexpr std::uint64_t division_tag = std::uint64_t{14} << 60;
constexpr std::uint32_t empty_slot = 0xFFFFFFFFu;

StepKey division_step(DivisionNode division) {
  return division_tag | division;
}
bool is_division_step(StepKey step) {
  return step >> 60 == 14;
}

std::uint64_t hash_step(std::uint32_t parent, std::uint64_t same) {
  std::uint64_t h = (same ^ (std::uint64_t{parent} * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
  return h ^ (h >> 32);
}

std::uint64_t same_step(StepKey step) {
  return is_division_step(step) ? step : step_identity(step);
}

}  // namespace

std::uint32_t TreeBuilder::add(DivisionNode division, std::span<const StepKey> steps) {
  std::uint32_t node = child(no_node, division_step(division));
  for (const StepKey step : steps) node = child(node, step);
  return node;
}

std::uint32_t TreeBuilder::child(std::uint32_t parent, StepKey step) {
  if (m_slots.size() < 2 * (m_nodes.size() + 1)) grow();
  const std::uint64_t same = same_step(step);
  for (std::size_t slot = hash_step(parent, same) & (m_slots.size() - 1);; slot = (slot + 1) & (m_slots.size() - 1)) {
    if (m_slots[slot] == empty_slot) {
      m_slots[slot] = static_cast<std::uint32_t>(m_nodes.size());
      m_nodes.push_back({parent, no_row, step});
      return m_slots[slot];
    }
    const Node& node = m_nodes[m_slots[slot]];
    if (node.parent == parent && same_step(node.step) == same) return m_slots[slot];
  }
}

void TreeBuilder::grow() {
  m_slots.assign(std::max<std::size_t>(1024, m_slots.size() * 2), empty_slot);
  for (std::uint32_t i = 0; i < m_nodes.size(); ++i) {
    std::size_t slot = hash_step(m_nodes[i].parent, same_step(m_nodes[i].step)) & (m_slots.size() - 1);
    while (m_slots[slot] != empty_slot) slot = (slot + 1) & (m_slots.size() - 1);
    m_slots[slot] = i;
  }
}

void TreeBuilder::add_row(std::uint32_t node, std::uint32_t source_row) {
  if (m_nodes[node].row == no_row) {
    m_nodes[node].row = source_row;
  } else {
    m_more_rows.emplace_back(node, source_row);
  }
}

void TreeBuilder::add_alias(std::uint32_t node, std::uint32_t source_row) {
  m_aliases.emplace_back(node, source_row);
}

/// Writes the nodes depth first: a node, its row, the rows of its leaves, then its other children.
struct TreeBuilder::Writer {
  const TreeBuilder& builder;
  std::span<const std::optional<PackedPoint>> source_points;
  std::vector<std::uint32_t> child_starts, children;  ///< by builder node; one more for the tops
  std::vector<std::uint32_t> node_of;                 ///< builder node → TreeNode
  std::vector<RowId> row_of;                          ///< builder node → RowId
  std::vector<Tree::NodeData> nodes;
  std::vector<std::vector<TreeNode>> child_lists;
  std::vector<std::uint32_t> shapes;
  std::map<std::vector<std::uint32_t>, std::uint32_t> shape_starts;
  std::vector<Tree::NodePoint> node_points;
  std::vector<bool> located;  ///< nodes whose point, or that of the building they are in, is known
  std::vector<StepKey> path;
  Written written;

  Writer(const TreeBuilder& b, std::span<const std::optional<PackedPoint>> points)
      : builder(b), source_points(points), node_of(b.m_nodes.size(), no_node), row_of(b.m_nodes.size(), no_row) {
    sort_children();
  }

  void sort_children() {
    const auto& all = builder.m_nodes;
    const std::size_t tops = all.size();
    const auto slot = [&](std::uint32_t parent) { return parent == no_node ? tops : parent; };
    child_starts.assign(all.size() + 2, 0);
    for (const Node& n : all) ++child_starts[slot(n.parent) + 1];
    std::partial_sum(child_starts.begin(), child_starts.end(), child_starts.begin());
    children.resize(all.size());
    std::vector<std::uint32_t> next(child_starts.begin(), child_starts.end() - 1);
    for (std::uint32_t i = 0; i < all.size(); ++i) children[next[slot(all[i].parent)]++] = i;
    for (std::size_t p = 0; p <= tops; ++p) {
      std::sort(children.begin() + child_starts[p], children.begin() + child_starts[p + 1],
                [&](std::uint32_t a, std::uint32_t b) { return all[a].step < all[b].step; });
    }
  }

  std::span<const std::uint32_t> children_of(std::size_t node) const {
    return std::span(children).subspan(child_starts[node], child_starts[node + 1] - child_starts[node]);
  }
  bool is_leaf(std::uint32_t node) const {
    const Node& n = builder.m_nodes[node];
    return children_of(node).empty() && n.row != no_row && !is_name_step(n.step) && !is_division_step(n.step);
  }
  std::optional<PackedPoint> point_of(std::uint32_t source_row) const {
    return source_row < source_points.size() ? source_points[source_row] : std::nullopt;
  }
  RowId take_row(std::uint32_t source_row, std::optional<PackedPoint> point) {
    written.source_rows.push_back(source_row);
    written.points.push_back(point);
    return static_cast<RowId>(written.source_rows.size() - 1);
  }

  std::uint32_t shape_of(std::span<const std::uint32_t> leaves) {
    std::vector<NumberKey> keys;
    bool wide = false;
    for (const std::uint32_t leaf : leaves) {
      keys.push_back(builder.m_nodes[leaf].step);
      wide = wide || !narrow_key(keys.back());
    }
    std::vector<std::uint32_t> shape = {static_cast<std::uint32_t>(keys.size()), wide ? 1U : 0U};
    for (const NumberKey key : keys) {
      if (!wide) {
        shape.push_back(*narrow_key(key));
      } else {
        shape.push_back(static_cast<std::uint32_t>(key));
        shape.push_back(static_cast<std::uint32_t>(key >> 32));
      }
    }
    if (shape.size() % 2 != 0) shape.push_back(0);
    const auto [at, is_new] = shape_starts.try_emplace(std::move(shape), static_cast<std::uint32_t>(shapes.size()));
    if (is_new) shapes.insert(shapes.end(), at->first.begin(), at->first.end());
    return at->second;
  }

  /// The point that all leaves of a building share, taken off them.
  void write_leaf_rows(std::uint32_t source_node, TreeNode node, std::span<const std::uint32_t> leaves) {
    const Node& n = builder.m_nodes[source_node];
    const bool inherits = !is_division_step(n.step) && step_level(n.step) >= Level::number;
    std::optional<PackedPoint> base;
    if (inherits) {
      if (n.row != no_row) base = point_of(n.row);
      const auto same = [&](std::uint32_t leaf) {
        return point_of(builder.m_nodes[leaf].row) == point_of(builder.m_nodes[leaves.front()].row);
      };
      if (!base && std::all_of(leaves.begin(), leaves.end(), same)) {
        base = point_of(builder.m_nodes[leaves.front()].row);
        if (base) node_points.push_back({node, *base});
        if (base && !located[node]) written.anchors.emplace_back(node_anchor | node, *base);
        located[node] = located[node] || base;
      }
    }
    for (const std::uint32_t leaf : leaves) {
      const std::uint32_t source_row = builder.m_nodes[leaf].row;
      std::optional<PackedPoint> own = point_of(source_row);
      const bool within = step_level(builder.m_nodes[leaf].step) >= Level::unit && inherits && located[node];
      if (own && !within) written.anchors.emplace_back(static_cast<std::uint32_t>(written.source_rows.size()), *own);
      if (own == base) own.reset();
      row_of[leaf] = take_row(source_row, own);
    }
  }

  TreeNode visit(std::uint32_t source_node, TreeNode parent, DivisionNode division) {
    const Node& n = builder.m_nodes[source_node];
    const auto node = static_cast<TreeNode>(nodes.size());
    node_of[source_node] = node;
    const bool has_row = n.row != no_row;
    nodes.push_back({parent, node + 1, is_division_step(n.step) ? 0 : n.step, division,
                     static_cast<RowId>(written.source_rows.size()), Tree::no_shape, 0, 0, has_row ? 1U : 0U});
    child_lists.emplace_back();
    const bool within = parent != no_node && !is_division_step(n.step) && step_level(n.step) >= Level::unit &&
                        located[parent] && step_level(nodes[parent].step) >= Level::number;
    located.push_back(within || (has_row && point_of(n.row)));
    if (located[node] && !within) {
      written.anchors.emplace_back(static_cast<std::uint32_t>(written.source_rows.size()), *point_of(n.row));
    }
    const std::size_t named = written.named.size();
    if (is_name_step(n.step)) written.named.push_back({node, division, path, 0});
    const std::size_t rows = written.source_rows.size();
    if (has_row) row_of[source_node] = take_row(n.row, point_of(n.row));

    std::vector<std::uint32_t> leaves, inner;
    for (const std::uint32_t c : children_of(source_node)) (is_leaf(c) ? leaves : inner).push_back(c);
    if (!leaves.empty()) {
      nodes[node].shape = shape_of(leaves);
      write_leaf_rows(source_node, node, leaves);
    }
    for (const std::uint32_t c : inner) {
      path.push_back(builder.m_nodes[c].step);
      const TreeNode child_node = visit(c, node, division);
      child_lists[node].push_back(child_node);
      path.pop_back();
    }
    nodes[node].end = static_cast<TreeNode>(nodes.size());
    const auto count = static_cast<std::uint32_t>(written.source_rows.size() - rows);
    if (is_name_step(n.step)) written.named[named].rows = count;
    if (is_division_step(n.step)) written.division_rows.emplace_back(division, count);
    return node;
  }
};

TreeBuilder::Written TreeBuilder::write(LibraryFileWriter& file,
                                        std::span<const std::optional<PackedPoint>> points) const {
  Writer writer(*this, points);
  std::vector<Tree::Pair> tops, aliases, more;
  for (const std::uint32_t top : writer.children_of(m_nodes.size())) {
    const auto division = static_cast<DivisionNode>(m_nodes[top].step);
    tops.push_back({division, writer.visit(top, no_node, division)});
  }
  const auto tree_rows = static_cast<std::uint32_t>(writer.written.source_rows.size());
  auto more_rows = m_more_rows;
  std::sort(more_rows.begin(), more_rows.end(), [&](const auto& a, const auto& b) {
    return std::pair(writer.row_of[a.first], a.second) < std::pair(writer.row_of[b.first], b.second);
  });
  for (const auto& [node, source_row] : more_rows) {
    more.push_back({writer.row_of[node], writer.take_row(source_row, writer.point_of(source_row))});
  }
  std::map<std::uint32_t, RowId> row_of_source;
  for (const auto& [node, source_row] : m_aliases) row_of_source[source_row] = no_row;
  for (RowId row = 0; row < writer.written.source_rows.size(); ++row) {
    const auto at = row_of_source.find(writer.written.source_rows[row]);
    if (at != row_of_source.end()) at->second = row;
  }
  for (const auto& [node, source_row] : m_aliases) {
    // A path that is a row's own wins; two rows with one alias are left to the first.
    if (m_nodes[node].row != no_row || row_of_source[source_row] == no_row) continue;
    aliases.push_back({writer.node_of[node], row_of_source[source_row]});
  }
  std::stable_sort(aliases.begin(), aliases.end(), [](const auto& a, const auto& b) { return a.first < b.first; });

  std::vector<TreeNode> children;
  std::vector<std::pair<NameId, TreeNode>> names;
  for (TreeNode node = 0; node < writer.nodes.size(); ++node) {
    writer.nodes[node].children = static_cast<std::uint32_t>(children.size());
    writer.nodes[node].child_count = static_cast<std::uint32_t>(writer.child_lists[node].size());
    children.insert(children.end(), writer.child_lists[node].begin(), writer.child_lists[node].end());
    if (is_name_step(writer.nodes[node].step)) names.emplace_back(step_name(writer.nodes[node].step), node);
  }
  std::sort(names.begin(), names.end());
  std::vector<std::uint32_t> name_starts;
  std::vector<TreeNode> name_nodes;
  for (const auto& [name, node] : names) {
    while (name_starts.size() <= name) name_starts.push_back(static_cast<std::uint32_t>(name_nodes.size()));
    name_nodes.push_back(node);
  }
  name_starts.push_back(static_cast<std::uint32_t>(name_nodes.size()));

  const std::vector<std::uint32_t> counts = {tree_rows, static_cast<std::uint32_t>(writer.written.source_rows.size())};
  file.add_array("tree.nodes", std::span<const Tree::NodeData>(writer.nodes), SectionTrust::in_parts);
  file.add_array("tree.children", std::span<const TreeNode>(children), SectionTrust::in_parts);
  file.add_array("tree.shapes", std::span<const std::uint32_t>(writer.shapes), SectionTrust::in_parts);
  file.add_array("tree.tops", std::span<const Tree::Pair>(tops));
  file.add_array("tree.aliases", std::span<const Tree::Pair>(aliases));
  file.add_array("tree.more", std::span<const Tree::Pair>(more));
  file.add_array("tree.name_starts", std::span<const std::uint32_t>(name_starts));
  file.add_array("tree.name_nodes", std::span<const TreeNode>(name_nodes));
  file.add_array("tree.node_points", std::span<const Tree::NodePoint>(writer.node_points), SectionTrust::in_parts);
  file.add_array("tree.counts", std::span<const std::uint32_t>(counts));
  return std::move(writer.written);
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// The tree of standard addresses in a library: place > number > building > unit > floor > room under each division.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/library/library_file.hpp"
#include "address/library/name_table.hpp"
#include "address/library/point_column.hpp"
#include "address/match/nearest.hpp"
#include "address/text/number_key.hpp"
#include "geo/coordinate.hpp"

namespace menpai::address {

/// A row of the source inside one library: its number in the columns of ids, codes and points.
using RowId = std::uint32_t;
inline constexpr RowId no_row = 0xFFFFFFFFu;

/// A node of the tree that is not a leaf, numbered depth first.
using TreeNode = std::uint32_t;
inline constexpr TreeNode no_node = 0xFFFFFFFFu;

/// One step below a division: the identity of a number, or a name at a level.
using StepKey = std::uint64_t;
StepKey name_step(Level level, NameId name);
constexpr bool is_name_step(StepKey step) {
  return step >> 60 == 15;
}
constexpr NameId step_name(StepKey step) {
  return static_cast<NameId>(step);
}
Level step_level(StepKey step);
/// What two steps share if they are the same: a number's style does not count.
constexpr std::uint64_t step_identity(StepKey step) {
  return is_name_step(step) ? step : identity(step);
}

/// A tree under edits: as it is now, or with the retired addresses that have a successor.
enum class TreeView : std::uint8_t { now, with_retired };
class TreePatch;

/// The key of a number in 32 bits, none where it has letters or is large; and back.
std::optional<std::uint32_t> narrow_key(NumberKey key);
NumberKey wide_key(std::uint32_t narrow);

/// Collects paths in any order and writes them depth first. Rows are given the library's final row numbers.
class TreeBuilder {
 public:
  /// The node of a path, made where it is new. `division` may be no_division.
  std::uint32_t add(DivisionNode division, std::span<const StepKey> steps);
  /// The child of a node that add gave.
  std::uint32_t add_below(std::uint32_t node, StepKey step) { return child(node, step); }
  /// A row that stands at `node`; several may.
  void add_row(std::uint32_t node, std::uint32_t source_row);
  /// Another path of the address of `source_row`.
  void add_alias(std::uint32_t node, std::uint32_t source_row);

  struct Written {
    std::vector<std::uint32_t> source_rows;          ///< by RowId
    std::vector<std::optional<PackedPoint>> points;  ///< by RowId; not those that follow from the building
    /// A named node: its division and the steps from there to it. For the index of texts.
    struct Named {
      TreeNode node;
      DivisionNode division;
      std::vector<StepKey> steps;
      std::uint32_t rows = 0;  ///< at and below it
    };
    std::vector<Named> named;
    std::vector<std::pair<DivisionNode, std::uint32_t>> division_rows;  ///< rows right below each division
    /// Where the tree's numbers and buildings lie, each once, and rooms where nothing above them says it: a row, or a
    /// node (with the highest bit) that is no row.
    std::vector<std::pair<Anchor, PackedPoint>> anchors;
  };
  /// `points` by source row, for those that have one.
  Written write(LibraryFileWriter& file, std::span<const std::optional<PackedPoint>> points) const;

 private:
  struct Node {
    std::uint32_t parent;
    std::uint32_t row;
    StepKey step;
  };
  struct Writer;
  std::uint32_t child(std::uint32_t parent, StepKey step);
  void grow();

  std::vector<Node> m_nodes;
  std::vector<std::uint32_t> m_slots;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> m_more_rows;  ///< node, source row
  std::vector<std::pair<std::uint32_t, std::uint32_t>> m_aliases;    ///< node, source row
};

/// Reads the tree where it lies: nodes and leaves are verified in parts as they are touched.
class Tree {
 public:
  Tree() = default;
  explicit Tree(const LibraryFile& file);
  /// Checks what its readers rely on, once, before the first is asked; with `nodes` every node as well. Throws damaged.
  void check(const LibraryFile& file, const DivisionIndex& divisions, std::size_t names, bool nodes) const;

  /// Puts edits over the tree, null takes them off; all that is said here is then said of the edited tree. Names too
  /// must have the edits' (see overlay/).
  void set_patch(const TreePatch* patch) { m_patch = patch; }
  void set_view(TreeView view) { m_view = view; }
  TreeView view() const { return m_view; }
  /// Whether something retired was passed by that TreeView::with_retired shows, since the last call.
  bool take_met_retired() const { return std::exchange(m_met_retired, false); }

  std::uint32_t size() const {
    return m_patch == nullptr ? static_cast<std::uint32_t>(m_nodes.size()) : patched_size();
  }
  std::uint32_t rows() const { return m_rows_all; }  ///< rows in the tree: [0, rows())
  TreeNode parent(TreeNode node) const { return data(node).parent; }
  TreeNode subtree_end(TreeNode node) const { return data(node).end; }
  /// True if `node` is `ancestor` or stands below it.
  bool contains(TreeNode ancestor, TreeNode node) const {
    if (m_patch != nullptr) return contains_patched(ancestor, node);
    return ancestor <= node && node < subtree_end(ancestor);
  }
  /// Rows at and below the node; aliases do not count.
  std::uint32_t rows_below(TreeNode node) const {
    if (node >= m_nodes.size() && m_patch != nullptr) return added_rows_below(node);
    const TreeNode end = m_nodes[node].end;
    return (end < m_nodes.size() ? m_nodes[end].first_row : m_rows) - m_nodes[node].first_row;
  }
  StepKey step(TreeNode node) const { return data(node).step; }  ///< 0 for the node of a division
  DivisionNode division(TreeNode node) const { return data(node).division; }
  /// The row that stands at the node itself, no_row if it only has rows below. An alias gives its target's.
  RowId row(TreeNode node) const;
  bool is_alias(TreeNode node) const;

  /// The node under which the paths of a division hang, no_node if it has none.
  TreeNode division_node(DivisionNode division) const;
  /// The deepest division that holds all of the tree; no_division if there is none.
  DivisionNode common_division(const DivisionIndex& divisions) const;
  /// The nodes of all divisions within [first, last) as an interval of nodes.
  std::pair<TreeNode, TreeNode> nodes_of(DivisionNode first, DivisionNode last) const;
  /// The nodes with this name, in order, within [first, last); of the tree without its edits.
  std::span<const TreeNode> named(NameId name, TreeNode first, TreeNode last) const;

  /// The nodes of some divisions, or all nodes.
  struct Part {
    TreeNode first = 0;
    TreeNode last = 0;
    DivisionNode division_first = 0;
    DivisionNode division_last = no_division;
  };
  Part part_of(DivisionNode first, DivisionNode last) const;
  Part whole() const { return {0, static_cast<TreeNode>(m_nodes.size()), 0, no_division}; }
  /// False only if the part has no nodes.
  bool may_hold_nodes(const Part& part) const { return part.first < part.last || m_patch != nullptr; }
  /// The nodes with this name in a part, and below a node. `memory` is used where edits change them.
  std::span<const TreeNode> named(NameId name, const Part& part, std::vector<TreeNode>& memory) const;
  std::span<const TreeNode> named_below(NameId name, TreeNode node, std::vector<TreeNode>& memory) const;

  /// In the order of their identities; under edits gone ones too.
  std::span<const TreeNode> children(TreeNode node) const;
  bool is_gone(TreeNode node) const { return m_patch != nullptr && is_gone_patched(node); }
  bool is_dead(RowId row) const { return m_patch != nullptr && is_dead_patched(row); }
  /// The same for a leaf of the node.
  bool is_gone(TreeNode node, std::size_t leaf) const { return m_patch != nullptr && is_gone_patched(node, leaf); }
  struct Leaves {
    std::span<const std::uint32_t> narrow;
    std::span<const std::uint64_t> wide;
    RowId first = 0;  ///< row of the first leaf; the others follow
    std::size_t size() const { return narrow.size() + wide.size(); }
    NumberKey key(std::size_t i) const;
  };
  /// Under edits none if all are gone, else gone ones too.
  Leaves leaves(TreeNode node) const;
  /// Whether a number with nothing below it stands right below the node.
  bool has_leaves(TreeNode node) const {
    return leaves(node).size() > 0 || (m_patch != nullptr && has_patched_leaves(node));
  }

  /// A place in the tree: a node, or a leaf below it.
  struct Spot {
    TreeNode node = no_node;
    std::int32_t leaf = -1;  ///< index among the leaves of node, -1 for the node itself
    bool operator==(const Spot&) const = default;
  };
  /// The child with this step, node = no_node if there is none. Logarithmic.
  Spot find_child(TreeNode node, StepKey step) const;
  /// Asks memory for what find_child(node, step) will read, one stage further each time (0 to 2): the node, then its
  /// list of children, then those children that are looked at first.
  void fetch(TreeNode node, StepKey step, int stage) const;
  StepKey step(Spot spot) const;
  RowId row(Spot spot) const;
  Spot spot_of(RowId row) const;
  /// Rows beyond the first that stand at the spot of `row`.
  void more_rows(RowId row, std::vector<RowId>& rows) const;
  /// The row's own point, or that of the building it is in.
  std::optional<geo::LonLat> point(RowId row, const PointColumn& points) const;
  /// The same where it is known that the row stands at `spot`.
  std::optional<geo::LonLat> point(RowId row, Spot spot, const PointColumn& points) const;
  /// The point of a place that is no row itself: that of the building it is or is in.
  std::optional<geo::LonLat> point(Spot spot, const PointColumn& points) const;

 private:
  friend class TreeBuilder;
  friend class TreePatch;
  static constexpr std::uint32_t no_shape = 0xFFFFFFFFu;
  struct NodeData {
    TreeNode parent;
    TreeNode end;
    StepKey step;
    DivisionNode division;
    RowId first_row;         ///< of the node's own row if it has one, else of its first leaf
    std::uint32_t shape;     ///< start in m_shapes, no_shape without leaves
    std::uint32_t children;  ///< start in m_children
    std::uint32_t child_count;
    std::uint32_t has_row;
  };
  struct Pair {
    std::uint32_t first;
    std::uint32_t second;
  };
  struct NodePoint {
    TreeNode node;
    PackedPoint point;
  };
  const NodeData& data(TreeNode node) const {
    if (node >= m_nodes.size() && m_patch != nullptr) [[unlikely]]
      return added(node);
    return m_nodes[node];
  }
  const NodeData& added(TreeNode node) const;
  std::uint32_t added_rows_below(TreeNode node) const;
  std::uint32_t patched_size() const;
  bool contains_patched(TreeNode ancestor, TreeNode node) const;
  bool is_gone_patched(TreeNode node) const;
  bool is_dead_patched(RowId row) const;
  RowId patched_row(TreeNode node) const;
  bool has_patched_leaves(TreeNode node) const;
  bool is_gone_patched(TreeNode node, std::size_t leaf) const;
  Leaves own_leaves(TreeNode node) const;
  Spot find_own_child(TreeNode node, StepKey step) const;
  Spot find_patched_child(TreeNode node, StepKey step) const;
  std::span<const TreeNode> named_patched(NameId name, std::span<const TreeNode> own, const Part& part, TreeNode above,
                                          std::vector<TreeNode>& memory) const;
  std::optional<geo::LonLat> own_point(RowId row, const PointColumn& points) const;
  std::optional<geo::LonLat> node_point(TreeNode node) const;
  bool nodes_hold(const DivisionIndex& divisions, std::size_t names) const;

  CheckedArray<NodeData> m_nodes;
  CheckedArray<TreeNode> m_children;
  CheckedArray<std::uint32_t> m_shapes;
  std::span<const Pair> m_tops;     ///< division, node; sorted
  std::span<const Pair> m_aliases;  ///< node, row; sorted
  std::span<const Pair> m_more;     ///< row, further row; sorted
  std::span<const std::uint32_t> m_name_starts;
  std::span<const TreeNode> m_name_nodes;
  CheckedArray<NodePoint> m_node_points;
  const TreePatch* m_patch = nullptr;
  TreeView m_view = TreeView::now;
  mutable bool m_met_retired = false;
  RowId m_rows = 0;      ///< in the tree
  RowId m_rows_all = 0;  ///< with the further rows
};

}  // namespace menpai::address

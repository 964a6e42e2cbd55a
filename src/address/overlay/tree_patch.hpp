// SPDX-License-Identifier: Apache-2.0
// What edits change in a tree that itself does not change: rows that are gone, nodes and rows that are new.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "address/library/tree.hpp"

namespace menpai::address {

/// A set of small numbers, a bit each.
class BitSet {
 public:
  explicit BitSet(std::size_t size = 0) : m_words((size + 63) / 64) {}
  bool test(std::size_t i) const { return i / 64 < m_words.size() && (m_words[i / 64] >> (i % 64) & 1) != 0; }
  void set(std::size_t i, bool value = true) {
    if (i / 64 >= m_words.size()) {
      if (!value) return;
      m_words.resize(i / 64 + 1 + i / 256);
    }
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    m_words[i / 64] = value ? m_words[i / 64] | bit : m_words[i / 64] & ~bit;
  }

 private:
  std::vector<std::uint64_t> m_words;
};

inline constexpr std::size_t tree_views = 2;

/// An added row, beside its place in the tree.
struct AddedRow {
  std::string id;
  std::string code;
  std::optional<PackedPoint> point;
  TreeNode node = no_node;
  std::vector<TreeNode> alias_nodes;
};

/// The edits of a tree. Node numbers from the base's size on are added nodes, row numbers from `first_row` on are added
/// rows. Readers reach it through Tree, which asks it only where `touches` says so: a bit a node. An edit costs what
/// its own path costs, whatever the number of edits. Not to be changed while it is read.
class TreePatch {
 public:
  /// `base` has no patch and must outlive this. `first_row`: behind all rows of its library.
  TreePatch(const Tree& base, RowId first_row);

  /// Adds a row at the path below a division. Returns its number.
  RowId add(DivisionNode division, std::span<const StepKey> steps, AddedRow row);
  /// Adds a row that fits no tree.
  RowId add_flat(AddedRow row);
  /// Another path of an added row.
  void add_alias(RowId row, DivisionNode division, std::span<const StepKey> steps);
  /// The row is no more. With a successor it is still seen by TreeView::with_retired.
  void retire(RowId row, bool has_successor);

  /// The nodes with names that were made since the last call.
  std::vector<TreeNode> take_new_named() { return std::exchange(m_new_named, {}); }

  bool touches(TreeNode node) const { return node >= m_base_size || m_touched.test(node); }
  bool touches_name(NameId name) const { return m_touched_names.test(name); }
  /// True for a name of the base that no node bears any more.
  bool is_gone_name(NameId name, TreeView view) const { return at(view).gone_names.test(name); }
  bool is_gone(TreeNode node, TreeView view) const { return at(view).gone.test(node); }
  bool is_dead(RowId row, TreeView view) const { return at(view).dead.test(row); }
  /// True for a leaf of the base that is gone, or that became a node.
  bool is_hidden_leaf(RowId leaf, TreeView view) const { return at(view).hidden.test(leaf); }

  TreeNode end() const { return m_base_size + static_cast<TreeNode>(m_nodes.size()); }
  RowId first_row() const { return m_first_row; }
  RowId row_count() const { return static_cast<RowId>(m_rows.size()); }
  const AddedRow* find_row(RowId row) const {
    return row >= m_first_row && row - m_first_row < m_rows.size() ? &m_rows[row - m_first_row] : nullptr;
  }
  const Tree::NodeData& node(TreeNode added) const { return m_nodes[added - m_base_size].data; }

  TreeNode parent(TreeNode node) const;
  StepKey step(TreeNode node) const;
  std::optional<TreeNode> find_added_child(TreeNode node, StepKey step) const;
  /// The row that stands at a node, or whose alias it is; no_row if there is none.
  RowId row(TreeNode node, TreeView view) const;
  bool has_own_row(TreeNode node, TreeView view) const;
  RowId row_of_leaf(RowId leaf, TreeView view) const;
  /// The rows at a node or a leaf of the base that are not gone, in their order.
  void rows_at(Tree::Spot spot, TreeView view, std::vector<RowId>& rows) const;
  Tree::Spot spot_of(RowId row) const;
  /// The node that a leaf of the base became.
  std::optional<TreeNode> moved(RowId leaf) const;
  std::optional<TreeNode> top(DivisionNode division) const;
  /// All numbers and names below a node that are nodes, gone ones too; nothing where none was added.
  const std::vector<TreeNode>* children(TreeNode node) const;
  std::span<const TreeNode> named(NameId name) const;
  std::optional<PackedPoint> point(TreeNode added) const { return m_nodes[added - m_base_size].point; }
  std::uint32_t rows_below(TreeNode added) const { return m_nodes[added - m_base_size].live[0]; }

 private:
  struct AddedNode {
    Tree::NodeData data{};
    std::array<std::uint32_t, tree_views> live{};  ///< rows and aliases at and below it
    std::optional<PackedPoint> point;              ///< of the first row that was added at or below a building
  };
  struct Extra {
    std::vector<RowId> rows;     ///< that stand there, beside those of the base
    std::vector<RowId> aliases;  ///< whose other path it is
  };
  /// What is gone, as one of the views sees it.
  struct Gone {
    BitSet dead;                                           ///< rows
    BitSet hidden;                                         ///< leaves of the base, by row
    BitSet gone;                                           ///< nodes that nothing stands below
    BitSet gone_names;                                     ///< names of the base
    std::unordered_map<TreeNode, std::int32_t> more;       ///< nodes of the base: rows and aliases beside the base's
    std::unordered_map<NameId, std::int32_t> named_nodes;  ///< … likewise nodes of a name
  };
  struct ChildKey {
    TreeNode parent;
    std::uint64_t identity;
    bool operator==(const ChildKey&) const = default;
  };
  struct ChildHash {
    std::size_t operator()(const ChildKey& key) const {
      const std::uint64_t h = (key.identity ^ key.parent * 0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93;
      return h ^ h >> 32;
    }
  };

  const Gone& at(TreeView view) const { return m_gone[static_cast<std::size_t>(view)]; }
  TreeNode walk(DivisionNode division, std::span<const StepKey> steps);
  TreeNode child(TreeNode node, StepKey step);
  TreeNode make_node(TreeNode parent, StepKey step, DivisionNode division);
  TreeNode turn_leaf_into_node(TreeNode node, std::int32_t leaf);
  void touch(TreeNode node);
  void count(TreeNode node, std::size_t view, std::int32_t change);
  bool change_live(TreeNode node, std::size_t view, std::int32_t change);
  std::uint32_t base_live(TreeNode node) const;
  bool is_occupied(Tree::Spot spot, std::size_t view) const;
  std::span<const Tree::Pair> base_aliases(TreeNode first, TreeNode last) const;

  const Tree* m_base;
  TreeNode m_base_size;
  RowId m_first_row;
  BitSet m_touched;        ///< nodes of the base whose own row or whose children changed
  BitSet m_touched_names;  ///< names that more or fewer nodes bear
  std::array<Gone, tree_views> m_gone;
  std::vector<AddedNode> m_nodes;
  std::vector<TreeNode> m_new_named;
  std::vector<AddedRow> m_rows;
  std::unordered_map<ChildKey, TreeNode, ChildHash> m_children;
  std::unordered_map<TreeNode, std::vector<TreeNode>> m_child_lists;
  std::unordered_map<TreeNode, Extra> m_extra;
  std::unordered_map<RowId, TreeNode> m_moved;
  std::unordered_map<DivisionNode, TreeNode> m_tops;
  std::unordered_map<NameId, std::vector<TreeNode>> m_named;
  std::vector<std::pair<RowId, TreeNode>> m_alias_nodes;  ///< of the base, by row
};

}  // namespace menpai::address

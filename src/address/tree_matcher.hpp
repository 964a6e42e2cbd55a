// SPDX-License-Identifier: Apache-2.0
// Seeks a text's path in the tree: by its names first, then down by its numbers. Numbers are never bent, names may be.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "address/address_path.hpp"
#include "address/hit.hpp"
#include "address/library.hpp"
#include "address/tree_path.hpp"

namespace menpai::address {

/// One a thread: owns its scratch memory.
class TreeMatcher {
 public:
  explicit TreeMatcher(const Library::Data& library) : m_library(&library) {}

  /// Appends what the tree has for the text, unordered, at most a few dozen. `named` adds nodes to try beside those
  /// that the text's names give (what the index of texts found).
  void match(const Reading& reading, const AddressPath& path, std::span<const TreeNode> named, std::vector<Hit>& hits);

 private:
  struct QueryName {
    Level level = Level::none;
    std::u32string_view text;
    std::vector<std::pair<NameId, Reason>> ids;
    bool partial = false;  ///< only a part of the text is a name of the library
  };
  struct QueryNumber {
    Level level = Level::none;
    NumberKey key = 0;
    bool several = false;
    bool used = false;
  };
  /// A way down that is being followed.
  struct Way {
    Tree::Spot spot;
    double score = 1;
    LevelReasons reasons;
    bool stuck = false;  ///< a number was not found: nothing deeper is sought
    bool whole = true;
  };

  void prepare(const Reading& reading, const AddressPath& path);
  void find_names(QueryName& name);
  void find_part(QueryName& name);
  void collect_anchors(const Reading& reading, std::vector<TreeNode>& anchors) const;
  bool anchors_within(TreeNode first, TreeNode last, std::vector<TreeNode>& anchors) const;
  void match_anchor(const Reading& reading, TreeNode anchor, std::vector<Hit>& hits);
  double match_chain(TreeNode anchor, Way& way);
  double match_division(const Reading& reading, DivisionNode division, LevelReasons& reasons) const;
  void descend(const QueryNumber& number);
  void step_down(const Way& way, const QueryNumber& number);
  void search_below(Tree::Spot spot, StepKey step, int depth, std::vector<Tree::Spot>& found) const;
  bool reaches(TreeNode node, Level level, int depth) const;

  const Library::Data* m_library;
  std::vector<QueryName> m_names;
  std::size_t m_name_count = 0;
  std::vector<QueryNumber> m_numbers;
  std::vector<Way> m_ways, m_next_ways;
  std::vector<Tree::Spot> m_found;
  std::vector<TreeNode> m_anchors;
  std::vector<NameId> m_near;
  std::u32string m_key;
};

}  // namespace menpai::address

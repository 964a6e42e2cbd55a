// SPDX-License-Identifier: Apache-2.0
// Type-ahead behind a place: what is typed of its numbers, walked down the tree, and how they may go on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "address/library/name_table.hpp"
#include "address/library/tree.hpp"

namespace menpai::address {

/// One number as it is typed: 12, 12号, 3dong, B, 501室.
struct TypedNumber {
  std::int32_t value = -1;      ///< -1: only a letter (B座)
  char32_t letter = 0;          ///< before or behind the digits, upper case
  std::uint32_t kinds = 0;      ///< bit by NumberKind: what its word may count
  bool closed = false;          ///< a word or a separator stands behind it
  std::u32string_view letters;  ///< Latin letters behind the digits that may be a word in pinyin
};

/// Cuts a tail ("12号3栋2单元5", "3-501", "12hao") into numbers. What is not read is left in `rest`.
void cut_typed_numbers(std::u32string_view tail, std::vector<TypedNumber>& numbers, std::u32string_view& rest);

/// Walks numbers down the tree. One a thread: keeps its memory.
class NumberWalk {
 public:
  NumberWalk(const Tree& tree, const NameTable& names) : m_tree(tree), m_names(names) {}

  /// Appends the spots to which `tail` may go on below `places`, at most `limit`, in the order of their numbers: those
  /// whose number is what is typed, then those that begin so, then what lies below the first of them.
  void complete(const std::vector<Tree::Spot>& places, std::u32string_view tail, std::size_t limit,
                std::vector<Tree::Spot>& out);

  /// Appends what lies directly below a spot: numbers in order, then names.
  void below(Tree::Spot spot, std::size_t limit, std::vector<Tree::Spot>& out) const;

 private:
  void find_equal(Tree::Spot spot, const TypedNumber& number, std::vector<Tree::Spot>& out) const;
  void find_beginning(Tree::Spot spot, const TypedNumber& number, std::size_t limit,
                      std::vector<Tree::Spot>& out) const;
  void find_parts(Tree::Spot spot, const TypedNumber& main, const TypedNumber& part,
                  std::vector<Tree::Spot>& out) const;
  void step_down(const TypedNumber& number);
  void step_over(const TypedNumber& typed, TypedNumber& number);
  void complete_last(const std::vector<Tree::Spot>& above, const TypedNumber& number, bool skip_level,
                     std::vector<Tree::Spot>& out);
  void add_names(Tree::Spot spot, std::u32string_view typed, std::size_t limit, std::vector<Tree::Spot>& out) const;
  template <class Use>
  void each_number(TreeNode node, std::uint64_t first, std::uint64_t last, const Use& use) const;

  const Tree& m_tree;
  const NameTable& m_names;
  std::vector<TypedNumber> m_numbers;
  std::vector<Tree::Spot> m_spots, m_next;
  std::size_t m_end = 0;  ///< the most spots the caller takes
};

}  // namespace menpai::address

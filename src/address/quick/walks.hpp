// SPDX-License-Identifier: Apache-2.0
// The straight ways down the tree: from the places of a whole name, one number after the other.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "address/library/library.hpp"
#include "address/match/tree_matcher.hpp"
#include "address/quick/tails.hpp"

namespace menpai::address {

/// The ways down from the places of one name, and all that the matcher makes of them: two texts with one template
/// whose ways have the same shape are answered alike but for what they found.
struct Walk {
  static constexpr std::size_t ways_max = 8;
  static constexpr std::size_t shape_max = 1 + 2 * ways_max;

  std::array<Tree::Spot, ways_max> spots;  ///< where each ends, in the order of their beginnings
  std::uint32_t count = 0;
  /// The template's kind, how many ways, whether the floor is implied. Then of each way: what its division makes of
  /// the text's, the named places above its beginning, how each number was found.
  std::array<std::uint64_t, shape_max> shape;
  std::span<const std::uint64_t> form() const { return {shape.data(), 1 + 2 * std::size_t{count}}; }
};

/// Finds places as TreeMatcher does and remembers a bounded number of them; one a thread.
class Walks {
 public:
  explicit Walks(const Library::Data& library) : m_library(&library), m_matcher(library) {}

  /// The nodes of a name that are tried for a text of `division`; none where there is more to it. For an empty name
  /// that of the division.
  std::span<const TreeNode> places(std::u32string_view name, DivisionNode division);
  /// Goes down from each place. False where no way leads to an end, or one to several.
  bool descend(const Template& like, const TailNumbers& numbers, std::span<const TreeNode> places, Walk& walk);
  const TreeMatcher& matcher() const { return m_matcher; }
  void clear() { m_entries.clear(); }

 private:
  static constexpr std::size_t name_max = 11;
  static constexpr std::size_t entries_size = 8192;
  struct Entry {
    DivisionNode division = no_division;
    std::uint16_t length = 0xFFFF;  ///< of the name; this: nothing is remembered here
    std::array<char16_t, name_max> name{};
    std::uint32_t count = 0;
    std::array<TreeNode, Walk::ways_max> nodes{};
  };
  void find(std::u32string_view name, DivisionNode division, Entry& entry);
  bool set_named(NameId name, DivisionNode division, Entry& entry);
  bool add_way(const Template& like, const TailNumbers& numbers, TreeNode place, Walk& walk);
  bool add_step(const Template::Counted& number, NumberKey key, Tree::Spot& spot, std::uint64_t& seen);
  bool above(TreeNode place, std::uint64_t& levels) const;

  const Library::Data* m_library;
  TreeMatcher m_matcher;
  std::vector<Entry> m_entries;
  std::vector<TreeNode> m_named;
  std::u32string m_key;
};

}  // namespace menpai::address

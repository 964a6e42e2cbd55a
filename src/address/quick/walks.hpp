// SPDX-License-Identifier: Apache-2.0
// The straight way down the tree: a place by its whole name, then one number after the other, each found once.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "address/library/library.hpp"
#include "address/match/tree_matcher.hpp"
#include "address/quick/tails.hpp"

namespace menpai::address {

/// Where a text's name stands in the tree, if it is the name of one place only.
struct Footing {
  TreeNode node = no_node;  ///< none: there is more to it
  DivisionNode division = no_division;
  std::uint32_t above = 0;  ///< the levels of the named places it hangs under, innermost first, four bits each
};

/// A way down, and all that the matcher makes of it: two texts with one template whose ways have the same shape are
/// answered alike but for what they found.
struct Walk {
  Footing footing;
  Tree::Spot spot;
  /// The template's serial and the division; what stands above the anchor; how each number was found, 16 bits each.
  std::array<std::uint64_t, 4> shape{};
};

/// Finds anchors as TreeMatcher does and remembers a bounded number of them; one a thread.
class Walks {
 public:
  explicit Walks(const Library::Data& library) : m_library(&library), m_matcher(library) {}

  Footing footing(std::u32string_view name, DivisionNode division);
  /// False where the numbers lead nowhere, or to several places.
  bool descend(const Template& like, const TailNumbers& numbers, Walk& walk);
  void clear() { m_entries.clear(); }

 private:
  static constexpr std::size_t name_max = 11;
  static constexpr std::size_t entries_size = 8192;
  struct Entry {
    DivisionNode division = no_division;
    std::uint16_t length = 0xFFFF;  ///< of the name; this: nothing is remembered here
    std::array<char16_t, name_max> name{};
    Footing footing;
  };
  Footing find(std::u32string_view name, DivisionNode division);
  TreeNode named_node(NameId name, DivisionNode division);
  bool add_step(Tree::Spot from, const Template::Counted& number, NumberKey key, Walk& walk, std::uint64_t& seen);

  const Library::Data* m_library;
  TreeMatcher m_matcher;
  std::vector<Entry> m_entries;
  std::vector<TreeNode> m_named;
  std::u32string m_key;
};

}  // namespace menpai::address

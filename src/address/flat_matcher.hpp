// SPDX-License-Identifier: Apache-2.0
// Compares a text with rows that are kept as text: what they share, by rarity; then what their elements agree on.
#pragma once

#include <vector>

#include "address/flat_rows.hpp"
#include "address/hit.hpp"
#include "address/library.hpp"

namespace menpai::address {

/// One a thread: owns its scratch memory.
class FlatMatcher {
 public:
  explicit FlatMatcher(const Library::Data& library) : m_library(&library) {}

  /// Seeks texts and names alike. Appends hits for flat rows, and to `nodes` the named nodes of the tree that came up.
  void match(const FlatText& query, std::vector<TreeNode>& nodes, std::vector<Hit>& hits);

 private:
  void compare(const FlatText& query, const FlatText& row, float shared, float query_mass, float row_mass,
               Hit& hit) const;
  double weigh_divisions(const FlatText& query, const FlatText& row, LevelReasons& reasons) const;

  const Library::Data* m_library;
  std::vector<Gram> m_grams;
  std::vector<GramIndex::Hit> m_found;
  GramIndex::Scratch m_scratch;
  FlatText m_row;
};

}  // namespace menpai::address

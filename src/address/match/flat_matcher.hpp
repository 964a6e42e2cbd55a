// SPDX-License-Identifier: Apache-2.0
// Compares a text with rows that are kept as text: what they share, by rarity; then what their elements agree on.
#pragma once

#include <vector>

#include "address/library/flat_rows.hpp"
#include "address/library/library.hpp"
#include "address/match/compare.hpp"
#include "address/match/hit.hpp"

namespace menpai::address {

/// One a thread: owns its scratch memory.
class FlatMatcher {
 public:
  explicit FlatMatcher(const Library::Data& library) : m_library(&library), m_comparer(library.divisions) {}

  /// Seeks texts and names alike. Appends hits for flat rows, and to `nodes` the named nodes of the tree that came up.
  void match(const FlatText& query, std::vector<TreeNode>& nodes, std::vector<Hit>& hits);

 private:
  double shared_weight(const GramIndex::Hit& found, float query_mass) const;
  bool is_alias(std::uint32_t flat) const;
  void compare(const FlatText& query, double shared, Hit& hit);
  void match_added(const FlatText& query, float query_mass, std::vector<TreeNode>& nodes, std::vector<Hit>& hits);

  const Library::Data* m_library;
  std::vector<Gram> m_grams;
  std::vector<GramIndex::Hit> m_found;
  GramIndex::Scratch m_scratch;
  FlatText m_row;
  Comparer m_comparer;
  ComparedText m_compared_query, m_compared_row;
  Comparison m_comparison;
};

}  // namespace menpai::address

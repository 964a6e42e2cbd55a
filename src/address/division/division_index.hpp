// SPDX-License-Identifier: Apache-2.0
// The nation's divisions as one flat block of bytes that is searched where it lies (a section of a library file).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "address/library/checked_array.hpp"
#include "model/division.hpp"

namespace menpai::address {

/// A division inside an index: its place in depth-first order, so that all below node n are [n + 1, subtree_end(n)).
/// Orders the same for the same DivisionSet; not to be kept across editions (keep codes).
using DivisionNode = std::uint32_t;
inline constexpr DivisionNode no_division = 0xFFFFFFFFu;

/// Makes the block. Cost: some seconds for the nation with its villages.
std::vector<std::byte> build_division_index(const DivisionSet& set);

/// A view over such a block; copies nothing, the bytes must outlive it and be aligned to 8. Cheap to copy.
class DivisionIndex {
 public:
  /// Checks every offset and every number that is later used as an index, once. Throws unsupported for another version,
  /// damaged for anything that does not hold. Linear in the block's size.
  explicit DivisionIndex(std::span<const std::byte> bytes);
  /// A block inside a library: only its head is read here. Before the first text is read, prepare() must have been
  /// called; the long tables are verified as they are used.
  explicit DivisionIndex(const CheckedBytes& block);
  /// Verifies the tables by which names are found. Throws damaged.
  void prepare() const;
  /// Checks every offset and every number that is used as an index. Throws damaged. Linear in the block's size.
  void check() const;

  std::string_view edition() const;
  std::uint32_t size() const { return m_size; }  ///< nodes, villages included

  Level level(DivisionNode node) const;
  DivisionNode parent(DivisionNode node) const;  ///< no_division for a province
  DivisionNode subtree_end(DivisionNode node) const;
  /// The ancestor-or-self at `level`, no_division if the path has none.
  DivisionNode at_level(DivisionNode node, Level level) const;
  bool contains(DivisionNode ancestor, DivisionNode node) const {
    return ancestor <= node && node < subtree_end(ancestor);
  }
  std::string_view name(DivisionNode node) const;  ///< as shown in an address: 港口镇, 鸣江村 (not 鸣江村村委会)
  /// Asks memory for a node; where it is there, for its name and code.
  void fetch(DivisionNode node) const;
  void fetch_name(DivisionNode node) const;
  std::string_view code(DivisionNode node) const;  ///< 2, 4, 6, 9 or 12 digits
  std::optional<DivisionNode> find_code(std::string_view code) const;

  /// The first node of Taiwan, Hong Kong and Macau (codes 7 and 8), which stand last; size() if there are none.
  DivisionNode first_island() const { return m_first_island; }

  struct Data;
  const Data& data() const { return *m_data; }

 private:
  DivisionNode lower_bound_code(std::string_view code) const;

  std::shared_ptr<const Data> m_data;
  std::uint32_t m_size = 0;
  DivisionNode m_first_island = 0;
};

}  // namespace menpai::address

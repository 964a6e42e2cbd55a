// SPDX-License-Identifier: Apache-2.0
// The sections of a library that answer type-ahead: sorted spellings of names and divisions, each with its weight.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/library/library_file.hpp"
#include "address/library/name_table.hpp"
#include "address/library/tree.hpp"

namespace menpai::address {

/// What a spelling leads to: a name of the library, or a division (marked by the highest bit).
using SuggestItem = std::uint32_t;
inline constexpr SuggestItem division_item = 0x80000000u;

/// A spelling: its first four bytes, where it begins in the pool of texts, what it leads to.
struct SuggestKey {
  std::uint32_t head = 0;
  std::uint32_t text = 0;
  SuggestItem item = 0;
};

/// Weights of a row of things with the greatest of every 16, of every 256 …, so that the heaviest things of any stretch
/// are found without looking at all of it.
class WeightTree {
 public:
  static constexpr std::size_t fan_out = 16;

  WeightTree() = default;
  /// `bytes` is what pack() made of `size` weights; otherwise the tree is empty.
  WeightTree(std::span<const std::uint8_t> bytes, std::size_t size);
  static std::vector<std::uint8_t> pack(std::span<const std::uint8_t> weights);

  std::size_t size() const { return m_levels[0].size(); }
  int levels() const { return m_count; }
  std::span<const std::uint8_t> level(int i) const { return m_levels[static_cast<std::size_t>(i)]; }

 private:
  std::array<std::span<const std::uint8_t>, 9> m_levels;
  int m_count = 0;
};

/// A stretch of a sorted row: [first, last).
struct Stretch {
  std::size_t first = 0;
  std::size_t last = 0;
  bool empty() const { return first >= last; }
  std::size_t size() const { return empty() ? 0 : last - first; }
};

/// Gives the members of a stretch from the heaviest to the lightest. Keeps its memory; logarithmic a member.
class HeaviestFirst {
 public:
  void start(const WeightTree& weights, Stretch stretch);
  /// False at the end.
  bool next(std::size_t& index);

 private:
  void push(int level, std::size_t index);
  const WeightTree* m_weights = nullptr;
  Stretch m_stretch;
  std::vector<std::uint64_t> m_heap;  ///< weight (8 bits), deepness (4), ~index (32): the greatest is next
};

/// Spellings in order. Every reference is checked in use.
class KeyRow {
 public:
  KeyRow() = default;
  KeyRow(const LibraryFile& file, std::string_view name, std::string_view pool);

  /// The spellings that begin with `typed`, and those that are `typed`.
  Stretch beginning_with(std::string_view typed) const;
  Stretch equal_to(std::string_view typed) const;
  SuggestItem item(std::size_t i) const { return m_keys[i].item; }
  const WeightTree& weights() const { return m_weights; }

 private:
  std::string_view text(std::size_t i) const;
  std::size_t lower_bound(std::string_view typed) const;

  std::span<const SuggestKey> m_keys;
  std::string_view m_pool;  ///< ends in a zero, so that every text in it ends
  WeightTree m_weights;
};

struct SuggestIndex {
  SuggestIndex() = default;
  explicit SuggestIndex(const LibraryFile& file);

  KeyRow names;                      ///< name keys (append_name_key) in UTF-8
  KeyRow inner;                      ///< their endings from the second character on, of two characters and more
  KeyRow pinyin;                     ///< full spellings
  KeyRow initials;                   ///< spellings by initials
  std::span<const TreeNode> places;  ///< the named nodes in order, with the addresses below as weights
  WeightTree place_weights;
};

/// Writes the sections: of the names in `written`, and of the divisions down to the towns, villages where the library
/// has addresses in them.
void write_suggest_index(const NameTableBuilder& names, const DivisionIndex& divisions,
                         const TreeBuilder::Written& written, LibraryFileWriter& file);

}  // namespace menpai::address

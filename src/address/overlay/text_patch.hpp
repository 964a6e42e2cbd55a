// SPDX-License-Identifier: Apache-2.0
// What edits add to the index of texts: places with new names, and rows that fit no tree.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "address/library/flat_rows.hpp"
#include "address/library/gram_index.hpp"
#include "address/overlay/tree_patch.hpp"

namespace menpai::address {

/// Not to be changed while it is read.
class TextPatch {
 public:
  /// `flat_rows`: how many the base has; those added are numbered from there on.
  TextPatch(std::uint32_t flat_rows, const TreePatch& tree) : m_first(flat_rows), m_tree(&tree) {}

  void add_row(RowId row, FlatText text, std::string as_written);
  void add_place(TreeNode node, std::vector<Gram> grams);

  std::uint32_t end() const { return m_first + static_cast<std::uint32_t>(m_rows.size()); }
  RowId row(std::uint32_t flat) const { return m_rows[flat - m_first].row; }
  const FlatText& text(std::uint32_t flat) const { return m_rows[flat - m_first].text; }
  /// As it came; empty for a row that is not here.
  std::string_view as_written(RowId row) const;

  struct Found {
    bool is_place = false;
    std::uint32_t at = 0;  ///< flat row, or node
    std::uint32_t document = 0;
    float matched = 0;  ///< weight of the grams it shares with the query, rarity included
    float mass = 0;     ///< … of all its grams
  };
  /// What shares grams with the query, the most first, at most `top`. `rarity`: of a gram in the base.
  void find(std::span<const Gram> grams, const GramIndex& base, std::size_t top, std::vector<Found>& found) const;
  bool empty() const { return m_documents.empty(); }

 private:
  struct Row {
    RowId row;
    FlatText text;
    std::string as_written;
  };
  struct Document {
    bool is_place;
    std::uint32_t at;
    std::vector<Gram> grams;
  };
  void add_document(Document document);

  std::uint32_t m_first;
  const TreePatch* m_tree;
  std::vector<Row> m_rows;
  std::unordered_map<RowId, std::uint32_t> m_flat_of_row;
  std::vector<Document> m_documents;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_documents_of_gram;
};

}  // namespace menpai::address

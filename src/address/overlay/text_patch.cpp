// SPDX-License-Identifier: Apache-2.0
#include "address/overlay/text_patch.hpp"

#include <algorithm>

namespace menpai::address {
namespace {

constexpr std::size_t common_from = 5000;

}  // namespace

void TextPatch::add_document(Document document) {
  const auto number = static_cast<std::uint32_t>(m_documents.size());
  for (const Gram& gram : document.grams) m_documents_of_gram[gram.hash].push_back(number);
  m_documents.push_back(std::move(document));
}

void TextPatch::add_row(RowId row, FlatText text, std::string as_written) {
  std::vector<Gram> grams;
  append_grams(text.chars, grams);
  for (const FlatItem& item : text.items) {
    if (item.numeric != 0) grams.push_back(number_gram(identity(item.key)));
  }
  unique_grams(grams);
  m_flat_of_row.try_emplace(row, end());
  add_document({false, end(), std::move(grams)});
  m_rows.push_back({row, std::move(text), std::move(as_written)});
}

void TextPatch::add_place(TreeNode node, std::vector<Gram> grams) {
  add_document({true, node, std::move(grams)});
}

std::string_view TextPatch::as_written(RowId row) const {
  const auto found = m_flat_of_row.find(row);
  return found == m_flat_of_row.end() ? std::string_view() : m_rows[found->second - m_first].as_written;
}

void TextPatch::find(std::span<const Gram> grams, const GramIndex& base, std::size_t top,
                     std::vector<Found>& found) const {
  found.clear();
  std::unordered_map<std::uint32_t, float> matched;
  for (const Gram& gram : grams) {
    const auto documents = m_documents_of_gram.find(gram.hash);
    // What nearly all have in common (the town's own name) tells nothing and costs the most.
    if (documents == m_documents_of_gram.end() || documents->second.size() > common_from) continue;
    const float weight = gram.weight * base.rarity(gram.hash);
    for (const std::uint32_t document : documents->second) matched[document] += weight;
  }
  for (const auto& [number, weight] : matched) {
    const Document& document = m_documents[number];
    const bool is_gone = document.is_place ? m_tree->is_gone(document.at, TreeView::now)
                                           : m_tree->is_dead(row(document.at), TreeView::now);
    if (!is_gone) found.push_back({document.is_place, document.at, number, weight, 0});
  }
  const std::size_t wanted = std::min(top, found.size());
  std::partial_sort(
      found.begin(), found.begin() + static_cast<std::ptrdiff_t>(wanted), found.end(),
      [](const Found& a, const Found& b) { return a.matched != b.matched ? a.matched > b.matched : a.at < b.at; });
  found.resize(wanted);
  for (Found& one : found) {
    for (const Gram& gram : m_documents[one.document].grams) one.mass += gram.weight * base.rarity(gram.hash);
  }
}

}  // namespace menpai::address

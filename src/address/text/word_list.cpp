// SPDX-License-Identifier: Apache-2.0
// Loads and searches word lists.
#include "address/text/word_list.hpp"

#include <algorithm>
#include <bit>

#include "address/rules.hpp"
#include "address/text/normalise.hpp"
#include "base/error.hpp"

namespace menpai::address {

WordList::WordList(std::string_view rules_name, std::initializer_list<std::string_view> kinds) {
  for_each_rule(rules_name, [&](std::string_view kind, std::string_view word) {
    const auto it = std::find(kinds.begin(), kinds.end(), kind);
    if (it == kinds.end()) return;
    Entry entry{fold_text(word), static_cast<std::uint8_t>(it - kinds.begin() + 1)};
    MENPAI_ASSERT(!entry.word.empty() && entry.word.size() < 64 && entry.word[0] < 0x10000, "a word of a word list");
    m_starts[entry.word[0] / 64] |= std::uint64_t{1} << (entry.word[0] % 64);
    m_entries.push_back(std::move(entry));
  });
  std::stable_sort(m_entries.begin(), m_entries.end(), [](const Entry& a, const Entry& b) {
    return a.word[0] != b.word[0] ? a.word[0] < b.word[0] : a.word.size() > b.word.size();
  });
  MENPAI_ASSERT(m_entries.size() < 0xFFFF, "a word list is short");
  for (std::size_t i = 0; i < m_entries.size(); ++i) {
    if (i == 0 || m_entries[i].word[0] != m_entries[i - 1].word[0]) m_ranges.push_back(static_cast<std::uint16_t>(i));
  }
  m_ranges.push_back(static_cast<std::uint16_t>(m_entries.size()));
  for (std::size_t i = 1; i < m_starts.size(); ++i) {
    m_ranks[i] = static_cast<std::uint16_t>(m_ranks[i - 1] + std::popcount(m_starts[i - 1]));
  }
}

WordList::Found WordList::search(std::u32string_view chars, std::size_t pos) const {
  const char32_t* const text = chars.data() + pos;
  const std::size_t length = chars.size() - pos;
  const std::uint64_t before = m_starts[text[0] / 64] & ((std::uint64_t{1} << (text[0] % 64)) - 1);
  const std::size_t first = m_ranks[text[0] / 64] + static_cast<std::size_t>(std::popcount(before));
  for (std::size_t i = m_ranges[first]; i < m_ranges[first + 1]; ++i) {
    const Entry& entry = m_entries[i];
    const std::size_t size = entry.word.size();
    std::size_t same = 1;
    while (same < size && same < length && entry.word[same] == text[same]) ++same;
    if (same == size) return {entry.kind, static_cast<std::uint8_t>(size)};
  }
  return {};
}

}  // namespace menpai::address

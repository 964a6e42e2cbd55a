// SPDX-License-Identifier: Apache-2.0
// Loads and searches word lists.
#include "address/word_list.hpp"

#include <algorithm>

#include "address/normalise.hpp"
#include "address/rules.hpp"
#include "base/error.hpp"

namespace menpai::address {

WordList::WordList(std::string_view rules_name, std::initializer_list<std::string_view> kinds) {
  for_each_rule(rules_name, [&](std::string_view kind, std::string_view word) {
    const auto it = std::find(kinds.begin(), kinds.end(), kind);
    if (it == kinds.end()) return;
    Entry entry{fold_text(word), static_cast<std::uint8_t>(it - kinds.begin() + 1)};
    MENPAI_ASSERT(!entry.word.empty() && entry.word.size() < 64 && entry.word[0] < 0x10000, "a word of a word list");
    m_starts[entry.word[0]] = true;
    m_entries.push_back(std::move(entry));
  });
  std::stable_sort(m_entries.begin(), m_entries.end(), [](const Entry& a, const Entry& b) {
    return a.word[0] != b.word[0] ? a.word[0] < b.word[0] : a.word.size() > b.word.size();
  });
  MENPAI_ASSERT(m_entries.size() < 0xFFFF, "a word list is short");
  for (std::size_t i = 0; i < m_entries.size(); ++i) {
    const auto first = static_cast<char16_t>(m_entries[i].word[0]);
    if (!m_firsts.empty() && m_firsts.back() == first) continue;
    m_firsts.push_back(first);
    m_ranges.push_back(static_cast<std::uint16_t>(i));
  }
  m_ranges.push_back(static_cast<std::uint16_t>(m_entries.size()));
}

WordList::Found WordList::search(std::u32string_view chars, std::size_t pos) const {
  const std::u32string_view rest = chars.substr(pos);
  const auto it = std::lower_bound(m_firsts.begin(), m_firsts.end(), static_cast<char16_t>(rest[0]));
  const auto first = static_cast<std::size_t>(it - m_firsts.begin());
  for (std::size_t i = m_ranges[first]; i < m_ranges[first + 1]; ++i) {
    const Entry& entry = m_entries[i];
    if (rest.starts_with(entry.word)) return {entry.kind, static_cast<std::uint8_t>(entry.word.size())};
  }
  return {};
}

}  // namespace menpai::address

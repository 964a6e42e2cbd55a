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
  struct Word {
    std::u32string text;
    std::uint8_t kind;
  };
  std::vector<Word> words;
  for_each_rule(rules_name, [&](std::string_view kind, std::string_view word) {
    const auto it = std::find(kinds.begin(), kinds.end(), kind);
    if (it == kinds.end()) return;
    Word made{fold_text(word), static_cast<std::uint8_t>(it - kinds.begin() + 1)};
    MENPAI_ASSERT(!made.text.empty() && made.text.size() < 64 && made.text[0] < 0x10000, "a word of a word list");
    m_starts[made.text[0] / 64] |= std::uint64_t{1} << (made.text[0] % 64);
    if (made.text.size() == 1) {
      m_pairs.fill(~std::uint64_t{0});
    } else {
      const std::uint32_t bit = pair_bit(made.text[0], made.text[1]);
      m_pairs[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
    words.push_back(std::move(made));
  });
  std::stable_sort(words.begin(), words.end(), [](const Word& a, const Word& b) {
    return a.text[0] != b.text[0] ? a.text[0] < b.text[0] : a.text.size() > b.text.size();
  });
  MENPAI_ASSERT(words.size() < 0x4000, "a word list is short");
  m_groups.resize(std::bit_ceil(2 * words.size() + 2));
  m_shift = 32 - static_cast<std::uint32_t>(std::countr_zero(m_groups.size()));
  Group* group = nullptr;
  for (const Word& word : words) {
    const auto first = static_cast<char16_t>(word.text[0]);
    if (group == nullptr || group->first != first) {
      std::size_t at = hash(first) >> m_shift;
      while (m_groups[at].count > 0) at = (at + 1) & (m_groups.size() - 1);
      group = &m_groups[at];
      *group = {first, static_cast<std::uint16_t>(m_entries.size()), 0};
    }
    ++group->count;
    m_entries.push_back({word.text.size() > 1 ? word.text[1] : U'\0', static_cast<std::uint16_t>(m_pool.size()),
                         static_cast<std::uint8_t>(word.text.size()), word.kind});
    if (word.text.size() > 2) m_pool.append(word.text, 2);
  }
}

WordList::Found WordList::search(const char32_t* text, std::size_t length) const {
  std::size_t at = hash(text[0]) >> m_shift;
  while (m_groups[at].first != text[0]) at = (at + 1) & (m_groups.size() - 1);
  const Entry* entry = m_entries.data() + m_groups[at].begin;
  const Entry* const end = entry + m_groups[at].count;
  const char32_t second = length > 1 ? text[1] : U'\0';
  for (; entry != end; ++entry) {
    if (entry->length == 1) return {entry->kind, 1};
    if (entry->second != second || entry->length > length) continue;
    const char32_t* const rest = m_pool.data() + entry->rest;
    std::size_t same = 2;
    while (same < entry->length && rest[same - 2] == text[same]) ++same;
    if (same == entry->length) return {entry->kind, entry->length};
  }
  return {};
}

}  // namespace menpai::address

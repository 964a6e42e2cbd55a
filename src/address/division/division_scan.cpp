// SPDX-License-Identifier: Apache-2.0
// Walks the trie of names from every position of a text's head.
#include "address/division/division_scan.hpp"

#include <algorithm>

#include "address/text/lexicon.hpp"

namespace menpai::address {
namespace {

bool is_generic_end(char32_t c) {
  return c == U'区' || c == U'县' || c == U'市' || c == U'镇' || c == U'乡' || c == U'省';
}

bool has_level(std::uint16_t levels, Level level) {
  return (levels >> static_cast<int>(level) & 1) != 0;
}

}  // namespace

void NameScan::run(const DivisionIndex::Data& data, std::u32string_view chars) {
  look(data, chars);
  walk(data);
  gather(data);
}

/// Where the trie is to be walked from. Its tables are far larger than the fastest memory: what will be read is asked
/// for ahead.
void NameScan::look(const DivisionIndex::Data& data, std::u32string_view chars) {
  m_chars = chars;
  m_length = static_cast<std::uint32_t>(std::min(chars.size(), length_max));
  measure(data, chars);
  const DoubleArray trie = data.trie();
  const auto cells = trie.cells();
  const KeyHeads& heads = data.key_heads();
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < m_length; ++i) {
    if (!heads.may_begin(m_symbols[i], m_symbols[i + 1])) continue;
    std::uint32_t state = DoubleArray::root;
    if (!trie.step(state, m_symbols[i])) continue;
    __builtin_prefetch(cells.data() + std::min<std::size_t>(cells.size() - 1, cells[state].base + m_symbols[i + 1]));
    m_starts[count++] = {i, state};
  }
  m_start_count = count;
}

void NameScan::walk(const DivisionIndex::Data& data) {
  const DoubleArray trie = data.trie();
  const auto keys = data.key_records();
  m_key_count = 0;
  const auto add = [&](std::uint32_t from, std::uint32_t to, std::uint32_t key) {
    if (key == no_value || m_key_count >= m_keys.size()) return;
    __builtin_prefetch(&keys[key]);
    m_keys[m_key_count++] = {from, to, key};
  };
  for (std::size_t s = 0; s < m_start_count; ++s) {
    const Start& start = m_starts[s];
    std::uint32_t state = start.state;
    std::uint32_t to = start.at + 1;
    add(start.at, to, trie.value(state));
    while (m_symbols[to] != 0 && trie.step(state, m_symbols[to])) add(start.at, ++to, trie.value(state));
  }
}

void NameScan::gather(const DivisionIndex::Data& data) {
  m_hits.clear();
  const auto keys = data.key_records();
  const auto postings = data.posting_records();
  for (std::size_t k = 0; k < m_key_count; ++k) __builtin_prefetch(&postings[keys[m_keys[k].key].first]);
  std::size_t first = 0;  // of the hits that begin where this one does
  for (std::size_t k = 0; k < m_key_count; ++k) {
    const FoundKey& found = m_keys[k];
    if (first < m_hits.size() && m_hits[first].from != found.from) first = m_hits.size();
    if (first < m_hits.size()) m_hits.back().longer_follows = true;
    add_hit(m_chars, found.from, found.to, found.key, keys[found.key]);
  }
  mark_neighbours(data);
}

/// Of an ASCII character: whether it is a word's, and in the upper half whether it is a digit.
constexpr std::array<std::uint32_t, 128> ascii_sums = [] {
  std::array<std::uint32_t, 128> made{};
  for (char32_t c = 0; c < 128; ++c) made[c] = (is_separator(c) ? 0u : 1u) | (is_digit(c) ? 1u << 16 : 0u);
  return made;
}();

void NameScan::measure(const DivisionIndex::Data& data, std::u32string_view chars) {
  const char16_t* const symbols = data.get<char16_t>(data.symbols).data();
  const char32_t* const text = chars.data();
  char32_t all = 0;
  for (std::uint32_t i = 0; i < m_length; ++i) {
    all |= text[i];
    m_symbols[i] = symbols[text[i] & 0xFFFF];
  }
  for (std::uint32_t i = 0; all >= symbol_table_size && i < m_length; ++i) m_symbols[i] = data.symbol(text[i]);
  m_symbols[m_length] = 0;
  std::uint32_t sum = 0;
  for (std::uint32_t i = 0; i < m_length; ++i) {
    const char32_t c = text[i];
    m_sums[i] = sum;
    sum += c < 128 ? ascii_sums[c] : is_separator(c) ? 0u : 1u;
  }
  m_sums[m_length] = sum;
  // 中国 at the head is no gap between names.
  const std::size_t searched = std::min<std::size_t>(m_length, 64);
  for (std::size_t i = 0; i < searched && i + 1 < chars.size(); ++i) {
    if (text[i] == U'中' && text[i + 1] == U'国') leave_out(static_cast<std::uint32_t>(i));
  }
}

/// Takes the two words at `at` out of the sums.
void NameScan::leave_out(std::uint32_t at) {
  for (std::uint32_t i = at + 1; i <= m_length; ++i) m_sums[i] -= i == at + 1 ? 1 : 2;
}

const NameHit& NameScan::settled(std::size_t index) {
  NameHit& hit = m_hits[index];
  if (hit.unsure) {
    hit.short_ok = !turns_into_other(m_chars, hit.stem_end);
    hit.unsure = false;
  }
  return hit;
}

/// Notes a name with what follows from the characters behind it.
void NameScan::add_hit(std::u32string_view chars, std::uint32_t from, std::uint32_t stem_end, std::uint32_t key,
                       const KeyRecord& record) {
  NameHit hit{from,  stem_end, key,   suffix_at(chars, stem_end),          false,
              false, false,    false, is_generic_end(chars[stem_end - 1]), false};
  const bool by_suffix = hit.suffix.length > 0 && (record.stem_levels & suffix_levels(hit.suffix.suffix)) != 0;
  const bool bare = record.whole_levels != 0 || hit.suffix.length == 0 || is_soft(hit.suffix.suffix);
  if (bare && !by_suffix) {
    hit.short_ok = hit.ends_generic;
    hit.unsure = !hit.ends_generic;
  }
  if (by_suffix && record.whole_levels != 0) hit.short_ok = true;
  hit.only_short = !by_suffix && record.whole_levels == 0;
  m_hits.push_back(hit);
}

/// Whether `next`, which begins where the stem of `hit` ends, decides that the stem stands alone: 唐山|路南区,
/// 内江|市中区, 阳泉|矿区, 宁波|镇海.
bool NameScan::decides(const DivisionIndex::Data& data, std::size_t next_index, const NameHit& hit) {
  const NameHit& next = m_hits[next_index];
  const KeyRecord& key = data.key_records()[next.key];
  // 经济开发区 behind a name is that place's zone, not one of the towns of the name.
  if (key.stem_levels == 0 && key.whole_levels == 1u << static_cast<int>(Level::town)) return false;
  const bool whole_word = !next.only_short || next.ends_generic;
  if (hit.suffix.length == 0) return whole_word;
  const bool town_word = hit.suffix.suffix == Suffix::zhen || hit.suffix.suffix == Suffix::xiang;
  const bool short_county = has_level(key.stem_levels, Level::county) && town_word && settled(next_index).short_ok;
  if (!whole_word && !short_county) return false;
  const std::uint32_t word_end = hit.stem_end + hit.suffix.length;
  return next.stem_end > word_end || (next.stem_end == word_end && has_level(key.whole_levels, Level::county));
}

void NameScan::mark_neighbours(const DivisionIndex::Data& data) {
  const std::size_t count = m_hits.size();
  for (std::size_t i = 0; i < count; ++i) {
    const NameHit hit = m_hits[i];
    for (std::size_t n = i + 1; n < count && m_hits[n].from <= hit.stem_end; ++n) {
      if (m_hits[n].from < hit.stem_end) continue;
      if (!decides(data, n, hit)) continue;
      if (hit.suffix.length == 0) {
        m_hits[i].short_ok = true;
        m_hits[i].unsure = false;
        m_hits[i].name_follows = true;
      } else if (m_hits.size() < hits_max) {
        NameHit bare = hit;
        bare.suffix = {};
        bare.short_ok = true;
        bare.unsure = false;
        bare.name_follows = true;
        bare.only_short = true;
        m_hits.push_back(bare);
      }
      break;
    }
  }
  if (m_hits.size() > count) {
    std::stable_sort(m_hits.begin(), m_hits.end(), [](const NameHit& a, const NameHit& b) { return a.from < b.from; });
  }
}

}  // namespace menpai::address

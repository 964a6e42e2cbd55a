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

void KeyHeads::set(const DivisionIndex::Data& data) {
  if (m_data == &data) return;
  m_data = &data;
  m_bits.assign(bit_count / 64, 0);
  const auto cells = data.trie().cells();
  const std::uint32_t root = cells.empty() ? 0 : cells[DoubleArray::root].base;
  for (std::uint32_t state = 1; state < cells.size(); ++state) {
    const std::uint32_t parent = cells[state].check;
    if (parent == DoubleArray::root || parent >= cells.size() || cells[parent].check != DoubleArray::root) continue;
    const std::uint32_t bit = bit_of(parent - root, state - cells[parent].base);
    m_bits[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
}

void NameScan::run(const DivisionIndex::Data& data, std::u32string_view chars) {
  m_chars = chars;
  m_length = static_cast<std::uint32_t>(std::min(chars.size(), length_max));
  measure(data, chars);
  m_heads.set(data);
  find_keys(data);
  m_hits.clear();
  const auto keys = data.key_records();
  const auto postings = data.posting_records();
  for (std::size_t k = 0; k < m_key_count; ++k) __builtin_prefetch(&postings[keys[m_keys[k].key].first]);
  std::uint32_t from = 0;
  for (std::size_t k = 0; k < m_key_count; ++k) {
    const FoundKey& found = m_keys[k];
    while (from <= found.from) m_first_hit[from++] = static_cast<std::uint16_t>(m_hits.size());
    if (m_hits.size() > m_first_hit[found.from]) m_hits.back().longer_follows = true;
    add_hit(chars, found.from, found.to, found.key, keys[found.key]);
  }
  while (from <= m_length) m_first_hit[from++] = static_cast<std::uint16_t>(m_hits.size());
  mark_neighbours(data);
}

/// Walks the trie from every position. The tables are far larger than the fastest memory: what will be read is asked
/// for ahead.
void NameScan::find_keys(const DivisionIndex::Data& data) {
  const DoubleArray trie = data.trie();
  const auto cells = trie.cells();
  const auto keys = data.key_records();
  std::array<std::uint16_t, length_max> starts;
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < m_length; ++i) {
    if (!m_heads.may_begin(m_symbols[i], m_symbols[i + 1])) continue;
    std::uint32_t state = DoubleArray::root;
    if (!trie.step(state, m_symbols[i])) continue;
    __builtin_prefetch(cells.data() + std::min<std::size_t>(cells.size() - 1, cells[state].base + m_symbols[i + 1]));
    starts[count++] = static_cast<std::uint16_t>(i);
  }
  m_key_count = 0;
  for (std::size_t s = 0; s < count; ++s) {
    const std::uint32_t i = starts[s];
    std::uint32_t state = DoubleArray::root;
    for (std::uint32_t j = i; m_symbols[j] != 0 && trie.step(state, m_symbols[j]); ++j) {
      const std::uint32_t key = trie.value(state);
      if (key == no_value || m_key_count >= m_keys.size()) continue;
      __builtin_prefetch(&keys[key]);
      m_keys[m_key_count++] = {i, j + 1, key};
    }
  }
}

void NameScan::measure(const DivisionIndex::Data& data, std::u32string_view chars) {
  const auto symbols = data.get<char16_t>(data.symbols);
  std::uint32_t filler_end = 0;
  std::uint32_t solid = 0;
  std::uint32_t numbers = 0;
  for (std::uint32_t i = 0; i < m_length; ++i) {
    const char32_t c = chars[i];
    m_symbols[i] = c < symbol_table_size ? symbols[c] : data.symbol(c);
    // 中国 at the head is no gap between names.
    if (c == U'中' && i < 64 && i + 1 < chars.size() && chars[i + 1] == U'国') filler_end = i + 2;
    m_solid[i] = static_cast<std::uint16_t>(solid);
    m_numbers[i] = static_cast<std::uint16_t>(numbers);
    solid += i >= filler_end && !is_separator(c) ? 1 : 0;
    numbers += is_digit(c) ? 1 : 0;
  }
  m_symbols[m_length] = 0;
  m_solid[m_length] = static_cast<std::uint16_t>(solid);
  m_numbers[m_length] = static_cast<std::uint16_t>(numbers);
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
    if (hit.stem_end >= m_length) continue;
    for (std::uint32_t n = m_first_hit[hit.stem_end]; n < count && n < m_first_hit[hit.stem_end + 1]; ++n) {
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

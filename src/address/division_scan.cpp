// SPDX-License-Identifier: Apache-2.0
// Walks the trie of names from every position of a text's head.
#include "address/division_scan.hpp"

#include <algorithm>

#include "address/lexicon.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t scan_length_max = 256;  // names stand at the head; what follows is roads and rooms
constexpr std::size_t hits_max = 160;

bool is_generic_end(char32_t c) {
  return c == U'区' || c == U'县' || c == U'市' || c == U'镇' || c == U'乡' || c == U'省';
}

bool has_level(std::uint16_t levels, Level level) {
  return (levels >> static_cast<int>(level) & 1) != 0;
}

/// The length of a filler at `i` that is no gap between names: 中国 at the head.
std::uint32_t filler_at(std::u32string_view chars, std::uint32_t i) {
  return chars[i] == U'中' && i < 64 && i + 1 < chars.size() && chars[i + 1] == U'国' ? 2 : 0;
}

}  // namespace

void NameScan::run(const DivisionIndex::Data& data, std::u32string_view chars) {
  m_chars = chars;
  m_length = static_cast<std::uint32_t>(std::min(chars.size(), scan_length_max));
  measure(data, chars);
  m_hits.clear();
  m_first_hit.resize(m_length + 1);
  const DoubleArray trie = data.trie();
  const auto keys = data.key_records();
  for (std::uint32_t i = 0; i < m_length; ++i) {
    m_first_hit[i] = static_cast<std::uint32_t>(m_hits.size());
    std::uint32_t state = DoubleArray::root;
    for (std::uint32_t j = i; j < m_length && m_symbols[j] != 0 && trie.step(state, m_symbols[j]); ++j) {
      const std::uint32_t key = trie.value(state);
      if (key == no_value || m_hits.size() >= hits_max) continue;
      if (m_hits.size() > m_first_hit[i]) m_hits.back().longer_follows = true;
      add_hit(chars, i, j + 1, key, keys[key]);
    }
  }
  m_first_hit[m_length] = static_cast<std::uint32_t>(m_hits.size());
  mark_neighbours(data);
}

void NameScan::measure(const DivisionIndex::Data& data, std::u32string_view chars) {
  m_symbols.resize(m_length);
  m_solid.resize(m_length + 1);
  m_numbers.resize(m_length + 1);
  m_solid[0] = 0;
  m_numbers[0] = 0;
  std::uint32_t filler_end = 0;
  for (std::uint32_t i = 0; i < m_length; ++i) {
    m_symbols[i] = data.symbol(chars[i]);
    if (const std::uint32_t filler = filler_at(chars, i); filler > 0) filler_end = i + filler;
    const bool solid = i >= filler_end && !is_separator(chars[i]);
    m_solid[i + 1] = m_solid[i] + (solid ? 1 : 0);
    m_numbers[i + 1] = m_numbers[i] + (is_digit(chars[i]) ? 1 : 0);
  }
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

// SPDX-License-Identifier: Apache-2.0
#include "address/suggest/suggest_index.hpp"

#include <algorithm>
#include <cstring>
#include <string>

namespace menpai::address {
namespace {

/// The first four bytes as a number that sorts like them.
std::uint32_t head_of(std::string_view text) {
  std::uint32_t head = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    head = head << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return head;
}

}  // namespace

WeightTree::WeightTree(std::span<const std::uint8_t> bytes, std::size_t size) {
  std::size_t at = 0;
  while (size > 0 && static_cast<std::size_t>(m_count) < m_levels.size()) {
    if (bytes.size() - at < size) break;
    m_levels[static_cast<std::size_t>(m_count++)] = bytes.subspan(at, size);
    at += size;
    if (size <= fan_out) return;
    size = (size + fan_out - 1) / fan_out;
  }
  m_count = 0;
  m_levels = {};
}

std::vector<std::uint8_t> WeightTree::pack(std::span<const std::uint8_t> weights) {
  std::vector<std::uint8_t> out(weights.begin(), weights.end());
  std::size_t first = 0;
  std::size_t size = weights.size();
  while (size > fan_out) {
    const std::size_t above = (size + fan_out - 1) / fan_out;
    for (std::size_t i = 0; i < above; ++i) {
      const auto begin = out.begin() + static_cast<std::ptrdiff_t>(first + i * fan_out);
      const auto end = out.begin() + static_cast<std::ptrdiff_t>(first + std::min(size, (i + 1) * fan_out));
      out.push_back(*std::max_element(begin, end));
    }
    first += size;
    size = above;
  }
  return out;
}

void HeaviestFirst::push(int level, std::size_t index) {
  const int shift = 4 * level;  // fan_out is 2^4
  if ((index + 1) << shift <= m_stretch.first || index << shift >= m_stretch.last) return;
  const std::uint64_t weight = m_weights->level(level)[index];
  m_heap.push_back(weight << 36 | static_cast<std::uint64_t>(15 - level) << 32 |
                   (~static_cast<std::uint64_t>(index) & 0xFFFFFFFFu));
  std::push_heap(m_heap.begin(), m_heap.end());
}

void HeaviestFirst::start(const WeightTree& weights, Stretch stretch) {
  m_weights = &weights;
  m_heap.clear();
  stretch.last = std::min(stretch.last, weights.size());
  m_stretch = stretch;
  if (stretch.empty()) return;
  int level = 0;
  std::size_t first = stretch.first;
  std::size_t last = stretch.last - 1;
  while (last - first >= WeightTree::fan_out && level + 1 < weights.levels()) {
    ++level;
    first /= WeightTree::fan_out;
    last /= WeightTree::fan_out;
  }
  for (std::size_t i = first; i <= last; ++i) push(level, i);
}

bool HeaviestFirst::next(std::size_t& index) {
  while (!m_heap.empty()) {
    const std::uint64_t best = m_heap.front();
    std::pop_heap(m_heap.begin(), m_heap.end());
    m_heap.pop_back();
    const int level = 15 - static_cast<int>(best >> 32 & 15);
    const std::size_t at = ~best & 0xFFFFFFFFu;
    if (level == 0) {
      index = at;
      return true;
    }
    const std::size_t end = std::min((at + 1) * WeightTree::fan_out, m_weights->level(level - 1).size());
    for (std::size_t i = at * WeightTree::fan_out; i < end; ++i) push(level - 1, i);
  }
  return false;
}

KeyRow::KeyRow(const LibraryFile& file, std::string_view name, std::string_view pool) : m_pool(pool) {
  m_keys = file.array<SuggestKey>("suggest." + std::string(name));
  m_weights = WeightTree(file.array<std::uint8_t>("suggest.w." + std::string(name)), m_keys.size());
  if (m_weights.size() != m_keys.size() || m_pool.empty() || m_pool.back() != '\0') m_keys = {};
}

std::string_view KeyRow::text(std::size_t i) const {
  const std::uint32_t at = m_keys[i].text;
  return at < m_pool.size() ? std::string_view(m_pool.data() + at) : std::string_view();
}

std::size_t KeyRow::lower_bound(std::string_view typed) const {
  const std::uint32_t head = head_of(typed);
  std::size_t first = 0;
  for (std::size_t count = m_keys.size(); count > 0;) {
    const std::size_t half = count / 2;
    const std::uint32_t own = m_keys[first + half].head;
    if (own != head ? own < head : text(first + half) < typed) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first;
}

Stretch KeyRow::beginning_with(std::string_view typed) const {
  if (typed.empty()) return {0, m_keys.size()};
  std::string end(typed);  // the least text behind all that begin so: no text has a byte FF
  end.push_back('\xFF');
  return {lower_bound(typed), lower_bound(end)};
}

Stretch KeyRow::equal_to(std::string_view typed) const {
  std::string end(typed);
  end.push_back('\x01');  // no text has it
  return {lower_bound(typed), lower_bound(end)};
}

SuggestIndex::SuggestIndex(const LibraryFile& file)
    : names(file, "names", file.text("suggest.pool")),
      inner(file, "inner", file.text("suggest.pool")),
      pinyin(file, "pinyin", file.text("suggest.pool")),
      initials(file, "initials", file.text("suggest.pool")),
      places(file.array<TreeNode>("suggest.places")),
      place_weights(file.array<std::uint8_t>("suggest.w.places"), places.size()) {
  if (place_weights.size() != places.size()) places = {};
}

}  // namespace menpai::address

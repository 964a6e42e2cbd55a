// SPDX-License-Identifier: Apache-2.0
#include "address/library/name_table.hpp"

#include <algorithm>
#include <bit>

#include "address/overlay/name_patch.hpp"
#include "address/text/name_likeness.hpp"
#include "address/text/normalise.hpp"
#include "address/text/pinyin_table.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t near_length_max = 24;  // longer names are not sought with errors
constexpr std::size_t bucket_bits = 16;

std::uint64_t hash_without(std::u32string_view key, std::size_t left_out) {
  std::uint64_t h = 0xCBF29CE484222325;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (i == left_out) continue;
    h = (h ^ key[i]) * 0x9E3779B97F4A7C15;
    h ^= h >> 29;
  }
  return h ^ (h >> 32);
}

std::uint64_t hash_key(std::u32string_view key) {
  return hash_without(key, key.size());
}
std::uint32_t upper(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32);
}

/// Every key that lacks one character of `key`, and `key` itself.
template <class Visit>
void each_near_hash(std::u32string_view key, const Visit& visit) {
  for (std::size_t i = 0; i <= key.size(); ++i) {
    if (i > 0 && i < key.size() && key[i] == key[i - 1]) continue;  // the same text
    visit(upper(hash_without(key, i)));
  }
}

}  // namespace

bool one_error_apart(std::u32string_view a, std::u32string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() - b.size() > 1) return false;
  std::size_t front = 0;
  while (front < b.size() && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < b.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  const std::size_t rest_a = a.size() - front - back;
  const std::size_t rest_b = b.size() - front - back;
  // 溪 typed as 西 is an error like any other; 东 for 西 is another name.
  if (rest_a == 1 && rest_b == 1 && is_distinguishing(a[front]) != is_distinguishing(b[front])) {
    const bool counts = a[front] < 0x80 || b[front] < 0x80;
    return !counts && same_sound(a[front], b[front]);
  }
  const auto differing = [&](std::u32string_view text) { return text.substr(front, text.size() - front - back); };
  for (const std::u32string_view rest : {differing(a), differing(b)}) {
    if (std::any_of(rest.begin(), rest.end(), is_distinguishing)) return false;
  }
  if (rest_a <= 1 && rest_b <= 1) return rest_a + rest_b > 0;
  return rest_a == 2 && rest_b == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
}

NameId NameTableBuilder::add(std::u32string_view name) {
  m_key.clear();
  append_name_key(name, m_key);
  if (m_key.empty()) m_key = name;
  const auto [at, is_new] = m_ids.try_emplace(m_key, static_cast<NameId>(m_keys.size()));
  if (is_new) {
    m_keys.push_back(m_key);
    m_texts.push_back(utf8::encode(name));
  }
  return at->second;
}

void NameTableBuilder::write(LibraryFileWriter& file) const {
  std::vector<std::string> keys;
  std::vector<std::string_view> views;
  for (const std::u32string& key : m_keys) keys.push_back(utf8::encode(key));
  views.assign(keys.begin(), keys.end());
  file.add("name.keys", pack_text_column(views));
  views.assign(m_texts.begin(), m_texts.end());
  file.add("name.texts", pack_text_column(views));

  std::vector<std::uint64_t> slots(std::bit_ceil(2 * m_keys.size() + 2), ~std::uint64_t{0});
  std::vector<std::pair<std::uint32_t, NameId>> near;
  for (NameId name = 0; name < m_keys.size(); ++name) {
    const std::uint64_t hash = hash_key(m_keys[name]);
    std::size_t slot = hash & (slots.size() - 1);
    while (slots[slot] != ~std::uint64_t{0}) slot = (slot + 1) & (slots.size() - 1);
    slots[slot] = (hash & 0xFFFFFFFF00000000) | name;
    if (m_keys[name].size() < 2 || m_keys[name].size() > near_length_max) continue;
    each_near_hash(m_keys[name], [&](std::uint32_t h) { near.emplace_back(h, name); });
  }
  std::sort(near.begin(), near.end());
  std::vector<std::uint32_t> buckets((std::size_t{1} << bucket_bits) + 1);
  std::size_t at = 0;
  for (std::size_t b = 0; b < buckets.size(); ++b) {
    while (at < near.size() && (near[at].first >> (32 - bucket_bits)) < b) ++at;
    buckets[b] = static_cast<std::uint32_t>(at);
  }
  std::vector<std::uint32_t> flat;
  for (const auto& [hash, name] : near) {
    flat.push_back(hash);
    flat.push_back(name);
  }
  file.add_array("name.slots", std::span<const std::uint64_t>(slots));
  file.add_array("name.near", std::span<const std::uint32_t>(flat), SectionTrust::checked_in_use);
  file.add_array("name.buckets", std::span<const std::uint32_t>(buckets));
}

NameTable::NameTable(const LibraryFile& file)
    : m_texts(file.section("name.texts")),
      m_keys(file.section("name.keys")),
      m_slots(file.array<std::uint64_t>("name.slots")),
      m_near(file.array<Near>("name.near")),
      m_buckets(file.array<std::uint32_t>("name.buckets")) {}

void NameTable::check(const LibraryFile& file) const {
  if (m_slots.empty()) return;
  const bool holds = std::has_single_bit(m_slots.size()) && m_texts.size() == m_keys.size() &&
                     m_texts.size() * 2 <= m_slots.size() && m_buckets.size() == (std::size_t{1} << bucket_bits) + 1 &&
                     m_buckets.back() <= m_near.size() && std::is_sorted(m_buckets.begin(), m_buckets.end()) &&
                     std::find(m_slots.begin(), m_slots.end(), ~std::uint64_t{0}) != m_slots.end();
  if (!holds) file.throw_damaged("its table of names contradicts itself");
}

namespace {

/// The text of a value in memory that is used again: names are looked up by the million.
std::string_view borrow(const TextColumn& column, std::size_t index) {
  thread_local std::string text;
  text.clear();
  column.append(index, text);
  return text;
}

bool spells(std::string_view text, std::u32string_view key) {
  std::size_t pos = 0;
  for (const char32_t c : key) {
    if (pos >= text.size() || utf8::next(text, pos) != c) return false;
  }
  return pos == text.size();
}

}  // namespace

std::size_t NameTable::patched_size() const {
  return m_patch->size();
}

bool NameTable::is_gone(NameId name) const {
  if (!m_patch->is_gone(name, m_view)) return false;
  m_met_retired = m_met_retired || !m_patch->is_gone(name, TreeView::with_retired);
  return true;
}

void NameTable::patch_near(std::u32string_view key, std::size_t first, std::vector<NameId>& names) const {
  names.erase(std::remove_if(names.begin() + static_cast<std::ptrdiff_t>(first), names.end(),
                             [&](NameId name) { return is_gone(name); }),
              names.end());
  m_patch->find_near(key, m_view, names);
}

void NameTable::append_text(NameId name, std::string& out) const {
  if (m_patch != nullptr && m_patch->holds(name)) {
    out += m_patch->text(name);
  } else {
    m_texts.append(name, out);
  }
}

void NameTable::append_key(NameId name, std::u32string& out) const {
  if (m_patch != nullptr && m_patch->holds(name)) {
    out += m_patch->key(name);
    return;
  }
  const std::string_view key = borrow(m_keys, name);
  for (std::size_t pos = 0; pos < key.size();) out += utf8::next(key, pos);
}

NameId NameTable::find(std::u32string_view key) const {
  NameId name = find_own(key);
  if (m_patch == nullptr) return name;
  if (name == no_name) name = m_patch->find(key);
  return name != no_name && is_gone(name) ? no_name : name;
}

NameId NameTable::find_own(std::u32string_view key) const {
  if (m_slots.empty()) return no_name;
  const std::uint64_t hash = hash_key(key);
  for (std::size_t slot = hash & (m_slots.size() - 1);; slot = (slot + 1) & (m_slots.size() - 1)) {
    const std::uint64_t entry = m_slots[slot];
    if (entry == ~std::uint64_t{0}) return no_name;
    if (upper(entry) != upper(hash)) continue;
    const auto name = static_cast<NameId>(entry);
    if (spells(borrow(m_keys, name), key)) return name;
  }
}

void NameTable::find_near(std::u32string_view key, std::vector<NameId>& names) const {
  const std::size_t first = names.size();
  if (m_slots.empty() && m_patch != nullptr) patch_near(key, first, names);
  if (m_slots.empty() || key.size() < 2 || key.size() > near_length_max) return;
  std::u32string found;
  each_near_hash(key, [&](std::uint32_t hash) {
    const std::size_t bucket = hash >> (32 - bucket_bits);
    auto at = std::lower_bound(m_near.begin() + m_buckets[bucket], m_near.begin() + m_buckets[bucket + 1], hash,
                               [](const Near& n, std::uint32_t h) { return n.hash < h; });
    for (; at != m_near.end() && at->hash == hash; ++at) {
      if (at->name >= size() ||
          std::find(names.begin() + static_cast<std::ptrdiff_t>(first), names.end(), at->name) != names.end()) {
        continue;
      }
      found.clear();
      append_key(at->name, found);
      if (one_error_apart(found, key)) names.push_back(at->name);
    }
  });
  if (m_patch != nullptr) patch_near(key, first, names);
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
#include "address/library/name_table.hpp"

#include <algorithm>
#include <array>
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
  // Two neighbours exchanged say the same, but for digits and letters: 阳新 for 新阳, not 21 for 12.
  const bool exchanged = rest_a == 2 && rest_b == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
  if (exchanged) return a[front] >= 0x80 || a[front + 1] >= 0x80;
  const auto differing = [&](std::u32string_view text) { return text.substr(front, text.size() - front - back); };
  for (const std::u32string_view rest : {differing(a), differing(b)}) {
    if (std::any_of(rest.begin(), rest.end(), is_distinguishing)) return false;
  }
  return rest_a <= 1 && rest_b <= 1 && rest_a + rest_b > 0;
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
  std::vector<char32_t> chars;
  std::vector<std::uint32_t> starts;
  for (const std::u32string& key : m_keys) {
    starts.push_back(static_cast<std::uint32_t>(chars.size()));
    chars.insert(chars.end(), key.begin(), key.end());
  }
  starts.push_back(static_cast<std::uint32_t>(chars.size()));
  file.add_array("name.chars", std::span<const char32_t>(chars));
  file.add_array("name.starts", std::span<const std::uint32_t>(starts));
  const std::vector<std::string_view> views(m_texts.begin(), m_texts.end());
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
      m_chars(file.array<char32_t>("name.chars")),
      m_starts(file.array<std::uint32_t>("name.starts")),
      m_slots(file.array<std::uint64_t>("name.slots")),
      m_near(file.array<Near>("name.near")),
      m_buckets(file.array<std::uint32_t>("name.buckets")) {}

void NameTable::check(const LibraryFile& file) const {
  if (m_slots.empty()) return;
  const bool holds = std::has_single_bit(m_slots.size()) && m_starts.size() == m_texts.size() + 1 &&
                     std::is_sorted(m_starts.begin(), m_starts.end()) && m_starts.back() <= m_chars.size() &&
                     m_texts.size() * 2 <= m_slots.size() && m_buckets.size() == (std::size_t{1} << bucket_bits) + 1 &&
                     m_buckets.back() <= m_near.size() && std::is_sorted(m_buckets.begin(), m_buckets.end()) &&
                     std::find(m_slots.begin(), m_slots.end(), ~std::uint64_t{0}) != m_slots.end();
  if (!holds) file.throw_damaged("its table of names contradicts itself");
}

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

std::u32string_view NameTable::patched_key(NameId name) const {
  return m_patch != nullptr && m_patch->holds(name) ? std::u32string_view(m_patch->key(name)) : std::u32string_view();
}

NameId NameTable::find(std::u32string_view key) const {
  NameId name = find_own(key);
  if (m_patch == nullptr) return name;
  if (name == no_name) name = m_patch->find(key);
  return name != no_name && is_gone(name) ? no_name : name;
}

NameId NameTable::find_own(std::u32string_view wanted) const {
  if (m_slots.empty()) return no_name;
  const std::uint64_t hash = hash_key(wanted);
  for (std::size_t slot = hash & (m_slots.size() - 1);; slot = (slot + 1) & (m_slots.size() - 1)) {
    const std::uint64_t entry = m_slots[slot];
    if (entry == ~std::uint64_t{0}) return no_name;
    if (upper(entry) != upper(hash)) continue;
    const auto name = static_cast<NameId>(entry);
    if (name < m_texts.size() && key(name) == wanted) return name;
  }
}

void NameTable::find_near(std::u32string_view wanted, std::vector<NameId>& names) const {
  if (wanted.size() < 2 || wanted.size() > near_length_max) return;
  const std::size_t first = names.size();
  if (!m_slots.empty()) find_own_near(wanted, names);
  if (m_patch != nullptr) patch_near(wanted, first, names);
}

void NameTable::find_own_near(std::u32string_view wanted, std::vector<NameId>& names) const {
  std::array<std::uint32_t, near_length_max + 1> hashes;
  std::size_t count = 0;
  each_near_hash(wanted, [&](std::uint32_t hash) { hashes[count++] = hash; });
  // Where each begins is asked of memory for all of them at once, then what stands there.
  for (std::size_t i = 0; i < count; ++i) __builtin_prefetch(&m_buckets[hashes[i] >> (32 - bucket_bits)]);
  for (std::size_t i = 0; i < count; ++i) {
    __builtin_prefetch(m_near.data() + m_buckets[hashes[i] >> (32 - bucket_bits)]);
  }
  const std::size_t first = names.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t hash = hashes[i];
    const std::size_t bucket = hash >> (32 - bucket_bits);
    auto at = std::lower_bound(m_near.begin() + m_buckets[bucket], m_near.begin() + m_buckets[bucket + 1], hash,
                               [](const Near& n, std::uint32_t h) { return n.hash < h; });
    for (; at != m_near.end() && at->hash == hash; ++at) {
      if (at->name < m_texts.size()) names.push_back(at->name);
    }
  }
  const auto begin = names.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, names.end());
  const auto others = [&](NameId name) { return !one_error_apart(key(name), wanted); };
  names.erase(std::remove_if(begin, std::unique(begin, names.end()), others), names.end());
}

}  // namespace menpai::address

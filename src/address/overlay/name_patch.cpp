// SPDX-License-Identifier: Apache-2.0
#include "address/overlay/name_patch.hpp"

#include <algorithm>

#include "address/text/normalise.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t near_length_max = 24;  // longer names are not sought with errors

/// Calls visit(hash) for every text that lacks one character of `key`, and for `key` itself.
template <class Visit>
void each_near_hash(std::u32string_view key, const Visit& visit) {
  for (std::size_t left_out = 0; left_out <= key.size(); ++left_out) {
    if (left_out > 0 && left_out < key.size() && key[left_out] == key[left_out - 1]) continue;  // the same text
    std::uint64_t h = 0xCBF29CE484222325;
    for (std::size_t i = 0; i < key.size(); ++i) {
      if (i != left_out) h = (h ^ key[i]) * 0x100000001B3;
    }
    visit(h ^ h >> 29);
  }
}

}  // namespace

NameId NamePatch::add(std::u32string_view name) {
  std::u32string key;
  append_name_key(name, key);
  if (key.empty()) key = name;
  if (const NameId known = m_base->find(key); known != no_name) return known;
  const auto [at, is_new] = m_ids.try_emplace(key, static_cast<NameId>(size()));
  if (!is_new) return at->second;
  const NameId id = at->second;
  if (key.size() >= 2 && key.size() <= near_length_max) {
    each_near_hash(key, [&](std::uint64_t hash) { m_near[hash].push_back(id); });
  }
  m_names.push_back({std::move(key), utf8::encode(name)});
  return id;
}

NameId NamePatch::find(std::u32string_view key) const {
  if (m_ids.empty()) return no_name;
  const auto found = m_ids.find(key);
  return found == m_ids.end() ? no_name : found->second;
}

void NamePatch::find_near(std::u32string_view key, TreeView view, std::vector<NameId>& names) const {
  if (m_near.empty() || key.size() < 2 || key.size() > near_length_max) return;
  const auto first = static_cast<std::ptrdiff_t>(names.size());
  each_near_hash(key, [&](std::uint64_t hash) {
    const auto found = m_near.find(hash);
    if (found == m_near.end()) return;
    for (const NameId name : found->second) {
      if (is_gone(name, view) || std::find(names.begin() + first, names.end(), name) != names.end()) continue;
      if (one_error_apart(this->key(name), key)) names.push_back(name);
    }
  });
}

}  // namespace menpai::address

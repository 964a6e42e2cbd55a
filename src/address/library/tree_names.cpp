// SPDX-License-Identifier: Apache-2.0
// TreeMatcher: which names of the library a name of the text may be.
#include <array>

#include "address/match/tree_matcher.hpp"
#include "address/text/name_likeness.hpp"

namespace menpai::address {
namespace {

constexpr std::array<std::u32string_view, 8> loose_suffixes = {U"住宅小区", U"小区", U"住宅区", U"生活区",
                                                               U"社区",     U"大厦", U"新村",   U"村"};

}  // namespace

void TreeMatcher::find_names(QueryName& name) {
  m_key.clear();
  append_name_key(name.text, m_key);
  if (m_key.empty()) m_key = name.text;
  if (const NameId id = m_library->names.find(m_key); id != no_name) {
    name.ids.emplace_back(id, Reason::matched);
    return;
  }
  find_near_names(name);
  if (name.ids.empty()) find_part(name);
}

void TreeMatcher::find_near_names(QueryName& name) {
  const NameTable& table = m_library->names;
  const std::u32string key = m_key;
  for (const std::u32string_view suffix : loose_suffixes) {
    const bool has = key.size() >= suffix.size() + 2 && key.ends_with(suffix);
    m_key.assign(key, 0, has ? key.size() - suffix.size() : key.size());
    if (!has) m_key += suffix;
    if (const NameId id = table.find(m_key); id != no_name) name.ids.emplace_back(id, Reason::alias);
  }
  for (char32_t phase = U'1'; phase <= U'6'; ++phase) {
    m_key.assign(key);
    m_key += phase;
    m_key += U'期';
    if (const NameId id = table.find(m_key); id != no_name) name.ids.emplace_back(id, Reason::alias);
  }
  if (!name.ids.empty()) return;
  m_near.clear();
  table.find_near(key, m_near);
  // Of two characters, one replaced leaves too little; one left out (碧街 for 碧信街) is a likely error.
  if (key.size() == 2) {
    std::erase_if(m_near, [&](NameId id) { return table.key(id).size() != 3; });
  }
  for (const NameId id : m_near) name.ids.emplace_back(id, Reason::corrected);
  name.bent = !m_near.empty();
}

void TreeMatcher::find_part(QueryName& name) {
  // The longest stretch that is a name: 镇政府旁世纪花园 → 世纪花园. Quadratic in a length of at most 24.
  const std::u32string_view text = std::u32string_view(name.text).substr(0, 24);
  for (std::size_t length = text.size(); length-- > 3;) {
    for (std::size_t start = text.size() - length + 1; start-- > 0;) {
      m_key.clear();
      append_name_key(text.substr(start, length), m_key);
      const NameId id = m_library->names.find(m_key);
      if (id == no_name) continue;
      name.ids.emplace_back(id, Reason::matched);
      name.partial = true;
      return;
    }
  }
}

/// Whether the text's name is one of the library's, just as it stands.
bool TreeMatcher::is_known(const QueryName& name) {
  return !name.partial && name.ids.size() == 1 && name.ids.front().second == Reason::matched;
}

/// What the other text of an address calls otherwise than its own is said by that name, not as it is.
void TreeMatcher::mark_alias(Hit& hit) const {
  const Tree& tree = m_library->tree;
  std::array<std::uint64_t, level_count> own{};
  const Tree::Spot target = tree.spot_of(hit.row);
  if (target.node == no_node) return;
  if (target.leaf >= 0) own[static_cast<std::size_t>(step_level(tree.step(target)))] = step_identity(tree.step(target));
  for (TreeNode node = target.node; node != no_node && tree.step(node) != 0; node = tree.parent(node)) {
    own[static_cast<std::size_t>(step_level(tree.step(node)))] ^= step_identity(tree.step(node));
  }
  std::array<std::uint64_t, level_count> said{};
  for (TreeNode node = hit.spot.node; node != no_node && tree.step(node) != 0; node = tree.parent(node)) {
    said[static_cast<std::size_t>(step_level(tree.step(node)))] ^= step_identity(tree.step(node));
  }
  for (std::size_t i = 1; i < said.size(); ++i) {
    if (said[i] != 0 && said[i] != own[i]) hit.reasons.worsen(static_cast<Level>(i), Reason::alias);
  }
}

}  // namespace menpai::address

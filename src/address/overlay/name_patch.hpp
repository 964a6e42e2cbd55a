// SPDX-License-Identifier: Apache-2.0
// The names that edits add to a library's, found exactly and with one error like those of the library.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "address/library/name_table.hpp"
#include "address/overlay/tree_patch.hpp"

namespace menpai::address {

/// Names from `base`'s size on; and, through `tree`, which names of the base nothing bears any more. Not to be changed
/// while it is read.
class NamePatch {
 public:
  /// Both must outlive this; `base` has no patch.
  NamePatch(const NameTable& base, const TreePatch& tree) : m_base(&base), m_tree(&tree), m_first(base.size()) {}

  /// The name of the base or of the edits with the key of `name` (folded), made where it is new.
  NameId add(std::u32string_view name);

  std::size_t first() const { return m_first; }  ///< of the added names
  std::size_t size() const { return m_first + m_names.size(); }
  bool holds(NameId name) const { return name >= m_first && name - m_first < m_names.size(); }
  bool is_gone(NameId name, TreeView view) const { return m_tree->is_gone_name(name, view); }
  NameId find(std::u32string_view key) const;
  /// Appends the added names that are one error from `key`, each once.
  void find_near(std::u32string_view key, TreeView view, std::vector<NameId>& names) const;
  const std::u32string& key(NameId name) const { return m_names[name - m_first].key; }
  const std::string& text(NameId name) const { return m_names[name - m_first].text; }

 private:
  struct Name {
    std::u32string key;
    std::string text;
  };
  const NameTable* m_base;
  const TreePatch* m_tree;
  std::size_t m_first;
  std::vector<Name> m_names;
  struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::u32string_view key) const { return std::hash<std::u32string_view>()(key); }
  };
  std::unordered_map<std::u32string, NameId, KeyHash, std::equal_to<>> m_ids;
  std::unordered_map<std::uint64_t, std::vector<NameId>> m_near;  ///< by the hash of a key that lacks a character
};

}  // namespace menpai::address

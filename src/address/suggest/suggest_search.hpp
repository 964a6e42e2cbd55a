// SPDX-License-Identifier: Apache-2.0
// Type-ahead over a library: from what is typed to places, divisions and numbers, best first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "address/library/library.hpp"
#include "address/read/reader.hpp"
#include "address/suggest/suggest_index.hpp"
#include "address/suggest/suggest_numbers.hpp"
#include "address/text/pinyin_keys.hpp"

namespace menpai::address {

/// One suggestion before it is shown: a spot in the tree, or a division (spot.node = no_node).
struct SuggestTarget {
  Tree::Spot spot;
  DivisionNode division = no_division;
  bool operator==(const SuggestTarget&) const = default;
};

/// One a thread: owns its scratch memory.
class SuggestSearch {
 public:
  explicit SuggestSearch(const Library::Data& library);

  /// At most `limit` targets. `reading` is of what is typed; `region` is a division that comes first, or no_division.
  ///
  /// In this order: names and divisions that are what is typed, that begin with it (characters, then pinyin, then
  /// initials, then mixtures), what a name that is typed whole goes on to (its numbers), what stands behind a division
  /// or a place that is typed first, names that contain it. Within each those of the region first and then by the
  /// number of addresses below. Nothing typed gives the places of the region with the most addresses.
  void find(const Reading& reading, DivisionNode region, std::size_t limit, std::vector<SuggestTarget>& targets);

 private:
  /// Where targets may lie.
  struct Scope {
    TreeNode first = 0;
    TreeNode last = 0;
    DivisionNode within = no_division;  ///< of divisions; no_division: anywhere
    TreeNode below = no_node;           ///< of a place
  };
  Scope scope_of(DivisionNode division) const;
  Scope everything() const { return {0, m_library.tree.whole().last, no_division, no_node}; }
  std::span<const TreeNode> named(NameId name, const Scope& scope, std::vector<TreeNode>& memory) const;
  bool full() const { return m_targets->size() >= m_limit; }

  void add(const SuggestTarget& target);
  void add_item(SuggestItem item, const Scope& scope, std::size_t nodes_max);
  bool add_stretch(const KeyRow& row, Stretch stretch, const Scope& scope);
  Stretch places_in(const Scope& scope) const;
  void add_places(const Scope& scope, std::size_t limit);
  void add_matching_places(const Scope& scope);
  void add_beginning(std::u32string_view typed, const Scope& scope);
  void add_added_names(const Scope& scope);
  template <class Use>
  void each_added_name(const Use& use);
  void add_mixed(std::u32string_view typed, const Scope& scope);
  void add_inner(std::u32string_view typed, const Scope& scope);
  void add_behind_divisions(const Reading& reading);
  void add_splits(std::u32string_view typed, const Scope& scope);
  void add_split(std::u32string_view left, std::u32string_view right, bool numeric, const Scope& scope);
  void add_numbers_below(std::u32string_view typed, const Scope& scope);
  void exact_items(std::u32string_view typed, bool with_mixed, std::vector<SuggestItem>& items);
  void places_of(SuggestItem item, const Scope& scope, std::size_t limit, std::vector<Tree::Spot>& places) const;
  void set_typed(std::u32string_view typed);
  void append_shown(SuggestItem item, std::u32string& out);

  const Library::Data& m_library;
  NumberWalk m_walk;
  HeaviestFirst m_heaviest;
  std::vector<SuggestTarget>* m_targets = nullptr;
  std::size_t m_limit = 0;

  std::u32string m_key, m_letters;      ///< what is typed, as a name key and as letters in lower case
  std::string m_key_bytes, m_spelling;  ///< the same in UTF-8; m_spelling is empty where other than letters are typed
  bool m_has_letters = false;
  std::u32string m_name;
  std::string m_text;
  std::vector<std::string> m_initials;
  std::vector<SuggestItem> m_items;
  std::vector<Tree::Spot> m_places, m_spots;
};

}  // namespace menpai::address

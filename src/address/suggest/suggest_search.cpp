// SPDX-License-Identifier: Apache-2.0
#include "address/suggest/suggest_search.hpp"

#include <algorithm>

#include "address/overlay/edits.hpp"
#include "address/text/lexicon.hpp"
#include "address/text/numerals.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

// Bounds that keep every text that can be typed within a fraction of a millisecond.
constexpr std::size_t seen_max = 192;        // members of one stretch that are looked at
constexpr std::size_t mixed_seen_max = 96;   // … that are compared character by character
constexpr std::size_t initials_tried = 12;   // ways to read letters as initials
constexpr std::size_t namesakes_seen = 256;  // nodes of one name that are weighed
constexpr std::size_t namesakes_shown = 3;   // … that are suggested for one name
constexpr std::size_t few_places = 64;       // up to so many in a scope are compared one by one
constexpr std::size_t typed_max = 60;
constexpr std::size_t added_names_seen = 2048;  // of those that edits added, one by one
constexpr std::size_t splits_max = 24;

bool is_letter(char32_t c) {
  return c >= U'a' && c <= U'z';
}
bool is_numeral(char32_t c) {
  return is_digit(c) ||
         (c >= 0x3007 && std::u32string_view(U"〇一二三四五六七八九十").find(c) != std::u32string_view::npos);
}

}  // namespace

SuggestSearch::SuggestSearch(const Library::Data& library) : m_library(library), m_walk(library.tree, library.names) {}

SuggestSearch::Scope SuggestSearch::scope_of(DivisionNode division) const {
  if (division == no_division || division >= m_library.divisions.size()) return everything();
  const auto [first, last] = m_library.tree.nodes_of(division, m_library.divisions.subtree_end(division));
  return {first, last, division, no_node};
}

void SuggestSearch::set_typed(std::u32string_view typed) {
  m_key.clear();
  m_letters.clear();
  m_key_bytes.clear();
  m_spelling.clear();
  m_has_letters = false;
  append_name_key(typed, m_key);
  bool only_letters = true;
  for (char32_t& c : m_key) {
    if (c == U'\'' || c == U'·') continue;
    utf8::append(m_key_bytes, c);
    const char32_t low = is_latin(c) ? c - U'A' + U'a' : c;
    m_letters += low;
    m_has_letters = m_has_letters || is_letter(low);
    only_letters = only_letters && (is_letter(low) || is_digit(low));
    if (only_letters) m_spelling += static_cast<char>(low);
  }
  if (!only_letters) m_spelling.clear();
}

void SuggestSearch::add(const SuggestTarget& target) {
  if (full() || std::find(m_targets->begin(), m_targets->end(), target) != m_targets->end()) return;
  m_targets->push_back(target);
}

std::span<const TreeNode> SuggestSearch::named(NameId name, const Scope& scope, std::vector<TreeNode>& memory) const {
  const Tree& tree = m_library.tree;
  if (scope.below != no_node) return tree.named_below(name, scope.below, memory);
  if (scope.within == no_division) return tree.named(name, tree.whole(), memory);
  return tree.named(name, tree.part_of(scope.within, m_library.divisions.subtree_end(scope.within)), memory);
}

/// The nodes of an item within the scope, those with the most addresses first.
void SuggestSearch::places_of(SuggestItem item, const Scope& scope, std::size_t limit,
                              std::vector<Tree::Spot>& places) const {
  const Tree& tree = m_library.tree;
  if ((item & division_item) != 0) {
    const DivisionNode division = item & ~division_item;
    if (division >= m_library.divisions.size()) return;
    const TreeNode node = tree.division_node(division);
    if (node != no_node && places.size() < limit) places.push_back({node, -1});
    return;
  }
  std::vector<TreeNode> edited;
  std::span<const TreeNode> nodes = named(item, scope, edited);
  if (nodes.size() > namesakes_seen) nodes = nodes.first(namesakes_seen);
  std::vector<std::pair<std::uint32_t, TreeNode>> weighed;
  for (const TreeNode node : nodes) weighed.emplace_back(tree.rows_below(node), node);
  const std::size_t wanted = std::min(weighed.size(), limit - std::min(limit, places.size()));
  std::partial_sort(
      weighed.begin(), weighed.begin() + static_cast<std::ptrdiff_t>(wanted), weighed.end(),
      [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  for (std::size_t i = 0; i < wanted; ++i) places.push_back({weighed[i].second, -1});
}

void SuggestSearch::add_item(SuggestItem item, const Scope& scope, std::size_t nodes_max) {
  if ((item & division_item) != 0) {
    const DivisionNode division = item & ~division_item;
    if (division >= m_library.divisions.size()) return;
    if (scope.within == no_division || m_library.divisions.contains(scope.within, division)) add({{}, division});
    return;
  }
  m_spots.clear();
  places_of(item, scope, nodes_max, m_spots);
  for (const Tree::Spot spot : m_spots) add({spot, no_division});
}

/// False if the stretch was left before its end without filling the list.
bool SuggestSearch::add_stretch(const KeyRow& row, Stretch stretch, const Scope& scope) {
  m_heaviest.start(row.weights(), stretch);
  std::size_t index = 0;
  for (std::size_t seen = 0; !full() && m_heaviest.next(index); ++seen) {
    if (seen >= seen_max) return false;
    add_item(row.item(index), scope, namesakes_shown);
  }
  return true;
}

/// The named nodes of a scope, as a stretch of the index's places.
Stretch SuggestSearch::places_in(const Scope& scope) const {
  const std::span<const TreeNode> places = m_library.suggest.places;
  const auto at = [&](TreeNode node) {
    return static_cast<std::size_t>(std::lower_bound(places.begin(), places.end(), node) - places.begin());
  };
  return {at(scope.first), at(scope.last)};
}

void SuggestSearch::add_places(const Scope& scope, std::size_t limit) {
  const std::span<const TreeNode> places = m_library.suggest.places;
  m_heaviest.start(m_library.suggest.place_weights, places_in(scope));
  const std::size_t end = std::min(m_limit, m_targets->size() + limit);
  std::size_t index = 0;
  while (m_targets->size() < end && m_heaviest.next(index)) {
    const bool is_there = places[index] < m_library.tree.size() && !m_library.tree.is_gone(places[index]);
    if (is_there) add({{places[index], -1}, no_division});
  }
}

/// For a small scope in a large library: the heaviest places of the scope, those that match what is typed.
void SuggestSearch::add_matching_places(const Scope& scope) {
  const std::span<const TreeNode> places = m_library.suggest.places;
  m_heaviest.start(m_library.suggest.place_weights, places_in(scope));
  std::size_t index = 0;
  for (std::size_t seen = 0; !full() && seen < seen_max && m_heaviest.next(index); ++seen) {
    const TreeNode node = places[index];
    if (node >= m_library.tree.size() || !is_name_step(m_library.tree.step(node))) continue;
    if (m_library.tree.is_gone(node)) continue;
    m_name.clear();
    append_shown(step_name(m_library.tree.step(node)), m_name);
    if (matches_typed(m_letters, m_name, false)) add({{node, -1}, no_division});
  }
}

void SuggestSearch::add_beginning(std::u32string_view typed, const Scope& scope) {
  set_typed(typed);
  if (m_key_bytes.empty() || full()) return;
  add_added_names(scope);
  const bool below_place = scope.within == no_division && scope.first > 0;
  if (below_place && places_in(scope).size() <= few_places) {
    add_matching_places(scope);
    return;
  }
  const SuggestIndex& index = m_library.suggest;
  add_stretch(index.names, index.names.equal_to(m_key_bytes), scope);
  bool complete = add_stretch(index.names, index.names.beginning_with(m_key_bytes), scope);
  if (!m_spelling.empty()) {
    complete = add_stretch(index.pinyin, index.pinyin.beginning_with(m_spelling), scope) && complete;
    complete = add_stretch(index.initials, index.initials.beginning_with(m_spelling), scope) && complete;
  }
  if (!complete) add_matching_places(scope);
  if (m_has_letters) add_mixed(m_letters, scope);
}

/// Names whose characters are typed one as an ideograph, one as a syllable, one as an initial.
void SuggestSearch::add_mixed(std::u32string_view typed, const Scope& scope) {
  if (full()) return;
  make_initials(typed, initials_tried, m_initials);
  const KeyRow& row = m_library.suggest.initials;
  for (const std::string& initials : m_initials) {
    m_heaviest.start(row.weights(), row.beginning_with(initials));
    std::size_t index = 0;
    for (std::size_t seen = 0; !full() && seen < mixed_seen_max && m_heaviest.next(index); ++seen) {
      m_name.clear();
      append_shown(row.item(index), m_name);
      if (matches_typed(typed, m_name, false)) add_item(row.item(index), scope, namesakes_shown);
    }
  }
}

void SuggestSearch::append_shown(SuggestItem item, std::u32string& out) {
  m_text.clear();
  if ((item & division_item) != 0) {
    const DivisionNode division = item & ~division_item;
    if (division < m_library.divisions.size()) m_text = m_library.divisions.name(division);
  } else if (item < m_library.names.size()) {
    m_library.names.append_text(item, m_text);
  }
  for (std::size_t pos = 0; pos < m_text.size();) {
    if (const char32_t c = fold(utf8::next(m_text, pos)); c != 0) out += c;
  }
}

/// The names that edits added, the newest first: those that begin with what is typed in one way or another.
void SuggestSearch::add_added_names(const Scope& scope) {
  each_added_name([&](NameId name) {
    m_name.clear();
    append_shown(name, m_name);
    if (matches_typed(m_letters, m_name, false)) add_item(name, scope, namesakes_shown);
    return !full();
  });
}

template <class Use>
void SuggestSearch::each_added_name(const Use& use) {
  if (m_library.patch == nullptr) return;
  const std::size_t first = m_library.patch->names.first();
  const std::size_t size = m_library.names.size();
  const std::size_t least = std::max(first, size - std::min(size, added_names_seen));
  for (std::size_t name = size; name-- > least;) {
    if (!use(static_cast<NameId>(name))) return;
  }
}

void SuggestSearch::add_inner(std::u32string_view typed, const Scope& scope) {
  set_typed(typed);
  if (m_key.size() < 2 || m_has_letters) return;
  const std::u32string key = m_key;
  each_added_name([&](NameId name) {
    m_name.clear();
    append_shown(name, m_name);
    if (m_name.find(key) != std::u32string::npos) add_item(name, scope, namesakes_shown);
    return !full();
  });
  add_stretch(m_library.suggest.inner, m_library.suggest.inner.beginning_with(m_key_bytes), scope);
}

/// The items that are typed whole, the heaviest first.
void SuggestSearch::exact_items(std::u32string_view typed, bool with_mixed, std::vector<SuggestItem>& items) {
  constexpr std::size_t items_max = 4;
  set_typed(typed);
  items.clear();
  const auto take = [&](const KeyRow& row, const std::string& text, bool compare) {
    m_heaviest.start(row.weights(), row.equal_to(text));
    std::size_t index = 0;
    for (std::size_t seen = 0; items.size() < items_max && seen < mixed_seen_max && m_heaviest.next(index); ++seen) {
      const SuggestItem item = row.item(index);
      if (std::find(items.begin(), items.end(), item) != items.end()) continue;
      if (compare) {
        m_name.clear();
        append_shown(item, m_name);
        if (!matches_typed(m_letters, m_name, true)) continue;
      }
      items.push_back(item);
    }
  };
  if (m_key_bytes.empty()) return;
  take(m_library.suggest.names, m_key_bytes, false);
  if (!m_spelling.empty()) {
    take(m_library.suggest.pinyin, m_spelling, false);
    take(m_library.suggest.initials, m_spelling, false);
  }
  each_added_name([&](NameId name) {
    m_name.clear();
    append_shown(name, m_name);
    if (matches_typed(m_letters, m_name, true)) items.push_back(name);
    return items.size() < items_max;
  });
  if (!with_mixed || !m_has_letters || !items.empty()) return;
  const std::u32string letters = m_letters;
  make_initials(letters, initials_tried, m_initials);
  for (const std::string& initials : m_initials) take(m_library.suggest.initials, initials, true);
}

/// Numbers and names behind a place that is typed whole.
void SuggestSearch::add_numbers_below(std::u32string_view typed, const Scope& scope) {
  if (full()) return;
  exact_items(typed, false, m_items);
  m_places.clear();
  for (const SuggestItem item : m_items) {
    if ((item & division_item) == 0) places_of(item, scope, 1, m_places);
  }
  if (m_places.empty()) return;
  std::vector<Tree::Spot> spots;
  m_walk.below(m_places.front(), m_limit - m_targets->size(), spots);
  for (const Tree::Spot spot : spots) add({spot, no_division});
}

void SuggestSearch::add_split(std::u32string_view left, std::u32string_view right, bool numeric, const Scope& scope) {
  exact_items(left, numeric, m_items);
  const std::vector<SuggestItem> items = m_items;
  if (numeric) {
    m_places.clear();
    for (const SuggestItem item : items) places_of(item, scope, namesakes_shown, m_places);
    if (m_places.empty()) return;
    std::vector<Tree::Spot> spots;
    m_walk.complete(m_places, right, m_limit - m_targets->size(), spots);
    for (const Tree::Spot spot : spots) add({spot, no_division});
    return;
  }
  for (const SuggestItem item : items) {
    if (full()) return;
    if ((item & division_item) != 0) {
      const Scope within = scope_of(item & ~division_item);
      if (within.first < within.last || m_library.patch != nullptr) add_beginning(right, within);
      continue;
    }
    m_places.clear();
    places_of(item, scope, 1, m_places);
    if (m_places.empty()) continue;
    const TreeNode node = m_places.front().node;
    if (m_library.tree.subtree_end(node) > node + 1 || m_library.patch != nullptr) {
      add_beginning(right, {node + 1, m_library.tree.subtree_end(node), no_division, node});
    }
  }
}

/// What is typed as two parts: a place and its number, a division and a name in it.
void SuggestSearch::add_splits(std::u32string_view typed, const Scope& scope) {
  std::size_t tried = 0;
  for (std::size_t i = 1; i < typed.size() && !full(); ++i) {
    const char32_t c = typed[i];
    const char32_t before = typed[i - 1];
    const bool number_starts = is_numeral(c) && !is_numeral(before);
    const bool letter_starts = is_latin(c) && !is_latin(before) && !is_digit(before);
    if ((number_starts || letter_starts || c == U'附') && tried++ < splits_max) {
      std::u32string tail;
      for (std::size_t k = i; k < typed.size(); ++k) {  // numerals in pieces, separators stay
        if (typed[k] == U' ' || typed[k] == U'-') {
          tail += typed[k];
          continue;
        }
        std::size_t end = k;
        while (end < typed.size() && typed[end] != U' ' && typed[end] != U'-') ++end;
        append_name_key(typed.substr(k, end - k), tail);
        k = end - 1;
      }
      add_split(typed.substr(0, i), tail, true, scope);
    }
  }
  for (std::size_t i = typed.size() - 1; i >= 2 && !full(); --i) {
    if (is_numeral(typed[i]) || tried++ >= splits_max) continue;
    const std::size_t before = m_targets->size();
    add_split(typed.substr(0, i), typed.substr(i), false, scope);
    if (m_targets->size() > before) return;
  }
}

/// Behind the divisions that the reader knows in the text, aliases and former names too.
void SuggestSearch::add_behind_divisions(const Reading& reading) {
  const std::vector<Mention>& mentions = reading.division.mentions;
  if (mentions.empty()) return;
  std::size_t from = 0;
  for (const Mention& mention : mentions) from = std::max<std::size_t>(from, mention.to);
  const std::u32string_view typed = reading.normal.chars;
  from = std::min(from, typed.size());
  const auto add_division = [&](DivisionNode node) {
    const Scope scope = scope_of(node);
    if (from == typed.size()) {
      add({{}, node});
      add_places(scope, (m_limit + 1) / 2);
      return;
    }
    add_beginning(typed.substr(from), scope);
    add_splits(typed.substr(from), scope);
    add_inner(typed.substr(from), scope);
  };
  if (reading.division.node != no_division) add_division(reading.division.node);
  for (const DivisionChoice& choice : reading.division.open) add_division(choice.node);
}

void SuggestSearch::find(const Reading& reading, DivisionNode region, std::size_t limit,
                         std::vector<SuggestTarget>& targets) {
  targets.clear();
  m_targets = &targets;
  m_limit = limit;
  std::u32string_view typed = reading.normal.chars;
  typed = typed.substr(0, std::min(typed.size(), typed_max));
  const Scope near = scope_of(region);
  const bool all_near = near.first == 0 && near.last == everything().last;
  if (typed.empty()) {
    add_places(near, limit);
    if (!all_near) add_places(everything(), limit);
    return;
  }
  exact_items(typed, false, m_items);
  const bool whole_name =
      std::any_of(m_items.begin(), m_items.end(), [](SuggestItem i) { return (i & division_item) == 0; });
  if (whole_name) m_limit = (limit + 1) / 2;  // the other half is for what stands below it
  if (!all_near || region == no_division) add_beginning(typed, near);
  if (region != no_division) add_beginning(typed, everything());
  m_limit = limit;
  add_numbers_below(typed, near);
  add_splits(typed, near);
  add_behind_divisions(reading);
  if (!all_near) add_splits(typed, everything());
  add_inner(typed, near);
  if (!all_near) add_inner(typed, everything());
}

}  // namespace menpai::address

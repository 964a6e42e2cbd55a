// SPDX-License-Identifier: Apache-2.0
// Type-ahead: names that begin with or contain what is typed, then the numbers below what was typed whole.
#include <algorithm>

#include "address/compose.hpp"
#include "address/engine_scratch.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t names_tried = 40;
constexpr std::size_t children_tried = 5000;
constexpr double whole_score = 0.93;  // above what a repaired name leaves

/// True if the number is shown beginning with `digits`.
bool begins_with(NumberKey key, std::string_view digits) {
  std::string text;
  append_number(key, text);
  return std::string_view(text).starts_with(digits);
}

/// The digits and Latin letters at the end of a text, which may be the beginning of a number.
std::string_view open_number(std::string_view text) {
  std::size_t start = text.size();
  while (start > 0 &&
         ((text[start - 1] >= '0' && text[start - 1] <= '9') || (text[start - 1] >= 'A' && text[start - 1] <= 'Z'))) {
    --start;
  }
  return text.substr(start);
}

}  // namespace

void Engine::Scratch::suggest_hit(const Hit& hit, const Query& query, std::vector<Suggestion>& suggestions) {
  if (static_cast<int>(suggestions.size()) >= query.top) return;
  suggested = {};
  renderer.render(hit, suggested);
  const auto same = [&](const Suggestion& s) { return s.id == suggested.id && s.address == suggested.address; };
  if (suggested.address.empty() || std::any_of(suggestions.begin(), suggestions.end(), same)) return;
  suggestions.push_back({suggested.id, suggested.address, suggested.division_code, suggested.level, suggested.point});
}

/// The numbers directly below a place, those that begin with the typed digits, in their order.
void Engine::Scratch::suggest_below(const Hit& hit, std::string_view digits, const Query& query,
                                    std::vector<Suggestion>& suggestions) {
  if (hit.spot.node == no_node || hit.spot.leaf >= 0) return;
  const Tree& addresses = library.tree;
  std::vector<std::pair<NumberKey, Tree::Spot>> below;
  for (const TreeNode child : addresses.children(hit.spot.node)) {
    if (below.size() >= children_tried) break;
    const StepKey step = addresses.step(child);
    if (!is_name_step(step) && begins_with(step, digits)) below.push_back({step, {child, -1}});
  }
  const Tree::Leaves leaves = addresses.leaves(hit.spot.node);
  for (std::size_t i = 0; i < std::min(leaves.size(), children_tried); ++i) {
    if (begins_with(leaves.key(i), digits))
      below.push_back({leaves.key(i), {hit.spot.node, static_cast<std::int32_t>(i)}});
  }
  std::sort(below.begin(), below.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [key, spot] : below) {
    if (static_cast<int>(suggestions.size()) >= query.top) return;
    Hit child = hit;
    child.spot = spot;
    child.row = addresses.row(spot);
    suggest_hit(child, query, suggestions);
  }
}

/// Places whose name contains what stands behind the divisions, larger places first among names of one rank.
void Engine::Scratch::suggest_names(std::string_view digits, const Query& query, std::vector<Suggestion>& suggestions) {
  std::size_t from = 0;
  for (const Mention& mention : reading.division.mentions) from = std::max<std::size_t>(from, mention.to);
  std::u32string_view typed = std::u32string_view(reading.normal.chars).substr(from);
  typed.remove_suffix(std::min(typed.size(), digits.size()));
  std::u32string key;
  append_name_key(typed, key);
  names.clear();
  library.name_search.find(library.names, key, names_tried, names);
  const DivisionNode within = reading.division.node;
  auto [first, last] = within == no_division ? std::pair<TreeNode, TreeNode>{0, library.tree.size()}
                                             : library.tree.nodes_of(within, library.divisions.subtree_end(within));
  if (first == last) first = 0, last = library.tree.size();
  for (const NameId name : names) {
    for (const TreeNode node : library.tree.named(name, first, last)) {
      if (static_cast<int>(suggestions.size()) >= query.top) return;
      Hit hit;
      hit.spot = {node, -1};
      hit.row = library.tree.row(node);
      hit.division = library.tree.division(node);
      if (digits.empty()) {
        suggest_hit(hit, query, suggestions);
      } else {
        suggest_below(hit, digits, query, suggestions);
      }
    }
  }
}

/// The divisions that the text may mean, where it says nothing else.
void Engine::Scratch::suggest_divisions(const Query& query, std::vector<Suggestion>& suggestions) {
  const auto add = [&](DivisionNode node) {
    if (node == no_division || static_cast<int>(suggestions.size()) >= query.top) return;
    Answer parts;
    compose_divisions(library.divisions, node, parts);
    compose_address({.hide_floor = true}, parts);
    const auto same = [&](const Suggestion& s) { return s.address == parts.address; };
    if (std::any_of(suggestions.begin(), suggestions.end(), same)) return;
    suggestions.push_back({"", parts.address, parts.division_code, library.divisions.level(node), std::nullopt});
  };
  const std::vector<Mention>& mentions = reading.division.mentions;
  if (mentions.empty() || mentions.back().to < reading.normal.chars.size()) return;
  add(reading.division.node);
  for (const DivisionChoice& choice : reading.division.open) add(choice.node);
}

void Engine::Scratch::suggest(std::string_view text, const Query& query, std::vector<Suggestion>& suggestions) {
  suggestions.clear();
  read(text, query);
  search();
  if (path.plain && !hits.empty() && hits.front().whole && hits.front().score >= whole_score) {
    const std::vector<Hit> whole(hits.begin(),
                                 hits.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(hits.size(), 3)));
    for (const Hit& hit : whole) {
      if (hit.whole && hit.score >= whole_score) suggest_hit(hit, query, suggestions);
    }
    suggest_below(whole.front(), "", query, suggestions);
  }
  suggest_divisions(query, suggestions);
  std::string folded;
  for (const char32_t c : reading.normal.chars) utf8::append(folded, c);
  const std::string digits(open_number(folded));
  suggest_names(digits, query, suggestions);
  if (!digits.empty() && static_cast<int>(suggestions.size()) < query.top) {
    read(std::string_view(folded).substr(0, folded.size() - digits.size()), query);
    search();
    if (!hits.empty() && hits.front().whole && hits.front().score >= whole_score) {
      const Hit above = hits.front();
      suggest_below(above, digits, query, suggestions);
    }
  }
  if (library.flat.size() > 0 && static_cast<int>(suggestions.size()) < query.top) {
    read(text, query);
    search();
    for (const Hit& hit : hits) suggest_hit(hit, query, suggestions);
  }
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Type-ahead as its users see it: what is typed is read, sought among spellings, and shown as addresses.
#include <algorithm>

#include "address/engine_scratch.hpp"
#include "address/match/compose.hpp"

namespace menpai::address {

void Engine::Scratch::suggest_hit(const Hit& hit, const Query& query, std::vector<Suggestion>& suggestions) {
  if (static_cast<int>(suggestions.size()) >= query.top) return;
  suggested = {};
  renderer.render(hit, suggested);
  const auto same = [&](const Suggestion& s) { return s.id == suggested.id && s.address == suggested.address; };
  if (suggested.address.empty() || std::any_of(suggestions.begin(), suggestions.end(), same)) return;
  suggestions.push_back({suggested.id, suggested.address, suggested.division_code, suggested.level, suggested.point});
}

void Engine::Scratch::suggest_division(DivisionNode node, std::vector<Suggestion>& suggestions) {
  Answer parts;
  compose_divisions(library.divisions, node, parts);
  compose_address({.hide_floor = true}, parts);
  const auto same = [&](const Suggestion& s) { return s.address == parts.address; };
  if (std::any_of(suggestions.begin(), suggestions.end(), same)) return;
  suggestions.push_back({"", parts.address, parts.division_code, library.divisions.level(node), std::nullopt});
}

void Engine::Scratch::suggest(std::string_view text, const Query& query, std::vector<Suggestion>& suggestions) {
  suggestions.clear();
  if (query.top <= 0) return;
  const Question question(*this);
  const DivisionNode region = library.divisions.find_code(query.region).value_or(no_division);
  reader.read_divisions(text, region, reading);
  const auto top = static_cast<std::size_t>(query.top);
  suggester.find(reading, region, top + 2, targets);  // two addresses may be shown alike
  for (const SuggestTarget& target : targets) {
    if (suggestions.size() >= top) return;
    if (target.spot.node == no_node) {
      suggest_division(target.division, suggestions);
      continue;
    }
    Hit hit;
    hit.spot = target.spot;
    hit.row = library.tree.row(target.spot);
    hit.division = library.tree.division(target.spot.node);
    suggest_hit(hit, query, suggestions);
  }
  // What nothing begins with may be misspelt, or be the text of a row outside the tree.
  if (text.empty() || (!suggestions.empty() && library.flat.size() == 0) || suggestions.size() >= top) return;
  read(text, query);
  search();
  for (const Hit& hit : hits) suggest_hit(hit, query, suggestions);
}

}  // namespace menpai::address

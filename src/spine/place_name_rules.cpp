// SPDX-License-Identifier: Apache-2.0
#include "spine/place_name_rules.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "spine/rules.hpp"

namespace menpai::spine {
namespace {

using Cells = std::vector<std::string_view>;

[[noreturn]] void refuse(const Cells& cells, const std::string& why) {
  throw Error(ErrorCode::bad_request, "The rule \"" + std::string(cells[0]) + "\" " + why);
}

std::optional<NameFault> find_fault(std::string_view name) {
  for (int i = 0; i < name_fault_count; ++i) {
    const auto fault = static_cast<NameFault>(i);
    if (name_fault_name(fault) == name) return fault;
  }
  return std::nullopt;
}

NameWord::Where where_of(const Cells& cells) {
  if (cells[2] == "any") return NameWord::Where::any;
  if (cells[2] == "specific") return NameWord::Where::specific;
  if (cells[2] == "start") return NameWord::Where::start;
  refuse(cells, "must say any, specific or start in its third column.");
}

double size_of(const Cells& cells, std::size_t column) {
  const std::string_view text = cells[column];
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > 1e9) {
    refuse(cells, "must have sizes as numbers from 0 on.");
  }
  return value;
}

std::array<bool, 5> kinds_of(const Cells& cells) {
  std::array<bool, 5> fits{};
  std::string_view rest = cells[1];
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    const std::optional<PlaceKind> kind = parse_place_kind(word);
    if (!kind) refuse(cells, "names a kind of place that there is not: road, lane, estate, village, compound.");
    fits[static_cast<std::size_t>(*kind)] = true;
  }
  return fits;
}

}  // namespace

const PlaceNameRules& PlaceNameRules::shipped() {
  static const PlaceNameRules rules = [] {
    PlaceNameRules made;
    made.add_words(rules_file("place_name_words.tsv"));
    made.replace_generics(rules_file("place_name_generics.tsv"));
    return made;
  }();
  return rules;
}

void PlaceNameRules::add_words(std::string_view text) {
  for (const Cells& cells : rule_rows(text)) {
    if (cells.size() < 3) refuse(cells, "needs three columns: word, kind, where.");
    std::u32string word = utf8::decode(cells[0]);
    if (cells[1] == "exempt") {
      exempt.push_back({std::move(word), where_of(cells)});
      continue;
    }
    const std::optional<NameFault> fault = find_fault(cells[1]);
    if (!fault || *fault > NameFault::company_or_mark) refuse(cells, "is of a kind that no list of words has.");
    words.push_back({std::move(word), *fault, where_of(cells)});
  }
}

void PlaceNameRules::replace_generics(std::string_view text) {
  std::vector<GenericWord> made;
  for (const Cells& cells : rule_rows(text)) {
    if (cells.size() < 5) refuse(cells, "needs five columns: generic, kinds, length_m, width_m, area_m2.");
    made.push_back({.word = utf8::decode(cells[0]),
                    .fits = kinds_of(cells),
                    .length_m = size_of(cells, 2),
                    .width_m = size_of(cells, 3),
                    .area_m2 = size_of(cells, 4),
                    .better = cells.size() > 5 ? std::string(cells[5]) : std::string()});
  }
  generics = std::move(made);
}

const GenericWord* PlaceNameRules::find_generic(std::u32string_view name, PlaceKind kind) const {
  const GenericWord* best = nullptr;
  const auto weight = [&](const GenericWord& one) {
    return 2 * one.word.size() + (one.fits[static_cast<std::size_t>(kind)] ? 1 : 0);
  };
  for (const GenericWord& one : generics) {
    if (one.word.size() >= name.size() || !name.ends_with(one.word)) continue;
    if (best == nullptr || weight(one) > weight(*best)) best = &one;
  }
  return best;
}

}  // namespace menpai::spine

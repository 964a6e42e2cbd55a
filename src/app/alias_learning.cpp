// SPDX-License-Identifier: Apache-2.0
#include "app/alias_learning.hpp"

#include <algorithm>
#include <charconv>

#include "address/text/normalise.hpp"
#include "base/utf8.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::alias;
using address::Label;

constexpr std::size_t place_length_max = 20;
constexpr std::size_t whole_length_max = 100;

/// With what the names of places end.
constexpr std::u32string_view place_endings =
    U"路街道巷弄里坊胡同村庄屯寨湾园苑城府邸庭居轩阁台厦楼院宅场厂区坪岗桥墟社公寓新村市广场大院宿舍";

bool has_digits_in_a_row(std::u32string_view text, std::size_t most) {
  std::size_t run = 0;
  for (const char32_t c : text) {
    run = c >= U'0' && c <= U'9' ? run + 1 : 0;
    if (run > most) return true;
  }
  return false;
}

bool is_han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000;
}

bool looks_like_place(std::u32string_view name, std::u32string_view standard) {
  if (name.size() < 2 || name.size() > place_length_max || has_digits_in_a_row(name, 4)) return false;
  if (place_endings.find(name.back()) != std::u32string_view::npos) return true;
  return std::any_of(name.begin(), name.end(),
                     [&](char32_t c) { return is_han(c) && standard.find(c) != std::u32string_view::npos; });
}

bool names_a_place(Label label) {
  return label == Label::road || label == Label::subroad || label == Label::poi || label == Label::subpoi;
}

/// Whether the element says something that an address can be told by.
bool tells(Label label) {
  return label != Label::redundant && label != Label::otherinfo && label != Label::person && label != Label::assist &&
         label != Label::country;
}

bool holds(const std::string& key, const std::string& part) {
  return !part.empty() && key.find(part) != std::string::npos;
}

std::string slice(std::u32string_view text, const address::Element& element) {
  const std::size_t start = std::min<std::size_t>(element.start, text.size());
  return utf8::encode(text.substr(start, std::min<std::size_t>(element.end, text.size()) - start));
}

/// The whole text, if every word of it is of the address and nothing personal was seen in it.
std::optional<std::string> whole_text(std::string_view text, const Answer& answer) {
  address::NormalText normal;
  address::normalise(text, normal);
  const bool is_all_address = answer.residue.empty() && normal.removed.empty() && !normal.truncated;
  const std::size_t length = normal.chars.size();
  if (!is_all_address || length < 4 || length > whole_length_max || has_digits_in_a_row(normal.chars, 6)) {
    return std::nullopt;
  }
  return utf8::encode(normal.chars);
}

/// The places that the chosen address has in the register, and the county that holds them; none if it is not in it. A
/// place that stands in the library through its addresses alone has no id there and is found by its text.
std::vector<PlaceOfAddress> find_places(store::Connection& connection, const Candidate& chosen, std::int32_t& county) {
  std::vector<PlaceOfAddress> places;
  if (const std::optional<Uuid> id = Uuid::parse(chosen.id)) {
    const store::Result where = connection.run(store::query::search::locate, *id);
    if (where.empty() || where[0].get<std::string>(1) != "address") return places;
    county = where[0].get<std::int32_t>(0);
    const store::Result up = connection.run(store::query::search::address_path, county, *id);
    for (const store::Row row : up) {
      if (row.get<std::string>(1) != level_name(Level::place)) continue;
      places.push_back({row.get<Uuid>(0), row.get<std::string>(2)});
    }
  } else if (chosen.level == Level::place && chosen.division_code.size() >= 6) {
    const std::string code = chosen.division_code.substr(0, 6);
    if (std::from_chars(code.data(), code.data() + code.size(), county).ptr != code.data() + code.size()) return places;
    const store::Result found = connection.run(query::place_by_text, county, chosen.division_code, chosen.address);
    if (found.size() == 1) places.push_back({found[0].get<Uuid>(0), found[0].get<std::string>(1)});
  }
  return places;
}

}  // namespace

std::string alias_key(std::string_view text) {
  std::u32string key;
  address::append_name_key(address::fold_text(text), key);
  return utf8::encode(key);
}

std::optional<AliasProposal> make_alias_proposal(std::string_view text, const std::vector<address::Element>& elements,
                                                 const Answer& answer, const Candidate& chosen,
                                                 const std::vector<PlaceOfAddress>& places) {
  const std::u32string original = utf8::decode(text);
  const std::string text_key = alias_key(text);
  const std::string address_key = alias_key(chosen.address);
  std::vector<std::string> unknown;
  bool differs = false;
  for (const address::Element& element : elements) {
    if (!tells(element.label)) continue;
    std::string word = slice(original, element);
    const std::string key = alias_key(word);
    if (key.empty() || holds(address_key, key)) continue;
    differs = true;
    if (names_a_place(element.label)) unknown.push_back(std::move(word));
  }
  std::vector<const PlaceOfAddress*> unnamed;
  for (const PlaceOfAddress& place : places) {
    if (!holds(text_key, alias_key(place.name))) unnamed.push_back(&place);
  }
  AliasProposal proposal;
  proposal.target_address = chosen.address;
  if (unknown.size() == 1 && unnamed.size() == 1) {
    const PlaceOfAddress& place = *unnamed.front();
    if (!looks_like_place(utf8::decode(unknown.front()), utf8::decode(place.name))) return std::nullopt;
    proposal.text = unknown.front();
    proposal.target = place.id;
    proposal.target_name = place.name;
  } else if (unknown.empty() && differs) {
    const std::optional<std::string> whole = whole_text(text, answer);
    const std::optional<Uuid> id = Uuid::parse(chosen.id);
    if (!whole || !id) return std::nullopt;
    proposal.kind = AliasKind::address;
    proposal.text = *whole;
    proposal.target = *id;
  } else {
    return std::nullopt;
  }
  proposal.key = alias_key(proposal.text);
  return proposal;
}

std::optional<AliasProposal> find_alias_proposal(store::Store& store, address::Engine& engine, std::string_view text,
                                                 const Answer& answer, const Candidate& chosen) {
  const store::Lease lease = store.take();
  std::int32_t county = 0;
  const std::vector<PlaceOfAddress> places = find_places(*lease, chosen, county);
  if (places.empty()) return std::nullopt;
  std::vector<address::Element> elements;
  engine.parse(text, elements);
  std::optional<AliasProposal> proposal = make_alias_proposal(text, elements, answer, chosen, places);
  if (!proposal) return std::nullopt;
  proposal->county_code = county;
  if (proposal->kind == AliasKind::place) {
    const store::Result target = lease->run(store::query::search::get_address, county, proposal->target);
    if (target.empty()) return std::nullopt;
    proposal->target_address = target[0].get<std::string>(1);
  }
  return proposal;
}

void record_alias_proposal(store::Transaction& transaction, const AliasProposal& proposal, const Uuid& job,
                           std::int64_t row, std::string_view decided_by) {
  const Uuid id = transaction
                      .run(query::propose, std::int32_t{proposal.county_code}, Uuid::make(),
                           alias_kind_name(proposal.kind), proposal.text, proposal.key, proposal.target,
                           proposal.target_name, proposal.target_address, job, decided_by, store::now())
                      .only()
                      .get<Uuid>(0);
  transaction.run(query::add_evidence, job, row, std::int32_t{proposal.county_code}, id);
}

void take_back_alias_evidence(store::Transaction& transaction, const Uuid& job, std::int64_t row) {
  const store::Result taken = transaction.run(query::take_evidence, job, row);
  if (taken.empty()) return;
  const auto [county, alias] = taken[0].as<std::int32_t, Uuid>();
  transaction.run(query::weaken, county, alias);
}

}  // namespace menpai::app

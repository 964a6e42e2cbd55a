// SPDX-License-Identifier: Apache-2.0
// What a decision on a held row teaches: which words of the text name something that the library calls otherwise.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "address/engine.hpp"
#include "model/alias.hpp"
#include "store/store.hpp"

namespace menpai::app {

/// One place of the chosen address: "兴港中路", and the register's node that carries it.
struct PlaceOfAddress {
  Uuid id;
  std::string name;
};

struct AliasProposal {
  int county_code = 0;
  AliasKind kind = AliasKind::place;
  std::string text;
  std::string key;
  Uuid target;
  std::string target_name;
  std::string target_address;
};

/// Pure: what `text` teaches once a person has said that it means `chosen`, whose places are `places`.
///
/// - A place alias: exactly one name in the text is unknown to the address, and exactly one place of the address is not
///   named in the text. Then the first is another name of the second.
/// - An alias of the whole text: no name is unknown, but something else differs (A座 for 1栋), and nothing is left
/// over.
/// - Nothing: the text only leaves out what the address has. Such a text is short, not another name; what it means
///   depends on where the list comes from.
///
/// The rule on personal data: an alias is kept in clear, so only words of the address may become one. A place alias is
/// what the segmenter labels road, estate or the like, of 2 to 20 characters, without five digits in a row, and it must
/// look like a place name: it ends in a word of places (路, 村, 花园 …) or shares a character with the standard name. A
/// whole text is taken only if the engine explained all of it and nothing was removed from it as a name, a phone or a
/// remark. Residue never becomes an alias.
std::optional<AliasProposal> make_alias_proposal(std::string_view text, const std::vector<address::Element>& elements,
                                                 const Answer& answer, const Candidate& chosen,
                                                 const std::vector<PlaceOfAddress>& places);

/// The form in which spellings of one text are equal.
std::string alias_key(std::string_view text);

/// The same for an address of the register; nothing if the candidate is not one.
std::optional<AliasProposal> find_alias_proposal(store::Store& store, address::Engine& engine, std::string_view text,
                                                 const Answer& answer, const Candidate& chosen);

/// Writes the proposal, or strengthens the one that says the same, with the row that speaks for it.
void record_alias_proposal(store::Transaction& transaction, const AliasProposal& proposal, const Uuid& job,
                           std::int64_t row, std::string_view decided_by);
/// The decision on the row was taken back or changed: what it spoke for is weaker by one.
void take_back_alias_evidence(store::Transaction& transaction, const Uuid& job, std::int64_t row);

}  // namespace menpai::app

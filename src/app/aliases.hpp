// SPDX-License-Identifier: Apache-2.0
// Aliases that people's decisions proposed: looking at them, settling them, and what of them goes into a library.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/application.hpp"
#include "model/alias.hpp"
#include "store/store.hpp"

namespace menpai::app {

struct AliasPage {
  std::vector<Alias> items;                     ///< the strongest first
  std::map<std::string, std::uint64_t> counts;  ///< by state, all four
  std::uint64_t next = 0;                       ///< give it as `after` for the next page; 0 at the end
};
/// `state` empty: all. Throws bad_request for a limit outside 1 … 500.
AliasPage list_aliases(Application& app, const Caller& caller, const std::optional<AliasState>& state,
                       std::uint64_t after, int limit);
/// Throws not_found.
Alias get_alias(Application& app, const Caller& caller, const AliasId& id);

/// Approves or refuses a proposal, approves one that was refused, or withdraws one that was approved. Who proposed it
/// may not approve it (forbidden): two people have to agree. Throws conflict if it is in another state than this step
/// starts from, or if `version` is stale. What is approved holds from today, and the library is made anew within
/// seconds where a server runs; withdrawn, it holds until today.
Alias settle_alias(Application& app, const Caller& caller, const AliasId& id, AliasState state, int version);

struct AliasPreview {
  std::uint64_t open_rows = 0;  ///< rows that wait for a person, have the text and the target among their candidates
  std::uint64_t rows_looked_at = 0;
  bool is_complete = false;  ///< all rows that wait were looked at
};
/// How many rows of open lists an alias would settle. Reads at most 20,000 of them, the newest lists first.
AliasPreview preview_alias(Application& app, const Caller& caller, const AliasId& id);

/// Address id → other texts of it, from the aliases in force: what a library build gives to each address.
using AliasTexts = std::unordered_map<std::string, std::vector<std::string>>;
AliasTexts load_alias_texts(store::Store& store);
/// Adds the texts by which addresses were known on days that are over, and those of addresses that are part of them now:
/// of the given addresses of a county, or of all.
void add_former_texts(store::Store& store, int county_code, const std::optional<std::vector<Uuid>>& of,
                      AliasTexts& texts);
/// When an alias was last settled such that a library would show it; empty if never. ISO 8601, UTC.
std::string newest_alias_change(Application& app);

}  // namespace menpai::app

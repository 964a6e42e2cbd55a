// SPDX-License-Identifier: Apache-2.0
// Other names that people's decisions taught: what is proposed, by whom, and what became of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace menpai {

using AliasId = Id<struct AliasTag>;

/// What an alias is another text of.
enum class AliasKind : std::uint8_t {
  place,    ///< the name of a place, with everything below it
  address,  ///< the whole text of one address
};
/// "place", "address".
std::string_view alias_kind_name(AliasKind kind);
std::optional<AliasKind> parse_alias_kind(std::string_view name);

enum class AliasState : std::uint8_t {
  proposed,   ///< decisions speak for it; it is not used yet
  approved,   ///< the library knows it while it holds
  refused,    ///< somebody looked and it is wrong; further decisions do not bring it back
  withdrawn,  ///< it was approved and is not used any more, or nothing speaks for the proposal any more
};
/// "proposed", "approved", "refused", "withdrawn".
std::string_view alias_state_name(AliasState state);
std::optional<AliasState> parse_alias_state(std::string_view name);

struct Alias {
  AliasId id;
  int county_code = 0;
  AliasKind kind = AliasKind::place;
  std::string text;            ///< as it was written
  std::string target_id;       ///< the address of the register that it means
  std::string target_name;     ///< of a place: its standard name; else empty
  std::string target_address;  ///< standard display text when it was proposed
  AliasState state = AliasState::proposed;
  std::uint64_t row_count = 0;         ///< decided rows that speak for it
  std::vector<std::string> proposers;  ///< accounts that decided them
  std::string proposed_at;             ///< ISO 8601, UTC
  std::string settled_by;              ///< empty while it is proposed
  std::string settled_at;
  std::string valid_from;  ///< first day, "-infinity" if always
  std::string valid_to;    ///< first day on which it does not hold any more, "infinity" if it stays
  int version = 1;
};

}  // namespace menpai

// SPDX-License-Identifier: Apache-2.0
#include "model/alias.hpp"

#include <array>

namespace menpai {
namespace {

constexpr std::array<std::string_view, 2> kind_names = {"place", "address"};
constexpr std::array<std::string_view, 4> state_names = {"proposed", "approved", "refused", "withdrawn"};

}  // namespace

std::string_view alias_kind_name(AliasKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}
std::string_view alias_state_name(AliasState state) {
  return state_names[static_cast<std::size_t>(state)];
}

std::optional<AliasKind> parse_alias_kind(std::string_view name) {
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    if (kind_names[i] == name) return static_cast<AliasKind>(i);
  }
  return std::nullopt;
}

std::optional<AliasState> parse_alias_state(std::string_view name) {
  for (std::size_t i = 0; i < state_names.size(); ++i) {
    if (state_names[i] == name) return static_cast<AliasState>(i);
  }
  return std::nullopt;
}

}  // namespace menpai

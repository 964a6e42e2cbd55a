// SPDX-License-Identifier: Apache-2.0
#include "model/change_set.hpp"

#include <array>

namespace menpai {
namespace {

constexpr std::array<std::string_view, 6> state_names = {"draft",    "submitted", "returned",
                                                         "approved", "applied",   "withdrawn"};

}  // namespace

std::string_view change_state_name(ChangeState state) {
  return state_names[static_cast<std::size_t>(state)];
}

std::optional<ChangeState> parse_change_state(std::string_view name) {
  for (std::size_t i = 0; i < state_names.size(); ++i) {
    if (state_names[i] == name) return static_cast<ChangeState>(i);
  }
  return std::nullopt;
}

}  // namespace menpai

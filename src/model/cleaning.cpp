// SPDX-License-Identifier: Apache-2.0
#include "model/cleaning.hpp"

namespace menpai {
namespace {

constexpr std::array<std::string_view, 5> state_names = {"uploaded", "queued", "running", "finished", "failed"};
constexpr std::array<std::string_view, 4> choice_names = {"open", "accepted", "candidate", "unknown"};

}  // namespace

std::string_view job_state_name(JobState state) {
  return state_names[static_cast<std::size_t>(state)];
}
std::string_view row_choice_name(RowChoice choice) {
  return choice_names[static_cast<std::size_t>(choice)];
}

std::optional<RowChoice> parse_row_choice(std::string_view name) {
  for (std::size_t i = 0; i < choice_names.size(); ++i) {
    if (choice_names[i] == name) return static_cast<RowChoice>(i);
  }
  return std::nullopt;
}

}  // namespace menpai

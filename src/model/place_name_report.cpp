// SPDX-License-Identifier: Apache-2.0
#include "model/place_name_report.hpp"

#include <array>

namespace menpai {
namespace {

constexpr std::array<std::string_view, name_fault_count> fault_names = {
    "too_grand",      "foreign",         "feudal",           "vulgar",        "digits",           "letters",
    "sign",           "number_only",     "state_leader",     "personal_name", "company_or_mark",  "duplicate",
    "same_sound",     "generic_missing", "specific_missing", "generic_unfit", "generic_too_high", "too_long",
    "rare_character", "pinyin_wrong"};
constexpr std::array<std::string_view, 3> severity_names = {"hint", "warning", "breach"};

}  // namespace

std::string_view name_fault_name(NameFault fault) {
  return fault_names[static_cast<std::size_t>(fault)];
}

std::string_view severity_name(Severity severity) {
  return severity_names[static_cast<std::size_t>(severity)];
}

}  // namespace menpai

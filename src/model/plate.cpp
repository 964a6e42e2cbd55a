// SPDX-License-Identifier: Apache-2.0
#include "model/plate.hpp"

#include <array>
#include <utility>

namespace menpai {
namespace {

constexpr std::array<std::string_view, plate_state_count> state_names = {
    "planned", "listed", "produced", "installed", "inspected", "damaged", "replaced", "withdrawn"};
constexpr std::array<std::string_view, plate_finding_count> finding_names = {"none",    "duplicate", "wrong",
                                                                             "omitted", "missing",   "damaged"};
constexpr std::array<std::string_view, 4> batch_names = {"open", "ordered", "accepted", "cancelled"};

/// As survey lists have them. Not read in a standard: the usual words of such lists.
constexpr std::pair<std::string_view, PlateFinding> finding_words[] = {
    {"规范", PlateFinding::none},    {"正常", PlateFinding::none},      {"无", PlateFinding::none},
    {"重", PlateFinding::duplicate}, {"重号", PlateFinding::duplicate}, {"重复", PlateFinding::duplicate},
    {"错", PlateFinding::wrong},     {"错号", PlateFinding::wrong},     {"错误", PlateFinding::wrong},
    {"漏", PlateFinding::omitted},   {"漏号", PlateFinding::omitted},   {"漏编", PlateFinding::omitted},
    {"漏钉", PlateFinding::omitted}, {"缺", PlateFinding::missing},     {"缺失", PlateFinding::missing},
    {"缺牌", PlateFinding::missing}, {"丢失", PlateFinding::missing},   {"损", PlateFinding::damaged},
    {"损坏", PlateFinding::damaged}, {"破损", PlateFinding::damaged},
};

template <class Enum, std::size_t n>
std::optional<Enum> parse(const std::array<std::string_view, n>& names, std::string_view name) {
  for (std::size_t i = 0; i < n; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view plate_state_name(PlateState state) {
  return state_names[static_cast<std::size_t>(state)];
}
std::optional<PlateState> parse_plate_state(std::string_view name) {
  return parse<PlateState>(state_names, name);
}

std::string_view plate_finding_name(PlateFinding finding) {
  return finding_names[static_cast<std::size_t>(finding)];
}
std::optional<PlateFinding> parse_plate_finding(std::string_view name) {
  for (const auto& [word, finding] : finding_words) {
    if (word == name) return finding;
  }
  return parse<PlateFinding>(finding_names, name);
}

std::string_view plate_batch_state_name(PlateBatchState state) {
  return batch_names[static_cast<std::size_t>(state)];
}
std::optional<PlateBatchState> parse_plate_batch_state(std::string_view name) {
  return parse<PlateBatchState>(batch_names, name);
}

}  // namespace menpai

// SPDX-License-Identifier: Apache-2.0
#include "spine/plate_kind.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/error.hpp"
#include "spine/rules.hpp"

namespace menpai::spine {
namespace {

constexpr double size_min_mm = 10;
constexpr double size_max_mm = 3000;
constexpr double margin_mm = 4;
constexpr std::size_t field_count = 12;
constexpr std::array<std::string_view, 5> known_levels = {"number", "building", "unit", "room", "place"};

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || stop != text.data() + text.size() || !(value >= 0)) return std::nullopt;
  return value;
}

std::optional<PlateLayout> layout_of(std::string_view name) {
  if (name == "gate") return PlateLayout::gate;
  if (name == "building") return PlateLayout::building;
  if (name == "line") return PlateLayout::line;
  return std::nullopt;
}

std::optional<std::uint32_t> colour_of(std::string_view text) {
  std::uint32_t value = 0;
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  const auto [stop, failed] = std::from_chars(text.data() + 1, text.data() + 7, value, 16);
  if (failed != std::errc{} || stop != text.data() + 7) return std::nullopt;
  return value;
}

std::vector<std::string> levels_of(std::string_view text) {
  std::vector<std::string> levels;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    levels.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return levels;
}

/// What is wrong with a row, or nothing.
std::string problem_of(const std::vector<std::string_view>& row, PlateKind& kind) {
  if (row.size() != field_count) return "it has " + std::to_string(row.size()) + " fields in place of 12";
  kind.kind = row[0];
  kind.zh = row[1];
  kind.en = row[2];
  if (kind.kind.empty() || kind.zh.empty()) return "a kind has no name";
  const auto width = number_of(row[3]), height = number_of(row[4]), qr = number_of(row[5]);
  const auto name_share = number_of(row[8]), number_share = number_of(row[9]);
  const auto is_size = [](const auto& size) { return size && *size >= size_min_mm && *size <= size_max_mm; };
  if (!is_size(width) || !is_size(height)) return "width and height must be 10 to 3000 mm";
  if (!qr || *qr > *height - 2 * margin_mm || *qr > *width - 2 * margin_mm) return "the QR code does not fit";
  if (!name_share || !number_share || *name_share <= 0 || *name_share + *number_share > 100) {
    return "the shares of name and number must be percents, together at most 100";
  }
  kind.levels = levels_of(row[6]);
  for (const std::string& level : kind.levels) {
    if (std::find(known_levels.begin(), known_levels.end(), level) == known_levels.end()) {
      return "\"" + level + "\" is not a level that has plates";
    }
  }
  const auto layout = layout_of(row[7]);
  if (!layout) return "its layout must be gate, building or line";
  if (row[10] != "0" && row[10] != "1") return "pinyin must be 0 or 1";
  const auto ground = colour_of(row[11]);
  if (!ground) return "its colour must be like #003f98";
  kind.width_mm = *width;
  kind.height_mm = *height;
  kind.qr_mm = *qr;
  kind.layout = *layout;
  kind.name_share = *name_share / 100;
  kind.number_share = *number_share / 100;
  kind.has_pinyin = row[10] == "1";
  kind.ground = *ground;
  return {};
}

}  // namespace

bool PlateKind::names(std::string_view level) const {
  return std::find(levels.begin(), levels.end(), level) != levels.end();
}

PlateKinds::PlateKinds(std::string_view more) {
  add(rules_file("plate_kinds.tsv"), "rules/plate_kinds.tsv");
  add(more, "the file of setting plate.kinds");
}

void PlateKinds::add(std::string_view text, std::string_view file) {
  std::size_t number = 0;
  for (const std::vector<std::string_view>& row : rule_rows(text)) {
    ++number;
    PlateKind kind;
    const std::string problem = problem_of(row, kind);
    if (!problem.empty()) {
      throw Error(ErrorCode::bad_request,
                  "Kind of plate " + std::to_string(number) + " in " + std::string(file) + ": " + problem + ".");
    }
    const auto same = std::find_if(m_kinds.begin(), m_kinds.end(), [&](const auto& k) { return k.kind == kind.kind; });
    if (same == m_kinds.end()) {
      m_kinds.push_back(std::move(kind));
    } else {
      *same = std::move(kind);
    }
  }
}

const PlateKind* PlateKinds::find(std::string_view kind) const {
  const auto found = std::find_if(m_kinds.begin(), m_kinds.end(), [&](const auto& k) { return k.kind == kind; });
  return found == m_kinds.end() ? nullptr : &*found;
}

const PlateKind& PlateKinds::get(std::string_view kind) const {
  if (const PlateKind* found = find(kind)) return *found;
  std::string list;
  for (const PlateKind& one : m_kinds) list += (list.empty() ? "" : ", ") + one.kind;
  throw Error(ErrorCode::bad_request, "There is no such kind of plate. There are: " + list + ".");
}

const PlateKind* PlateKinds::usual(std::string_view level) const {
  const PlateKind* least = nullptr;
  for (const PlateKind& kind : m_kinds) {
    if (kind.names(level) && (least == nullptr || kind.width_mm < least->width_mm)) least = &kind;
  }
  return least;
}

}  // namespace menpai::spine

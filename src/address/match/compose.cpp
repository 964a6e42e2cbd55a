// SPDX-License-Identifier: Apache-2.0
#include "address/match/compose.hpp"

#include <algorithm>
#include <array>

namespace menpai::address {
namespace {

constexpr std::array<std::string_view, 5> silent_divisions = {"市辖区", "县", "省直辖县级行政区划",
                                                              "自治区直辖县级行政区划", "直辖县级"};

void add_residue(std::string_view text, const Reading& reading, std::uint32_t start, std::uint32_t end,
                 std::string& out) {
  if (start >= end) return;
  if (!out.empty()) out += ' ';
  out += reading.normal.original(text, start, end);
}

}  // namespace

bool is_silent_division(std::string_view name) {
  constexpr auto sizes = [] {  // bit by bytes: nearly every name is told by its length
    std::uint64_t made = 0;
    for (const std::string_view silent : silent_divisions) made |= std::uint64_t{1} << silent.size();
    return made;
  }();
  return name.size() < 64 && (sizes >> name.size() & 1) != 0 &&
         std::find(silent_divisions.begin(), silent_divisions.end(), name) != silent_divisions.end();
}

void compose_divisions(const DivisionIndex& index, DivisionNode node, Answer& answer) {
  if (node == no_division) return;
  answer.division_code = index.code(node);
  for (DivisionNode n = node; n != no_division; n = index.parent(n)) {
    if (const std::string_view name = index.name(n); !is_silent_division(name)) answer[index.level(n)] = name;
  }
}

void compose_step(Level level, bool numeric, std::string_view text, Answer& answer) {
  const bool names_building = level == Level::place && !numeric && !answer[Level::number].empty();
  answer[names_building ? Level::building : level] += text;
}

void compose_address(const Display& display, Answer& answer) {
  answer.address.clear();
  const std::size_t group_at = std::min(display.group_at, answer[Level::place].size());
  for (int i = static_cast<int>(Level::province); i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    if (answer[level].empty()) continue;
    answer.level = level;
    if (level == Level::floor && display.hide_floor && !answer[Level::room].empty()) continue;
    if (level == Level::village && display.hide_village && !answer[Level::place].empty()) continue;
    if (level == Level::group && group_at > 0) continue;
    if (level == Level::place && group_at > 0) {
      answer.address.append(answer[level], 0, group_at);
      answer.address += answer[Level::group];
      answer.address.append(answer[level], group_at);
      continue;
    }
    answer.address += answer[level];
  }
}

void residue_pieces(const Reading& reading, const AddressPath& path, std::uint64_t explained,
                    std::vector<Piece>& pieces) {
  pieces.clear();
  const auto take = [&](std::uint32_t start, std::uint32_t end) {
    if (start >= end) return;
    if (!pieces.empty() && pieces.back().end == start) {
      pieces.back().end = end;
    } else {
      pieces.push_back({start, end});
    }
  };
  std::size_t step = 0;
  for (std::size_t i = 0; i < reading.elements.size(); ++i) {
    const TypedElement& e = reading.elements[i];
    while (step < path.items.size() && path.items[step].last_element < i) ++step;
    const bool is_step =
        step < path.items.size() && path.items[step].element <= i && e.level >= Level::village && !e.aside;
    const bool told = is_step && (step >= 64 || (explained >> step & 1) != 0);
    if (is_silent(reading, e)) {
      const auto conflicts = [&](const Mention& m) {
        return m.use == MentionUse::conflicting && m.from < e.to && e.from < m.to;
      };
      if (std::any_of(reading.division.mentions.begin(), reading.division.mentions.end(), conflicts)) {
        take(e.start, e.end);
      }
      continue;
    }
    if (!told) take(e.start, e.end);
  }
}

void compose_residue(std::string_view text, const Reading& reading, const AddressPath& path, std::uint64_t explained,
                     Answer& answer) {
  thread_local std::vector<Piece> pieces;
  residue_pieces(reading, path, explained, pieces);
  for (const Piece& piece : pieces) add_residue(text, reading, piece.start, piece.end, answer.residue);
  if (reading.normal.truncated) {
    const std::size_t read = reading.normal.byte_at.empty() ? 0 : reading.normal.byte_at.back();
    if (!answer.residue.empty()) answer.residue += ' ';
    answer.residue += text.substr(std::min(read, text.size()));
  }
}

void compose_several(std::string_view text, const Reading& reading, const AddressPath& path, Answer& answer) {
  if (answer.grade == Grade::none) return;
  std::string written;
  for (const PathItem& item : path.items) {
    if (!item.several) continue;
    written.clear();
    append_item(reading, item, written);
    if (answer[item.level].empty() || answer[item.level].find(written) != std::string::npos) continue;
    const TypedElement& e = reading.elements[item.element];
    const std::string_view list = reading.normal.original(text, e.start, e.end);
    if (answer.residue.find(list) != std::string::npos) continue;
    answer.reasons.push_back({item.level, Reason::several});
    if (answer.grade < Grade::b) answer.grade = Grade::b;
    add_residue(text, reading, e.start, e.end, answer.residue);
  }
  if (reading.further == Level::none) return;
  answer.reasons.push_back({reading.further, Reason::several});
  if (answer.grade < Grade::c) answer.grade = Grade::c;
}

}  // namespace menpai::address

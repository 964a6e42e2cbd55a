// SPDX-License-Identifier: Apache-2.0
#include "address/match/assess.hpp"

#include <algorithm>

#include "address/text/lexicon.hpp"

namespace menpai::address {
namespace {

bool has_conflict(const DivisionPath& path) {
  return std::any_of(path.mentions.begin(), path.mentions.end(),
                     [](const Mention& m) { return m.use == MentionUse::conflicting; });
}

/// A town that the text names and the divisions do not have.
bool has_unknown_town(const Reading& reading) {
  if (reading.division.at[static_cast<std::size_t>(Level::town)] != no_division) return false;
  return std::any_of(reading.elements.begin(), reading.elements.end(), [](const TypedElement& e) {
    return e.label == Label::town && e.division == no_division && e.from < e.to;
  });
}

/// Whether the division is a county's or lies in one, or is a city that has towns only.
bool has_county(const DivisionIndex& index, DivisionNode node) {
  if (index.level(node) >= Level::county) return true;
  if (index.level(node) < Level::city) return false;
  const DivisionNode child = node + 1;
  return child < index.subtree_end(node) && index.level(child) == Level::town;
}

void add_choices(const DivisionIndex& index, const DivisionPath& path, int top, Answer& answer) {
  for (const DivisionChoice& choice : path.open) {
    if (static_cast<int>(answer.candidates.size()) >= top) break;
    if (choice.node == no_division) continue;
    Candidate candidate;
    Answer parts;
    compose_divisions(index, choice.node, parts);
    compose_address({.hide_floor = true}, parts);
    candidate.address = std::move(parts.address);
    candidate.division_code = index.code(choice.node);
    candidate.level = index.level(choice.node);
    candidate.score = static_cast<double>(choice.score);
    candidate.grade = Grade::c;
    candidate.reasons.push_back({candidate.level, Reason::ambiguous});
    answer.candidates.push_back(std::move(candidate));
  }
}

void add_step_reasons(const AddressPath& path, std::vector<ElementReason>& reasons) {
  for (int i = static_cast<int>(Level::village); i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    const bool written =
        std::any_of(path.items.begin(), path.items.end(), [&](const PathItem& item) { return item.level == level; });
    if (written) reasons.push_back({level, Reason::unverified});
  }
}

constexpr double open_town = 0.91;   ///< set by reasoning: a county that is told right, its town unseen
constexpr double hinted_city = 0.6;  ///< the city whose name a landmark bears may be elsewhere

double score_of(Grade grade, double division_score, bool residue) {
  const double score = residue ? division_score * 0.95 : division_score;
  switch (grade) {
    case Grade::a:
      return std::clamp(score, 0.0, 1.0);
    case Grade::b:
      return std::clamp(score, 0.0, 0.98);
    case Grade::c:
      return std::clamp(score, 0.0, 0.7);
    case Grade::none:
      break;
  }
  return 0;
}

}  // namespace

bool says_where(const Reading& reading, const AddressPath& path) {
  const DivisionPath& division = reading.division;
  if (!division.open.empty() || division.hinted != no_division) return true;
  for (std::size_t i = 1; i < division.at.size(); ++i) {
    if (division.at[i] != no_division && division.reason[i] != Reason::filled_in) return true;
  }
  const std::u32string_view chars = reading.normal.chars;
  return std::any_of(path.items.begin(), path.items.end(), [&](const PathItem& item) {
    if (item.numeric) return true;
    const TypedElement& element = reading.elements[item.element];
    for (std::size_t pos = element.from + 1; pos < element.to; ++pos) {
      const WordMatch word = word_at(chars, pos);
      if (word.kind != WordKind::none && pos + word.length == element.to) return true;
    }
    return false;
  });
}

namespace {

using LevelBits = std::uint32_t;

/// The levels that are shown of the divisions that were found.
LevelBits shown_levels(const DivisionIndex& index, const DivisionPath& path) {
  LevelBits shown = 0;
  for (std::size_t i = 1; i < path.at.size(); ++i) {
    if (path.at[i] != no_division && !is_silent_division(index.name(path.at[i]))) shown |= 1u << i;
  }
  return shown;
}

Grade division_grade(const DivisionIndex& index, const Reading& reading, LevelBits shown) {
  const DivisionPath& path = reading.division;
  if (path.node == no_division) return path.open.empty() && path.hinted == no_division ? Grade::none : Grade::c;
  if (!path.open.empty() || has_conflict(path)) return Grade::c;
  if (!has_county(index, path.node) || has_unknown_town(reading)) return Grade::c;
  Grade grade = index.level(path.node) < Level::town ? Grade::b : Grade::a;
  for (std::size_t i = 1; i < path.at.size(); ++i) {
    if ((shown >> i & 1) == 0) continue;
    const Reason reason = path.reason[i];
    if (reason >= Reason::unverified) return Grade::c;
    if (reason != Reason::matched) grade = Grade::b;
  }
  return grade;
}

void add_division_reasons(const DivisionIndex& index, const Reading& reading, LevelBits shown,
                          std::vector<ElementReason>& reasons) {
  const DivisionPath& path = reading.division;
  for (std::size_t i = 1; i < path.at.size(); ++i) {
    if ((shown >> i & 1) == 0) continue;
    reasons.push_back({static_cast<Level>(i), path.reason[i]});
  }
  if (path.node != no_division && has_unknown_town(reading)) reasons.push_back({Level::town, Reason::not_found});
  if (path.open.empty()) return;
  const Level open = path.open.front().node == no_division ? Level::none : index.level(path.open.front().node);
  if (open > Level::none && path.at[static_cast<std::size_t>(open)] == no_division) {
    reasons.push_back({open, Reason::ambiguous});
  }
}

}  // namespace

Grade division_grade(const DivisionIndex& index, const Reading& reading) {
  return division_grade(index, reading, shown_levels(index, reading.division));
}

void add_division_reasons(const DivisionIndex& index, const Reading& reading, std::vector<ElementReason>& reasons) {
  add_division_reasons(index, reading, shown_levels(index, reading.division), reasons);
}

void answer_from_divisions(const DivisionIndex& index, std::string_view text, const Reading& reading,
                           const AddressPath& path, int top, Answer& answer) {
  const DivisionPath& division = reading.division;
  const bool hinted = division.node == no_division && division.open.empty() && division.hinted != no_division;
  compose_divisions(index, hinted ? division.hinted : division.node, answer);
  const LevelBits shown = shown_levels(index, division);
  std::string& step = answer.address;  // scratch until the parts are joined
  Display display;
  constexpr auto village = static_cast<std::size_t>(Level::village);
  display.hide_village = division.at[village] != no_division && division.reason[village] == Reason::filled_in;
  for (const PathItem& item : path.items) {
    display.hide_village = display.hide_village && item.level != Level::village;
    step.clear();
    append_item(reading, item, step);
    compose_step(item.level, item.numeric, step, answer);
    display.hide_floor = display.hide_floor || item.implied;
    if (item.level == Level::group && display.group_at == 0) display.group_at = answer[Level::place].size();
  }
  compose_address(display, answer);
  compose_residue(text, reading, path, all_explained, answer);
  if (hinted) answer.reasons.push_back({index.level(division.hinted), Reason::alias});
  add_division_reasons(index, reading, shown, answer.reasons);
  add_step_reasons(path, answer.reasons);
  add_choices(index, division, top, answer);

  answer.grade = division_grade(index, reading, shown);
  if (answer.grade == Grade::a && !answer.residue.empty()) answer.grade = Grade::b;
  const bool town = division.at[static_cast<std::size_t>(Level::town)] != no_division;
  const double score = hinted ? hinted_city : static_cast<double>(division.score) * (town ? 1 : open_town);
  answer.score = score_of(answer.grade, score, !answer.residue.empty());
}

}  // namespace menpai::address

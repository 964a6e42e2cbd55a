// SPDX-License-Identifier: Apache-2.0
#include "address/match/calibration.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "address/rules.hpp"

namespace menpai::address {
namespace {

constexpr std::array<std::string_view, 4> kind_names = {"exact", "settled", "not_found", "open"};

struct Point {
  double weight = 0;
  double probability = 0;
};
using Curves = std::array<std::vector<Point>, kind_names.size()>;

double number(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp(value, 0.0, 1.0);
}

Curves read_curves() {
  Curves curves;
  for_each_rule("calibration.tsv", [&](std::string_view kind, std::string_view rest) {
    const auto at = std::find(kind_names.begin(), kind_names.end(), kind);
    const std::size_t tab = rest.find('\t');
    if (at == kind_names.end() || tab == std::string_view::npos) return;
    std::string_view probability = rest.substr(tab + 1);
    probability = probability.substr(0, probability.find('\t'));
    curves[static_cast<std::size_t>(at - kind_names.begin())].push_back(
        {number(rest.substr(0, tab)), number(probability)});
  });
  return curves;
}

}  // namespace

std::string_view answer_kind_name(AnswerKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

AnswerKind answer_kind(Grade grade, const std::vector<ElementReason>& reasons) {
  if (grade == Grade::a) return AnswerKind::exact;
  if (grade == Grade::b) return AnswerKind::settled;
  const bool lacks =
      std::any_of(reasons.begin(), reasons.end(), [](const ElementReason& r) { return r.reason == Reason::not_found; });
  return lacks ? AnswerKind::not_found : AnswerKind::open;
}

AnswerKind answer_kind(const Answer& answer) {
  return answer_kind(answer.grade, answer.reasons);
}

const std::string& scored_id(const Answer& answer) {
  return answer.candidates.empty() ? answer.id : answer.candidates.front().id;
}

double calibrated(AnswerKind kind, double weight) {
  static const Curves curves = read_curves();
  const std::vector<Point>& curve = curves[static_cast<std::size_t>(kind)];
  if (curve.empty()) return std::clamp(weight, 0.0, 1.0);
  const auto above = std::find_if(curve.begin(), curve.end(), [&](const Point& p) { return p.weight >= weight; });
  if (above == curve.begin()) return curve.front().probability;
  if (above == curve.end()) return curve.back().probability;
  const Point& below = *(above - 1);
  const double width = above->weight - below.weight;
  const double share = width > 0 ? (weight - below.weight) / width : 1;
  return below.probability + share * (above->probability - below.probability);
}

}  // namespace menpai::address

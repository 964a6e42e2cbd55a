// SPDX-License-Identifier: Apache-2.0
#include "address/match/grading.hpp"

#include <algorithm>
#include <cmath>

#include "address/match/hit.hpp"

namespace menpai::address {
namespace {

constexpr double exact_score = 0.88;  ///< from it on, an answer without repairs is exact
constexpr double sharpness = 12;      ///< how fast a rival's share falls with its weight

/// The best grade that an element of this reason leaves.
Grade grade_of(Level level, Reason reason) {
  switch (reason) {
    case Reason::matched:
      return Grade::a;
    case Reason::filled_in:
      // A province follows from its county, a village from its road; a town or a unit that nobody wrote is a repair.
      return level >= Level::place || level == Level::town ? Grade::b : Grade::a;
    case Reason::alias:
    case Reason::former_name:
    case Reason::corrected:
    case Reason::inferred:
    case Reason::unverified:
      return Grade::b;
    case Reason::ambiguous:
    case Reason::several:
    case Reason::conflicting:
    case Reason::not_found:
      break;
  }
  return Grade::c;
}

}  // namespace

Grade evidence_grade(const Hit& hit) {
  if (hit.score < safe_score) return Grade::c;
  Grade grade = hit.whole && hit.score >= exact_score ? Grade::a : Grade::b;
  for (int i = 1; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    if (hit.reasons.has(level)) grade = std::max(grade, grade_of(level, hit.reasons.get(level)));
  }
  return grade;
}

void apply_rules(const GradeRules& rules, Answer& answer) {
  if (answer.grade == Grade::a && answer.score < rules.a_min) answer.grade = Grade::b;
  if (answer.grade != Grade::b || answer.score >= rules.b_min) return;
  answer.grade = Grade::c;
  if (!answer.candidates.empty()) return;
  Candidate& candidate = answer.candidates.emplace_back();
  candidate.id = answer.id;
  candidate.address = answer.address;
  candidate.code = answer.code;
  candidate.division_code = answer.division_code;
  candidate.level = answer.level;
  candidate.score = answer.score;
  candidate.grade = Grade::b;
  candidate.point = answer.point;
  candidate.reasons = answer.reasons;
}

void share_probability(double first, std::span<Candidate> candidates) {
  if (candidates.empty()) return;
  const double best = std::max(candidates.front().score, 1e-9);
  double sum = 0;
  for (Candidate& candidate : candidates) {
    candidate.score = std::pow(std::clamp(candidate.score / best, 0.0, 1.0), sharpness);
    sum += candidate.score;
  }
  sum -= candidates.front().score;
  candidates.front().score = first;
  double above = first;
  for (Candidate& candidate : candidates.subspan(1)) {
    candidate.score = std::min(above, sum > 0 ? (1 - first) * candidate.score / sum : 0);
    above = candidate.score;
  }
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// What may be done with an answer: the grade that its evidence gives, and the bars that an installation sets.
#pragma once

#include <span>

#include "model/answer.hpp"

namespace menpai::address {

struct Hit;

/// How sure an answer must be for its grade, as probabilities (Answer::score). The evidence comes first: these bars
/// only make it stricter, so that 0 leaves the grades to the evidence alone. Nothing makes an ambiguous or contradicted
/// answer safe.
struct GradeRules {
  double a_min = 0;  ///< an answer of grade A that is less sure becomes B
  double b_min = 0;  ///< an answer of grade B that is less sure becomes C, for a person
};

/// The weight of evidence below which a person must look.
inline constexpr double safe_score = 0.75;
/// The grade that the evidence of a hit gives, rivals aside: A whole and exact; B repaired, filled in or not verified
/// to its end; C too weak, ambiguous, contradicted, or not there.
Grade evidence_grade(const Hit& hit);

/// Lowers the grade of an answer that the rules ask more of. An answer that a person now sees gets itself as candidate.
void apply_rules(const GradeRules& rules, Answer& answer);

/// Gives candidates, best first with the weights of their evidence as scores, the probabilities that follow from that
/// of the first: what it leaves goes to the others by their weights. They fall, and sum to one at the most.
void share_probability(double first, std::span<Candidate> candidates);

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// From the weight of an answer's evidence to the probability that it is right.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/answer.hpp"

namespace menpai::address {

/// What kind of answer a tree of standard addresses gave; each has a curve of its own.
enum class AnswerKind {
  exact,      ///< grade A
  settled,    ///< grade B: one address, repaired or filled in
  not_found,  ///< the place is there, the number, building or room that the text asks for is not
  open,       ///< several fit, or something contradicts: a person chooses
};
/// Of an answer with a grade. `exact`, `settled`, `not_found`, `open`: the words of rules/calibration.tsv.
AnswerKind answer_kind(const Answer& answer);
AnswerKind answer_kind(Grade grade, const std::vector<ElementReason>& reasons);
std::string_view answer_kind_name(AnswerKind kind);

/// What the score of an answer speaks of: its best candidate where it has candidates, else the answer itself.
const std::string& scored_id(const Answer& answer);

/// The probability, from the curve of rules/calibration.tsv (made by bench/calibration_fit.cpp on invented towns):
/// rises with `weight`, straight between its points. Both 0 to 1. A few comparisons.
double calibrated(AnswerKind kind, double weight);

}  // namespace menpai::address

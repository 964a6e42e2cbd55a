// SPDX-License-Identifier: Apache-2.0
// The curves of the calibration: probabilities that rise with the weight.
#include "address/match/calibration.hpp"

#include <gtest/gtest.h>

namespace menpai::address {
namespace {

TEST(Calibration, RisesWithTheWeightAndStaysAProbability) {
  for (const AnswerKind kind : {AnswerKind::exact, AnswerKind::settled, AnswerKind::not_found, AnswerKind::open}) {
    double before = 0;
    for (int i = 0; i <= 1000; ++i) {
      const double probability = calibrated(kind, i / 1000.0);
      EXPECT_GE(probability, before) << answer_kind_name(kind) << " " << i;
      EXPECT_LE(probability, 1) << answer_kind_name(kind) << " " << i;
      before = probability;
    }
    EXPECT_GE(calibrated(kind, -1), 0);
    EXPECT_LE(calibrated(kind, 2), 1);
  }
}

TEST(Calibration, TrustsAnExactAnswerMoreThanAChoice) {
  EXPECT_GT(calibrated(AnswerKind::exact, 1), 0.99);
  EXPECT_LT(calibrated(AnswerKind::open, 0.3), 0.6);
}

TEST(Calibration, SpeaksOfTheBestCandidateWhereThereAreCandidates) {
  Answer answer;
  answer.id = "building";
  answer.grade = Grade::c;
  EXPECT_EQ(scored_id(answer), "building");
  answer.candidates.emplace_back().id = "room";
  EXPECT_EQ(scored_id(answer), "room");
  EXPECT_EQ(answer_kind(answer), AnswerKind::open);
  answer.reasons.push_back({Level::room, Reason::not_found});
  EXPECT_EQ(answer_kind(answer), AnswerKind::not_found);
}

}  // namespace
}  // namespace menpai::address

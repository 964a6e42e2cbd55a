// SPDX-License-Identifier: Apache-2.0
// Grades from evidence, bars from settings, probabilities of candidates.
#include "address/match/grading.hpp"

#include <gtest/gtest.h>
#include <vector>

#include "address/match/hit.hpp"

namespace menpai::address {
namespace {

Hit hit(double score, Level level, Reason reason, bool whole = true) {
  Hit out;
  out.score = score;
  out.whole = whole;
  out.reasons.set(Level::town, Reason::matched);
  out.reasons.set(level, reason);
  return out;
}

TEST(Grading, evidence_makes_the_grade) {
  EXPECT_EQ(evidence_grade(hit(1, Level::place, Reason::matched)), Grade::a);
  EXPECT_EQ(evidence_grade(hit(1, Level::place, Reason::matched, false)), Grade::b);
  EXPECT_EQ(evidence_grade(hit(1, Level::village, Reason::filled_in)), Grade::a);
  EXPECT_EQ(evidence_grade(hit(1, Level::town, Reason::filled_in)), Grade::b);
  EXPECT_EQ(evidence_grade(hit(1, Level::unit, Reason::filled_in)), Grade::b);
  EXPECT_EQ(evidence_grade(hit(0.92, Level::place, Reason::corrected)), Grade::b);
  EXPECT_EQ(evidence_grade(hit(1, Level::room, Reason::unverified)), Grade::b);
  EXPECT_EQ(evidence_grade(hit(1, Level::room, Reason::not_found)), Grade::c);
  EXPECT_EQ(evidence_grade(hit(1, Level::county, Reason::conflicting)), Grade::c);
  EXPECT_EQ(evidence_grade(hit(0.7, Level::place, Reason::matched)), Grade::c);
}

Answer answer(Grade grade, double score) {
  Answer out;
  out.grade = grade;
  out.score = score;
  out.address = "演示市演示镇云岭路8号";
  out.id = "8";
  return out;
}

TEST(Grading, without_rules_the_evidence_alone_decides) {
  Answer a = answer(Grade::a, 0.2);
  apply_rules({}, a);
  EXPECT_EQ(a.grade, Grade::a);
}

TEST(Grading, an_answer_below_the_bar_is_lowered_and_never_raised) {
  Answer a = answer(Grade::a, 0.97);
  apply_rules({.a_min = 0.98, .b_min = 0.9}, a);
  EXPECT_EQ(a.grade, Grade::b);
  Answer b = answer(Grade::b, 0.85);
  apply_rules({.a_min = 0.98, .b_min = 0.9}, b);
  EXPECT_EQ(b.grade, Grade::c);
  Answer c = answer(Grade::c, 0.99);
  apply_rules({.a_min = 0.5, .b_min = 0.5}, c);
  EXPECT_EQ(c.grade, Grade::c);
}

TEST(Grading, what_a_person_now_sees_can_be_chosen) {
  Answer b = answer(Grade::b, 0.85);
  apply_rules({.b_min = 0.9}, b);
  ASSERT_EQ(b.candidates.size(), 1U);
  EXPECT_EQ(b.candidates.front().id, "8");
  EXPECT_EQ(b.candidates.front().score, 0.85);
}

TEST(Grading, candidates_share_what_the_first_leaves_and_fall) {
  std::vector<Candidate> candidates(4);
  candidates[0].score = 0.92;
  candidates[1].score = 0.92;
  candidates[2].score = 0.82;
  candidates[3].score = 0.45;
  share_probability(0.5, candidates);
  double sum = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    EXPECT_LE(candidates[i].score, candidates[i == 0 ? 0 : i - 1].score);
    EXPECT_GE(candidates[i].score, 0);
    sum += candidates[i].score;
  }
  EXPECT_EQ(candidates[0].score, 0.5);
  EXPECT_LE(sum, 1 + 1e-9);
}

}  // namespace
}  // namespace menpai::address

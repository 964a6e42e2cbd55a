// SPDX-License-Identifier: Apache-2.0
#include "app/answer_json.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace menpai::app {

TEST(AnswerJson, comes_back_as_it_went) {
  Answer answer;
  answer.grade = Grade::c;
  answer.score = 0.4375;
  answer.level = Level::room;
  answer.address = "广东省中山市港口镇\"兴港\"路8号\n";
  answer.code = "442000108";
  answer[Level::room] = "501室";
  answer.point = geo::LonLat{113.38, 22.58};
  answer.reasons = {{Level::town, Reason::filled_in}, {Level::room, Reason::not_found}};
  answer.residue = "后门";
  answer.candidates.push_back(
      {"x", "a", "", "442000108", Level::building, 0.5, Grade::b, std::nullopt, {{Level::place, Reason::corrected}}});
  const std::string json = answer_json(answer);
  EXPECT_EQ(answer_json(parse_answer_json(json)), json);
  EXPECT_EQ(parse_answer_json(json).candidates[0].grade, Grade::b);
}

TEST(AnswerJson, bytes_that_are_no_text_become_the_replacement_character) {
  std::string out;
  append_json_string(out, "a\xff\x01");
  EXPECT_EQ(out, "\"a\xef\xbf\xbd\\u0001\"");
}

TEST(AnswerJson, a_damaged_answer_is_refused) {
  EXPECT_THROW(parse_answer_json("{\"grade\":\"A\"}"), Error);
  EXPECT_THROW(parse_answer_json("nonsense"), Error);
}

}  // namespace menpai::app

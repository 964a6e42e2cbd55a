// SPDX-License-Identifier: Apache-2.0
#include "app/cleaned_cells.hpp"

#include <gtest/gtest.h>

namespace menpai::app {
namespace {

std::string cell_of(const Answer& answer, std::string_view column) {
  CleanedCells cells;
  std::vector<std::string_view> values;
  std::vector<intake::CellKind> kinds;
  cells.append(answer, values, kinds);
  EXPECT_EQ(values.size(), cleaned_columns().size());
  EXPECT_EQ(kinds.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    if (cleaned_columns()[i] == column) return std::string(values[i]);
  return "no such column";
}

TEST(CleanedCells, ScoresAndDegreesAreRoundedToTheirDecimals) {
  struct Row {
    double score, lon, lat;
    const char *score_text, *lon_text, *lat_text;
  };
  for (const Row& row : {Row{1, 113.3379212, 22.653023, "1.0000", "113.3379212", "22.6530230"},
                         Row{0.99996, 0, 0, "1.0000", "0.0000000", "0.0000000"},
                         Row{0.00004, -0.00000001, -179.99999996, "0.0000", "0.0000000", "-180.0000000"},
                         Row{0.05, -1.5, -0.0000001, "0.0500", "-1.5000000", "-0.0000001"}}) {
    Answer answer;
    answer.score = row.score;
    answer.point = geo::LonLat{row.lon, row.lat};
    EXPECT_EQ(cell_of(answer, "mp_score"), row.score_text);
    EXPECT_EQ(cell_of(answer, "mp_lon"), row.lon_text);
    EXPECT_EQ(cell_of(answer, "mp_lat"), row.lat_text);
  }
}

TEST(CleanedCells, AnAnswerWithoutAPointHasNullForIt) {
  EXPECT_EQ(cell_of({}, "mp_lon"), "null");
  EXPECT_EQ(cell_of({}, "mp_lat"), "null");
}

TEST(CleanedCells, ReasonsAreWrittenAsInTheDocuments) {
  Answer answer;
  answer.reasons = {{Level::city, Reason::filled_in}, {Level::town, Reason::matched}};
  EXPECT_EQ(cell_of(answer, "mp_reasons"), "city:filled_in;town:matched");
  EXPECT_EQ(cell_of({}, "mp_reasons"), "");
}

TEST(CleanedCells, CandidatesAreAJsonArrayAlsoWhereThereAreNone) {
  EXPECT_EQ(cell_of({}, "mp_candidates"), "[]");
  Answer answer;
  answer.candidates.emplace_back().address = "云岭花园2栋";
  EXPECT_NE(cell_of(answer, "mp_candidates").find("\"address\":\"云岭花园2栋\""), std::string::npos);
}

}  // namespace
}  // namespace menpai::app

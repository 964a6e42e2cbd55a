// SPDX-License-Identifier: Apache-2.0
// menpai pairs: two columns of addresses, compared row by row.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program.hpp"

namespace menpai::e2e {
namespace {

using testing::HasSubstr;

TEST(Pairs, says_score_relation_and_reasons_for_every_row) {
  const Folder folder;
  const Ran ran = menpai(folder, {"pairs"},
                         "id,a,b\n"
                         "1,广东省中山市港口镇兴港中路8号3栋501室,中山港口兴港中路8号3幢501\n"
                         "2,中山市港口镇兴港中路8号,中山市港口镇兴港中路10号\n"
                         "3,中山市港口镇云岭花园2栋,中山市港口镇云岭花园\n"
                         "4,中山市港口镇云岭花园,福建省厦门市望江大厦\n"
                         "5,,\n");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Table table = table_of(ran.out, "a.csv");
  ASSERT_EQ(table.rows.size(), 5U);
  const char* relations[] = {"same", "neighbour", "one_contains_other", "different", "different"};
  for (std::size_t row = 0; row < 5; ++row) {
    EXPECT_EQ(table.cell(row, "relation"), relations[row]) << row;
    const double score = std::stod(table.cell(row, "score"));
    EXPECT_EQ(score >= 0.5, row == 0) << row << " " << score;
  }
  EXPECT_THAT(table.cell(1, "reasons"), HasSubstr("number:conflicting"));
  EXPECT_THAT(table.cell(2, "reasons"), HasSubstr("building:only_a"));
  EXPECT_EQ(table.cell(3, "id"), "4");
  EXPECT_THAT(ran.err, HasSubstr("5 rows in, 5 rows out"));
}

TEST(Pairs, takes_any_columns_and_reports_as_json) {
  const Folder folder;
  write_file(folder / "in.ndjson",
             "{\"登记\":\"港口镇星海一街8号\",\"现住\":\"港口镇星海七街8号\",\"n\":1}\n"
             "{\"登记\":\"港口镇星海一街8号\",\"现住\":\"港口镇星海1街8号\",\"n\":2}\n");
  const Ran ran =
      menpai(folder, {"pairs", "--map", "a=登记,b=现住", "--json", "-o", folder / "out.ndjson", folder / "in.ndjson"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const auto report = boost::json::parse(ran.out).as_object();
  EXPECT_EQ(report.at("rows_out").as_int64(), 2);
  EXPECT_EQ(report.at("relation_count").as_object().at("same").as_int64(), 1);
  const Table table = table_of(read_file(folder / "out.ndjson"), "out.ndjson");
  EXPECT_LT(std::stod(table.cell(0, "score")), 0.5);
  EXPECT_EQ(table.cell(1, "relation"), "same");
}

TEST(Pairs, refuses_what_it_cannot_do) {
  const Folder folder;
  const Ran no_column = menpai(folder, {"pairs"}, "a,c\nx,y\n");
  EXPECT_NE(no_column.exit_code, 0);
  EXPECT_THAT(no_column.err, HasSubstr("There is no column \"b\""));
  const Ran no_role = menpai(folder, {"pairs", "--map", "c=a"}, "a,b\nx,y\n");
  EXPECT_NE(no_role.exit_code, 0);
  EXPECT_THAT(no_role.err, HasSubstr("Use a and b"));
  EXPECT_EQ(menpai(folder, {"pairs", "--no-such-flag"}).exit_code, 2);
}

}  // namespace
}  // namespace menpai::e2e

// SPDX-License-Identifier: Apache-2.0
// menpai reverse: points of a table and the addresses nearest to them.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program.hpp"

namespace menpai::e2e {
namespace {

using testing::HasSubstr;

/// A library of three numbers of an invented road, some hundred metres apart, one of them with a room.
class Reverse : public testing::Test {
 protected:
  void SetUp() override {
    write_file(m_folder / "addresses.csv",
               "id,address,code,lon,lat\n"
               "n1,广东省中山市港口镇寻址路1号,C1,113.5000000,22.5000000\n"
               "n3,广东省中山市港口镇寻址路3号,C3,113.5010000,22.5000000\n"
               "n5,广东省中山市港口镇寻址路5号,C5,113.5020000,22.5000000\n"
               "n5-101,广东省中山市港口镇寻址路5号101室,C6,113.5020000,22.5000000\n");
    const Ran ran = menpai(m_folder, {"library", "build", "--addresses", m_folder / "addresses.csv", "-o", library()});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
  }
  std::string library() const { return m_folder / "town.mpl"; }
  Folder m_folder;
};

TEST_F(Reverse, gives_every_row_the_nearest_building_or_number) {
  const Ran ran = menpai(m_folder, {"reverse", "--library", library()},
                         "name,lon,lat\n"
                         "a,113.5001,22.5\n"
                         "b,113.5018,22.5001\n"
                         "c,113.6,22.5\n"
                         "d,,\n"
                         "e,x,91\n");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Table table = table_of(ran.out, "a.csv");
  ASSERT_EQ(table.rows.size(), 5U);
  EXPECT_EQ(table.cell(0, "mp_address"), "广东省中山市港口镇寻址路1号");
  EXPECT_EQ(table.cell(0, "mp_id"), "n1");
  EXPECT_EQ(table.cell(0, "mp_code"), "C1");
  EXPECT_EQ(table.cell(0, "mp_level"), "number");
  EXPECT_EQ(table.cell(0, "mp_lon"), "113.5000000");
  EXPECT_EQ(table.cell(0, "mp_distance_m"), "10.3");
  EXPECT_EQ(table.cell(1, "mp_id"), "n5") << "the number, not its room";
  for (std::size_t row = 2; row < 5; ++row) {
    EXPECT_EQ(table.cell(row, "mp_address"), "") << row;
    EXPECT_EQ(table.cell(row, "mp_distance_m"), "") << row;
  }
  EXPECT_EQ(table.cell(2, "name"), "c");
  EXPECT_THAT(ran.err, HasSubstr("found 2 (40.0 %)"));
  EXPECT_THAT(ran.err, HasSubstr("far from all 1"));
  EXPECT_THAT(ran.err, HasSubstr("no point 2"));
}

TEST_F(Reverse, takes_any_columns_and_coordinate_systems) {
  // In GCJ-02 the first number lies some five hundred metres off.
  write_file(m_folder / "points.ndjson",
             "{\"经度\":113.5052656,\"纬度\":22.4971275}\n{\"经度\":113.5001,\"纬度\":22.5}\n");
  const Ran ran =
      menpai(m_folder, {"reverse", "--library", library(), "--map", "lon=经度,lat=纬度", "--crs", "gcj02",
                        "--max-distance", "100", "--json", "-o", m_folder / "out.ndjson", m_folder / "points.ndjson"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const auto report = boost::json::parse(ran.out).as_object();
  EXPECT_EQ(report.at("rows_out").as_int64(), 2);
  EXPECT_EQ(report.at("point_count").as_object().at("found").as_int64(), 1);
  EXPECT_EQ(report.at("point_count").as_object().at("far").as_int64(), 1);
  const Table table = table_of(read_file(m_folder / "out.ndjson"), "out.ndjson");
  EXPECT_EQ(table.cell(0, "mp_id"), "n1");
}

TEST_F(Reverse, refuses_what_it_cannot_do) {
  const Ran no_column = menpai(m_folder, {"reverse", "--library", library()}, "x,y\n1,2\n");
  EXPECT_NE(no_column.exit_code, 0);
  EXPECT_THAT(no_column.err, HasSubstr("There is no column \"lon\""));
  const Ran no_role = menpai(m_folder, {"reverse", "--library", library(), "--map", "east=x"}, "x,y\n1,2\n");
  EXPECT_THAT(no_role.err, HasSubstr("There is no role \"east\""));
  const Ran no_crs = menpai(m_folder, {"reverse", "--library", library(), "--crs", "mars"}, "lon,lat\n1,2\n");
  EXPECT_THAT(no_crs.err, HasSubstr("There is no coordinate system \"mars\""));
  const Ran far = menpai(m_folder, {"reverse", "--library", library(), "--max-distance", "1000000"}, "lon,lat\n1,2\n");
  EXPECT_EQ(far.exit_code, 2);
}

}  // namespace
}  // namespace menpai::e2e

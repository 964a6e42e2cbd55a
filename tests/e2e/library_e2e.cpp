// SPDX-License-Identifier: Apache-2.0
// menpai library and match: a table becomes a library, and addresses are found in it.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program.hpp"

namespace menpai::e2e {
namespace {

using testing::HasSubstr;

constexpr std::string_view plates =
    "plate,text,x,y\n"
    "P1,广东省中山市港口镇兴港中路8号,113.38,22.58\n"
    "P2,广东省中山市港口镇兴港中路10号,113.39,22.58\n"
    "P3,广东省中山市港口镇石特路3号2栋501室,,\n"
    "P4,广东省中山市港口镇木河迳村一组12号,没有,22\n";

/// The library of `plates`, built once for all tests.
class Library : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = new Folder;
    write_file(*s_folder / "plates.csv", plates);
    s_built = new Ran(menpai(*s_folder, {"library", "build", "--addresses", *s_folder / "plates.csv", "--map",
                                         "address=text,id=plate,lon=x,lat=y", "-o", *s_folder / "plates.mpl"}));
  }
  static void TearDownTestSuite() {
    delete s_built;
    delete s_folder;
  }
  static std::filesystem::path library() { return *s_folder / "plates.mpl"; }

  static inline Folder* s_folder = nullptr;
  static inline Ran* s_built = nullptr;
};

TEST_F(Library, is_built_from_a_table_and_shown) {
  const Folder folder;
  ASSERT_EQ(s_built->exit_code, 0) << s_built->err;
  EXPECT_THAT(s_built->out, HasSubstr("rows       4: "));
  EXPECT_THAT(s_built->err, HasSubstr("1 rows have a longitude or latitude that is no place"));
  const Ran shown = menpai(folder, {"library", "show", "--json", library()});
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  const auto facts = boost::json::parse(shown.out).as_object();
  EXPECT_EQ(facts.at("title").as_string(), "plates.csv");
  EXPECT_GE(facts.at("addresses").as_int64(), 4);
  EXPECT_GT(facts.at("divisions").as_int64(), 40000);
}

TEST_F(Library, match_gives_ids_of_the_source_best_first) {
  const Folder folder;
  const Ran ran = menpai(folder, {"match", "--library", library(), "--top", "2"},
                         "qid,address\na,中山市港口镇兴港中路10号\nb,港口镇石特路3号2栋501\n");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Table table = table_of(ran.out, "a.ndjson");
  ASSERT_EQ(table.rows.size(), 2U);
  const char* expected[] = {"P2", "P3"};
  for (std::size_t row = 0; row < 2; ++row) {
    const auto candidates = boost::json::parse(table.cell(row, "candidates")).as_array();
    ASSERT_FALSE(candidates.empty()) << row;
    EXPECT_LE(candidates.size(), 2U);
    const auto& best = candidates[0].as_object();
    EXPECT_EQ(best.at("id").as_string(), expected[row]);
    for (const char* key : {"address", "score", "grade", "reasons"}) EXPECT_TRUE(best.contains(key)) << key;
  }
}

TEST_F(Library, an_id_that_is_not_given_is_the_row) {
  const Folder folder;
  write_file(folder / "a.csv", "address\n广东省中山市港口镇兴港中路8号\n广东省中山市港口镇兴港中路10号\n");
  ASSERT_EQ(menpai(folder, {"library", "build", "--addresses", folder / "a.csv", "-o", folder / "a.mpl"}).exit_code, 0);
  const Ran ran = menpai(folder, {"match", "--library", folder / "a.mpl"}, "address\n中山市港口镇兴港中路10号\n");
  EXPECT_EQ(boost::json::parse(table_of(ran.out, "a.ndjson").cell(0, "candidates")).at(0).at("id").as_string(), "2");
}

TEST_F(Library, what_is_no_whole_library_is_refused) {
  const Folder folder;
  write_file(folder / "a.csv", "address\n广东省中山市港口镇兴港中路8号\n");
  const std::string whole = read_file(library());
  write_file(folder / "cut.mpl", whole.substr(0, whole.size() / 2));
  write_file(folder / "foreign.mpl", "id,address\n1,2\n");
  for (const char* name : {"cut.mpl", "foreign.mpl", "missing.mpl"}) {
    const Ran ran = menpai(folder, {"clean", "--library", folder / name, "-o", folder / "out.csv", folder / "a.csv"});
    EXPECT_EQ(ran.exit_code, 3) << name << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("menpai: ")) << name;
    EXPECT_FALSE(std::filesystem::exists(folder / "out.csv")) << name;
  }
}

}  // namespace
}  // namespace menpai::e2e

// SPDX-License-Identifier: Apache-2.0
// The demo's files are what departments send, and the comparison with the truth counts what it says.
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <unistd.h>

#include "app/demo_files.hpp"
#include "app/demo_score.hpp"
#include "app/demo_town.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "intake/geojson.hpp"
#include "intake/table.hpp"

namespace menpai::app {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

spine::TownDivisions divisions() {
  spine::TownDivisions on;
  on.villages = {{"442000108001", "442000108", "港口社区居民委员会", Level::village, "", ""},
                 {"442000108205", "442000108", "下南村民委员会", Level::village, "", ""}};
  return on;
}

class DemoFiles : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_dir = fs::temp_directory_path() / ("menpai_demo_" + std::to_string(getpid()));
    DemoTownFilesOptions options;
    options.town = {4000, 5};
    options.dirty_rows = 300;
    s_files = write_demo_town(s_dir, options, divisions());
  }
  static void TearDownTestSuite() { fs::remove_all(s_dir); }

  static std::vector<std::vector<std::string>> rows_of(const fs::path& file) {
    const auto table = intake::TableReader::open(file);
    std::vector<std::vector<std::string>> rows;
    for (std::vector<std::string> cells; table->next(cells);) rows.push_back(cells);
    return rows;
  }
  static fs::path s_dir;
  static DemoTownFiles s_files;
};
fs::path DemoFiles::s_dir;
DemoTownFiles DemoFiles::s_files;

TEST_F(DemoFiles, the_register_has_a_row_an_address_and_its_shapes_can_be_read) {
  EXPECT_EQ(rows_of(s_files.addresses).size(), s_files.facts.addresses);
  for (const auto& [file, count] :
       {std::pair{s_files.places, s_files.facts.places}, std::pair{s_files.buildings, s_files.facts.buildings}}) {
    const auto reader = intake::GeoJsonReader::open(file, geo::Crs::cgcs2000);
    std::uint64_t features = 0;
    for (intake::GeoFeature feature; reader->next(feature); ++features) {
      ASSERT_TRUE(feature.geometry) << feature.problem;
      ASSERT_FALSE(feature.properties.at("name").empty());
    }
    EXPECT_EQ(features, count);
  }
}

TEST_F(DemoFiles, the_three_lists_are_in_three_forms_and_have_their_truth) {
  ASSERT_EQ(s_files.lists.size(), 3U);
  EXPECT_EQ(bytes_of(s_files.lists[0].file).substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_EQ(bytes_of(s_files.lists[1].file).substr(0, 2), "PK");
  EXPECT_FALSE(utf8::valid(bytes_of(s_files.lists[2].file))) << "GB18030";
  for (const DemoList& list : s_files.lists) {
    const auto table = intake::TableReader::open(list.file);
    const std::size_t column = intake::find_column(table->columns(), list.column);
    const std::vector<DemoTruth> truth = load_demo_truth(list.truth);
    std::uint64_t rows = 0;
    for (std::vector<std::string> cells; table->next(cells); ++rows) {
      EXPECT_FALSE(cells[column].empty());
      EXPECT_TRUE(utf8::valid(cells[column]));
      EXPECT_EQ(truth[rows].address_id.empty(), truth[rows].dirt == spine::DirtClass::nonexistent);
      EXPECT_NE(truth[rows].level, Level::none);
    }
    EXPECT_EQ(rows, 300U);
    EXPECT_EQ(truth.size(), 300U);
    EXPECT_EQ(list.rows, 300U);
  }
}

TEST_F(DemoFiles, the_same_wish_gives_the_same_bytes) {
  DemoTownFilesOptions options;
  options.town = {4000, 5};
  options.dirty_rows = 300;
  const fs::path again_dir = s_dir / "again";
  const DemoTownFiles again = write_demo_town(again_dir, options, divisions());
  EXPECT_EQ(bytes_of(again.addresses), bytes_of(s_files.addresses));
  EXPECT_EQ(bytes_of(again.buildings), bytes_of(s_files.buildings));
  EXPECT_EQ(bytes_of(again.places), bytes_of(s_files.places));
  EXPECT_EQ(bytes_of(again.lists[0].file), bytes_of(s_files.lists[0].file));
  EXPECT_EQ(bytes_of(again.lists[2].file), bytes_of(s_files.lists[2].file));
}

TEST_F(DemoFiles, more_dirty_rows_than_a_sheet_holds_are_refused) {
  DemoTownFilesOptions options;
  options.dirty_rows = 1'000'001;
  EXPECT_THROW(write_demo_town(s_dir / "many", options, divisions()), Error);
  EXPECT_FALSE(fs::exists(s_dir / "many"));
}

TEST(DemoFile, nothing_half_written_is_left) {
  const fs::path file = fs::temp_directory_path() / ("menpai_whole_" + std::to_string(getpid()));
  {
    WholeFile whole(file);
    whole.write("x");
  }
  EXPECT_FALSE(fs::exists(file));
  EXPECT_FALSE(fs::exists(file.string() + ".part"));
  EXPECT_THROW(WholeFile("/nonexistent/folder/file"), Error);
}

Answer answer(Grade grade, const char* id, Level level, const char* candidate = nullptr) {
  Answer made;
  made.grade = grade;
  made.id = id;
  made.level = level;
  if (candidate != nullptr) {
    made.candidates.emplace_back();
    made.candidates.back().id = candidate;
  }
  return made;
}

TEST(DemoScore, counts_right_wrong_and_offered) {
  std::array<DemoScore, spine::dirt_class_count> scores{};
  const DemoTruth room = {"r1", spine::DirtClass::format, Level::room};
  score_answer(answer(Grade::a, "r1", Level::room), room, scores);
  score_answer(answer(Grade::b, "r2", Level::room), room, scores);
  score_answer(answer(Grade::c, "", Level::building, "r1"), room, scores);
  score_answer(answer(Grade::c, "", Level::building, "r9"), room, scores);
  score_answer(answer(Grade::none, "", Level::none), room, scores);
  const DemoScore& format = scores[1];
  EXPECT_EQ(format.rows, 5U);
  EXPECT_EQ(format.right, 1U);
  EXPECT_EQ(format.wrong, 1U);
  EXPECT_EQ(format.held_known, 1U);
  EXPECT_EQ(format.grades, (std::array<std::uint64_t, 4>{1, 1, 2, 1}));
}

TEST(DemoScore, of_what_does_not_exist_only_what_lies_above_is_right) {
  std::array<DemoScore, spine::dirt_class_count> scores{};
  const DemoTruth none = {"", spine::DirtClass::nonexistent, Level::room};
  score_answer(answer(Grade::b, "b1", Level::building), none, scores);
  score_answer(answer(Grade::b, "r1", Level::room), none, scores);
  score_answer(answer(Grade::c, "", Level::building), none, scores);
  EXPECT_EQ(scores[4].right, 1U);
  EXPECT_EQ(scores[4].wrong, 1U);
  EXPECT_EQ(scores[4].held_known, 0U);
}

TEST(DemoScore, the_summary_comes_back_as_it_was_kept) {
  DemoSummary summary;
  summary.rooms_asked = 60000;
  summary.seed = 7;
  summary.town = {48, 216, 11442, 73906, 60663};
  summary.library_addresses = 74119;
  summary.library_bytes = 47;
  summary.seconds = 16.5;
  summary.lists.push_back({"list_police.csv", 3000, {1, 2, 3, 4}, 5, 1234.5});
  summary.classes[2] = {10, {1, 2, 3, 4}, 5, 6, 7};
  const DemoSummary back = parse_demo_summary(demo_summary_json(summary));
  EXPECT_EQ(demo_summary_json(back), demo_summary_json(summary));
  EXPECT_THROW(parse_demo_summary("{}"), Error);
  EXPECT_THROW(parse_demo_summary("{"), Error);
}

}  // namespace
}  // namespace menpai::app

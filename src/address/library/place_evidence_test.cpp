// SPDX-License-Identifier: Apache-2.0
// The county of texts that name none, from where a list has their roads and landmarks.
#include "address/library/place_evidence.hpp"

#include <gtest/gtest.h>

#include "address/division/division_fixture.hpp"
#include "address/match/place_evidence_weigh.hpp"
#include "address/test_library.hpp"

namespace menpai::address {
namespace {

const DivisionIndex& index() {
  return fixture::small_index();
}

/// An invented list: 云栖路 lies in 西湖区, 建设路 in two counties with low numbers in one and high ones in the other,
/// 人民路 everywhere.
const std::vector<std::string>& list() {
  static const std::vector<std::string> made = [] {
    std::vector<std::string> rows;
    for (int i = 1; i <= 12; ++i) {
      const std::string number = std::to_string(i) + "号";
      rows.push_back("浙江省杭州市西湖区云栖路" + number);
      rows.push_back("浙江省杭州市西湖区虚构大学" + std::to_string(i) + "号楼");
      rows.push_back("浙江省杭州市上城区建设路" + number);
      rows.push_back("浙江省杭州市拱墅区建设路" + std::to_string(900 + 10 * i) + "号");
      rows.push_back("浙江省杭州市萧山区临风东路" + number);
    }
    for (const char* county : {"上城区", "拱墅区", "西湖区", "富阳区", "萧山区", "钱塘区"}) {
      for (int i = 1; i <= 3; ++i)
        rows.push_back(std::string("浙江省杭州市") + county + "人民路" + std::to_string(i) + "号");
    }
    rows.push_back("北京市朝阳区望月桥路5号");
    rows.push_back("吉林省长春市朝阳区听雨胡同5号");
    return rows;
  }();
  return made;
}

std::shared_ptr<const LibraryFile> evidence_file() {
  Reader reader(index());
  Reading reading;
  PlaceEvidenceBuilder builder;
  for (const std::string& row : list()) {
    reader.read(row, no_division, reading);
    builder.add(reading.division.node, reading);
  }
  const testing::TemporaryFolder folder;
  LibraryFileWriter writer;
  builder.write(index(), writer);
  writer.write(folder.file("a.lib"));
  return LibraryFile::open(folder.file("a.lib"));
}

struct Settled {
  Reading reading;
  std::string county() const {
    const DivisionNode node = area_of(index(), reading.division.node);
    return node == no_division ? "" : std::string(index().name(node));
  }
  bool inferred() const { return reading.division.reason[static_cast<std::size_t>(Level::county)] == Reason::inferred; }
};

Settled settle(std::string_view text) {
  static const std::shared_ptr<const LibraryFile> file = evidence_file();
  static const PlaceEvidence evidence(*file);
  static EvidenceWeigher weigher(index(), evidence);
  static Reader reader(index());
  Settled out;
  reader.read(text, no_division, out.reading);
  weigher.settle(out.reading);
  return out;
}

TEST(PlaceEvidence, tells_the_county_that_the_text_does_not_name) {
  const struct {
    const char *text, *county;
  } rows[] = {
      {"杭州市云栖路30号", "西湖区"},            // a road that lies there alone
      {"杭州市虚构大学", "西湖区"},              // a landmark
      {"杭州市建设路8号", "上城区"},             // low numbers were seen there
      {"杭州市建设路955号", "拱墅区"},           // high ones here
      {"杭州市临风西路77号", "萧山区"},          // its kin 临风东路 was seen
      {"杭州市戴村路3号", "萧山区"},             // 戴村镇 lies there
      {"杭州市人民路与云栖路交叉口", "西湖区"},  // 人民路 tells nothing, the other road does
  };
  for (const auto& row : rows) {
    const Settled found = settle(row.text);
    EXPECT_EQ(found.county(), row.county) << row.text;
    EXPECT_TRUE(found.inferred()) << row.text;
  }
}

TEST(PlaceEvidence, is_safe_only_where_little_speaks_against_it) {
  EXPECT_TRUE(settle("杭州市云栖路3号").reading.division.open.empty());
  EXPECT_GE(settle("杭州市云栖路3号").reading.division.score, EvidenceWeigher::safe_probability * 0.9f);
  const Settled doubtful = settle("杭州市临风西路77号");
  EXPECT_FALSE(doubtful.reading.division.open.empty()) << "kin is a likelihood, no proof";
}

TEST(PlaceEvidence, leaves_the_county_open_where_a_name_is_everywhere) {
  const Settled found = settle("杭州市人民路50号");
  EXPECT_EQ(found.county(), "");
  EXPECT_FALSE(found.reading.division.open.empty()) << "the counties are shown as candidates";
}

TEST(PlaceEvidence, says_nothing_of_names_that_were_never_seen) {
  const Settled found = settle("杭州市无名大道3号");
  EXPECT_EQ(found.county(), "");
  EXPECT_TRUE(found.reading.division.open.empty());
}

TEST(PlaceEvidence, never_overrides_a_county_that_the_text_names) {
  const Settled found = settle("浙江省杭州市富阳区云栖路3号");
  EXPECT_EQ(found.county(), "富阳区");
  EXPECT_FALSE(found.inferred());
}

TEST(PlaceEvidence, chooses_among_namesakes) {
  EXPECT_EQ(settle("朝阳区望月桥路5号").reading.division.node, index().find_code("110105"));
  EXPECT_EQ(settle("朝阳区听雨胡同5号").reading.division.node, index().find_code("220104"));
}

TEST(PlaceEvidence, is_not_kept_where_all_lies_in_one_county) {
  Reader reader(index());
  Reading reading;
  PlaceEvidenceBuilder builder;
  reader.read("浙江省杭州市西湖区云栖路1号", no_division, reading);
  builder.add(reading.division.node, reading);
  const testing::TemporaryFolder folder;
  LibraryFileWriter writer;
  builder.write(index(), writer);
  writer.add_text("meta", "x");
  writer.write(folder.file("a.lib"));
  const auto file = LibraryFile::open(folder.file("a.lib"));
  EXPECT_TRUE(PlaceEvidence(*file).empty());
}

TEST(PlaceEvidence, a_city_without_counties_stands_for_itself) {
  EXPECT_EQ(area_of(index(), *index().find_code("442000108")), *index().find_code("4420"));
  EXPECT_EQ(area_of(index(), *index().find_code("3301")), no_division);
  EXPECT_EQ(area_of(index(), no_division), no_division);
}

TEST(Divide, tells_the_divisions_and_leaves_the_rest_as_it_is) {
  const testing::TemporaryFolder folder;
  testing::write_library(folder.file("a.lib"), {});
  Engine engine(Library::open(folder.file("a.lib")));
  const struct {
    const char *text, *code, *rest, *grade;
  } rows[] = {
      {"广东省中山市港口镇星海大道５号 二楼", "442000108", "星海大道５号 二楼", "A"},
      {"中山港口镇", "442000108", "", "B"},
      {"（厦门市）思明区", "350203", "（ ）", "B"},
      {"星海大道5号", "", "星海大道5号", "none"},
  };
  Answer answer;
  for (const auto& row : rows) {
    engine.divide(row.text, {}, answer);
    EXPECT_EQ(answer.division_code, row.code) << row.text;
    EXPECT_EQ(answer.residue, row.rest) << row.text;
    EXPECT_EQ(grade_name(answer.grade), row.grade) << row.text;
  }
}

TEST(HomeRegion, says_nothing_of_a_text_that_speaks_of_another_place) {
  const testing::TemporaryFolder folder;
  testing::write_library(folder.file("a.lib"), testing::small_town());
  Engine engine(Library::open(folder.file("a.lib")));
  const struct {
    const char *text, *division;
  } rows[] = {
      {"思明区星河大道5号", "350203"},  // like 星海大道 of the town, and not meant
      {"厦门市思明区云岭小区3栋", "350203"},
      {"星海大道5号", "442000108"},  // nothing else is named: at home
  };
  Answer answer;
  for (const auto& row : rows) {
    engine.clean(row.text, {}, answer);
    EXPECT_EQ(answer.division_code.substr(0, std::string_view(row.division).size()), row.division) << row.text;
  }
}

}  // namespace
}  // namespace menpai::address

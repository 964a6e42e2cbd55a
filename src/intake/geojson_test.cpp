// SPDX-License-Identifier: Apache-2.0
// GeoJSON of every shape that departments send, and of shapes that they should not.
#include "intake/geojson.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/error.hpp"

namespace menpai::intake {
namespace {

class GeoJson : public ::testing::Test {
 protected:
  void SetUp() override {
    m_file = std::filesystem::temp_directory_path() /
             ("menpai_geojson_" + std::to_string(getpid()) + "_" +
              ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".geojson");
  }
  void TearDown() override { std::filesystem::remove(m_file); }

  std::vector<GeoFeature> read(const std::string& text, geo::Crs crs = geo::Crs::wgs84) {
    std::ofstream(m_file, std::ios::binary) << text;
    const auto reader = GeoJsonReader::open(m_file, crs);
    std::vector<GeoFeature> features;
    for (GeoFeature feature; reader->next(feature);) features.push_back(feature);
    return features;
  }
  std::filesystem::path m_file;
};

const std::string square = R"({"type":"Polygon","coordinates":[[[113,22],[114,22],[114,23],[113,23],[113,22]]]})";

std::string feature(const std::string& properties, const std::string& geometry) {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}
std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","name":"a [b] \"{\" ","bbox":[1,2,3,4],"features":[)" + features +
         R"(],"after":{"features":[{"type":"Feature"}]}})";
}

TEST_F(GeoJson, reads_a_collection_feature_by_feature) {
  const auto features =
      read(collection(feature(R"({"name":"兴港路","floors":7,"on":true,"none":null,"list":[1,2]})", square) + ",\n" +
                      feature(R"({"name":"}{ \" ]"})", R"({"type":"Point","coordinates":[113.5,22.5,9]})")));
  ASSERT_EQ(features.size(), 2U);
  EXPECT_EQ(features[0].properties.at("name"), "兴港路");
  EXPECT_EQ(features[0].properties.at("floors"), "7");
  EXPECT_EQ(features[0].properties.at("on"), "true");
  EXPECT_EQ(features[0].properties.count("none"), 0U);
  ASSERT_TRUE(features[0].geometry);
  EXPECT_EQ(std::get<geo::Polygon>(*features[0].geometry).rings[0].size(), 5U);
  EXPECT_EQ(features[1].properties.at("name"), "}{ \" ]");
  EXPECT_EQ(std::get<geo::LonLat>(*features[1].geometry), (geo::LonLat{113.5, 22.5}));
}

TEST_F(GeoJson, reads_features_one_after_another) {
  const std::string one = feature("{}", square);
  EXPECT_EQ(read(one + "\n" + one + "\n").size(), 2U);
  EXPECT_EQ(read("\x1e" + one + "\n\x1e" + one + "\n").size(), 2U);
  EXPECT_EQ(read("\xEF\xBB\xBF" + one).size(), 1U);
}

TEST_F(GeoJson, an_empty_collection_has_no_features) {
  EXPECT_TRUE(read(collection("")).empty());
}

TEST_F(GeoJson, what_is_wrong_with_a_feature_is_said_and_the_next_is_read) {
  const auto features =
      read(collection(feature("{}", R"({"type":"Polygon","coordinates":[[[113,22],[114,22],[113,22]]]})") + "," +
                      feature("{}", R"({"type":"Point","coordinates":["a",22]})") + "," +
                      feature("{}", R"({"type":"Sphere","coordinates":[]})") + "," +
                      feature("{}", R"({"type":"Point","coordinates":[22,113]})") + "," + feature("{}", "null") + "," +
                      R"({"type":"Feature","properties":{x}})" + "," + feature("{}", square)));
  ASSERT_EQ(features.size(), 7U);
  for (const std::size_t wrong : {0U, 1U, 2U, 3U, 5U}) {
    EXPECT_FALSE(features[wrong].problem.empty()) << wrong;
    EXPECT_FALSE(features[wrong].geometry) << wrong;
  }
  EXPECT_TRUE(features[4].problem.empty());
  EXPECT_FALSE(features[4].geometry);
  EXPECT_TRUE(features[6].geometry);
}

TEST_F(GeoJson, converts_the_positions_of_shifted_systems) {
  const auto features =
      read(feature("{}", R"({"type":"Point","coordinates":[113.385479,22.577307]})"), geo::Crs::gcj02);
  ASSERT_EQ(features.size(), 1U);
  EXPECT_LT(geo::distance_m(std::get<geo::LonLat>(*features[0].geometry), {113.38, 22.58}), 0.2);
}

TEST_F(GeoJson, refuses_what_is_cut_off_empty_or_something_else) {
  EXPECT_THROW(read(""), Error);
  EXPECT_THROW(read(collection(feature("{}", square)).substr(0, 200)), Error);
  EXPECT_THROW(read("id,name\n1,2\n"), Error);
  EXPECT_THROW(read("}"), Error);
  EXPECT_THROW(GeoJsonReader::open("/nonexistent/x.geojson", geo::Crs::wgs84), Error);
}

TEST_F(GeoJson, a_file_of_nothing_but_a_byte_order_mark_has_no_features) {
  EXPECT_TRUE(read("\xEF\xBB\xBF").empty());
}

TEST_F(GeoJson, refuses_a_feature_without_end) {
  EXPECT_THROW(read(R"({"type":"Feature","properties":{"x":")" + std::string(17 << 20, 'x') + "\"}}"), Error);
}

}  // namespace
}  // namespace menpai::intake

// SPDX-License-Identifier: Apache-2.0
// Columns of points give back every point to the ten-millionth of a degree, wherever on the globe.
#include "address/library/point_column.hpp"

#include <gtest/gtest.h>

#include "address/test_library.hpp"

namespace menpai::address {
namespace {

TEST(PointColumn, KeepsEveryPointAndEveryGap) {
  std::vector<std::optional<PackedPoint>> points;
  for (int i = 0; i < 300; ++i) {
    if (i % 3 == 1) {
      points.emplace_back();
    } else {
      points.push_back(PackedPoint{1'133'780'000 + i * i, 225'780'000 - 7 * i});
    }
  }
  points.push_back(PackedPoint{1'800'000'000, 900'000'000});
  points.push_back(PackedPoint{-1'800'000'000, -900'000'000});
  const testing::TemporaryFolder folder;
  LibraryFileWriter writer;
  write_point_column(writer, points);
  writer.write(folder.file("p"));
  const auto file = LibraryFile::open(folder.file("p"));
  const PointColumn column(*file);
  for (std::uint32_t row = 0; row < points.size(); ++row) {
    const auto point = column.get(row);
    ASSERT_EQ(point.has_value(), points[row].has_value()) << row;
    if (point) {
      EXPECT_EQ(PackedPoint::pack(*point), points[row]) << row;
    }
  }
  EXPECT_FALSE(column.get(100'000));
}

TEST(PointColumn, HasNoSectionsWithoutPoints) {
  const testing::TemporaryFolder folder;
  LibraryFileWriter writer;
  write_point_column(writer, std::vector<std::optional<PackedPoint>>(5));
  writer.write(folder.file("p"));
  const auto file = LibraryFile::open(folder.file("p"));
  EXPECT_TRUE(file->section_names().empty());
  EXPECT_FALSE(PointColumn(*file).get(0));
}

}  // namespace
}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
#include "address/division/division_index.hpp"

#include <cstring>
#include <gtest/gtest.h>
#include <random>

#include "address/division/division_fixture.hpp"
#include "address/read/reader.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

TEST(DivisionIndex, gives_back_what_went_in) {
  const DivisionIndex& index = fixture::small_index();
  EXPECT_EQ(index.edition(), "test");
  for (const Division& d : fixture::small_divisions().divisions) {
    const auto node = index.find_code(d.code);
    ASSERT_TRUE(node) << d.code;
    EXPECT_EQ(index.code(*node), d.code);
    EXPECT_EQ(index.level(*node), d.level);
    if (d.level != Level::village) {
      EXPECT_EQ(index.name(*node), d.name);
    }
    const DivisionNode parent = index.parent(*node);
    EXPECT_EQ(parent == no_division ? "" : index.code(parent), d.parent);
    if (parent != no_division) {
      EXPECT_TRUE(index.contains(parent, *node));
    }
  }
  EXPECT_FALSE(index.find_code("99"));
  EXPECT_FALSE(index.find_code(""));
}

TEST(DivisionIndex, shows_the_village_and_not_its_committee) {
  const DivisionIndex& index = fixture::small_index();
  EXPECT_EQ(index.name(*index.find_code("442000108001")), "中南社区");
  EXPECT_EQ(index.name(*index.find_code("442000108201")), "石特村");
  EXPECT_EQ(index.name(*index.find_code("330109103201")), "河杨湖村");
}

TEST(DivisionIndex, knows_the_levels_of_a_path) {
  const DivisionIndex& index = fixture::small_index();
  const DivisionNode town = *index.find_code("442000108");
  EXPECT_EQ(index.at_level(town, Level::city), *index.find_code("4420"));
  EXPECT_EQ(index.at_level(town, Level::county), no_division);
  EXPECT_EQ(index.at_level(town, Level::village), no_division);
}

TEST(DivisionIndex, refuses_a_parent_that_is_not_there) {
  DivisionSet set;
  set.divisions.push_back({"442000108", "4420", "港口镇", Level::town, {}, {}});
  EXPECT_THROW(build_division_index(set), Error);
}

TEST(DivisionIndex, of_nothing_answers_nothing) {
  const std::vector<std::byte> bytes = build_division_index({});
  const DivisionIndex index{bytes};
  Reader reader(index);
  Reading reading;
  reader.read("广东省中山市港口镇", no_division, reading);
  EXPECT_EQ(reading.division.node, no_division);
}

/// A copy at an aligned place.
std::vector<std::uint64_t> copy_of(const std::vector<std::byte>& bytes, std::size_t size) {
  std::vector<std::uint64_t> copy(bytes.size() / 8 + 1);
  std::memcpy(copy.data(), bytes.data(), size);
  return copy;
}

TEST(DivisionIndex, refuses_a_cut_file) {
  const std::vector<std::byte> bytes = build_division_index(fixture::small_divisions());
  for (std::size_t size = 0; size < bytes.size(); size += 97) {
    const std::vector<std::uint64_t> cut = copy_of(bytes, size);
    EXPECT_THROW(DivisionIndex({reinterpret_cast<const std::byte*>(cut.data()), size}), Error) << size;
  }
}

TEST(DivisionIndex, never_crashes_on_a_damaged_file) {
  const std::vector<std::byte> bytes = build_division_index(fixture::small_divisions());
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::vector<std::uint64_t> copy = copy_of(bytes, bytes.size());
    auto* raw = reinterpret_cast<unsigned char*>(copy.data());
    // The tables of characters are long; most hits shall fall on the structures.
    const std::size_t range = round % 2 == 0 ? 4096 : bytes.size();
    for (int i = 0; i < 3; ++i) raw[random() % range] ^= static_cast<unsigned char>(1u << random() % 8);
    try {
      const DivisionIndex index({reinterpret_cast<const std::byte*>(copy.data()), bytes.size()});
      Reader reader(index);
      Reading reading;
      for (const char* text :
           {"广东省中山市港口镇石特村二马路8号", "浙江省杭州市富阳市银湖街道泗洲村", "朝阳区", "城关镇"}) {
        reader.read(text, no_division, reading);
        if (reading.division.node != no_division) (void)index.name(reading.division.node);
      }
    } catch (const Error&) {
    }
  }
}

}  // namespace
}  // namespace menpai::address

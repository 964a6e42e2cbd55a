// SPDX-License-Identifier: Apache-2.0
// Blocks of numeric codes give back what was packed, and runs cost next to nothing.
#include "address/library/number_runs.hpp"

#include <gtest/gtest.h>

#include "base/check_digit.hpp"

namespace menpai::address {
namespace {

std::vector<std::byte> pack(const std::vector<std::string>& values) {
  const std::vector<std::string_view> views(values.begin(), values.end());
  std::vector<std::byte> out;
  EXPECT_TRUE(pack_number_runs(views, out));
  out.resize(out.size() + 16);
  return out;
}

void expect_same(const std::vector<std::string>& values) {
  const std::vector<std::byte> bytes = pack(values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::string text;
    append_number_run(bytes, i, text);
    EXPECT_EQ(text, values[i]) << i;
  }
}

std::string checked(std::string digits) {
  return digits + check_digit(digits);
}

TEST(NumberRuns, KeepEveryDigit) {
  expect_same({"0"});
  expect_same({"", "", "7", "8", "", "9"});
  expect_same({"7", "8", "9", "10", "11"});
  expect_same({"007", "008", "100"});
  expect_same({"999999999999999999", "000000000000000000"});
  expect_same({"999999999999999999999999999999999999", "000000000000000000000000000000000000"});
  expect_same({"12345678901234567890123", "12345678901234567890124", "1", "22"});
  expect_same({"123456789012345678999999", "123456789012345679000000"});
}

TEST(NumberRuns, DeriveCheckDigitsOnlyWhereAllAreRight) {
  expect_same({checked("442000108005000001"), checked("442000108005000002")});
  expect_same({checked("442000108005000001"), "4420001080050000020"});
  expect_same({checked("4420001080050000"), "4"});
  expect_same({checked("442000108005000001"), "", checked("442000108005000002"), ""});
}

TEST(NumberRuns, RefuseWhatIsNoNumber) {
  std::vector<std::byte> out;
  const auto packs = [&](std::vector<std::string_view> values) { return pack_number_runs(values, out); };
  EXPECT_FALSE(packs({"12", "1a"}));
  EXPECT_FALSE(packs({"1234567890123456789012345678901234567"}));
  EXPECT_FALSE(packs({"1", "22", "333", "4444", "55555"}));
  EXPECT_TRUE(out.empty());
}

TEST(NumberRuns, TakeAByteOrLessForTheRoomsOfABuilding) {
  std::vector<std::string> values;
  for (int room = 1; room <= 64; ++room) {
    const std::string serial = std::to_string(1'000'000 + room % 32).substr(1);
    values.push_back(checked(std::string(room < 32 ? "442000108003001478" : "442000108003001479") + serial));
  }
  EXPECT_LE(pack(values).size() - 16, 64U);
  expect_same(values);
}

}  // namespace
}  // namespace menpai::address

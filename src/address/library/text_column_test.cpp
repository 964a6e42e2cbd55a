// SPDX-License-Identifier: Apache-2.0
// Columns of ids and codes give back what was packed, in little room.
#include "address/library/text_column.hpp"

#include <gtest/gtest.h>

namespace menpai::address {
namespace {

std::vector<std::byte> pack(const std::vector<std::string>& values) {
  const std::vector<std::string_view> views(values.begin(), values.end());
  return pack_text_column(views);
}

void expect_same(const std::vector<std::string>& values) {
  const std::vector<std::byte> bytes = pack(values);
  const TextColumn column(bytes);
  ASSERT_EQ(column.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(column.get(i), values[i]) << i;
  EXPECT_EQ(column.get(values.size()), "");
}

TEST(TextColumn, KeepsEveryKindOfValue) {
  expect_same({});
  expect_same({""});
  expect_same({"", "", ""});
  expect_same({"7", "", "abc", "星海大道12号", "0007"});
  expect_same({"007", "008", "100"});
  expect_same({"999999999999999999", "000000000000000000"});
  expect_same({"12345678901234567890123", "12345678901234567890124"});
  expect_same({"018f3a1c-0000-7000-8000-000000000001", "ffffffff-ffff-4fff-8fff-ffffffffffff"});
  expect_same({"018F3A1C-0000-7000-8000-000000000001", "x"});
  expect_same({std::string(1000, 'x'), std::string(999, 'y')});
}

TEST(TextColumn, CutsAValueOfMoreThanAThousandBytes) {
  const std::vector<std::byte> bytes = pack({std::string(5000, 'x'), "y"});
  EXPECT_EQ(TextColumn(bytes).get(0).size(), 1000U);
}

TEST(TextColumn, TakesAFewBitsForIdsThatCountUp) {
  std::vector<std::string> ids;
  for (int i = 0; i < 64'000; ++i) ids.push_back("A-" + std::to_string(1'000'000 + i));
  const std::vector<std::byte> bytes = pack(ids);
  EXPECT_LT(bytes.size(), ids.size() * 2);
  expect_same(ids);
}

TEST(TextColumn, NeverReadsOutsideDamagedBytes) {
  std::vector<std::string> values;
  for (int i = 0; i < 200; ++i) {
    values.push_back(i % 3 == 0 ? std::to_string(i) : "名称" + std::string(static_cast<std::size_t>(i % 7), 'x'));
  }
  const std::vector<std::byte> whole = pack(values);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::vector<std::byte> bytes = whole;
    bytes[at] ^= std::byte{0xFF};
    const TextColumn column(bytes);
    for (std::size_t i = 0; i < 250; i += 11) EXPECT_LE(column.get(i).size(), 2000U);
  }
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    const std::vector<std::byte> bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    const TextColumn column(bytes);
    for (std::size_t i = 0; i < 250; i += 11) EXPECT_LE(column.get(i).size(), 2000U);
  }
}

}  // namespace
}  // namespace menpai::address

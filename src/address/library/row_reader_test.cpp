// SPDX-License-Identifier: Apache-2.0
// What is remembered of a text's beginning never changes what the text says, and neither does the number of threads.
#include "address/library/row_reader.hpp"

#include <gtest/gtest.h>

#include "address/library/row_intake.hpp"
#include "address/test_library.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

/// Registers as they come: sorted, with numbers of every length and every ending.
std::vector<SourceAddress> many_rows() {
  std::vector<SourceAddress> rows;
  const std::string town = "广东省中山市港口镇";
  const auto add = [&](const std::string& text) { rows.push_back(testing::source("x", text)); };
  for (const std::string place :
       {"星海大道", "云岭花园", "中南村", "第二工业区", "二马路", "民主社区长江北路12号大院"}) {
    for (const std::string ending : {"号", "室", "栋", "幢", "单元", "房", "户", "号楼", "座", "层", "组", "", "期"}) {
      for (const int number : {1, 2, 7, 9, 10, 11, 12, 99, 100, 101, 110, 119, 999, 1000, 1999, 2008, 9999, 10000}) {
        add(town + place + std::to_string(number) + ending);
      }
    }
  }
  for (const std::string block :
       {"云岭花园3栋", "云岭花园3栋2单元", "星海大道8号", "星海大道8号5层", "星海大道8号之", "3组"}) {
    for (int floor = 1; floor <= 12; ++floor) {
      for (int room = 1; room <= 4; ++room) add(town + block + std::to_string(floor * 100 + room) + "室");
    }
    add(town + block + "0101室");
    add(town + block + "1室");
    add(town + block + "101室（旁边）");
    add(town + block + "13800000001室");
  }
  rows.push_back(testing::source("flat", "鑫湖国贸中心7号"));
  rows.push_back(testing::source("flat", "鑫湖国贸中心8号"));
  SourceAddress coded = testing::source("coded", "云岭花园7栋");
  coded.division_code = "442000108";
  rows.push_back(coded);
  coded.address = "云岭花园8栋";
  rows.push_back(coded);
  return rows;
}

/// What a batch says of each row, in words that do not depend on how it is kept.
std::vector<std::string> told(const RowBatch& batch) {
  std::vector<std::string> out;
  for (const RowBatch::Text& text : batch.texts) {
    std::string& line = out.emplace_back(std::to_string(text.row) + " " + std::to_string(static_cast<int>(text.added)));
    const auto step = [&](StepKey key) {
      line += is_name_step(key) ? " " + std::to_string(static_cast<int>(step_level(key))) : " " + std::to_string(key);
      if (is_name_step(key)) {
        for (const char32_t c : batch.names[step_name(key)]) line += "," + std::to_string(static_cast<unsigned>(c));
      }
    };
    if (text.prefix == no_row) continue;
    const RowBatch::Prefix& prefix = batch.prefixes[text.prefix];
    line += " in " + std::to_string(prefix.division);
    for (std::uint32_t i = 0; i < prefix.count; ++i) step(batch.steps[prefix.first + i]);
    if (text.last != 0) step(text.last);
  }
  return out;
}

TEST(RowReader, ReadsTheSameWithAndWithoutRemembering) {
  const std::vector<std::byte> bytes = build_division_index(testing::small_divisions());
  const DivisionIndex index(bytes);
  const std::vector<SourceAddress> rows = many_rows();
  RowReader reader(index);
  RowBatch whole, remembered;
  reader.read(rows, messy_rows_max, whole, false);
  reader.read(rows, messy_rows_max, remembered, true);
  const std::vector<std::string> expected = told(whole);
  const std::vector<std::string> got = told(remembered);
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_EQ(got[i], expected[i]) << rows[i].address;
}

std::vector<std::string> sections_of(const std::filesystem::path& path) {
  const auto file = LibraryFile::open(path);
  std::vector<std::string> out;
  for (const std::string_view name : file->section_names()) {
    const auto bytes = file->section(name);
    if (name != "meta")
      out.emplace_back(std::string(name) + std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  }
  return out;
}

TEST(LibraryBuilder, WritesTheSameFileWithAnyNumberOfThreads) {
  const testing::TemporaryFolder folder;
  std::vector<SourceAddress> rows = testing::small_town();
  for (const SourceAddress& row : many_rows()) rows.push_back(row);
  testing::write_library(folder.file("one by one"), rows);
  const std::vector<std::string> expected = sections_of(folder.file("one by one"));
  for (const unsigned threads : {1U, 2U, 5U}) {
    LibraryBuilder builder(testing::small_divisions(), "invented town");
    std::size_t at = 0;
    const auto sum = builder.add_all(
        [&](std::vector<SourceAddress>& out) {
          const std::size_t count = std::min<std::size_t>(37, rows.size() - at);
          out.assign(rows.begin() + static_cast<std::ptrdiff_t>(at),
                     rows.begin() + static_cast<std::ptrdiff_t>(at + count));
          at += count;
          return count > 0;
        },
        threads);
    EXPECT_EQ(sum.placed + sum.without_division + sum.unreadable, rows.size());
    builder.write(folder.file("together"));
    EXPECT_EQ(sections_of(folder.file("together")), expected) << threads;
  }
}

TEST(LibraryBuilder, EndsAllThreadsWhereTheSourceFails) {
  LibraryBuilder builder(testing::small_divisions(), "invented town");
  int given = 0;
  const auto next = [&](std::vector<SourceAddress>& out) {
    if (++given == 20) throw Error(ErrorCode::damaged, "the source is damaged");
    out = testing::small_town();
    return true;
  };
  EXPECT_THROW(builder.add_all(next, 3), Error);
}

}  // namespace
}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// menpai clean, parse and find over every form of table.
#include <boost/json.hpp>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.hpp"

namespace menpai::e2e {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const std::vector<std::string> added_columns{
    "mp_grade",  "mp_score", "mp_level",   "mp_address", "mp_code",    "mp_division_code", "mp_province", "mp_city",
    "mp_county", "mp_town",  "mp_village", "mp_place",   "mp_number",  "mp_building",      "mp_unit",     "mp_floor",
    "mp_room",   "mp_lon",   "mp_lat",     "mp_reasons", "mp_residue", "mp_candidates"};

constexpr std::string_view list =
    "编号,地址,备注\n"
    "1,广东省中山市港口镇兴港中路8号,\"a,b\"\n"
    "2,福建厦门思明区鼓浪屿街道,\n"
    "3,,空\n"
    "4,\"第 4 行\n不是地址\",\"说\"\"不\"\"\"\n";

std::string in_gb18030(std::string_view text) {
  const iconv_t converter = iconv_open("GB18030", "UTF-8");
  std::string from(text), out(text.size() * 4, 0);
  char* in = from.data();
  char* to = out.data();
  std::size_t in_left = from.size(), to_left = out.size();
  iconv(converter, &in, &in_left, &to, &to_left);
  iconv_close(converter);
  out.resize(out.size() - to_left);
  return out;
}

std::vector<std::string> all_columns() {
  std::vector<std::string> columns{"编号", "地址", "备注"};
  columns.insert(columns.end(), added_columns.begin(), added_columns.end());
  return columns;
}

/// What must hold for the cleaned `list`, in whatever form it came and went.
void expect_cleaned(const Table& table) {
  EXPECT_EQ(table.columns, all_columns());
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(table.cell(0, "编号"), "1");
  EXPECT_EQ(table.cell(0, "地址"), "广东省中山市港口镇兴港中路8号");
  EXPECT_EQ(table.cell(0, "备注"), "a,b");
  EXPECT_EQ(table.cell(0, "mp_province"), "广东省");
  EXPECT_EQ(table.cell(0, "mp_city"), "中山市");
  EXPECT_EQ(table.cell(0, "mp_town"), "港口镇");
  EXPECT_EQ(table.cell(0, "mp_division_code"), "442000108");
  EXPECT_EQ(table.cell(1, "mp_county"), "思明区");
  EXPECT_EQ(table.cell(1, "mp_division_code").substr(0, 6), "350203");
  EXPECT_EQ(table.cell(2, "mp_grade"), "none");
  EXPECT_EQ(table.cell(2, "备注"), "空");
  EXPECT_EQ(table.cell(3, "地址"), "第 4 行\n不是地址");
  EXPECT_EQ(table.cell(3, "备注"), "说\"不\"");
  for (std::size_t row = 0; row < 4; ++row)
    EXPECT_TRUE(boost::json::parse(table.cell(row, "mp_candidates")).is_array()) << row;
  EXPECT_THAT(table.cell(0, "mp_reasons"), HasSubstr("town:matched"));
}

TEST(Clean, takes_and_gives_every_form) {
  const Folder folder;
  write_file(folder / "list.csv", list);
  for (const char* name : {"a.csv", "a.tsv", "a.ndjson", "a.xlsx", "a.csv.gz", "a.tsv.gz", "a.ndjson.gz"}) {
    const Ran made = menpai(folder, {"clean", "-o", folder / name, folder / "list.csv"});
    ASSERT_EQ(made.exit_code, 0) << name << ": " << made.err;
    EXPECT_THAT(made.err, HasSubstr("4 rows in, 4 rows out")) << name;
    expect_cleaned(read_table(folder / name));
    // What came out goes in again; its own mp_ columns are made anew, not doubled.
    const Ran again = menpai(folder, {"clean", "-o", folder / "again.csv", folder / name});
    ASSERT_EQ(again.exit_code, 0) << name << ": " << again.err;
    expect_cleaned(read_table(folder / "again.csv"));
  }
}

TEST(Clean, finds_the_character_set_out_or_is_told) {
  const Folder folder;
  write_file(folder / "bom.csv", "\xEF\xBB\xBF" + std::string(list));
  write_file(folder / "gb.csv", in_gb18030(list));
  for (const char* name : {"bom.csv", "gb.csv"}) {
    ASSERT_EQ(menpai(folder, {"clean", "-o", folder / "out.csv", folder / name}).exit_code, 0) << name;
    expect_cleaned(read_table(folder / "out.csv"));
  }
  ASSERT_EQ(menpai(folder, {"clean", "--charset", "gbk", "-o", folder / "out.csv", folder / "gb.csv"}).exit_code, 0);
  expect_cleaned(read_table(folder / "out.csv"));
}

TEST(Clean, runs_from_standard_input_to_standard_output) {
  const Folder folder;
  const Ran csv = menpai(folder, {"clean"}, list);
  ASSERT_EQ(csv.exit_code, 0) << csv.err;
  expect_cleaned(table_of(csv.out, "a.csv"));
  const Ran ndjson = menpai(folder, {"clean", "--format", "ndjson", "-"}, list);
  ASSERT_EQ(ndjson.exit_code, 0) << ndjson.err;
  expect_cleaned(table_of(ndjson.out, "a.ndjson"));
  const Ran from_ndjson = menpai(folder, {"clean"}, ndjson.out);
  ASSERT_EQ(from_ndjson.exit_code, 0) << from_ndjson.err;
  expect_cleaned(table_of(from_ndjson.out, "a.csv"));
  const Ran xlsx = menpai(folder, {"clean", "--format", "xlsx"}, list);
  ASSERT_EQ(xlsx.exit_code, 0) << xlsx.err;
  expect_cleaned(table_of(xlsx.out, "a.xlsx"));
  expect_cleaned(table_of(menpai(folder, {"clean"}, xlsx.out).out, "a.csv"));
}

TEST(Clean, keeps_the_values_of_ndjson_and_keys_that_come_late) {
  const Folder folder;
  std::string text = "{\"id\":1.50,\"address\":\"中山市港口镇\",\"more\":{\"a\":[1,null]}}\n";
  for (int i = 0; i < 20000; ++i) text += "{\"id\":2,\"address\":\"中山市\"}\n";
  text += "{\"id\":3,\"address\":\"中山市\",\"late\":true}\n";
  const Ran ran = menpai(folder, {"clean", "--format", "ndjson"}, text);
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out,
              StartsWith("{\"id\":1.50,\"address\":\"中山市港口镇\",\"more\":{\"a\":[1,null]},\"mp_grade\":\""));
  EXPECT_THAT(ran.out, HasSubstr("{\"id\":3,\"address\":\"中山市\",\"late\":true,\"mp_grade\":"));
  const Ran csv = menpai(folder, {"clean", "--format", "csv"}, text);
  ASSERT_EQ(csv.exit_code, 0) << csv.err;
  EXPECT_THAT(csv.err, HasSubstr("\"late\": their values stand behind the last named column"));
  EXPECT_EQ(table_of(csv.out, "a.csv").rows.back().back(), "true");
}

TEST(Clean, divisions_only_leaves_the_rest_as_residue) {
  const Folder folder;
  const Ran ran = menpai(folder, {"clean", "--divisions-only"},
                         "地址\n广东省中山市港口镇兴港中路8号\n福建厦门思明区(门牌不详)\n\n");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Table table = table_of(ran.out, "a.csv");
  EXPECT_EQ(table.cell(0, "mp_address"), "广东省中山市港口镇");
  EXPECT_EQ(table.cell(0, "mp_level"), "town");
  EXPECT_EQ(table.cell(0, "mp_residue"), "兴港中路8号");
  EXPECT_EQ(table.cell(0, "mp_place"), "");
  EXPECT_EQ(table.cell(1, "mp_division_code"), "350203");
  EXPECT_EQ(table.cell(1, "mp_residue"), "(门牌不详)");
}

TEST(Clean, region_settles_what_the_text_leaves_open) {
  const Folder folder;
  const Ran ran = menpai(folder, {"clean", "--region", "4420"}, "地址\n港口镇兴港中路8号\n厦门市思明区\n");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Table table = table_of(ran.out, "a.csv");
  EXPECT_EQ(table.cell(0, "mp_division_code"), "442000108");
  EXPECT_EQ(table.cell(1, "mp_division_code"), "350203") << "it never overrides what the text says";
}

TEST(Clean, rows_stay_in_order_whatever_the_threads) {
  const Folder folder;
  std::string text = "id,地址\n";
  for (int i = 0; i < 20000; ++i) text += std::to_string(i) + ",中山市港口镇" + (i % 3 == 0 ? "兴港路" : "") + "\n";
  const Ran one = menpai(folder, {"clean", "--threads", "1"}, text);
  const Ran four = menpai(folder, {"clean", "--threads", "4"}, text);
  EXPECT_EQ(one.exit_code, 0);
  EXPECT_EQ(one.out, four.out);
}

TEST(Clean, summary_is_json_for_machines) {
  const Folder folder;
  write_file(folder / "list.csv", list);
  const Ran ran = menpai(folder, {"clean", "--json", "-o", folder / "out.csv", folder / "list.csv"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const auto summary = boost::json::parse(ran.out).as_object();
  EXPECT_EQ(summary.at("rows_in").as_int64(), 4);
  EXPECT_EQ(summary.at("rows_out").as_int64(), 4);
  EXPECT_EQ(summary.at("column").as_string(), "地址");
  std::int64_t graded = 0;
  for (const auto& [grade, count] : summary.at("grade_count").as_object()) graded += count.as_int64();
  EXPECT_EQ(graded, 4);
  EXPECT_EQ(menpai(folder, {"clean", "-q", "-o", folder / "out.csv", folder / "list.csv"}).err, "");
}

TEST(Clean, formulas_are_left_alone_unless_asked) {
  const Folder folder;
  const std::string text = "地址,x\n中山市,=1+1\n";
  EXPECT_THAT(menpai(folder, {"clean"}, text).out, HasSubstr("中山市,=1+1,"));
  EXPECT_THAT(menpai(folder, {"clean", "--inert-formulas"}, text).out, HasSubstr("中山市,'=1+1,"));
}

TEST(Clean, takes_a_table_without_a_header) {
  const Folder folder;
  const Ran ran = menpai(folder, {"clean", "--no-header", "--column", "2"}, "1,中山市港口镇\n2,中山市\n");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Table table = table_of(ran.out, "a.csv");
  EXPECT_EQ(table.columns[1], "column_2");
  EXPECT_EQ(table.cell(0, "mp_town"), "港口镇");
}

TEST(Clean, memory_does_not_grow_with_the_rows) {
  const Folder folder;
  const auto write_rows = [&](const char* name, int rows) {
    std::ofstream out(folder / name, std::ios::binary);
    out << "id,地址\n";
    for (int i = 0; i < rows; ++i) out << i << ",广东省中山市港口镇兴港中路" << i % 9973 << "号\n";
  };
  write_rows("small.csv", 100000);
  write_rows("large.csv", 2000000);
  const auto peak = [&](const char* name) {
    const Ran ran = menpai(folder, {"clean", "--format", "csv", "-o", "/dev/null", folder / name});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.memory_peak_kb;
  };
  const long small = peak("small.csv");
  const long large = peak("large.csv");
  EXPECT_LT(large, 500 * 1024) << "peak in KB";
  EXPECT_LT(large, small + 64 * 1024) << "twenty times the rows, the same memory";
}

TEST(Clean, a_killed_run_leaves_nothing_behind) {
  const Folder folder;
  std::filesystem::create_directory(folder / "out");
  const auto [process, input] = start_menpai(folder, {"clean", "-o", folder / "out/clean.csv"});
  std::string rows = "地址\n";
  for (int i = 0; i < 50000; ++i) rows += "广东省中山市港口镇兴港中路8号\n";
  ASSERT_EQ(::write(input, rows.data(), rows.size()), static_cast<ssize_t>(rows.size()));
  ::kill(process, SIGKILL);
  ::waitpid(process, nullptr, 0);
  ::close(input);
  EXPECT_TRUE(std::filesystem::is_empty(folder / "out"));
}

TEST(Parse, elements_tile_the_text) {
  const Folder folder;
  const Ran ran = menpai(folder, {"parse", "--column", "地址"}, list);
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  std::istringstream lines(ran.out);
  std::string line;
  int rows = 0;
  while (std::getline(lines, line)) {
    ++rows;
    const auto row = boost::json::parse(line).as_object();
    std::int64_t end = 0;
    for (const auto& element : row.at("elements").as_array()) {
      EXPECT_EQ(element.at("start").as_int64(), end) << line;
      EXPECT_TRUE(element.at("label").is_string());
      end = element.at("end").as_int64();
    }
    std::size_t length = 0;
    for (const char c : std::string(row.at("地址").as_string())) length += (c & 0xC0) != 0x80 ? 1 : 0;
    EXPECT_EQ(end, static_cast<std::int64_t>(length)) << line;
  }
  EXPECT_EQ(rows, 4);
}

TEST(Find, explains_one_address_in_chinese) {
  const Folder folder;
  const Ran ran = menpai(folder, {"find", "广东省中山市港口镇"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  for (const char* part : {"标准地址", "广东省中山市港口镇", "442000108", "依据", "镇街  港口镇  与库一致"})
    EXPECT_THAT(ran.out, HasSubstr(part));
  const Ran json = menpai(folder, {"find", "--json", "广东省中山市港口镇"});
  EXPECT_EQ(boost::json::parse(json.out).at("parts").at("town").as_string(), "港口镇");
}

}  // namespace
}  // namespace menpai::e2e

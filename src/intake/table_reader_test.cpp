// SPDX-License-Identifier: Apache-2.0
// What is read from CSV, TSV and NDJSON: the dirt of real files, row by row.
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "intake/row_format.hpp"
#include "intake/table.hpp"
#include "intake/test_tables.hpp"

namespace menpai::intake {
namespace {

struct ReadCase {
  const char* what;
  std::string bytes;
  std::string table;  ///< as shown(): cells in <>, a line a row, the header first
};

std::string read_shown(const std::string& bytes, const char* name, TableOptions options = {}) {
  return shown(*TableReader::open(bytes_of(bytes), name, options));
}

TEST(Csv, ReadsWhatDepartmentsSend) {
  const ReadCase cases[] = {
      {"line ends of Unix", "a,b\n1,2\n3,4\n", "<a><b>\n<1><2>\n<3><4>\n"},
      {"line ends of Windows", "a,b\r\n1,2\r\n", "<a><b>\n<1><2>\n"},
      {"line ends of an old Mac", "a,b\r1,2\r3,4", "<a><b>\n<1><2>\n<3><4>\n"},
      {"no line end at the end", "a,b\n1,2", "<a><b>\n<1><2>\n"},
      {"a lone CR inside a cell", "a,b\n1\r9,2\n", "<a><b>\n<1\r9><2>\n"},
      {"a byte order mark",
       "\xEF\xBB\xBF"
       "a,b\n1,2\n",
       "<a><b>\n<1><2>\n"},
      {"quoted delimiter, quote and line end", "a,b\n\"x,y\",\"he said \"\"no\"\"\nand left\"\n",
       "<a><b>\n<x,y><he said \"no\"\nand left>\n"},
      {"quoted cell before CR LF", "a,b\r\n1,\"2\"\r\n3,4\r\n", "<a><b>\n<1><2>\n<3><4>\n"},
      {"quotes in the middle of a cell", "a,b\n7\"x,2\n", "<a><b>\n<7\"x><2>\n"},
      {"a closed quote that goes on", "a,b\n\"东方, 明珠\"大厦,2\n", "<a><b>\n<\"东方, 明珠\"大厦><2>\n"},
      {"a quote that is never closed", "a,b\n\"东方大厦,2\n3,4\n", "<a><b>\n<\"东方大厦><2>\n<3><4>\n"},
      {"a quote closed on another line and gone on", "a,b\n\"x,2\n\"y,4\n", "<a><b>\n<\"x><2>\n<\"y><4>\n"},
      {"empty quoted cells", "a,b\n\"\",\"\"\n", "<a><b>\n<><>\n"},
      {"a short row", "a,b,c\n1\n", "<a><b><c>\n<1><><>\n"},
      {"a long row", "a,b\n1,2,3,4\n", "<a><b>\n<1><2><3><4>\n"},
      {"empty cells", "a,b,c\n,,\n", "<a><b><c>\n<><><>\n"},
      {"blank lines are no rows", "a,b\n\n1,2\n\n\n3,4\n\n", "<a><b>\n<1><2>\n<3><4>\n"},
      {"blank lines above the header", "\n\na,b\n1,2\n", "<a><b>\n<1><2>\n"},
      {"in one column a blank line is an empty cell", "a\n1\n\n3\n", "<a>\n<1>\n<>\n<3>\n"},
      {"a NUL byte", std::string("a,b\n1\0002,3\n", 10),
       "<a><b>\n<1\xEF\xBF\xBD"
       "2><3>\n"},
      {"blanks stay", "a,b\n 1 ,\t2\n", "<a><b>\n< 1 ><\t2>\n"},
      {"semicolons", "a;b;c\n1,5;2;3\n4;5;6\n", "<a><b><c>\n<1,5><2><3>\n<4><5><6>\n"},
      {"tabs", "a\tb\n1,5\t2\n", "<a><b>\n<1,5><2>\n"},
      {"bars", "a|b\n1|2\n", "<a><b>\n<1><2>\n"},
      {"Excel's hint", "sep=;\r\na;b\r\n1;2\r\n", "<a><b>\n<1><2>\n"},
      {"one column with commas below", "地址\n港口镇, 兴港路1号\n", "<地址>\n<港口镇, 兴港路1号>\n"},
      {"header only", "a,b\n", "<a><b>\n"},
      {"header only, without a line end", "a,b", "<a><b>\n"},
  };
  for (const auto& test : cases) EXPECT_EQ(read_shown(test.bytes, "list.csv"), test.table) << test.what;
}

TEST(Tsv, TakesQuotesOnlyAtTheBeginningOfACell) {
  EXPECT_EQ(read_shown("a\tb\n[[\"x\",1]]\t\"y\tz\"\n", "list.tsv"), "<a><b>\n<[[\"x\",1]]><y\tz>\n");
  EXPECT_EQ(read_shown("a,b\tc\n1,2\t3\n", "list.tsv"), "<a,b><c>\n<1,2><3>\n");
}

TEST(Csv, CellsAreTheSameHoweverTheBytesArrive) {
  std::string csv = "a,b\r\n";
  for (int i = 0; i < 300; ++i)
    csv += "\"兴港\"\"路\"\"" + std::to_string(i) + "号\",\"x,\r\ny\"\r\n\"开" + std::to_string(i) + ",好的\r\n";
  const std::string whole = shown(*TableReader::open(bytes_of(csv), "list.csv"));
  for (const std::size_t piece : {1, 2, 3, 7, 100, 4095})
    EXPECT_EQ(shown(*TableReader::open(in_pieces(csv, piece), "list.csv")), whole) << piece;
}

TEST(Csv, WithoutAHeaderColumnsAreNumbered) {
  TableOptions options;
  options.header = false;
  EXPECT_EQ(read_shown("1,\"2 \"\"x\"\"\"\n3,4\n", "list.csv", options),
            "<column_1><column_2>\n<1><2 \"x\">\n<3><4>\n");
}

TEST(Csv, AGivenDelimiterIsObeyed) {
  TableOptions options;
  options.delimiter = '#';
  EXPECT_EQ(read_shown("a#b,c\n1#2,3\n", "list.csv", options), "<a><b,c>\n<1><2,3>\n");
}

TEST(Csv, ACellOfAMegabyteIsRead) {
  const std::string large(std::size_t{1} << 20, 'x');
  EXPECT_EQ(read_shown("a,b\n\"" + large + "\n\",2\n", "list.csv"), "<a><b>\n<" + large + "\n><2>\n");
}

TEST(Csv, RowsAndBytesAreCounted) {
  const std::string csv = "a,b\n1,2\n3,\xFF\xFE\n";
  const auto reader = TableReader::open(bytes_of(csv), "list.csv");
  EXPECT_EQ(shown(*reader), "<a><b>\n<1><2>\n<3><\xEF\xBF\xBD\xEF\xBF\xBD>\n");
  const auto position = reader->position();
  EXPECT_EQ(position.row, 2U);
  EXPECT_EQ(position.bytes_read, csv.size());
  EXPECT_EQ(position.bytes_total, csv.size());
  EXPECT_EQ(position.bad_bytes, 2U);
}

TEST(Charset, IsFoundOut) {
  const std::string gb = "\xB5\xD8\xD6\xB7,\xB1\xE0\xBA\xC5\n\xB8\xDB\xBF\xDA\xD5\xF2,1\n";
  EXPECT_EQ(read_shown(gb, "list.csv"), "<地址><编号>\n<港口镇><1>\n");
  std::string late = "a,b\n";
  for (int i = 0; i < 100000; ++i) late += "x,1\n";
  const auto reader = TableReader::open(bytes_of(late + "\xB8\xDB\xBF\xDA\xD5\xF2,1\n"), "list.csv");
  std::vector<std::string> cells, last;
  while (reader->next(cells)) last = cells;
  EXPECT_EQ(last[0], "港口镇") << "the first byte that is not ASCII stands behind 400,000 that are";
  EXPECT_EQ(read_shown("地址\n港口\xFF镇\n", "list.csv"), "<地址>\n<港口\xEF\xBF\xBD镇>\n")
      << "broken UTF-8 is not taken for GB18030";
}

TEST(Charset, Gb18030IsDecodedAsItsRevisionOf2022Says) {
  TableOptions options;
  options.charset = Charset::gb18030;
  EXPECT_EQ(read_shown("a\n\xA6\xD9\xFE\x59\n\x82\x35\x8F\x33\n", "list.csv", options),
            "<a>\n<\uFE10\u9FB4>\n<\u9FA6>\n");
  EXPECT_EQ(read_shown("a\n\xFF\xB8\xDB\n", "list.csv", options), "<a>\n<\xEF\xBF\xBD港>\n");
}

TEST(Charset, ExcelsUnicodeTextIsRead) {
  // "地址\t号\r\n港\t1\r\n" in UTF-16LE.
  const std::string text("\x30\x57\x40\x57\x09\x00\xF7\x53\x0D\x00\x0A\x00\x2F\x6E\x09\x00\x31\x00\x0D\x00\x0A\x00",
                         22);
  EXPECT_EQ(read_shown("\xFF\xFE" + text, "list.txt"), "<地址><号>\n<港><1>\n");
  EXPECT_EQ(read_shown(text, "list.txt"), "<地址><号>\n<港><1>\n") << "without its mark";
}

TEST(Gzip, OneMemberAndSeveralAreRead) {
  const std::string one = gzipped("a,b\n1,2\n");
  EXPECT_EQ(read_shown(one, "list.csv.gz"), "<a><b>\n<1><2>\n");
  EXPECT_EQ(read_shown(one + gzipped("3,4\n") + gzipped(""), "list.csv.gz"), "<a><b>\n<1><2>\n<3><4>\n");
  EXPECT_EQ(read_shown(one + std::string(100, '\0'), "list.csv.gz"), "<a><b>\n<1><2>\n") << "padding behind it";
  EXPECT_EQ(read_shown(one, "list.csv"), "<a><b>\n<1><2>\n") << "whatever the name says";
}

TEST(Ndjson, ReadsObjects) {
  const ReadCase cases[] = {
      {"strings", "{\"a\":\"1\",\"b\":\"港\"}\n{\"a\":\"2\",\"b\":\"\"}\n", "<a><b>\n<1><港>\n<2><>\n"},
      {"other values keep their form", "{\"a\":1.50,\"b\":[1, {\"x\":null}],\"c\":true,\"d\":null}\n",
       "<a><b><c><d>\n<1.50><[1, {\"x\":null}]><true><null>\n"},
      {"escapes", "{\"a\\n\":\"\\u6e2f\\\"\\t\"}\n", "<a\n>\n<港\"\t>\n"},
      {"keys in another order and missing", "{\"a\":1,\"b\":2}\n{\"b\":4}\n{\"b\":6,\"a\":5}\n",
       "<a><b>\n<1><2>\n<><4>\n<5><6>\n"},
      {"keys that come later", "{\"a\":1}\n{\"a\":2,\"b\":3}\n", "<a><b>\n<1><>\n<2><3>\n"},
      {"blank lines, CR LF and a mark", "\xEF\xBB\xBF{\"a\":1}\r\n\r\n{\"a\":2}\r\n", "<a>\n<1>\n<2>\n"},
      {"half a character stays as it was written", "{\"a\":\"\\ud800\"}\n", "<a>\n<\"\\ud800\">\n"},
  };
  for (const auto& test : cases) EXPECT_EQ(read_shown(test.bytes, "list.ndjson"), test.table) << test.what;
}

TEST(Ndjson, AKeyMetFarBehindBecomesAColumnThere) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += "{\"a\":" + std::to_string(i) + "}\n";
  text += "{\"late\":\"x\"}\n";
  const auto reader = TableReader::open(bytes_of(text), "list.ndjson");
  EXPECT_EQ(reader->columns(), std::vector<std::string>{"a"});
  RowView row;
  std::string last;
  while (reader->next_row(row)) last = row.cells.back();
  EXPECT_EQ(last, "x");
  EXPECT_EQ(reader->columns(), (std::vector<std::string>{"a", "late"}));
}

TEST(Format, IsToldByNameOrByContent) {
  EXPECT_EQ(format_of_name("x/a.CSV.gz"), TableFormat::csv);
  EXPECT_EQ(format_of_name("a.jsonl"), TableFormat::ndjson);
  EXPECT_EQ(format_of_name("a.xlsx"), TableFormat::xlsx);
  EXPECT_EQ(format_of_name("a.tab"), TableFormat::tsv);
  EXPECT_EQ(format_of_name("a.doc"), std::nullopt);
  EXPECT_EQ(format_of_name("a"), std::nullopt);
  EXPECT_EQ(TableReader::open(bytes_of("{\"a\":1}\n"), "standard input")->format(), TableFormat::ndjson);
  EXPECT_EQ(TableReader::open(bytes_of("a\tb\n1\t2\n"), "standard input")->columns().size(), 2U);
}

TEST(Column, IsFoundByNameLikenessOrNumber) {
  const std::vector<std::string> columns{"序号", " 企业 名称", "Reg_Address", "注册地址", "2023"};
  EXPECT_EQ(find_column(columns, "序号"), 0U);
  EXPECT_EQ(find_column(columns, "企业名称"), 1U);
  EXPECT_EQ(find_column(columns, "reg address"), 2U);
  EXPECT_EQ(find_column(columns, "2023"), 4U);
  EXPECT_EQ(find_column(columns, "3"), 2U);
  EXPECT_EQ(find_column(columns, ""), 3U);
  EXPECT_EQ(find_column({"x"}, ""), 0U);
  EXPECT_EQ(find_column({"id", "户籍所在地址"}, ""), 1U);
  try {
    find_column(columns, "门牌");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::bad_request);
    EXPECT_EQ(std::string(error.what()),
              "There is no column \"门牌\". The columns are: 序号,  企业 名称, Reg_Address, 注册地址, 2023.");
  }
  EXPECT_THROW(find_column({"a", "b"}, ""), Error);
}

}  // namespace
}  // namespace menpai::intake

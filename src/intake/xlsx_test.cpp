// SPDX-License-Identifier: Apache-2.0
// What is read from workbooks: values as their writers see them.
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "intake/test_tables.hpp"
#include "intake/xlsx_values.hpp"

namespace menpai::intake {
namespace {

std::string text_cell(const std::string& place, const std::string& text) {
  return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}
std::string read_book(const BookParts& parts, const TableOptions& options = {}) {
  const std::string bytes = workbook(parts);
  return shown(*TableReader::open(bytes_of(bytes), "list.xlsx", options));
}

TEST(NumberText, IsWhatTheWriterSees) {
  struct Case {
    const char* stored;
    const char* format;
    const char* text;
  };
  const Case cases[] = {
      {"5", "General", "5"},
      {"5.0", "General", "5"},
      {"0.10000000000000001", "General", "0.1"},
      {"4.4200000000000001E+17", "General", "442000000000000000"},
      {"118.08912300000001", "0.000000", "118.089123"},
      {"1.5E-5", "General", "0.000015"},
      {"-12", "General", "-12"},
      {"350203", "000000", "350203"},
      {"1203", "000000", "001203"},
      {"43529", "yyyy/m/d", "2019-03-05"},
      {"43529", "yyyy\"年\"m\"月\"d\"日\"", "2019-03-05"},
      {"43529.572916666664", "yyyy-mm-dd hh:mm", "2019-03-05 13:45:00"},
      {"43529.572916666664", "yyyy/m/d", "2019-03-05 13:45:00"},
      {"0.5", "h:mm", "12:00:00"},
      {"1", "yyyy/m/d", "1900-01-01"},
      {"59", "yyyy/m/d", "1900-02-28"},
      {"61", "yyyy/m/d", "1900-03-01"},
      {"0.25", "[$-804]h:mm", "06:00:00"},
      {"43529", "[$-404]e/m/d", "2019-03-05"},
      {"12345.678", "#,##0.00", "12345.678"},
      {"12000", "0.00E+00", "12000"},
      {"0.5", "\"day\"0%", "0.5"},
      {"not a number", "yyyy/m/d", "not a number"},
      {"-1", "yyyy/m/d", "-1"},
  };
  for (const auto& test : cases)
    EXPECT_EQ(number_text(test.stored, parse_number_format(test.format), false), test.text)
        << test.stored << " as " << test.format;
  EXPECT_EQ(number_text("42067", builtin_number_format(14), true), "2019-03-05");
  EXPECT_EQ(number_text("43529", builtin_number_format(31), false), "2019-03-05");
}

TEST(Xlsx, ReadsEveryKindOfCell) {
  BookParts parts;
  parts.shared_strings =
      "<si><t>地址</t></si><si><r><t>港口镇</t></r><r><t xml:space=\"preserve\"> 兴港路</t></r>"
      "<rPh sb=\"0\" eb=\"1\"><t>gangkou</t></rPh></si><si><t>x_x000D_y</t></si>";
  parts.styles =
      "<numFmts><numFmt numFmtId=\"176\" formatCode=\"000000\"/></numFmts><cellStyleXfs><xf "
      "numFmtId=\"14\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/></cellXfs>";
  parts.sheet_data = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>" + text_cell("B1", "b") + text_cell("C1", "c") +
                     text_cell("D1", "d") + text_cell("E1", "e") +
                     "</row>"
                     "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>43529</v></c><c r=\"C2\" "
                     "s=\"2\"><v>42</v></c>"
                     "<c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\" t=\"e\"><v>#N/A</v></c></row>"
                     "<row r=\"5\"><c r=\"A5\"><v>1.0</v></c><c r=\"C5\" t=\"str\"><f>A1</f><v>f</v></c></row>"
                     "<row><c t=\"s\"><v>2</v></c><c><v>7</v></c></row>"
                     "<row r=\"9\"><c r=\"A9\" s=\"1\"/></row>";
  EXPECT_EQ(read_book(parts),
            "<地址><b><c><d><e>\n<港口镇 兴港路><2019-03-05><000042><TRUE><#N/A>\n<1><><f><><>\n<x\ry><7><><><>\n");
}

TEST(Xlsx, MergedCellsCountForEachRow) {
  BookParts parts;
  parts.sheet_data = "<row r=\"1\">" + text_cell("A1", "镇") + text_cell("B1", "号") + text_cell("C1", "注") + "</row>";
  for (int i = 2; i <= 5; ++i) {
    const std::string row = std::to_string(i);
    parts.sheet_data += "<row r=\"" + row + "\">" + (i == 2 ? text_cell("A2", "港口镇") : "") +
                        (i == 5 ? text_cell("A5", "东升镇") : "") + text_cell("B" + row, row) + "</row>";
  }
  parts.behind_sheet_data = "<mergeCells count=\"2\"><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"B5:C5\"/></mergeCells>";
  EXPECT_EQ(read_book(parts), "<镇><号><注>\n<港口镇><2><>\n<港口镇><3><>\n<港口镇><4><>\n<东升镇><5><>\n");
}

TEST(Xlsx, TitleLinesAboveTheHeaderAreLeftOutAndSaid) {
  BookParts parts;
  parts.sheet_data = "<row r=\"1\">" + text_cell("A1", "2019年企业名单") + "</row><row r=\"3\">" +
                     text_cell("A3", "a") + text_cell("B3", "b") + "</row><row r=\"4\">" + text_cell("A4", "1") +
                     text_cell("B4", "2") + "</row>";
  parts.behind_sheet_data = "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>";
  const std::string bytes = workbook(parts);
  const auto reader = TableReader::open(bytes_of(bytes), "list.xlsx");
  EXPECT_EQ(shown(*reader), "<a><b>\n<1><2>\n");
  EXPECT_NE(reader->note().find("2019年企业名单"), std::string::npos) << reader->note();
  EXPECT_NE(reader->note().find("表二"), std::string::npos) << reader->note();
}

TEST(Xlsx, ASheetIsChosenByName) {
  BookParts parts;
  parts.sheet_data = "<row r=\"1\">" + text_cell("A1", "甲") + "</row><row r=\"2\">" + text_cell("A2", "1") + "</row>";
  EXPECT_EQ(read_book(parts), "<甲>\n<1>\n");
  TableOptions options;
  options.sheet = "表二";
  EXPECT_EQ(read_book(parts, options), "<乙>\n");
  options.sheet = "表三";
  try {
    read_book(parts, options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()), "list.xlsx has no sheet \"表三\". Its sheets are: 表一, 表二.");
  }
}

TEST(Xlsx, RowsOverManyBlocksAreWhole) {
  BookParts parts;
  std::string expected = "<a><b>\n";
  parts.sheet_data = "<row r=\"1\">" + text_cell("A1", "a") + text_cell("B1", "b") + "</row>";
  for (int i = 2; i < 20000; ++i) {
    const std::string row = std::to_string(i);
    const std::string text = "兴港中路" + row + "号";
    parts.sheet_data +=
        "<row r=\"" + row + "\">" + text_cell("A" + row, text) + "<c r=\"B" + row + "\"><v>" + row + "</v></c></row>";
    expected += "<" + text + "><" + row + ">\n";
  }
  EXPECT_EQ(read_book(parts), expected);
  const std::string bytes = workbook(parts);
  EXPECT_EQ(shown(*TableReader::open(in_pieces(bytes, 1000), "standard input")), expected) << "from a pipe";
}

TEST(CellPlace, IsReadFromItsName) {
  EXPECT_EQ(parse_cell_place("A1")->column, 0U);
  EXPECT_EQ(parse_cell_place("AB12")->column, 27U);
  EXPECT_EQ(parse_cell_place("AB12")->row, 12U);
  for (const char* wrong : {"", "A", "1", "A0", "a1", "ABCDE1", "A1B"}) EXPECT_FALSE(parse_cell_place(wrong)) << wrong;
}

}  // namespace
}  // namespace menpai::intake

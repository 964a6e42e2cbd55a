// SPDX-License-Identifier: Apache-2.0
// What is written: quoting, forms, whole files or none.
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "intake/row_format.hpp"
#include "intake/test_tables.hpp"

namespace menpai::intake {
namespace {

using Cells = std::vector<std::string_view>;

std::string written(TableFormat format, bool gzip, const std::vector<std::string>& columns,
                    const std::vector<Cells>& rows, const WriterOptions& options = {}) {
  std::string text;
  const auto writer = TableWriter::create(bytes_into(text), format, gzip, columns, options);
  for (const auto& row : rows) writer->row(row);
  writer->finish();
  return text;
}

TEST(Writer, QuotesOnlyWhatNeedsIt) {
  const std::vector<Cells> rows{{"x", "a,b"}, {"say \"no\"", "two\nlines"}, {"", "\r"}, {"tab\there", "\"quoted\""}};
  EXPECT_EQ(written(TableFormat::csv, false, {"a", "b"}, rows),
            "a,b\nx,\"a,b\"\n\"say \"\"no\"\"\",\"two\nlines\"\n,\"\r\"\ntab\there,\"\"\"quoted\"\"\"\n");
  EXPECT_EQ(written(TableFormat::tsv, false, {"a", "b"}, rows),
            "a\tb\nx\ta,b\nsay \"no\"\t\"two\nlines\"\n\t\"\r\"\n\"tab\there\"\t\"\"\"quoted\"\"\"\n");
}

TEST(Writer, QuotesACellWhereverInItTheReasonStands) {
  for (std::size_t length = 1; length <= 40; ++length) {
    const std::string plain(length, 'x');
    EXPECT_EQ(written(TableFormat::csv, false, {"a"}, {{plain}}), "a\n" + plain + "\n");
    for (std::size_t at = 0; at < length; ++at) {
      for (const char special : {',', '\n', '\r'}) {
        std::string cell = plain;
        cell[at] = special;
        EXPECT_EQ(written(TableFormat::csv, false, {"a"}, {{cell}}), "a\n\"" + cell + "\"\n") << length << " " << at;
      }
    }
  }
}

TEST(Writer, EveryFormReadsBackAsItWasWritten) {
  const std::vector<std::string> columns{"地址", "注"};
  const std::vector<Cells> rows{
      {"港口镇, \"兴港\"路\n1号", ""}, {"", ""}, {" 'x ", "=1+1"}, {"\"", "\"\"a\","}, {"a\tb", "\\"},
      {"\xF0\xA0\xAE\xB7", "_x000D_"}};
  std::string expected = "<地址><注>\n";
  for (const auto& row : rows) {
    for (const auto cell : row) expected += "<" + std::string(cell) + ">";
    expected += "\n";
  }
  for (const auto format : {TableFormat::csv, TableFormat::tsv, TableFormat::ndjson})
    for (const bool gzip : {false, true}) {
      const std::string bytes = written(format, gzip, columns, rows);
      TableOptions options;
      options.format = format;
      EXPECT_EQ(shown(*TableReader::open(bytes_of(bytes), "standard input", options)), expected)
          << table_format_name(format) << gzip;
    }
  const std::string book = written(TableFormat::xlsx, false, columns,
                                   {rows[0], rows[2], rows[3], rows[4], rows[5], {"a\x01z", "\xEF\xBF\xBE"}});
  EXPECT_EQ(shown(*TableReader::open(bytes_of(book), "list.xlsx")),
            "<地址><注>\n<港口镇, \"兴港\"路\n1号><>\n< 'x ><=1+1>\n<\"><\"\"a\",>\n<a\tb><\\>\n"
            "<\xF0\xA0\xAE\xB7><_x000D_>\n<a\x01z><\xEF\xBF\xBD>\n");
}

TEST(Writer, ARowOfOneEmptyCellIsNoBlankLine) {
  EXPECT_EQ(written(TableFormat::csv, false, {"a"}, {{""}, {"x"}}), "a\n\"\"\nx\n");
}

TEST(Writer, NdjsonKeepsValuesAndMakesNamesUnique) {
  std::string text;
  const auto writer = TableWriter::create(bytes_into(text), TableFormat::ndjson, false, {"a", "a", "", "a_2"});
  writer->write({"1.50", "x\"\\\n\x01", "null", "[1,2]", "more"},
                {CellKind::json, CellKind::text, CellKind::json, CellKind::json, CellKind::text});
  writer->write({"", "y", "", ""}, {CellKind::absent, CellKind::text, CellKind::absent, CellKind::absent});
  writer->finish();
  EXPECT_EQ(text,
            "{\"a\":1.50,\"a_3\":\"x\\\"\\\\\\n\\u0001\",\"column_3\":null,\"a_2\":[1,2],\"column_5\":\"more\"}\n"
            "{\"a_3\":\"y\"}\n");
}

TEST(Writer, FormulasAreMadeInertOnRequest) {
  WriterOptions options;
  options.inert_formulas = true;
  options.bom = true;
  EXPECT_EQ(written(TableFormat::csv, false, {"a", "b"},
                    {{"=1+1", "-2"}, {"+3", "@x"}, {"\tx", "a=1"}, {"=\"a\",b", "5-6"}}, options),
            "\xEF\xBB\xBF"
            "a,b\n'=1+1,'-2\n'+3,'@x\n'\tx,a=1\n\"'=\"\"a\"\",b\",5-6\n");
}

TEST(Writer, PackedPiecesFromOtherThreadsMakeOneGzip) {
  std::string text;
  const auto writer = TableWriter::create(bytes_into(text), TableFormat::csv, true, {"a"});
  std::string expected = "<a>\n";
  for (int piece = 0; piece < 50; ++piece) {
    std::string rows;
    for (int i = 0; i < 1000; ++i) {
      const std::string cell = std::to_string(piece * 1000 + i);
      writer->row_format()->append(rows, RowNames({"a"}), {cell}, {});
      expected += "<" + cell + ">\n";
    }
    writer->write_packed(writer->pack(std::move(rows)));
  }
  writer->finish();
  EXPECT_EQ(shown(*TableReader::open(bytes_of(text), "x.csv.gz")), expected);
}

TEST(Writer, AFileAppearsWhenItIsFinished) {
  const TestFolder folder;
  const auto file = folder / "out.csv";
  {
    const auto writer = TableWriter::create(file, std::nullopt, {"a"});
    writer->row({"1"});
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "nothing is to be seen before the end";
    writer->finish();
  }
  EXPECT_EQ(file_text(file), "a\n1\n");
  {
    const auto writer = TableWriter::create(file, std::nullopt, {"b"});
    writer->row({"2"});
  }
  EXPECT_EQ(file_text(file), "a\n1\n") << "what was not finished replaces nothing";
  for (const char* name : {"out.xlsx", "out.ndjson.gz", "out.tsv"}) {
    TableWriter::create(folder / name, std::nullopt, {"b"});
    EXPECT_FALSE(std::filesystem::exists(folder / name)) << name;
  }
}

TEST(Writer, WhatCannotBeWrittenIsSaid) {
  const TestFolder folder;
  auto message_of = [&](const std::filesystem::path& file) -> std::string {
    try {
      TableWriter::create(file, std::nullopt, {"a"});
    } catch (const Error& error) {
      return std::string(error_code_name(error.code())) + ": " + error.what();
    }
    return "written";
  };
  EXPECT_EQ(message_of(folder / "no/out.csv"),
            "not_found: There is no folder " + (folder / "no").string() + ". Make it, or write elsewhere.");
  EXPECT_EQ(message_of(folder.path()).substr(0, 11), "bad_request");
  EXPECT_EQ(message_of(folder / "out.xlsx.gz").substr(0, 11), "bad_request");
}

TEST(Writer, AFullDiskIsToldAndLeavesNothing) {
  const auto writer = TableWriter::create("/dev/full", TableFormat::csv, {"a"});
  try {
    const std::string cell(100000, 'x');
    for (int i = 0; i < 10; ++i) writer->row({cell});
    writer->finish();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::disk_full) << error.what();
  }
}

TEST(Writer, LongCellsAreCutOnlyInWorkbooksAndSaid) {
  std::string bytes;
  const auto writer = TableWriter::create(bytes_into(bytes), TableFormat::xlsx, false, {"a"});
  writer->row({std::string(40000, 'x')});
  writer->finish();
  EXPECT_NE(writer->note().find("1 cells are longer"), std::string::npos) << writer->note();
  EXPECT_EQ(shown(*TableReader::open(bytes_of(bytes), "x.xlsx")), "<a>\n<" + std::string(32767, 'x') + ">\n");
}

TEST(Writer, ATableLongerThanASheetGoesOnInTheNext) {
  std::string bytes;
  const auto writer = TableWriter::create(bytes_into(bytes), TableFormat::xlsx, false, {"a"});
  for (int i = 1; i <= 1048580; ++i) writer->row({i >= 1048576 ? "last" : "x"});
  writer->finish();
  EXPECT_NE(writer->note().find("1,048,576"), std::string::npos) << writer->note();
  TableOptions options;
  options.sheet = "Sheet2";
  EXPECT_EQ(shown(*TableReader::open(bytes_of(bytes), "x.xlsx", options)),
            "<a>\n<last>\n<last>\n<last>\n<last>\n<last>\n");
}

}  // namespace
}  // namespace menpai::intake

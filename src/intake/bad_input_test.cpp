// SPDX-License-Identifier: Apache-2.0
// Files that are no good: each gets one clear error that names it and says what to do.
#include <array>
#include <gtest/gtest.h>
#include <random>

#include "base/error.hpp"
#include "intake/test_tables.hpp"

namespace menpai::intake {
namespace {

using namespace std::string_literals;

struct BadCase {
  const char* what;
  std::string name;
  std::string bytes;
  ErrorCode code;
  const char* says;  ///< a part of the message
};

/// Opens and reads all of it; the error it ends with.
void expect_refused(const BadCase& test, const TableOptions& options = {}) {
  try {
    const auto reader = TableReader::open(bytes_of(test.bytes), test.name, options);
    RowView row;
    while (reader->next_row(row)) continue;
    ADD_FAILURE() << test.what << ": was read";
  } catch (const Error& error) {
    EXPECT_EQ(error_code_name(error.code()), error_code_name(test.code)) << test.what << ": " << error.what();
    EXPECT_NE(std::string(error.what()).find(test.says), std::string::npos) << test.what << ": " << error.what();
  }
}

std::string random_bytes(std::size_t size) {
  std::mt19937 random(1);
  std::string bytes(size, 0);
  for (char& c : bytes) c = static_cast<char>(random() & 0xFF);
  return bytes;
}

std::string good_book() {
  BookParts parts;
  parts.shared_strings = "<si><t>地址</t></si>";
  parts.sheet_data = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>";
  return workbook(parts);
}

TEST(BadInput, FilesThatAreNoTable) {
  const BadCase cases[] = {
      {"an empty file", "list.csv", "", ErrorCode::bad_request, "list.csv is empty"},
      {"an empty gzip", "list.csv.gz", gzipped(""), ErrorCode::bad_request, "is empty"},
      {"blank lines only", "list.csv", "\n\n\r\n", ErrorCode::bad_request, "is empty"},
      {"a byte order mark only", "list.csv", "\xEF\xBB\xBF", ErrorCode::bad_request, "is empty"},
      {"a header without names", "list.csv", ",,\n1,2,3\n", ErrorCode::bad_request, "--no-header"},
      {"random bytes", "list.csv", random_bytes(100000), ErrorCode::unsupported, "not text"},
      {"random bytes as NDJSON", "list.ndjson", random_bytes(100000), ErrorCode::unsupported, "not text"},
      {"a picture", "list.csv", "\x89PNG\r\n\x1A\n"s + random_bytes(100), ErrorCode::unsupported, "picture"},
      {"a PDF", "list.xlsx", "%PDF-1.7\n", ErrorCode::unsupported, "PDF"},
      {"an old workbook", "list.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s + random_bytes(100), ErrorCode::unsupported,
       "save it as .xlsx without a password"},
      {"a web page named .xls", "list.xls", "<html><table>", ErrorCode::unsupported, "web page"},
      {"text named .xlsx", "list.xlsx", "a,b\n1,2\n", ErrorCode::unsupported, "--format csv"},
      {"a JSON array", "list.ndjson", "[{\"a\":1}]", ErrorCode::unsupported, "jq -c"},
      {"broken JSON", "list.ndjson", "{\"a\":1}\n{\"a\":\n", ErrorCode::bad_request, "row 2 of list.ndjson"},
      {"two objects on a line", "list.ndjson", "{\"a\":1}{\"a\":2}\n", ErrorCode::bad_request, "row 1"},
      {"a damaged value", "list.ndjson", "{\"a\":[1,2 3]}\n", ErrorCode::bad_request, "row 1"},
      {"no object", "list.ndjson", "17\n", ErrorCode::bad_request, "row 1"},
  };
  for (const auto& test : cases) expect_refused(test);
}

TEST(BadInput, DamagedGzip) {
  std::string csv = "a,b\n";
  for (int i = 0; i < 100000; ++i) csv += std::to_string(i * 7919) + ",x\n";
  const std::string whole = gzipped(csv);
  expect_refused({"cut in the middle", "list.csv.gz", whole.substr(0, whole.size() / 2), ErrorCode::damaged,
                  "ends in the middle of its gzip data"});
  expect_refused({"cut in the checksum", "list.csv.gz", whole.substr(0, whole.size() - 3), ErrorCode::damaged,
                  "ends in the middle"});
  std::string flipped = whole;
  flipped[whole.size() - 6] = static_cast<char>(flipped[whole.size() - 6] ^ 1);
  expect_refused({"a wrong checksum", "list.csv.gz", flipped, ErrorCode::damaged, "damaged gzip file"});
  expect_refused({"only its magic", "list.csv.gz", "\x1F\x8B", ErrorCode::damaged, "ends in the middle"});
}

TEST(BadInput, GzipBombIsStopped) {
  std::string bomb;
  const std::string zeros = gzipped(std::string(std::size_t{64} << 20, 'x') + "\n");
  bomb = gzipped("a,b\n") + zeros + zeros + zeros;
  TableOptions options;
  options.limits.row_bytes = std::uint64_t{1} << 40;
  options.limits.cell_bytes = std::uint64_t{1} << 40;
  expect_refused({"a bomb", "list.csv.gz", bomb, ErrorCode::too_large, "zip bomb"}, options);
  options.limits.inflate_ratio = 1e9;
  options.limits.inflated_bytes = 1000000;
  expect_refused({"too much", "list.csv.gz", bomb, ErrorCode::too_large, "beyond the limit"}, options);
}

TEST(BadInput, RowsBeyondTheLimits) {
  TableOptions options;
  options.limits.cell_bytes = 1000;
  options.limits.row_bytes = 2000;
  options.limits.columns = 50;
  const std::string large(1001, 'x');
  const std::string wide = "1" + [] {
    std::string s;
    for (int i = 0; i < 60; ++i) s += ",1";
    return s;
  }();
  const BadCase cases[] = {
      {"a cell", "list.csv", "a,b\n" + large + ",2\n", ErrorCode::too_large, "row 1 of list.csv has a cell larger"},
      {"a quoted cell", "list.csv", "a,b\n\"" + large + "\",2\n", ErrorCode::too_large, "larger than"},
      {"a row", "list.csv", "a,b\n" + std::string(300000, 'x'), ErrorCode::too_large, "row 1 of list.csv is larger"},
      {"a row of cells", "list.csv",
       "a,b,c\n1\n" + std::string(900, 'x') + "," + std::string(900, 'x') + "," + std::string(900, 'x') + "\n",
       ErrorCode::too_large, "row 2"},
      {"columns", "list.csv", wide + "\n", ErrorCode::too_large, "columns"},
      {"cells", "list.csv", "a,b\n" + wide + "\n", ErrorCode::too_large, "cells"},
      {"a line of JSON", "list.ndjson", "{\"a\":\"" + std::string(300000, 'x') + "\"}", ErrorCode::too_large, "row 1"},
      {"a JSON cell", "list.ndjson", "{\"a\":1}\n{\"a\":\"" + large + "\"}\n", ErrorCode::too_large, "row 2"},
  };
  for (const auto& test : cases) expect_refused(test, options);
}

TEST(BadInput, QuotesCannotMakeReadingSlow) {
  // Each line opens a quote that nothing closes; reading stays linear because a wrong quote is looked for once.
  std::string csv = "a,b\n";
  for (int i = 0; i < 200000; ++i) csv += i % 2 == 0 ? "\"x,1\n" : "y,\"2\n";
  const auto reader = TableReader::open(bytes_of(csv), "list.csv");
  RowView row;
  while (reader->next_row(row)) continue;
  EXPECT_GT(reader->position().row, 0U);
}

TEST(BadInput, DamagedWorkbooks) {
  const std::string book = good_book();
  std::string overlap = book;
  // The second entry of the central directory points at the first one's bytes.
  const std::size_t first = overlap.find("PK\x01\x02");
  const std::size_t second = overlap.find("PK\x01\x02", first + 4);
  overlap.replace(second + 42, 4, overlap.substr(first + 42, 4));
  std::string flipped = book;
  const std::size_t sheet = flipped.find("xl/worksheets/sheet1.xml") + 40;
  flipped[sheet] = static_cast<char>(flipped[sheet] ^ 0x55);
  BookParts unknown_text;
  unknown_text.sheet_data = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>5</v></c></row>";
  BookParts doctype;
  doctype.doctype = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>";
  doctype.sheet_data = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
  BookParts deep;
  for (int i = 0; i < 100; ++i) deep.behind_sheet_data += "<x>";
  BookParts far;
  far.sheet_data = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>";
  const BadCase cases[] = {
      {"cut off", "list.xlsx", book.substr(0, book.size() / 2), ErrorCode::damaged, "damaged workbook"},
      {"only its magic", "list.xlsx", "PK\x03\x04", ErrorCode::damaged, "damaged workbook"},
      {"entries over each other", "list.xlsx", overlap, ErrorCode::damaged, "zip bomb"},
      {"a flipped byte", "list.xlsx", flipped, ErrorCode::damaged, "damaged workbook"},
      {"a text that is not there", "list.xlsx", workbook(unknown_text), ErrorCode::damaged, "row 1 names a text"},
      {"a document type", "list.xlsx", workbook(doctype), ErrorCode::damaged, "document type"},
      {"broken XML", "list.xlsx", workbook({"<row><c>", "", "", "", "", ""}), ErrorCode::damaged, "damaged workbook"},
      {"deep XML", "list.xlsx", workbook(deep), ErrorCode::damaged, "nested"},
      {"a cell far right", "list.xlsx", workbook(far), ErrorCode::too_large, "beyond column"},
      {"no rows", "list.xlsx", workbook({}), ErrorCode::bad_request, "is empty"},
      {"a plain zip", "list.xlsx", zipped({{"a.txt", "x"}}), ErrorCode::unsupported, "without a workbook"},
      {"a text document", "list.docx", zipped({{"word/document.xml", "x"}}), ErrorCode::unsupported, "text document"},
      {"an OpenDocument sheet", "list.ods", zipped({{"mimetype", "x"}, {"content.xml", "x"}}), ErrorCode::unsupported,
       "OpenDocument"},
      {"a binary workbook", "list.xlsb", zipped({{"xl/workbook.bin", "x"}}), ErrorCode::unsupported, ".xlsb"},
  };
  for (const auto& test : cases) expect_refused(test);
}

TEST(BadInput, WorkbookBombsAreStopped) {
  BookParts bomb;
  bomb.sheet_data = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>" + std::string(std::size_t{80} << 20, ' ');
  expect_refused({"a bomb", "list.xlsx", workbook(bomb), ErrorCode::too_large, "zip bomb"});

  BookParts strings;
  for (int i = 0; i < 1000; ++i) strings.shared_strings += "<si><t>" + std::string(1000, 'x') + "</t></si>";
  TableOptions options;
  options.limits.shared_string_bytes = 100000;
  expect_refused({"texts", "list.xlsx", workbook(strings), ErrorCode::too_large, "keep in memory"}, options);

  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 200; ++i) many.emplace_back("x" + std::to_string(i), "x");
  options.limits.package_entries = 100;
  expect_refused({"entries", "list.xlsx", zipped(many), ErrorCode::too_large, "more than 100 files"}, options);
}

TEST(BadInput, EveryCutOfAWorkbookIsRefusedOrRead) {
  const std::string book = good_book();
  for (std::size_t size = 0; size < book.size(); size += 13) {
    const std::string cut = book.substr(0, size);
    EXPECT_THROW(shown(*TableReader::open(bytes_of(cut), "list.xlsx")), Error) << size;
  }
  std::mt19937 random(7);
  for (int i = 0; i < 500; ++i) {
    std::string changed = book;
    for (int k = 0; k < 3; ++k) changed[random() % changed.size()] = static_cast<char>(random());
    try {
      shown(*TableReader::open(bytes_of(changed), "list.xlsx"));
    } catch (const Error&) {
    }
  }
}

TEST(BadInput, WhatIsNotThere) {
  const TestFolder folder;
  auto code_of = [&](const std::filesystem::path& file) {
    try {
      TableReader::open(file);
    } catch (const Error& error) {
      return std::string(error_code_name(error.code()));
    }
    return "read"s;
  };
  EXPECT_EQ(code_of(folder / "missing.csv"), "not_found");
  EXPECT_EQ(code_of(folder.path()), "bad_request");
}

}  // namespace
}  // namespace menpai::intake

// SPDX-License-Identifier: Apache-2.0
// What goes wrong: one line that says what to do, the right exit code, nothing half-written.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <sys/mount.h>
#include <unistd.h>
#include <zip.h>

#include "program.hpp"

namespace menpai::e2e {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// A workbook whose one sheet unpacks to some hundred megabytes of nothing.
void write_zip_bomb(const std::filesystem::path& file) {
  const std::string blanks(std::size_t{200} << 20, ' ');
  const std::string sheet = "<worksheet><sheetData>" + blanks + "</sheetData></worksheet>";
  const std::string relation =
      "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>";
  const std::string book = "<workbook><sheets><sheet name=\"s\" r:id=\"a\"/></sheets></workbook>";
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const auto& [name, content] : std::initializer_list<std::pair<const char*, const std::string*>>{
           {"xl/workbook.xml", &book}, {"xl/_rels/workbook.xml.rels", &relation}, {"xl/s.xml", &sheet}})
    zip_file_add(archive, name, zip_source_buffer(archive, content->data(), content->size(), 0), 0);
  ASSERT_EQ(zip_close(archive), 0);
}

TEST(BadInput, each_kind_gets_a_clear_error_and_leaves_no_output) {
  const Folder folder;
  std::mt19937 random(1);
  std::string junk(100000, 0);
  for (char& c : junk) c = static_cast<char>(random());
  write_file(folder / "empty.csv", "");
  write_file(folder / "header_only_blank.csv", ",,\n1,2,3\n");
  write_file(folder / "junk.csv", junk);
  write_file(folder / "broken.xlsx", "PK\x03\x04" + junk);
  write_file(folder / "text.xlsx", "a,b\n1,2\n");
  write_file(folder / "broken.csv.gz", std::string("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10) + junk);
  write_file(folder / "broken.ndjson", "{\"address\":\"x\"}\n{\"address\":\n");
  write_file(folder / "good.csv", "id,text\n1,中山市\n");
  write_file(folder / "large_cell.csv", "地址\n\"" + std::string(std::size_t{5} << 20, 'x') + "\"\n");
  write_zip_bomb(folder / "bomb.xlsx");
  struct Case {
    std::vector<std::string> arguments;
    int exit_code;
    const char* says;
  };
  const Case cases[] = {
      {{folder / "empty.csv"}, 3, "empty.csv is empty"},
      {{folder / "header_only_blank.csv"}, 3, "no column names"},
      {{folder / "junk.csv"}, 3, "junk.csv cannot be read as a table"},
      {{folder / "broken.xlsx"}, 3, "broken.xlsx is a damaged workbook"},
      {{folder / "text.xlsx"}, 3, "it is not an .xlsx workbook"},
      {{folder / "broken.csv.gz"}, 3, "damaged gzip file"},
      {{folder / "broken.ndjson"}, 3, "row 2 of broken.ndjson"},
      {{folder / "bomb.xlsx"}, 3, "zip bomb"},
      {{folder / "large_cell.csv"}, 3, "a cell larger than 4 MB"},
      {{folder / "missing.csv"}, 3, "missing.csv"},
      {{folder.path()}, 3, "is a folder"},
      {{"--column", "地址", folder / "good.csv"}, 3, "There is no column \"地址\". The columns are: id, text."},
      {{"--charset", "latin1", folder / "good.csv"}, 3, "There is no character set"},
      {{"--format", "pdf", folder / "good.csv"}, 2, "--format"},
      {{"--no-such-option", folder / "good.csv"}, 2, "--no-such-option"},
      {{"--region"}, 2, "--region"},
      {{"--set", "http.prot=1", folder / "good.csv"}, 3, "http.port"},
      {{"--threads", "-3", folder / "good.csv"}, 2, "--threads"},
  };
  for (const auto& test : cases) {
    std::vector<std::string> arguments{"clean", "-o", folder / "out.csv"};
    arguments.insert(arguments.end(), test.arguments.begin(), test.arguments.end());
    const Ran ran = menpai(folder, arguments);
    EXPECT_EQ(ran.exit_code, test.exit_code) << test.says << "\n" << ran.err;
    EXPECT_THAT(ran.err, StartsWith("menpai: "));
    EXPECT_THAT(ran.err, HasSubstr(test.says));
    EXPECT_EQ(ran.out, "");
    EXPECT_FALSE(std::filesystem::exists(folder / "out.csv")) << test.says;
    EXPECT_LT(ran.memory_peak_kb, 500 * 1024) << test.says;
    arguments.insert(arguments.begin() + 1, "--json");
    const Ran json = menpai(folder, arguments);
    EXPECT_EQ(json.exit_code, test.exit_code) << test.says;
    EXPECT_NO_THROW({
      EXPECT_THAT(std::string(boost::json::parse(json.err).at("error").at("message").as_string()),
                  HasSubstr(test.says));
    }) << json.err;
  }
}

TEST(BadInput, odd_but_readable_cells_are_cleaned) {
  const Folder folder;
  const std::string megabyte = "广东省中山市" + std::string(std::size_t{1} << 20, 'x');
  const Ran ran = menpai(folder, {"clean"}, "id,地址\n1,\"" + megabyte + "\"\n2,\n3,中山\xFF市\xC3\n4\n5,中山市,6,7\n");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const Table table = table_of(ran.out, "a.csv");
  ASSERT_EQ(table.rows.size(), 5U);
  EXPECT_EQ(table.cell(0, "地址"), megabyte);
  EXPECT_EQ(table.cell(2, "地址"), "中山\xEF\xBF\xBD市\xEF\xBF\xBD");
  EXPECT_EQ(table.cell(3, "mp_grade"), "none");
  EXPECT_EQ(table.rows[4].back(), "7") << "cells beyond the header stand at the end";
  EXPECT_THAT(ran.err, HasSubstr("2 bytes could not be read"));
}

TEST(BadInput, an_earlier_result_survives_a_failed_run) {
  const Folder folder;
  write_file(folder / "out.csv", "earlier\n");
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "{\"address\":\"中山市\"}\n";
  write_file(folder / "list.ndjson", text + "{broken\n");
  EXPECT_EQ(menpai(folder, {"clean", "-o", folder / "out.csv", folder / "list.ndjson"}).exit_code, 3);
  EXPECT_EQ(read_file(folder / "out.csv"), "earlier\n");
  EXPECT_THAT(folder.names(), testing::ElementsAre("list.ndjson", "out.csv"));
}

TEST(FullDisk, of_standard_output_is_told) {
  const Folder folder;
  write_file(folder / "list.csv", "地址\n中山市\n");
  for (const char* format : {"csv", "ndjson", "xlsx"}) {
    const Ran ran = menpai_into(folder, "/dev/full", {"clean", "--format", format, folder / "list.csv"});
    EXPECT_EQ(ran.exit_code, 5) << format << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("No space left on device")) << format;
  }
  EXPECT_EQ(menpai_into(folder, "/dev/full", {"find", "中山市"}).exit_code, 5);
}

/// A disk of a megabyte, where the machine lets us have one.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& folder) : m_folder(folder) {
    std::filesystem::create_directory(folder);
    m_there = ::mount("menpai-test", folder.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  ~SmallDisk() {
    if (m_there) ::umount(m_folder.c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool there() const { return m_there; }

 private:
  std::filesystem::path m_folder;
  bool m_there = false;
};

TEST(FullDisk, leaves_no_half_file) {
  const Folder folder;
  const SmallDisk disk(folder / "disk");
  // An ordinary user may not mount; for him a full device stands in, which the test above holds to the same.
  if (!disk.there()) return;
  std::string text = "id,地址\n";
  for (int i = 0; i < 30000; ++i)
    text += std::to_string(i * 7919) + ",广东省中山市港口镇兴港中路" + std::to_string(i) + "号\n";
  write_file(folder / "list.csv", text);
  write_file(folder / "disk/earlier.csv", "earlier\n");
  for (const char* name : {"out.csv", "out.ndjson", "out.xlsx", "earlier.csv"}) {
    const Ran ran = menpai(folder, {"clean", "-o", folder / "disk" / name, folder / "list.csv"});
    EXPECT_EQ(ran.exit_code, 5) << name << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("Free some space")) << name;
  }
  const Ran temporary = menpai(folder, {"clean", "-o", folder / "out.xlsx", folder / "list.csv"}, {}, folder / "disk");
  EXPECT_EQ(temporary.exit_code, 5) << temporary.err;
  EXPECT_FALSE(std::filesystem::exists(folder / "out.xlsx"));
  EXPECT_EQ(read_file(folder / "disk/earlier.csv"), "earlier\n");
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "disk"))
    names.push_back(entry.path().filename());
  EXPECT_THAT(names, testing::ElementsAre("earlier.csv"));
}

TEST(Help, every_command_explains_itself) {
  const Folder folder;
  const Ran root = menpai(folder, {"--help"});
  EXPECT_EQ(root.exit_code, 0);
  for (const char* command : {"clean", "match", "pairs", "parse", "find", "library", "import", "demo-town", "demo", "user",
                              "serve", "check", "migrate"}) {
    EXPECT_THAT(root.out, HasSubstr(std::string("\n  ") + command)) << root.out;
    const Ran help = menpai(folder, {command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_THAT(help.out, HasSubstr("Usage: menpai ")) << command;
  }
  EXPECT_THAT(menpai(folder, {"--version"}).out, StartsWith("menpai 0."));
  EXPECT_EQ(menpai(folder, {}).exit_code, 2);
  EXPECT_EQ(menpai(folder, {"no-such-command"}).exit_code, 2);
}

}  // namespace
}  // namespace menpai::e2e

// SPDX-License-Identifier: Apache-2.0
// Libraries that were damaged are refused, or, where a section is too large to be verified at once, do no harm.
#include <fstream>
#include <gtest/gtest.h>

#include "address/engine.hpp"
#include "address/library/flat_rows.hpp"
#include "address/library/tree.hpp"
#include "address/test_library.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

using testing::TemporaryFolder;

TEST(Library, TellsItsFacts) {
  const TemporaryFolder folder;
  testing::write_library(folder.file("a.lib"), testing::small_town());
  const auto library = Library::open(folder.file("a.lib"));
  EXPECT_EQ(library->facts().title, "invented town");
  EXPECT_EQ(library->facts().division_edition, "test");
  EXPECT_EQ(library->facts().addresses, testing::small_town().size());
  EXPECT_EQ(library->facts().bytes, std::filesystem::file_size(folder.file("a.lib")));
  EXPECT_EQ(library->facts().built_at.size(), 20U);
}

TEST(Library, StoresIdsThatAreTheCodesOnceAndMissingOnesNotAtAll) {
  const TemporaryFolder folder;
  std::vector<SourceAddress> rows = testing::small_town();
  const auto answered = [&](std::string_view name) {
    testing::write_library(folder.file(name), rows);
    Engine engine(Library::open(folder.file(name)));
    Answer answer;
    engine.clean("广东省中山市港口镇云岭花园2栋1单元302室", {}, answer);
    const auto file = LibraryFile::open(folder.file(name));
    return std::tuple(answer.id, answer.code, !file->section("row.ids").empty(), !file->section("row.codes").empty());
  };
  EXPECT_EQ(answered("both"), std::tuple("r2-1-302", "Cr2-1-302", true, true));
  for (SourceAddress& row : rows) row.id = row.code;
  EXPECT_EQ(answered("same"), std::tuple("Cr2-1-302", "Cr2-1-302", false, true));
  for (SourceAddress& row : rows) row.id.clear();
  EXPECT_EQ(answered("codes"), std::tuple("", "Cr2-1-302", false, true));
  for (SourceAddress& row : rows) row.code.clear();
  EXPECT_EQ(answered("none"), std::tuple("", "", false, false));
}

TEST(Library, RefusesCutAndChangedFiles) {
  const TemporaryFolder folder;
  testing::write_library(folder.file("a.lib"), testing::small_town());
  std::ifstream in(folder.file("a.lib"), std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto put = [&](std::string_view bytes) {
    std::ofstream(folder.file("b.lib"), std::ios::binary | std::ios::trunc) << bytes;
  };
  for (std::size_t i = 0; i < 60; ++i) {
    put(std::string_view(whole).substr(0, whole.size() * i / 60));
    EXPECT_THROW(Library::open(folder.file("b.lib")), Error) << i;
    std::string changed = whole;
    changed[whole.size() * i / 60 + i] = static_cast<char>(changed[whole.size() * i / 60 + i] ^ 4);
    put(changed);
    EXPECT_THROW(Library::open(folder.file("b.lib")), Error) << i;
  }
}

TEST(Library, NeverAnswersFromADamagedPartOfALargeFile) {
  const TemporaryFolder folder;
  std::vector<SourceAddress> rows = testing::small_town();
  for (int i = 0; i < 6000; ++i) {
    rows.push_back(testing::source(std::to_string(i), "广东省中山市古镇镇望江路" + std::to_string(i) + "号"));
    rows.back().code = std::string(900, static_cast<char>('a' + i % 20)) + std::to_string(i);
  }
  testing::write_library(folder.file("a.lib"), rows);
  ASSERT_GT(std::filesystem::file_size(folder.file("a.lib")), LibraryFile::small_file);
  std::ifstream in(folder.file("a.lib"), std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto answer_of = [](const std::filesystem::path& file, const char* text) {
    Engine engine(Library::open(file));
    Answer answer;
    engine.clean(text, {}, answer);
    return answer.address + answer.code + answer.id;
  };
  const char* const texts[] = {"广东省中山市港口镇云岭花园2栋1单元302室", "中山市古镇镇望江路4711号"};
  const std::string expected[] = {answer_of(folder.file("a.lib"), texts[0]), answer_of(folder.file("a.lib"), texts[1])};
  std::size_t refused = 0;
  for (std::size_t round = 0; round < 120; ++round) {
    const std::size_t at = 64 + (bytes.size() - 64) * round / 120 + round % 7;
    bytes[at] = static_cast<char>(bytes[at] ^ 16);
    std::ofstream(folder.file("b.lib"), std::ios::binary | std::ios::trunc) << bytes;
    for (const std::size_t i : {0U, 1U}) {
      try {
        EXPECT_EQ(answer_of(folder.file("b.lib"), texts[i]), expected[i]) << at;
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::damaged) << at;
        ++refused;
      }
    }
    EXPECT_THROW(Library::open(folder.file("b.lib"))->verify(), Error) << at;
    bytes[at] = static_cast<char>(bytes[at] ^ 16);
  }
  EXPECT_GT(refused, 0U);
}

/// Rewrites the sections of a library with one of them changed and all checksums right.
void write_changed(const LibraryFile& from, std::string_view section, std::size_t at, const std::filesystem::path& to) {
  LibraryFileWriter writer;
  for (const std::string_view name : from.section_names()) {
    const std::span<const std::byte> bytes = from.section(name);
    std::vector<std::byte> copy(bytes.begin(), bytes.end());
    if (name == section && at < copy.size()) copy[at] ^= std::byte{0x81};
    writer.add(name, std::move(copy), SectionTrust::checked_in_use);
  }
  writer.write(to);
}

TEST(Library, DoesNoHarmWithSectionsThatAreNotVerifiedAtOnce) {
  const TemporaryFolder folder;
  std::vector<SourceAddress> rows = testing::small_town();
  for (int i = 0; i < 30; ++i)
    rows.push_back(testing::source("f" + std::to_string(i), "鑫湖国贸中心" + std::to_string(i) + "号楼旁"));
  testing::write_library(folder.file("a.lib"), rows);
  const auto whole = LibraryFile::open(folder.file("a.lib"));
  for (const std::string_view section :
       {"tree.shapes", "tree.node_points", "row.ids", "row.codes", "row.texts", "point.bits", "point.ranks",
        "point.values", "gram.documents", "flat.rows", "flat.chars", "flat.items", "name.near"}) {
    const std::size_t size = whole->section(section).size();
    for (std::size_t at = 0; at < size; at += 1 + size / 40) {
      write_changed(*whole, section, at, folder.file("b.lib"));
      try {
        Engine engine(Library::open(folder.file("b.lib")));
        Answer answer;
        std::vector<Candidate> candidates;
        for (const char* text : {"广东省中山市港口镇云岭花园2栋1单元302室", "中山市港口镇星海大道5号", "鑫湖国贸7栋"}) {
          engine.clean(text, {}, answer);
          engine.match(text, {}, candidates);
        }
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::damaged);
      }
    }
  }
}

}  // namespace
}  // namespace menpai::address

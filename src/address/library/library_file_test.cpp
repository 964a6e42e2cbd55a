// SPDX-License-Identifier: Apache-2.0
// The container: what is written can be read, and nothing that was cut, changed or is foreign is taken for a library.
#include "address/library/library_file.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <numeric>

#include "address/test_library.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

using testing::TemporaryFolder;

std::vector<std::byte> bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto bytes = std::as_bytes(std::span<const char>(text));
  return {bytes.begin(), bytes.end()};
}

void put_bytes(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

void write_sample(const std::filesystem::path& file) {
  std::vector<std::uint32_t> numbers(1000);
  std::iota(numbers.begin(), numbers.end(), 0U);
  LibraryFileWriter writer;
  writer.add_array("numbers", std::span<const std::uint32_t>(numbers));
  writer.add_text("empty", "");
  writer.add_text("words", "星海大道", SectionTrust::checked_in_use);
  writer.write(file);
}

ErrorCode code_of_opening(const std::filesystem::path& file) {
  try {
    LibraryFile::open(file);
  } catch (const Error& error) {
    EXPECT_NE(std::string_view(error.what()).find("menpai library build"), std::string_view::npos) << error.what();
    return error.code();
  }
  ADD_FAILURE() << "was opened";
  return ErrorCode::internal;
}

TEST(Checksum, AgreesWithThePublishedValuesOfXxh64) {
  EXPECT_EQ(checksum({}), 0xEF46DB3751D8E999U);
  const std::string_view abc = "abc";
  EXPECT_EQ(checksum(std::as_bytes(std::span<const char>(abc))), 0x44BC2CF5AD770999U);
}

TEST(LibraryFile, GivesBackWhatWasWritten) {
  const TemporaryFolder folder;
  write_sample(folder.file("a.lib"));
  const auto file = LibraryFile::open(folder.file("a.lib"));
  const std::span<const std::uint32_t> numbers = file->array<std::uint32_t>("numbers");
  ASSERT_EQ(numbers.size(), 1000U);
  EXPECT_EQ(numbers[999], 999U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % 64, 0U);
  EXPECT_EQ(file->text("words"), "星海大道");
  EXPECT_TRUE(file->section("empty").empty());
  EXPECT_TRUE(file->section("nothing of that name").empty());
  EXPECT_EQ(file->digest().size(), 64U);
  EXPECT_NO_THROW(file->verify());
}

TEST(LibraryFile, LeavesNothingBesideTheFile) {
  const TemporaryFolder folder;
  write_sample(folder.file("a.lib"));
  write_sample(folder.file("a.lib"));
  const auto begin = std::filesystem::directory_iterator(folder.file(""));
  EXPECT_EQ(std::distance(begin, std::filesystem::directory_iterator()), 1);
}

TEST(LibraryFile, SaysWhereItCouldNotWrite) {
  const TemporaryFolder folder;
  EXPECT_THROW(write_sample(folder.file("no such folder/a.lib")), Error);
}

TEST(LibraryFile, RefusesWhatIsNotThereOrForeign) {
  const TemporaryFolder folder;
  EXPECT_THROW(LibraryFile::open(folder.file("missing")), Error);
  put_bytes(folder.file("empty"), {});
  EXPECT_EQ(code_of_opening(folder.file("empty")), ErrorCode::unsupported);
  const std::string_view text = "id\taddress\n1\t星海大道1号\n";
  put_bytes(folder.file("table.tsv"), std::as_bytes(std::span<const char>(text)));
  EXPECT_EQ(code_of_opening(folder.file("table.tsv")), ErrorCode::unsupported);
  EXPECT_EQ(code_of_opening(folder.file("")), ErrorCode::unsupported);
}

TEST(LibraryFile, RefusesAnotherVersionByItsNumber) {
  const TemporaryFolder folder;
  write_sample(folder.file("a.lib"));
  std::vector<std::byte> bytes = bytes_of(folder.file("a.lib"));
  bytes[12] = std::byte{99};
  put_bytes(folder.file("a.lib"), bytes);
  EXPECT_EQ(code_of_opening(folder.file("a.lib")), ErrorCode::unsupported);
}

TEST(LibraryFile, RefusesEveryCut) {
  const TemporaryFolder folder;
  write_sample(folder.file("whole.lib"));
  const std::vector<std::byte> bytes = bytes_of(folder.file("whole.lib"));
  for (std::size_t length = 1; length < bytes.size(); length += 97) {
    put_bytes(folder.file("cut.lib"), std::span(bytes).first(length));
    EXPECT_THROW(LibraryFile::open(folder.file("cut.lib")), Error) << length;
  }
}

TEST(LibraryFile, RefusesEveryChangedByte) {
  const TemporaryFolder folder;
  write_sample(folder.file("whole.lib"));
  std::vector<std::byte> bytes = bytes_of(folder.file("whole.lib"));
  for (std::size_t at = 0; at < bytes.size(); at += at < 512 ? 1 : 61) {
    bytes[at] ^= std::byte{0x20};
    put_bytes(folder.file("changed.lib"), bytes);
    EXPECT_THROW(LibraryFile::open(folder.file("changed.lib")), Error) << at;
    bytes[at] ^= std::byte{0x20};
  }
}

}  // namespace
}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// A replaced library is in use at the next question; a bad one never is.
#include "app/library_watch.hpp"

#include <atomic>
#include <fstream>
#include <gtest/gtest.h>
#include <thread>

#include "address/test_library.hpp"
#include "app/engine_pool.hpp"
#include "base/error.hpp"

namespace menpai::app {
namespace {

using address::testing::source;
using address::testing::TemporaryFolder;

void write_numbers(const std::filesystem::path& file, const std::string& id) {
  address::testing::write_library(file, {source(id, "广东省中山市港口镇星海大道1号")});
}

std::string id_of(EnginePool& engines) {
  Answer answer;
  engines.take()->clean("广东省中山市港口镇星海大道1号", {}, answer);
  return answer.id;
}

TEST(LibraryWatch, TakesTheNewFileAtTheNextQuestion) {
  const TemporaryFolder folder;
  const auto file = folder.file("library.mpl");
  LibraryWatch watch([&] { return file; });
  EXPECT_EQ(watch.get(), nullptr);
  EnginePool engines([&] { return watch.get(); });
  write_numbers(file, "first");
  EXPECT_EQ(id_of(engines), "first");
  const auto kept = watch.get();
  EXPECT_EQ(watch.get(), kept);
  write_numbers(file, "second");
  EXPECT_EQ(id_of(engines), "second");
  EXPECT_NE(watch.get(), kept);
}

TEST(LibraryWatch, KeepsTheOldOneWhereTheNewOneIsBadOrGone) {
  const TemporaryFolder folder;
  const auto file = folder.file("library.mpl");
  write_numbers(file, "good");
  LibraryWatch watch([&] { return file; });
  EnginePool engines([&] { return watch.get(); });
  EXPECT_EQ(id_of(engines), "good");
  std::ofstream(folder.file("bad")) << "no library";
  std::filesystem::rename(folder.file("bad"), file);
  EXPECT_EQ(id_of(engines), "good");
  std::filesystem::remove(file);
  EXPECT_EQ(id_of(engines), "good");
  write_numbers(file, "better");
  EXPECT_EQ(id_of(engines), "better");
}

TEST(LibraryWatch, NeverShowsHalfAFileToThoseWhoAskMeanwhile) {
  const TemporaryFolder folder;
  const auto file = folder.file("library.mpl");
  write_numbers(file, "0");
  LibraryWatch watch([&] { return file; });
  EnginePool engines([&] { return watch.get(); });
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::thread asking([&] {
    int last = 0;
    while (!done) {
      const std::string id = id_of(engines);
      if (id.empty() || std::stoi(id) < last) ++wrong;
      if (!id.empty()) last = std::stoi(id);
    }
  });
  for (int i = 1; i <= 10; ++i) write_numbers(file, std::to_string(i));
  done = true;
  asking.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(id_of(engines), "10");
}

}  // namespace
}  // namespace menpai::app

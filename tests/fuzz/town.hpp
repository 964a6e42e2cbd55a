// SPDX-License-Identifier: Apache-2.0
// The invented town that the fuzzers ask about, as a library on the disk.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

#include "address/test_library.hpp"

namespace menpai::fuzz {

/// A folder in memory where the system has one, else in the usual place for temporary files; goes with the object.
class Folder {
 public:
  Folder() {
    const char* const memory = "/dev/shm";
    const bool usable = access(memory, W_OK) == 0;
    std::string path =
        (usable ? std::filesystem::path(memory) : std::filesystem::temp_directory_path()) / "menpai-fuzz-XXXXXX";
    if (mkdtemp(path.data()) == nullptr) std::abort();
    m_path = path;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path file(const char* name) const { return m_path / name; }

 private:
  std::filesystem::path m_path;
};

/// The small town with points, a row outside the tree and an alias.
inline void write_town(const std::filesystem::path& file) {
  std::vector<address::SourceAddress> rows = address::testing::small_town();
  double step = 0;
  for (address::SourceAddress& row : rows) row.point = geo::LonLat{113.5 + (step += 1e-4), 22.5 + step / 3};
  rows.push_back(address::testing::source("shed", "无名仓库对面空地"));
  rows.push_back(address::testing::source("lane", "广东省中山市港口镇星虹五巷12号", {"港口镇老虹巷12号"}));
  address::testing::write_library(file, rows);
}

}  // namespace menpai::fuzz

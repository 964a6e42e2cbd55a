// SPDX-License-Identifier: Apache-2.0
// Runs the built program and tells what it did.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace menpai::e2e {

/// A folder that goes away with the test.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(std::string_view name) const { return m_path / name; }
  const std::filesystem::path& path() const { return m_path; }
  /// Names of what lies in it, hidden files too, in order.
  std::vector<std::string> names() const;

 private:
  std::filesystem::path m_path;
};

struct Ran {
  int exit_code = -1;  ///< 128 + the signal's number if one ended it
  std::string out;
  std::string err;
  long memory_peak_kb = 0;
};

/// Runs `menpai ARGUMENTS…` with its data folder inside `folder`. `input` is its standard input. `temporary` is where
/// it may keep temporary files; empty: as usual.
Ran menpai(const Folder& folder, const std::vector<std::string>& arguments, std::string_view input = {},
           const std::filesystem::path& temporary = {});
/// The same with standard output to that file or device.
Ran menpai_into(const Folder& folder, const std::filesystem::path& output, const std::vector<std::string>& arguments);
/// Starts it with a standard input that stays open; the caller ends it.
struct Started {
  pid_t process;
  int input;
};
Started start_menpai(const Folder& folder, const std::vector<std::string>& arguments);

void write_file(const std::filesystem::path& file, std::string_view bytes);
std::string read_file(const std::filesystem::path& file);

/// A table file in full: the header, then the rows, as texts.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  /// The cell of that column in that row; fails the test if there is no such column.
  std::string cell(std::size_t row, std::string_view column) const;
};
Table read_table(const std::filesystem::path& file);
/// The table in `bytes`, in the form that `name` says.
Table table_of(const std::string& bytes, std::string_view name);

}  // namespace menpai::e2e

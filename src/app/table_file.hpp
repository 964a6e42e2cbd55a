// SPDX-License-Identifier: Apache-2.0
// Tables in files as the commands name them, and what is told of a run over one.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model/level.hpp"

namespace menpai::app {

struct TableFileInput {
  std::filesystem::path file = "-";  ///< "-" is standard input
  std::string format;                ///< csv, tsv, xlsx, ndjson; empty: by the ending or the content
  std::string charset;               ///< utf8, gb18030, utf16le, utf16be; empty: found out
  std::string column;                ///< the one that holds the address; empty: the likely one
  std::string sheet;                 ///< of a workbook; empty: the first
  std::string delimiter;             ///< of CSV: one character, or "tab"; empty: found out
  bool header = true;
};

struct TableFileOutput {
  std::filesystem::path file = "-";  ///< "-" is standard output
  std::string format;                ///< empty: by the ending, else `form_otherwise`
  bool inert_formulas = false;       ///< ' in front of cells that a spreadsheet would run
  bool bom = false;                  ///< begin CSV with a byte order mark, for Excel
};

struct FileProgress {
  std::uint64_t rows = 0;
  std::uint64_t bytes_read = 0;
  std::uint64_t bytes_total = 0;  ///< 0 if not known
};
/// Called a few times a second from the thread that asked.
using WatchFile = std::function<void(const FileProgress&)>;

struct FileSummary {
  std::uint64_t rows_in = 0;
  std::uint64_t rows_out = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t bad_bytes = 0;                        ///< bytes of the input that its character set does not have
  std::array<std::uint64_t, 4> by_grade{};         ///< by Grade
  std::array<std::uint64_t, level_count> by_level{};  ///< by Level
  double seconds = 0;
  std::string column;              ///< the address column that was read
  std::vector<std::string> notes;  ///< what the person who ran it must know
};

}  // namespace menpai::app

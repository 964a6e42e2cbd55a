// SPDX-License-Identifier: Apache-2.0
// What commands say: reports for people and for machines, errors in one form.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "app/table_file.hpp"
#include "base/json_text.hpp"

namespace menpai::cli {

/// "1,234,567".
std::string with_commas(std::uint64_t number);
/// "12.3 %".
std::string percent(std::uint64_t part, std::uint64_t whole);
/// "1.2 s", "3 min 20 s".
std::string duration_text(double seconds);
/// "17.5 MB".
std::string bytes_text(std::uint64_t bytes);

/// Prints to standard output and sees that it arrived. Throws disk_full and the like.
void print_out(std::string_view text);
/// Prints to standard error.
void print_note(std::string_view text);

/// The summary of a run over a table: rows in and out, shares by grade and level, speed, notes.
std::string summary_text(const app::FileSummary& summary, bool with_grades);
std::string summary_json(const app::FileSummary& summary, bool with_grades);

/// Prints a failure to standard error, `menpai: …` or {"error":{code, message}}, and returns the exit code.
int report_failure(const std::exception& failure, bool json);

}  // namespace menpai::cli

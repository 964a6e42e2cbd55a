// SPDX-License-Identifier: Apache-2.0
// What commands say: reports for people and for machines, errors in one form.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "app/table_file.hpp"

namespace menpai::cli {

/// One JSON object, fields in the order of adding.
class JsonObject {
 public:
  JsonObject& add(std::string_view key, std::string_view text);
  JsonObject& add(std::string_view key, const char* text) { return add(key, std::string_view(text)); }
  JsonObject& add(std::string_view key, std::uint64_t number);
  JsonObject& add(std::string_view key, double number);
  JsonObject& add(std::string_view key, bool value);
  JsonObject& add(std::string_view key, const std::vector<std::string>& texts);
  /// `json` is the text of a JSON value.
  JsonObject& add_json(std::string_view key, std::string_view json);
  std::string text() const { return m_text + "}"; }

 private:
  void begin(std::string_view key);
  std::string m_text = "{";
};

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

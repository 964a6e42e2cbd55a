// SPDX-License-Identifier: Apache-2.0
// Reports as text and as JSON.
#include "cli/report.hpp"

#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <new>
#include <unistd.h>

#include "base/error.hpp"
#include "base/json_text.hpp"

namespace menpai::cli {
namespace {

std::string formatted(const char* format, double number) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, number);
  return text.data();
}

double rows_per_second(const app::FileSummary& summary) {
  return summary.seconds > 0 ? static_cast<double>(summary.rows_out) / summary.seconds : 0;
}

constexpr std::string_view level_titles[level_count] = {"无",   "省",   "市",   "区县", "镇街", "村居", "组",
                                                        "地名", "门牌", "楼栋", "单元", "楼层", "户室"};

}  // namespace

std::string with_commas(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return formatted("%.1f %%", whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string duration_text(double seconds) {
  if (seconds < 60) return formatted(seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  const auto minutes = static_cast<std::uint64_t>(seconds / 60);
  return std::to_string(minutes) + " min " + formatted("%.0f s", seconds - static_cast<double>(minutes * 60));
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < 10000) return with_commas(bytes) + " bytes";
  if (bytes < 10000000) return formatted("%.1f KB", static_cast<double>(bytes) / 1e3);
  if (bytes < 10000000000) return formatted("%.1f MB", static_cast<double>(bytes) / 1e6);
  return formatted("%.1f GB", static_cast<double>(bytes) / 1e9);
}

void print_out(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw_errno("write standard output");
}

void print_note(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

std::string summary_text(const app::FileSummary& summary, bool with_grades) {
  std::string text = with_commas(summary.rows_in) + " rows in, " + with_commas(summary.rows_out) + " rows out, " +
                     duration_text(summary.seconds) + ", " +
                     with_commas(static_cast<std::uint64_t>(std::llround(rows_per_second(summary)))) +
                     " rows/s (column " + summary.column + ")\n";
  if (with_grades && summary.rows_out > 0) {
    text += "  grade";
    for (const Grade grade : {Grade::a, Grade::b, Grade::c, Grade::none}) {
      const std::uint64_t count = summary.by_grade[static_cast<std::size_t>(grade)];
      text.append("  ").append(grade_name(grade)).append(" ").append(with_commas(count));
      text += " (" + percent(count, summary.rows_out) + ")";
    }
    text += "\n  level";
    for (std::size_t level = 0; level < level_count; ++level) {
      const std::uint64_t count = summary.by_level[level];
      if (count == 0) continue;
      text.append("  ").append(level_name(static_cast<Level>(level))).append(" ").append(level_titles[level]);
      text += " " + with_commas(count) + " (" + percent(count, summary.rows_out) + ")";
    }
    text += "\n";
  }
  for (const auto& note : summary.notes) text += "  note: " + note + "\n";
  return text;
}

std::string summary_json(const app::FileSummary& summary, bool with_grades) {
  JsonObject object;
  object.add("rows_in", summary.rows_in).add("rows_out", summary.rows_out).add("column", summary.column);
  if (with_grades) {
    JsonObject grades, levels;
    for (const Grade grade : {Grade::a, Grade::b, Grade::c, Grade::none})
      grades.add(grade_name(grade), summary.by_grade[static_cast<std::size_t>(grade)]);
    for (std::size_t level = 0; level < level_count; ++level)
      levels.add(level_name(static_cast<Level>(level)), summary.by_level[level]);
    object.add_json("grade_count", grades.text()).add_json("level_count", levels.text());
  }
  object.add("seconds", summary.seconds).add("rows_per_second", rows_per_second(summary));
  object.add("bytes_in", summary.bytes_in).add("bad_bytes", summary.bad_bytes).add("notes", summary.notes);
  return object.text() + "\n";
}

int report_failure(const std::exception& failure, bool json) {
  ErrorCode code = ErrorCode::internal;
  std::string message = failure.what();
  if (const auto* error = dynamic_cast<const Error*>(&failure)) {
    code = error->code();
  } else if (dynamic_cast<const std::bad_alloc*>(&failure) != nullptr) {
    code = ErrorCode::unavailable;
    message = "There is not enough memory. End other programs, or use fewer --threads.";
  } else {
    message = "Something went wrong that should not: " + message + ". Please report it with the command line.";
  }
  if (json)
    print_note(JsonObject()
                   .add_json("error", JsonObject().add("code", error_code_name(code)).add("message", message).text())
                   .text() +
               "\n");
  else
    print_note("menpai: " + message + "\n");
  return exit_code(code);
}

}  // namespace menpai::cli

// SPDX-License-Identifier: Apache-2.0
// Rules on single files: licence, length, words, where SQL may stand.
#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <regex>
#include <set>

#include "tests/tidy/cpp_source.hpp"
#include "tests/tidy/repository.hpp"

namespace menpai::tidy {
namespace {

constexpr std::size_t file_lines_max = 600;
constexpr std::size_t header_lines_max = 300;
constexpr std::size_t function_lines_max = 70;
constexpr std::size_t file_bytes_max = 1 << 20;

/// These files hold the forbidden words as their subject.
bool is_rule(const File& file) {
  return file.starts_with("tests/tidy/");
}

TEST(Sources, every_source_names_its_licence_first) {
  Findings findings;
  for (const File& file : repository()) {
    // A statement goes to the server as it stands; the licence of sql/ is the repository's.
    if (!file.is_source() || file.ends_with(".sql")) continue;
    const std::size_t depth = std::min<std::size_t>(file.lines.size(), 2);
    const bool named =
        std::any_of(file.lines.begin(), file.lines.begin() + static_cast<std::ptrdiff_t>(depth),
                    [](auto& line) { return line.find("SPDX-License-Identifier: Apache-2.0") != line.npos; });
    if (!named) findings.add(file, 1, "has no line SPDX-License-Identifier: Apache-2.0");
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

/// "src/a/b.hpp" for "src/a/b.cpp", "src/a/b_test.cpp", "src/a/b_pgtest.cpp" and "src/a/b_bench.cpp".
std::string header_of(std::string path) {
  path.resize(path.size() - std::string_view(".cpp").size());
  for (const std::string_view kind : {"_test", "_pgtest", "_bench"}) {
    if (path.ends_with(kind)) path.resize(path.size() - kind.size());
  }
  return path + ".hpp";
}

TEST(Sources, every_cpp_file_or_its_header_says_in_the_second_line_what_it_is_for) {
  std::set<std::string, std::less<>> paths;
  for (const File& file : repository()) paths.insert(file.path);
  Findings findings;
  for (const File& file : repository()) {
    if (!file.is_cpp() || (file.lines.size() > 1 && file.lines[1].starts_with("// "))) continue;
    if (file.ends_with(".hpp") || !paths.contains(header_of(file.path))) findings.add(file, 2, "says no purpose");
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Sources, files_are_short) {
  Findings findings;
  for (const File& file : repository()) {
    if (!file.is_source()) continue;
    const std::size_t most = file.ends_with(".hpp") ? header_lines_max : file_lines_max;
    if (file.lines.size() > most) {
      findings.add(file, file.lines.size(), "more than " + std::to_string(most) + " lines: one idea a file");
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Sources, functions_are_short) {
  Findings findings;
  for (const File& file : repository()) {
    if (!file.is_cpp()) continue;
    for (const Function& function : find_functions(read_cpp(file.text).code)) {
      if (function.line_count <= function_lines_max) continue;
      findings.add(file, function.first_line, std::to_string(function.line_count) + " lines: " + function.head);
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Sources, no_file_is_large) {
  Findings findings;
  for (const File& file : repository()) {
    if (file.text.size() > file_bytes_max) findings.add(file, 1, "is larger than 1 MB: data belongs elsewhere");
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Sources, lines_are_clean) {
  Findings findings;
  for (const File& file : repository()) {
    if (!file.is_source() && !file.is_markdown()) continue;
    if (!file.text.empty() && file.text.back() != '\n') findings.add(file, file.lines.size(), "has no line end");
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& line = file.lines[i];
      if (line.empty()) continue;
      if (line.back() == '\r') findings.add(file, i + 1, "ends with a carriage return");
      if (line.back() == ' ' || line.back() == '\t') findings.add(file, i + 1, "ends with a blank");
      if (line.find('\t') != line.npos && file.is_cpp()) findings.add(file, i + 1, "holds a tab");
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

struct Word {
  std::string form;  ///< a regular expression
  std::string why;
};
void find_words(const std::vector<Word>& words, Findings& findings) {
  for (const auto& [form, why] : words) {
    const std::regex expression(form);
    for (const File& file : repository()) {
      if (is_rule(file) || !std::regex_search(file.text, expression)) continue;
      for (std::size_t i = 0; i < file.lines.size(); ++i) {
        if (std::regex_search(file.lines[i], expression)) findings.add(file, i + 1, why);
      }
    }
  }
}

TEST(Sources, nothing_is_left_for_later) {
  Findings findings;
  find_words({{R"(\b(TODO|FIXME|XXX|HACK)\b)", "is left for later"}}, findings);
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Sources, no_path_and_no_host_of_a_developer_is_named) {
  Findings findings;
  find_words(
      {
          {R"((^|[^\w./])/(work|root)/\w)", "names a folder of somebody's machine"},
          {R"((^|[^\w./])/home/[a-z])", "names a folder of somebody's machine"},
          {R"(registry\.[a-z0-9.-]*(org|com|cn)\b|deb\.debian\.org|npmmirror|pypi\.)", "names a package registry"},
      },
      findings);
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Sources, lock_files_name_no_host_to_fetch_from) {
  Findings findings;
  for (const File& file : repository()) {
    if (!file.ends_with("package-lock.json")) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      if (file.lines[i].find("\"resolved\": \"http") != std::string::npos) {
        findings.add(file, i + 1, "run npm with omit-lockfile-registry-resolved=true");
      }
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Sources, statements_stand_in_sql_store_and_database_tests_only) {
  static const std::regex statement(
      R"(\bSELECT\s[\s\S]*\bFROM\b|\bINSERT\s+INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b)"
      R"(|\b(CREATE|ALTER|DROP)\s+(TABLE|INDEX|SCHEMA|EXTENSION|FUNCTION|VIEW|ROLE)\b)");
  Findings findings;
  for (const File& file : repository()) {
    // A benchmark's peer has a table of its own, which no migration knows.
    const bool may = file.starts_with("src/store/") || file.starts_with("bench/") || file.ends_with("_pgtest.cpp") ||
                     is_rule(file);
    if (!file.is_cpp() || may) continue;
    for (const StringLiteral& literal : read_cpp(file.text).strings) {
      if (std::regex_search(literal.text, statement)) findings.add(file, literal.line, "holds SQL: it belongs in sql/");
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Sources, migrations_are_numbered_without_a_gap_and_titled) {
  static const std::regex form(R"(sql/migrations/(\d{4})_[a-z0-9_]+\.sql)");
  Findings findings;
  int expected = 1;
  for (const File& file : repository()) {
    if (!file.starts_with("sql/migrations/")) continue;
    std::smatch match;
    if (!std::regex_match(file.path, match, form)) {
      findings.add(file, 1, "is not named NNNN_title.sql");
      continue;
    }
    if (std::stoi(match[1]) != expected) findings.add(file, 1, "is not number " + std::to_string(expected));
    ++expected;
    const bool titled = !file.lines.empty() && file.lines[0].starts_with("-- ") && file.lines[0].size() > 10;
    if (!titled) findings.add(file, 1, "does not begin with its title");
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

}  // namespace
}  // namespace menpai::tidy

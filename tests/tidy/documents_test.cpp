// SPDX-License-Identifier: Apache-2.0
// Rules on documents: one title, command blocks that a test can run, and every word of the program explained.
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>

#include "tests/tidy/cpp_source.hpp"
#include "tests/tidy/markdown.hpp"
#include "tests/tidy/repository.hpp"

namespace menpai::tidy {
namespace {

TEST(Documents, each_has_exactly_one_title) {
  Findings findings;
  for (const File& file : repository()) {
    if (!file.is_markdown()) continue;
    const auto text = read_markdown(file).prose;
    const auto titles = std::ranges::count_if(text, [](const auto& line) { return line.second.starts_with("# "); });
    if (titles != 1) findings.add(file, 1, "has " + std::to_string(titles) + " titles");
    if (text.empty() || !text.front().second.starts_with("# ")) findings.add(file, 1, "does not begin with its title");
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Documents, every_block_says_its_language) {
  static const std::set<std::string, std::less<>> known = {
      "sh", "sh by-hand", "text", "toml", "json", "sql", "csv", "cpp", "ts", "nginx", "ini", "http", "mermaid", "html"};
  Findings findings;
  for (const File& file : repository()) {
    if (!file.is_markdown()) continue;
    for (const Block& block : read_markdown(file).blocks) {
      if (!known.contains(block.info))
        findings.add(file, block.line, "\"" + block.info + "\" is no known kind of block");
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Documents, command_blocks_begin_with_known_commands) {
  static const std::set<std::string, std::less<>> known = {
      "bin/setup", "bin/demo", "bin/test", "bin/bench", "bin/lint", "bin/fmt", "bin/menpai",  "menpai", "git",
      "cd",        "mkdir",    "cat",      "printf",    "echo",     "head",    "curl",        "sudo",   "apt-get",
      "rm",        "cp",       "mv",       "test",      "grep",     "zcat",    "gzip",        "export", "systemctl",
      "cmake",     "ctest",    "ninja",    "npm",       "psql",     "ln",      "debootstrap", "docker", "chroot"};
  Findings findings;
  for (const File& file : repository()) {
    if (!file.is_markdown()) continue;
    for (const Block& block : read_markdown(file).blocks) {
      if (!block.info.starts_with("sh")) continue;
      bool continued = false;
      for (std::size_t i = 0; i < block.lines.size(); ++i) {
        const std::string& line = block.lines[i];
        const std::string word = line.substr(0, line.find(' '));
        const bool starts = !continued && !line.empty() && line.front() != '#' && line.front() != ' ';
        if (starts && !known.contains(word)) findings.add(file, block.line + i + 1, "begins with \"" + word + "\"");
        continued = line.ends_with("\\") || line.ends_with("|");
      }
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Documents, links_to_files_lead_somewhere) {
  static const std::regex link(R"(\]\(([^)#: ]+)(#[^) ]*)?\))");
  std::set<std::string, std::less<>> paths;
  for (const File& file : repository()) {
    paths.insert(file.path);
    for (std::size_t slash = file.path.rfind('/'); slash != std::string::npos;
         slash = slash == 0 ? std::string::npos : file.path.rfind('/', slash - 1)) {
      paths.insert(file.path.substr(0, slash));
    }
  }
  Findings findings;
  for (const File& file : repository()) {
    if (!file.is_markdown()) continue;
    const auto text = read_markdown(file).prose;
    const std::filesystem::path folder = std::filesystem::path(file.path).parent_path();
    for (const auto& [number, line] : text) {
      for (std::sregex_iterator at(line.begin(), line.end(), link), end; at != end; ++at) {
        std::string target = (folder / (*at)[1].str()).lexically_normal().generic_string();
        if (target.ends_with('/')) target.pop_back();
        const bool picture = target.ends_with(".png") || target.ends_with(".webp") || target.ends_with(".jpg");
        const bool found = picture ? std::filesystem::exists(std::filesystem::path(MENPAI_SOURCE_DIR) / target)
                                   : paths.contains(target) || target == ".";
        if (!found) findings.add(file, number, "there is no " + target);
      }
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

const File* find_file(std::string_view path) {
  const auto at = std::ranges::find(repository(), path, &File::path);
  return at == repository().end() ? nullptr : &*at;
}

/// The first cells of the table rows under "## … `Name`", without their backquotes.
std::map<std::string, std::vector<std::string>> read_word_tables(const File& file) {
  static const std::regex heading(R"(^## .*`(\w+)`.*$)"), row(R"(^\| `([^`]+)` \|.*$)");
  std::map<std::string, std::vector<std::string>> tables;
  std::string current;
  for (const std::string& line : file.lines) {
    std::smatch match;
    if (std::regex_match(line, match, heading)) {
      current = match[1];
      tables[current];
    } else if (!current.empty() && std::regex_match(line, match, row)) {
      tables[current].push_back(match[1]);
    }
  }
  return tables;
}

/// The name that leaves the program, where it is not the enumerator's own.
std::string public_name(const std::string& enumeration, const std::string& enumerator) {
  static const std::map<std::string, std::string, std::less<>> other = {
      {"Grade::a", "A"}, {"Grade::b", "B"}, {"Grade::c", "C"}, {"RowOutcome::created", "new"}};
  const auto at = other.find(enumeration + "::" + enumerator);
  return at == other.end() ? enumerator : at->second;
}

TEST(Documents, every_word_of_the_model_is_explained_in_the_order_of_the_code) {
  for (const std::string path : {"docs/en/words.md", "docs/zh/words.md"}) {
    const File* page = find_file(path);
    ASSERT_NE(page, nullptr) << path;
    const auto tables = read_word_tables(*page);
    for (const File& file : repository()) {
      const bool speaks = file.starts_with("src/model/") || file.path == "src/base/error.hpp";
      if (!speaks || !file.ends_with(".hpp")) continue;
      for (const Enumeration& one : find_enumerations(read_cpp(file.text).code)) {
        std::vector<std::string> names;
        for (const std::string& name : one.names) names.push_back(public_name(one.name, name));
        ASSERT_TRUE(tables.contains(one.name)) << path << " has no table for " << one.name << " of " << file.path;
        EXPECT_EQ(tables.at(one.name), names) << path << ", " << one.name;
      }
    }
  }
}

TEST(Documents, both_languages_have_the_same_pages) {
  std::set<std::string, std::less<>> en, zh;
  for (const File& file : repository()) {
    if (!file.is_markdown()) continue;
    if (file.starts_with("docs/en/")) en.insert(file.path.substr(8));
    if (file.starts_with("docs/zh/")) zh.insert(file.path.substr(8));
  }
  EXPECT_EQ(en, zh);
}

}  // namespace
}  // namespace menpai::tidy

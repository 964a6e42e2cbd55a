// SPDX-License-Identifier: Apache-2.0
// Runs every block of commands in every document, in order, in a folder of its own. A block that changes the machine,
// or does not end by itself, is marked "sh by-hand" in the document and left to people.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <string>
#include <sys/wait.h>

#include "tests/tidy/markdown.hpp"
#include "tests/tidy/repository.hpp"

namespace menpai {
namespace {

namespace fs = std::filesystem;

/// A folder in which `bin/menpai` is the program under test; open enough for the database's unprivileged user.
class Scratch {
 public:
  Scratch() {
    std::string form = (fs::temp_directory_path() / "menpai-docs.XXXXXX").string();
    if (mkdtemp(form.data()) == nullptr) throw std::runtime_error("no scratch folder: " + form);
    m_folder = form;
    fs::permissions(m_folder, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
    fs::create_directories(m_folder / "bin");
    fs::copy(fs::path(MENPAI_SOURCE_DIR) / "tests/docs/files", m_folder);  // the files that the documents speak of
    fs::create_symlink(fs::path(MENPAI_BINARY_DIR) / "menpai", m_folder / "bin" / "menpai");
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const fs::path& folder() const { return m_folder; }

 private:
  fs::path m_folder;
};

/// The commands of a document as one script; empty if there are none to run.
std::string script_of(const tidy::File& file) {
  std::string script;
  for (const tidy::Block& block : tidy::read_markdown(file).blocks) {
    if (block.info != "sh") continue;
    script += "echo '--- " + file.path + ", line " + std::to_string(block.line) + "'\n";
    for (const std::string& line : block.lines) script += line + "\n";
  }
  return script;
}

std::vector<std::string> documents_with_commands() {
  std::vector<std::string> found;
  for (const tidy::File& file : tidy::repository()) {
    if (file.is_markdown() && !script_of(file).empty()) found.push_back(file.path);
  }
  return found;
}

class Documents : public testing::TestWithParam<std::string> {};

TEST_P(Documents, commands_run_as_written) {
  const auto document = std::ranges::find(tidy::repository(), GetParam(), &tidy::File::path);
  const Scratch scratch;
  const fs::path script = scratch.folder() / "commands.sh";
  std::ofstream(script) << "set -euo pipefail\n" << script_of(*document);
  const std::string folder = scratch.folder().string();
  const std::string command = "cd '" + folder + "' && env HOME='" + folder + "' MENPAI_DATA_DIR='" + folder +
                              "/data' PATH='" + folder + "/bin':\"$PATH\" bash -x commands.sh </dev/null 2>&1";
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    output.append(buffer.data(), got);
  const int status = pclose(pipe);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << output;
}

INSTANTIATE_TEST_SUITE_P(Commands, Documents, testing::ValuesIn(documents_with_commands()),
                         [](const testing::TestParamInfo<std::string>& page) {
                           return std::regex_replace(page.param, std::regex("[^A-Za-z0-9]+"), "_");
                         });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Documents);

}  // namespace
}  // namespace menpai

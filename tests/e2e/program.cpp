// SPDX-License-Identifier: Apache-2.0
// Child processes, temporary folders, tables.
#include "program.hpp"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "intake/table.hpp"

namespace menpai::e2e {
namespace {

const std::string program = std::string(MENPAI_BINARY_DIR) + "/menpai";

/// In the child: streams, environment, then the program. Never returns.
[[noreturn]] void become_menpai(const Folder& folder, const std::vector<std::string>& arguments, int in, int out,
                                int err, const std::filesystem::path& temporary) {
  ::dup2(in, 0);
  ::dup2(out, 1);
  ::dup2(err, 2);
  ::setenv("MENPAI_DATA_DIR", (folder / "data").c_str(), 1);
  if (!temporary.empty()) ::setenv("TMPDIR", temporary.c_str(), 1);
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(program.c_str(), argv.data());
  ::_exit(127);
}

int open_or_throw(const std::filesystem::path& file, int flags) {
  const int descriptor = ::open(file.c_str(), flags | O_CLOEXEC, 0600);
  if (descriptor < 0) throw std::runtime_error("cannot open " + file.string());
  return descriptor;
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Ran run(const Folder& folder, const std::vector<std::string>& arguments, std::string_view input,
        const std::filesystem::path& output, const std::filesystem::path& temporary) {
  const Folder streams;
  write_file(streams / "in", input);
  const int in = open_or_throw(streams / "in", O_RDONLY);
  const int out = open_or_throw(output.empty() ? streams / "out" : output, O_WRONLY | O_CREAT);
  const int err = open_or_throw(streams / "err", O_WRONLY | O_CREAT);
  const pid_t child = ::fork();
  if (child == 0) become_menpai(folder, arguments, in, out, err, temporary);
  for (const int descriptor : {in, out, err}) ::close(descriptor);
  int status = 0;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  Ran ran;
  ran.exit_code = exit_code_of(status);
  if (output.empty()) ran.out = read_file(streams / "out");
  ran.err = read_file(streams / "err");
  ran.memory_peak_kb = used.ru_maxrss;
  return ran;
}

Table table_from(intake::TableReader& reader) {
  Table table;
  table.columns = reader.columns();
  std::vector<std::string> cells;
  while (reader.next(cells)) table.rows.push_back(cells);
  table.columns = reader.columns();
  return table;
}

}  // namespace

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "menpai-e2e-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
  m_path = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(m_path, ignored);
}

std::vector<std::string> Folder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(m_path)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

Ran menpai(const Folder& folder, const std::vector<std::string>& arguments, std::string_view input,
           const std::filesystem::path& temporary) {
  return run(folder, arguments, input, {}, temporary);
}

Ran menpai_into(const Folder& folder, const std::filesystem::path& output, const std::vector<std::string>& arguments) {
  return run(folder, arguments, {}, output, {});
}

Started start_menpai(const Folder& folder, const std::vector<std::string>& arguments) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  const int nowhere = open_or_throw("/dev/null", O_WRONLY);
  const pid_t child = ::fork();
  if (child == 0) become_menpai(folder, arguments, ends[0], nowhere, nowhere, {});
  ::close(ends[0]);
  ::close(nowhere);
  return {child, ends[1]};
}

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string Table::cell(std::size_t row, std::string_view column) const {
  const auto found = std::find(columns.begin(), columns.end(), column);
  if (found == columns.end() || row >= rows.size()) {
    ADD_FAILURE() << "no column " << column << " or no row " << row;
    return {};
  }
  return rows[row][static_cast<std::size_t>(found - columns.begin())];
}

Table read_table(const std::filesystem::path& file) {
  return table_from(*intake::TableReader::open(file));
}

Table table_of(const std::string& bytes, std::string_view name) {
  return table_from(*intake::TableReader::open(intake::bytes_of(bytes), std::string(name)));
}

}  // namespace menpai::e2e

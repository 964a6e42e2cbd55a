// SPDX-License-Identifier: Apache-2.0
// Walks the tree. It does not ask git, which may be absent or refuse a folder that belongs to somebody else.
#include "tests/tidy/repository.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace menpai::tidy {
namespace {

namespace fs = std::filesystem;

bool is_skipped_folder(std::string_view path, std::string_view name) {
  static constexpr std::array<std::string_view, 6> anywhere = {".git",  "node_modules", ".cache",
                                                               ".data", "build",        "coverage"};
  return std::ranges::find(anywhere, name) != anywhere.end() || path == "web/dist";
}

/// A NUL byte tells a picture or an archive from text.
bool is_text(std::string_view bytes) {
  return bytes.find('\0') == std::string_view::npos;
}

std::vector<File> read_tree(const fs::path& root) {
  std::vector<File> files;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::recursive_directory_iterator(); ++entry) {
    const std::string path = entry->path().lexically_relative(root).generic_string();
    const std::string name = entry->path().filename().string();
    if (entry->is_directory() && is_skipped_folder(path, name)) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file() || name.ends_with(".log") || name == ".git") continue;
    std::ifstream in(entry->path(), std::ios::binary);
    std::string text(entry->file_size(), '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!is_text(text)) continue;
    auto lines = split_lines(text);
    files.push_back({path, std::move(text), std::move(lines)});
  }
  std::ranges::sort(files, {}, &File::path);
  return files;
}

}  // namespace

bool File::is_source() const {
  static constexpr std::array<std::string_view, 11> endings = {".cpp", ".hpp", ".sql", ".ts", ".vue", ".css",
                                                               ".mjs", ".js",  ".sh",  ".py", ".awk"};
  return std::ranges::any_of(endings, [this](std::string_view ending) { return ends_with(ending); }) ||
         text.starts_with("#!");
}

const std::vector<File>& repository() {
  static const std::vector<File> files = read_tree(MENPAI_SOURCE_DIR);
  return files;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

void Findings::add(const File& file, std::size_t line, std::string_view what) {
  m_text += file.path + ":" + std::to_string(line) + ": " + std::string(what) + "\n";
}

}  // namespace menpai::tidy

// SPDX-License-Identifier: Apache-2.0
// The one direction: a folder of src/ includes itself and lower ranks only, and each library stays where it belongs.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "tests/tidy/cpp_source.hpp"
#include "tests/tidy/repository.hpp"

namespace menpai::tidy {
namespace {

/// ARCHITECTURE.md tells why. Folders of one rank do not see each other.
const std::map<std::string, int, std::less<>> rank_of_folder = {
    {"base", 0},                                                                    //
    {"geo", 1},                                                                     //
    {"model", 2},                                                                   //
    {"address", 3}, {"spine", 3},  {"registers", 3}, {"access", 3},                 //
    {"intake", 4},  {"change", 4}, {"field", 4},     {"quality", 4}, {"share", 4},  //
    {"store", 5},                                                                   //
    {"app", 6},                                                                     //
    {"http", 7},    {"cli", 7},                                                     //
    {"main", 8},
};

/// Folders that see less than their rank allows.
const std::map<std::string, std::set<std::string, std::less<>>, std::less<>> sees_only = {
    {"http", {"http", "app", "model", "base"}},
    {"cli", {"cli", "app", "model", "base"}},
    {"main", {"main", "http", "cli", "app", "model", "base"}},
};

struct Library {
  std::string_view header;                ///< how its headers begin
  std::vector<std::string_view> allowed;  ///< how the paths begin that may include them
};
const std::vector<Library> libraries = {
    {"libpq", {"src/store/"}},
    {"pqxx", {}},
    {"boost/beast", {"src/http/"}},
    {"boost/asio", {"src/http/"}},
    {"CLI/", {"src/cli/verbs.hpp"}},
    {"expat", {"src/intake/"}},
    {"zip.h", {"src/intake/"}},
    {"xlsxwriter", {"src/intake/"}},
    {"qrencode", {"src/share/"}},
    {"cairo", {"src/share/pdf_canvas.cpp"}},
    {"pango", {"src/share/pdf_canvas.cpp"}},
    {"opencc", {}},
    {"utf8proc", {}},
    {"gdal", {}},
};

/// "app" of "src/app/x.cpp"; empty for files that lie in src/ itself.
std::string folder_of(std::string_view path) {
  path.remove_prefix(std::string_view("src/").size());
  const std::size_t slash = path.find('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

TEST(Includes, every_folder_of_src_has_a_rank) {
  Findings findings;
  for (const File& file : repository()) {
    if (!file.starts_with("src/") || !file.is_cpp()) continue;
    if (!rank_of_folder.contains(folder_of(file.path))) findings.add(file, 1, "lies in a folder without a rank");
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

std::string complaint(const std::string& from, const std::string& target) {
  const std::size_t slash = target.find('/');
  const std::string to = target.substr(0, slash == std::string::npos ? 0 : slash);
  const auto rank = rank_of_folder.find(to);
  if (rank == rank_of_folder.end()) return "\"" + target + "\" is not written from src/ on, or is not ours: use <>";
  if (to == from) return {};
  if (rank->second >= rank_of_folder.at(from)) return from + "/ may not include " + to + "/: not of a lower rank";
  const auto only = sees_only.find(from);
  if (only != sees_only.end() && !only->second.contains(to)) return from + "/ may not see " + to + "/";
  return {};
}

TEST(Includes, a_file_includes_its_own_folder_and_lower_ranks_only) {
  Findings findings;
  for (const File& file : repository()) {
    if (!file.starts_with("src/") || !file.is_cpp()) continue;
    const std::string from = folder_of(file.path);
    if (!rank_of_folder.contains(from)) continue;
    for (const Include& include : find_includes(file.text)) {
      const bool test = file.ends_with("test.cpp");
      if (!include.quoted || (test && include.target.starts_with("support/"))) continue;  // tests/support
      const std::string what = complaint(from, include.target);
      if (!what.empty()) findings.add(file, include.line, what);
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Includes, our_own_headers_exist) {
  static const std::set<std::string, std::less<>> generated = {"store/queries.hpp"};  // cmake/embed_sql.cmake
  std::set<std::string, std::less<>> paths;
  for (const File& file : repository()) paths.insert(file.path);
  Findings findings;
  for (const File& file : repository()) {
    if (!file.is_cpp()) continue;
    for (const Include& include : find_includes(file.text)) {
      const std::string& target = include.target;
      const std::string folder = file.path.substr(0, file.path.rfind('/') + 1);
      const bool beside = file.starts_with("tests/") && paths.contains(folder + target);
      const bool found =
          beside || paths.contains("src/" + target) || paths.contains("tests/" + target) || paths.contains(target);
      if (include.quoted && !found && !generated.contains(target)) {
        findings.add(file, include.line, "there is no " + target);
      }
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

TEST(Includes, each_library_stays_in_its_folder) {
  Findings findings;
  for (const File& file : repository()) {
    if (!file.starts_with("src/") || !file.is_cpp()) continue;
    for (const Include& include : find_includes(file.text)) {
      for (const Library& library : libraries) {
        if (!include.target.starts_with(library.header)) continue;
        const bool allowed = std::ranges::any_of(library.allowed, [&](auto path) { return file.starts_with(path); });
        if (!allowed) findings.add(file, include.line, include.target + " does not belong here");
      }
    }
  }
  EXPECT_TRUE(findings.empty()) << findings.text();
}

}  // namespace
}  // namespace menpai::tidy

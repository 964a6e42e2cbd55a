// SPDX-License-Identifier: Apache-2.0
// The files of this repository as the rules see them: read once, without what is built, fetched or cached.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace menpai::tidy {

struct File {
  std::string path;  ///< from the root of the repository, with slashes
  std::string text;
  std::vector<std::string> lines;  ///< without their ends

  bool starts_with(std::string_view folder) const { return std::string_view(path).starts_with(folder); }
  bool ends_with(std::string_view ending) const { return std::string_view(path).ends_with(ending); }
  bool is_cpp() const { return ends_with(".cpp") || ends_with(".hpp"); }
  bool is_markdown() const { return ends_with(".md"); }
  /// A program in any language that people write here: rules on length, licence and words hold for it.
  bool is_source() const;
};

/// Every text file, in path order.
const std::vector<File>& repository();

/// Splits into lines; a missing last line end is no matter.
std::vector<std::string> split_lines(std::string_view text);

/// What breaks a rule, one a line: "path:line: what". Empty if nothing does.
class Findings {
 public:
  void add(const File& file, std::size_t line, std::string_view what);
  bool empty() const { return m_text.empty(); }
  const std::string& text() const { return m_text; }

 private:
  std::string m_text;
};

}  // namespace menpai::tidy

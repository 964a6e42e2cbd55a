// SPDX-License-Identifier: Apache-2.0
#include "tests/tidy/markdown.hpp"

namespace menpai::tidy {

Markdown read_markdown(const File& file) {
  Markdown page;
  bool open = false;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    const std::size_t fence = line.find_first_not_of(' ');
    if (fence != line.npos && line.compare(fence, 3, "```") == 0) {
      if (!open) page.blocks.push_back({i + 1, line.substr(fence + 3), {}});
      open = !open;
    } else if (open) {
      page.blocks.back().lines.push_back(line);
    } else {
      page.prose.emplace_back(i + 1, line);
    }
  }
  return page;
}

}  // namespace menpai::tidy

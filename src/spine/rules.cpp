// SPDX-License-Identifier: Apache-2.0
#include "spine/rules.hpp"

#include <algorithm>

namespace menpai::spine {

std::vector<std::vector<std::string_view>> rule_rows(std::string_view text) {
  std::vector<std::vector<std::string_view>> rows;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t stop = std::min(text.find('\n', pos), text.size());
    std::string_view line = text.substr(pos, stop - pos);
    pos = stop + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string_view>& cells = rows.emplace_back();
    for (std::size_t tab = 0; tab != std::string_view::npos;) {
      tab = line.find('\t');
      cells.push_back(line.substr(0, tab));
      if (tab != std::string_view::npos) line.remove_prefix(tab + 1);
    }
  }
  return rows;
}

}  // namespace menpai::spine

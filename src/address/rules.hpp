// SPDX-License-Identifier: Apache-2.0
// The word lists of rules/, built into the library.
#pragma once

#include <string_view>

namespace menpai::address {

/// The text of a file of rules/ by its name; empty if it is not built in.
std::string_view rules_file(std::string_view name);

/// Calls use(first cell, second cell) for every row of a two-column list; lines that begin with # are remarks.
template <class Use>
void for_each_rule(std::string_view name, Use use) {
  const std::string_view text = rules_file(name);
  for (std::size_t pos = 0; pos < text.size();) {
    std::size_t stop = text.find('\n', pos);
    if (stop == std::string_view::npos) stop = text.size();
    const std::string_view line = text.substr(pos, stop - pos);
    pos = stop + 1;
    const std::size_t tab = line.find('\t');
    if (line.empty() || line[0] == '#' || tab == std::string_view::npos) continue;
    use(line.substr(0, tab), line.substr(tab + 1));
  }
}

}  // namespace menpai::address

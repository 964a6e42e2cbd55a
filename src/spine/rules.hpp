// SPDX-License-Identifier: Apache-2.0
// The rule files of this folder, built into the library from rules/.
#pragma once

#include <string_view>
#include <vector>

namespace menpai::spine {

/// The text of a file of rules/ by its name ("place_name_words.tsv", "code_schemes/grid.toml"); empty if it is not
/// built in.
std::string_view rules_file(std::string_view name);

/// The rows of a tab-separated list, cell by cell; empty lines and lines that begin with # are remarks. The cells point
/// into `text`.
std::vector<std::vector<std::string_view>> rule_rows(std::string_view text);

}  // namespace menpai::spine

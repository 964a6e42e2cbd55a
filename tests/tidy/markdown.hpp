// SPDX-License-Identifier: Apache-2.0
// As much of Markdown as the rules need: fenced blocks, and the lines outside them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/tidy/repository.hpp"

namespace menpai::tidy {

struct Block {
  std::size_t line = 0;  ///< of the opening fence; 1 is the first
  std::string info;      ///< what stands behind the fence: "sh", "sh by-hand", "text"
  std::vector<std::string> lines;
};

struct Markdown {
  std::vector<Block> blocks;
  std::vector<std::pair<std::size_t, std::string>> prose;  ///< number and text of every line outside the blocks
};
Markdown read_markdown(const File& file);

}  // namespace menpai::tidy

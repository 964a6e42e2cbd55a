// SPDX-License-Identifier: Apache-2.0
// Which names of a library begin with, or contain, what somebody is typing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "address/library_file.hpp"
#include "address/name_table.hpp"

namespace menpai::address {

/// Writes every ending of every name, sorted: four bytes an ending and two for where it starts.
void write_name_search(const NameTableBuilder& names, LibraryFileWriter& file);

class NameSearch {
 public:
  NameSearch() = default;
  explicit NameSearch(const LibraryFile& file) : m_endings(file.array<Ending>("name.endings")) {}

  /// Appends names that contain `typed` (a key, see append_name_key), those that begin with it first, shorter ones
  /// before longer ones; at most `limit`. Looks at 2,000 endings at the most.
  void find(const NameTable& names, std::u32string_view typed, std::size_t limit, std::vector<NameId>& found) const;

  struct Ending {
    NameId name = 0;
    std::uint16_t start = 0;
    std::uint16_t length = 0;  ///< of the whole name
  };

 private:
  std::span<const Ending> m_endings;
};

}  // namespace menpai::address

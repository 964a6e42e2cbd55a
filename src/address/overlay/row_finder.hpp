// SPDX-License-Identifier: Apache-2.0
// Which row of a library has an id.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "address/library/library.hpp"

namespace menpai::address {

/// Four to eight bytes a row. Making it reads every id once: about a second for ten million.
class RowFinder {
 public:
  explicit RowFinder(const Library::Data& library);

  /// By the id, or by the code where the row has no id; no_row if there is none. Of several the first.
  RowId find(std::string_view key) const;

 private:
  void append_key(RowId row, std::string& key) const;
  const Library::Data* m_library;
  std::vector<RowId> m_slots;  ///< open addressing
};

}  // namespace menpai::address

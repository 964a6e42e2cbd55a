// SPDX-License-Identifier: Apache-2.0
#include "address/overlay/row_finder.hpp"

#include <bit>
#include <functional>

namespace menpai::address {
namespace {

std::size_t hash(std::string_view key) {
  return std::hash<std::string_view>()(key);
}

}  // namespace

RowFinder::RowFinder(const Library::Data& library) : m_library(&library) {
  m_slots.assign(std::bit_ceil(library.rows + library.rows / 4 + 2), no_row);
  std::string key;
  for (RowId row = 0; row < library.rows; ++row) {
    key.clear();
    append_key(row, key);
    if (key.empty()) continue;
    std::size_t slot = hash(key) & (m_slots.size() - 1);
    while (m_slots[slot] != no_row) slot = (slot + 1) & (m_slots.size() - 1);
    m_slots[slot] = row;
  }
}

void RowFinder::append_key(RowId row, std::string& key) const {
  m_library->ids.append(row, key);
  if (key.empty()) m_library->codes.append(row, key);
}

RowId RowFinder::find(std::string_view key) const {
  std::string own;
  for (std::size_t slot = hash(key) & (m_slots.size() - 1); m_slots[slot] != no_row;
       slot = (slot + 1) & (m_slots.size() - 1)) {
    own.clear();
    append_key(m_slots[slot], own);
    if (own == key) return m_slots[slot];
  }
  return no_row;
}

}  // namespace menpai::address

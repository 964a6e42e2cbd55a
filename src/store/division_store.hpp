// SPDX-License-Identifier: Apache-2.0
// Loading the nation's divisions, one edition after the other.
#pragma once

#include <cstdint>

#include "model/division.hpp"
#include "store/store.hpp"

namespace menpai::store {

struct DivisionLoad {
  std::uint64_t added = 0;   ///< rows that came into force
  std::uint64_t closed = 0;  ///< rows that ended, because the edition has them no more or otherwise
  bool is_same = false;      ///< this very content is there already
};

/// Brings the table to `set`, all or nothing: a division that differs from the one in force ends today and begins anew;
/// one that is the same stays untouched. Other names and successions are replaced. Some seconds for the whole nation.
DivisionLoad load_divisions(Store& store, const DivisionSet& set);

/// Adds what lists of changes brought beside the editions: former names and successions.
void add_imported_changes(Store& store, DivisionSet& set);

}  // namespace menpai::store

// SPDX-License-Identifier: Apache-2.0
// Change sets in the database.
#pragma once

#include <string>
#include <vector>

#include "app/request_json.hpp"
#include "model/change_set.hpp"
#include "store/store.hpp"

namespace menpai::app {

ChangeSet change_set_of(const store::Row& row);
/// Throws not_found.
ChangeSet load_change_set(store::Store& store, const ChangeSetId& id);
ChangeSet load_change_set(store::Transaction& transaction, const ChangeSetId& id);
/// A new one, as a draft.
void add_change_set(store::Transaction& transaction, const ChangeSet& set, store::Timestamp at);
std::vector<int> change_set_counties(store::Store& store);

/// What people call an object, from its columns: its display text, its name, or its code.
std::string shown_text(const RequestJson& fields);

}  // namespace menpai::app

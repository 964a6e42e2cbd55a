// SPDX-License-Identifier: Apache-2.0
// Plates and batches out of the database's rows, and from an id to its county; known to app/ only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "model/plate.hpp"
#include "store/result.hpp"
#include "store/store.hpp"

namespace menpai::app {

/// A row of sql/queries/plate/{list,get,of_object,of_batch,by_code}.sql.
Plate plate_of_row(const store::Row& row);
std::vector<Plate> plates_of_rows(const store::Result& result);
/// A row of sql/queries/plate_batch/{list,get}.sql.
PlateBatch batch_of_row(const store::Row& row);

/// The county that holds an object of that kind. Throws not_found.
std::int32_t county_of_object(store::Store& store, const Uuid& id, std::string_view kind);
/// All counties that hold anything.
std::vector<std::int32_t> all_counties(store::Store& store);
/// "442000108" → "442000108%". Throws bad_request unless it is digits; empty: everything.
std::string division_pattern(std::string_view division_code);

}  // namespace menpai::app

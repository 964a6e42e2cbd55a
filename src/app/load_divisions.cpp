// SPDX-License-Identifier: Apache-2.0
// The nation's divisions, as they came with the program, into the database.
#include "app/door.hpp"
#include "app/library_files.hpp"
#include "app/parts.hpp"
#include "app/registering.hpp"
#include "store/division_store.hpp"

namespace menpai::app {

std::uint64_t load_divisions(Application& app, const Caller& caller) {
  require(app, caller, Action::manage_database, "division");
  const store::DivisionLoad load = store::load_divisions(*app.parts().store, divisions_of_nation({}));
  return load.added;
}

}  // namespace menpai::app

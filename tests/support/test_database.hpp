// SPDX-License-Identifier: Apache-2.0
// A throw-away database for tests: a private cluster in a temporary directory, one a test program, gone when it ends.
#pragma once

#include <filesystem>

#include "store/store.hpp"

namespace menpai::testing {

/// The program's own data directory; its cluster is started by the first who asks for the store.
const std::filesystem::path& data_dir();

/// The store on it, migrated, shared by all tests of the program. Tests use ids of their own and do not clear tables.
store::Store& store();

/// A directory of its own below the temporary one that the database's account can enter; removed at the end, together
/// with any cluster in it (which is waited for).
std::filesystem::path make_temp_dir(const char* name);

/// Lets go of the shared store (tests that stop the server). The next store() opens it anew.
void close_store();

}  // namespace menpai::testing

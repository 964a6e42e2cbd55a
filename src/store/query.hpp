// SPDX-License-Identifier: Apache-2.0
// A statement with a name. Statements stand as files in sql/; the build turns each into a constant (store/queries.hpp).
#pragma once

namespace menpai::store {

/// `name` is what logs and errors show ("account.find_by_name"); both live as long as the program.
struct Query {
  const char* name;
  const char* sql;
};

}  // namespace menpai::store

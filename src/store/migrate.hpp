// SPDX-License-Identifier: Apache-2.0
// Brings a database to the shape that this program needs: migrations forward only, in order, each once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"

namespace menpai::store {

struct MigrationStep {
  int number = 0;
  std::string title;
  bool is_applied = false;
};

/// What this program knows, and which of it the database has. Throws conflict if an applied one was changed since, or
/// if the database is ahead of this program.
std::vector<MigrationStep> migration_steps(Connection& connection);

/// Applies what is missing and returns it. One program at a time; the others wait. Each migration is one transaction,
/// and its statements are sent one by one. Functions are applied anew when their text has changed.
std::vector<MigrationStep> migrate(Connection& connection);

/// The statements of a script, without their semicolons. Understands quotes, dollar quotes and comments.
std::vector<std::string> split_statements(std::string_view script);

}  // namespace menpai::store

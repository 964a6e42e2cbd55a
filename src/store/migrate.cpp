// SPDX-License-Identifier: Apache-2.0
#include "store/migrate.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <openssl/sha.h>

#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::store {
namespace {

std::string digest_of(std::string_view text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  return {reinterpret_cast<const char*>(digest), sizeof digest};
}

int number_of(const Query& file) {
  const std::string_view name = file.name;
  int number = 0;
  std::from_chars(name.data(), name.data() + name.size(), number);
  MENPAI_ASSERT(number > 0, "a migration file begins with its number");
  return number;
}

std::string title_of(const Query& file) {
  const std::string_view text = file.sql;
  MENPAI_ASSERT(text.starts_with("-- "), "the first line of a migration is its title");
  return std::string(text.substr(3, text.find('\n') - 3));
}

struct Applied {
  int number;
  std::string digest;
};

std::vector<Applied> load_applied(Connection& connection) {
  std::vector<Applied> applied;
  if (!connection.run(query::operation::has_migration_table).only().get<bool>(0)) return applied;
  for (const Row row : connection.run(query::operation::applied_migrations)) {
    auto [number, digest] = row.as<int, Bytes>();
    applied.push_back({number, std::move(digest.value)});
  }
  return applied;
}

void apply_functions(Connection& connection) {
  for (const Query& file : function_files) {
    const Bytes digest{digest_of(file.sql)};
    if (!connection.run(query::operation::function_applied, std::string_view(file.name), digest).empty()) continue;
    Transaction transaction(connection);
    // Bodies may name tables that a later migration makes.
    connection.run_text("SET LOCAL check_function_bodies = off", file.name);
    for (const std::string& statement : split_statements(file.sql)) connection.run_text(statement, file.name);
    transaction.run(query::operation::record_function, std::string_view(file.name), digest, now());
    transaction.commit();
  }
}

void apply(Connection& connection, const Query& file) {
  Transaction transaction(connection);
  transaction.set_statement_timeout(std::chrono::milliseconds(0));
  for (const std::string& statement : split_statements(file.sql)) connection.run_text(statement, file.name);
  transaction.run(query::operation::record_migration, number_of(file), title_of(file), Bytes{digest_of(file.sql)},
                  now());
  transaction.commit();
}

/// Held by the session while it migrates; on one node, which is where migrations run.
class MigrationLock {
 public:
  explicit MigrationLock(Connection& connection) : m_connection(connection) {
    m_connection.run(query::operation::lock_migration);
  }
  ~MigrationLock() {
    try {
      m_connection.run(query::operation::unlock_migration);
    } catch (const Error&) {
      // The session is gone and its lock with it.
    }
  }
  MigrationLock(const MigrationLock&) = delete;
  MigrationLock& operator=(const MigrationLock&) = delete;

 private:
  Connection& m_connection;
};

/// The end of the quoted thing that begins at `at`, or `at` if none does.
std::size_t skip_quoted(std::string_view text, std::size_t at) {
  const auto end_of = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == std::string_view::npos ? text.size() : found + mark.size();
  };
  if (text.substr(at, 2) == "--") return end_of("\n", at);
  if (text.substr(at, 2) == "/*") return end_of("*/", at + 2);
  if (text[at] == '\'' || text[at] == '"') return end_of(text.substr(at, 1), at + 1);
  if (text[at] == '$') {
    std::size_t tag = at + 1;
    while (tag < text.size() && (std::isalnum(static_cast<unsigned char>(text[tag])) != 0 || text[tag] == '_')) ++tag;
    if (tag < text.size() && text[tag] == '$') return end_of(text.substr(at, tag + 1 - at), tag + 1);
  }
  return at;
}

/// True if nothing but blanks and comments is in it.
bool is_blank(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t after = text.substr(i, 2) == "--" || text.substr(i, 2) == "/*" ? skip_quoted(text, i) : i;
    if (after == i) {
      if (std::isspace(static_cast<unsigned char>(text[i])) == 0) return false;
      ++i;
    } else {
      i = after;
    }
  }
  return true;
}

}  // namespace

std::vector<std::string> split_statements(std::string_view script) {
  std::vector<std::string> statements;
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    const std::string_view statement = script.substr(begin, end - begin);
    if (!is_blank(statement)) statements.emplace_back(statement);
    begin = end + 1;
  };
  for (std::size_t i = 0; i < script.size();) {
    const std::size_t after = skip_quoted(script, i);
    if (after != i) {
      i = after;
      continue;
    }
    if (script[i] == ';') take(i);
    ++i;
  }
  if (begin < script.size()) take(script.size());
  return statements;
}

std::vector<MigrationStep> migration_steps(Connection& connection) {
  const std::vector<Applied> applied = load_applied(connection);
  std::vector<MigrationStep> steps;
  for (const Query& file : migration_files) {
    MigrationStep step{number_of(file), title_of(file), false};
    for (const Applied& one : applied) {
      if (one.number != step.number) continue;
      step.is_applied = true;
      if (one.digest != digest_of(file.sql)) {
        throw Error(ErrorCode::conflict,
                    "Migration " + std::to_string(step.number) + " (" + step.title +
                        ") was changed after it had been applied to this database. Use the release "
                        "that made the database, or one that follows it.");
      }
    }
    steps.push_back(std::move(step));
  }
  for (const Applied& one : applied) {
    const auto known = [&](const MigrationStep& step) { return step.number == one.number; };
    if (std::none_of(steps.begin(), steps.end(), known)) {
      throw Error(ErrorCode::conflict, "The database is newer than this program (it has migration " +
                                           std::to_string(one.number) + "). Install the newer release.");
    }
  }
  return steps;
}

std::vector<MigrationStep> migrate(Connection& connection) {
  const MigrationLock lock(connection);
  connection.run(query::operation::create_migration_table);
  connection.run(query::operation::create_function_table);
  apply_functions(connection);
  std::vector<MigrationStep> done;
  for (const MigrationStep& step : migration_steps(connection)) {
    if (step.is_applied) continue;
    const auto file = std::find_if(migration_files.begin(), migration_files.end(),
                                   [&](const Query& one) { return number_of(one) == step.number; });
    apply(connection, *file);
    done.push_back(step);
  }
  return done;
}

}  // namespace menpai::store

// SPDX-License-Identifier: Apache-2.0
// menpai migrate: the database in this program's shape, with the divisions that came with it.
#include "app/operation.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {

int run_migrate(const MigrateOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  const Caller caller = app::operator_caller();
  const std::vector<std::string> migrations = app::migrate_database(*application, caller);
  std::uint64_t divisions = 0;
  std::string note = "The divisions are as they came with the program.\n";
  try {
    divisions = app::load_divisions(*application, caller);
    if (divisions > 0) note = with_commas(divisions) + " divisions came into force.\n";
  } catch (const Error& error) {
    // A program that was built without them still migrates.
    if (error.code() != ErrorCode::not_found) throw;
    note = "No divisions were loaded: they did not come with this program. Run bin/setup, then this again.\n";
  }
  if (options.json) {
    print_out(JsonObject().add("migrations", migrations).add("divisions_added", divisions).add("note", note).text() +
              "\n");
    return 0;
  }
  std::string text;
  for (const std::string& migration : migrations) text += "  " + migration + "\n";
  text += note;
  print_out(text + "The database is up to date.\n");
  return 0;
}

}  // namespace menpai::cli

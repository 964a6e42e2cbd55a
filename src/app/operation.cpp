// SPDX-License-Identifier: Apache-2.0
#include "app/operation.hpp"

#include <sys/statvfs.h>

#include "app/parts.hpp"
#include "store/queries.hpp"

namespace menpai::app {

Health health(Application& app) {
  Health health;
  health.version = MENPAI_VERSION;
  if (const auto library = app.parts().find_library()) health.library = library->facts().digest;
  try {
    app.parts().store->run(store::query::operation::ping);
    health.ok = true;
    health.database = "ok";
  } catch (const Error& error) {
    health.database = error.what();
  }
  return health;
}

std::vector<std::pair<std::string, double>> figures(Application& app) {
  Application::Parts& parts = app.parts();
  const store::Pool::Figures pool = parts.store->figures();
  std::vector<std::pair<std::string, double>> out = {
      {"menpai_database_connections_open", pool.open},
      {"menpai_database_connections_busy", pool.busy},
      {"menpai_database_connections_opened_total", static_cast<double>(pool.opened)},
      {"menpai_database_waits_timed_out_total", static_cast<double>(pool.timed_out)},
  };
  struct statvfs space {};
  if (statvfs(parts.settings.data_dir.c_str(), &space) == 0) {
    out.emplace_back("menpai_disk_free_bytes",
                     static_cast<double>(space.f_bavail) * static_cast<double>(space.f_frsize));
  }
  if (const auto library = parts.find_library()) {
    out.emplace_back("menpai_library_divisions", static_cast<double>(library->facts().divisions));
    out.emplace_back("menpai_library_addresses", static_cast<double>(library->facts().addresses));
  }
  // Figures are asked for when something is wrong: without the database the others are still given.
  try {
    const auto [sessions, open_jobs, bytes] = parts.store->run(store::query::operation::figures, store::now())
                                                  .only()
                                                  .as<std::int64_t, std::int64_t, std::int64_t>();
    out.emplace_back("menpai_database_up", 1);
    out.emplace_back("menpai_sessions", static_cast<double>(sessions));
    out.emplace_back("menpai_cleaning_jobs_open", static_cast<double>(open_jobs));
    out.emplace_back("menpai_database_bytes", static_cast<double>(bytes));
  } catch (const Error&) {
    out.emplace_back("menpai_database_up", 0);
  }
  return out;
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// The named checks of `menpai check`: each looks at one thing and says what to do about it.
#include <chrono>
#include <functional>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "address/library/library_file.hpp"
#include "app/door.hpp"
#include "app/operation.hpp"
#include "app/parts.hpp"
#include "store/migrate.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace fs = std::filesystem;
namespace query = store::query;

constexpr double gigabyte = 1024.0 * 1024 * 1024;
constexpr double free_least_gb = 2;

/// What a check found: a message and whether it is well.
struct Finding {
  bool ok = false;
  std::string message;
};

std::string gigabytes_text(double bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f GB", bytes / gigabyte);
  return text;
}

Finding check_data_dir(const fs::path& dir) {
  struct stat facts {};
  if (stat(dir.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode)) return {false, dir.string() + " is not a directory"};
  if (::access(dir.c_str(), W_OK) != 0) return {false, "this account may not write in " + dir.string()};
  if ((facts.st_mode & 0066) != 0) return {false, "others may list or write in " + dir.string()};
  for (const char* name : {"keys", "files"}) {
    struct stat inner {};
    if (stat((dir / name).c_str(), &inner) == 0 && (inner.st_mode & 0077) != 0) {
      return {false, "others may enter " + (dir / name).string()};
    }
  }
  return {true, dir.string()};
}

Finding check_disk(const fs::path& dir) {
  struct statvfs space {};
  if (statvfs(dir.c_str(), &space) != 0) return {false, "cannot be told"};
  const double free = static_cast<double>(space.f_bavail) * static_cast<double>(space.f_frsize);
  return {free >= free_least_gb * gigabyte, gigabytes_text(free) + " free"};
}

Finding check_database(Application::Parts& parts) {
  const store::Result result = parts.store->run(query::operation::cluster_facts);
  const store::Row row = result.only();
  const std::string version = row.get<std::string>(0);
  if (row.get<int>(1) < 150000) return {false, "PostgreSQL " + version + " is older than 15"};
  if (row.get<std::string>(6) != "UTF8") return {false, "the database's encoding is " + row.get<std::string>(6)};
  if (row.get<std::string>(4) == "off") return {false, "synchronous_commit is off: acknowledged writes could be lost"};
  const bool has_checksums = row.get<std::string>(3) == "on";
  return {true, "PostgreSQL " + version + (parts.store->cluster() != nullptr ? ", private" : ", given server") +
                    (has_checksums ? ", with checksums" : ", without page checksums") + ", " +
                    gigabytes_text(static_cast<double>(row.get<std::int64_t>(5)))};
}

Finding check_postgis(Application::Parts& parts) {
  const auto version = parts.store->run(query::operation::cluster_facts).only().get<std::optional<std::string>>(2);
  return {version.has_value(), version ? "PostGIS " + *version : "not there"};
}

Finding check_migrations(Application::Parts& parts) {
  const store::Lease lease = parts.store->take();
  int missing = 0;
  int last = 0;
  for (const store::MigrationStep& step : store::migration_steps(*lease)) {
    missing += step.is_applied ? 0 : 1;
    last = step.number;
  }
  if (missing > 0) return {false, std::to_string(missing) + " not applied"};
  return {true, "all applied, up to " + std::to_string(last)};
}

Finding check_key_file(Application::Parts& parts) {
  const Settings& settings = parts.settings;
  const fs::path file =
      settings.key_file.empty() ? settings.data_dir / "keys" / "root.key" : fs::path(settings.key_file);
  const auto provider = access::open_key_file(file, false);
  return {true, file.string() + ", key " + provider->root_id()};
}

Finding check_sealing(Application::Parts& parts) {
  const access::FieldPlace place{"check", "probe", Uuid::make().text(), 1};
  const std::string probe = "menpai";
  const bool opens = parts.keys->open(place, parts.keys->seal(place, probe)) == probe;
  return {opens,
          opens ? "a probe was sealed and opened, suite " + parts.settings.key_suite : "a sealed probe did not open"};
}

Finding check_divisions(Application::Parts& parts) {
  const store::Result result = parts.store->run(query::division::newest_edition);
  if (result.empty()) return {false, "none loaded"};
  const auto [edition, count] = result.only().as<std::string, std::int64_t>();
  return {true, edition + ", " + std::to_string(count) + " divisions"};
}

Finding check_library(Application::Parts& parts) {
  const fs::path file = parts.library_file();
  if (file.empty()) return {false, "there is none"};
  address::LibraryFile::open(file)->verify();
  const auto library = address::Library::open(file);
  return {true, file.string() + ", " + std::to_string(library->facts().divisions) + " divisions, " +
                    std::to_string(library->facts().addresses) + " addresses"};
}

Finding check_clock(Application::Parts& parts) {
  const store::Timestamp theirs = parts.store->run(query::operation::cluster_facts).only().get<store::Timestamp>(7);
  const auto apart = std::chrono::abs(store::now() - theirs);
  if (store::now() < store::Timestamp(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1))) {
    return {false, "the clock says " + store::iso_text(store::now())};
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(apart).count();
  return {seconds < 5, std::to_string(seconds) + " s apart from the database's"};
}

Finding check_administrator(Application::Parts& parts) {
  const auto count = parts.store->run(query::account::count_administrators).only().get<std::int64_t>(0);
  return {count > 0, std::to_string(count) + " who may sign in"};
}

Finding check_web(const fs::path& dir) {
  std::error_code error;
  const bool is_there = !dir.empty() && fs::exists(dir / "index.html", error);
  return {is_there, is_there ? dir.string() : "the web application is not built"};
}

CheckResult run(const std::string& name, const std::string& hint, const std::function<Finding()>& look) {
  CheckResult result{name, false, {}, {}};
  try {
    const Finding finding = look();
    result.ok = finding.ok;
    result.message = finding.message;
  } catch (const Error& error) {
    result.message = error.what();
  } catch (const std::exception&) {
    result.message = "the check itself failed";
  }
  if (!result.ok) result.hint = hint;
  return result;
}

}  // namespace

std::vector<CheckResult> run_checks(Application& app, const Caller& caller) {
  require(app, caller, Action::manage_database);
  Application::Parts& parts = app.parts();
  const fs::path dir = parts.settings.data_dir;
  const auto of = [&](Finding (*look)(Application::Parts&)) { return [&parts, look] { return look(parts); }; };
  return {
      run("data_directory", "chmod 0711 (as root) or 0700 the data directory, 0700 keys and files in it.",
          [&] { return check_data_dir(dir); }),
      run("disk_space", "Free some space, or move the data directory to a larger disk.",
          [&] { return check_disk(dir); }),
      run("database", "Look at DATA/log/cluster.log and DATA/pg/log, or at the server named in database.url.",
          of(check_database)),
      run("postgis", "Install postgresql-15-postgis-3, then run menpai check again.", of(check_postgis)),
      run("migrations", "Run: menpai migrate", of(check_migrations)),
      run("key_file", "Put the key file back from where it was kept; chmod 600 it.", of(check_key_file)),
      run("sealing", "The root key does not fit this database. Restore both from the same backup.", of(check_sealing)),
      run("divisions", "Run: menpai migrate (it loads the divisions that came with the program).", of(check_divisions)),
      run("library", "Run: menpai library build", of(check_library)),
      run("clock", "Set the clock; run a time service such as chrony.", of(check_clock)),
      run("administrator", "Run: menpai user add NAME --role administrator", of(check_administrator)),
      run("web", "Run bin/setup, or set http.web_dir.", [&] { return check_web(parts.settings.web_dir); }),
  };
}

std::vector<CheckResult> check_installation(const Settings& settings) {
  std::unique_ptr<Application> app;
  CheckResult opened = run("start", "Mend this first; the other checks need it.", [&]() -> Finding {
    app = Application::open(settings, false);
    return {true, "opens"};
  });
  if (!app) return {opened};
  std::vector<CheckResult> results = run_checks(*app, operator_caller());
  results.insert(results.begin(), opened);
  return results;
}

std::vector<std::string> migrate_database(Application& app, const Caller& caller) {
  require(app, caller, Action::manage_database);
  const store::Lease lease = app.parts().store->take();
  store::migrate(*lease);
  std::vector<std::string> titles;
  for (const store::MigrationStep& step : store::migration_steps(*lease)) {
    titles.push_back(std::to_string(step.number) + " " + step.title);
  }
  return titles;
}

int run_cluster_supervisor(const fs::path& data_dir) {
  return store::run_supervisor(data_dir);
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// What keeps the installation well: health, named checks, figures.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/application.hpp"

namespace menpai::app {

struct Health {
  bool ok = false;
  std::string database;  ///< "ok" or what is wrong, fit for the public
  std::string version;
  std::string library;  ///< digest of the address library in use; empty if there is none
};
Health health(Application& app);

/// One named check of `menpai check`, with what to do if it fails.
struct CheckResult {
  std::string name;
  bool ok = false;
  std::string message;
  std::string hint;
};
std::vector<CheckResult> run_checks(Application& app, const Caller& caller);
/// The same for an installation that may not even open: then the one check "start" says why. Never throws for what it
/// finds.
std::vector<CheckResult> check_installation(const Settings& settings);

/// Brings the database to this program's shape; gives back every migration it has, "1 title".
std::vector<std::string> migrate_database(Application& app, const Caller& caller);

/// The whole life of the process that holds a private cluster; its exit code. To be called from the only thread.
int run_cluster_supervisor(const std::filesystem::path& data_dir);

/// Name and value pairs in Prometheus' naming, for /metrics; no personal data.
std::vector<std::pair<std::string, double>> figures(Application& app);

}  // namespace menpai::app

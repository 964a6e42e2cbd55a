// SPDX-License-Identifier: Apache-2.0
// What keeps the installation well: health, named checks, figures.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/application.hpp"

namespace menpai::app {

struct Health {
  bool ok = false;
  std::string database;  ///< "ok" or what is wrong, fit for the public
  std::string version;
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

/// Name and value pairs in Prometheus' naming, for /metrics; no personal data.
std::vector<std::pair<std::string, double>> figures(Application& app);

}  // namespace menpai::app

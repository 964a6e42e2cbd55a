// SPDX-License-Identifier: Apache-2.0
// The running program: settings, database, keys, library, worker. What a user can ask of it stands in the other headers
// of this folder, one function a thing; each states its Action to the one policy decision before it does anything.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/settings.hpp"
#include "model/access.hpp"

namespace menpai::app {

/// Opens what the settings name and keeps it until it dies: starts or joins the private cluster (or connects to the
/// given server), applies migrations, opens the library file.
class Application {
 public:
  /// `with_worker`: run queued cleaning jobs in a background thread (the server does, single commands do not).
  static std::unique_ptr<Application> open(const Settings& settings, bool with_worker);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  const Settings& settings() const;

  struct Parts;  // store, keys, library, worker: known to app/ only (app/parts.hpp)
  Parts& parts() { return *m_parts; }

 private:
  explicit Application(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> m_parts;
};

/// The operator at the command line: whoever can read the data directory's keys.
Caller operator_caller();

}  // namespace menpai::app

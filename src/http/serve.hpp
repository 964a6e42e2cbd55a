// SPDX-License-Identifier: Apache-2.0
// `menpai serve`: the application and the server together, until a signal ends them.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace menpai::http {

/// Loads the settings (`settings` are those of the command line, by their dotted names), opens the application, serves,
/// and returns the exit code after SIGTERM or SIGINT. `on_ready` gets the address to open in a browser; without it,
/// that address is printed. Throws what Application::open and Server throw.
int serve(const std::map<std::string, std::string>& settings, const std::filesystem::path& config,
          const std::function<void(const std::string& url)>& on_ready = {});

}  // namespace menpai::http

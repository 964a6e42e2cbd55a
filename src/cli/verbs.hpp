// SPDX-License-Identifier: Apache-2.0
// How verbs are added to the command line: what the files that know the argument parser share (cli.cpp,
// spine_verbs.cpp).
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"

namespace menpai::cli {

inline constexpr const char* exit_codes =
    "Exit codes: 0 done, 2 wrong use, 3 bad input, 4 not allowed, 5 machine (disk, memory, port, database), 70 bug.";

/// One command under construction: its options, which live until it has run.
template <class Options>
struct Command {
  CLI::App* app;
  std::shared_ptr<Options> options = std::make_shared<Options>();
};

/// The command that was typed, once parsing is over.
struct Chosen {
  std::function<int()> run;
  bool json = false;
};

/// NAME=VALUE pairs into a map; the last of a name counts.
inline void add_pairs(CLI::App& app, const std::string& flag, std::map<std::string, std::string>& into,
                      const std::string& help, const std::string& shape) {
  app.add_option_function<std::vector<std::string>>(
         flag,
         [&into, flag](const std::vector<std::string>& pairs) {
           for (const auto& pair : pairs) {
             const std::size_t equals = pair.find('=');
             if (equals == std::string::npos || equals == 0)
               throw CLI::ValidationError(flag, "takes NAME=VALUE, and \"" + pair + "\" is not");
             into.insert_or_assign(pair.substr(0, equals), pair.substr(equals + 1));
           }
         },
         help)
      ->type_name(shape)
      ->allow_extra_args(false);
}

/// A setting given by a flag of its own: --port 80 is --set http.port=80.
template <class Options>
void add_setting(const Command<Options>& command, const std::string& flag, const std::string& setting,
                 const std::string& help, const std::string& shape = "TEXT") {
  auto settings = command.options;
  CLI::Option* option = command.app->template add_option_function<std::string>(
      flag, [settings, setting](const std::string& value) { settings->settings[setting] = value; },
      help + " (setting " + setting + ")");
  option->type_name(shape);
}

template <class Options>
Command<Options> add_command(CLI::App& parent, const std::string& name, const std::string& help, Chosen& chosen,
                             int (*run)(const Options&), bool with_database) {
  Command<Options> command{parent.add_subcommand(name, help)};
  CLI::App& app = *command.app;
  app.footer(exit_codes);
  app.add_option("--config", command.options->config, "Settings file")->type_name("FILE");
  add_pairs(app, "--set", command.options->settings, "A setting by its dotted name; may be repeated", "NAME=VALUE");
  add_setting(command, "--data", "data.dir", "Folder in which Menpai keeps everything", "DIR");
  if (with_database)
    add_setting(command, "--database", "database.url", "Use this PostgreSQL server, not the own one", "URL");
  app.add_flag("--json", command.options->json, "Report and errors as JSON");
  app.add_flag("-q,--quiet", command.options->quiet, "No progress bar and no summary");
  app.callback([command, run, &chosen] {
    chosen.json = command.options->json;
    chosen.run = [command, run] { return run(*command.options); };
  });
  return command;
}

inline void add_mapping(CLI::App& app, std::map<std::string, std::string>& map, const std::string& roles) {
  add_pairs(app, "--map", map, "Which column is what, comma-separated; roles: " + roles, "ROLE=COLUMN");
  app.get_option("--map")->delimiter(',');
}

/// Names, addresses, codes, plates and change sets (spine_verbs.cpp).
void add_spine_verbs(CLI::App& root, Chosen& chosen);

}  // namespace menpai::cli

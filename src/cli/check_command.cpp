// SPDX-License-Identifier: Apache-2.0
// menpai check: every named check with what to do where one fails.
#include "app/operation.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

constexpr std::size_t name_width = 16;
/// Fit for scripts: something about the environment is wrong.
constexpr int failed_exit = 5;

std::string line_of(const app::CheckResult& check) {
  std::string line = check.ok ? "ok      " : "FAILED  ";
  line += check.name;
  line.append(name_width > check.name.size() ? name_width - check.name.size() : 1, ' ');
  line += check.message + "\n";
  if (!check.ok) line += std::string(8 + name_width, ' ') + "→ " + check.hint + "\n";
  return line;
}

}  // namespace

int run_check(const CheckOptions& options) {
  const std::vector<app::CheckResult> checks = app::check_installation(settings_of(options));
  std::string text;
  std::string json;
  std::uint64_t failed = 0;
  for (const app::CheckResult& check : checks) {
    failed += check.ok ? 0u : 1u;
    text += line_of(check);
    json += json.empty() ? "[" : ",";
    json += JsonObject()
                .add("name", check.name)
                .add("ok", check.ok)
                .add("message", check.message)
                .add("hint", check.hint)
                .text();
  }
  if (options.json) {
    print_out(JsonObject().add("ok", failed == 0).add("failed", failed).add_json("checks", json + "]").text() + "\n");
  } else {
    print_out(text + (failed == 0
                          ? "All " + std::to_string(checks.size()) + " checks passed.\n"
                          : std::to_string(failed) + " of " + std::to_string(checks.size()) + " checks failed.\n"));
  }
  return failed == 0 ? 0 : failed_exit;
}

}  // namespace menpai::cli

// SPDX-License-Identifier: Apache-2.0
// menpai demo: makes the demo and says what came of it.
#include <array>
#include <fmt/format.h>
#include <memory>

#include "app/demo.hpp"
#include "app/demo_score.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

constexpr std::array<std::string_view, 5> class_titles = {"A exact", "B written differently", "C level left out",
                                                          "D typing error", "N does not exist"};

/// One bar a step.
class Steps {
 public:
  explicit Steps(bool quiet) : m_quiet(quiet) {}
  void show(std::string_view step, std::uint64_t done, std::uint64_t total) {
    if (step != m_step) {
      m_bar.reset();
      m_step = step;
      m_bar = std::make_unique<Progress>("demo: " + m_step, m_quiet);
    }
    m_bar->show(done, total);
  }

 private:
  bool m_quiet;
  std::string m_step;
  std::unique_ptr<Progress> m_bar;
};

std::string summary_text(const app::DemoSummary& summary) {
  std::string out =
      fmt::format("Demo town of {}: {} rooms, {} addresses, {} buildings, {} roads, estates and villages.\n",
                  "中山市港口镇", with_commas(summary.town.rooms), with_commas(summary.town.addresses),
                  with_commas(summary.town.buildings), with_commas(summary.town.places));
  out += fmt::format("Library: {} addresses, {}.\n", with_commas(summary.library_addresses),
                     bytes_text(summary.library_bytes));
  out += fmt::format("\n{:<20}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>12}\n", "list", "rows", "A", "B", "C", "none", "held",
                     "rows/s");
  for (const app::DemoListSummary& list : summary.lists) {
    out += fmt::format("{:<20}{:>8}{:>8}{:>8}{:>8}{:>8}{:>8}{:>12}\n", list.name, with_commas(list.rows),
                       with_commas(list.grades[0]), with_commas(list.grades[1]), with_commas(list.grades[2]),
                       with_commas(list.grades[3]), with_commas(list.held),
                       with_commas(static_cast<std::uint64_t>(list.rows_per_second)));
  }
  out += fmt::format("\n{:<24}{:>8}{:>10}{:>10}{:>8}{:>8}{:>24}\n", "compared with the truth", "rows", "right", "wrong",
                     "C", "none", "C, right one offered");
  for (std::size_t i = 0; i < summary.classes.size(); ++i) {
    const app::DemoScore& score = summary.classes[i];
    out += fmt::format("{:<24}{:>8}{:>10}{:>10}{:>8}{:>8}{:>24}\n", class_titles[i], with_commas(score.rows),
                       with_commas(score.right), with_commas(score.wrong), with_commas(score.grades[2]),
                       with_commas(score.grades[3]), with_commas(score.held_known));
  }
  out += "(right, wrong: rows answered A or B. C waits for a person.)\n";
  out += summary.was_there ? fmt::format("\nMade before, in {}; nothing was changed.\n", duration_text(summary.seconds))
                           : fmt::format("\nMade in {}.\n", duration_text(summary.seconds));
  if (!summary.password.empty()) {
    out += fmt::format("Sign in as {} with the one-time password {}\n", summary.account, summary.password);
  } else {
    out += fmt::format("Sign in as {} with the password you chose. Forgotten? menpai user reset-password {}\n",
                       summary.account, summary.account);
  }
  return out;
}

std::string report_json(const app::DemoSummary& summary) {
  JsonObject object;
  object.add_json("summary", app::demo_summary_json(summary)).add("was_there", summary.was_there);
  object.add("account", summary.account);
  if (!summary.password.empty()) object.add("one_time_password", summary.password);
  return object.text() + "\n";
}

}  // namespace

int run_demo(const DemoOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  app::DemoSummary summary;
  {
    Steps steps(options.quiet || options.json);
    app::DemoWishes wishes;
    wishes.town = {options.rooms, options.seed};
    wishes.progress = [&](std::string_view step, std::uint64_t done, std::uint64_t total) {
      steps.show(step, done, total);
    };
    summary = app::make_demo(*application, app::operator_caller(), wishes);
  }
  print_out(options.json ? report_json(summary) : summary_text(summary));
  return 0;
}

}  // namespace menpai::cli

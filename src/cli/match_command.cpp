// SPDX-License-Identifier: Apache-2.0
// menpai match: for each address of a list, the addresses of a library that it may mean.
#include "app/file_cleaning.hpp"
#include "app/shared_files.hpp"
#include "cli/progress.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {

int run_match(const MatchOptions& options) {
  const app::Settings settings = settings_of(options);
  const app::FileEngine engine{app::choose_library(options.library, settings),
                               options.region.empty() ? settings.region : options.region, options.threads};
  app::FileSummary summary;
  {
    Progress progress("matching", options.quiet || options.json);
    summary = app::match_file(table_input(options.table), table_output(options.output), engine, options.top,
                              progress.watch_file());
  }
  report_summary(options, options.output, summary, true);
  return 0;
}

}  // namespace menpai::cli

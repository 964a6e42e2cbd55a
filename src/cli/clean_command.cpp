// SPDX-License-Identifier: Apache-2.0
// menpai clean: a list of addresses → the same list with standard addresses, grades and reasons.
#include "app/file_cleaning.hpp"
#include "app/shared_files.hpp"
#include "cli/progress.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {

int run_clean(const CleanOptions& options) {
  const app::Settings settings = settings_of(options);
  const app::FileEngine engine{app::choose_library(options.library, settings),
                               options.region.empty() ? settings.region : options.region,
                               options.threads,
                               options.divisions_only,
                               settings.grade_a_min,
                               settings.grade_b_min};
  app::FileSummary summary;
  {
    Progress progress("cleaning", options.quiet || options.json);
    summary = app::clean_file(table_input(options.table), table_output(options.output), engine, progress.watch_file());
  }
  report_summary(options, options.output, summary, true);
  return 0;
}

}  // namespace menpai::cli

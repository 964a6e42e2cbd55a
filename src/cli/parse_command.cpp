// SPDX-License-Identifier: Apache-2.0
// menpai parse: the labelled elements of each address of a list.
#include "app/file_cleaning.hpp"
#include "app/shared_files.hpp"
#include "cli/progress.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {

int run_parse(const ParseOptions& options) {
  const app::FileEngine engine{app::choose_library(options.library, settings_of(options)), {}, options.threads};
  app::FileSummary summary;
  {
    Progress progress("parsing", options.quiet || options.json);
    summary = app::parse_file(table_input(options.table), table_output(options.output), engine, progress.watch_file());
  }
  report_summary(options, options.output, summary, false);
  return 0;
}

}  // namespace menpai::cli

// SPDX-License-Identifier: Apache-2.0
// Options of table commands in the words of app/.
#include "cli/table_options.hpp"

#include "cli/report.hpp"

namespace menpai::cli {

app::TableFileInput table_input(const TableInOptions& options) {
  return {options.in,    options.format,    options.charset,   options.column,
          options.sheet, options.delimiter, !options.no_header};
}

app::TableFileOutput table_output(const TableOutOptions& options) {
  return {options.out, options.format, options.inert_formulas, options.bom};
}

app::Settings settings_of(const CommonOptions& options) {
  return app::load_settings(options.config, options.settings);
}

void report_summary(const CommonOptions& common, const TableOutOptions& output, const app::FileSummary& summary,
                    bool with_grades) {
  if (common.json && output.out != "-")
    print_out(summary_json(summary, with_grades));
  else if (common.json)
    print_note(summary_json(summary, with_grades));
  else if (!common.quiet)
    print_note(summary_text(summary, with_grades));
}

}  // namespace menpai::cli

// SPDX-License-Identifier: Apache-2.0
// menpai reverse: for each point of a table, the nearest address of a library.
#include "app/reverse_file.hpp"
#include "app/shared_files.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

std::string reverse_json(const app::ReverseSummary& summary) {
  JsonObject counts;
  counts.add("found", summary.found);
  counts.add("far", summary.far);
  counts.add("no_point", summary.no_points);
  std::string text = summary_json(summary.file, false);
  text.resize(text.find_last_of('}'));
  return text + ",\"point_count\":" + counts.text() + "}\n";
}

std::string reverse_text(const app::ReverseSummary& summary) {
  std::string text = summary_text(summary.file, false);
  const std::uint64_t rows = summary.file.rows_out;
  if (rows == 0) return text;
  text.append("  points  found ").append(with_commas(summary.found)).append(" (").append(percent(summary.found, rows));
  text.append(")  far from all ").append(with_commas(summary.far)).append(" (").append(percent(summary.far, rows));
  text.append(")  no point ")
      .append(with_commas(summary.no_points))
      .append(" (")
      .append(percent(summary.no_points, rows));
  return text + ")\n";
}

}  // namespace

int run_reverse(const ReverseOptions& options) {
  const app::Settings settings = settings_of(options);
  const app::FileEngine engine{app::choose_library(options.library, settings), "", options.threads};
  app::PointColumns columns = app::point_columns(options.map);
  if (!options.crs.empty()) columns.crs = options.crs;
  columns.max_distance_m = options.max_distance_m;
  app::ReverseSummary summary;
  {
    Progress progress("looking up", options.quiet || options.json);
    summary = app::reverse_file(table_input(options.table), columns, table_output(options.output), engine,
                                progress.watch_file());
  }
  if (options.json)
    options.output.out == "-" ? print_note(reverse_json(summary)) : print_out(reverse_json(summary));
  else if (!options.quiet)
    print_note(reverse_text(summary));
  return 0;
}

}  // namespace menpai::cli

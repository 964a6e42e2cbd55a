// SPDX-License-Identifier: Apache-2.0
// menpai pairs: for each row of a table with two addresses, whether they mean the same.
#include "app/pair_file.hpp"
#include "app/shared_files.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

constexpr std::array relations = {Relation::same, Relation::one_contains_other, Relation::neighbour, Relation::similar,
                                  Relation::different};

std::string pairs_json(const app::PairSummary& summary) {
  JsonObject counts;
  for (const Relation relation : relations)
    counts.add(relation_name(relation), summary.by_relation[static_cast<std::size_t>(relation)]);
  std::string text = summary_json(summary.file, false);
  text.resize(text.find_last_of('}'));
  return text + ",\"relation_count\":" + counts.text() + "}\n";
}

std::string pairs_text(const app::PairSummary& summary) {
  std::string text = summary_text(summary.file, false);
  if (summary.file.rows_out == 0) return text;
  text += "  relation";
  for (const Relation relation : relations) {
    const std::uint64_t count = summary.by_relation[static_cast<std::size_t>(relation)];
    text.append("  ").append(relation_name(relation)).append(" ").append(with_commas(count));
    text += " (" + percent(count, summary.file.rows_out) + ")";
  }
  return text + "\n";
}

}  // namespace

int run_pairs(const PairsOptions& options) {
  const app::Settings settings = settings_of(options);
  const app::FileEngine engine{app::choose_library(options.library, settings),
                               options.region.empty() ? settings.region : options.region, options.threads};
  app::PairSummary summary;
  {
    Progress progress("comparing", options.quiet || options.json);
    summary = app::compare_file(table_input(options.table), app::pair_columns(options.map),
                                table_output(options.output), engine, progress.watch_file());
  }
  if (options.json)
    options.output.out == "-" ? print_note(pairs_json(summary)) : print_out(pairs_json(summary));
  else if (!options.quiet)
    print_note(pairs_text(summary));
  return 0;
}

}  // namespace menpai::cli

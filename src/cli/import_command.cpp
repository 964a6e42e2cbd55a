// SPDX-License-Identifier: Apache-2.0
// menpai import: addresses, places, buildings, division changes.
#include "app/registering.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

app::ImportReport import(app::Application& application, const ImportOptions& options, const app::Progress& progress) {
  app::ImportOptions wishes;
  wishes.columns = options.map;
  wishes.region = options.region;
  wishes.crs = options.crs;
  wishes.source = options.source;
  wishes.progress = progress;
  wishes.table = table_input(options.table);
  const Caller caller = app::operator_caller();
  if (options.kind == "address") return app::import_addresses(application, caller, options.file, wishes);
  if (options.kind == "place") return app::import_places(application, caller, options.file, wishes);
  if (options.kind == "building") return app::import_buildings(application, caller, options.file, wishes);
  if (options.kind == "division-change") return app::import_division_changes(application, caller, options.file, wishes);
  throw Error(ErrorCode::bad_request, "There is no import of \"" + options.kind +
                                          "\". There are address, place, building and division-change.");
}

std::string counts_json(const std::map<std::string, std::uint64_t>& counts) {
  JsonObject object;
  for (const auto& [reason, rows] : counts) object.add(reason, rows);
  return object.text();
}

std::string report_json(const app::ImportReport& report) {
  JsonObject object;
  object.add("rows", report.rows);
  for (std::size_t i = 0; i < report.outcome.size(); ++i) {
    object.add(row_outcome_name(static_cast<RowOutcome>(i)), report.outcome[i]);
  }
  object.add_json("held_reason", counts_json(report.held_reason));
  return object.add_json("refused_reason", counts_json(report.refused_reason)).text() + "\n";
}

std::string report_text(const app::ImportReport& report) {
  std::string out = with_commas(report.rows) + " rows =";
  for (std::size_t i = 0; i < report.outcome.size(); ++i) {
    out += (i > 0 ? " + " : " ") + with_commas(report.outcome[i]) + " " +
           std::string(row_outcome_name(static_cast<RowOutcome>(i)));
  }
  out += '\n';
  for (const auto& [reason, rows] : report.held_reason) out += "  held, " + reason + ": " + with_commas(rows) + "\n";
  for (const auto& [reason, rows] : report.refused_reason) {
    out += "  refused, " + reason + ": " + with_commas(rows) + "\n";
  }
  return out;
}

}  // namespace

int run_import(const ImportOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  app::ImportReport report;
  {
    Progress bar("importing " + options.file.filename().string(), options.quiet || options.json);
    report = import(*application, options, [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
  }
  print_out(options.json ? report_json(report) : report_text(report));
  return 0;
}

}  // namespace menpai::cli

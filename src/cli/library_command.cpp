// SPDX-License-Identifier: Apache-2.0
// menpai library build, menpai library show.
#include "app/application.hpp"
#include "app/library_files.hpp"
#include "app/registering.hpp"
#include "app/shared_files.hpp"
#include "base/error.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

JsonObject facts_json(const app::LibraryFacts& facts) {
  JsonObject object;
  object.add("file", facts.file.string()).add("title", facts.title).add("division_edition", facts.division_edition);
  object.add("built_at", facts.built_at).add("divisions", facts.divisions).add("addresses", facts.addresses);
  object.add("bytes", facts.bytes).add("digest", facts.digest);
  return object;
}

std::string facts_text(const app::LibraryFacts& facts) {
  return facts.file.string() + "\n  title      " + facts.title + "\n  divisions  " + with_commas(facts.divisions) +
         " (" + facts.division_edition + ")\n  addresses  " + with_commas(facts.addresses) + "\n  size       " +
         bytes_text(facts.bytes) + "\n  built at   " + facts.built_at + "\n  digest     " + facts.digest + "\n";
}

int build_from_register(const LibraryBuildOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  app::LibraryReport built;
  {
    Progress progress("building the library", options.quiet || options.json);
    built = app::build_library_from_register(
        *application, app::operator_caller(), options.out,
        [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total, done); });
  }
  if (options.quiet && !options.json) return 0;
  if (options.json)
    print_out(JsonObject()
                  .add("file", built.file.string())
                  .add("addresses", built.addresses)
                  .add("bytes", built.bytes)
                  .text() +
              "\n");
  else
    print_out(facts_text(app::library_facts(built.file)));
  return 0;
}

app::LibrarySource source_of(const LibraryBuildOptions& options) {
  app::LibrarySource source;
  source.has_table = !options.divisions_only;
  source.table = table_input(options.table);
  source.table.file = options.addresses;
  source.columns = options.map;
  source.crs = options.crs;
  source.division_packages = options.divisions;
  source.title = options.title;
  return source;
}

}  // namespace

int run_library_build(const LibraryBuildOptions& options) {
  if (options.divisions_only && !options.addresses.empty())
    throw Error(ErrorCode::bad_request, "Give either --addresses or --divisions-only, not both.");
  if (!options.save_divisions.empty())
    app::save_division_set(app::divisions_of_nation(options.divisions), options.save_divisions);
  if (!options.divisions_only && options.addresses.empty()) return build_from_register(options);
  if (options.out.empty()) throw Error(ErrorCode::bad_request, "Name the library file to write with -o.");
  app::LibraryBuilt built;
  {
    Progress progress("building the library", options.quiet || options.json);
    built = app::build_library_from_table(source_of(options), options.out, progress.watch_file());
  }
  if (options.json) {
    print_out(facts_json(built.facts)
                  .add("rows", built.rows)
                  .add("placed", built.placed)
                  .add("without_division", built.without_division)
                  .add("unreadable", built.unreadable)
                  .add("bad_points", built.bad_points)
                  .add("seconds", built.seconds)
                  .add("notes", built.notes)
                  .text() +
              "\n");
    return 0;
  }
  if (options.quiet) return 0;
  std::string text = facts_text(built.facts);
  if (!options.divisions_only)
    text += "  rows       " + with_commas(built.rows) + ": " + with_commas(built.placed) + " placed, " +
            with_commas(built.without_division) + " without a division, " + with_commas(built.unreadable) +
            " unreadable (found by their text alone)\n";
  text += "  took       " + duration_text(built.seconds) + "\n";
  print_out(text);
  for (const auto& note : built.notes) print_note("  note: " + note + "\n");
  return 0;
}

int run_library_show(const LibraryShowOptions& options) {
  const auto facts = app::library_facts(app::choose_library(options.file, settings_of(options)), options.verify);
  print_out(options.json ? facts_json(facts).text() + "\n" : facts_text(facts));
  return 0;
}

}  // namespace menpai::cli

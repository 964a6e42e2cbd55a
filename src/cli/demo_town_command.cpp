// SPDX-License-Identifier: Apache-2.0
// menpai demo-town: the files of an invented town.
#include "app/demo_town.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"

namespace menpai::cli {
namespace {

std::string report_json(const app::DemoTownFiles& files) {
  JsonObject lists;
  for (const app::DemoList& list : files.lists) {
    JsonObject classes;
    for (std::size_t i = 0; i < list.classes.size(); ++i) {
      classes.add(app::demo_class_name(i), list.classes[i]);
    }
    JsonObject one;
    one.add("rows", list.rows).add("column", list.column).add_json("classes", classes.text());
    lists.add_json(list.file.filename().string(), one.text());
  }
  JsonObject object;
  object.add("rooms", files.facts.rooms).add("addresses", files.facts.addresses);
  object.add("buildings", files.facts.buildings).add("places", files.facts.places);
  return object.add_json("lists", lists.text()).text() + "\n";
}

std::string report_text(const app::DemoTownFiles& files) {
  std::string out = with_commas(files.facts.rooms) + " rooms, " + with_commas(files.facts.addresses) + " addresses, " +
                    with_commas(files.facts.buildings) + " buildings, " + with_commas(files.facts.places) + " places\n";
  for (const auto& file : {files.places, files.buildings, files.addresses}) out += "  " + file.string() + "\n";
  for (const app::DemoList& list : files.lists) {
    out += "  " + list.file.string() + "  " + with_commas(list.rows) + " rows, column " + list.column + " (";
    for (std::size_t i = 0; i < list.classes.size(); ++i) {
      out += (i > 0 ? ", " : "") + std::string(app::demo_class_name(i)) + " " + with_commas(list.classes[i]);
    }
    out += "), truth in " + list.truth.filename().string() + "\n";
  }
  return out;
}

}  // namespace

int run_demo_town(const DemoTownOptions& options) {
  app::DemoTownFiles files;
  {
    Progress bar("making the town", options.quiet || options.json);
    app::DemoTownFilesOptions wishes;
    wishes.town = {options.rooms, options.seed};
    wishes.dirty_rows = options.dirty_rows;
    wishes.progress = [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); };
    files = app::write_demo_town(options.out, wishes);
  }
  print_out(options.json ? report_json(files) : report_text(files));
  return 0;
}

}  // namespace menpai::cli

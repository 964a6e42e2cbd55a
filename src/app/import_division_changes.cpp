// SPDX-License-Identifier: Apache-2.0
// The official lists of division changes into the database: successions, and the former names that follow from them.
#include <algorithm>
#include <map>
#include <set>

#include "app/door.hpp"
#include "app/parts.hpp"
#include "app/registering.hpp"
#include "base/error.hpp"
#include "intake/table.hpp"
#include "spine/division_change.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::division;

/// What the columns are called in the lists that go round.
struct Role {
  std::string_view name;
  std::vector<std::string_view> columns;
  bool is_required;
};
const std::vector<Role>& roles() {
  static const std::vector<Role> all = {
      {"old_code", {"old_code", "代码", "原代码", "旧代码"}, true},
      {"old_name", {"old_name", "名称", "原名称", "旧名称"}, false},
      {"new_code", {"new_code", "新代码", "现代码"}, true},
      {"changed_on", {"changed_on", "变更/弃用时间", "变更时间", "year", "date"}, false}};
  return all;
}

std::map<std::string_view, std::size_t> find_roles(const std::vector<std::string>& columns,
                                                   const std::map<std::string, std::string>& given) {
  std::map<std::string_view, std::size_t> found;
  for (const Role& role : roles()) {
    if (const auto name = given.find(std::string(role.name)); name != given.end()) {
      found[role.name] = intake::find_column(columns, name->second);
      continue;
    }
    for (const std::string_view candidate : role.columns) {
      const auto at = std::find(columns.begin(), columns.end(), candidate);
      if (at != columns.end() && !found.contains(role.name)) {
        found[role.name] = static_cast<std::size_t>(at - columns.begin());
      }
    }
    if (role.is_required && !found.contains(role.name)) {
      std::string list;
      for (const std::string& column : columns) list += (list.empty() ? "" : ", ") + column;
      throw Error(ErrorCode::bad_request, "No column is the " + std::string(role.name) + ". Name it with --map " +
                                              std::string(role.name) + "=COLUMN; the file has: " + list + ".");
    }
  }
  return found;
}

using SuccessionKey = std::tuple<std::string, std::string, std::string, std::string>;

std::set<SuccessionKey> load_successions(store::Connection& connection) {
  std::set<SuccessionKey> known;
  connection.stream(query::successions, [&](const store::Row& row) {
    known.insert(row.as<std::string, std::string, std::string, std::string>());
  });
  return known;
}

/// Names of divisions that went into exactly one that is in force.
void add_former_names(store::Transaction& transaction, const std::set<SuccessionKey>& successions,
                      const std::string& source) {
  std::unordered_map<std::string, std::string> name_in_force;
  std::unordered_set<std::string> in_force;
  transaction.connection().stream(query::in_force, [&](const store::Row& row) {
    name_in_force[row.get<std::string>(0)] = row.get<std::string>(2);
    in_force.insert(row.get<std::string>(0));
  });
  std::unordered_map<std::string, std::vector<std::string>> successors;
  for (const auto& [old_code, new_code, changed_on, old_name] : successions) successors[old_code].push_back(new_code);
  std::vector<std::string> codes, names;
  for (const auto& [old_code, new_code, changed_on, old_name] : successions) {
    if (old_name.empty()) continue;
    const std::vector<std::string> to = spine::final_successors(old_code, successors, in_force);
    if (to.size() != 1 || name_in_force[to[0]] == old_name) continue;
    codes.push_back(to[0]);
    names.push_back(old_name);
  }
  transaction.run(query::add_names, codes, names, source);
}

}  // namespace

ImportReport import_division_changes(Application& app, const Caller& caller, const std::filesystem::path& file,
                                     const ImportOptions& options) {
  require(app, caller, Action::import_address, "division_change", {});
  const auto reader = intake::TableReader::open(file);
  const auto column = find_roles(reader->columns(), options.columns);
  const auto cell = [&](const std::vector<std::string>& cells, std::string_view role) {
    const auto at = column.find(role);
    return at == column.end() || at->second >= cells.size() ? std::string() : cells[at->second];
  };
  const std::string source = options.source.empty() ? file.filename().string() : options.source;

  ImportReport report;
  std::set<SuccessionKey> known;
  std::vector<std::string> old_codes, old_names, new_codes, changed_ons;
  {
    const store::Lease lease = app.parts().store->take();
    known = load_successions(*lease);
  }
  std::vector<std::string> cells;
  while (reader->next(cells)) {
    ++report.rows;
    std::vector<DivisionSuccession> successions;
    const auto outcome = spine::read_division_change(
        {cell(cells, "old_code"), cell(cells, "old_name"), cell(cells, "new_code"), cell(cells, "changed_on")},
        successions);
    RowOutcome end = RowOutcome::same;
    for (const DivisionSuccession& s : successions) {
      if (!known.emplace(s.old_code, s.new_code, s.changed_on, s.old_name).second) continue;
      end = RowOutcome::created;
      old_codes.push_back(s.old_code);
      old_names.push_back(s.old_name);
      new_codes.push_back(s.new_code);
      changed_ons.push_back(s.changed_on);
    }
    if (outcome != spine::DivisionChangeOutcome::successions && outcome != spine::DivisionChangeOutcome::in_force) {
      end = RowOutcome::refused;
      ++report.refused_reason[std::string(spine::division_change_outcome_name(outcome))];
    }
    ++report.outcome[static_cast<std::size_t>(end)];
  }
  app.parts().store->transact([&](store::Transaction& transaction) {
    transaction.run(query::add_successions, old_codes, old_names, new_codes, changed_ons, source);
    add_former_names(transaction, known, source);
  });
  return report;
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
#include "store/division_store.hpp"

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "access/crypto.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::store {
namespace {

struct InForce {
  Date valid_from;
  std::string name, level, parent;
};

std::string digest_of(const DivisionSet& set) {
  access::Digester digester;
  const auto add = [&](std::initializer_list<std::string_view> fields) {
    for (const std::string_view field : fields) {
      digester.add(field);
      digester.add(std::string_view("\0", 1));
    }
  };
  for (const Division& d : set.divisions)
    add({d.code, d.parent, d.name, level_name(d.level), d.valid_from, d.valid_to});
  add({"names"});
  for (const DivisionName& n : set.names) add({n.code, n.name, reason_name(n.kind), n.valid_to});
  add({"successions"});
  for (const DivisionSuccession& s : set.successions) add({s.old_code, s.old_name, s.new_code, s.changed_on});
  return digester.finish();
}

std::unordered_map<std::string, InForce> load_in_force(Transaction& transaction) {
  std::unordered_map<std::string, InForce> rows;
  transaction.connection().stream(query::division::in_force, [&](const Row& row) {
    auto [code, valid_from, name, level, parent] = row.as<std::string, Date, std::string, std::string, std::string>();
    rows.emplace(std::move(code), InForce{valid_from, std::move(name), std::move(level), std::move(parent)});
  });
  return rows;
}

void copy_names(Transaction& transaction, const DivisionSet& set) {
  transaction.run(query::division::clear_names);
  transaction.run(query::division::clear_successions);
  {
    std::set<std::tuple<std::string_view, std::string_view, std::string_view>> seen;
    CopyIn copy(transaction.connection(), query::division::copy_names);
    for (const DivisionName& n : set.names) {
      const std::string_view kind = reason_name(n.kind);
      if (seen.emplace(n.code, n.name, kind).second) copy.row(n.code, n.name, kind, n.valid_to);
    }
    copy.finish();
  }
  std::set<std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>> seen;
  CopyIn copy(transaction.connection(), query::division::copy_successions);
  for (const DivisionSuccession& s : set.successions) {
    if (seen.emplace(s.old_code, s.old_name, s.new_code, s.changed_on).second) {
      copy.row(s.old_code, s.old_name, s.new_code, s.changed_on);
    }
  }
  copy.finish();
}

/// What must end and what must begin so that the rows in force are those of `set`.
DivisionLoad replace_divisions(Transaction& transaction, const DivisionSet& set) {
  std::unordered_map<std::string, InForce> in_force = load_in_force(transaction);
  const bool is_first = in_force.empty();
  const Date day = today();
  std::vector<const Division*> added;
  std::vector<std::string> closed;
  std::vector<std::string> of_today;
  const auto end = [&](const std::string& code, const InForce& row) {
    (row.valid_from.days >= day.days ? of_today : closed).push_back(code);
  };
  std::set<std::string_view> seen;
  for (const Division& division : set.divisions) {
    if (!seen.insert(division.code).second) continue;
    const auto found = in_force.find(division.code);
    if (found != in_force.end()) {
      const InForce& row = found->second;
      const bool is_same =
          row.name == division.name && row.level == level_name(division.level) && row.parent == division.parent;
      if (!is_same) end(division.code, row);
      in_force.erase(found);
      if (is_same) continue;
    }
    added.push_back(&division);
  }
  for (const auto& [code, row] : in_force) end(code, row);
  // A row that began only today was never in force on any earlier day: it goes without a trace.
  transaction.run(query::division::remove_of_day, of_today, day);
  transaction.run(query::division::close, closed, day);
  CopyIn copy(transaction.connection(), query::division::copy);
  for (const Division* d : added) {
    const Date begin = parse_date(d->valid_from).value_or(is_first ? Date{Date::since_ever} : day);
    const Date finish = parse_date(d->valid_to).value_or(Date{Date::for_ever});
    copy.row(d->code, begin, finish, d->name, level_name(d->level), d->parent, set.edition);
  }
  DivisionLoad load;
  load.added = copy.finish();
  load.closed = closed.size() + of_today.size();
  return load;
}

}  // namespace

DivisionLoad load_divisions(Store& store, const DivisionSet& set) {
  const Bytes digest{digest_of(set)};
  DivisionLoad load;
  store.transact([&](Transaction& transaction) {
    load = {};
    load.is_same = !transaction.run(query::division::edition, set.edition, digest).empty();
    if (load.is_same) return;
    transaction.set_statement_timeout(std::chrono::minutes(10));
    transaction.run(query::division::lock);
    load = replace_divisions(transaction, set);
    copy_names(transaction, set);
    transaction.run(query::division::record_edition, set.edition, digest, std::uint64_t{set.divisions.size()}, now());
  });
  return load;
}

void add_imported_changes(Store& store, DivisionSet& set) {
  const Result names = store.run(query::division::imported_names);
  for (const Row row : names) {
    auto [code, name, kind] = row.as<std::string, std::string, std::string>();
    set.names.push_back({std::move(code), std::move(name),
                         kind == reason_name(Reason::alias) ? Reason::alias : Reason::former_name, ""});
  }
  const Result successions = store.run(query::division::imported_successions);
  for (const Row row : successions) {
    auto [old_code, old_name, new_code, changed_on] = row.as<std::string, std::string, std::string, std::string>();
    set.successions.push_back({std::move(old_code), std::move(old_name), std::move(new_code), std::move(changed_on)});
  }
}

}  // namespace menpai::store

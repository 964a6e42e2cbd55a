// SPDX-License-Identifier: Apache-2.0
#include "app/aliases.hpp"

#include <algorithm>

#include "app/alias_learning.hpp"
#include "app/cleaning_chunk.hpp"
#include "app/cleaning_record.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::alias;

constexpr int page_max = 500;
constexpr std::int32_t preview_rows_max = 20'000;

std::vector<int> alias_counties(store::Store& store) {
  std::vector<int> counties;
  const store::Result result = store.run(query::counties);
  for (const store::Row row : result) counties.push_back(row.get<std::int32_t>(0));
  return counties;
}

Alias alias_of(const store::Row& row) {
  Alias alias;
  alias.county_code = row.get<std::int32_t>(0);
  alias.id = {row.get<Uuid>(1)};
  alias.kind = parse_alias_kind(row.get<std::string>(2)).value_or(AliasKind::place);
  alias.text = row.get<std::string>(3);
  alias.target_id = row.get<Uuid>(4).text();
  alias.target_name = row.get<std::string>(5);
  alias.target_address = row.get<std::string>(6);
  alias.state = parse_alias_state(row.get<std::string>(7)).value_or(AliasState::withdrawn);
  alias.row_count = static_cast<std::uint64_t>(row.get<std::int64_t>(8));
  alias.proposers = row.get<std::vector<std::string>>(10);
  alias.proposed_at = store::iso_text(row.get<store::Timestamp>(11));
  alias.settled_by = row.get<std::string>(12);
  if (const auto at = row.get<std::optional<store::Timestamp>>(13)) alias.settled_at = store::iso_text(*at);
  alias.valid_from = row.get<std::string>(14);
  alias.valid_to = row.get<std::string>(15);
  alias.version = row.get<std::int32_t>(16);
  return alias;
}

Alias load_alias(store::Store& store, const AliasId& id) {
  const store::Result where = store.run(query::locate, id.value);
  const auto not_found = [] { return Error(ErrorCode::not_found, "There is no such alias."); };
  if (where.empty()) throw not_found();
  const store::Result found = store.run(query::get, where[0].get<std::int32_t>(0), id.value);
  if (found.empty()) throw not_found();
  return alias_of(found[0]);
}

/// The day in China, where the register's dates are made.
std::string today() {
  return store::iso_text(store::now() + std::chrono::hours(8)).substr(0, 10);
}

bool may_become(AliasState from, AliasState to) {
  switch (to) {
    case AliasState::approved:
      return from == AliasState::proposed || from == AliasState::refused;
    case AliasState::refused:
      return from == AliasState::proposed;
    case AliasState::withdrawn:
      return from == AliasState::approved;
    case AliasState::proposed:
      return false;
  }
  return false;
}

}  // namespace

AliasPage list_aliases(Application& app, const Caller& caller, const std::optional<AliasState>& state,
                       std::uint64_t after, int limit) {
  require(app, caller, Action::read_alias, "alias");
  if (limit < 1 || limit > page_max) {
    throw Error(ErrorCode::bad_request, "A page has 1 to " + std::to_string(page_max) + " aliases.");
  }
  store::Store& store = *app.parts().store;
  const std::vector<int> counties = alias_counties(store);
  AliasPage page;
  for (const AliasState one :
       {AliasState::proposed, AliasState::approved, AliasState::refused, AliasState::withdrawn}) {
    page.counts[std::string(alias_state_name(one))] = 0;
  }
  const store::Result counts = store.run(query::count_states, counties);
  for (const store::Row row : counts) {
    page.counts[row.get<std::string>(0)] = static_cast<std::uint64_t>(row.get<std::int64_t>(1));
  }
  const store::Result result = store.run(query::list, counties, state ? alias_state_name(*state) : "all",
                                         std::int64_t{limit + 1}, static_cast<std::int64_t>(after));
  for (const store::Row row : result) {
    if (static_cast<int>(page.items.size()) == limit) {
      page.next = after + static_cast<std::uint64_t>(limit);
      break;
    }
    page.items.push_back(alias_of(row));
  }
  return page;
}

Alias get_alias(Application& app, const Caller& caller, const AliasId& id) {
  require(app, caller, Action::read_alias, "alias", id.text());
  return load_alias(*app.parts().store, id);
}

Alias settle_alias(Application& app, const Caller& caller, const AliasId& id, AliasState state, int version) {
  require(app, caller, Action::settle_alias, "alias", id.text());
  store::Store& store = *app.parts().store;
  const Alias alias = load_alias(store, id);
  const auto stale = [] {
    return Error(ErrorCode::conflict, "Somebody or a new decision changed this alias meanwhile. Look again.");
  };
  if (alias.version != version) throw stale();
  if (!may_become(alias.state, state)) {
    throw Error(ErrorCode::conflict, "An alias that is " + std::string(alias_state_name(alias.state)) +
                                         " cannot become " + std::string(alias_state_name(state)) + ".");
  }
  const bool is_own = std::find(alias.proposers.begin(), alias.proposers.end(), caller.name) != alias.proposers.end();
  if (state == AliasState::approved && is_own) {
    throw Error(ErrorCode::forbidden,
                "Your own decision proposed this alias. Another administrator has to approve it.");
  }
  const std::string from = state == AliasState::approved ? today() : alias.valid_from;
  const std::string to = state == AliasState::withdrawn ? std::max(today(), from) : "infinity";
  if (store
          .run(query::settle, std::int32_t{alias.county_code}, id.value, alias_state_name(state), caller.name,
               store::now(), from, to, std::int32_t{version})
          .affected() == 0) {
    throw stale();
  }
  return load_alias(store, id);
}

AliasPreview preview_alias(Application& app, const Caller& caller, const AliasId& id) {
  require(app, caller, Action::read_alias, "alias", id.text());
  Application::Parts& parts = app.parts();
  const Alias alias = load_alias(*parts.store, id);
  const std::string key = alias_key(alias.text);
  AliasPreview preview;
  const store::Result rows = parts.store->run(query::open_rows, std::int32_t{preview_rows_max + 1});
  std::map<Uuid, std::size_t> column_of_job;
  for (const store::Row row : rows) {
    if (preview.rows_looked_at == static_cast<std::uint64_t>(preview_rows_max)) return preview;
    ++preview.rows_looked_at;
    const auto job_id = row.get<Uuid>(0);
    const auto number = static_cast<std::uint64_t>(row.get<std::int64_t>(1));
    auto known = column_of_job.find(job_id);
    if (known == column_of_job.end()) {
      const CleaningJob job = get_job_record(*parts.store, {job_id}).job;
      const auto at = std::find(job.columns.begin(), job.columns.end(), job.column) - job.columns.begin();
      known = column_of_job.emplace(job_id, static_cast<std::size_t>(at)).first;
    }
    const KeptRow kept = open_row(*parts.keys, {job_id}, number, row.get<store::Bytes>(2).value);
    if (known->second >= kept.cells.size()) continue;
    const std::string text = alias_key(kept.cells[known->second]);
    const bool has_text = alias.kind == AliasKind::place ? text.find(key) != std::string::npos : text == key;
    const bool has_target =
        std::any_of(kept.answer.candidates.begin(), kept.answer.candidates.end(), [&](const Candidate& candidate) {
          return candidate.id == alias.target_id ||
                 (alias.kind == AliasKind::place && candidate.address.starts_with(alias.target_address));
        });
    if (has_text && has_target) ++preview.open_rows;
  }
  preview.is_complete = true;
  return preview;
}

AliasTexts load_alias_texts(store::Store& store) {
  AliasTexts texts;
  const store::Result aliases = store.run(query::in_force, alias_counties(store), today());
  for (const store::Row row : aliases) {
    const auto [county, kind, text, target, name] = row.as<std::int32_t, std::string, std::string, Uuid, std::string>();
    if (kind == "address") {
      texts[target.text()].push_back(text);
      continue;
    }
    // Everything below the place can be written with the other name; the first row is the place itself.
    const store::Result below = store.run(query::below, county, target);
    if (below.empty()) continue;
    const auto place = below[0].get<std::string>(1);
    if (!place.ends_with(name)) continue;
    const std::string other = place.substr(0, place.size() - name.size()) + text;
    for (const store::Row one : below) {
      const auto display = one.get<std::string>(1);
      if (!display.starts_with(place)) continue;
      texts[one.get<Uuid>(0).text()].push_back(other + display.substr(place.size()));
    }
  }
  return texts;
}

void add_former_texts(store::Store& store, int county_code, const std::optional<std::vector<Uuid>>& of,
                      AliasTexts& texts) {
  const store::Result rows = store.run(store::query::address::former_texts, std::int32_t{county_code}, of);
  for (const store::Row row : rows) texts[row.get<Uuid>(0).text()].push_back(row.get<std::string>(1));
}

std::string newest_alias_change(Application& app) {
  store::Store& store = *app.parts().store;
  const auto at = store.run(query::newest_change, alias_counties(store)).only().get<std::optional<store::Timestamp>>(0);
  return at ? store::iso_text(*at) : std::string();
}

}  // namespace menpai::app

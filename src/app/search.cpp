// SPDX-License-Identifier: Apache-2.0
#include "app/search.hpp"

#include <algorithm>

#include "app/clean_request.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::search;

constexpr std::size_t text_bytes_max = 8 * 1024;
constexpr int suggestions_max = 50;

void check_text(std::string_view text) {
  if (text.size() > text_bytes_max) {
    throw Error(ErrorCode::too_large, "One address has at most 8 KiB. For lists there is cleaning.");
  }
}

Division division_from(const store::Row& row) {
  Division division;
  division.code = row.get<std::string>(0);
  division.level = parse_level(row.get<std::string>(1)).value_or(Level::none);
  division.name = row.get<std::string>(2);
  division.parent = row.get<std::string>(3);
  return division;
}

Level level_from(const store::Row& row, int column) {
  return parse_level(row.get<std::string>(column)).value_or(Level::none);
}

}  // namespace

Answer find_address(Application& app, const Caller& caller, std::string_view text, std::string_view region) {
  require(app, caller, Action::search_address);
  check_text(text);
  Answer answer;
  app.parts().engines.take()->clean(text, {std::string(region.empty() ? app.settings().region : region), 10}, answer);
  return answer;
}

std::vector<Suggestion> suggest_addresses(Application& app, const Caller& caller, std::string_view text, int limit) {
  require(app, caller, Action::search_address);
  check_text(text);
  std::vector<address::Engine::Suggestion> found;
  const address::Query query{app.settings().region, std::clamp(limit, 1, suggestions_max)};
  app.parts().engines.take()->suggest(text, query, found);
  std::vector<Suggestion> suggestions;
  suggestions.reserve(found.size());
  for (address::Engine::Suggestion& s : found) {
    suggestions.push_back({std::move(s.id), std::move(s.address), std::move(s.division_code), s.level, s.point});
  }
  return suggestions;
}

std::vector<Candidate> match_addresses(Application& app, const Caller& caller, std::string_view text,
                                       std::string_view region, int top) {
  require(app, caller, Action::search_address);
  check_text(text);
  check_region(region);
  if (top < 1 || top > match_top_max) {
    throw Error(ErrorCode::bad_request, "\"top\" must be from 1 to " + std::to_string(match_top_max) + ".");
  }
  std::vector<Candidate> candidates;
  app.parts().engines.take()->match(text, {std::string(region.empty() ? app.settings().region : region), top},
                                    candidates);
  return candidates;
}

AddressView address(Application& app, const Caller& caller, std::string_view id_text) {
  const auto id = Uuid::parse(id_text);
  require(app, caller, Action::read_address, "address", id ? id->text() : std::string());
  const auto not_found = [] { return Error(ErrorCode::not_found, "There is no such address."); };
  if (!id) throw not_found();
  const store::Lease lease = app.parts().store->take();
  const store::Result where = lease->run(query::locate, *id);
  if (where.empty()) throw not_found();
  const auto county = where[0].get<std::int32_t>(0);
  const store::Result found = lease->run(query::get_address, county, *id);
  if (found.empty()) throw not_found();
  const store::Row row = found[0];

  AddressView view;
  view.id = row.get<Uuid>(0).text();
  view.address = row.get<std::string>(1);
  view.code = row.get<std::string>(2);
  view.level = level_from(row, 3);
  view.status = row.get<std::string>(4);
  view.division_code = row.get<std::string>(5);
  const auto lon = row.get<std::optional<double>>(6);
  const auto lat = row.get<std::optional<double>>(7);
  if (lon && lat) view.point = geo::LonLat{*lon, *lat};
  view.known_from = store::iso_text(row.get<store::Timestamp>(8));
  view.version = row.get<std::int32_t>(9);
  const store::Result divisions = lease->run(query::division_path, view.division_code);
  for (const store::Row division : divisions) {
    view.path.push_back({division.get<std::string>(0), level_from(division, 1), division.get<std::string>(2)});
  }
  const store::Result up = lease->run(query::address_path, county, *id);
  for (int i = up.size() - 1; i >= 0; --i) {
    view.path.push_back({up[i].get<Uuid>(0).text(), level_from(up[i], 1), up[i].get<std::string>(2)});
  }
  return view;
}

std::vector<Division> child_divisions(Application& app, const Caller& caller, std::string_view parent) {
  require(app, caller, Action::read_division);
  if (!parent.empty()) division(app, caller, parent);
  std::vector<Division> children;
  const store::Result result = app.parts().store->run(query::child_divisions, parent);
  for (const store::Row row : result) children.push_back(division_from(row));
  return children;
}

Division division(Application& app, const Caller& caller, std::string_view code) {
  require(app, caller, Action::read_division);
  const store::Result result = app.parts().store->run(query::division_path, code);
  if (result.empty()) throw Error(ErrorCode::not_found, "There is no such division in force.");
  return division_from(result[result.size() - 1]);
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
#include "app/place/places.hpp"

#include <algorithm>
#include <array>

#include "address/library/library.hpp"
#include "app/door.hpp"
#include "app/import_features.hpp"
#include "app/parts.hpp"
#include "app/place/name_check.hpp"
#include "app/place/scope.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::place;

constexpr int page_max = 500;
constexpr std::size_t text_bytes_max = 240;
constexpr std::array<std::string_view, 4> states = {"proposed", "in_use", "retired", "all"};

std::optional<double> real(const store::Row& row, int column) {
  const auto value = row.get<std::optional<float>>(column);
  if (!value) return std::nullopt;
  return static_cast<double>(*value);
}

std::string id_text(const store::Row& row, int column) {
  const auto id = row.get<std::optional<Uuid>>(column);
  return id ? id->text() : std::string();
}

/// The generic part as the record has it, if it is the end of the name.
void part_name(PlaceItem& item) {
  if (!item.name.ends_with(item.generic)) item.generic.clear();
  item.specific = item.name.substr(0, item.name.size() - item.generic.size());
}

Uuid mark_of(const std::string& after) {
  if (after.empty()) return {};
  const auto id = Uuid::parse(after);
  if (!id) throw Error(ErrorCode::bad_request, "\"after\" must be what the page before gave as \"next\".");
  return *id;
}

}  // namespace

PlacePage list_places(Application& app, const Caller& caller, const PlaceQuery& asked) {
  require(app, caller, Action::read_place, "place");
  if (asked.limit < 1 || asked.limit > page_max) {
    throw Error(ErrorCode::bad_request, "A page has 1 to " + std::to_string(page_max) + " places.");
  }
  if (std::find(states.begin(), states.end(), asked.status) == states.end()) {
    throw Error(ErrorCode::bad_request, "\"status\" must be proposed, in_use, retired or all.");
  }
  if (asked.name.size() > text_bytes_max) throw Error(ErrorCode::bad_request, "\"name\" is too long for a name.");
  const Uuid after = mark_of(asked.after);
  const std::string kind(asked.kind ? place_kind_name(*asked.kind) : "all");
  const store::Lease lease = app.parts().store->take();
  const Scope scope = scope_of(*lease, asked.division);
  PlacePage page;
  page.total =
      static_cast<std::uint64_t>(lease->run(query::count, scope.counties, scope.pattern, asked.name, kind, asked.status)
                                     .only()
                                     .get<std::int64_t>(0));
  for (const store::Row row : lease->run(query::list, scope.counties, scope.pattern, asked.name, kind, asked.status,
                                         after, std::int64_t{asked.limit + 1})) {
    if (static_cast<int>(page.items.size()) == asked.limit) {
      page.next = page.items.back().id;
      break;
    }
    PlaceItem& item = page.items.emplace_back();
    item.id = row.get<Uuid>(1).text();
    item.name = row.get<std::string>(2);
    item.generic = row.get<std::string>(3);
    item.kind = row.get<std::string>(4);
    item.pinyin = row.get<std::string>(5);
    item.code = row.get<std::string>(6);
    item.division_code = row.get<std::string>(7);
    item.length_m = real(row, 8);
    item.width_m = real(row, 9);
    item.status = row.get<std::string>(10);
    item.version = row.get<std::int32_t>(11);
    part_name(item);
  }
  return page;
}

PlaceView get_place(Application& app, const Caller& caller, const std::string& id_of) {
  const auto id = Uuid::parse(id_of);
  require(app, caller, Action::read_place, "place", id ? id->text() : std::string());
  const auto not_found = [] { return Error(ErrorCode::not_found, "There is no such place."); };
  if (!id) throw not_found();
  const store::Lease lease = app.parts().store->take();
  const store::Result where = lease->run(store::query::search::locate, *id);
  if (where.empty()) throw not_found();
  const auto county = where[0].get<std::int32_t>(0);
  const store::Result found = lease->run(query::get, county, *id);
  if (found.empty()) throw not_found();
  const store::Row row = found[0];
  PlaceView view;
  view.place = {.id = row.get<Uuid>(0).text(),
                .name = row.get<std::string>(1),
                .specific = {},
                .generic = row.get<std::string>(2),
                .kind = row.get<std::string>(3),
                .pinyin = row.get<std::string>(4),
                .code = row.get<std::string>(5),
                .division_code = row.get<std::string>(6),
                .status = row.get<std::string>(14),
                .length_m = real(row, 12),
                .width_m = real(row, 13),
                .version = row.get<std::int32_t>(15)};
  part_name(view.place);
  view.parent_id = id_text(row, 7);
  view.joined_id = id_text(row, 8);
  view.starts_at = row.get<std::string>(9);
  view.ends_at = row.get<std::string>(10);
  view.course = row.get<std::string>(11);
  view.valid_from = row.get<std::string>(16);
  view.valid_to = row.get<std::string>(17);
  view.known_from = store::iso_text(row.get<store::Timestamp>(18));
  view.source = row.get<std::string>(19);
  view.geometry = row.get<std::optional<std::string>>(20).value_or("");
  view.measured_length_m = row.get<std::optional<double>>(21);
  view.measured_area_m2 = row.get<std::optional<double>>(22);
  for (const store::Row name : lease->run(query::names, county, *id)) {
    view.names.push_back({.name = name.get<std::string>(1),
                          .kind = name.get<std::string>(2),
                          .pinyin = name.get<std::string>(3),
                          .valid_from = name.get<std::string>(4),
                          .valid_to = name.get<std::string>(5)});
  }
  const auto [addresses, numbers] =
      lease->run(query::addresses_on, county, *id).only().as<std::int64_t, std::int64_t>();
  view.addresses = static_cast<std::uint64_t>(addresses);
  view.numbers = static_cast<std::uint64_t>(numbers);
  return view;
}

NameReport check_name(Application& app, const Caller& caller, const NameQuestion& question) {
  require(app, caller, Action::read_place, "place_name");
  const std::shared_ptr<const address::Library> library = app.parts().library();
  const int county = county_of(library->data().divisions, question.division);
  if (county == 0) {
    throw Error(ErrorCode::bad_request,
                "Name the division where the place would lie by its code, down to the town: 442000108.");
  }
  const store::Lease lease = app.parts().store->take();
  return check_name_in(*lease, *app.parts().place_rules, county, question);
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
#include "app/plate/plates.hpp"

#include <map>

#include "app/door.hpp"
#include "app/parts.hpp"
#include "app/plate/plate_rows.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::plate;

Uuid parse_id(std::string_view id, const char* what) {
  const auto parsed = Uuid::parse(id);
  if (!parsed) throw Error(ErrorCode::not_found, std::string("There is no such ") + what + ".");
  return *parsed;
}

/// Division code → its name in force, for the codes of one answer.
std::string division_name(store::Connection& connection, const std::string& code,
                          std::map<std::string, std::string>& known) {
  const auto [at, is_new] = known.try_emplace(code);
  if (!is_new) return at->second;
  const store::Result found = connection.run(query::division_name, code);
  if (!found.empty()) at->second = found[0].get<std::string>(0);
  return at->second;
}

std::string from_hex(std::string_view text) {
  std::string bytes;
  const auto value = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  if (text.size() % 2 != 0) return {};
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = value(text[i]);
    const int low = value(text[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

}  // namespace

PlatePage list_plates(Application& app, const Caller& caller, const PlateFilter& filter) {
  require(app, caller, Action::read_plate, "plate");
  if (filter.limit < 1 || filter.limit > plate_page_max) {
    throw Error(ErrorCode::bad_request, "A page has 1 to 1,000 plates.");
  }
  if (!filter.state.empty() && !parse_plate_state(filter.state)) {
    throw Error(ErrorCode::bad_request, "There is no state \"" + filter.state + "\" of plates.");
  }
  const Uuid after = filter.after.empty() ? Uuid{} : parse_id(filter.after, "plate");
  store::Store& store = *app.parts().store;
  PlatePage page;
  page.items = plates_of_rows(store.run(query::list, all_counties(store), division_pattern(filter.division),
                                        filter.state, filter.kind, after, std::int64_t{filter.limit} + 1));
  if (page.items.size() > static_cast<std::size_t>(filter.limit)) {
    page.items.pop_back();
    page.next = page.items.back().id.text();
  }
  return page;
}

Plate get_plate(Application& app, const Caller& caller, std::string_view id) {
  require(app, caller, Action::read_plate, "plate", id);
  store::Store& store = *app.parts().store;
  const Uuid uuid = parse_id(id, "plate");
  const std::int32_t county = county_of_object(store, uuid, "plate");
  const store::Result found = store.run(query::get, county, std::vector<Uuid>{uuid});
  if (found.empty()) throw Error(ErrorCode::not_found, "There is no such plate.");
  return plate_of_row(found[0]);
}

PlateStory plates_of(Application& app, const Caller& caller, std::string_view object_id) {
  require(app, caller, Action::read_plate, "address", object_id);
  store::Store& store = *app.parts().store;
  const Uuid id = parse_id(object_id, "address or place");
  const store::Result where = store.run(store::query::search::locate, id);
  if (where.empty()) throw Error(ErrorCode::not_found, "There is no such address or place.");
  const auto county = where[0].get<std::int32_t>(0);
  PlateStory story;
  story.plates = plates_of_rows(store.run(query::of_object, county, id));
  const store::Result surveys = store.run(store::query::plate_survey::of_address, county, id);
  for (const store::Row row : surveys) {
    auto [finding, note, on, by, source] = row.as<std::string, std::string, std::string, std::string, std::string>();
    story.surveys.push_back({parse_plate_finding(finding).value_or(PlateFinding::none), std::move(note), std::move(on),
                             std::move(by), std::move(source)});
  }
  return story;
}

std::vector<WantedPlates> wanted_plates(Application& app, const Caller& caller, std::string_view division,
                                        std::string_view level, bool only_found, int limit) {
  require(app, caller, Action::read_plate, "division", division);
  if (level != "number" && level != "building" && level != "unit" && level != "room") {
    throw Error(ErrorCode::bad_request, "Plates hang at the levels number, building, unit and room.");
  }
  if (limit < 1 || limit > 20'000) throw Error(ErrorCode::bad_request, "At most 20,000 plates at once.");
  store::Store& store = *app.parts().store;
  std::vector<WantedPlates> wanted;
  for (const std::int32_t county : all_counties(store)) {
    const store::Result rows = store.run(query::wanted, county, division_pattern(division), level, only_found, Uuid{},
                                         static_cast<std::int64_t>(limit));
    if (rows.empty()) continue;
    WantedPlates& one = wanted.emplace_back(WantedPlates{county, {}});
    for (const store::Row row : rows) one.object_ids.push_back(row.get<Uuid>(0).text());
  }
  return wanted;
}

std::vector<PlateBatch> list_plate_batches(Application& app, const Caller& caller) {
  require(app, caller, Action::read_plate, "plate_batch");
  store::Store& store = *app.parts().store;
  std::vector<PlateBatch> batches;
  const store::Result rows = store.run(store::query::plate_batch::list, all_counties(store));
  for (const store::Row row : rows) batches.push_back(batch_of_row(row));
  return batches;
}

PlateBatchView get_plate_batch(Application& app, const Caller& caller, std::string_view id) {
  require(app, caller, Action::read_plate, "plate_batch", id);
  store::Store& store = *app.parts().store;
  const Uuid uuid = parse_id(id, "batch");
  const std::int32_t county = county_of_object(store, uuid, "plate_batch");
  const store::Result found = store.run(store::query::plate_batch::get, county, uuid);
  if (found.empty()) throw Error(ErrorCode::not_found, "There is no such batch.");
  return {batch_of_row(found[0]), plates_of_rows(store.run(query::of_batch, county, uuid))};
}

std::vector<PlateCoverage> plate_coverage(Application& app, const Caller& caller, std::string_view division,
                                          std::string_view as_of, CoverageBy by) {
  require(app, caller, Action::read_plate, "division", division);
  const std::optional<store::Date> day = as_of.empty() ? store::today() : store::parse_date(as_of);
  if (!day) throw Error(ErrorCode::bad_request, "The day must be written like 2026-11-20.");
  const store::Lease lease = app.parts().store->take();
  const std::vector<std::int32_t> counties = all_counties(*app.parts().store);
  const store::Result rows =
      lease->run(query::coverage, counties, division_pattern(division), *day, by == CoverageBy::town ? 9 : 12);
  std::vector<PlateCoverage> coverage;
  std::map<std::string, std::string> names;
  for (const store::Row row : rows) {
    PlateCoverage one;
    one.division_code = row.get<std::string>(0);
    one.division_name = division_name(*lease, one.division_code, names);
    one.level = row.get<std::string>(1);
    std::uint64_t* const figures[] = {&one.addresses, &one.mapped, &one.coded,    &one.collected,
                                      &one.regular,   &one.plates, &one.produced, &one.installed};
    for (int i = 0; i < 8; ++i) *figures[i] = static_cast<std::uint64_t>(row.get<std::int64_t>(i + 2));
    coverage.push_back(std::move(one));
  }
  return coverage;
}

std::string add_plate_photo(Application& app, const Caller& caller, std::string_view bytes) {
  require(app, caller, Action::survey_plate, "plate_photo");
  if (bytes.size() > plate_photo_max) throw Error(ErrorCode::too_large, "A photo has at most 16 MiB.");
  if (!bytes.starts_with("\xFF\xD8\xFF") && !bytes.starts_with("\x89PNG\r\n\x1A\n")) {
    throw Error(ErrorCode::unsupported, "A photo must be a JPEG or PNG picture.");
  }
  Application::Parts& parts = app.parts();
  const auto writer = parts.files->create("plate_photo");
  writer->write(bytes);
  const store::Lease lease = parts.store->take();
  store::Transaction transaction(*lease);
  const store::SealedFile file = writer->finish(transaction);
  transaction.commit();
  return access::hex(file.digest);
}

std::string plate_photo(Application& app, const Caller& caller, std::string_view plate_id) {
  const Plate plate = get_plate(app, caller, plate_id);
  const std::string digest = from_hex(plate.photo);
  if (digest.size() != 32) throw Error(ErrorCode::not_found, "This plate has no photo.");
  const auto reader = app.parts().files->open(digest);
  std::string bytes;
  for (std::string piece; reader->read(piece);) bytes += piece;
  return bytes;
}

}  // namespace menpai::app

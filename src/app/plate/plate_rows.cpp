// SPDX-License-Identifier: Apache-2.0
#include "app/plate/plate_rows.hpp"

#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

std::string text_or_empty(const store::Row& row, int column) {
  return row.get<std::optional<std::string>>(column).value_or(std::string());
}

std::string id_or_empty(const store::Row& row, int column) {
  const auto id = row.get<std::optional<Uuid>>(column);
  return id ? id->text() : std::string();
}

}  // namespace

Plate plate_of_row(const store::Row& row) {
  Plate plate;
  plate.county_code = row.get<std::int32_t>(0);
  plate.id = {row.get<Uuid>(1)};
  plate.kind = row.get<std::string>(2);
  plate.state = parse_plate_state(row.get<std::string>(3)).value_or(PlateState::withdrawn);
  plate.is_temporary = row.get<bool>(4);
  plate.object_kind = row.get<std::string>(5);
  plate.object_id = row.get<Uuid>(6).text();
  plate.object_text = row.get<std::string>(7);
  plate.object_code = row.get<std::string>(8);
  plate.copy = row.get<std::int32_t>(9);
  plate.name = row.get<std::string>(10);
  plate.number = row.get<std::string>(11);
  plate.pinyin = row.get<std::string>(12);
  plate.foot = row.get<std::string>(13);
  plate.division_code = row.get<std::string>(14);
  plate.batch_id = id_or_empty(row, 15);
  plate.key_id = row.get<std::int32_t>(16);
  plate.finding = parse_plate_finding(row.get<std::string>(17)).value_or(PlateFinding::none);
  plate.note = row.get<std::string>(18);
  plate.produced_on = text_or_empty(row, 19);
  plate.installed_on = text_or_empty(row, 20);
  plate.inspected_on = text_or_empty(row, 21);
  plate.installed_by = row.get<std::string>(22);
  plate.inspected_by = row.get<std::string>(23);
  plate.photo = row.get<std::string>(24);
  plate.lon = row.get<std::optional<double>>(25);
  plate.lat = row.get<std::optional<double>>(26);
  plate.revoked_on = text_or_empty(row, 27);
  plate.revoked_reason = row.get<std::string>(28);
  plate.successor_id = id_or_empty(row, 29);
  plate.valid_from = row.get<std::string>(30);
  plate.version = row.get<std::int32_t>(31);
  return plate;
}

std::vector<Plate> plates_of_rows(const store::Result& result) {
  std::vector<Plate> plates;
  plates.reserve(static_cast<std::size_t>(result.size()));
  for (const store::Row row : result) plates.push_back(plate_of_row(row));
  return plates;
}

PlateBatch batch_of_row(const store::Row& row) {
  PlateBatch batch;
  batch.county_code = row.get<std::int32_t>(0);
  batch.id = {row.get<Uuid>(1)};
  batch.number = row.get<std::string>(2);
  batch.contractor = row.get<std::string>(3);
  batch.state = parse_plate_batch_state(row.get<std::string>(4)).value_or(PlateBatchState::cancelled);
  batch.division_code = row.get<std::string>(5);
  batch.ordered = row.get<std::int32_t>(6);
  batch.delivered = row.get<std::int32_t>(7);
  batch.accepted = row.get<std::int32_t>(8);
  batch.rejected = row.get<std::int32_t>(9);
  batch.ordered_on = text_or_empty(row, 10);
  batch.accepted_on = text_or_empty(row, 11);
  batch.note = row.get<std::string>(12);
  batch.version = row.get<std::int32_t>(13);
  return batch;
}

std::int32_t county_of_object(store::Store& store, const Uuid& id, std::string_view kind) {
  const store::Result result = store.run(store::query::search::locate, id);
  if (result.empty() || result[0].get<std::string>(1) != kind) {
    std::string what(kind == "plate_batch" ? "batch" : kind);
    throw Error(ErrorCode::not_found, "There is no such " + what + ".");
  }
  return result[0].get<std::int32_t>(0);
}

std::vector<std::int32_t> all_counties(store::Store& store) {
  std::vector<std::int32_t> counties;
  const store::Result result = store.run(store::query::map::counties);
  for (const store::Row row : result) counties.push_back(row.get<std::int32_t>(0));
  return counties;
}

std::string division_pattern(std::string_view division_code) {
  if (division_code.size() > 12 || division_code.find_first_not_of("0123456789") != std::string_view::npos) {
    throw Error(ErrorCode::bad_request, "A division code is at most 12 digits, for example 442000108.");
  }
  return std::string(division_code) + "%";
}

}  // namespace menpai::app

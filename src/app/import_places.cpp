// SPDX-License-Identifier: Apache-2.0
// Places from GeoJSON: roads, lanes, estates, villages, compounds with their lines and areas.
#include <algorithm>

#include "app/answer_json.hpp"
#include "app/change_batch.hpp"
#include "app/import_features.hpp"
#include "change/place_sound.hpp"
#include "model/place.hpp"
#include "spine/place_name_check.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::place;

constexpr std::size_t name_bytes_max = 180;

struct PlaceRow {
  FeatureRow* feature = nullptr;
  Uuid id;
  bool id_given = false;
  std::string name, kind, generic, pinyin, division_code;
  std::optional<float> width_m, length_m;
  std::string wkb;
};

class PlaceImport : public FeatureImport {
 public:
  PlaceImport(const ImportContext& context, const std::filesystem::path& file, const ImportOptions& options)
      : FeatureImport(context, file, "place", options) {}

 private:
  /// Reads the properties; nothing if the row is refused.
  std::optional<PlaceRow> read(FeatureRow& feature) const {
    PlaceRow row;
    row.feature = &feature;
    row.name = feature.property("name");
    row.kind = feature.property("class");
    row.generic = feature.property("generic");
    row.division_code = feature.property("division_code");
    const std::optional<PlaceKind> kind = parse_place_kind(row.kind);
    if (row.name.empty() || row.name.size() > name_bytes_max || row.generic.size() > name_bytes_max || !kind) {
      return feature.refuse(change::RefuseReason::bad_value), std::nullopt;
    }
    if (row.generic.empty()) row.generic = spine::split_place_name(row.name, *kind).generic;
    row.pinyin = change::sound_of_place(row.name, *kind).pinyin;
    if (!feature.find_division(context().divisions, row.division_code)) return std::nullopt;
    const bool is_line = is_street(*kind);
    const geo::Geometry* shape = feature.geometry();
    if (shape != nullptr) {
      const bool line_given =
          std::holds_alternative<geo::Line>(*shape) || std::holds_alternative<geo::MultiLine>(*shape);
      if (is_line && !line_given) return feature.refuse(change::RefuseReason::bad_geometry), std::nullopt;
      row.wkb = geo::to_ewkb(*shape);
      if (const auto* line = std::get_if<geo::Line>(shape)) row.length_m = static_cast<float>(geo::length_m(*line));
    } else if (!feature.problem().empty()) {
      return feature.refuse(change::RefuseReason::bad_geometry), std::nullopt;
    }
    if (!feature.read_number("width_m", 0, 500, row.width_m)) return std::nullopt;
    if (!feature.read_id(row.id, row.id_given)) return std::nullopt;
    return row;
  }

  void settle_county(store::Transaction& transaction, int county, std::vector<FeatureRow*>& features) override {
    std::vector<PlaceRow> rows;
    std::vector<Uuid> ids;
    std::vector<std::string_view> names;
    for (FeatureRow* feature : features) {
      if (auto row = read(*feature)) rows.push_back(std::move(*row));
    }
    for (const PlaceRow& row : rows) {
      ids.push_back(row.id);
      names.push_back(row.name);
    }
    const store::Timestamp at = store::now();
    ChangeBatch changes(transaction, county, context().caller, ledger().source(), at);
    std::map<std::string, Uuid> by_name;  // without an id, a place is known by name and division
    for (const store::Row row : transaction.run(query::find_by_name, county, names)) {
      by_name.emplace(row.get<std::string>(1) + "/" + row.get<std::string>(2), row.get<Uuid>(0));
    }
    for (PlaceRow& row : rows) {
      const auto named = by_name.find(row.name + "/" + row.division_code);
      if (!row.id_given && named != by_name.end()) ids.push_back(row.id = named->second);
    }
    std::map<Uuid, Known> known = load(transaction, county, ids);
    const std::set<Uuid> used = find_used(transaction, ids);
    std::vector<const PlaceRow*> fresh;
    for (PlaceRow& row : rows) decide(transaction, county, row, known, used, changes, at, fresh);
    changes.write();
    write_new(transaction, county, fresh, at);
  }

  struct Known {
    std::string name, generic, kind, division_code, wkb;
    std::optional<float> width_m;
    int version = 1;
  };
  static std::map<Uuid, Known> load(store::Transaction& transaction, int county, const std::vector<Uuid>& ids) {
    std::map<Uuid, Known> known;
    for (const store::Row row : transaction.run(query::find_by_id, county, ids)) {
      const auto shape = row.get<std::optional<store::Bytes>>(6);
      known[row.get<Uuid>(0)] = {row.get<std::string>(1), row.get<std::string>(2),   row.get<std::string>(3),
                                 row.get<std::string>(4), shape ? shape->value : "", row.get<std::optional<float>>(5),
                                 row.get<int>(7)};
    }
    return known;
  }

  void decide(store::Transaction& transaction, int county, PlaceRow& row, std::map<Uuid, Known>& known,
              const std::set<Uuid>& used, ChangeBatch& changes, store::Timestamp at,
              std::vector<const PlaceRow*>& fresh) {
    SettledRow& settled = row.feature->settled;
    settled.object_id = row.id;
    settled.county_code = county;
    const auto there = known.find(row.id);
    if (there == known.end()) {
      if (row.id_given && used.count(row.id) > 0) return row.feature->refuse(change::RefuseReason::id_taken);
      settled.outcome = RowOutcome::created;
      settled.change_id = changes.add(record("place.new", row, 1), true);
      known[row.id] = {row.name, row.generic, row.kind, row.division_code, row.wkb, row.width_m, 1};
      fresh.push_back(&row);
      return;
    }
    Known& held = there->second;
    // Renaming a place is a procedure of its own (地名管理条例, articles 10 to 14), not a line in a file.
    if (held.name != row.name || held.division_code != row.division_code) {
      return row.feature->hold(change::HoldReason::renamed);
    }
    const bool same =
        held.generic == row.generic && held.kind == row.kind && held.width_m == row.width_m && held.wkb == row.wkb;
    settled.outcome = same ? RowOutcome::same : RowOutcome::changed;
    if (same) return;
    if (is_fresh(fresh, row.id)) {
      return row.feature->hold(change::HoldReason::several_values);
    }
    settled.change_id = changes.add(record("place.changed", row, ++held.version), false);
    transaction.run(query::change_place, county, row.id, at, *settled.change_id, row.generic, row.kind, row.length_m,
                    row.width_m, store::Bytes{row.wkb}, ledger().source(), row.pinyin);
    held = {row.name, row.generic, row.kind, row.division_code, row.wkb, row.width_m, held.version};
  }

  static bool is_fresh(const std::vector<const PlaceRow*>& fresh, const Uuid& id) {
    return std::any_of(fresh.begin(), fresh.end(), [&](const PlaceRow* row) { return row->id == id; });
  }

  static ChangeRecord record(std::string_view kind, const PlaceRow& row, int version) {
    std::string payload = "{\"name\":";
    append_json_string(payload, row.name);
    append_json_string(payload += ",\"class\":", row.kind);
    append_json_string(payload += ",\"division_code\":", row.division_code);
    return {.kind = kind,
            .object_kind = "place",
            .object_id = row.id,
            .object_version = version,
            .source_row = row.feature->settled.number,
            .rule = "import",
            .division_code = row.division_code,
            .payload = payload + "}"};
  }

  void write_new(store::Transaction& transaction, int county, const std::vector<const PlaceRow*>& rows,
                 store::Timestamp at) {
    if (rows.empty()) return;
    store::CopyIn copy(transaction.connection(), query::copy_places);
    for (const PlaceRow* row : rows) {
      const std::optional<store::Bytes> shape = row->wkb.empty() ? std::nullopt : std::optional(store::Bytes{row->wkb});
      copy.row(county, row->id, row->name, row->generic, row->kind, row->pinyin, row->division_code, row->length_m,
               row->width_m, shape, at, *row->feature->settled.change_id, ledger().source());
    }
    copy.finish();
  }
};

}  // namespace

ImportReport run_place_import(const ImportContext& context, const std::filesystem::path& file,
                              const ImportOptions& options) {
  return PlaceImport(context, file, options).run();
}

}  // namespace menpai::app

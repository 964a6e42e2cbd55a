// SPDX-License-Identifier: Apache-2.0
// Buildings from GeoJSON, each tied to the node of its main address and to the rooms below it.
#include <algorithm>
#include <map>

#include "app/address_batch.hpp"
#include "app/answer_json.hpp"
#include "app/import_features.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

constexpr std::size_t text_bytes_max = 180;

struct BuildingRow {
  FeatureRow* feature = nullptr;
  Uuid id;
  bool id_given = false;
  std::string name, use, wkb;
  std::optional<float> height_m;
  std::optional<int> floors;
  change::AddressRow address;
  std::optional<AddressBatch::Found> node;
};

struct KnownBuilding {
  std::string name, use, wkb;
  std::optional<int> floors;
  std::optional<float> height_m;
  int version = 1;
  std::optional<Uuid> address_id;
};

class BuildingImport : public FeatureImport {
 public:
  BuildingImport(const ImportContext& context, const std::filesystem::path& file, const ImportOptions& options)
      : FeatureImport(context, file, "building", options),
        m_reader(context.divisions, {options.region, geo::Crs::cgcs2000}) {}

 private:
  int county_of_row(FeatureRow& feature) override {
    const std::string text = feature.property("address");
    const std::string division = feature.property("division_code");
    change::AddressRow row;
    m_reader.read({.text = text, .division_code = division}, row);
    const change::Decision decision = change::decide_address(row, {});
    if (row.refused || row.held) {
      feature.settled.outcome = decision.outcome;
      feature.settled.reason = decision.reason;
      return 0;
    }
    const int county = row.county_code;
    m_addresses[feature.settled.number] = std::move(row);
    return county;
  }

  std::optional<BuildingRow> read(FeatureRow& feature) {
    BuildingRow row;
    row.feature = &feature;
    row.name = feature.property("name");
    row.use = feature.property("use");
    row.address = std::move(m_addresses.extract(feature.settled.number).mapped());
    if (row.name.size() > text_bytes_max || row.use.size() > text_bytes_max) {
      return feature.refuse(change::RefuseReason::bad_value), std::nullopt;
    }
    geo::MultiPolygon shape;
    const geo::Geometry* given = feature.geometry();
    if (given != nullptr && std::holds_alternative<geo::Polygon>(*given)) {
      shape.polygons.push_back(std::get<geo::Polygon>(*given));
    } else if (given != nullptr && std::holds_alternative<geo::MultiPolygon>(*given)) {
      shape = std::get<geo::MultiPolygon>(*given);
    } else {
      return feature.refuse(change::RefuseReason::bad_geometry), std::nullopt;
    }
    row.wkb = geo::to_ewkb(shape);
    std::optional<float> floors;
    if (!feature.read_number("floors", 0, 200, floors)) return std::nullopt;
    if (floors) row.floors = static_cast<int>(*floors);
    if (!feature.read_number("height_m", 0, 1000, row.height_m)) return std::nullopt;
    if (!feature.read_id(row.id, row.id_given)) return std::nullopt;
    return row;
  }

  void settle_county(store::Transaction& transaction, int county, std::vector<FeatureRow*>& features) override {
    AddressBatch batch(transaction, county, context().caller, ledger().source());
    std::vector<BuildingRow> rows;
    for (FeatureRow* feature : features) {
      if (auto row = read(*feature)) rows.push_back(std::move(*row));
    }
    std::vector<const change::AddressRow*> addresses;
    for (const BuildingRow& row : rows) addresses.push_back(&row.address);
    batch.load(addresses);
    take_ids_of_addresses(transaction, county, batch, rows);
    std::vector<Uuid> ids;
    for (const BuildingRow& row : rows) ids.push_back(row.id);
    std::map<Uuid, KnownBuilding> known = load(transaction, county, ids);
    const std::set<Uuid> used = find_used(transaction, ids);
    std::vector<BuildingRow*> fresh;
    for (BuildingRow& row : rows) decide(transaction, county, row, batch, known, used, fresh);
    batch.write();
    write_new(transaction, county, fresh, batch.at());
  }

  /// A building without an id is known by its main address.
  void take_ids_of_addresses(store::Transaction& transaction, int county, const AddressBatch& batch,
                             std::vector<BuildingRow>& rows) {
    std::vector<Uuid> nodes;
    for (BuildingRow& row : rows) {
      row.node = batch.find(row.address);
      if (row.node) nodes.push_back(row.node->id);
    }
    m_main.clear();
    for (const store::Row row : transaction.run(query::building::find_by_address, county, nodes)) {
      m_main.emplace(row.get<Uuid>(0), row.get<Uuid>(1));
    }
    for (BuildingRow& row : rows) {
      if (row.id_given || !row.node) continue;
      if (const auto main = m_main.find(row.node->id); main != m_main.end()) row.id = main->second;
    }
  }

  static std::map<Uuid, KnownBuilding> load(store::Transaction& transaction, int county, const std::vector<Uuid>& ids) {
    std::map<Uuid, KnownBuilding> known;
    for (const store::Row row : transaction.run(query::building::find_by_id, county, ids)) {
      const auto shape = row.get<std::optional<store::Bytes>>(5);
      known[row.get<Uuid>(0)] = {row.get<std::string>(1),          row.get<std::string>(2),
                                 shape ? shape->value : "",        row.get<std::optional<int>>(3),
                                 row.get<std::optional<float>>(4), row.get<int>(6),
                                 row.get<std::optional<Uuid>>(7)};
    }
    return known;
  }

  void decide(store::Transaction& transaction, int county, BuildingRow& row, AddressBatch& batch,
              std::map<Uuid, KnownBuilding>& known, const std::set<Uuid>& used, std::vector<BuildingRow*>& fresh) {
    SettledRow& settled = row.feature->settled;
    settled.county_code = county;
    const auto there = known.find(row.id);
    const auto main = row.node ? m_main.find(row.node->id) : m_main.end();
    if (main != m_main.end() && main->second != row.id) return row.feature->hold(change::HoldReason::other_id);
    if (there == known.end()) {
      if (row.id_given && used.count(row.id) > 0) return row.feature->refuse(change::RefuseReason::id_taken);
      row.node = batch.find_or_make(row.address, settled.number);
      if (m_main.count(row.node->id) > 0) return row.feature->hold(change::HoldReason::other_id);
      settled.outcome = RowOutcome::created;
      settled.object_id = row.id;
      settled.change_id = batch.changes().add(record("building.new", row, 1), true);
      m_main.emplace(row.node->id, row.id);
      known[row.id] = {row.name, row.use, row.wkb, row.floors, row.height_m, 1, row.node->id};
      fresh.push_back(&row);
      return;
    }
    KnownBuilding& held = there->second;
    settled.object_id = row.id;
    if (!row.node || held.address_id != row.node->id) return row.feature->hold(change::HoldReason::other_id);
    const bool same = held.name == row.name && held.use == row.use && held.wkb == row.wkb &&
                      held.floors == row.floors && held.height_m == row.height_m;
    settled.outcome = same ? RowOutcome::same : RowOutcome::changed;
    if (same) return;
    const bool made_here =
        std::any_of(fresh.begin(), fresh.end(), [&](const BuildingRow* one) { return one->id == row.id; });
    if (made_here) return row.feature->hold(change::HoldReason::several_values);
    settled.change_id = batch.changes().add(record("building.changed", row, ++held.version), false);
    transaction.run(query::building::change_building, county, row.id, batch.at(), *settled.change_id, row.name, row.use,
                    row.floors, row.height_m, store::Bytes{row.wkb}, ledger().source());
    held = {row.name, row.use, row.wkb, row.floors, row.height_m, held.version, held.address_id};
  }

  static ChangeRecord record(std::string_view kind, const BuildingRow& row, int version) {
    std::string payload = "{\"address\":";
    append_json_string(payload, row.address.display(row.address.path.size() - 1));
    append_json_string(payload += ",\"name\":", row.name);
    append_json_string(payload += ",\"use\":", row.use);
    if (row.floors) payload += ",\"floors\":" + std::to_string(*row.floors);
    return {.kind = kind,
            .object_kind = "building",
            .object_id = row.id,
            .object_version = version,
            .source_row = row.feature->settled.number,
            .rule = "import",
            .division_code = row.address.division_code,
            .payload = payload + "}"};
  }

  void write_new(store::Transaction& transaction, int county, const std::vector<BuildingRow*>& rows,
                 store::Timestamp at) {
    if (rows.empty()) return;
    store::CopyIn buildings(transaction.connection(), query::building::copy_buildings);
    for (const BuildingRow* row : rows) {
      buildings.row(county, row->id, row->node->id, row->node->place_id, row->name, "", row->address.division_code,
                    row->use, row->floors, row->height_m, store::BytesView{row->wkb}, at,
                    *row->feature->settled.change_id, ledger().source());
    }
    buildings.finish();
    store::CopyIn links(transaction.connection(), query::building::copy_building_addresses);
    std::vector<Uuid> nodes, ids, changes;
    for (const BuildingRow* row : rows) {
      links.row(county, Uuid::make(), row->id, row->node->id, true, at, *row->feature->settled.change_id);
      nodes.push_back(row->node->id);
      ids.push_back(row->id);
      changes.push_back(*row->feature->settled.change_id);
    }
    links.finish();
    transaction.run(query::building::link_addresses, county, nodes, ids);
    transaction.run(query::room::add_of_buildings, county, ids, at, changes, ledger().source());
  }

  change::AddressRowReader m_reader;
  std::map<std::uint64_t, change::AddressRow> m_addresses;  ///< of the rows of the chunk
  std::map<Uuid, Uuid> m_main;                              ///< address → the building whose main address it is
};

}  // namespace

ImportReport run_building_import(const ImportContext& context, const std::filesystem::path& file,
                                 const ImportOptions& options) {
  return BuildingImport(context, file, options).run();
}

}  // namespace menpai::app

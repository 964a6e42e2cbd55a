// SPDX-License-Identifier: Apache-2.0
// What the imports of places and buildings have in common: features of a GeoJSON file, chunk by chunk, county by
// county.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/import_ledger.hpp"
#include "change/address_row.hpp"
#include "intake/geojson.hpp"

namespace menpai::app {

/// One feature on its way.
struct FeatureRow {
  intake::GeoFeature feature;
  SettledRow settled;

  /// A property, trimmed of nothing; empty if it is not there.
  std::string property(std::string_view name) const;
  const geo::Geometry* geometry() const { return feature.geometry ? &*feature.geometry : nullptr; }
  const std::string& problem() const { return feature.problem; }

  void refuse(change::RefuseReason reason);
  void hold(change::HoldReason reason);
  /// False, and refused, unless `code` is a division of the index.
  bool find_division(const address::DivisionIndex& divisions, const std::string& code);
  /// False, and refused, if the property is there and is no number from `low` to `high`.
  bool read_number(std::string_view name, double low, double high, std::optional<float>& value);
  /// The property "id", else one made from what the row says. False, and refused, if it is no UUID.
  bool read_id(Uuid& id, bool& is_given);
};

/// The county of a division: 442000 for 442000108, 350203 for 350203001; 0 if it cannot be told.
int county_of(const address::DivisionIndex& divisions, std::string_view division_code);

class FeatureImport {
 public:
  FeatureImport(const ImportContext& context, const std::filesystem::path& file, std::string_view kind,
                const ImportOptions& options);
  virtual ~FeatureImport() = default;
  ImportReport run();

 protected:
  /// Decides and writes the features of one county; each settled row must get an outcome.
  virtual void settle_county(store::Transaction& transaction, int county, std::vector<FeatureRow*>& rows) = 0;
  /// The county whose table holds the row; 0, and refused or held, if none can be told.
  virtual int county_of_row(FeatureRow& row);
  const ImportContext& context() const { return m_context; }
  const ImportOptions& options() const { return m_options; }
  const ImportLedger& ledger() const { return m_ledger; }
  /// Which of the ids belong to something already.
  static std::set<Uuid> find_used(store::Transaction& transaction, const std::vector<Uuid>& ids);

 private:
  void settle();
  void settle_in(store::Transaction& transaction);

  const ImportContext& m_context;
  const ImportOptions& m_options;
  std::unique_ptr<intake::GeoJsonReader> m_reader;
  ImportLedger m_ledger;
  std::vector<FeatureRow> m_rows;
};

}  // namespace menpai::app

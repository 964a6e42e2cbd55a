// SPDX-License-Identifier: Apache-2.0
// Features of a GeoJSON file, chunk by chunk, county by county.
#include "app/import_features.hpp"

#include <charconv>

#include "app/answer_json.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

geo::Crs crs_of(const ImportOptions& options) {
  if (options.crs.empty()) return geo::Crs::cgcs2000;
  const auto crs = geo::parse_crs(options.crs);
  if (crs) return *crs;
  throw Error(ErrorCode::bad_request, "\"" + options.crs +
                                          "\" is no coordinate system that is read. There are cgcs2000, wgs84, gcj02 "
                                          "and bd09.");
}

std::string options_text(const ImportOptions& options) {
  std::string out = "{\"region\":";
  append_json_string(out, options.region);
  append_json_string(out += ",\"crs\":", options.crs);
  return out + '}';
}

}  // namespace

std::string FeatureRow::property(std::string_view name) const {
  const auto at = feature.properties.find(name);
  return at == feature.properties.end() ? std::string() : at->second;
}

void FeatureRow::refuse(change::RefuseReason reason) {
  settled.outcome = RowOutcome::refused;
  settled.reason = change::refuse_reason_name(reason);
  settled.object_id.reset();
}

void FeatureRow::hold(change::HoldReason reason) {
  settled.outcome = RowOutcome::held;
  settled.reason = change::hold_reason_name(reason);
}

bool FeatureRow::find_division(const address::DivisionIndex& divisions, const std::string& code) {
  if (divisions.find_code(code)) return true;
  refuse(change::RefuseReason::no_division);
  return false;
}

bool FeatureRow::read_number(std::string_view name, double low, double high, std::optional<float>& value) {
  const std::string text = property(name);
  if (text.empty()) return true;
  double number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size() || !(number >= low && number <= high)) {
    refuse(change::RefuseReason::bad_value);
    return false;
  }
  value = static_cast<float>(number);
  return true;
}

bool FeatureRow::read_id(Uuid& id, bool& is_given) {
  const std::string text = property("id");
  is_given = !text.empty();
  if (!is_given) {
    id = Uuid::make();
    return true;
  }
  const auto parsed = Uuid::parse(text);
  if (!parsed || parsed->is_nil()) {
    refuse(change::RefuseReason::bad_id);
    return false;
  }
  id = *parsed;
  return true;
}

int county_of(const address::DivisionIndex& divisions, std::string_view division_code) {
  const auto node = divisions.find_code(division_code);
  if (!node) return 0;
  std::string_view code;
  for (const Level level : {Level::county, Level::city, Level::province}) {
    const address::DivisionNode above = divisions.at_level(*node, level);
    if (above == address::no_division) continue;
    code = divisions.code(above);
    break;
  }
  int county = 0;
  std::from_chars(code.data(), code.data() + code.size(), county);
  for (std::size_t digits = code.size(); digits < 6; ++digits) county *= 10;
  return county;
}

FeatureImport::FeatureImport(const ImportContext& context, const std::filesystem::path& file, std::string_view kind,
                             const ImportOptions& options)
    : m_context(context),
      m_options(options),
      m_reader(intake::GeoJsonReader::open(file, crs_of(options))),
      m_ledger(context, file, kind, options_text(options), options.source) {}

ImportReport FeatureImport::run() {
  std::uint64_t number = 0;
  for (intake::GeoFeature feature; m_reader->next(feature);) {
    if (++number <= m_ledger.settled_rows()) continue;
    FeatureRow row;
    row.settled.number = number;
    row.settled.digest = row_digest({feature.text, m_options.crs, m_options.region});
    row.settled.content = feature.text;
    row.feature = std::move(feature);
    m_rows.push_back(std::move(row));
    if (m_rows.size() >= import_chunk_rows) settle();
  }
  settle();
  m_ledger.finish();
  return m_ledger.report();
}

void FeatureImport::settle() {
  if (m_rows.empty()) return;
  std::vector<SettledRow> settled;
  m_context.store.transact([&](store::Transaction& transaction) {
    settle_in(transaction);
    settled.clear();
    for (const FeatureRow& row : m_rows) settled.push_back(row.settled);
    m_ledger.settle(transaction, settled);
  });
  m_ledger.committed(settled);
  m_rows.clear();
  if (m_options.progress) m_options.progress(m_reader->bytes_read(), m_reader->bytes_total());
}

void FeatureImport::settle_in(store::Transaction& transaction) {
  std::vector<SettledRow> settled;
  for (FeatureRow& row : m_rows) {
    row.settled.reset();
    settled.push_back(row.settled);
  }
  m_ledger.find_known(transaction, settled);
  std::map<int, std::vector<FeatureRow*>> counties;
  for (std::size_t i = 0; i < m_rows.size(); ++i) {
    m_rows[i].settled = settled[i];
    if (settled[i].was_known) continue;
    const int county = county_of_row(m_rows[i]);
    if (county != 0) counties[county].push_back(&m_rows[i]);
  }
  for (auto& [county, rows] : counties) settle_county(transaction, county, rows);
}

int FeatureImport::county_of_row(FeatureRow& row) {
  const std::string division = row.property("division_code");
  const int county = county_of(m_context.divisions, division.empty() ? m_options.region : division);
  if (county == 0) row.refuse(change::RefuseReason::no_division);
  return county;
}

std::set<Uuid> FeatureImport::find_used(store::Transaction& transaction, const std::vector<Uuid>& ids) {
  std::set<Uuid> used;
  for (const store::Row row : transaction.run(store::query::change::find_locators, ids)) used.insert(row.get<Uuid>(0));
  return used;
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// A flat list of addresses becomes the tree.
#include <algorithm>
#include <array>
#include <map>

#include "app/address_batch.hpp"
#include "app/answer_json.hpp"
#include "app/import_ledger.hpp"
#include "app/row_pipeline.hpp"
#include "base/error.hpp"
#include "change/address_row.hpp"
#include "intake/table.hpp"

namespace menpai::app {
namespace {

constexpr std::size_t absent = static_cast<std::size_t>(-1);

/// Where the roles stand in the table.
struct Roles {
  std::size_t address = absent, code = absent, id = absent, lon = absent, lat = absent, crs = absent,
              division_code = absent;
};

/// The column of a role: the one named by the caller, else one of the usual names.
std::size_t find_role(const std::vector<std::string>& columns, const ImportOptions& options, std::string_view role,
                      std::initializer_list<std::string_view> usual) {
  const auto named = options.columns.find(std::string(role));
  if (named != options.columns.end()) return intake::find_column(columns, named->second);
  for (const std::string_view name : usual) {
    const auto at = std::find(columns.begin(), columns.end(), name);
    if (at != columns.end()) return static_cast<std::size_t>(at - columns.begin());
  }
  return absent;
}

Roles find_roles(const std::vector<std::string>& columns, const ImportOptions& options) {
  static constexpr std::array<std::string_view, 7> known = {"address", "code", "id",           "lon",
                                                            "lat",     "crs",  "division_code"};
  for (const auto& [role, column] : options.columns) {
    if (std::find(known.begin(), known.end(), role) != known.end()) continue;
    throw Error(ErrorCode::bad_request, "A list of addresses has no role \"" + role +
                                            "\". There are: address, code, id, lon, lat, crs, division_code.");
  }
  Roles roles;
  const auto named = options.columns.find("address");
  roles.address = intake::find_column(columns, named == options.columns.end() ? "" : named->second);
  roles.code = find_role(columns, options, "code", {"code", "地址编码", "标准地址编码"});
  // Only by name: a department's "id" is its own serial number, not ours.
  roles.id = find_role(columns, options, "id", {});
  roles.lon = find_role(columns, options, "lon", {"lon", "lng", "longitude", "经度"});
  roles.lat = find_role(columns, options, "lat", {"lat", "latitude", "纬度"});
  roles.crs = find_role(columns, options, "crs", {"crs", "坐标系"});
  roles.division_code = find_role(columns, options, "division_code", {"division_code", "行政区划代码"});
  if ((roles.lon == absent) != (roles.lat == absent)) {
    throw Error(ErrorCode::bad_request,
                "The list has one of longitude and latitude but not the other. Name both: --map lon=…,lat=…");
  }
  return roles;
}

geo::Crs crs_option(const std::string& name) {
  if (name.empty()) return geo::Crs::cgcs2000;
  const auto crs = geo::parse_crs(name);
  if (crs) return *crs;
  throw Error(ErrorCode::bad_request,
              "\"" + name + "\" is no coordinate system that is read. There are cgcs2000, wgs84, gcj02 and bd09.");
}

std::string options_text(const ImportOptions& options) {
  std::string out = "{\"region\":";
  append_json_string(out, options.region);
  append_json_string(out += ",\"crs\":", options.crs);
  for (const auto& [role, column] : options.columns) {
    append_json_string(out += ',', "column." + role);
    append_json_string(out += ':', column);
  }
  return out + '}';
}

/// One run over one file.
class AddressImport {
 public:
  AddressImport(const ImportContext& context, const std::filesystem::path& file, const ImportOptions& options)
      : m_context(context),
        m_options(options),
        m_crs(crs_option(options.crs)),
        m_table(intake::TableReader::open(file, table_options(options.table))),
        m_roles(find_roles(m_table->columns(), options)),
        m_reader(context.divisions, {options.region, m_crs}),
        m_ledger(context, file, "address", options_text(options), options.source) {}

  ImportReport run() {
    std::vector<std::string> cells;
    while (m_table->next(cells)) {
      if (m_table->position().row <= m_ledger.settled_rows()) continue;
      add(cells);
      if (m_rows.size() >= import_chunk_rows) settle();
    }
    settle();
    m_ledger.finish();
    return m_ledger.report();
  }

 private:
  void add(const std::vector<std::string>& cells) {
    const auto cell = [&](std::size_t column) {
      return column < cells.size() ? std::string_view(cells[column]) : std::string_view();
    };
    const change::AddressCells said = {.text = cell(m_roles.address),
                                       .code = cell(m_roles.code),
                                       .id = cell(m_roles.id),
                                       .lon = cell(m_roles.lon),
                                       .lat = cell(m_roles.lat),
                                       .crs = cell(m_roles.crs),
                                       .division_code = cell(m_roles.division_code)};
    SettledRow settled;
    settled.number = m_table->position().row;
    const std::string_view crs = said.crs.empty() ? geo::crs_name(m_crs) : said.crs;
    settled.digest =
        row_digest({said.text, said.code, said.id, said.lon, said.lat, crs, said.division_code, m_options.region});
    change::AddressRow row;
    m_reader.read(said, row);
    settled.content = content(cells);
    m_rows.push_back(std::move(settled));
    m_pending.push_back({std::move(row), nullptr});
  }

  /// The whole row as it came, for the person who must look at it.
  std::string content(const std::vector<std::string>& cells) const {
    std::string out = "{";
    const auto& columns = m_table->columns();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out += ',';
      append_json_string(out, i < columns.size() ? columns[i] : "+" + std::to_string(i + 1));
      append_json_string(out += ':', cells[i]);
    }
    return out + '}';
  }

  void settle() {
    if (m_rows.empty()) return;
    m_context.store.transact([this](store::Transaction& transaction) { settle_in(transaction); });
    m_ledger.committed(m_rows);
    m_rows.clear();
    m_pending.clear();
    if (m_options.progress) {
      const intake::TableReader::Position at = m_table->position();
      m_options.progress(at.bytes_read, at.bytes_total);
    }
  }

  void settle_in(store::Transaction& transaction) {
    for (SettledRow& row : m_rows) row.reset();  // a transaction may be run again
    m_ledger.find_known(transaction, m_rows);
    std::map<int, std::vector<PendingAddress>> counties;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
      if (m_rows[i].was_known) continue;
      const change::AddressRow& row = m_pending[i].row;
      if (row.refused || row.held) {
        const change::Decision decision = change::decide_address(row, {});
        m_rows[i].outcome = decision.outcome;
        m_rows[i].reason = decision.reason;
        continue;
      }
      counties[row.county_code].push_back({row, &m_rows[i]});
    }
    for (const auto& [county, rows] : counties) {
      AddressBatch(transaction, county, m_context.caller, m_ledger.source()).take(rows);
    }
    m_ledger.settle(transaction, m_rows);
  }

  const ImportContext& m_context;
  const ImportOptions& m_options;
  geo::Crs m_crs;
  std::unique_ptr<intake::TableReader> m_table;
  Roles m_roles;
  change::AddressRowReader m_reader;
  ImportLedger m_ledger;
  std::vector<SettledRow> m_rows;
  std::vector<PendingAddress> m_pending;
};

}  // namespace

ImportReport run_address_import(const ImportContext& context, const std::filesystem::path& file,
                                const ImportOptions& options) {
  return AddressImport(context, file, options).run();
}

}  // namespace menpai::app

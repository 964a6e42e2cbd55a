// SPDX-License-Identifier: Apache-2.0
// Tables → library files.
#include "app/library_files.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <thread>

#include "address/engine.hpp"
#include "app/row_pipeline.hpp"
#include "base/error.hpp"
#include "geo/transform.hpp"

namespace menpai::app {
namespace {

constexpr std::string_view roles[] = {"address", "id", "code", "lon", "lat", "division_code", "alias"};
using Columns = std::map<std::string, std::size_t, std::less<>>;

LibraryFacts facts_of(const address::Library& library, const std::filesystem::path& file) {
  const auto& facts = library.facts();
  return {file,        facts.title, facts.division_edition, facts.built_at, facts.divisions, facts.addresses,
          facts.bytes, facts.digest};
}

/// The column of each role: as mapped, else by the role's own name; lon and lat also as lng, longitude, latitude.
Columns choose_columns(const std::vector<std::string>& columns, const LibrarySource& source) {
  for (const auto& [role, column] : source.columns)
    if (std::find(std::begin(roles), std::end(roles), role) == std::end(roles))
      throw Error(ErrorCode::bad_request, "There is no role \"" + role +
                                              "\" in --map. Use address, id, code, lon, lat, division_code or alias.");
  Columns chosen;
  auto by_name = [&](std::string_view role, std::initializer_list<std::string_view> names) {
    for (const auto name : names)
      for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i] == name && !chosen.contains(role) && !source.columns.contains(std::string(role)))
          chosen.emplace(role, i);
  };
  for (const auto& [role, column] : source.columns)
    if (!column.empty() || role == "address") chosen.emplace(role, intake::find_column(columns, column));
  by_name("id", {"id"});
  by_name("code", {"code"});
  by_name("lon", {"lon", "lng", "longitude", "经度"});
  by_name("lat", {"lat", "latitude", "纬度"});
  by_name("division_code", {"division_code"});
  by_name("alias", {"alias"});
  if (!chosen.contains("address")) chosen.emplace("address", intake::find_column(columns, source.table.column));
  return chosen;
}

std::optional<double> parse_number(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class TableToLibrary {
 public:
  TableToLibrary(const LibrarySource& source, address::LibraryBuilder& builder, LibraryBuilt& built)
      : m_builder(builder), m_built(built) {
    if (!source.crs.empty()) {
      const auto crs = geo::parse_crs(source.crs);
      if (!crs)
        throw Error(ErrorCode::bad_request,
                    "There is no coordinate system \"" + source.crs + "\". Use cgcs2000, wgs84, gcj02 or bd09.");
      m_crs = *crs;
    }
    m_reader = intake::TableReader::open(source.table.file, table_options(source.table));
    m_columns = choose_columns(m_reader->columns(), source);
    m_address = column_of("address");
    m_id = column_of("id");
    m_code = column_of("code");
    m_lon = column_of("lon");
    m_lat = column_of("lat");
    m_division = column_of("division_code");
    m_alias = column_of("alias");
  }

  void run(const WatchFile& watch) {
    const std::thread::id caller = std::this_thread::get_id();
    const auto next = [&](std::vector<address::SourceAddress>& rows) {
      // Whoever watches is told by its own thread only.
      if (watch && std::this_thread::get_id() == caller) {
        const auto position = m_reader->position();
        watch({position.row, position.bytes_read, position.bytes_total});
      }
      return fill(rows);
    };
    const address::LibraryBuilder::Sum sum = m_builder.add_all(next);
    m_built.placed = sum.placed;
    m_built.without_division = sum.without_division;
    m_built.unreadable = sum.unreadable;
    if (!m_reader->note().empty()) m_built.notes.push_back(m_reader->note());
  }

 private:
  static constexpr std::size_t rows_at_once = 4096;

  bool fill(std::vector<address::SourceAddress>& rows) {
    rows.resize(rows_at_once);
    std::size_t count = 0;
    while (count < rows_at_once && m_reader->next_row(m_row)) {
      ++m_built.rows;
      take(rows[count++]);
    }
    rows.resize(count);
    return count > 0;
  }

  std::string_view cell(std::optional<std::size_t> column) const {
    return column && *column < m_row.cells.size() ? m_row.cells[*column] : std::string_view();
  }
  std::optional<std::size_t> column_of(std::string_view role) const {
    const auto column = m_columns.find(role);
    return column == m_columns.end() ? std::nullopt : std::optional(column->second);
  }

  void take(address::SourceAddress& address) {
    address.address = cell(m_address);
    address.id = cell(m_id);
    address.code = cell(m_code);
    if (!m_id && !m_code) address.id = std::to_string(m_built.rows);
    address.division_code = cell(m_division);
    address.aliases.clear();
    if (const auto alias = cell(m_alias); !alias.empty()) address.aliases.emplace_back(alias);
    address.point.reset();
    const auto lon_text = cell(m_lon);
    const auto lat_text = cell(m_lat);
    if (lon_text.empty() && lat_text.empty()) return;
    const auto lon = parse_number(lon_text);
    const auto lat = parse_number(lat_text);
    if (lon && lat && geo::is_on_globe(*lon, *lat))
      address.point = geo::to_cgcs2000(*lon, *lat, m_crs);
    else
      ++m_built.bad_points;
  }

  address::LibraryBuilder& m_builder;
  LibraryBuilt& m_built;
  geo::Crs m_crs = geo::Crs::cgcs2000;
  std::unique_ptr<intake::TableReader> m_reader;
  Columns m_columns;
  std::optional<std::size_t> m_address, m_id, m_code, m_lon, m_lat, m_division, m_alias;
  intake::RowView m_row;
};

}  // namespace

LibraryFacts library_facts(const std::filesystem::path& file, bool verify) {
  const std::shared_ptr<const address::Library> library = address::Library::open(file);
  if (verify) library->verify();
  return facts_of(*library, file);
}

LibraryBuilt build_library_from_table(const LibrarySource& source, const std::filesystem::path& file,
                                      const WatchFile& watch) {
  const auto began = std::chrono::steady_clock::now();
  LibraryBuilt built;
  std::string title = source.title;
  if (title.empty()) title = source.has_table ? source.table.file.filename().string() : "Divisions of the nation";
  address::LibraryBuilder builder(divisions_of_nation(source.division_packages), title);
  if (source.has_table) TableToLibrary(source, builder, built).run(watch);
  if (built.bad_points > 0)
    built.notes.push_back(
        std::to_string(built.bad_points) +
        " rows have a longitude or latitude that is no place on the globe: they went in without one.");
  builder.write(file);
  built.facts = library_facts(file);
  built.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return built;
}

}  // namespace menpai::app

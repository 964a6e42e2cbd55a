// SPDX-License-Identifier: Apache-2.0
// The address rows of one county in one transaction.
#include "app/address_batch.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "app/answer_json.hpp"
#include "geo/geometry.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

std::optional<store::Bytes> wkb(const std::optional<geo::LonLat>& point) {
  if (!point) return std::nullopt;
  return store::Bytes{geo::to_ewkb(*point)};
}

std::string payload(std::string_view display, std::string_view code, const std::optional<geo::LonLat>& point,
                    std::string_view division_code) {
  std::string out = "{\"division_code\":";
  append_json_string(out, division_code);
  if (!display.empty()) append_json_string(out += ",\"display\":", display);
  if (!code.empty()) append_json_string(out += ",\"code\":", code);
  if (point) fmt::format_to(std::back_inserter(out), ",\"lon\":{:.8f},\"lat\":{:.8f}", point->lon, point->lat);
  return out + '}';
}

std::optional<int> floor_of(const change::AddressNode& room) {
  const bool usual = room.sort_main >= 101 && room.sort_main <= 99999;
  return usual ? std::optional(static_cast<int>(room.sort_main / 100)) : std::nullopt;
}

}  // namespace

AddressBatch::AddressBatch(store::Transaction& transaction, int county_code, const Caller& caller,
                           const std::string& source)
    : m_transaction(transaction),
      m_county_code(county_code),
      m_at(store::now()),
      m_source(source),
      m_changes(transaction, county_code, caller, source, m_at) {}

void AddressBatch::take(const std::vector<PendingAddress>& rows) {
  std::vector<const change::AddressRow*> readable;
  for (const PendingAddress& pending : rows) readable.push_back(&pending.row);
  load(readable);
  for (const PendingAddress& pending : rows) {
    if (decide(pending)) continue;
    write();
    m_nodes.clear();
    m_index.clear();
    load(readable);
    MENPAI_ASSERT(decide(pending), "a row stands in its own way");
  }
  write();
}

std::string AddressBatch::key(const change::AddressRow& row, std::size_t depth, std::size_t parent) const {
  const change::AddressNode& node = row.path[depth];
  std::string key = parent == nowhere ? row.root_division : std::to_string(parent);
  key += parent == nowhere ? '/' : '>';
  key += static_cast<char>('a' + static_cast<int>(node.level));
  return key += node.name;
}

void AddressBatch::load(const std::vector<const change::AddressRow*>& rows) {
  std::vector<std::size_t> at(rows.size(), nowhere);
  std::size_t deepest = 0;
  for (const change::AddressRow* row : rows) deepest = std::max(deepest, row->path.size());
  for (std::size_t depth = 0; depth < deepest; ++depth) load_level(rows, depth, at);
  load_places(rows);
  load_codes(rows);
}

void AddressBatch::load_level(const std::vector<const change::AddressRow*>& rows, std::size_t depth,
                              std::vector<std::size_t>& at) {
  std::vector<std::string_view> divisions, levels, names;
  std::vector<Uuid> parents;
  std::vector<std::pair<std::string, std::size_t>> wanted;  // key and parent, by ordinal
  std::unordered_set<std::string> asked;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const change::AddressRow& row = *rows[i];
    if (row.path.size() <= depth || (depth > 0 && at[i] == nowhere)) continue;
    std::string here = key(row, depth, depth == 0 ? nowhere : at[i]);
    if (m_index.count(here) > 0 || !asked.insert(here).second) continue;
    wanted.emplace_back(std::move(here), depth == 0 ? nowhere : at[i]);
    divisions.push_back(row.root_division);
    if (depth > 0) parents.push_back(m_nodes[at[i]].id);
    levels.push_back(level_name(row.path[depth].level));
    names.push_back(row.path[depth].name);
  }
  if (!wanted.empty()) {
    const store::Result found =
        depth == 0 ? m_transaction.run(query::address::find_roots, m_county_code, divisions, levels, names)
                   : m_transaction.run(query::address::find_children, m_county_code, parents, levels, names);
    for (const store::Row row : found) {
      const auto [ordinal, id, version, code, division, lon, lat, place, building] =
          row.as<std::int64_t, Uuid, int, std::string, std::string, std::optional<double>, std::optional<double>,
                 std::optional<Uuid>, std::optional<Uuid>>();
      const auto& [here, parent] = wanted[static_cast<std::size_t>(ordinal - 1)];
      if (!m_index.emplace(here, m_nodes.size()).second) continue;
      Node node;
      node.id = id;
      node.parent = parent;
      node.version = version;
      node.code = code;
      node.division_code = division;
      if (lon && lat) node.point = geo::LonLat{*lon, *lat};
      node.place_id = place;
      node.building_id = building;
      m_nodes.push_back(std::move(node));
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i]->path.size() <= depth || (depth > 0 && at[i] == nowhere)) {
      at[i] = nowhere;
      continue;
    }
    const auto here = m_index.find(key(*rows[i], depth, depth == 0 ? nowhere : at[i]));
    at[i] = here == m_index.end() ? nowhere : here->second;
  }
}

void AddressBatch::load_places(const std::vector<const change::AddressRow*>& rows) {
  std::unordered_set<std::string_view> names;
  for (const change::AddressRow* row : rows) {
    if (row->path.empty() || row->path[0].level != Level::place) continue;
    if (m_index.count(key(*row, 0, nowhere)) == 0) names.insert(row->path[0].name);
  }
  m_places.clear();
  if (names.empty()) return;
  const std::vector<std::string_view> list(names.begin(), names.end());
  for (const store::Row row : m_transaction.run(query::place::find_by_name, m_county_code, list)) {
    const auto [id, name, division] = row.as<Uuid, std::string, std::string>();
    m_places.emplace(name, NamedPlace{id, division});
  }
}

void AddressBatch::load_codes(const std::vector<const change::AddressRow*>& rows) {
  std::vector<std::string_view> codes;
  std::vector<Uuid> ids;
  for (const change::AddressRow* row : rows) {
    if (!row->code.empty()) codes.push_back(row->code);
    if (row->id) ids.push_back(*row->id);
  }
  if (!codes.empty()) {
    for (const store::Row row : m_transaction.run(query::change::find_codes, codes)) {
      m_code_owner.emplace(row.get<std::string>(0), row.get<Uuid>(1));
    }
  }
  if (ids.empty()) return;
  for (const store::Row row : m_transaction.run(query::change::find_locators, ids)) {
    m_used_ids.insert(row.get<Uuid>(0).text());
  }
}

std::size_t AddressBatch::find(const change::AddressRow& row, std::size_t& last, std::size_t& depth) const {
  last = nowhere;
  for (depth = 0; depth < row.path.size(); ++depth) {
    const auto here = m_index.find(key(row, depth, last));
    if (here == m_index.end()) return nowhere;
    last = here->second;
  }
  return last;
}

std::optional<Uuid> AddressBatch::place_of(const change::AddressRow& row) const {
  const auto [from, to] = m_places.equal_range(row.path[0].name);
  std::optional<Uuid> only;
  for (auto place = from; place != to; ++place) {
    if (!place->second.division_code.starts_with(row.root_division)) continue;
    if (only) return std::nullopt;  // two places of one name: a person must say which
    only = place->second.id;
  }
  return only;
}

std::size_t AddressBatch::make(const change::AddressRow& row, std::uint64_t source_row) {
  std::size_t last = nowhere;
  std::size_t depth = 0;
  if (const std::size_t there = find(row, last, depth); there != nowhere) return there;
  for (; depth < row.path.size(); ++depth) {
    Node node;
    node.id = Uuid::make();
    node.parent = last;
    node.is_new = true;
    node.source_row = source_row;
    node.name = row.path[depth];
    node.display = row.display(depth);
    // A street may run through several villages; what hangs on it lies in one.
    node.division_code = depth == 0 ? row.root_division : row.division_code;
    node.place_id = last == nowhere ? place_of(row) : m_nodes[last].place_id;
    if (last != nowhere) node.building_id = m_nodes[last].building_id;
    m_index.emplace(key(row, depth, last), m_nodes.size());
    last = m_nodes.size();
    m_nodes.push_back(std::move(node));
  }
  return last;
}

std::optional<AddressBatch::Found> AddressBatch::find(const change::AddressRow& row) const {
  std::size_t last = nowhere;
  std::size_t depth = 0;
  const std::size_t there = find(row, last, depth);
  if (there == nowhere) return std::nullopt;
  return Found{m_nodes[there].id, m_nodes[there].place_id, m_nodes[there].building_id};
}

AddressBatch::Found AddressBatch::find_or_make(const change::AddressRow& row, std::uint64_t source_row) {
  const Node& node = m_nodes[make(row, source_row)];
  return {node.id, node.place_id, node.building_id};
}

bool AddressBatch::decide(const PendingAddress& pending) {
  const change::AddressRow& row = pending.row;
  SettledRow& settled = *pending.settled;
  std::size_t last = nowhere;
  std::size_t depth = 0;
  const std::size_t there = row.path.empty() ? nowhere : find(row, last, depth);
  change::AddressFacts facts;
  // A node that this batch made on the way to another is still new to the row that speaks of it.
  const bool is_known = there != nowhere && (!m_nodes[there].is_new || m_nodes[there].has_row);
  if (is_known) {
    const Node& node = m_nodes[there];
    facts.known = change::AddressFacts::Known{node.id, node.code, node.division_code, node.point};
    if (depth == 1) facts.known->division_code = row.division_code;
  }
  if (const auto owner = m_code_owner.find(row.code); owner != m_code_owner.end()) facts.code_owner = owner->second;
  facts.id_is_used = row.id && m_used_ids.count(row.id->text()) > 0;
  const change::Decision decision = change::decide_address(row, facts);
  const bool clashes = decision.outcome == RowOutcome::changed && (m_nodes[there].is_new || m_nodes[there].is_changed);
  if (clashes) return false;
  settled.outcome = decision.outcome;
  settled.reason = decision.reason;
  if (decision.outcome == RowOutcome::created) {
    apply_new(pending, make(row, settled.number), decision);
  } else if (decision.outcome == RowOutcome::changed) {
    apply_change(pending, there, decision);
  }
  if (row.county_code != 0) settled.county_code = row.county_code;
  if (is_known) settled.object_id = m_nodes[there].id;
  return true;
}

void AddressBatch::apply_new(const PendingAddress& pending, std::size_t index, const change::Decision& decision) {
  Node& node = m_nodes[index];
  const change::AddressRow& row = pending.row;
  node.has_row = true;
  node.source_row = pending.settled->number;
  if (row.id) {
    node.id = *row.id;
    m_used_ids.insert(node.id.text());
  }
  if (decision.sets_point) node.point = row.point;
  if (decision.sets_code) {
    node.code = row.code;
    m_code_owner.emplace(row.code, node.id);
    m_new_codes.emplace_back(row.code, index);
  }
  pending.settled->object_id = node.id;
}

void AddressBatch::apply_change(const PendingAddress& pending, std::size_t index, const change::Decision& decision) {
  Node& node = m_nodes[index];
  const change::AddressRow& row = pending.row;
  Update update{index, "", "", std::nullopt};
  if (decision.sets_code) {
    update.code = node.code = row.code;
    m_code_owner.emplace(row.code, node.id);
    m_new_codes.emplace_back(row.code, index);
  }
  if (decision.sets_point) update.point = node.point = row.point;
  if (decision.sets_division) update.division_code = node.division_code = row.division_code;
  ++node.version;
  node.is_changed = true;
  node.change_id = m_changes.add({.kind = "address.changed",
                                  .object_kind = "address",
                                  .object_id = node.id,
                                  .object_version = node.version,
                                  .source_row = pending.settled->number,
                                  .rule = "import",
                                  .division_code = node.division_code,
                                  .payload = payload("", update.code, update.point, node.division_code)},
                                 false);
  pending.settled->change_id = node.change_id;
  m_updates.push_back(std::move(update));
}

void AddressBatch::write() {
  write_new();
  write_changed();
  m_changes.write();
  if (!m_new_codes.empty()) {
    store::CopyIn codes(m_transaction.connection(), query::change::copy_codes);
    for (const auto& [code, node] : m_new_codes) {
      codes.row(code, m_county_code, "address", m_nodes[node].id, "given", m_at);
    }
    codes.finish();
  }
  m_new_codes.clear();
}

void AddressBatch::write_new() {
  const bool any = std::any_of(m_nodes.begin(), m_nodes.end(), [](const Node& node) { return node.is_new; });
  if (!any) return;
  for (Node& node : m_nodes) {
    if (!node.is_new) continue;
    if (node.parent != nowhere) node.parent_id = m_nodes[node.parent].id;
    node.change_id = m_changes.add({.kind = "address.new",
                                    .object_kind = "address",
                                    .object_id = node.id,
                                    .object_version = 1,
                                    .source_row = node.source_row,
                                    .rule = node.has_row ? "import" : "import_above",
                                    .division_code = node.division_code,
                                    .payload = payload(node.display, node.code, node.point, node.division_code)},
                                   true);
  }
  store::CopyIn addresses(m_transaction.connection(), query::address::copy_addresses);
  for (const Node& node : m_nodes) {
    if (!node.is_new) continue;
    addresses.row(m_county_code, node.id, node.parent_id, level_name(node.name.level), node.name.name, node.display,
                  node.name.sort_main, node.name.sort_sub, node.code, node.division_code, node.place_id,
                  node.building_id, wkb(node.point), m_at, node.change_id, m_source);
  }
  addresses.finish();
  store::CopyIn rooms(m_transaction.connection(), query::room::copy_rooms);
  for (Node& node : m_nodes) {
    if (!node.is_new) continue;
    node.is_new = false;
    if (node.name.level != Level::room || !node.building_id) continue;
    rooms.row(m_county_code, node.id, *node.building_id, node.code, floor_of(node.name), m_at, node.change_id,
              m_source);
  }
  rooms.finish();
}

void AddressBatch::write_changed() {
  if (m_updates.empty()) return;
  std::vector<Uuid> ids, changes;
  std::vector<std::string_view> codes, divisions;
  std::vector<std::optional<store::Bytes>> points;
  for (const Update& update : m_updates) {
    ids.push_back(m_nodes[update.node].id);
    codes.push_back(update.code);
    points.push_back(wkb(update.point));
    divisions.push_back(update.division_code);
    changes.push_back(m_nodes[update.node].change_id);
  }
  m_transaction.run(query::address::change_addresses, m_county_code, ids, codes, points, divisions, changes, m_at,
                    m_source);
  m_updates.clear();
}

}  // namespace menpai::app

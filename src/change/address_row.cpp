// SPDX-License-Identifier: Apache-2.0
// One row of an address list → where it stands in the address tree.
#include "change/address_row.hpp"

#include <algorithm>
#include <charconv>

#include "address/library/tree_path.hpp"
#include "address/text/number_key.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"

namespace menpai::change {
namespace {

using address::DivisionNode;
using address::no_division;

constexpr std::size_t text_length_max = 512;  // code points; the longest real addresses have under 200
constexpr std::size_t code_length_max = 64;
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view ideographic_space = "\u3000";

std::string_view trimmed(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    while (!text.empty() && blanks.find(text.front()) != std::string_view::npos) text.remove_prefix(1), again = true;
    while (!text.empty() && blanks.find(text.back()) != std::string_view::npos) text.remove_suffix(1), again = true;
    if (text.starts_with(ideographic_space)) text.remove_prefix(ideographic_space.size()), again = true;
    if (text.ends_with(ideographic_space)) text.remove_suffix(ideographic_space.size()), again = true;
  }
  return text;
}

bool is_code(std::string_view code) {
  return code.size() <= code_length_max && std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
         });
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool ends_with_one_of(std::u32string_view text, std::u32string_view characters) {
  return !text.empty() && characters.find(text.back()) != std::u32string_view::npos;
}

/// Appends an item in the one suffix that the register uses for its kind: 3幢 → 3栋, 2梯 → 2单元, 501房 → 501室.
/// Lettered buildings and named units (A座, 东单元) and shops (12铺) keep theirs.
void append_standard(const address::Reading& reading, const address::PathItem& item, std::string& out) {
  if (!item.numeric || item.several) return address::append_item(reading, item, out);
  const address::NumberKind kind = address::number_kind(item.key);
  const std::u32string_view text = reading.elements[item.element].text(reading.normal);
  const bool counts = address::number_value(item.key) != 0;
  const bool plain_room = kind == address::NumberKind::room && !ends_with_one_of(text, U"铺档位");
  const bool suffixed = kind == address::NumberKind::building || kind == address::NumberKind::unit ||
                        kind == address::NumberKind::floor || plain_room;
  address::append_number(counts && suffixed ? address::with_kind(item.key, kind) : item.key, out);
}

/// Groups and natural villages that are no divisions stand in the tree as places do.
Level node_level(Level level) {
  return level <= Level::place ? Level::place : level;
}

}  // namespace

std::string_view hold_reason_name(HoldReason reason) {
  switch (reason) {
    case HoldReason::no_town:
      return "no_town";
    case HoldReason::ambiguous_division:
      return "ambiguous_division";
    case HoldReason::conflicting_division:
      return "conflicting_division";
    case HoldReason::unread_text:
      return "unread_text";
    case HoldReason::several_values:
      return "several_values";
    case HoldReason::level_gap:
      return "level_gap";
    case HoldReason::other_id:
      return "other_id";
    case HoldReason::other_code:
      return "other_code";
    case HoldReason::renamed:
      return "renamed";
    case HoldReason::moved_far:
      return "moved_far";
  }
  return "";
}

std::string_view refuse_reason_name(RefuseReason reason) {
  switch (reason) {
    case RefuseReason::empty_address:
      return "empty_address";
    case RefuseReason::too_long:
      return "too_long";
    case RefuseReason::no_division:
      return "no_division";
    case RefuseReason::no_address:
      return "no_address";
    case RefuseReason::bad_coordinates:
      return "bad_coordinates";
    case RefuseReason::bad_crs:
      return "bad_crs";
    case RefuseReason::bad_id:
      return "bad_id";
    case RefuseReason::bad_code:
      return "bad_code";
    case RefuseReason::id_taken:
      return "id_taken";
    case RefuseReason::code_taken:
      return "code_taken";
    case RefuseReason::bad_geometry:
      return "bad_geometry";
    case RefuseReason::bad_value:
      return "bad_value";
    case RefuseReason::no_such_address:
      return "no_such_address";
  }
  return "";
}

std::string AddressRow::display(std::size_t depth) const {
  std::string text = prefix;
  for (std::size_t i = 0; i <= depth && i < path.size(); ++i) text += path[i].name;
  return text;
}

AddressRowReader::AddressRowReader(const address::DivisionIndex& divisions, const AddressRowOptions& options)
    : m_divisions(divisions), m_crs(options.crs), m_region(no_division), m_reader(divisions) {
  if (options.region.empty()) return;
  const auto region = divisions.find_code(options.region);
  if (!region) {
    throw Error(ErrorCode::bad_request,
                "There is no division " + options.region + ". A region is a division code of 2, 4, 6, 9 or 12 digits.");
  }
  m_region = *region;
}

void AddressRowReader::read(const AddressCells& cells, AddressRow& row) {
  row = AddressRow{};
  const std::string_view text = trimmed(cells.text);
  if (text.empty()) {
    row.refused = RefuseReason::empty_address;
    return;
  }
  if (text.size() > 4 * text_length_max || utf8::length(text) > text_length_max) {
    row.refused = RefuseReason::too_long;
    return;
  }
  read_cells(cells, row);
  if (row.refused) return;
  const std::string_view stated_code = trimmed(cells.division_code);
  const DivisionNode stated =
      stated_code.empty() ? no_division : m_divisions.find_code(stated_code).value_or(no_division);
  m_reader.read(text, stated != no_division ? stated : m_region, m_reading);
  address::make_path(m_reading, m_path);
  place(stated, row);
  // 10号、12号: the reader may take the second for a building of the first.
  if (!row.refused && !row.held && text.find("、") != std::string_view::npos) row.held = HoldReason::several_values;
}

void AddressRowReader::read_cells(const AddressCells& cells, AddressRow& row) const {
  row.code = trimmed(cells.code);
  if (!is_code(row.code)) {
    row.refused = RefuseReason::bad_code;
    return;
  }
  if (const std::string_view id = trimmed(cells.id); !id.empty()) {
    row.id = Uuid::parse(id);
    if (!row.id || row.id->is_nil()) {
      row.refused = RefuseReason::bad_id;
      return;
    }
  }
  read_point(cells, row);
}

void AddressRowReader::read_point(const AddressCells& cells, AddressRow& row) const {
  const std::string_view lon_text = trimmed(cells.lon);
  const std::string_view lat_text = trimmed(cells.lat);
  if (lon_text.empty() && lat_text.empty()) return;
  geo::Crs crs = m_crs;
  if (const std::string_view name = trimmed(cells.crs); !name.empty()) {
    const auto parsed = geo::parse_crs(name);
    if (!parsed) {
      row.refused = RefuseReason::bad_crs;
      return;
    }
    crs = *parsed;
  }
  const auto lon = number(lon_text);
  const auto lat = number(lat_text);
  if (!lon || !lat || !geo::is_on_globe(*lon, *lat)) {
    row.refused = RefuseReason::bad_coordinates;
    return;
  }
  row.point = geo::to_cgcs2000(*lon, *lat, crs);
}

void AddressRowReader::place(DivisionNode stated, AddressRow& row) {
  DivisionNode node = m_reading.division.node;
  if (stated != no_division && (node == no_division || m_divisions.contains(node, stated))) node = stated;
  if (node == no_division) {
    const bool several = !m_reading.division.open.empty();
    if (several) row.held = HoldReason::ambiguous_division;
    if (!several) row.refused = RefuseReason::no_division;
    return;
  }
  if (m_path.items.empty()) {
    row.refused = RefuseReason::no_address;
    return;
  }
  row.held = doubt(node);
  settle_divisions(node, row);
  append_path(row);
}

std::optional<HoldReason> AddressRowReader::doubt(DivisionNode node) const {
  for (const address::Mention& mention : m_reading.division.mentions) {
    if (mention.use == address::MentionUse::conflicting) return HoldReason::conflicting_division;
  }
  if (m_divisions.level(node) < Level::town) {
    return m_reading.division.open.empty() ? HoldReason::no_town : HoldReason::ambiguous_division;
  }
  bool has_base = false;
  Level last = Level::none;
  for (const address::PathItem& item : m_path.items) {
    if (item.several) return HoldReason::several_values;
    if (item.level >= Level::building && !has_base) return HoldReason::level_gap;
    // An estate may stand behind a door number; nothing else goes back up.
    if (item.level < last && !(item.level == Level::place && last == Level::number)) return HoldReason::unread_text;
    has_base = true;
    last = item.level;
  }
  const bool room_hangs_in_the_air =
      last == Level::room && std::none_of(m_path.items.begin(), m_path.items.end(), [](const address::PathItem& item) {
        return item.level == Level::number || item.level == Level::building || item.level == Level::floor;
      });
  if (room_hangs_in_the_air) return HoldReason::level_gap;
  if (!m_reading.normal.removed.empty() || !m_path.plain) return HoldReason::unread_text;
  if (!address::fits_tree(m_reading, m_path, node)) return HoldReason::unread_text;
  return std::nullopt;
}

void AddressRowReader::settle_divisions(DivisionNode node, AddressRow& row) const {
  row.division_code = m_divisions.code(node);
  // Villages are shown only where the address begins below them (groups, houses without a street): a street that runs
  // through two villages is one street.
  DivisionNode root = node;
  const address::PathItem& first = m_path.items.front();
  const bool shows_village = first.level == Level::group || first.level == Level::number;
  if (m_divisions.level(node) == Level::village && !shows_village) root = m_divisions.parent(node);
  row.root_division = m_divisions.code(root);

  std::vector<std::string_view> names;
  std::string_view county;
  for (DivisionNode at = root; at != no_division; at = m_divisions.parent(at)) {
    names.push_back(m_divisions.name(at));
    const Level level = m_divisions.level(at);
    if (level == Level::county || (level == Level::city && county.empty())) county = m_divisions.code(at);
    if (level == Level::province && county.empty()) county = m_divisions.code(at);
  }
  for (auto name = names.rbegin(); name != names.rend(); ++name) row.prefix += *name;
  std::from_chars(county.data(), county.data() + county.size(), row.county_code);
  for (std::size_t digits = county.size(); digits < 6; ++digits) row.county_code *= 10;
}

void AddressRowReader::append_path(AddressRow& row) const {
  for (const address::PathItem& item : m_path.items) {
    if (item.implied) continue;
    AddressNode node;
    node.level = node_level(item.level);
    append_standard(m_reading, item, node.name);
    if (item.numeric) {
      node.sort_main = address::number_value(item.key);
      node.sort_sub = address::number_sub(item.key);
    }
    row.path.push_back(std::move(node));
  }
}

}  // namespace menpai::change

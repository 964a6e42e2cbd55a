// SPDX-License-Identifier: Apache-2.0
#include "app/register_edits.hpp"

#include <algorithm>
#include <charconv>
#include <spdlog/spdlog.h>
#include <vector>

#include "app/aliases.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace event = store::query::event;

constexpr std::int64_t events_at_once = 2000;
/// From so many edits on the library is built anew; up to ten times as many are still taken.
constexpr std::uint64_t heavy_edits = 20'000;
constexpr std::uint64_t heavy_share = 50;  ///< or one address in so many

std::map<int, std::int64_t> parse_position(std::string_view text) {
  std::map<int, std::int64_t> seen;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos) continue;
    int county = 0;
    std::int64_t sequence = 0;
    std::from_chars(word.data(), word.data() + colon, county);
    std::from_chars(word.data() + colon + 1, word.data() + word.size(), sequence);
    seen[county] = sequence;
  }
  return seen;
}

address::AddressEdit edit_of(const store::Row& row, const AliasTexts& aliases) {
  address::AddressEdit edit;
  edit.address.id = row.get<Uuid>(0).text();
  edit.address.address = row.get<std::string>(1);
  edit.address.code = row.get<std::string>(2);
  edit.address.division_code = row.get<std::string>(3);
  const auto lon = row.get<std::optional<double>>(4);
  const auto lat = row.get<std::optional<double>>(5);
  if (lon && lat) edit.address.point = geo::LonLat{*lon, *lat};
  if (const auto known = aliases.find(edit.address.id); known != aliases.end()) edit.address.aliases = known->second;
  edit.retired = !row.get<bool>(6);
  if (edit.retired) edit.successor = row.get<std::string>(7);
  return edit;
}

}  // namespace

std::string RegisterEdits::position() const {
  // Never empty: that is what the library of no register says.
  std::string out = "0:0";
  const store::Result positions = m_store->run(event::positions);
  for (const store::Row row : positions) {
    out += ' ' + std::to_string(row.get<std::int32_t>(0)) + ':' + std::to_string(row.get<std::int64_t>(1));
  }
  return out;
}

std::shared_ptr<const address::Library> RegisterEdits::over(std::shared_ptr<const address::Library> library) {
  {
    const std::lock_guard lock(m_mutex);
    m_overlay.reset();
    m_is_heavy = false;
    if (!library || library->facts().position.empty()) return library;
    m_overlay = std::make_shared<address::Overlay>(std::move(library));
    m_seen = parse_position(m_overlay->base()->facts().position);
    library = m_overlay->library();
  }
  try {
    follow();
  } catch (const Error& error) {
    spdlog::warn("what changed since the library was built is not seen yet: {}", error.what());
  }
  return library;
}

/// In steps, so that memory stays bounded and questions go on in between.
bool RegisterEdits::follow_county(int county, std::int64_t until) {
  std::int64_t& seen = m_seen[county];
  const std::uint64_t heavy = heavy_edits + m_overlay->base()->facts().addresses / heavy_share;
  bool any = false;
  while (seen < until) {
    m_is_heavy = m_is_heavy || m_overlay->size() >= heavy;
    if (m_overlay->size() >= 10 * heavy) return any;
    const std::int64_t last = std::min(until, seen + events_at_once);
    std::vector<Uuid> changed;
    const store::Result ids = m_store->run(event::changed_addresses, std::int32_t{county}, seen, last);
    for (const store::Row row : ids) changed.push_back(row.get<Uuid>(0));
    if (!changed.empty()) {
      AliasTexts aliases = load_alias_texts(*m_store);
      add_former_texts(*m_store, county, changed, aliases);
      std::vector<address::AddressEdit> edits;
      const store::Result rows = m_store->run(store::query::address::for_library, std::int32_t{county}, changed);
      for (const store::Row row : rows) edits.push_back(edit_of(row, aliases));
      m_overlay->apply(edits);
      any = true;
    }
    seen = last;
  }
  return any;
}

bool RegisterEdits::follow() {
  const std::lock_guard lock(m_mutex);
  if (!m_overlay) return false;
  bool any = false;
  const store::Result positions = m_store->run(event::positions);
  for (const store::Row row : positions) {
    any = follow_county(row.get<std::int32_t>(0), row.get<std::int64_t>(1)) || any;
  }
  return any;
}

bool RegisterEdits::is_heavy() const {
  const std::lock_guard lock(m_mutex);
  return m_is_heavy;
}

}  // namespace menpai::app

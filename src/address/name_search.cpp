// SPDX-License-Identifier: Apache-2.0
#include "address/name_search.hpp"

#include <algorithm>

namespace menpai::address {
namespace {

constexpr std::size_t endings_seen_max = 2000;
constexpr std::size_t name_length_max = 60;

}  // namespace

void write_name_search(const NameTableBuilder& names, LibraryFileWriter& file) {
  std::vector<NameSearch::Ending> endings;
  for (NameId name = 0; name < names.size(); ++name) {
    const std::size_t length = std::min(names.key(name).size(), name_length_max);
    for (std::size_t start = 0; start < length; ++start) {
      endings.push_back({name, static_cast<std::uint16_t>(start), static_cast<std::uint16_t>(names.key(name).size())});
    }
  }
  std::sort(endings.begin(), endings.end(), [&](const NameSearch::Ending& a, const NameSearch::Ending& b) {
    const int order = names.key(a.name).substr(a.start).compare(names.key(b.name).substr(b.start));
    return order != 0 ? order < 0 : a.name < b.name;
  });
  file.add_array("name.endings", std::span<const NameSearch::Ending>(endings), SectionTrust::checked_in_use);
}

void NameSearch::find(const NameTable& names, std::u32string_view typed, std::size_t limit,
                      std::vector<NameId>& found) const {
  if (typed.empty()) return;
  std::u32string key;
  const auto ending = [&](const Ending& e) {
    key.clear();
    if (e.name < names.size()) names.append_key(e.name, key);
    return std::u32string_view(key).substr(std::min<std::size_t>(e.start, key.size()));
  };
  auto at = std::lower_bound(m_endings.begin(), m_endings.end(), typed,
                             [&](const Ending& e, std::u32string_view t) { return ending(e) < t; });
  std::vector<Ending> hits;
  for (; at != m_endings.end() && hits.size() < endings_seen_max && ending(*at).starts_with(typed); ++at) {
    hits.push_back(*at);
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Ending& a, const Ending& b) {
    const bool inside_a = a.start != 0;
    const bool inside_b = b.start != 0;
    return inside_a != inside_b ? inside_b : a.length < b.length;
  });
  const std::size_t first = found.size();
  for (const Ending& e : hits) {
    if (found.size() - first >= limit) break;
    if (std::find(found.begin() + static_cast<std::ptrdiff_t>(first), found.end(), e.name) == found.end()) {
      found.push_back(e.name);
    }
  }
}

}  // namespace menpai::address

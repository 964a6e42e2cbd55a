// SPDX-License-Identifier: Apache-2.0
#include "address/library/place_evidence.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "address/text/lexicon.hpp"

namespace menpai::address {
namespace {

enum class KeyKind : std::uint8_t { exact, branch, stem, town };

/// 32 bits: among a million names one in some thousand shares its key with another.
std::uint32_t key_of(KeyKind kind, std::u32string_view name) {
  std::uint64_t h = 0xCBF29CE484222325 ^ static_cast<std::uint64_t>(kind);
  for (const char32_t c : name) {
    h = (h ^ c) * 0x9E3779B97F4A7C15;
    h ^= h >> 29;
  }
  const auto key = static_cast<std::uint32_t>(h >> 32);
  return key == 0 ? 1 : key;
}

bool is_way(WordKind kind) {
  return kind == WordKind::road || kind == WordKind::lane || kind == WordKind::section;
}

/// Where the generic word at the end of a name begins; its size if it has none.
std::size_t last_word(std::u32string_view name) {
  for (std::size_t pos = 1; pos < name.size(); ++pos) {
    const WordMatch word = word_at(name, pos);
    if (word.kind != WordKind::none && pos + word.length == name.size()) return pos;
  }
  return name.size();
}

std::uint32_t stem_key(KeyKind kind, std::u32string_view stem) {
  if (stem.size() < 2 || !is_ideograph(stem[0]) || !is_ideograph(stem[1])) return 0;
  return key_of(kind, stem.substr(0, 2));
}

/// `name` is folded; the keys do not tell Chinese numerals from digits.
PlaceName keys_of(std::u32string_view name) {
  std::u32string key;
  append_name_key(name, key);
  PlaceName out;
  if (key.size() < 2) return out;
  out.exact = key_of(KeyKind::exact, key);
  const std::size_t word = last_word(key);
  std::size_t end = word;
  const bool way = word < key.size() && is_way(word_at(key, word).kind);
  while (way && end > 2 && (is_direction(key[end - 1]) || is_digit(key[end - 1]))) --end;
  if (end < word) {
    const std::u32string plain = key.substr(0, end) + key.substr(word);
    out.plain = key_of(KeyKind::exact, plain);
    out.branch = key_of(KeyKind::branch, plain);
  } else if (way) {
    out.branch = key_of(KeyKind::branch, key);
  }
  const std::u32string_view stem = std::u32string_view(key).substr(0, end);
  out.stem = stem_key(KeyKind::stem, stem);
  out.town = stem_key(KeyKind::town, stem);
  out.landmark = !way;
  return out;
}

bool names_place(const TypedElement& e) {
  if (e.kind != NumberKind::none || e.division != no_division || e.to < e.from + 2) return false;
  return e.level == Level::town || e.level == Level::village || e.level == Level::place;
}

/// The stem of a town's official name: 港口 of 港口镇.
std::u32string town_stem(std::string_view name) {
  std::u32string stem = fold_text(name);
  for (const std::u32string_view word : {U"街道办事处", U"地区办事处", U"街道", U"民族乡", U"镇", U"乡", U"苏木"}) {
    if (stem.size() > word.size() && stem.ends_with(word)) {
      stem.resize(stem.size() - word.size());
      break;
    }
  }
  return stem;
}

/// All counties, with no rows yet.
std::vector<PlaceArea> all_areas(const DivisionIndex& index) {
  std::vector<PlaceArea> areas;
  for (DivisionNode node = 0; node < index.size();) {
    const bool area = area_of(index, node) == node;
    if (area) areas.push_back({node, 0});
    node = area ? index.subtree_end(node) : node + 1;
  }
  return areas;
}

/// Keeps at most numbers_max of a posting's numbers, evenly spread.
void append_numbers(std::vector<std::uint16_t>& run, std::vector<std::uint16_t>& out) {
  run.erase(std::unique(run.begin(), run.end()), run.end());
  const std::size_t kept = std::min(run.size(), PlaceEvidence::numbers_max);
  for (std::size_t i = 0; i < kept; ++i) out.push_back(run[i * run.size() / kept]);
  run.clear();
}

}  // namespace

void place_names(const Reading& reading, std::vector<PlaceName>& names) {
  names.clear();
  PlaceName* way = nullptr;
  for (const TypedElement& e : reading.elements) {
    if (names_place(e)) {
      PlaceName name = keys_of(e.text(reading.normal));
      if (name.exact == 0) continue;
      name.from = e.from;
      name.community = e.level == Level::village;
      names.push_back(name);
      way = &names.back();
    } else if (way != nullptr && e.kind == NumberKind::door) {
      if (way->number == 0) way->number = static_cast<std::uint16_t>(std::clamp(e.number.value, 0, 0xFFFF));
      way = nullptr;
    }
  }
}

DivisionNode area_of(const DivisionIndex& index, DivisionNode node) {
  if (node == no_division) return no_division;
  const DivisionNode county = index.at_level(node, Level::county);
  if (county != no_division) return county;
  const DivisionNode city = index.at_level(node, Level::city);
  if (city == no_division) return no_division;
  const DivisionNode child = city + 1;
  const bool divided = child < index.subtree_end(city) && index.level(child) <= Level::county;
  return divided || child >= index.subtree_end(city) ? no_division : city;
}

void PlaceEvidenceBuilder::keep(DivisionNode division, const PlaceName& name) {
  m_sightings.push_back({name.exact, division, name.number});
  if (name.branch != 0) m_sightings.push_back({name.branch, division, 0});
  if (name.stem != 0) m_sightings.push_back({name.stem, division, 0});
}

void PlaceEvidenceBuilder::add(DivisionNode division, const Reading& reading) {
  if (division == no_division) return;
  m_rows.push_back(division);
  place_names(reading, m_names);
  for (const PlaceName& name : m_names) keep(division, name);
}

void PlaceEvidenceBuilder::add_name(DivisionNode division, std::u32string_view name) {
  if (division == no_division) return;
  m_rows.push_back(division);
  const PlaceName keys = keys_of(name);
  if (keys.exact != 0) keep(division, keys);
}

void PlaceEvidenceBuilder::merge(const PlaceEvidenceBuilder& other) {
  m_sightings.insert(m_sightings.end(), other.m_sightings.begin(), other.m_sightings.end());
  m_rows.insert(m_rows.end(), other.m_rows.begin(), other.m_rows.end());
}

void PlaceEvidenceBuilder::write(const DivisionIndex& index, LibraryFileWriter& file) const {
  std::vector<PlaceArea> areas = all_areas(index);
  for (const DivisionNode row : m_rows) {
    const DivisionNode area = area_of(index, row);
    const auto it = std::lower_bound(areas.begin(), areas.end(), area,
                                     [](const PlaceArea& a, DivisionNode node) { return a.area < node; });
    if (area != no_division && it != areas.end() && it->area == area) ++it->rows;
  }
  if (std::count_if(areas.begin(), areas.end(), [](const PlaceArea& a) { return a.rows > 0; }) < 2) return;

  std::vector<Sighting> seen;
  seen.reserve(m_sightings.size());
  for (Sighting sighting : m_sightings) {
    sighting.division = area_of(index, sighting.division);
    if (sighting.division != no_division) seen.push_back(sighting);
  }
  for (DivisionNode node = 0; node < index.size(); ++node) {
    if (index.level(node) != Level::town) continue;
    const std::uint32_t key = stem_key(KeyKind::town, town_stem(index.name(node)));
    const DivisionNode area = area_of(index, node);
    if (key != 0 && area != no_division) seen.push_back({key, area, 0});
  }
  std::sort(seen.begin(), seen.end());

  std::vector<std::uint32_t> keys;
  std::vector<std::uint32_t> starts;
  std::vector<PlacePosting> postings;
  std::vector<std::uint16_t> numbers;
  std::vector<std::uint16_t> run;
  for (const Sighting& sighting : seen) {
    const bool fresh = keys.empty() || keys.back() != sighting.key;
    if (fresh || postings.back().area != sighting.division) {
      append_numbers(run, numbers);
      if (fresh) {
        keys.push_back(sighting.key);
        starts.push_back(static_cast<std::uint32_t>(postings.size()));
      }
      postings.push_back({sighting.division, 0, static_cast<std::uint32_t>(numbers.size())});
    }
    ++postings.back().count;
    if (sighting.number != 0) run.push_back(static_cast<std::uint16_t>(sighting.number));
  }
  append_numbers(run, numbers);
  starts.push_back(static_cast<std::uint32_t>(postings.size()));
  postings.push_back({no_division, 0, static_cast<std::uint32_t>(numbers.size())});
  constexpr SectionTrust trust = SectionTrust::checked_in_use;
  file.add_array("place.keys", std::span<const std::uint32_t>(keys), trust);
  file.add_array("place.starts", std::span<const std::uint32_t>(starts), trust);
  file.add_array("place.postings", std::span<const PlacePosting>(postings), trust);
  file.add_array("place.numbers", std::span<const std::uint16_t>(numbers), trust);
  file.add_array("place.areas", std::span<const PlaceArea>(areas), trust);
}

PlaceEvidence::PlaceEvidence(const LibraryFile& file)
    : m_keys(file.array<std::uint32_t>("place.keys")),
      m_starts(file.array<std::uint32_t>("place.starts")),
      m_postings(file.array<PlacePosting>("place.postings")),
      m_numbers(file.array<std::uint16_t>("place.numbers")),
      m_areas(file.array<PlaceArea>("place.areas")) {
  const bool holds = m_areas.empty() || (m_starts.size() == m_keys.size() + 1 && !m_postings.empty());
  if (!holds) file.throw_damaged("place.starts");
}

std::span<const PlacePosting> PlaceEvidence::find(std::uint32_t key, DivisionNode first, DivisionNode end) const {
  const auto at = std::lower_bound(m_keys.begin(), m_keys.end(), key);
  if (at == m_keys.end() || *at != key) return {};
  const auto i = static_cast<std::size_t>(at - m_keys.begin());
  if (m_starts[i] > m_starts[i + 1] || m_starts[i + 1] >= m_postings.size()) return {};
  const auto all = m_postings.subspan(m_starts[i], m_starts[i + 1] - m_starts[i]);
  const auto before = [](const PlacePosting& p, DivisionNode node) { return p.area < node; };
  const auto from = std::lower_bound(all.begin(), all.end(), first, before);
  const auto to = std::lower_bound(from, all.end(), end, before);
  return all.subspan(static_cast<std::size_t>(from - all.begin()), static_cast<std::size_t>(to - from));
}

std::span<const std::uint16_t> PlaceEvidence::numbers(const PlacePosting& posting) const {
  const std::uint32_t end = (&posting + 1)->numbers;
  if (posting.numbers > end || end > m_numbers.size()) return {};
  return m_numbers.subspan(posting.numbers, std::min<std::size_t>(end - posting.numbers, numbers_max));
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
#include "address/match/place_evidence_weigh.hpp"

#include <algorithm>
#include <cmath>

#include "address/division/division_layout.hpp"
#include "address/division/division_village.hpp"

namespace menpai::address {
namespace {

// Set by hand, by trying them on addresses whose county was hidden; a new set of addresses may ask for others.
constexpr float row_floor = 5;      ///< rows that a county is taken to have beyond those seen
constexpr float name_doubt = 0.6f;  ///< sightings of a name that are taken to be elsewhere
constexpr float kin_doubt = 1.0f;   ///< the same where only names of a kind were seen
constexpr float branch_weight = 0.9f;
constexpr float stem_weight = 0.6f;
constexpr float town_weight = 0.7f;
constexpr float near_number = 2.0f;  ///< what a row with a number nearby counts beyond one
constexpr float same_number = 3.0f;
constexpr float number_width = 0.5f;  ///< of nearness, in logarithms of the number
constexpr float village_rows = 3.0f;  ///< a village of the name counts like so many rows
constexpr float hint_share = 0.85f;   ///< that a landmark stands in the city whose name it bears
constexpr std::size_t choices_max = 5;
constexpr std::size_t village_areas_max = 60;

}  // namespace

EvidenceWeigher::EvidenceWeigher(const DivisionIndex& index, const PlaceEvidence& evidence)
    : m_index(&index), m_evidence(&evidence) {
  m_prior.resize(evidence.areas().size());
  m_gain.resize(evidence.areas().size());
}

/// The city whose short name begins a school's or a company's name: 保定|职业技术学院.
DivisionNode EvidenceWeigher::landmark_city(const Reading& reading) const {
  const DivisionIndex::Data& data = m_index->data();
  const DoubleArray trie = data.trie();
  const std::u32string_view chars = reading.normal.chars;
  for (const PlaceName& name : m_names) {
    if (!name.landmark) continue;
    DivisionNode found = no_division;
    std::uint32_t state = DoubleArray::root;
    for (std::size_t i = name.from; i < chars.size() && i < name.from + 4; ++i) {
      const char16_t symbol = data.symbol(chars[i]);
      if (symbol == 0 || !trie.step(state, symbol)) break;
      if (trie.value(state) == no_value) continue;
      const KeyRecord& key = data.key_records()[trie.value(state)];
      std::size_t cities = 0;
      for (const PostingRecord& posting : data.posting_records().subspan(key.first, key.count)) {
        if (m_index->level(posting.node) != Level::city || posting.whole != 0) continue;
        if (posting.kind != static_cast<std::uint8_t>(Reason::matched)) continue;
        found = posting.node;
        ++cities;
      }
      if (cities > 1) found = no_division;
    }
    if (found != no_division) return found;
  }
  return no_division;
}

/// Where the county may lie, by what the text tells.
void EvidenceWeigher::find_scopes(const DivisionPath& path, const Reading& reading) {
  m_scopes.clear();
  m_told = true;
  const auto below = [&](DivisionNode node, float share) {
    const DivisionNode area = area_of(*m_index, node);
    const DivisionNode top = area == no_division ? node : area;
    m_scopes.push_back({top, m_index->subtree_end(top), share});
  };
  for (const DivisionChoice& choice : path.open) {
    if (choice.node != no_division) below(choice.node, choice.score);
  }
  if (!m_scopes.empty()) return;
  if (path.node != no_division) {
    m_told = m_index->level(path.node) >= Level::city || m_index->level(path.node + 1) == Level::county;
    return below(path.node, 1);
  }
  m_told = false;
  const DivisionNode hinted = path.hinted != no_division ? path.hinted : landmark_city(reading);
  if (hinted != no_division) return below(hinted, hint_share);
  m_scopes.push_back({0, m_index->size(), 1});
}

/// A county's share of the library's rows. Counties without rows may only be missing from the list: the fewer of a
/// scope's counties it has, the more even the shares.
void EvidenceWeigher::set_priors() {
  std::fill(m_prior.begin(), m_prior.end(), 0.0f);
  const auto areas = m_evidence->areas();
  for (const Scope& scope : m_scopes) {
    const std::size_t from = place_of(scope.first);
    const std::size_t to = place_of(scope.end);
    if (from == to) continue;
    float rows = 0;
    float seen = 0;
    for (std::size_t i = from; i < to; ++i) {
      rows += static_cast<float>(areas[i].rows);
      seen += areas[i].rows > 0 ? 1.0f : 0.0f;
    }
    const auto count = static_cast<float>(to - from);
    const float floor = row_floor + rows * (1 - seen / count) / count;
    for (std::size_t i = from; i < to; ++i) {
      m_prior[i] += scope.share * (static_cast<float>(areas[i].rows) + floor) / (rows + floor * count);
    }
  }
}

/// The first county that is not before `node`.
std::size_t EvidenceWeigher::place_of(DivisionNode node) const {
  const auto areas = m_evidence->areas();
  return static_cast<std::size_t>(
      std::lower_bound(areas.begin(), areas.end(), node,
                       [](const PlaceArea& a, DivisionNode wanted) { return a.area < wanted; }) -
      areas.begin());
}

void EvidenceWeigher::add(std::size_t place, float gain) {
  if (place >= m_gain.size() || m_prior[place] <= 0) return;
  if (m_gain[place] == 0) m_touched.push_back(static_cast<std::uint32_t>(place));
  m_gain[place] += gain;
}

/// Weighs the counties of one key. False if it was never seen in the scope.
bool EvidenceWeigher::weigh_key(std::uint32_t key, float weight, float doubt) {
  if (key == 0) return false;
  bool seen = false;
  for (const Scope& scope : m_scopes) {
    for (const PlacePosting& posting : m_evidence->find(key, scope.first, scope.end)) {
      const std::size_t place = place_of(posting.area);
      if (place >= m_prior.size() || m_prior[place] <= 0) continue;
      add(place, weight * std::log1p(static_cast<float>(posting.count) / (doubt * m_prior[place])));
      seen = true;
    }
  }
  return seen;
}

/// Weighs the very name: rows with a house number near the text's count more.
bool EvidenceWeigher::weigh_numbers(const PlaceName& name) {
  bool seen = false;
  for (const Scope& scope : m_scopes) {
    for (const PlacePosting& posting : m_evidence->find(name.exact, scope.first, scope.end)) {
      const std::size_t place = place_of(posting.area);
      if (place >= m_prior.size() || m_prior[place] <= 0) continue;
      float count = static_cast<float>(posting.count);
      if (name.number != 0) {
        for (const std::uint16_t number : m_evidence->numbers(posting)) {
          const float apart = std::log(static_cast<float>(name.number) / static_cast<float>(std::max<int>(number, 1)));
          count += near_number * std::exp(-(apart / number_width) * (apart / number_width));
          if (number == name.number) count += same_number;
        }
      }
      add(place, std::log1p(count / (name_doubt * m_prior[place])));
      seen = true;
    }
  }
  return seen;
}

bool EvidenceWeigher::weigh_name(const PlaceName& name) {
  if (weigh_numbers(name)) return true;
  const bool plain = weigh_key(name.plain, branch_weight, kin_doubt);
  const bool branch = !plain && weigh_key(name.branch, branch_weight, kin_doubt);
  const bool stem = !plain && !branch && weigh_key(name.stem, stem_weight, kin_doubt);
  return weigh_key(name.town, town_weight, kin_doubt) || plain || branch || stem;
}

/// A village of the nation's tables that the text names below a city.
void EvidenceWeigher::weigh_village(const Reading& reading, const PlaceName& name) {
  const auto areas = m_evidence->areas();
  for (const Scope& scope : m_scopes) {
    const std::size_t from = place_of(scope.first);
    const std::size_t to = place_of(scope.end);
    if (to - from > village_areas_max) continue;
    m_symbols.clear();
    for (const char32_t c : reading.normal.chars) m_symbols.push_back(m_index->data().symbol(c));
    for (std::size_t i = from; i < to; ++i) {
      if (m_prior[i] <= 0) continue;
      const VillageFound found =
          village_at(m_index->data(), reading.normal.chars, m_symbols, name.from, areas[i].area, no_division);
      if (found.node != no_division) add(i, std::log1p(village_rows / (name_doubt * m_prior[i])));
    }
  }
}

/// True if any name tells something.
bool EvidenceWeigher::weigh(const Reading& reading) {
  for (const std::uint32_t place : m_touched) m_gain[place] = 0;
  m_touched.clear();
  bool told = false;
  for (const PlaceName& name : m_names) {
    if (name.community) weigh_village(reading, name);
    told = weigh_name(name) || told;
  }
  return told || !m_touched.empty();
}

/// The likeliest counties with their probabilities.
void EvidenceWeigher::rank() {
  float total = 0;
  for (const float prior : m_prior) total += prior;
  m_ranked.clear();
  const auto areas = m_evidence->areas();
  for (const std::uint32_t place : m_touched) {
    const float weighed = m_prior[place] * std::exp(std::min(m_gain[place], 60.0f));
    total += weighed - m_prior[place];
    m_ranked.push_back({areas[place].area, weighed});
  }
  std::sort(m_ranked.begin(), m_ranked.end(), [](const DivisionChoice& a, const DivisionChoice& b) {
    return a.score != b.score ? a.score > b.score : a.node < b.node;
  });
  float outside = 1;  // a landmark's city may be another
  for (const Scope& scope : m_scopes) outside -= scope.share;
  for (DivisionChoice& choice : m_ranked) choice.score /= total + std::max(outside, 0.0f);
  if (m_ranked.size() > choices_max) m_ranked.resize(choices_max);
}

/// What the text itself names in the county, where it has that in several.
DivisionNode EvidenceWeigher::told_node(const DivisionPath& path, DivisionNode area) const {
  DivisionNode told = area;
  for (const DivisionChoice& choice : path.open) {
    if (choice.node == no_division || !m_index->contains(area, choice.node)) continue;
    if (told != area) return area;
    told = choice.node;
  }
  return told;
}

void EvidenceWeigher::fill_in(DivisionPath& path) const {
  const float best = m_ranked.front().score;
  if (best >= shown_probability) {
    const DivisionNode node = told_node(path, m_ranked.front().node);
    path.score = best * (path.node == no_division ? 1 : path.score);
    path.node = node;
    for (DivisionNode up = node; up != no_division; up = m_index->parent(up)) {
      const auto level = static_cast<std::size_t>(m_index->level(up));
      if (path.at[level] != no_division) continue;
      path.at[level] = up;
      path.reason[level] = Reason::inferred;
    }
  }
  path.open.clear();
  if (best < safe_probability || !m_told) path.open = m_ranked;
}

void EvidenceWeigher::settle(Reading& reading) {
  DivisionPath& path = reading.division;
  if (m_evidence->empty() || (path.open.empty() && area_of(*m_index, path.node) != no_division)) return;
  place_names(reading, m_names);
  if (m_names.empty()) return;
  find_scopes(path, reading);
  set_priors();
  if (!weigh(reading) || m_touched.empty()) return;
  rank();
  fill_in(path);
}

}  // namespace menpai::address

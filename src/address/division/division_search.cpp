// SPDX-License-Identifier: Apache-2.0
// Grows chains of names down the tree of divisions, from left to right.
#include "address/division/division_search.hpp"

#include <algorithm>

#include "address/text/lexicon.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t states_max = 96;
constexpr std::size_t forks_max = 8;
constexpr std::size_t root_postings_max = 512;

bool before_node(const PostingRecord& posting, DivisionNode node) {
  return posting.node < node;
}

Level level_of(const PostingRecord& posting) {
  return static_cast<Level>(posting.level);
}

}  // namespace

void ChainSearch::run(const DivisionIndex& index, NameScan& scan, std::u32string_view chars, DivisionNode region) {
  m_index = &index;
  m_scan = &scan;
  m_chars = chars;
  m_nodes = index.data().node_records();
  m_postings = index.data().posting_records();
  m_keys = index.data().key_records();
  for (const NameHit& hit : scan.hits()) {
    const KeyRecord& key = m_keys[hit.key];
    if (key.count <= 2) prefetch(m_postings[key.first].node);
  }
  start(region);
  grow();
}

void ChainSearch::start(DivisionNode region) {
  m_states.clear();
  ChainState root;
  m_states.push_back(root);
  float bonus = 0.6f;
  for (DivisionNode node = region; node != no_division; node = m_nodes[node].parent) {
    ChainState state = root;
    enter(state, node, m_nodes[node].parent, static_cast<Level>(m_nodes[node].level));
    state.score = bonus;
    state.from_region = true;
    m_states.push_back(state);
    bonus -= 0.2f;
  }
}

/// Makes `node` the state's own; what lies above it is entered as far as the state does not have it.
void ChainSearch::enter(ChainState& state, DivisionNode node, DivisionNode parent, Level level) const {
  const DivisionNode above = state.node;
  state.node = node;
  state.node_end = m_nodes[node].end;
  state.level = level;
  state.path[static_cast<std::size_t>(level)] = node;
  for (DivisionNode up = parent; up != no_division && up != above;) {
    const NodeRecord& outer = m_nodes[up];
    state.path[outer.level] = up;
    up = outer.parent;
  }
}

/// The hit's meaning that is on the state's path at a level; none: no_division.
const PostingRecord* ChainSearch::on_path(std::span<const PostingRecord> all, const ChainState& state,
                                          std::size_t level) {
  const DivisionNode node = state.path[level];
  if (node == no_division) return nullptr;
  if (all.size() <= 8) {
    for (const PostingRecord& posting : all) {
      if (posting.node == node) return &posting;
    }
    return nullptr;
  }
  const auto it = std::lower_bound(all.begin(), all.end(), node, before_node);
  return it != all.end() && it->node == node ? &*it : nullptr;
}

void ChainSearch::grow() {
  m_reached.assign(m_scan->length() + 1, 0);
  m_reached[0] = 1;
  for (std::size_t h = 0; h < m_scan->hits().size(); ++h) {
    const NameHit& hit = m_scan->hits()[h];
    // A bare stem counts only where it continues a chain.
    if (hit.only_short && (m_reached[m_scan->solid(hit.from)] == 0 || !m_scan->settled(h).short_ok)) continue;
    bool continued = false;  // some chain goes on with it exactly: nothing is gained by leaping to it
    for (std::size_t s = m_states.size(); s-- > 0;) {
      const ChainState& state = m_states[s];
      if (state.end > hit.from || (continued && m_scan->solid(hit.from) > m_scan->solid(state.end))) continue;
      continued = extend(h, s) || continued;
    }
  }
}

/// Whether a meaning of the hit's key lies below the state's node or on its path; without looking at how it is written.
/// True where that is not seen at once.
bool ChainSearch::may_mean(const NameHit& hit, const ChainState& state) const {
  constexpr std::uint32_t looked_at_max = 4;
  const KeyRecord& key = m_keys[hit.key];
  if (key.count > looked_at_max) return true;
  for (std::uint32_t i = key.first; i < key.first + key.count; ++i) {
    const PostingRecord& posting = m_postings[i];
    if (posting.node > state.node && posting.node < state.node_end) return true;
    if (state.path[posting.level] == posting.node) return true;
  }
  return false;
}

/// Whether the hit's key is a name of the state's node or of one above it.
bool ChainSearch::names_own(const NameHit& hit, const ChainState& state) const {
  const KeyRecord& key = m_keys[hit.key];
  const auto all = m_postings.subspan(key.first, key.count);
  for (std::size_t level = 1; level < state.path.size(); ++level) {
    if (on_path(all, state, level) != nullptr) return true;
  }
  return false;
}

/// Tries to grow one state by one name. True if the name continues the chain exactly and at once.
bool ChainSearch::extend(std::size_t hit_index, std::size_t state_index) {
  const ChainState& grown = m_states[state_index];
  if (grown.node != no_division && !may_mean(m_scan->hits()[hit_index], grown)) return false;
  const NameHit hit = m_scan->settled(hit_index);
  const ChainState state = grown;  // states are added below
  if (hit.only_short && m_scan->solid(hit.from) > m_scan->solid(state.end)) return false;
  if (state.node == no_division) return step_down(hit, hit_index, state, state_index), false;
  if (step_same(hit, hit_index, state, state_index)) return false;
  if (hit.only_short && names_own(hit, state)) return false;  // 义桥镇义桥…: not a division once more
  const bool exact = step_down(hit, hit_index, state, state_index);
  return exact && !state.from_region && m_scan->solid(hit.from) == m_scan->solid(state.end);
}

Fit ChainSearch::fit_of(const NameHit& hit, const PostingRecord& posting) const {
  const Level level = level_of(posting);
  if (posting.whole) return hit.ends_generic || hit.short_ok ? Fit::exact : Fit::none;
  if (hit.suffix.length > 0) {
    const Fit fit = suffix_fit(level, static_cast<Suffix>(posting.suffix), hit.suffix.suffix);
    if (fit != Fit::none) return fit;
    // A word of another level makes it another name, unless the character as well begins a road's: 莞城|旗峰路.
    if (!is_soft(hit.suffix.suffix)) return Fit::none;
  }
  return hit.ends_generic || hit.short_ok ? Fit::shortened : Fit::none;
}

std::uint32_t ChainSearch::end_of(const NameHit& hit, const PostingRecord& posting, Fit fit) const {
  return fit == Fit::shortened || posting.whole ? hit.stem_end : hit.stem_end + hit.suffix.length;
}

/// 自由贸易试验区, 自贸区: many provinces have one, so it means that of the province that was named.
bool ChainSearch::names_trade_zone(const NameHit& hit) const {
  const char32_t second = m_chars[hit.from + 1];
  return m_chars[hit.from] == U'自' && (second == U'由' || second == U'贸');
}

/// Names that say little by themselves (东区, 吉县, 工业园) count only where they continue a chain or open the text.
bool ChainSearch::too_weak(const NameHit& hit, const PostingRecord& posting, const ChainState& state, bool gap) const {
  const bool rooted = state.node != no_division;
  const std::uint32_t length = hit.stem_end - hit.from;
  if (!rooted && names_trade_zone(hit)) return true;
  if (level_of(posting) == Level::town) {
    if (!rooted && gap) return true;
    if (!posting.whole) return false;
    // 开发区 and 经济技术开发区 are in many counties: only the one that was named.
    if (rooted) return (gap && length < 4) || (length < 8 && posting.parent != state.node);
    return length < 5;
  }
  if (!posting.whole) return false;
  const char32_t last = m_chars[hit.stem_end - 1];
  if (!rooted) return length <= 3 && (gap || (length == 2 && last == U'区'));
  return length <= 3 && gap && !(posting.parent == state.node && last == U'县');
}

/// Whether a leap to the hit passes over a full name for the sake of a name that many have: 赤峰市|新城区 is not 新城区
/// of another city.
bool ChainSearch::leaps_over_name(const NameHit& hit, const ChainState& state, Level level) const {
  if (level <= Level::city || m_scan->solid(state.end, hit.from) == 0) return false;
  if (m_reached[m_scan->solid(hit.from)] == 0) return false;
  const KeyRecord& key = m_keys[hit.key];
  const auto all = m_postings.subspan(key.first, key.count);
  const auto namesakes = std::count_if(all.begin(), all.end(), [&](const PostingRecord& p) {
    return level_of(p) == level && fit_of(hit, p) == Fit::exact;
  });
  return namesakes > 1;
}

/// The meanings of the hit's key among the nodes [first, last), the best fitting only.
void ChainSearch::choose(const NameHit& hit, std::uint32_t first, std::uint32_t last) {
  m_choices.clear();
  const KeyRecord& key = m_keys[hit.key];
  const auto all = m_postings.subspan(key.first, key.count);
  auto it = all.begin();
  if (all.size() <= 8) {
    while (it != all.end() && it->node < first) ++it;
  } else {
    it = std::lower_bound(all.begin(), all.end(), first, before_node);
  }
  Fit best = Fit::none;
  std::size_t looked = 0;
  for (; it != all.end() && it->node < last && looked < root_postings_max; ++it, ++looked) {
    const Fit fit = fit_of(hit, *it);
    if (fit == Fit::none || fit > best) continue;
    if (fit < best) m_choices.clear();
    best = fit;
    m_choices.push_back({key.first + static_cast<std::uint32_t>(it - all.begin()), fit});
    if (m_choices.size() > 4 * forks_max && fit == Fit::exact) break;  // too many to tell apart
  }
}

bool ChainSearch::zone_between(std::uint32_t from, std::uint32_t to) const {
  if (to - from < 3 || to - from > 18) return false;
  for (std::uint32_t length = 3; length <= 10 && length <= to - from; ++length) {
    const WordMatch word = word_at(m_chars, to - length);
    if (word.kind == WordKind::zone && word.length == length) return true;
  }
  return false;
}

float ChainSearch::gap_penalty(std::uint32_t from, std::uint32_t to, Fit fit, Level level) const {
  const std::uint32_t gap = m_scan->solid(from, to);
  if (gap == 0) return 0;
  // A chain ended here: another may begin, from the outside.
  if (from == 0 && level <= Level::city && fit == Fit::exact && m_reached[m_scan->solid(to)] != 0) return 0.1f;
  if (zone_between(from, to)) return 0.2f;
  float penalty = std::min(0.7f, 0.2f + 0.04f * static_cast<float>(gap));
  if (m_scan->has_digits(from, to)) penalty += 0.5f;
  if (fit != Fit::exact) penalty += 0.2f;
  return penalty;
}

bool ChainSearch::acceptable_short(const NameHit& hit, const ChainState& state, const PostingRecord& posting) const {
  if (m_scan->solid(state.end, hit.from) > 0) return false;
  switch (level_of(posting)) {
    case Level::province:
    case Level::city:
      return true;
    case Level::county:
      if (state.node != no_division) return true;
      // Alone, a short name must be followed by a zone, a town of its own or a road: 滨江 and 三河 begin many words.
      if (hit.name_follows || word_at(m_chars, hit.stem_end).kind == WordKind::zone) return true;
      if (town_follows(hit, posting.node)) return true;
      return hit.from == 0 && !hit.longer_follows && road_soon(hit.stem_end);
    case Level::town:
      if (state.node != no_division) {
        // Where the county is not named, the name of a town must stand before another name or a road of its own.
        if (posting.parent == state.node || state.level > Level::city) return true;
        const bool own_road = road_soon(hit.stem_end) && !is_direction(m_chars[hit.stem_end]);
        return state.level == Level::city && (hit.name_follows || own_road);
      }
      return hit.from == 0 && m_keys[hit.key].count == 1 && posting.kind == 0 && road_soon(hit.stem_end);
    default:
      return false;
  }
}

/// Whether a town below `county` is named right behind the hit: 晋江|陈埭.
bool ChainSearch::town_follows(const NameHit& hit, DivisionNode county) const {
  const auto& hits = m_scan->hits();
  auto next = std::lower_bound(hits.begin(), hits.end(), hit.stem_end,
                               [](const NameHit& h, std::uint32_t from) { return h.from < from; });
  for (; next != hits.end() && next->from == hit.stem_end; ++next) {
    const KeyRecord& key = m_keys[next->key];
    const auto all = m_postings.subspan(key.first, key.count);
    const auto below = std::lower_bound(all.begin(), all.end(), county + 1, before_node);
    if (below != all.end() && below->node < m_nodes[county].end) return true;
  }
  return false;
}

/// Whether a road's name of two or more characters follows: 转塘|云栖路.
bool ChainSearch::road_soon(std::uint32_t at) const {
  for (std::uint32_t i = at; i < m_chars.size() && i < at + 7; ++i) {
    if (is_digit(m_chars[i]) || is_separator(m_chars[i])) return false;
    const WordMatch word = word_at(m_chars, i);
    if (word.kind == WordKind::road || word.kind == WordKind::lane) return i >= at + 2;
    if (word.kind != WordKind::none) return false;
  }
  return false;
}

/// What the hit adds to the state's score in this meaning; 0 or less if it may not be meant so.
float ChainSearch::weight_of(const NameHit& hit, const Choice& choice, const ChainState& state) const {
  const PostingRecord& posting = m_postings[choice.posting];
  const Level level = level_of(posting);
  const bool rooted = state.node != no_division;
  const bool gap = m_scan->solid(state.end, hit.from) > 0 && !zone_between(state.end, hit.from);
  if (too_weak(hit, posting, state, gap)) return 0;
  const bool loose = choice.fit == Fit::alias || choice.fit == Fit::variant;
  if (!rooted && loose && (level == Level::town || gap)) return 0;
  const bool shortened = choice.fit == Fit::shortened;
  if (shortened && !acceptable_short(hit, state, posting)) return 0;
  const std::size_t l = static_cast<std::size_t>(level);
  float weight = shortened ? short_weight[l] : full_weight[l];
  if (choice.fit == Fit::alias) weight -= 0.05f;
  if (choice.fit == Fit::variant) weight *= 0.8f;
  if (posting.kind == static_cast<std::uint8_t>(Reason::former_name)) {
    weight = weight * 0.9f - (posting.rank == 0 ? 0.0f : 0.2f);
  }
  // Below 中山市 and 北京市 there is one level less to name.
  if (rooted && posting.parent == state.node && static_cast<int>(state.level) + 1 < static_cast<int>(level))
    weight += 0.9f;
  if (shortened && !rooted && level >= Level::county) weight -= level == Level::county ? 0.3f : 0.2f;
  // Hong Kong, Macau and Taiwan are named as such: their counties' names alone mean the mainland's.
  if (!rooted && level > Level::province && posting.node >= m_index->first_island()) weight -= 0.25f;
  if (leaps_over_name(hit, state, level)) weight -= 1.0f;
  return weight - gap_penalty(state.end, hit.from, choice.fit, level);
}

/// Takes former names out of the choices where a name of today fits as well: 遵义市 is the city, not the county-level
/// city that became a district of it.
void ChainSearch::drop_former() {
  const auto former = [&](const Choice& c) {
    return m_postings[c.posting].kind == static_cast<std::uint8_t>(Reason::former_name);
  };
  if (std::all_of(m_choices.begin(), m_choices.end(), former)) return;
  const bool city = std::any_of(m_choices.begin(), m_choices.end(), [&](const Choice& c) {
    return !former(c) && level_of(m_postings[c.posting]) <= Level::city;
  });
  if (city) std::erase_if(m_choices, former);
}

/// Steps to nodes below the state's. Where a name has too many meanings there, no step is made.
bool ChainSearch::step_down(const NameHit& hit, std::size_t hit_index, const ChainState& state,
                            std::size_t state_index) {
  const bool rooted = state.node != no_division;
  if (state.level >= Level::town) return false;  // what lies below has no names here
  choose(hit, rooted ? state.node + 1 : 0, rooted ? state.node_end : static_cast<std::uint32_t>(m_nodes.size()));
  if (m_choices.empty()) return false;
  // The same name at two levels (吉林 province and city, 朝阳 city and county): the outer one alone, unless it is said.
  if (m_choices.size() > 1) {
    std::sort(m_choices.begin(), m_choices.end(), [&](const Choice& a, const Choice& b) {
      return m_postings[a.posting].level < m_postings[b.posting].level;
    });
    drop_former();
  }
  const std::uint8_t outer = m_postings[m_choices[0].posting].level;
  std::size_t count = 0;
  while (count < m_choices.size() && m_postings[m_choices[count].posting].level == outer) ++count;
  if (count > forks_max) return false;
  bool exact = false;
  for (std::size_t i = 0; i < m_choices.size() && i < forks_max; ++i) {
    const Choice choice = m_choices[i];
    const PostingRecord& posting = m_postings[choice.posting];
    if (choice.fit == Fit::shortened && i >= count) continue;
    const float weight = weight_of(hit, choice, state);
    if (weight <= 0) continue;
    ChainState next = state;
    enter(next, posting.node, posting.parent, level_of(posting));
    next.said = posting.node;
    next.end = end_of(hit, posting, choice.fit);
    next.score = state.score + weight;
    next.previous = static_cast<std::int32_t>(state_index);
    next.hit = static_cast<std::int32_t>(hit_index);
    next.posting = choice.posting;
    next.fit = choice.fit;
    next.levels = static_cast<std::uint8_t>(state.levels | 1u << posting.level);
    if (choice.fit != Fit::shortened) next.full = static_cast<std::uint8_t>(state.full | 1u << posting.level);
    next.repeated = false;
    next.gap = m_scan->solid(hit.from) > m_scan->solid(state.end);
    push(next);
    exact = exact || choice.fit == Fit::exact;
  }
  return exact;
}

/// A name of the state's own node or of one of its ancestors: said again, or said late. False if something below fits
/// as well (恩施州|恩施市).
bool ChainSearch::step_same(const NameHit& hit, std::size_t hit_index, const ChainState& state,
                            std::size_t state_index) {
  const KeyRecord& key = m_keys[hit.key];
  const auto all = m_postings.subspan(key.first, key.count);
  std::array<const PostingRecord*, 6> owns{};
  for (std::size_t l = 1; l < owns.size(); ++l) owns[l] = on_path(all, state, l);
  Fit best = Fit::none;  // 黄山市 is the city above 黄山区, not the district by another word
  for (const PostingRecord* own : owns) {
    if (own != nullptr) best = std::min(best, fit_of(hit, *own));
  }
  if (best == Fit::none) return false;
  bool stepped = false;
  for (std::size_t l = state.path.size(); l-- > 1;) {
    const PostingRecord* own = owns[l];
    if (own == nullptr) continue;
    const Fit fit = fit_of(hit, *own);
    const bool far = m_scan->solid(hit.from) > m_scan->solid(state.end);
    if (fit != best || (fit == Fit::shortened && far)) continue;
    // A short name said once more (三墩镇西湖…, 义桥镇义桥派出所) is a landmark's, unless the chain goes on behind it.
    if (fit == Fit::shortened && state.hit >= 0 && !hit.name_follows) continue;
    const bool said_before = (state.levels >> l & 1) != 0;
    ChainState next = state;
    next.said = own->node;
    next.end = end_of(hit, *own, fit);
    // 中山|中山市: the full form makes up for what the short one lacked.
    const bool completes = said_before && fit == Fit::exact && (state.full >> l & 1) == 0;
    float weight = completes     ? full_weight[l] - short_weight[l]
                   : said_before ? 0.05f
                                 : (fit == Fit::shortened ? short_weight[l] : full_weight[l]) * 0.9f;
    weight -= gap_penalty(state.end, hit.from, fit, static_cast<Level>(l)) * (said_before ? 0.1f : 1.0f);
    if (weight <= 0 && said_before) continue;
    next.score = state.score + std::max(weight, 0.0f);
    next.previous = static_cast<std::int32_t>(state_index);
    next.hit = static_cast<std::int32_t>(hit_index);
    next.posting = key.first + static_cast<std::uint32_t>(own - all.data());
    next.fit = fit;
    next.levels = static_cast<std::uint8_t>(state.levels | 1u << l);
    next.repeated = said_before;
    next.gap = far;
    push(next);
    stepped = stepped || fit == Fit::exact || fit == Fit::shortened;
  }
  return stepped;
}

void ChainSearch::push(const ChainState& state) {
  for (ChainState& other : m_states) {
    if (other.node == state.node && other.end == state.end) {
      if (state.score > other.score) other = state;
      return;
    }
  }
  if (m_states.size() >= states_max) return;
  m_states.push_back(state);
  prefetch(state.node);
  m_reached[m_scan->solid(state.end)] = 1;
}

std::int32_t ChainSearch::best_state() const {
  std::int32_t best = -1;
  for (std::size_t i = 0; i < m_states.size(); ++i) {
    if (m_states[i].node == no_division) continue;
    if (best < 0 || m_states[i].score >= m_states[static_cast<std::size_t>(best)].score - 1e-4f) {
      best = static_cast<std::int32_t>(i);
    }
  }
  return best;
}

DivisionNode ChainSearch::exact_meaning(const NameHit& hit, Level deepest) {
  if (names_trade_zone(hit)) return no_division;
  choose(hit, 0, static_cast<std::uint32_t>(m_nodes.size()));
  for (const Choice& choice : m_choices) {
    const PostingRecord& posting = m_postings[choice.posting];
    if (choice.fit == Fit::exact && level_of(posting) <= deepest) return posting.node;
  }
  return no_division;
}

}  // namespace menpai::address

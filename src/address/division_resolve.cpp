// SPDX-License-Identifier: Apache-2.0
// Finds every division name in a text, then the chain of them that explains the text best.
#include "address/division_resolve.hpp"

#include <algorithm>
#include <cmath>

#include "address/division_fit.hpp"
#include "address/division_layout.hpp"
#include "address/division_village.hpp"
#include "address/lexicon.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t scan_length_max = 256;  // names stand at the head; what follows is roads and rooms
constexpr std::size_t hits_max = 160;
constexpr std::size_t states_max = 96;
constexpr std::size_t forks_max = 8;
constexpr std::size_t root_postings_max = 512;

struct Hit {
  std::uint32_t from;
  std::uint32_t stem_end;
  std::uint32_t key;
  SuffixMatch suffix;
  bool short_ok;      // nothing behind it makes it a road or a landmark
  bool name_follows;  // another full name stands behind it
  bool ends_generic;  // the key itself ends with a generic word: 吉县, 城区
  bool only_short;    // it can only be a stem without its generic word
};

struct Choice {
  std::uint32_t posting;
  Fit fit;
};

struct State {
  DivisionNode node;
  std::uint32_t end;
  float score;
  std::int32_t previous;  // -1: a start
  std::int32_t hit;
  std::uint32_t posting;
  DivisionNode said;  // the node that this step's words name: `node` or one of its ancestors
  Fit fit;
  std::uint8_t levels;  // bit by Level: named by the text
  bool repeated;
  bool from_region;
  bool gap;
};

bool is_generic_end(char32_t c) {
  return c == U'区' || c == U'县' || c == U'市' || c == U'旗' || c == U'镇' || c == U'乡' || c == U'省' || c == U'州';
}

}  // namespace

struct DivisionResolver::Scratch {
  std::vector<char16_t> symbols;
  std::vector<std::uint32_t> solid;    // number of code points before i that are words, not separators
  std::vector<std::uint32_t> numbers;  // number of digits before i
  std::vector<Hit> hits;
  std::vector<std::uint32_t> first_hit;  // by position
  std::vector<std::uint8_t> reached;     // by count of solid code points: some chain ends there
  std::vector<State> states;
  std::vector<Choice> choices;
  std::vector<std::int32_t> chain;
  std::vector<std::int32_t> rivals;
};

namespace {

/// One resolution: names found, states grown, the best chain read off.
class Resolution {
 public:
  Resolution(const DivisionIndex& index, const DivisionIndex::Data& data, DivisionResolver::Scratch& scratch,
             const NormalText& text, DivisionPath& path);
  void run(DivisionNode region);

 private:
  void measure();
  void find_hits();
  void add_hit(std::uint32_t from, std::uint32_t stem_end, std::uint32_t key, const KeyRecord& record);
  void mark_neighbours();
  bool swallows(const Hit& next, const Hit& hit) const;
  void start(DivisionNode region);
  void grow();
  bool names_own(const Hit& hit, DivisionNode node) const;
  bool extend(std::size_t hit_index, std::size_t state_index);
  bool step_down(const Hit& hit, std::size_t hit_index, const State& state, std::size_t state_index);
  bool step_same(const Hit& hit, std::size_t hit_index, const State& state, std::size_t state_index);
  void choose(const Hit& hit, std::uint32_t first, std::uint32_t last);
  Fit fit_of(const Hit& hit, const PostingRecord& posting) const;
  std::uint32_t end_of(const Hit& hit, const PostingRecord& posting, Fit fit) const;
  bool too_weak(const Hit& hit, const PostingRecord& posting, const State& state, bool gap) const;
  float gap_penalty(std::uint32_t from, std::uint32_t to, Fit fit, Level level) const;
  bool zone_between(std::uint32_t from, std::uint32_t to) const;
  bool acceptable_short(const Hit& hit, const State& state, Level level) const;
  void push(State state);
  std::int32_t best_state() const;
  void settle(std::int32_t best);
  void open_choices(std::int32_t best);
  void read_chain(std::int32_t best);
  void find_conflicts();
  void find_village();
  void finish_score(std::int32_t best);

  Level level_of(DivisionNode node) const { return static_cast<Level>(m_nodes[node].level); }

  const DivisionIndex& m_index;
  const DivisionIndex::Data& m_data;
  DivisionResolver::Scratch& m;
  const NormalText& m_text;
  std::u32string_view m_chars;
  DivisionPath& m_path;
  std::span<const NodeRecord> m_nodes;
  std::span<const PostingRecord> m_postings;
  std::uint32_t m_length;
  DivisionNode m_islands;
  bool m_ambiguous = false;
};

Resolution::Resolution(const DivisionIndex& index, const DivisionIndex::Data& data, DivisionResolver::Scratch& scratch,
                       const NormalText& text, DivisionPath& path)
    : m_index(index),
      m_data(data),
      m(scratch),
      m_text(text),
      m_chars(text.chars),
      m_path(path),
      m_nodes(data.node_records()),
      m_postings(data.posting_records()),
      m_length(static_cast<std::uint32_t>(std::min(text.chars.size(), scan_length_max))),
      m_islands(index.first_island()) {}

void Resolution::run(DivisionNode region) {
  m_path.node = no_division;
  m_path.at.fill(no_division);
  m_path.reason.fill(Reason::filled_in);
  m_path.score = 0;
  m_path.mentions.clear();
  m_path.open.clear();
  measure();
  find_hits();
  start(region);
  grow();
  const std::int32_t best = best_state();
  if (best < 0) return;
  settle(best);
}

void Resolution::measure() {
  m.symbols.resize(m_length);
  m.solid.resize(m_length + 1);
  m.numbers.resize(m_length + 1);
  m.solid[0] = 0;
  m.numbers[0] = 0;
  std::uint32_t filler_end = 0;
  for (std::uint32_t i = 0; i < m_length; ++i) {
    const char32_t c = m_chars[i];
    m.symbols[i] = m_data.symbol(c);
    const std::u32string_view rest = m_chars.substr(i);
    if (c == U'市' && rest.starts_with(U"市辖区")) filler_end = i + 3;
    if (c == U'中' && rest.starts_with(U"中国") && i < 12) filler_end = i + 2;
    if (c == U'其' && (rest.starts_with(U"其它区") || rest.starts_with(U"其他区"))) filler_end = i + 3;
    const bool solid = i >= filler_end && !is_separator(c);
    m.solid[i + 1] = m.solid[i] + (solid ? 1 : 0);
    m.numbers[i + 1] = m.numbers[i] + (is_digit(c) ? 1 : 0);
  }
}

void Resolution::find_hits() {
  m.hits.clear();
  m.first_hit.resize(m_length + 1);
  const DoubleArray trie = m_data.trie();
  const auto keys = m_data.key_records();
  for (std::uint32_t i = 0; i < m_length; ++i) {
    m.first_hit[i] = static_cast<std::uint32_t>(m.hits.size());
    std::uint32_t state = DoubleArray::root;
    for (std::uint32_t j = i; j < m_length && m.symbols[j] != 0 && trie.step(state, m.symbols[j]); ++j) {
      const std::uint32_t key = trie.value(state);
      if (key != no_value && m.hits.size() < hits_max) add_hit(i, j + 1, key, keys[key]);
    }
  }
  m.first_hit[m_length] = static_cast<std::uint32_t>(m.hits.size());
  mark_neighbours();
}

/// Keeps a name found unless nothing behind it lets any of its meanings stand.
void Resolution::add_hit(std::uint32_t from, std::uint32_t stem_end, std::uint32_t key, const KeyRecord& record) {
  Hit hit{from, stem_end, key, suffix_at(m_chars, stem_end), false, false, is_generic_end(m_chars[stem_end - 1]),
          false};
  const bool by_suffix = hit.suffix.length > 0 && (record.stem_levels & suffix_levels(hit.suffix.suffix)) != 0;
  const bool bare = record.whole_levels != 0 || hit.suffix.length == 0 || is_soft(hit.suffix.suffix);
  if (bare && !by_suffix) hit.short_ok = hit.ends_generic || !turns_into_other(m_chars, stem_end);
  if (by_suffix && record.whole_levels != 0) hit.short_ok = true;
  hit.only_short = !by_suffix && record.whole_levels == 0;
  m.hits.push_back(hit);
}

/// Whether `next`, which begins where the stem of `hit` ends, is a name longer than the generic word there, or a
/// county's of that very form (阳泉|矿区).
bool Resolution::swallows(const Hit& next, const Hit& hit) const {
  const std::uint32_t word_end = hit.stem_end + hit.suffix.length;
  const bool county = (m_data.key_records()[next.key].whole_levels >> static_cast<int>(Level::county) & 1) != 0;
  return next.stem_end > word_end || (next.stem_end == word_end && county);
}

/// A name directly behind a stem decides how the stem is read: 唐山|路南区, 内江|市中区.
void Resolution::mark_neighbours() {
  const std::size_t count = m.hits.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Hit hit = m.hits[i];
    if (hit.stem_end >= m_length) continue;
    for (std::uint32_t n = m.first_hit[hit.stem_end]; n < count && n < m.first_hit[hit.stem_end + 1]; ++n) {
      const Hit& next = m.hits[n];
      const bool below = (m_data.key_records()[next.key].stem_levels >> static_cast<int>(Level::county) & 1) != 0;
      const bool whole_word = !next.only_short || next.ends_generic;
      const bool town_word = hit.suffix.suffix == Suffix::zhen || hit.suffix.suffix == Suffix::xiang;  // 宁波|镇海
      if (!whole_word && !(below && next.short_ok && town_word)) continue;
      if (hit.suffix.length == 0) {
        m.hits[i].short_ok = true;
        m.hits[i].name_follows = true;
      } else if (m.hits.size() < hits_max && swallows(next, hit)) {
        Hit bare = hit;
        bare.suffix = {};
        bare.short_ok = true;
        bare.only_short = true;
        m.hits.push_back(bare);
      }
      break;
    }
  }
  if (m.hits.size() > count) {
    std::stable_sort(m.hits.begin(), m.hits.end(), [](const Hit& a, const Hit& b) { return a.from < b.from; });
  }
}

void Resolution::start(DivisionNode region) {
  m.states.clear();
  State root{no_division, 0, 0, -1, -1, 0, no_division, Fit::none, 0, false, false, false};
  m.states.push_back(root);
  float bonus = 0.6f;
  for (DivisionNode node = region; node != no_division; node = m_nodes[node].parent) {
    State state = root;
    state.node = node;
    state.score = bonus;
    state.from_region = true;
    m.states.push_back(state);
    bonus -= 0.2f;
  }
}

void Resolution::grow() {
  m.reached.assign(m_length + 1, 0);
  m.reached[0] = 1;
  for (std::size_t h = 0; h < m.hits.size(); ++h) {
    const Hit& hit = m.hits[h];
    // A bare stem counts only where it continues a chain.
    if (hit.only_short && (!hit.short_ok || m.reached[m.solid[hit.from]] == 0)) continue;
    bool continued = false;  // some chain goes on with it exactly: nothing is gained by leaping to it
    for (std::size_t s = m.states.size(); s-- > 0;) {
      const State& state = m.states[s];
      if (state.end > hit.from || (continued && m.solid[hit.from] > m.solid[state.end])) continue;
      continued = extend(h, s) || continued;
    }
  }
}

/// Whether the hit's key is a name of the node or of one above it.
bool Resolution::names_own(const Hit& hit, DivisionNode node) const {
  const KeyRecord& key = m_data.key_records()[hit.key];
  const auto all = m_postings.subspan(key.first, key.count);
  for (; node != no_division; node = m_nodes[node].parent) {
    if (std::binary_search(all.begin(), all.end(), PostingRecord{node, 0, 0, 0, 0},
                           [](const PostingRecord& a, const PostingRecord& b) { return a.node < b.node; })) {
      return true;
    }
  }
  return false;
}

/// Tries to grow one state by one name. True if the name continues the chain exactly and at once.
bool Resolution::extend(std::size_t hit_index, std::size_t state_index) {
  const Hit hit = m.hits[hit_index];
  const State state = m.states[state_index];
  if (hit.only_short && m.solid[hit.from] > m.solid[state.end]) return false;
  if (state.node == no_division) return step_down(hit, hit_index, state, state_index), false;
  if (step_same(hit, hit_index, state, state_index)) return false;
  if (hit.only_short && names_own(hit, state.node)) return false;  // 义桥镇义桥…: not a division once more
  const bool exact = step_down(hit, hit_index, state, state_index);
  return exact && !state.from_region && m.solid[hit.from] == m.solid[state.end];
}

Fit Resolution::fit_of(const Hit& hit, const PostingRecord& posting) const {
  const Level level = level_of(posting.node);
  if (posting.whole) return hit.short_ok || hit.ends_generic ? Fit::exact : Fit::none;
  if (hit.suffix.length > 0) {
    const Fit fit = suffix_fit(level, static_cast<Suffix>(posting.suffix), hit.suffix.suffix);
    if (fit != Fit::none) return fit;
    // A word of another level makes it another name, unless the character as well begins a road's: 莞城|旗峰路.
    if (!is_soft(hit.suffix.suffix)) return Fit::none;
  }
  return hit.short_ok || hit.ends_generic ? Fit::shortened : Fit::none;
}

std::uint32_t Resolution::end_of(const Hit& hit, const PostingRecord& posting, Fit fit) const {
  return fit == Fit::shortened || posting.whole ? hit.stem_end : hit.stem_end + hit.suffix.length;
}

/// Names that say little by themselves (东区, 吉县, 工业园) count only where they continue a chain or open the text.
bool Resolution::too_weak(const Hit& hit, const PostingRecord& posting, const State& state, bool gap) const {
  if (!posting.whole) return false;
  const std::uint32_t length = hit.stem_end - hit.from;
  if (level_of(posting.node) == Level::town) {
    return gap ? state.node == no_division || length < 4 : state.node == no_division && length < 4;
  }
  const bool next_of_city =
      state.node != no_division && m_nodes[posting.node].parent == state.node && m_chars[hit.stem_end - 1] == U'县';
  return length <= 3 && gap && !next_of_city;
}

/// The meanings of the hit's key among the nodes [first, last), the best fitting only.
void Resolution::choose(const Hit& hit, std::uint32_t first, std::uint32_t last) {
  m.choices.clear();
  const KeyRecord& key = m_data.key_records()[hit.key];
  const auto all = m_postings.subspan(key.first, key.count);
  auto it = all.begin();
  if (first > 0) {
    it = std::lower_bound(all.begin(), all.end(), first,
                          [](const PostingRecord& p, std::uint32_t n) { return p.node < n; });
  }
  Fit best = Fit::none;
  std::size_t looked = 0;
  for (; it != all.end() && it->node < last && looked < root_postings_max; ++it, ++looked) {
    const Fit fit = fit_of(hit, *it);
    if (fit == Fit::none || fit > best) continue;
    if (fit < best) m.choices.clear();
    best = fit;
    m.choices.push_back({key.first + static_cast<std::uint32_t>(it - all.begin()), fit});
    if (m.choices.size() > 4 * forks_max && fit == Fit::exact) break;  // too many to tell apart
  }
}

bool Resolution::zone_between(std::uint32_t from, std::uint32_t to) const {
  if (to - from < 3 || to - from > 18) return false;
  for (std::uint32_t length = 3; length <= 10 && length <= to - from; ++length) {
    const WordMatch word = word_at(m_chars, to - length);
    if (word.kind == WordKind::zone && word.length == length) return true;
  }
  return false;
}

float Resolution::gap_penalty(std::uint32_t from, std::uint32_t to, Fit fit, Level level) const {
  const std::uint32_t gap = m.solid[to] - m.solid[from];
  if (gap == 0) return 0;
  // A chain ended here: another may begin, from the outside.
  if (from == 0 && level <= Level::city && fit == Fit::exact && m.reached[m.solid[to]] != 0) return 0.1f;
  if (zone_between(from, to)) return 0.2f;
  float penalty = std::min(0.7f, 0.2f + 0.04f * static_cast<float>(gap));
  if (m.numbers[to] > m.numbers[from]) penalty += 0.5f;
  if (fit != Fit::exact) penalty += 0.2f;
  return penalty;
}

bool Resolution::acceptable_short(const Hit& hit, const State& state, Level level) const {
  if (m.solid[hit.from] - m.solid[state.end] > 0) return false;
  switch (level) {
    case Level::province:
    case Level::city:
      return true;
    case Level::county:
      return state.node != no_division || state.previous < 0;
    case Level::town:
      return state.node != no_division && level_of(state.node) >= Level::city;
    default:
      return false;
  }
}

/// Steps to nodes below the state's. Where a name has too many meanings there, no step is made.
bool Resolution::step_down(const Hit& hit, std::size_t hit_index, const State& state, std::size_t state_index) {
  const bool rooted = state.node != no_division;
  choose(hit, rooted ? state.node + 1 : 0,
         rooted ? m_nodes[state.node].end : static_cast<std::uint32_t>(m_nodes.size()));
  if (m.choices.empty()) return false;
  // The same name at two levels (吉林 province and city, 朝阳 city and county): the outer one alone, unless it is said.
  std::sort(m.choices.begin(), m.choices.end(), [&](const Choice& a, const Choice& b) {
    return m_nodes[m_postings[a.posting].node].level < m_nodes[m_postings[b.posting].node].level;
  });
  const std::uint8_t outer = m_nodes[m_postings[m.choices[0].posting].node].level;
  std::size_t count = 0;
  while (count < m.choices.size() && m_nodes[m_postings[m.choices[count].posting].node].level == outer) ++count;
  if (count > forks_max) return false;
  bool exact = false;
  for (std::size_t i = 0; i < m.choices.size() && i < forks_max; ++i) {
    const Choice choice = m.choices[i];
    const PostingRecord& posting = m_postings[choice.posting];
    const Level level = level_of(posting.node);
    const bool gap = m.solid[hit.from] > m.solid[state.end] && !zone_between(state.end, hit.from);
    if (too_weak(hit, posting, state, gap)) continue;
    const bool loose = choice.fit == Fit::alias || choice.fit == Fit::variant;
    if (!rooted && loose && (level == Level::town || gap)) continue;
    if (choice.fit == Fit::shortened && (i >= count || !acceptable_short(hit, state, level))) continue;
    const std::size_t l = static_cast<std::size_t>(level);
    float weight = choice.fit == Fit::shortened ? short_weight[l] : full_weight[l];
    if (choice.fit == Fit::alias) weight -= 0.05f;
    if (choice.fit == Fit::variant) weight *= 0.8f;
    if (posting.kind == static_cast<std::uint8_t>(Reason::former_name))
      weight = weight * 0.9f - (posting.rank == 0 ? 0.0f : 0.2f);
    weight -= gap_penalty(state.end, hit.from, choice.fit, level);
    if (choice.fit == Fit::shortened && !rooted && level == Level::county) weight -= 0.3f;
    // Hong Kong, Macau and Taiwan are named as such: their counties' names alone mean the mainland's.
    if (!rooted && level > Level::province && posting.node >= m_islands) weight -= 0.25f;
    if (weight <= 0) continue;
    State next = state;
    next.node = posting.node;
    next.said = posting.node;
    next.end = end_of(hit, posting, choice.fit);
    next.score = state.score + weight;
    next.previous = static_cast<std::int32_t>(state_index);
    next.hit = static_cast<std::int32_t>(hit_index);
    next.posting = choice.posting;
    next.fit = choice.fit;
    next.levels = static_cast<std::uint8_t>(state.levels | (1u << l));
    next.repeated = false;
    next.gap = m.solid[hit.from] > m.solid[state.end];
    push(next);
    exact = exact || choice.fit == Fit::exact;
  }
  return exact;
}

/// A name of the state's own node or of one of its ancestors: said again, or said late.
bool Resolution::step_same(const Hit& hit, std::size_t hit_index, const State& state, std::size_t state_index) {
  const KeyRecord& key = m_data.key_records()[hit.key];
  const auto all = m_postings.subspan(key.first, key.count);
  bool stepped = false;
  for (DivisionNode node = state.node; node != no_division; node = m_nodes[node].parent) {
    const auto it = std::lower_bound(all.begin(), all.end(), node,
                                     [](const PostingRecord& p, std::uint32_t n) { return p.node < n; });
    if (it == all.end() || it->node != node) continue;
    const Fit fit = fit_of(hit, *it);
    const bool far = m.solid[hit.from] > m.solid[state.end];
    if (fit == Fit::none || (fit == Fit::shortened && far)) continue;
    // A short name said once more (三墩镇西湖…, 义桥镇义桥派出所) is a landmark's, unless the chain goes on behind it.
    if (fit == Fit::shortened && state.hit >= 0 && !hit.name_follows) continue;
    const std::size_t l = m_nodes[node].level;
    const bool said_before = (state.levels >> l & 1) != 0;
    State next = state;
    next.said = node;
    next.end = end_of(hit, *it, fit);
    float weight = said_before ? 0.05f : (fit == Fit::shortened ? short_weight[l] : full_weight[l]) * 0.8f;
    weight -= gap_penalty(state.end, hit.from, fit, static_cast<Level>(l)) * (said_before ? 0.1f : 1.0f);
    if (weight <= 0 && said_before) continue;
    next.score = state.score + std::max(weight, 0.0f);
    next.previous = static_cast<std::int32_t>(state_index);
    next.hit = static_cast<std::int32_t>(hit_index);
    next.posting = key.first + static_cast<std::uint32_t>(it - all.begin());
    next.fit = fit;
    next.levels = static_cast<std::uint8_t>(state.levels | (1u << l));
    next.repeated = said_before;
    next.gap = far;
    push(next);
    stepped = true;
  }
  return stepped;
}

void Resolution::push(State state) {
  for (State& other : m.states) {
    if (other.node == state.node && other.end == state.end) {
      if (state.score > other.score) other = state;
      return;
    }
  }
  if (m.states.size() >= states_max) return;
  m.states.push_back(state);
  m.reached[m.solid[state.end]] = 1;
}

std::int32_t Resolution::best_state() const {
  std::int32_t best = -1;
  for (std::size_t i = 0; i < m.states.size(); ++i) {
    if (m.states[i].node == no_division) continue;
    if (best < 0 || m.states[i].score >= m.states[static_cast<std::size_t>(best)].score - 1e-4f) {
      best = static_cast<std::int32_t>(i);
    }
  }
  return best;
}

/// Other readings that explain the text nearly as well and lead elsewhere.
void Resolution::open_choices(std::int32_t best) {
  constexpr float margin = 0.16f;
  const State& top = m.states[static_cast<std::size_t>(best)];
  m.rivals.clear();
  for (std::size_t i = 0; i < m.states.size(); ++i) {
    const State& other = m.states[i];
    if (other.node == no_division || other.score < top.score - margin) continue;
    if (m_index.contains(other.node, top.node) || m_index.contains(top.node, other.node)) continue;
    const bool known = std::any_of(m.rivals.begin(), m.rivals.end(), [&](std::int32_t r) {
      return m.states[static_cast<std::size_t>(r)].node == other.node;
    });
    if (!known) m.rivals.push_back(static_cast<std::int32_t>(i));
  }
}

void Resolution::settle(std::int32_t best) {
  open_choices(best);
  const State& top = m.states[static_cast<std::size_t>(best)];
  m_path.node = top.node;
  if (!m.rivals.empty()) {
    m_ambiguous = true;
    DivisionNode common = m_nodes[top.node].parent;
    for (const std::int32_t rival : m.rivals) {
      while (common != no_division && !m_index.contains(common, m.states[static_cast<std::size_t>(rival)].node)) {
        common = m_nodes[common].parent;
      }
    }
    float total = 1;
    for (const std::int32_t r : m.rivals) {
      total += std::exp((m.states[static_cast<std::size_t>(r)].score - top.score) * 5);
    }
    m_path.open.push_back({top.node, 1 / total});
    for (const std::int32_t r : m.rivals) {
      const State& rival = m.states[static_cast<std::size_t>(r)];
      m_path.open.push_back({rival.node, std::exp((rival.score - top.score) * 5) / total});
    }
    std::sort(m_path.open.begin(), m_path.open.end(),
              [](const DivisionChoice& a, const DivisionChoice& b) { return a.score > b.score; });
    m_path.node = common;
  }
  for (DivisionNode node = m_path.node; node != no_division; node = m_nodes[node].parent) {
    m_path.at[m_nodes[node].level] = node;
  }
  read_chain(best);
  find_conflicts();
  find_village();
  finish_score(best);
}

void Resolution::read_chain(std::int32_t best) {
  m.chain.clear();
  for (std::int32_t s = best; s >= 0; s = m.states[static_cast<std::size_t>(s)].previous) {
    if (m.states[static_cast<std::size_t>(s)].hit >= 0) m.chain.push_back(s);
  }
  std::reverse(m.chain.begin(), m.chain.end());
  for (const std::int32_t s : m.chain) {
    const State& state = m.states[static_cast<std::size_t>(s)];
    const Hit& hit = m.hits[static_cast<std::size_t>(state.hit)];
    const PostingRecord& posting = m_postings[state.posting];
    Reason reason = static_cast<Reason>(posting.kind);
    if (reason == Reason::matched && (state.fit == Fit::alias || state.fit == Fit::shortened)) reason = Reason::alias;
    if (reason == Reason::matched && state.fit == Fit::variant) reason = Reason::former_name;
    const Level level = level_of(state.said);
    const std::size_t l = static_cast<std::size_t>(level);
    const bool open = m_ambiguous && m_path.at[l] != state.said;
    if (open) reason = Reason::ambiguous;
    m_path.mentions.push_back(
        {hit.from, state.end, state.said, level, reason, state.repeated ? MentionUse::repeated : MentionUse::used});
    if (!state.repeated) m_path.reason[l] = reason;
  }
}

/// Full names at the head that name something else than the answer.
void Resolution::find_conflicts() {
  if (m_path.mentions.empty() || m_path.node == no_division) return;
  const std::uint32_t last = m_path.mentions.back().to;
  for (const Hit& hit : m.hits) {
    if (hit.from >= last || hit.suffix.length == 0) continue;
    const std::uint32_t to = hit.stem_end + hit.suffix.length;
    const bool overlaps = std::any_of(m_path.mentions.begin(), m_path.mentions.end(),
                                      [&](const Mention& x) { return hit.from < x.to && x.from < to; });
    if (overlaps) continue;
    choose(hit, 0, static_cast<std::uint32_t>(m_nodes.size()));
    const auto exact = std::find_if(m.choices.begin(), m.choices.end(), [&](const Choice& c) {
      return c.fit == Fit::exact && level_of(m_postings[c.posting].node) <= Level::county;
    });
    if (exact == m.choices.end()) continue;
    const DivisionNode node = m_postings[exact->posting].node;
    m_path.mentions.push_back({hit.from, to, node, level_of(node), Reason::conflicting, MentionUse::conflicting});
    m_path.reason[m_nodes[node].level] = Reason::conflicting;
  }
  std::sort(m_path.mentions.begin(), m_path.mentions.end(),
            [](const Mention& a, const Mention& b) { return a.from < b.from; });
}

/// A village stands right behind the town or the county, or behind a separator soon after.
void Resolution::find_village() {
  if (m_path.node == no_division || m_ambiguous) return;
  const std::size_t t = static_cast<std::size_t>(Level::town);
  const DivisionNode town = m_path.at[t];
  const DivisionNode holder = town != no_division ? m_nodes[town].parent : m_path.node;
  if (holder == no_division || m_nodes[holder].village_count == 0) return;
  std::uint32_t pos = m_path.mentions.empty() ? 0 : m_path.mentions.back().to;
  const std::uint32_t limit = std::min(m_length, pos + 16);
  VillageFound found;
  std::uint32_t from = pos;
  for (bool fresh = true; pos < limit && found.node == no_division; ++pos) {
    if (is_separator(m_chars[pos])) {
      fresh = true;
    } else if (fresh) {
      from = pos;
      found = village_at(m_data, m_chars, m.symbols, pos, holder, town);
      fresh = false;
    }
  }
  if (found.node == no_division) return;
  const std::size_t v = static_cast<std::size_t>(Level::village);
  m_path.mentions.push_back({from, found.end, found.node, Level::village, Reason::matched, MentionUse::used});
  m_path.node = found.node;
  m_path.at[v] = found.node;
  m_path.reason[v] = Reason::matched;
  if (m_path.at[t] == no_division) {
    m_path.at[t] = m_nodes[found.node].parent;
    m_path.reason[t] = Reason::filled_in;
  }
}

void Resolution::finish_score(std::int32_t best) {
  const State& top = m.states[static_cast<std::size_t>(best)];
  float score = 0.995f;
  for (const Mention& mention : m_path.mentions) {
    if (mention.use == MentionUse::conflicting) score *= 0.7f;
    if (mention.use != MentionUse::used) continue;
    if (mention.reason == Reason::former_name) score *= 0.94f;
    if (mention.reason == Reason::alias) score *= 0.98f;
  }
  for (const std::int32_t s : m.chain) {
    if (m.states[static_cast<std::size_t>(s)].gap) score *= 0.9f;
  }
  if (top.from_region && m.chain.empty()) score *= 0.8f;
  if (m_ambiguous) score = m_path.node == no_division ? 0.0f : score * 0.8f;
  m_path.score = score;
}

}  // namespace

DivisionResolver::DivisionResolver(const DivisionIndex& index)
    : m_index(&index), m_scratch(std::make_unique<Scratch>()) {}
DivisionResolver::~DivisionResolver() = default;
DivisionResolver::DivisionResolver(DivisionResolver&&) noexcept = default;

void DivisionResolver::resolve(const NormalText& text, DivisionNode region, DivisionPath& path) {
  if (region != no_division && region >= m_index->size()) region = no_division;
  Resolution(*m_index, m_index->data(), *m_scratch, text, path).run(region);
}

}  // namespace menpai::address

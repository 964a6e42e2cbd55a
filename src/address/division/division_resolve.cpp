// SPDX-License-Identifier: Apache-2.0
// Reads the best chain of names as divisions with reasons, and what remains open.
#include "address/division/division_resolve.hpp"

#include <algorithm>
#include <cmath>

#include "address/division/division_scan.hpp"
#include "address/division/division_search.hpp"
#include "address/division/division_village.hpp"
#include "address/text/lexicon.hpp"

namespace menpai::address {

struct DivisionResolver::Scratch {
  NameScan scan;
  std::vector<NameScan> lanes;  ///< of texts that are resolved together
  ChainSearch search;
  std::vector<std::int32_t> chain;
  std::vector<std::int32_t> rivals;
};

namespace {

/// Whether the rest of a landmark's name stands at `at`: a few characters and a generic word that is no road's.
bool names_landmark(std::u32string_view chars, std::uint32_t at) {
  for (std::uint32_t i = at; i < chars.size() && i < at + 6; ++i) {
    if (is_digit(chars[i]) || is_separator(chars[i])) return false;
    const WordMatch word = word_at(chars, i);
    if (word.kind == WordKind::none) continue;
    if (word.kind != WordKind::estate && word.kind != WordKind::unit && word.kind != WordKind::zone) return false;
    const WordMatch next = word_at(chars, i + word.length);
    return next.kind != WordKind::road && next.kind != WordKind::lane;
  }
  return false;
}

class Resolution {
 public:
  Resolution(const DivisionIndex& index, DivisionResolver::Scratch& scratch, NameScan& scan, const NormalText& text,
             DivisionPath& path)
      : m_index(index),
        m_data(index.data()),
        m(scratch),
        m_scan(scan),
        m_chars(text.chars),
        m_path(path),
        m_nodes(m_data.node_records()),
        m_postings(m_data.posting_records()) {}

  /// The scan has gathered the text's names.
  void run(DivisionNode region) {
    m_path.node = no_division;
    m_path.at.fill(no_division);
    m_path.reason.fill(Reason::filled_in);
    m_path.score = 0;
    m_path.mentions.clear();
    m_path.open.clear();
    m_path.hinted = no_division;
    m.search.run(m_index, m_scan, m_chars, region);
    const std::int32_t best = m.search.best_state();
    if (best >= 0) settle(best);
    if (best < 0) find_hint();
  }

 private:
  void settle(std::int32_t best);
  void open_choices(std::int32_t best);
  void read_chain(std::int32_t best);
  void find_conflicts();
  void find_hint();
  void finish_score(std::int32_t best);

  Level level_of(DivisionNode node) const { return static_cast<Level>(m_nodes[node].level); }
  const ChainState& state(std::int32_t index) const { return m.search.states()[static_cast<std::size_t>(index)]; }

  const DivisionIndex& m_index;
  const DivisionIndex::Data& m_data;
  DivisionResolver::Scratch& m;
  NameScan& m_scan;
  std::u32string_view m_chars;
  DivisionPath& m_path;
  CheckedArray<NodeRecord> m_nodes;
  std::span<const PostingRecord> m_postings;
  bool m_ambiguous = false;
};

/// Other readings that explain the text nearly as well and lead elsewhere.
void Resolution::open_choices(std::int32_t best) {
  constexpr float margin = 0.16f;
  const ChainState& top = m.search.states()[static_cast<std::size_t>(best)];
  m.rivals.clear();
  for (std::size_t i = 0; i < m.search.states().size(); ++i) {
    const ChainState& other = m.search.states()[i];
    if (other.node == no_division || other.score < top.score - margin) continue;
    const bool above = top.path[static_cast<std::size_t>(other.level)] == other.node;
    if (above || other.path[static_cast<std::size_t>(top.level)] == top.node) continue;
    const bool known = std::any_of(m.rivals.begin(), m.rivals.end(), [&](std::int32_t r) {
      return m.search.states()[static_cast<std::size_t>(r)].node == other.node;
    });
    if (!known) m.rivals.push_back(static_cast<std::int32_t>(i));
  }
}

void Resolution::settle(std::int32_t best) {
  open_choices(best);
  const ChainState& top = m.search.states()[static_cast<std::size_t>(best)];
  m_path.node = top.node;
  if (!m.rivals.empty()) {
    m_ambiguous = true;
    DivisionNode common = m_nodes[top.node].parent;
    for (const std::int32_t rival : m.rivals) {
      while (common != no_division &&
             !m_index.contains(common, m.search.states()[static_cast<std::size_t>(rival)].node)) {
        common = m_nodes[common].parent;
      }
    }
    float total = 1;
    for (const std::int32_t r : m.rivals) {
      total += std::exp((m.search.states()[static_cast<std::size_t>(r)].score - top.score) * 5);
    }
    m_path.open.push_back({top.node, 1 / total});
    for (const std::int32_t r : m.rivals) {
      const ChainState& rival = m.search.states()[static_cast<std::size_t>(r)];
      m_path.open.push_back({rival.node, std::exp((rival.score - top.score) * 5) / total});
    }
    std::sort(m_path.open.begin(), m_path.open.end(),
              [](const DivisionChoice& a, const DivisionChoice& b) { return a.score > b.score; });
    m_path.node = common;
  }
  if (!m_ambiguous) {
    m_path.at = top.path;
  } else {
    for (DivisionNode node = m_path.node; node != no_division; node = m_nodes[node].parent) {
      m_path.at[m_nodes[node].level] = node;
    }
  }
  read_chain(best);
  find_conflicts();
  finish_score(best);
}

void Resolution::read_chain(std::int32_t best) {
  m.chain.clear();
  for (std::int32_t s = best; s >= 0; s = m.search.states()[static_cast<std::size_t>(s)].previous) {
    if (m.search.states()[static_cast<std::size_t>(s)].hit >= 0) m.chain.push_back(s);
  }
  std::reverse(m.chain.begin(), m.chain.end());
  for (const std::int32_t s : m.chain) {
    const ChainState& state = m.search.states()[static_cast<std::size_t>(s)];
    const NameHit& hit = m_scan.hits()[static_cast<std::size_t>(state.hit)];
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
  for (const NameHit& hit : m_scan.hits()) {
    if (hit.from >= last || hit.suffix.length == 0) continue;
    const std::uint32_t to = hit.stem_end + hit.suffix.length;
    const bool overlaps = std::any_of(m_path.mentions.begin(), m_path.mentions.end(),
                                      [&](const Mention& x) { return hit.from < x.to && x.from < to; });
    if (overlaps) continue;
    const DivisionNode node = m.search.exact_meaning(hit, Level::county);
    if (node == no_division) continue;
    m_path.mentions.push_back({hit.from, to, node, level_of(node), Reason::conflicting, MentionUse::conflicting});
    m_path.reason[m_nodes[node].level] = Reason::conflicting;
  }
  std::sort(m_path.mentions.begin(), m_path.mentions.end(),
            [](const Mention& a, const Mention& b) { return a.from < b.from; });
}

/// The name of a park, a harbour, a school that begins with its city's: 厦门|软件园. Roads are named after what is
/// elsewhere: 南京|西路.
void Resolution::find_hint() {
  for (const NameHit& hit : m_scan.hits()) {
    if (m_scan.solid(hit.from) > 0) return;
    if (!names_landmark(m_chars, hit.stem_end)) continue;
    const KeyRecord& key = m_data.key_records()[hit.key];
    const auto all = m_postings.subspan(key.first, key.count);
    const auto is_city = [&](const PostingRecord& p) {
      return level_of(p.node) == Level::city && p.whole == 0 && p.kind == static_cast<std::uint8_t>(Reason::matched);
    };
    if (std::count_if(all.begin(), all.end(), is_city) == 1) {
      m_path.hinted = std::find_if(all.begin(), all.end(), is_city)->node;
    }
  }
}

void Resolution::finish_score(std::int32_t best) {
  const ChainState& top = m.search.states()[static_cast<std::size_t>(best)];
  float score = 0.995f;
  for (const Mention& mention : m_path.mentions) {
    if (mention.use == MentionUse::conflicting) score *= 0.7f;
    if (mention.use != MentionUse::used) continue;
    if (mention.reason == Reason::former_name) score *= 0.94f;
    if (mention.reason == Reason::alias) score *= 0.98f;
  }
  for (const std::int32_t s : m.chain) {
    if (m.search.states()[static_cast<std::size_t>(s)].gap) score *= 0.9f;
  }
  if (top.from_region && m.chain.empty()) score *= 0.8f;
  // A town's name alone, the only one of the name today, may be one of the many that are no more.
  const unsigned outer = 1u << static_cast<int>(Level::province) | 1u << static_cast<int>(Level::city) |
                         1u << static_cast<int>(Level::county);
  if (!top.from_region && (top.levels & outer) == 0) score *= 0.6f;
  if (m_ambiguous) score = m_path.node == no_division ? 0.0f : score * 0.8f;
  m_path.score = score;
}

}  // namespace

DivisionResolver::DivisionResolver(const DivisionIndex& index)
    : m_index(&index), m_scratch(std::make_unique<Scratch>()) {}
DivisionResolver::~DivisionResolver() = default;
DivisionResolver::DivisionResolver(DivisionResolver&&) noexcept = default;

void DivisionResolver::resolve_names(const NormalText& text, DivisionNode region, DivisionPath& path) {
  if (region != no_division && region >= m_index->size()) region = no_division;
  m_scratch->scan.run(m_index->data(), text.chars);
  Resolution(*m_index, *m_scratch, m_scratch->scan, text, path).run(region);
}

void DivisionResolver::resolve_all(std::span<const Task> tasks, DivisionNode region) {
  constexpr std::size_t lanes_max = 16;
  const DivisionIndex::Data& data = m_index->data();
  if (region != no_division && region >= m_index->size()) region = no_division;
  std::vector<NameScan>& lanes = m_scratch->lanes;
  lanes.resize(lanes_max);
  for (; !tasks.empty(); tasks = tasks.subspan(std::min(lanes_max, tasks.size()))) {
    const std::size_t count = std::min(lanes_max, tasks.size());
    for (std::size_t i = 0; i < count; ++i) lanes[i].look(data, tasks[i].text->chars);
    for (std::size_t i = 0; i < count; ++i) lanes[i].walk(data);
    for (std::size_t i = 0; i < count; ++i) lanes[i].gather(data);
    for (std::size_t i = 0; i < count; ++i) {
      Resolution(*m_index, *m_scratch, lanes[i], *tasks[i].text, *tasks[i].path).run(region);
      fetch_village(data, lanes[i].symbols(), *tasks[i].path);
    }
    for (std::size_t i = 0; i < count; ++i) {
      add_village(data, tasks[i].text->chars, lanes[i].symbols(), *tasks[i].path);
    }
  }
}

void DivisionResolver::resolve(const NormalText& text, DivisionNode region, DivisionPath& path) {
  resolve_names(text, region, path);
  add_village(m_index->data(), text.chars, m_scratch->scan.symbols(), path);
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Reduces a text to what the resolver can see of it, and keeps results by that.
#include "address/quick/heads.hpp"

#include <algorithm>
#include <cstring>

#include "address/division/division_layout.hpp"
#include "address/division/division_village.hpp"
#include "address/quick/sight.hpp"
#include "address/read/cutter.hpp"
#include "address/text/lexicon.hpp"

namespace menpai::address {
namespace {

constexpr std::uint32_t look_ahead = 8;        ///< how far behind a key's end generic words are sought
constexpr std::uint32_t step_over = 3;         ///< how many numerals and directions behind a key's end are stepped over
constexpr std::uint32_t suffix_max = 6;        ///< the longest generic word of a division, and one character
constexpr std::uint32_t villages_sought = 16;  ///< how far behind the names add_village looks
constexpr char16_t blank = 1;                  ///< stands for a character that the resolver cannot tell from others

std::uint32_t mix(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t h = a * 0x9E3779B1u ^ b * 0x85EBCA77u;
  return h ^ h >> 15;
}

std::uint64_t mix_in(std::uint64_t h, std::uint64_t word) {
  h = (h ^ word) * 0xD6E8FEB86659FD93u;
  return h ^ h >> 32;
}

/// How far a text whose last key ends at `end` is looked at: generic words not far behind a key, a division's word
/// right behind it, numerals and directions that are stepped over.
std::uint32_t seen_end(const PlainText& text, std::uint32_t end) {
  const std::u32string_view chars = text.view();
  std::uint32_t stop = end;
  const auto see_word = [&](std::uint32_t at) {
    if ((text.flags[at] & Sight::begins_word) == 0) {
      stop = std::max(stop, at + 1);
      return false;
    }
    const WordMatch word = word_at(chars, at);
    stop = std::max(stop, at + std::max<std::uint32_t>(1, word.length));
    if (word.kind != WordKind::none) stop = std::max(stop, at + word.length + word_at(chars, at + word.length).length);
    return word.kind != WordKind::none;
  };
  for (std::uint32_t at = end > suffix_max ? end - suffix_max : 0; at <= end; ++at) {
    const bool may_be = (text.flags[at] & Sight::begins_suffix) != 0;
    stop = std::max(stop, at + (may_be ? suffix_at(chars, at).length : 1u) + 1);
  }
  std::uint32_t at = end;
  const auto stepped_over = [&](std::uint32_t i) {
    return (text.flags[i] & (Sight::digit | Sight::head_numeral)) != 0 || is_direction(chars[i]);
  };
  while (at < text.size && at < end + step_over && stepped_over(at)) ++at;
  see_word(at);
  for (at = end; at < text.size && at < end + look_ahead; ++at) {
    if (see_word(at) || (text.flags[at] & (Sight::digit | Sight::separator)) != 0) break;
  }
  return std::min(stop, text.size);
}

/// Whether the mentions stand one behind the other from the beginning on, or behind the country, and agree.
bool is_plain_head(std::u32string_view text, const DivisionPath& path) {
  std::uint32_t at = text.starts_with(U"中国") ? 2 : 0;
  if (path.mentions.empty() || path.mentions.front().from == 0) at = 0;
  for (const Mention& mention : path.mentions) {
    if (mention.from != at || mention.use == MentionUse::conflicting) return false;
    at = mention.to;
  }
  return path.open.empty() && path.hinted == no_division;
}

bool same_path(const DivisionPath& a, const DivisionPath& b) {
  const auto same_mention = [](const Mention& x, const Mention& y) {
    return x.from == y.from && x.to == y.to && x.node == y.node && x.level == y.level && x.reason == y.reason &&
           x.use == y.use;
  };
  const auto same_choice = [](const DivisionChoice& x, const DivisionChoice& y) {
    return x.node == y.node && x.score == y.score;
  };
  return a.node == b.node && a.at == b.at && a.reason == b.reason && a.score == b.score && a.hinted == b.hinted &&
         std::equal(a.mentions.begin(), a.mentions.end(), b.mentions.begin(), b.mentions.end(), same_mention) &&
         std::equal(a.open.begin(), a.open.end(), b.open.begin(), b.open.end(), same_choice);
}

}  // namespace

/// The index's keys: where they may begin is a bit for each pair of characters that one begins with, and a few others.
struct Heads::Keys {
  explicit Keys(const DivisionIndex::Data& data)
      : trie(data.trie()), m_symbols(table_size), m_filter(filter_bits / 64) {
    std::vector<char32_t> characters(table_size);
    for (char32_t c = 0; c < table_size; ++c) {
      m_symbols[c] = data.symbol(c);
      if (m_symbols[c] != 0) characters[m_symbols[c]] = c;
    }
    const auto cells = trie.cells();
    std::vector<bool> first(cells.size());
    for (std::uint32_t state = 1; state < cells.size(); ++state) {
      first[state] = cells[state].check == DoubleArray::root;
      usable = usable && !(first[state] && cells[state].value != no_value);
    }
    const auto character = [&](std::uint32_t state) {
      const std::uint32_t symbol = state - cells[cells[state].check].base;
      return symbol < table_size ? characters[symbol] : U'\0';
    };
    for (std::uint32_t state = 1; state < cells.size(); ++state) {
      const std::uint32_t parent = cells[state].check;
      if (parent < cells.size() && first[parent]) set(character(parent), character(state));
    }
  }

  bool may_begin(char32_t a, char32_t b) const {
    const std::uint32_t h = mix(a, b) & (filter_bits - 1);
    return (m_filter[h / 64] >> (h % 64) & 1) != 0;
  }
  /// The length of the longest key at the beginning of `chars`, which a 0 ends; 0 if none stands there.
  std::uint32_t longest(const char32_t* chars) const {
    std::uint32_t length = 0;
    std::uint32_t state = DoubleArray::root;
    for (std::uint32_t i = 0; chars[i] != 0; ++i) {
      const char16_t s = m_symbols[chars[i]];
      if (s == 0 || !trie.step(state, s)) break;
      if (trie.value(state) != no_value) length = i + 1;
    }
    return length;
  }
  char16_t symbol(char32_t c) const { return m_symbols[c]; }

  bool usable = true;  ///< no key is a single symbol

 private:
  static constexpr std::size_t table_size = 0x10000;
  static constexpr std::uint32_t filter_bits = 1u << 19;
  void set(char32_t a, char32_t b) {
    const std::uint32_t h = mix(a, b) & (filter_bits - 1);
    m_filter[h / 64] |= std::uint64_t{1} << (h % 64);
  }

  DoubleArray trie;
  std::vector<char16_t> m_symbols;
  std::vector<std::uint64_t> m_filter;
};

struct Heads::Entry {
  DivisionNode region = no_division;
  HeadId head = no_head;  ///< none: nothing is remembered here
  std::uint16_t length = 0;
  bool ended = false;
  std::uint8_t used = 0;  ///< how much it is worth keeping
  std::array<char16_t, reduced_max> reduced{};
};

Heads::Heads(const DivisionIndex& index)
    : m_index(&index), m_resolver(index), m_keys(std::make_unique<Keys>(index.data())) {}
Heads::~Heads() = default;
Heads::Heads(Heads&&) noexcept = default;

void Heads::clear() {
  m_entries.clear();
  m_heads.clear();
  m_known.clear();
  m_villages.clear();
}

bool Heads::reduce(const PlainText& text) {
  std::uint32_t keys_end = 0;
  std::uint64_t in_key = 0;
  for (std::uint32_t i = 0; i + 1 < text.size; ++i) {
    if (!m_keys->may_begin(text.chars[i], text.chars[i + 1])) continue;
    const std::uint32_t length = m_keys->longest(&text.chars[i]);
    if (length == 0) continue;
    in_key |= ((std::uint64_t{1} << length) - 1) << i;
    keys_end = std::max(keys_end, i + length);
  }
  m_length = keys_end == 0 ? 0 : seen_end(text, keys_end);
  m_ended = m_length == text.size;
  if (m_length > reduced_max) return false;
  const std::uint64_t shown = in_key | text.in_word;
  for (std::uint32_t i = 0; i < m_length; ++i) {
    const std::uint32_t flags = text.flags[i];
    const bool as_it_is = (shown >> i & 1) != 0 || (flags & Sight::head_shown) != 0;
    const char16_t hidden = (flags & Sight::head_numeral) != 0 ? u'一' : blank;
    const char16_t like = as_it_is ? static_cast<char16_t>(text.chars[i]) : hidden;
    const bool digit = (flags & Sight::digit) != 0 && (in_key >> i & 1) == 0;
    m_reduced[i] = digit ? u'0' : like;
  }
  for (std::uint32_t i = m_length; i < m_length + 4; ++i) m_reduced[i] = 0;
  return true;
}

bool Heads::holds(const Entry& entry, DivisionNode region) const {
  return entry.head != no_head && entry.region == region && entry.length == m_length && entry.ended == m_ended &&
         std::memcmp(entry.reduced.data(), m_reduced.data(), m_length * sizeof m_reduced[0]) == 0;
}

/// The entry of the reduced text, or the one to be replaced by it: a text may stand in two places.
Heads::Entry& Heads::place(DivisionNode region) {
  if (m_entries.empty()) m_entries.resize(entries_size);
  std::uint64_t hash = mix_in(region, m_length * 2 + (m_ended ? 1 : 0));
  for (std::size_t i = 0; i < m_length; i += 4) {
    std::uint64_t word;
    std::memcpy(&word, m_reduced.data() + i, sizeof word);
    hash = mix_in(hash, word);
  }
  m_hash = hash;
  Entry& one = m_entries[hash & (entries_size - 1)];
  if (holds(one, region)) return one;
  Entry& other = m_entries[hash >> 32 & (entries_size - 1)];
  if (holds(other, region)) return other;
  Entry& worse = one.used <= other.used ? one : other;
  Entry& better = one.used <= other.used ? other : one;
  better.used = static_cast<std::uint8_t>(better.used - better.used / 8);
  return worse;
}

HeadId Heads::intern(const PlainText& text, const DivisionPath& path) {
  const std::uint32_t end = path.mentions.empty() ? 0 : path.mentions.back().to;
  const std::u32string_view said = text.view().substr(0, end);
  std::uint64_t hash = mix_in(path.node, end);
  for (const char32_t c : said) hash = mix_in(hash, c);
  const auto [first, last] = m_known.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    const Head& head = m_heads[at->second];
    if (head.text == said && same_path(head.path, path)) return at->second;
  }
  if (is_full()) return no_head;
  const auto id = static_cast<HeadId>(m_heads.size());
  m_heads.push_back({path, std::u32string(said), end, is_plain_head(said, path), 0, villages(path)});
  Head& made = m_heads.back();
  if (made.is_quick) made.state = state(made.text, path);
  m_known.emplace(hash, id);
  return id;
}

/// All that the cutters ask of what lies before: see CutState.
HeadState Heads::state(const std::u32string& text, const DivisionPath& path) {
  if (text.empty()) return 0;
  m_normal.chars = text;
  m_normal.origin.resize(text.size() + 1);
  for (std::uint32_t i = 0; i <= text.size(); ++i) m_normal.origin[i] = i;
  m_normal.length = static_cast<std::uint32_t>(text.size());
  m_normal.removed.clear();
  cut_elements(m_normal, path, *m_index, m_scratch, m_elements);
  Label last = Label::otherinfo;
  bool in_village = false;
  for (const TypedElement& e : m_elements) {
    if (e.label != Label::redundant && e.label != Label::assist) last = e.label;
    in_village = in_village || e.label == Label::community;
  }
  const bool behind_village = m_elements.back().label == Label::community;
  const char32_t before = is_ideograph(text.back()) && text.back() != U'号' ? blank : text.back();
  return 1u | static_cast<unsigned>(last) << 1 | (in_village ? 1u << 7 : 0) | (behind_village ? 1u << 8 : 0) |
         static_cast<unsigned>(before) << 9;
}

/// The villages that may be named behind a path; null if none may.
const Villages* Heads::villages(const DivisionPath& path) {
  const DivisionIndex::Data& data = m_index->data();
  const DivisionNode node = village_holder(data, path);
  if (node == no_division) return nullptr;
  std::unique_ptr<Villages>& made = m_villages[node];
  if (made) return made.get();
  made = std::make_unique<Villages>();
  const NodeRecord& record = data.node_records()[node];
  const auto pool = data.symbol_pool();
  for (const VillageRecord& v : data.village_records().subspan(record.village_first, record.village_count)) {
    if (v.length == 0) continue;
    made->pairs[mix(pool[v.pool], v.length > 1 ? pool[v.pool + 1] : 0) % Villages::bits] = true;
  }
  return made.get();
}

/// Whether a village of the division that was found may stand behind its name. Seldom true where none does.
bool Heads::may_name_village(const PlainText& text, const Head& head) {
  if (head.villages == nullptr) return false;
  const auto begins = [&](std::uint32_t i) {
    const char16_t a = m_keys->symbol(text.chars[i]);
    const char16_t b = m_keys->symbol(text.chars[i + 1]);
    const auto& pairs = head.villages->pairs;
    return pairs[mix(a, b) % Villages::bits] || pairs[mix(a, 0) % Villages::bits];
  };
  if ((text.seen & Sight::separator) == 0) return head.end < text.size && begins(head.end);
  const std::uint32_t limit = std::min(text.size, head.end + villages_sought);
  bool fresh = true;
  for (std::uint32_t i = head.end; i < limit; ++i) {
    if ((text.flags[i] & Sight::separator) != 0) {
      fresh = true;
    } else if (fresh) {
      fresh = false;
      if (begins(i)) return true;
    }
  }
  return false;
}

HeadId Heads::with_village(const PlainText& text, HeadId head) {
  m_path = m_heads[head].path;
  m_symbols.resize(text.size);
  for (std::uint32_t i = 0; i < text.size; ++i) m_symbols[i] = m_keys->symbol(text.chars[i]);
  const std::size_t before = m_path.mentions.size();
  add_village(m_index->data(), text.view(), m_symbols, m_path);
  return m_path.mentions.size() == before ? head : intern(text, m_path);
}

HeadId Heads::find(const PlainText& text, DivisionNode region) {
  if (!m_keys->usable || (region != no_division && region >= m_index->size()) || !reduce(text)) return no_head;
  Entry& entry = place(region);
  if (holds(entry, region)) {
    if (entry.used < 255) ++entry.used;
  } else {
    if (!m_met.knows(m_hash)) return no_head;
    m_normal.chars.assign(text.view());
    m_resolver.resolve_names(m_normal, region, m_path);
    const HeadId head = intern(text, m_path);
    if (head == no_head) return no_head;
    entry.region = region;
    entry.head = head;
    entry.length = static_cast<std::uint16_t>(m_length);
    entry.ended = m_ended;
    entry.used = 1;
    std::copy_n(m_reduced.begin(), m_length, entry.reduced.begin());
  }
  return may_name_village(text, m_heads[entry.head]) ? with_village(text, entry.head) : entry.head;
}

}  // namespace menpai::address

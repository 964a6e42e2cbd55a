// SPDX-License-Identifier: Apache-2.0
// Reduces a text to what the resolver can see of it and remembers results by that.
#include "address/division/quick_divisions.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstring>

#include "address/division/division_layout.hpp"
#include "address/division/division_village.hpp"
#include "address/rules.hpp"
#include "address/text/lexicon.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t text_max = 120;      ///< longer texts are resolved anew
constexpr std::size_t reduced_max = 56;    ///< the longest reduced text that is remembered
constexpr std::uint32_t look_ahead = 8;    ///< how far behind a key's end generic words are sought
constexpr std::uint32_t step_over = 3;     ///< how many numerals and directions behind a key's end are stepped over
constexpr std::uint32_t suffix_max = 6;    ///< the longest generic word of a division, and one character
constexpr std::uint32_t word_max = 12;     ///< the longest generic word of an address
constexpr std::size_t memory_size = 8192;  // a power of two
constexpr std::size_t holders_max = 16;
constexpr std::uint32_t villages_sought = 16;  ///< how far behind the names add_village looks
constexpr char16_t blank = 1;                  ///< stands for a character that the resolver cannot tell from others

/// What the resolver may make of a character.
enum Sight : std::uint8_t {
  tested = 1,       ///< it asks for this very character
  numeral = 2,      ///< one to ten, which are all alike
  begins_word = 4,  ///< a generic word of address_words.tsv or a division's may begin with it
  inside_word = 8,  ///< or go on with it
};

class SightTable {
 public:
  static const SightTable& get() {
    static const SightTable made;
    return made;
  }
  std::uint8_t operator[](char32_t c) const { return m_sight[c]; }

 private:
  SightTable() : m_sight(0x10000) {
    for (char32_t c = 0; c < 0x10000; ++c) {
      if (c < 0x3400 || c >= 0xE000 || is_direction(c)) m_sight[c] = tested;
    }
    for (const char32_t c : std::u32string_view(U"省市县区镇乡场肆间道舰下里段社国")) m_sight[c] |= tested;
    for (const char32_t c : std::u32string_view(U"一二三四五六七八九十")) m_sight[c] |= numeral;
    for_each_rule("address_words.tsv", [&](std::string_view, std::string_view word) { add_word(fold_text(word)); });
    for (const std::u32string_view word : division_words) add_word(word);
  }
  void add_word(std::u32string_view word) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (word[i] < 0x10000) m_sight[word[i]] |= i == 0 ? begins_word : inside_word;
    }
  }
  /// The words that suffix_at knows.
  static constexpr std::u32string_view division_words[] = {
      U"街道办事处", U"街办事处",   U"办事处", U"地区办事处", U"自治区", U"自治州", U"自治县",
      U"自治旗",     U"特别行政区", U"特区",   U"林区",       U"矿区",   U"新区",   U"民族乡",
      U"苏木",       U"公社",       U"管理区", U"旗",         U"盟",     U"州",     U"街"};
  std::vector<std::uint8_t> m_sight;
};

bool is_numeral(char32_t c) {
  return is_digit(c) || std::u32string_view(U"一二三四五六七八九十").find(c) != std::u32string_view::npos;
}

std::uint32_t mix(std::uint32_t a, std::uint32_t b) {
  std::uint32_t h = a * 0x9E3779B1u ^ b * 0x85EBCA77u;
  return h ^ h >> 15;
}

std::uint64_t hash_reduced(std::span<const char16_t> text, DivisionNode region, bool ended) {
  std::uint64_t h = region * 0x9E3779B97F4A7C15u + text.size() * 2 + (ended ? 1 : 0);
  std::size_t i = 0;
  for (; i + 4 <= text.size(); i += 4) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, sizeof word);
    h = (h ^ word) * 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
  }
  for (; i < text.size(); ++i) h = (h ^ text[i]) * 0xD6E8FEB86659FD93u;
  return h ^ h >> 29;
}

/// How far a text whose last key ends at `end` is looked at: generic words not far behind a key, a division's word
/// right behind it, numerals and directions that are stepped over.
std::uint32_t seen_end(std::u32string_view chars, std::uint32_t end) {
  const auto size = static_cast<std::uint32_t>(chars.size());
  std::uint32_t stop = end;
  const auto see_word = [&](std::uint32_t at) {
    const WordMatch word = word_at(chars, at);
    stop = std::max(stop, at + std::max<std::uint32_t>(1, word.length));
    if (word.kind != WordKind::none) stop = std::max(stop, at + word.length + word_at(chars, at + word.length).length);
    return word.kind != WordKind::none;
  };
  for (std::uint32_t at = end > suffix_max ? end - suffix_max : 0; at <= end; ++at) {
    stop = std::max(stop, at + suffix_at(chars, at).length + 1);
  }
  std::uint32_t at = end;
  while (at < size && at < end + step_over && (is_direction(chars[at]) || is_numeral(chars[at]))) ++at;
  see_word(at);
  for (at = end; at < size && at < end + look_ahead; ++at) {
    if (see_word(at) || is_digit(chars[at]) || is_separator(chars[at])) break;
  }
  return std::min(stop, size);
}

}  // namespace

namespace {

/// The length of the longest key at the beginning of `symbols`, which a 0 ends; 0 if none stands there.
std::uint32_t longest_key(const KeyHeads& heads, const DoubleArray& trie, const char16_t* symbols) {
  if (!heads.may_begin(symbols[0], symbols[1])) return 0;
  std::uint32_t length = 0;
  std::uint32_t state = DoubleArray::root;
  for (std::uint32_t i = 0; symbols[i] != 0 && trie.step(state, symbols[i]); ++i) {
    if (trie.value(state) != no_value) length = i + 1;
  }
  return length;
}

}  // namespace

struct QuickDivisions::Memory {
  struct Entry {
    DivisionNode region = no_division;
    std::uint16_t length = 0;  ///< 0: nothing is remembered here
    bool ended = false;        ///< the text ends with the reduced text
    std::uint8_t used = 0;     ///< how much it is worth keeping
    std::array<char16_t, reduced_max> reduced{};
    DivisionPath path;
  };
  /// Which pairs of symbols villages below a holder begin with.
  struct Holder {
    static constexpr std::uint32_t bits = 8192;
    DivisionNode node = no_division;
    std::bitset<bits> pairs;
    void add(std::uint32_t a, std::uint32_t b) { pairs[mix(a, b) % bits] = true; }
    bool has(std::uint32_t a, std::uint32_t b) const { return pairs[mix(a, b) % bits]; }
  };

  bool holds(const Entry& entry, DivisionNode region) const {
    return entry.region == region && entry.length == length + 1 && entry.ended == ended &&
           std::equal(reduced.begin(), reduced.begin() + length, entry.reduced.begin());
  }
  /// The entry of the scratch's reduced text, or the one to be replaced by it: a text may stand in two places.
  Entry& entry(DivisionNode region) {
    if (entries.empty()) entries.resize(memory_size);
    const std::uint64_t hash = hash_reduced({reduced.data(), length}, region, ended);
    Entry& one = entries[hash & (memory_size - 1)];
    if (holds(one, region)) return one;
    Entry& other = entries[hash >> 32 & (memory_size - 1)];
    if (holds(other, region)) return other;
    Entry& worse = one.used <= other.used ? one : other;
    Entry& better = one.used <= other.used ? other : one;
    better.used = static_cast<std::uint8_t>(better.used - better.used / 8);
    return worse;
  }

  const Holder& holder(const DivisionIndex::Data& data, DivisionNode node) {
    const auto at = std::find_if(holders.begin(), holders.end(), [&](const Holder& h) { return h.node == node; });
    if (at != holders.end()) return *at;
    if (holders.size() < holders_max) holders.emplace_back();
    Holder& made = holders[next_holder++ % holders_max];
    made = {.node = node, .pairs = {}};
    const NodeRecord& record = data.node_records()[node];
    const auto pool = data.symbol_pool();
    for (const VillageRecord& v : data.village_records().subspan(record.village_first, record.village_count)) {
      if (v.length > 0) made.add(pool[v.pool], v.length > 1 ? pool[v.pool + 1] : 0);
    }
    return made;
  }

  std::vector<Entry> entries;
  std::vector<Holder> holders;
  std::size_t next_holder = 0;
  std::array<char16_t, text_max + 2> symbols{};
  std::array<char16_t, reduced_max> reduced{};
  std::bitset<text_max> in_key;
  std::uint32_t length = 0;  ///< of the reduced text
  bool ended = false;
};

QuickDivisions::QuickDivisions(const DivisionIndex& index)
    : m_index(&index), m_resolver(index), m_memory(std::make_unique<Memory>()) {}
QuickDivisions::~QuickDivisions() = default;
QuickDivisions::QuickDivisions(QuickDivisions&&) noexcept = default;

/// Fills the memory's scratch with the reduced text. False for a text that is not reduced.
bool QuickDivisions::reduce(const NormalText& text, DivisionNode region) {
  const std::u32string_view chars = text.chars;
  const auto size = static_cast<std::uint32_t>(chars.size());
  const DivisionIndex::Data& data = m_index->data();
  const KeyHeads& heads = data.key_heads();
  if (!heads.are_pairs() || size > text_max || (region != no_division && region >= m_index->size())) return false;
  Memory& m = *m_memory;
  const DoubleArray trie = data.trie();
  for (std::uint32_t i = 0; i < size; ++i) {
    if (chars[i] >= 0x10000 || chars[i] == blank) return false;
    m.symbols[i] = data.symbol(chars[i]);
  }
  m.symbols[size] = 0;
  std::uint32_t keys_end = 0;
  m.in_key.reset();
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::uint32_t length = longest_key(heads, trie, &m.symbols[i]);
    for (std::uint32_t k = std::max(i, keys_end); k < i + length; ++k) m.in_key[k] = true;
    if (length > 0) keys_end = std::max(keys_end, i + length);
  }
  m.length = keys_end == 0 ? 0 : seen_end(chars, keys_end);
  m.ended = m.length == size;
  if (m.length > reduced_max) return false;
  const SightTable& sight = SightTable::get();
  std::uint32_t word_end = 0;
  const auto see_word = [&](std::uint32_t at) {
    word_end = std::max({word_end, at + word_at(chars, at).length, at + suffix_at(chars, at).length});
  };
  for (std::uint32_t i = 0; i < m.length; ++i) {
    const char32_t c = chars[i];
    if (m.in_key[i]) {
      m.reduced[i] = static_cast<char16_t>(c);
      continue;
    }
    const std::uint8_t seen = sight[c];
    if ((seen & inside_word) != 0 && i > 0 && m.in_key[i - 1]) {  // a word may begin within the key
      for (std::uint32_t at = i > word_max ? i - word_max : 0; at < i; ++at) see_word(at);
    }
    if ((seen & begins_word) != 0) see_word(i);
    const bool shown = i < word_end || (seen & tested) != 0;
    const char16_t like = (seen & numeral) != 0 ? u'一' : blank;
    m.reduced[i] = is_digit(c) ? u'0' : shown ? static_cast<char16_t>(c) : like;
  }
  return true;
}

/// Whether a village of the division that was found may stand behind its name. Seldom true where none does.
bool QuickDivisions::may_name_village(const NormalText& text, const DivisionPath& path) {
  const DivisionIndex::Data& data = m_index->data();
  const DivisionNode node = village_holder(data, path);
  if (node == no_division) return false;
  Memory& m = *m_memory;
  const Memory::Holder& holder = m.holder(data, node);
  const std::u32string_view chars = text.chars;
  const std::uint32_t at = path.mentions.empty() ? 0 : path.mentions.back().to;
  const std::uint32_t limit = std::min(static_cast<std::uint32_t>(chars.size()), at + villages_sought);
  bool fresh = true;
  for (std::uint32_t i = at; i < limit; ++i) {
    if (is_separator(chars[i])) {
      fresh = true;
    } else if (fresh) {
      fresh = false;
      if (holder.has(m.symbols[i], m.symbols[i + 1]) || holder.has(m.symbols[i], 0)) return true;
    }
  }
  return false;
}

/// Whether remembering is worth its cost now: a list in which few heads come again is resolved without it for a while,
/// for longer each time.
bool QuickDivisions::is_worth_it() {
  constexpr std::uint32_t window = 256;
  constexpr std::uint32_t rest_min = 1024;
  constexpr std::uint32_t rest_max = 16 * rest_min;
  if (m_window.resting > 0) {
    --m_window.resting;
    return false;
  }
  if (++m_window.asked < window) return true;
  const bool worth = m_window.remembered * 3 >= window;
  m_window.rest = worth ? 0 : std::clamp(2 * m_window.rest, rest_min, rest_max);
  m_window.resting = m_window.rest;
  m_window.asked = m_window.remembered = 0;
  return true;
}

void QuickDivisions::resolve(const NormalText& text, DivisionNode region, DivisionPath& path) {
  if (is_worth_it()) return resolve_remembering(text, region, path);
  ++m_counts.resolved;
  m_resolver.resolve(text, region, path);
}

void QuickDivisions::resolve_all(std::span<const DivisionResolver::Task> tasks, DivisionNode region) {
  m_fresh.clear();
  for (const DivisionResolver::Task& task : tasks) {
    if (is_worth_it()) {
      resolve_remembering(*task.text, region, *task.path);
    } else {
      m_fresh.push_back(task);
    }
  }
  m_counts.resolved += m_fresh.size();
  m_resolver.resolve_all(m_fresh, region);
}

void QuickDivisions::resolve_remembering(const NormalText& text, DivisionNode region, DivisionPath& path) {
  if (!reduce(text, region)) {
    ++m_counts.resolved;
    return m_resolver.resolve(text, region, path);
  }
  Memory& m = *m_memory;
  Memory::Entry& entry = m.entry(region);
  if (m.holds(entry, region)) {
    ++m_counts.remembered;
    ++m_window.remembered;
    if (entry.used < 255) ++entry.used;
    path = entry.path;
  } else {
    ++m_counts.resolved;
    m_resolver.resolve_names(text, region, path);
    entry.region = region;
    entry.length = static_cast<std::uint16_t>(m.length + 1);
    entry.ended = m.ended;
    entry.used = 1;
    std::copy_n(m.reduced.begin(), m.length, entry.reduced.begin());
    entry.path = path;
    // Where heads do not come again, neither do counties: their villages are not worth a filter.
    return add_village(m_index->data(), text.chars, {m.symbols.data(), text.chars.size()}, path);
  }
  if (may_name_village(text, path)) {
    add_village(m_index->data(), text.chars, {m.symbols.data(), text.chars.size()}, path);
  }
}

}  // namespace menpai::address

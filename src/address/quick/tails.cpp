// SPDX-License-Identifier: Apache-2.0
// Reduces tails and tells what the steps of a text are made of.
#include "address/quick/tails.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "address/match/compose.hpp"
#include "address/quick/sight.hpp"

namespace menpai::address {
namespace {

constexpr char16_t blank = 1;

/// A number is one symbol, by how many digits it has; no digit stands for itself.
bool is_run(char16_t symbol) {
  return symbol >= u'0' && symbol <= u'9';
}

bool is_name(const TypedElement& e) {
  return e.kind == NumberKind::none && e.to - e.from >= 2 &&
         (e.level == Level::place || e.level == Level::village || e.level == Level::town);
}

/// Makes the template of one text.
class TemplateMaker {
 public:
  TemplateMaker(const Tail& tail, const Reading& reading, const AddressPath& path, Template& made)
      : m_tail(tail), m_reading(reading), m_path(path), m_made(made) {}

  /// False where the text's steps depend on more than a template says.
  bool run(const Head& head) {
    if (m_reading.further != Level::none || m_path.items.size() > Template::numbers_max + 1) return false;
    for (const TypedElement& e : m_reading.elements) {
      if (e.division == no_division && e.from < head.end && e.label != Label::country) return false;
      if (e.division == no_division && is_name(e) && !add_start(e)) return false;
    }
    for (const PathItem& item : m_path.items) {
      if (item.several || !(item.numeric ? add_number(item) : add_name(item))) return false;
    }
    std::stable_sort(m_made.numbers.begin(), m_made.numbers.begin() + m_made.number_count,
                     [](const Template::Counted& a, const Template::Counted& b) { return a.level < b.level; });
    find_floor_and_room();
    set_kind();
    return fills_as_read();
  }

 private:
  /// The symbol that begins at a position of the text.
  std::optional<std::uint8_t> symbol(std::uint32_t position) const {
    const auto end = m_tail.at.begin() + m_tail.length + 1;
    const auto at = std::lower_bound(m_tail.at.begin(), end, position);
    if (at == end || *at != position) return std::nullopt;
    return static_cast<std::uint8_t>(at - m_tail.at.begin());
  }

  bool add_start(const TypedElement& e) {
    const auto at = symbol(e.from);
    if (!at || m_made.name_count == Template::names_max) return false;
    m_made.names[m_made.name_count++] = *at;
    return true;
  }

  /// One name, before all numbers.
  bool add_name(const PathItem& item) {
    const TypedElement& first = m_reading.elements[item.element];
    const auto from = symbol(first.from);
    const auto to = symbol(m_reading.elements[item.last_element].to);
    if (first.kind != NumberKind::none || !from || !to || m_made.number_count > 0) return false;
    if (m_made.name_from != Template::none) return false;
    m_made.name_from = *from;
    m_made.name_to = *to;
    return true;
  }

  bool add_number(const PathItem& item) {
    const TypedElement& e = m_reading.elements[item.element];
    const auto from = symbol(e.from);
    const auto to = symbol(e.to);
    if (!from || !to || m_made.number_count == Template::numbers_max) return false;
    Template::Counted& counted = m_made.numbers[m_made.number_count++];
    counted = {.key = 0, .run = Template::none, .is_negative = false, .level = item.level};
    const auto begin = m_tail.symbols.begin();
    const auto runs = std::count_if(begin + *from, begin + *to, is_run);
    Number number = e.number;
    if (runs > 1) return false;  // of two numbers nobody knows which is meant
    if (runs == 1) {
      if (number.sub != 0 || !(e.last == number)) return false;
      const auto before = std::count_if(begin, begin + *from, is_run);
      const std::int32_t value = m_tail.values[static_cast<std::size_t>(before)];
      counted.run = static_cast<std::uint8_t>(before);
      counted.is_negative = number.value < 0;
      if (number.value != value && number.value != -value) return false;
      number.value = 0;
    }
    const auto key = pack_number(e.kind, number, e.text(m_reading.normal));
    counted.key = key.value_or(0);
    return key.has_value();
  }

  void find_floor_and_room() {
    for (const PathItem& item : m_path.items) {
      if (item.numeric && item.level == Level::room) {
        const char32_t last = item_text(m_reading, item).back();
        m_made.counts_by_floor = last == U'室' || last == U'房' || last == U'户' || last == U'号' || last < 0x80;
        break;
      }
    }
    for (std::uint8_t i = 0; i < m_made.number_count; ++i) {
      const Level level = m_made.numbers[i].level;
      if (level == Level::floor) m_made.floor = i;
      if (level == Level::room && m_made.room == Template::none) m_made.room = i;
    }
  }

  /// The levels and kinds of the numbers, and what the others are.
  void set_kind() {
    std::vector<Piece> pieces;
    residue_pieces(m_reading, m_path, all_explained, pieces);
    if (m_made.number_count == 0 || !pieces.empty()) return;
    std::uint64_t kind = m_made.number_count;
    for (std::size_t i = 0; i < Template::numbers_max; ++i) {
      const Template::Counted& counted = m_made.numbers[i];
      kind = kind << 8 | static_cast<std::uint64_t>(counted.level) << 4 | counted.key >> 60;
    }
    kind = kind << 3 | (m_made.floor & 7);
    kind = kind << 3 | (m_made.room & 7);
    m_made.kind = kind << 2 | (m_made.counts_by_floor ? 2 : 0) | (m_made.name_from != Template::none ? 1 : 0);
  }

  /// Whether the template gives the numbers that the reader found.
  bool fills_as_read() const {
    TailNumbers numbers;
    fill_numbers(m_made, m_tail, numbers);
    std::vector<PathItem> items;
    for (const PathItem& item : m_path.items) {
      if (item.numeric) items.push_back(item);
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const PathItem& a, const PathItem& b) { return a.level < b.level; });
    for (std::size_t i = 0; i < items.size(); ++i) {
      const bool implied = numbers.implied_floor && i == m_made.floor;
      if (items[i].key != numbers.keys[i] || items[i].implied != implied) return false;
    }
    return true;
  }

  const Tail& m_tail;
  const Reading& m_reading;
  const AddressPath& m_path;
  Template& m_made;
};

}  // namespace

bool Tail::reduce(const PlainText& text, std::uint32_t from) {
  if (text.size - from > size_max) return false;
  std::uint32_t count = 0;
  std::uint32_t runs = 0;
  std::uint32_t before = 0;  // the flags of the character before, if it may join numbers
  for (std::uint32_t i = from; i < text.size; ++i) {
    at[count] = static_cast<std::uint8_t>(i);
    const std::uint32_t flags = text.flags[i];
    if ((flags & Sight::digit) == 0) {
      const bool shown = (flags & Sight::tail_shown) != 0 || (text.in_word >> i & 1) != 0;
      symbols[count++] = shown ? static_cast<char16_t>(text.chars[i]) : blank;
      before = flags;
      continue;
    }
    // 8号之3: a part of its own, whatever its value.
    const bool part = i >= from + 2 && text.chars[i - 1] == U'之' && text.chars[i - 2] == U'号';
    const bool joined_before = (before & Sight::joint) != 0 && !part;
    if (joined_before || text.chars[i] == U'0' || runs == runs_max) return false;
    std::int32_t value = 0;
    const std::uint32_t first = i;
    for (; (text.flags[i] & Sight::digit) != 0; ++i)
      value = value * 10 + static_cast<std::int32_t>(text.chars[i] - U'0');
    const bool joint = (text.flags[i] & Sight::joint) != 0 && i + 1 < text.size;
    const bool stem = (text.flags[i] & Sight::stem) != 0 && (text.flags[i + 1] & Sight::digit) != 0;
    if (joint || stem) return false;
    values[runs++] = value;
    symbols[count++] = static_cast<char16_t>(u'0' + (i - first));
    before = 0;
    --i;
  }
  length = count;
  at[count] = static_cast<std::uint8_t>(text.size);
  for (std::uint32_t i = count; i < count + 4; ++i) symbols[i] = 0;
  return true;
}

void fill_numbers(const Template& like, const Tail& tail, TailNumbers& numbers) {
  for (std::size_t i = 0; i < like.number_count; ++i) {
    const Template::Counted& counted = like.numbers[i];
    numbers.keys[i] = counted.key;
    if (counted.run == Template::none) continue;
    const std::int32_t value = tail.values[counted.run];
    numbers.keys[i] = with_value(counted.key, counted.is_negative ? -value : value);
  }
  numbers.implied_floor = false;
  if (like.floor == Template::none || like.room == Template::none) return;
  const NumberKey floor = numbers.keys[like.floor];
  NumberKey& room = numbers.keys[like.room];
  const std::int32_t on_floor = number_letters(floor) == 0 ? number_value(floor) : 0;
  const std::int32_t number = number_value(room);
  if (on_floor > 0 && number > 0 && number < 100 && number_letters(room) == 0 && like.counts_by_floor) {
    room = with_value(room, on_floor * 100 + number);
  }
  numbers.implied_floor = on_floor > 0 && number_value(room) / 100 == on_floor;
}

bool may_repeat(const Template& like, const Tail& tail, const PlainText& text, const Head& head) {
  const auto alike = [&](std::uint32_t a, std::uint32_t b) {
    return text.chars[a] == text.chars[b] && text.chars[a + 1] == text.chars[b + 1];
  };
  for (std::size_t i = 0; i < like.name_count; ++i) {
    const std::uint32_t at = tail.at[like.names[i]];
    for (const Mention& mention : head.path.mentions) {
      if (alike(at, mention.from)) return true;
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (alike(at, tail.at[like.names[k]])) return true;
    }
  }
  return false;
}

void Tails::clear() {
  m_entries.clear();
}

bool Tails::holds(const Entry& entry, HeadState state, const Tail& tail) {
  return entry.state == state && entry.length == tail.length &&
         std::memcmp(entry.symbols.data(), tail.symbols.data(), tail.length * sizeof tail.symbols[0]) == 0;
}

std::uint64_t Tails::hash_of(HeadState state, const Tail& tail) {
  std::uint64_t hash = std::uint64_t{state} << 8 | tail.length;
  for (std::size_t i = 0; i < tail.length; i += 4) {
    std::uint64_t word;
    std::memcpy(&word, tail.symbols.data() + i, sizeof word);
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return hash;
}

/// Where a tail may be remembered.
Tails::Places Tails::places(HeadState state, const Tail& tail) {
  const std::uint64_t hash = hash_of(state, tail);
  return {hash & (entries_size - 1), hash >> 20 & (entries_size - 1)};
}

const Template* Tails::find(HeadState state, const Tail& tail) {
  if (m_entries.empty()) return nullptr;
  const Places at = places(state, tail);
  for (const std::size_t i : {at.one, at.other}) {
    Entry& entry = m_entries[i];
    if (!holds(entry, state, tail)) continue;
    if (entry.used < 255) ++entry.used;
    return &entry.made;
  }
  return nullptr;
}

void Tails::learn(const PlainText& text, const Head& head, const Tail& tail, const Reading& reading,
                  const AddressPath& path) {
  const auto repeated = [](const TypedElement& e) { return e.repeated; };
  if (std::any_of(reading.elements.begin(), reading.elements.end(), repeated)) return;
  Template made;
  made.is_quick = TemplateMaker(tail, reading, path, made).run(head);
  // What the text at hand says twice may be said once by the next.
  if (made.is_quick && may_repeat(made, tail, text, head)) return;
  made.serial = ++m_serials;
  if (m_entries.empty()) m_entries.resize(entries_size);
  const Places at = places(head.state, tail);
  Entry& one = m_entries[at.one];
  Entry& other = m_entries[at.other];
  Entry& worse = one.used <= other.used ? one : other;
  Entry& better = one.used <= other.used ? other : one;
  better.used = static_cast<std::uint16_t>(better.used - better.used / 8);
  worse = {head.state, static_cast<std::uint16_t>(tail.length), 1, {}, made};
  std::copy_n(tail.symbols.begin(), tail.length, worse.symbols.begin());
}

}  // namespace menpai::address

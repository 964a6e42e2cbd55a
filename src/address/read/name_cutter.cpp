// SPDX-License-Identifier: Apache-2.0
// Where a name ends, and what its last word makes of it.
#include "address/read/name_cutter.hpp"

#include "address/text/numerals.hpp"

namespace menpai::address {

/// The length of a generic word that begins a name (新村坊, 市场东路), so that no part of it ends one; at least 1.
std::uint32_t NameCutter::bare_word(std::uint32_t at, std::uint32_t to) const {
  const WordMatch word = word_at(m_cut.chars, at);
  const bool whole = word.kind == WordKind::estate || word.kind == WordKind::unit || word.kind == WordKind::part;
  return whole && at + word.length <= to ? word.length : 1;
}

/// Whether a road's generic word follows at once or behind 东西南北中 or numerals: 花园|路, 园区|东路, 市场|二街.
bool NameCutter::road_follows(std::uint32_t at, std::uint32_t to) const {
  std::uint32_t i = at;
  while (i < to && i < at + 2 && (is_compass(m_cut.chars[i]) || numeral_digit(m_cut.chars[i]) >= 0)) ++i;
  return road_word_at(i, to);
}

bool NameCutter::road_word_at(std::uint32_t at, std::uint32_t to) const {
  if (at >= to) return false;
  const WordMatch word = word_at(m_cut.chars, at);
  const bool street_office = m_cut.chars[at] == U'街' && word.kind == WordKind::town;
  return !street_office && (word.kind == WordKind::road || word.kind == WordKind::lane) && at + word.length <= to;
}

bool NameCutter::starts_fresh(std::uint32_t at, std::uint32_t to) const {
  return at >= to || is_separator(m_cut.chars[at]) || is_digit(m_cut.chars[at]) || is_latin(m_cut.chars[at]);
}

/// Whether a road's word at [at, end) is inside the road's name: 钱路|头, 横街|东路, 四道|口路, 五道|13路.
bool NameCutter::road_goes_on(std::uint32_t at, std::uint32_t end, std::uint32_t to) const {
  if (end >= to) return false;
  const char32_t next = m_cut.chars[end];
  if (next == U'头') return true;
  if (next == U'口' || is_compass(next)) return road_word_at(end + 1, to);
  if (m_cut.chars[at] != U'道' || end != at + 1) return false;
  std::uint32_t i = end;
  while (i < to && (is_digit(m_cut.chars[i]) || numeral_digit(m_cut.chars[i]) >= 0 || m_cut.chars[i] == U'十')) ++i;
  return i > end && i < to && (m_cut.chars[i] == U'路' || m_cut.chars[i] == U'街');
}

/// Whether the generic word that ends at `end` ends the name too, or goes on into a road's or a town's name.
bool NameCutter::word_ends_name(WordKind kind, std::uint32_t name, std::uint32_t at, std::uint32_t end,
                                std::uint32_t to) const {
  if (at == name) {  // a bare generic word is a name if it is a long one, or stands alone
    if (kind == WordKind::section) return m_cut.on_road();
    const bool can =
        kind == WordKind::zone || kind == WordKind::estate || kind == WordKind::unit || kind == WordKind::part;
    return can && (end - at >= 3 || starts_fresh(end, to)) && !road_follows(end, to);
  }
  const WordMatch next = word_at(m_cut.chars, end);
  if (next.kind == WordKind::town && (next.length >= 2 || kind == WordKind::town)) return false;  // 陇海路|街道
  switch (kind) {
    case WordKind::road:
    case WordKind::lane:
      return !road_goes_on(at, end, to);
    case WordKind::town:
      return at - name >= 2 && m_cut.place == CutPlace::none ? true : !road_follows(end, to) && at > name;
    case WordKind::community:
      if (end + 1 < to && m_cut.chars[end] == U'社' && is_digit(m_cut.chars[end + 1])) return false;  // 前村社95号
      return !(at - name == 1 ? road_follows(end, to) : road_word_at(end, to));                       // 环村|东路
    default:
      return !road_follows(end, to);
  }
}

/// The length of an "and" between two addresses or numbers: 8号|及|二马路9号, 8号|和|10号; 0 where none stands.
std::uint32_t NameCutter::list_word(std::uint32_t name, std::uint32_t at, std::uint32_t to) const {
  if (at != name || at + 1 >= to || !m_cut.behind_number()) return 0;
  const char32_t c = m_cut.chars[at];
  if (c == U'以' && m_cut.chars[at + 1] == U'及') return 2;
  if (c == U'及') return 1;
  return (c == U'和' || c == U'与') && is_digit(m_cut.chars[at + 1]) ? 1 : 0;
}

/// A generic word at `at` ends the name that began at `name`. Returns where the text goes on, or `at`.
std::uint32_t NameCutter::take_word(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
  const WordMatch word = word_at(m_cut.chars, at);
  const std::uint32_t length = assist_at(m_cut.chars, at);
  if (length > word.length && at + length <= to) {
    finish_name(name, at);
    m_cut.emit(Label::assist, Level::none, at, at + length);
    return at + length;
  }
  if (at == name && (m_cut.chars[at] == U'与' || m_cut.chars[at] == U'和') && m_cut.on_road()) {
    m_cut.emit(Label::assist, Level::none, at, at + 1);
    return at + 1;
  }
  const bool line = m_cut.chars[at] == U'线' && at > name && m_cut.chars[at - 1] != U'干';
  if (line && at + 1 < to && is_digit(m_cut.chars[at + 1])) {  // 上金线8号
    emit_name(WordKind::road, name, at + 1);
    return at + 1;
  }
  if (const std::uint32_t and_length = list_word(name, at, to); and_length > 0) {
    m_cut.emit(Label::redundant, Level::none, at, at + and_length);
    return at + and_length;
  }
  if (word.kind == WordKind::none || at + word.length > to) return at;
  std::uint32_t end = at + word.length;
  if (!word_ends_name(word.kind, name, at, end, to)) return at;
  if (word.kind == WordKind::estate || word.kind == WordKind::unit) {
    const WordMatch next = word_at(m_cut.chars, end);
    const bool same = next.kind == WordKind::estate || next.kind == WordKind::unit;
    if (same && end + next.length <= to && !road_follows(end + next.length, to)) end += next.length;
  }
  const bool road = word.kind == WordKind::road || word.kind == WordKind::lane;
  const bool goes_on = end + 1 < to && (is_compass(m_cut.chars[end]) || m_cut.chars[end] == U'里');
  if (road && goes_on && is_digit(m_cut.chars[end + 1])) ++end;  // 金三大道中236号, 后巷里173号
  const bool area =
      end < to && m_cut.chars[end] == U'区' && (starts_fresh(end + 1, to) || m_cut.chars[end + 1] == U'第');
  if (area && (word.kind == WordKind::estate || word.kind == WordKind::unit)) ++end;  // 别墅区第五栋
  if (word.kind == WordKind::part && at - name >= 2) {  // 水岸家|东区: a part of the place before it
    finish_name(name, at);
    name = at;
  }
  emit_name(word.kind, name, end);
  return end;
}

void NameCutter::emit_name(WordKind kind, std::uint32_t from, std::uint32_t to) {
  m_cut.last_word = kind;
  m_cut.last_hamlet = false;
  m_cut.last_char = m_cut.chars[to - 1];
  const bool is_market =
      m_cut.ends_with(from, to, U"市场") || m_cut.ends_with(from, to, U"城") || m_cut.ends_with(from, to, U"大厦");
  m_cut.last_market = is_market || (m_cut.last_market && kind == WordKind::part);
  m_cut.last_tower = m_cut.ends_with(from, to, U"大厦") || m_cut.ends_with(from, to, U"广场") ||
                     m_cut.ends_with(from, to, U"商场") || m_cut.ends_with(from, to, U"中心") ||
                     m_cut.ends_with(from, to, U"百货");
  switch (kind) {
    case WordKind::road:
    case WordKind::lane: {
      if (m_cut.last == Label::floorno) {  // the aisles of a wholesale market are named like streets: 三楼四川街575号
        m_cut.emit(Label::cellno, Level::place, from, to);
        break;
      }
      const bool below = m_cut.on_road();
      m_cut.emit(below ? Label::subroad : Label::road, Level::place, from, to);
      m_cut.place = CutPlace::road;
      break;
    }
    case WordKind::section:
      m_cut.emit(Label::subroad, Level::place, from, to);
      break;
    case WordKind::zone:
      m_cut.emit(Label::devzone, Level::place, from, to);
      break;
    case WordKind::town: {
      const bool head = m_cut.place == CutPlace::none;  // 长乐路350号|闽南古镇 is a place at the road
      m_cut.emit(head ? Label::town : m_cut.poi_label(), head ? Level::town : Level::place, from, to);
      if (!head) m_cut.place = CutPlace::estate;
      break;
    }
    case WordKind::community: {
      const bool head = m_cut.place == CutPlace::none;
      m_cut.emit(head ? Label::community : m_cut.poi_label(), head ? Level::village : Level::place, from, to);
      m_cut.place = m_cut.place == CutPlace::none ? CutPlace::village : CutPlace::estate;
      break;
    }
    case WordKind::part:
      emit_part(from, to);
      break;
    default:
      m_cut.emit(m_cut.poi_label(), Level::place, from, to);
      m_cut.place = CutPlace::estate;
  }
}

void NameCutter::emit_part(std::uint32_t from, std::uint32_t to) {
  const bool inside = m_cut.last == Label::floorno || m_cut.last == Label::roomno;  // 一楼A区: what of the floor it is
  m_cut.emit(inside ? Label::subpoi : m_cut.poi_label(), inside ? Level::room : Level::place, from, to);
  if (!inside) m_cut.place = CutPlace::estate;
}

/// A name that no generic word ended.
void NameCutter::finish_name(std::uint32_t from, std::uint32_t to) {
  if (from >= to) return;
  m_cut.last_char = m_cut.chars[to - 1];
  const bool estate = std::u32string_view(U"苑墅邸厦庭").find(m_cut.last_char) != std::u32string_view::npos;
  m_cut.last_word = estate ? WordKind::estate : WordKind::none;
  m_cut.last_market = m_cut.last_market || m_cut.ends_with(from, to, U"城");
  m_cut.last_tower = false;
  m_cut.last_hamlet = m_cut.last == Label::community;
  if (to - from == 2 && m_cut.chars[from] == U'中' && m_cut.chars[from + 1] == U'国') {
    m_cut.emit(Label::country, Level::none, from, to);
    return;
  }
  if (to - from == 1 && is_latin(m_cut.chars[from]) && (m_cut.last == Label::poi || m_cut.last == Label::subpoi)) {
    TypedElement& e = m_cut.emit(Label::houseno, Level::building, from, to);
    e.kind = NumberKind::building;
    e.number.prefix = e.last.prefix = m_cut.chars[from];
    return;
  }
  if (to - from == 1 && is_latin(m_cut.chars[from]) && m_cut.last == Label::floorno) {  // 四楼A
    Number letter;
    letter.prefix = m_cut.chars[from];
    m_cut.emit_counted(Label::roomno, NumberKind::room, from, to, letter);
    return;
  }
  if (to - from == 1) {
    m_cut.emit(is_place_hint(m_cut.chars[from]) ? Label::assist : Label::redundant, Level::none, from, to);
    return;
  }
  if (to - from >= 3 && is_latin(m_cut.chars[to - 1]) && is_ideograph(m_cut.chars[to - 2])) {  // 天星龙A
    finish_name(from, to - 1);
    finish_name(to - 1, to);
    return;
  }
  const char32_t last = m_cut.chars[to - 1];
  const bool trailing = to - from >= 3 && (last == U'内' || last == U'后' || last == U'旁' || last == U'侧');
  const std::uint32_t end = trailing ? to - 1 : to;
  if (m_cut.last == Label::roomno || m_cut.last == Label::floorno) {
    m_cut.emit(Label::person, Level::none, from, end);
  } else {
    m_cut.emit(m_cut.poi_label(), Level::place, from, end);
    m_cut.place = CutPlace::estate;
  }
  if (trailing) m_cut.emit(Label::assist, Level::none, end, to);
}

}  // namespace menpai::address

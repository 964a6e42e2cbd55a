// SPDX-License-Identifier: Apache-2.0
// Numbers with unit words, numbers inside names, and what stands below a number.
#include "address/read/number_cutter.hpp"

#include <algorithm>

#include "address/text/numerals.hpp"

namespace menpai::address {
namespace {

/// 之一, 之十二: the numeral alone, whatever digits follow it (4号之一3栋).
std::optional<NumberRead> read_sub_numeral(std::u32string_view text, std::uint32_t at) {
  const auto numeral = read_numeral(text, at);
  if (!numeral) return std::nullopt;
  NumberRead read;
  read.number.value = numeral->value;
  read.end = numeral->end;
  read.chinese = true;
  return read;
}

NumberKind kind_of_number(Label label) {
  switch (label) {
    case Label::roadno:
    case Label::subroadno:
      return NumberKind::door;
    case Label::houseno:
    case Label::assist:
      return NumberKind::building;
    case Label::cellno:
      return NumberKind::unit;
    case Label::floorno:
      return NumberKind::floor;
    default:
      return NumberKind::room;
  }
}

/// What a number of this label counts in its place. 392号 behind a bare name is the house number, whatever follows;
/// 401单元 is a room.
NumberKind kind_in_place(Label label, const NumberChain& chain, const NumberChain& next, const ChainContext& context) {
  if (label == Label::houseno && chain.unit.word == UnitWord::hao && chain.count <= 2 && !context.seen_door) {
    const bool named = context.last == Label::poi || context.last == Label::subpoi;
    const bool estate = context.last_word == WordKind::estate || context.last_word == WordKind::part;
    if (named && !estate) return NumberKind::door;
  }
  const bool in_place = context.last == Label::poi || context.last == Label::subpoi;
  const bool named = context.last_word == WordKind::estate || context.last_word == WordKind::part;
  if (label == Label::roadno && in_place && named && !context.building_follows && context.name_char != U'街') {
    return NumberKind::building;  // 新村5号, as in 新村5号302室
  }
  if (label == Label::cellno && chain.unit.word == UnitWord::unit) {
    const bool room_follows = next.count > 0 && next.items[0].read.digits > 0 && !next.items[0].read.chinese;
    const bool on_floor = context.last == Label::floorno;  // 11层F2单元
    if ((chain.items[0].read.number.value >= 100 || on_floor) && !room_follows) return NumberKind::room;
  }
  return kind_of_number(label);
}

}  // namespace

std::uint32_t NumberCutter::take_number(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
  const char32_t c = m_cut.chars[at];
  if (const std::uint32_t end = take_compass_unit(name, at, to); end > at) return end;
  if (const std::uint32_t end = take_basement(name, at, to); end > at) return end;
  if (c == U'附' || c == U'之') return take_sub_door(name, at, to);
  const bool stem = is_stem(c) && name == at;  // 兴港路甲10号, but 新生八甲|138号
  const bool starts = is_digit(c) || is_latin(c) || is_ordinal(c) || stem || numeral_digit(c) >= 0 || c == U'十';
  if (!starts) return at;
  if (at > name && (is_latin(m_cut.chars[at - 1]) && is_latin(c))) return at;
  if (const std::uint32_t end = take_room_code(name, at, to); end > at) return end;
  if (name == at && names_tower(at, to)) {
    Number tower;
    tower.prefix = c;
    m_cut.emit_counted(Label::houseno, NumberKind::building, at, at + 1, tower);
    return at + 1;
  }
  const NumberChain chain = read_chain(m_cut.chars, at, to);
  if (chain.count == 0) return at;
  if (chain.unit.word == UnitWord::name) return take_numbered_name(name, at, chain, to);
  if (chain.unit.word == UnitWord::distance) {
    m_names.finish_name(name, at);
    m_cut.emit(Label::assist, Level::none, at, chain.end);
    return chain.end;
  }
  if (chain.unit.word == UnitWord::door && (name < at || !m_cut.behind_number())) {  // 三门湾, 西二门
    const bool lists = chain.count == 1 && chain.items[0].read.chinese;
    if (lists) return at;
  }
  if (name < at && chain.count == 1 && chain.unit.word == UnitWord::none && chain.end < to) {  // 速8酒店, 绿地21新城
    const WordKind behind = word_at(m_cut.chars, chain.end).kind;
    if (behind == WordKind::estate || behind == WordKind::unit) return at;
  }
  if (is_postal_code(chain, to)) {
    m_names.finish_name(name, at);
    m_cut.emit(Label::redundant, Level::none, at, chain.end);
    return chain.end;
  }
  const bool estate_name = name + 2 <= at && chain.count == 1 && chain.items[0].read.chinese &&
                           chain.items[0].read.number.value == 1 && chain.unit.word == UnitWord::hao;
  if (estate_name) return at;  // 总部一号, 万山一号
  const bool letter_only = chain.count == 1 && chain.items[0].read.digits == 0;
  if (letter_only && chain.unit.word == UnitWord::none) return at;
  if (letter_only && chain.unit.word == UnitWord::floor && !is_latin(c)) return at;
  m_names.finish_name(name, at);
  emit_chain(chain);
  return chain.end;
}

/// 2E05, 3C110室: a room whose number has a letter inside; kept as it is written.
std::uint32_t NumberCutter::take_room_code(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
  const auto digits_from = [&](std::uint32_t i) {
    while (i < to && is_digit(m_cut.chars[i])) ++i;
    return i;
  };
  const std::uint32_t letter = digits_from(at);
  if (letter == at || letter > at + 4 || letter >= to || !is_latin(m_cut.chars[letter])) return at;
  if (m_cut.chars[letter] == U'F') return at;  // 7F390: a floor and a room
  const std::uint32_t end = digits_from(letter + 1);
  if (end == letter + 1 || end > letter + 5) return at;
  if (end < to && (is_latin(m_cut.chars[end]) || m_cut.chars[end] == U'-' || m_cut.chars[end] == U'/')) return at;
  const bool in_house = m_cut.behind_number() && name == at;
  const bool in_tower = (m_cut.in_place() || name < at) && end <= letter + 3;  // 大自然13B3761 is building and room
  if (!in_house && !in_tower) return at;
  const UnitMatch unit = unit_at(m_cut.chars.substr(0, to), end);
  const bool room = unit.word == UnitWord::room || unit.word == UnitWord::hao;
  if (unit.word != UnitWord::none && !room) return at;
  m_names.finish_name(name, at);
  m_cut.emit(Label::roomno, Level::room, at, end + (room ? unit.length : 0));
  return end + (room ? unit.length : 0);
}

/// 大厦A832: tower A, room 832. In a market it is a stall.
bool NumberCutter::names_tower(std::uint32_t at, std::uint32_t to) const {
  const char32_t letter = m_cut.chars[at];
  const bool towers =
      m_cut.last == Label::roadno || (m_cut.last_word == WordKind::estate && (m_cut.last_tower || !m_cut.last_market));
  if (letter < U'A' || letter > U'H' || !towers) return false;
  std::uint32_t end = at + 1;
  while (end < to && is_digit(m_cut.chars[end])) ++end;
  if (!(m_cut.in_place() || m_cut.last == Label::roadno) || end < at + 4 || end > at + 5) return false;
  if (end < to && (m_cut.chars[end] == U'-' || is_latin(m_cut.chars[end]))) return false;
  const UnitWord unit = unit_at(m_cut.chars.substr(0, to), end).word;
  return unit == UnitWord::none || unit == UnitWord::room;
}

/// Six digits alone at the end of a text whose numbers are complete: 8号325600.
bool NumberCutter::is_postal_code(const NumberChain& chain, std::uint32_t to) const {
  const NumberRead& read = chain.items[0].read;
  const bool bare = chain.count == 1 && chain.unit.word == UnitWord::none && read.number.prefix == 0;
  const bool complete = m_cut.behind_number() || m_cut.last == Label::otherinfo;
  return bare && read.digits == 6 && read.number.suffix == 0 && !read.chinese && complete && !m_cut.last_market &&
         (chain.end >= to || is_separator(m_cut.chars[chain.end]));
}

/// 5号大街, 三区, 二期, 104国道: the number belongs to a name, which may have begun before it.
std::uint32_t NumberCutter::take_numbered_name(std::uint32_t name, std::uint32_t at, const NumberChain& chain,
                                               std::uint32_t to) {
  const std::u32string_view unit = m_cut.chars.substr(chain.end - chain.unit.length, chain.unit.length);
  if (chain.count > 1) return at;
  const char32_t last = unit.back();
  if (unit == U"馆" && chain.items[0].read.digits == 0 && is_latin(m_cut.chars[at])) {  // A馆
    m_names.finish_name(name, at);
    emit_number(Label::houseno, chain, 0, 0);
    return chain.end;
  }
  if (unit == U"路" && chain.end < to && m_cut.chars[chain.end] == U'附' &&
      takes_door(m_cut.last)) {  // 10路附13号: 路 for 号
    m_names.finish_name(name, at);
    emit_number(Label::roadno, chain, 0, 0);
    return chain.end;
  }
  const bool in_market = m_cut.last == Label::floorno || (m_cut.in_place() && m_cut.last_market);
  if (unit == U"街" && in_market && name == at) {  // the aisles of a wholesale market
    emit_number(Label::cellno, chain, 0, 0);
    return chain.end;
  }
  if (last == U'路' || last == U'街' || (last == U'道' && unit != U"通道") || last == U'巷' || unit == U"胡同" ||
      unit == U"横") {
    if (last == U'街' && chain.end < to && m_cut.chars[chain.end] == U'道') return at;
    if (m_names.road_follows(chain.end, to)) return at;
    m_names.emit_name(WordKind::road, name, chain.end);
    return chain.end;
  }
  if (unit == U"期" || unit == U"区" || unit == U"号门" || unit == U"组团" || unit == U"片" || unit == U"通道") {
    if (m_names.road_follows(chain.end, to)) return at;
    m_cut.last_word = WordKind::part;
    const bool phase = unit == U"期" && at - name >= 2;
    if (name < at && (m_cut.last != Label::poi || at - name == 1) && !phase) {
      m_cut.last_market = m_cut.ends_with(name, at, U"市场") || m_cut.ends_with(name, at, U"城");
      m_names.emit_part(name, chain.end);
    } else {
      m_names.finish_name(name, at);
      m_names.emit_part(at, chain.end);
    }
    return chain.end;
  }
  return at;
}

/// 附3号, 附3-5号, 之一, 之2 behind a door number.
std::uint32_t NumberCutter::take_sub_door(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
  const bool in_room =
      m_cut.last == Label::roomno || (m_cut.last == Label::cellno && m_cut.last_kind() == NumberKind::room);
  const bool inside = m_cut.last == Label::floorno || in_room;  // 五楼之三 is a room
  if (name != at || !(m_cut.behind_number() && (m_cut.last != Label::cellno || in_room)) ||
      (inside && m_cut.chars[at] == U'附'))
    return at;
  const std::u32string_view text = m_cut.chars.substr(0, to);
  const auto read = m_cut.chars[at] == U'之' && at + 1 < to && !is_digit(m_cut.chars[at + 1])
                        ? read_sub_numeral(text, at + 1)
                        : read_number(text, at + 1);
  if (!read) return at;
  const bool behind = read->chinese && read->end < to && is_ideograph(m_cut.chars[read->end]);
  const bool word = m_cut.chars[at] == U'附' && behind && unit_at(text, read->end).word == UnitWord::none;
  if (word) return at;  // 附百科大厦
  const bool in_building = m_cut.last == Label::houseno && m_cut.last_kind() == NumberKind::building;
  if (in_building && m_cut.chars[at] == U'之' && read->digits >= 3) return at + 1;  // 九栋之|204
  std::uint32_t end = read->end;
  if (m_cut.chars[at] == U'之' && end < to) {
    const UnitMatch unit = unit_at(text, end);
    const bool counted = unit.word >= UnitWord::building && unit.word <= UnitWord::room;
    if (counted) return at + 1;  // 168号之|四楼
    if (m_cut.chars[end] == U'店' && m_names.starts_fresh(end + 1, to)) {
      m_cut.emit_counted(Label::roomno, NumberKind::room, at + 1, end + 1, read->number);
      return end + 1;
    }
  }
  Number last = read->number;
  if (end + 1 < to && m_cut.chars[end] == U'-') {
    if (const auto second = read_number(text, end + 1)) {
      last = second->number;
      end = second->end;
    }
  }
  if (end < to && m_cut.chars[end] == U'号') ++end;
  TypedElement& e = m_cut.emit_counted(inside ? Label::roomno : Label::subroadno,
                                       inside ? NumberKind::room : NumberKind::sub_door, at, end, read->number);
  e.last = last;
  e.range = last != read->number;
  e.several = e.range ? 2 : 1;
  if (inside) e.kind = NumberKind::none;  // 404室之一, 五楼之三: a part of the room or floor, shown as written
  return end;
}

/// -1楼; 751号-1 for 751号附1号.
std::uint32_t NumberCutter::take_dash(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
  if (name == at && m_cut.last_kind() == NumberKind::door && at > 0 && m_cut.chars[at - 1] == U'号') {
    const auto read = read_number(m_cut.chars.substr(0, to), at + 1);
    const bool part = read && !read->chinese && read->number.prefix == 0 && read->digits <= 2;
    if (part && (read->end >= to || (is_separator(m_cut.chars[read->end]) && m_cut.chars[read->end] != U'-'))) {
      m_cut.emit(Label::redundant, Level::none, at, at + 1);
      m_cut.emit_counted(Label::houseno, NumberKind::sub_door, at + 1, read->end, read->number);
      return read->end;
    }
  }
  return take_basement(name, at, to);
}

/// 首层, 负三楼, 地下1层, -1楼 where no number stands before the dash.
std::uint32_t NumberCutter::take_basement(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
  const std::u32string_view rest = m_cut.chars.substr(at, to - at);
  std::uint32_t sign = 0;
  if (rest.starts_with(U"负")) sign = 1;
  if (rest.starts_with(U"地下")) sign = 2;
  if (rest.starts_with(U"-") && !(at == name && m_cut.behind_number())) sign = 1;
  if (rest.starts_with(U"首层") || rest.starts_with(U"底层")) {
    m_names.finish_name(name, at);
    TypedElement& e = m_cut.emit(Label::floorno, Level::floor, at, at + 2);
    e.kind = NumberKind::floor;
    e.number.value = e.last.value = 1;
    return at + 2;
  }
  if (sign == 0) return at;
  const NumberChain chain = read_chain(m_cut.chars, at + sign, to);
  if (chain.count == 0 || chain.unit.word != UnitWord::floor) return at;
  m_names.finish_name(name, at);
  emit_number(Label::floorno, chain, 0, chain.count - 1);
  TypedElement& e = m_cut.out.back();
  e.from = at;
  e.number.value = -e.number.value;
  e.last.value = -e.last.value;
  return chain.end;
}

/// 东单元, 西户, 南座: named by the compass.
std::uint32_t NumberCutter::take_compass_unit(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
  if (!is_compass(m_cut.chars[at])) return at;
  const UnitMatch unit = unit_at(m_cut.chars, at + 1);
  if (unit.length == 0 || at + 1 + unit.length > to) return at;
  const bool tower = unit.word == UnitWord::building && m_cut.chars[at + 1] != U'楼' && at >= name + 2;  // 华丽园|北座
  if (name != at && !tower) return at;
  Label label;
  if (unit.word == UnitWord::unit) {
    label = Label::cellno;
  } else if (unit.word == UnitWord::building && (tower || m_cut.in_place() || m_cut.behind_number())) {
    m_names.finish_name(name, at);
    label = Label::houseno;
  } else if (unit.word == UnitWord::room && m_cut.chars[at + 1] == U'户') {
    label = Label::roomno;
  } else {
    return at;
  }
  TypedElement& e = m_cut.emit(label, number_level(kind_of_number(label)), at, at + 1 + unit.length);
  e.kind = kind_of_number(label);
  e.number.prefix = e.last.prefix = m_cut.chars[at];
  return at + 1 + unit.length;
}

void NumberCutter::emit_number(Label label, const NumberChain& chain, std::uint32_t first, std::uint32_t last) {
  emit_number(label, kind_of_number(label), chain, first, last);
}

void NumberCutter::emit_number(Label label, NumberKind kind, const NumberChain& chain, std::uint32_t first,
                               std::uint32_t last) {
  const std::uint32_t to = last + 1 == chain.count ? chain.end : chain.items[last].to;
  const std::uint32_t from = chain.items[first].from;
  TypedElement& e = m_cut.emit(label, number_level(kind), from, to);
  e.kind = kind;
  e.number = chain.items[first].read.number;
  e.last = chain.items[last].read.number;
  const char32_t joint = chain.items[last].joint;
  const std::int32_t distance = e.last.value - e.number.value;
  const bool in_village = m_cut.out.size() > 1 && m_cut.out[m_cut.out.size() - 2].label == Label::community;
  const bool far = (chain.items[last].read.digits >= 3 && distance > 60) || (in_village && distance > 20);  // 3-126号
  const bool sub = joint == U'之' || (joint == U'-' && (distance <= 0 || far));
  if (e.kind == NumberKind::door && last == first + 1 && sub) {
    e.number.sub = e.last.value;  // 984-6号, but 4-5号 is a range
    e.last = e.number;
    return;
  }
  e.several = static_cast<std::uint8_t>(last - first + 1);
  e.range = last == first + 1 && (joint == U'-' || joint == U'~' || joint == U'至');
}
void NumberCutter::emit_special(Label label, NumberKind kind, Level level, const NumberChain& chain) {
  emit_number(label, chain, 0, chain.count - 1);
  m_cut.out.back().kind = kind;
  m_cut.out.back().level = level;
}

/// 8号、10号; 501室、502; 201-1、201-2: another number of the list whose first is cut already.
bool NumberCutter::continues_list(const NumberChain& chain) {
  if (m_cut.out.size() < 2) return false;
  const TypedElement& separator = m_cut.out.back();
  TypedElement& first = m_cut.out[m_cut.out.size() - 2];
  if (separator.label != Label::redundant || first.kind == NumberKind::none || first.to != separator.from) return false;
  constexpr std::u32string_view lists = U"、及和与/";
  if (separator.to != separator.from + 1 || lists.find(m_cut.chars[separator.from]) == lists.npos) return false;
  const std::u32string_view unit = m_cut.chars.substr(chain.end - chain.unit.length, chain.unit.length);
  const std::u32string_view text = m_cut.chars.substr(first.from, first.to - first.from);
  const bool rooms = first.kind == NumberKind::room && chain.items[0].read.digits >= 3;
  if (unit.empty() ? !rooms : !text.ends_with(unit)) return false;
  if (!unit.empty() && text.size() > unit.size() && !is_digit(text[text.size() - unit.size() - 1]) &&
      !is_latin(text[text.size() - unit.size() - 1]) && !chain.items[0].read.chinese)
    return false;  // 3号楼、5楼
  first.to = chain.end;
  first.several = static_cast<std::uint8_t>(std::min<std::uint32_t>(255, first.several + chain.count));
  first.last = chain.items[chain.count - 1].read.number;
  first.range = false;
  m_cut.out.pop_back();
  return true;
}

void NumberCutter::emit_chain(const NumberChain& chain) {
  if (continues_list(chain)) return;
  switch (chain.unit.word) {
    case UnitWord::lane: {
      const bool below = m_cut.on_road();
      const bool houses = below && number_follows(chain.end);
      const Label label = houses ? Label::subroad : below ? Label::roadno : Label::road;
      emit_special(label, NumberKind::lane, Level::place, chain);
      m_cut.last = below ? Label::subroad : Label::road;
      return;
    }
    case UnitWord::sub_lane:
      emit_special(Label::subroad, NumberKind::sub_lane, Level::place, chain);
      return;
    case UnitWord::group:
      emit_special(Label::road, NumberKind::group, Level::group, chain);
      return;
    case UnitWord::plot:
      emit_special(Label::person, NumberKind::plot, Level::place, chain);
      return;
    default:
      break;
  }
  const auto size = static_cast<std::uint32_t>(m_cut.chars.size());
  const NumberChain next = read_chain(m_cut.chars, chain.end, size);
  ChainContext context;
  context.last = m_cut.last;
  context.last_word = m_cut.last_word;
  context.market = m_cut.last_market;
  context.tower = m_cut.last_tower;
  context.after_lane = !m_cut.out.empty() && m_cut.last_kind() == NumberKind::lane;
  context.seen_door = m_cut.seen_door;
  context.number_follows = number_follows(chain.end);
  context.building_follows = next.count > 0 && next.unit.word == UnitWord::building;
  context.unit_follows = next.count > 0 && next.unit.word == UnitWord::unit;
  context.in_village = m_cut.in_village;
  context.hamlet = m_cut.last_hamlet && m_cut.last == Label::poi;
  context.name_char = m_cut.last_char;
  context.unit_char = chain.unit.length > 0 ? m_cut.chars[chain.end - 1] : U'\0';
  const ChainPieces pieces = label_chain(chain, context);
  for (std::uint32_t i = 0; i < pieces.count; ++i) {
    const ChainPiece& piece = pieces.items[i];
    if (i > 0)
      m_cut.emit(Label::redundant, Level::none, chain.items[piece.first - 1].to, chain.items[piece.first].from);
    emit_number(piece.label, kind_in_place(piece.label, chain, next, context), chain, piece.first, piece.last);
    m_cut.seen_door = m_cut.seen_door || m_cut.out.back().kind == NumberKind::door;
  }
}

/// Whether another number stands behind, so that this one is not the innermost.
bool NumberCutter::number_follows(std::uint32_t at) const {
  const auto size = static_cast<std::uint32_t>(m_cut.chars.size());
  while (at < size && is_separator(m_cut.chars[at])) ++at;
  if (at >= size) return false;
  return is_digit(m_cut.chars[at]) || is_latin(m_cut.chars[at]) ||
         (numeral_digit(m_cut.chars[at]) > 0 && read_chain(m_cut.chars, at, size).count > 0);
}

}  // namespace menpai::address

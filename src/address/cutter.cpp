// SPDX-License-Identifier: Apache-2.0
// One pass from left to right: names end at generic words, numbers take their meaning from what stands before them.
#include "address/cutter.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "address/lexicon.hpp"
#include "address/number_chain.hpp"
#include "address/number_key.hpp"
#include "address/number_labels.hpp"
#include "address/shown_mentions.hpp"
#include "address/tiling.hpp"

namespace menpai::address {
namespace {

class Cutter {
 public:
  Cutter(const NormalText& normal, const DivisionPath& division, const DivisionIndex& index,
         std::vector<TypedElement>& out)
      : m_normal(normal), m_chars(normal.chars), m_division(division), m_index(index), m_out(out) {}

  void run() {
    m_out.clear();
    std::uint32_t pos = 0;
    for (std::size_t i = 0; i < m_division.mentions.size(); ++i) {
      const Mention& mention = m_division.mentions[i];
      if (mention.from < pos) continue;
      stretch(pos, mention.from);
      emit_mention(mention, is_mention_shown(m_division.mentions, i));
      pos = mention.to;
    }
    stretch(pos, static_cast<std::uint32_t>(m_chars.size()));
  }

 private:
  static Label label_of(Level level) {
    switch (level) {
      case Level::province:
        return Label::prov;
      case Level::city:
        return Label::city;
      case Level::county:
        return Label::district;
      case Level::town:
        return Label::town;
      default:
        return Label::community;
    }
  }

  TypedElement& emit(Label label, Level level, std::uint32_t from, std::uint32_t to) {
    TypedElement e;
    e.label = label;
    e.level = level;
    e.from = from;
    e.to = to;
    m_out.push_back(e);
    if (label != Label::redundant && label != Label::assist) m_last = label;
    return m_out.back();
  }

  /// How a mention is labelled: by its level, a zone by its own word, a municipality as the city that it is.
  Label label_of(const Mention& mention) const {
    const std::u32string_view text = m_chars.substr(mention.from, mention.to - mention.from);
    for (const std::u32string_view tail : {U"开发区", U"高新区", U"度假区", U"保税区", U"园区", U"工业区"}) {
      if (text.ends_with(tail)) return Label::devzone;
    }
    const std::string_view code = m_index.code(mention.node);
    const bool municipality = code == "11" || code == "12" || code == "31" || code == "50";
    return municipality ? Label::city : label_of(mention.level);
  }

  void emit_mention(const Mention& mention, bool shown) {
    const bool used = mention.use != MentionUse::conflicting && shown;
    TypedElement& e =
        emit(used ? label_of(mention) : Label::redundant, used ? mention.level : Level::none, mention.from, mention.to);
    e.division = mention.node;
  }

  /// The text between two recognised divisions, or behind the last.
  void stretch(std::uint32_t from, std::uint32_t to) {
    std::uint32_t name = from;
    std::uint32_t at = from;
    while (at < to) {
      const char32_t c = m_chars[at];
      if (const std::uint32_t below = c == U'-' ? take_dash(name, at, to) : at; below > at) {
        name = at = below;
      } else if (is_separator(c)) {
        finish_name(name, at);
        emit(Label::redundant, Level::none, at, at + 1);
        name = ++at;
      } else if (const std::uint32_t end = take_number(name, at, to); end > at) {
        name = at = end;
      } else if (const std::uint32_t behind = take_word(name, at, to); behind > at) {
        name = at = behind;
      } else {
        at += at == name ? bare_word(at, to) : 1;
      }
    }
    finish_name(name, to);
  }

  // ---- names

  /// The length of a generic word that begins a name (新村坊, 市场东路), so that no part of it ends one; at least 1.
  std::uint32_t bare_word(std::uint32_t at, std::uint32_t to) const {
    const WordMatch word = word_at(m_chars, at);
    const bool whole = word.kind == WordKind::estate || word.kind == WordKind::unit || word.kind == WordKind::part;
    return whole && at + word.length <= to ? word.length : 1;
  }

  /// Whether a road's generic word follows at once or behind 东西南北中 or numerals: 花园|路, 园区|东路, 市场|二街.
  bool road_follows(std::uint32_t at, std::uint32_t to) const {
    std::uint32_t i = at;
    while (i < to && i < at + 2 && (is_compass(m_chars[i]) || numeral_digit(m_chars[i]) >= 0)) ++i;
    return road_word_at(i, to);
  }

  bool road_word_at(std::uint32_t at, std::uint32_t to) const {
    if (at >= to) return false;
    const WordMatch word = word_at(m_chars, at);
    const bool street_office = m_chars[at] == U'街' && word.kind == WordKind::town;
    return !street_office && (word.kind == WordKind::road || word.kind == WordKind::lane) && at + word.length <= to;
  }

  static bool is_compass(char32_t c) { return c == U'东' || c == U'西' || c == U'南' || c == U'北' || c == U'中'; }

  bool starts_fresh(std::uint32_t at, std::uint32_t to) const {
    return at >= to || is_separator(m_chars[at]) || is_digit(m_chars[at]) || is_latin(m_chars[at]);
  }

  /// Whether the generic word that ends at `end` ends the name too, or goes on into a road's or a town's name.
  bool word_ends_name(WordKind kind, std::uint32_t name, std::uint32_t at, std::uint32_t end, std::uint32_t to) const {
    if (at == name) {  // a bare generic word is a name if it is a long one, or stands alone
      const bool can =
          kind == WordKind::zone || kind == WordKind::estate || kind == WordKind::unit || kind == WordKind::part;
      return can && (end - at >= 3 || starts_fresh(end, to)) && !road_follows(end, to);
    }
    const WordMatch next = word_at(m_chars, end);
    if (next.kind == WordKind::town && (next.length >= 2 || kind == WordKind::town)) return false;  // 陇海路|街道
    switch (kind) {
      case WordKind::road:
      case WordKind::lane:
        return end >= to || m_chars[end] != U'头';  // 钱路头
      case WordKind::town:
        return at - name >= 2 && m_place == Place::none ? true : !road_follows(end, to) && at > name;
      case WordKind::community:
        if (end + 1 < to && m_chars[end] == U'社' && is_digit(m_chars[end + 1])) return false;  // 前村社95号
        return !road_word_at(end, to);
      default:
        return !road_follows(end, to);
    }
  }

  /// A generic word at `at` ends the name that began at `name`. Returns where the text goes on, or `at`.
  std::uint32_t take_word(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
    const WordMatch word = word_at(m_chars, at);
    const std::uint32_t length = assist_at(m_chars, at);
    if (length > word.length && at + length <= to) {
      finish_name(name, at);
      emit(Label::assist, Level::none, at, at + length);
      return at + length;
    }
    if (at == name && (m_chars[at] == U'与' || m_chars[at] == U'和') && m_last == Label::road) {
      emit(Label::assist, Level::none, at, at + 1);
      return at + 1;
    }
    if (word.kind == WordKind::none || at + word.length > to) return at;
    std::uint32_t end = at + word.length;
    if (!word_ends_name(word.kind, name, at, end, to)) return at;
    if (word.kind == WordKind::estate || word.kind == WordKind::unit) {
      const WordMatch next = word_at(m_chars, end);
      const bool same = next.kind == WordKind::estate || next.kind == WordKind::unit;
      if (same && end + next.length <= to && !road_follows(end + next.length, to)) end += next.length;
    }
    const bool road = word.kind == WordKind::road || word.kind == WordKind::lane;
    const bool goes_on = end + 1 < to && (is_compass(m_chars[end]) || m_chars[end] == U'里');
    if (road && goes_on && is_digit(m_chars[end + 1])) ++end;  // 金三大道中236号, 后巷里173号
    const bool area = end < to && m_chars[end] == U'区' && (starts_fresh(end + 1, to) || m_chars[end + 1] == U'第');
    if (area && (word.kind == WordKind::estate || word.kind == WordKind::unit)) ++end;  // 别墅区第五栋
    emit_name(word.kind, name, end);
    return end;
  }

  void emit_name(WordKind kind, std::uint32_t from, std::uint32_t to) {
    m_last_word = kind;
    const bool is_market = ends_with(from, to, U"市场") || ends_with(from, to, U"城") || ends_with(from, to, U"大厦");
    m_last_market = is_market || (m_last_market && kind == WordKind::part);
    m_last_tower = ends_with(from, to, U"大厦") || ends_with(from, to, U"广场") || ends_with(from, to, U"商场") ||
                   ends_with(from, to, U"中心") || ends_with(from, to, U"百货");
    switch (kind) {
      case WordKind::road:
      case WordKind::lane: {
        const bool below = m_last == Label::road || m_last == Label::subroad;
        emit(below ? Label::subroad : Label::road, Level::place, from, to);
        m_place = Place::road;
        break;
      }
      case WordKind::section:
        emit(Label::subroad, Level::place, from, to);
        break;
      case WordKind::zone:
        emit(Label::devzone, Level::place, from, to);
        break;
      case WordKind::town: {
        const bool head = m_place == Place::none;  // 长乐路350号|闽南古镇 is a place at the road
        emit(head ? Label::town : poi_label(), head ? Level::town : Level::place, from, to);
        if (!head) m_place = Place::estate;
        break;
      }
      case WordKind::community: {
        const bool head = m_place == Place::none;
        emit(head ? Label::community : poi_label(), head ? Level::village : Level::place, from, to);
        m_place = m_place == Place::none ? Place::village : Place::estate;
        break;
      }
      default:
        emit(poi_label(), Level::place, from, to);
        m_place = Place::estate;
    }
  }

  Label poi_label() const { return m_last == Label::poi || m_last == Label::subpoi ? Label::subpoi : Label::poi; }

  bool ends_with(std::uint32_t from, std::uint32_t to, std::u32string_view tail) const {
    return m_chars.substr(from, to - from).ends_with(tail);
  }

  /// A name that no generic word ended.
  void finish_name(std::uint32_t from, std::uint32_t to) {
    if (from >= to) return;
    m_last_word = WordKind::none;
    m_last_market = m_last_market || ends_with(from, to, U"城");
    m_last_tower = false;
    if (to - from == 2 && m_chars[from] == U'中' && m_chars[from + 1] == U'国') {
      emit(Label::country, Level::none, from, to);
      return;
    }
    if (to - from == 1 && is_latin(m_chars[from]) && (m_last == Label::poi || m_last == Label::subpoi)) {
      TypedElement& e = emit(Label::houseno, Level::building, from, to);
      e.kind = NumberKind::building;
      e.number.prefix = e.last.prefix = m_chars[from];
      return;
    }
    if (to - from == 1 && is_latin(m_chars[from]) && m_last == Label::floorno) {  // 四楼A
      Number letter;
      letter.prefix = m_chars[from];
      emit_counted(Label::roomno, NumberKind::room, from, to, letter);
      return;
    }
    if (to - from == 1) {
      emit(is_place_hint(m_chars[from]) ? Label::assist : Label::redundant, Level::none, from, to);
      return;
    }
    const char32_t last = m_chars[to - 1];
    const bool trailing = to - from >= 3 && (last == U'内' || last == U'后' || last == U'旁' || last == U'侧');
    const std::uint32_t end = trailing ? to - 1 : to;
    if (m_last == Label::roomno || m_last == Label::floorno) {
      emit(Label::person, Level::none, from, end);
    } else {
      emit(poi_label(), Level::place, from, end);
      m_place = Place::estate;
    }
    if (trailing) emit(Label::assist, Level::none, end, to);
  }

  // ---- numbers

  std::uint32_t take_number(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
    const char32_t c = m_chars[at];
    if (const std::uint32_t end = take_compass_unit(name, at, to); end > at) return end;
    if (const std::uint32_t end = take_basement(name, at, to); end > at) return end;
    if (c == U'附' || c == U'之') return take_sub_door(name, at, to);
    const bool starts = is_digit(c) || is_latin(c) || c == U'第' || is_stem(c) || numeral_digit(c) >= 0 || c == U'十';
    if (!starts) return at;
    if (at > name && (is_latin(m_chars[at - 1]) && is_latin(c))) return at;
    const NumberChain chain = read_chain(m_chars, at, to);
    if (chain.count == 0) return at;
    if (chain.unit.word == UnitWord::name) return take_numbered_name(name, at, chain, to);
    if (chain.unit.word == UnitWord::distance) {
      finish_name(name, at);
      emit(Label::assist, Level::none, at, chain.end);
      return chain.end;
    }
    const bool letter_only = chain.count == 1 && chain.items[0].read.digits == 0;
    if (letter_only && chain.unit.word == UnitWord::none) return at;
    if (letter_only && chain.unit.word == UnitWord::floor && !is_latin(c)) return at;
    finish_name(name, at);
    emit_chain(chain);
    return chain.end;
  }

  /// 5号大街, 三区, 二期, 104国道: the number belongs to a name, which may have begun before it.
  std::uint32_t take_numbered_name(std::uint32_t name, std::uint32_t at, const NumberChain& chain, std::uint32_t to) {
    const std::u32string_view unit = m_chars.substr(chain.end - chain.unit.length, chain.unit.length);
    if (chain.count > 1) return at;
    const char32_t last = unit.back();
    if (unit == U"路" && chain.end < to && m_chars[chain.end] == U'附' &&
        takes_door(m_last)) {  // 10路附13号: 路 for 号
      finish_name(name, at);
      emit_number(Label::roadno, chain, 0, 0);
      return chain.end;
    }
    if (unit == U"街" && m_last == Label::floorno && name == at) {  // the aisles of a wholesale market
      emit_number(Label::cellno, chain, 0, 0);
      return chain.end;
    }
    if (last == U'路' || last == U'街' || (last == U'道' && unit != U"通道") || last == U'巷' || unit == U"胡同" ||
        unit == U"横") {
      if (last == U'街' && chain.end < to && m_chars[chain.end] == U'道') return at;
      if (road_follows(chain.end, to)) return at;
      emit_name(WordKind::road, name, chain.end);
      return chain.end;
    }
    if (unit == U"期" || unit == U"区" || unit == U"号门" || unit == U"组团" || unit == U"片" || unit == U"通道") {
      if (road_follows(chain.end, to)) return at;
      m_last_word = WordKind::part;
      if (name < at && (m_last != Label::poi || at - name == 1)) {
        emit(poi_label(), Level::place, name, chain.end);
      } else {
        finish_name(name, at);
        emit(m_last == Label::poi || m_last == Label::subpoi ? Label::subpoi : Label::poi, Level::place, at, chain.end);
      }
      m_place = Place::estate;
      return chain.end;
    }
    return at;
  }

  /// 附3号, 附3-5号, 之一, 之2 behind a door number.
  std::uint32_t take_sub_door(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
    const bool in_room = m_last == Label::roomno || (m_last == Label::cellno && last_kind() == NumberKind::room);
    const bool inside = m_last == Label::floorno || in_room;  // 五楼之三 is a room
    if (name != at || !(takes_number(m_last) && (m_last != Label::cellno || in_room)) ||
        (inside && m_chars[at] == U'附'))
      return at;
    const std::u32string_view text = m_chars.substr(0, to);
    const auto read = m_chars[at] == U'之' && at + 1 < to && !is_digit(m_chars[at + 1]) ? read_sub_numeral(text, at + 1)
                                                                                        : read_number(text, at + 1);
    if (!read) return at;
    std::uint32_t end = read->end;
    if (m_chars[at] == U'之' && end < to) {
      const UnitMatch unit = unit_at(text, end);
      const bool counted = unit.word >= UnitWord::building && unit.word <= UnitWord::room;
      if (counted) return at + 1;  // 168号之|四楼
      if (m_chars[end] == U'店' && starts_fresh(end + 1, to)) {
        emit_counted(Label::roomno, NumberKind::room, at + 1, end + 1, read->number);
        return end + 1;
      }
    }
    Number last = read->number;
    if (end + 1 < to && m_chars[end] == U'-') {
      if (const auto second = read_number(text, end + 1)) {
        last = second->number;
        end = second->end;
      }
    }
    if (end < to && m_chars[end] == U'号') ++end;
    TypedElement& e = emit_counted(inside ? Label::roomno : Label::subroadno,
                                   inside ? NumberKind::room : NumberKind::sub_door, at, end, read->number);
    e.last = last;
    e.range = last != read->number;
    e.several = e.range ? 2 : 1;
    if (inside) e.kind = NumberKind::none;  // 404室之一, 五楼之三: a part of the room or floor, shown as written
    return end;
  }

  /// -1楼; 751号-1 for 751号附1号.
  std::uint32_t take_dash(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
    if (name == at && last_kind() == NumberKind::door && at > 0 && m_chars[at - 1] == U'号') {
      const auto read = read_number(m_chars.substr(0, to), at + 1);
      const bool part = read && !read->chinese && read->number.prefix == 0 && read->digits <= 2;
      if (part && (read->end >= to || (is_separator(m_chars[read->end]) && m_chars[read->end] != U'-'))) {
        emit_counted(Label::subroadno, NumberKind::sub_door, at, read->end, read->number);
        return read->end;
      }
    }
    return take_basement(name, at, to);
  }

  TypedElement& emit_counted(Label label, NumberKind kind, std::uint32_t from, std::uint32_t to, const Number& number) {
    TypedElement& e = emit(label, number_level(kind), from, to);
    e.kind = kind;
    e.number = e.last = number;
    return e;
  }

  /// 之一, 之十二: the numeral alone, whatever digits follow it (4号之一3栋).
  static std::optional<NumberRead> read_sub_numeral(std::u32string_view text, std::uint32_t at) {
    const auto numeral = read_numeral(text, at);
    if (!numeral) return std::nullopt;
    NumberRead read;
    read.number.value = numeral->value;
    read.end = numeral->end;
    read.chinese = true;
    return read;
  }

  /// 首层, 负三楼, 地下1层, -1楼 where no number stands before the dash.
  std::uint32_t take_basement(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
    const std::u32string_view rest = m_chars.substr(at, to - at);
    std::uint32_t sign = 0;
    if (rest.starts_with(U"负")) sign = 1;
    if (rest.starts_with(U"地下")) sign = 2;
    if (rest.starts_with(U"-") && !(at == name && takes_number(m_last))) sign = 1;
    if (rest.starts_with(U"首层") || rest.starts_with(U"底层")) {
      finish_name(name, at);
      TypedElement& e = emit(Label::floorno, Level::floor, at, at + 2);
      e.kind = NumberKind::floor;
      e.number.value = e.last.value = 1;
      return at + 2;
    }
    if (sign == 0) return at;
    const NumberChain chain = read_chain(m_chars, at + sign, to);
    if (chain.count == 0 || chain.unit.word != UnitWord::floor) return at;
    finish_name(name, at);
    emit_number(Label::floorno, chain, 0, chain.count - 1);
    TypedElement& e = m_out.back();
    e.from = at;
    e.number.value = -e.number.value;
    e.last.value = -e.last.value;
    return chain.end;
  }

  static bool takes_number(Label label) {
    return label == Label::roadno || label == Label::subroadno || label == Label::houseno || label == Label::cellno ||
           label == Label::floorno || label == Label::roomno;
  }

  /// 东单元, 西户, 南座: named by the compass.
  std::uint32_t take_compass_unit(std::uint32_t name, std::uint32_t at, std::uint32_t to) {
    if (name != at || !is_compass(m_chars[at])) return at;
    const UnitMatch unit = unit_at(m_chars, at + 1);
    if (unit.length == 0 || at + 1 + unit.length > to) return at;
    Label label;
    if (unit.word == UnitWord::unit) {
      label = Label::cellno;
    } else if (unit.word == UnitWord::building && takes_number(m_last)) {
      label = Label::houseno;
    } else if (unit.word == UnitWord::room && m_chars[at + 1] == U'户') {
      label = Label::roomno;
    } else {
      return at;
    }
    TypedElement& e = emit(label, number_level(kind_of_number(label)), at, at + 1 + unit.length);
    e.kind = kind_of_number(label);
    e.number.prefix = e.last.prefix = m_chars[at];
    return at + 1 + unit.length;
  }

  void emit_number(Label label, const NumberChain& chain, std::uint32_t first, std::uint32_t last) {
    emit_number(label, kind_of_number(label), chain, first, last);
  }

  void emit_number(Label label, NumberKind kind, const NumberChain& chain, std::uint32_t first, std::uint32_t last) {
    const std::uint32_t to = last + 1 == chain.count ? chain.end : chain.items[last].to;
    const std::uint32_t from = chain.items[first].from;
    TypedElement& e = emit(label, number_level(kind), from, to);
    e.kind = kind;
    e.number = chain.items[first].read.number;
    e.last = chain.items[last].read.number;
    const char32_t joint = chain.items[last].joint;
    const bool sub = joint == U'之' || (joint == U'-' && e.last.value <= e.number.value);
    if (e.kind == NumberKind::door && last == first + 1 && sub) {
      e.number.sub = e.last.value;  // 984-6号, but 4-5号 is a range
      e.last = e.number;
      return;
    }
    e.several = static_cast<std::uint8_t>(last - first + 1);
    e.range = last == first + 1 && (joint == U'-' || joint == U'~' || joint == U'至');
  }

  static NumberKind kind_of_number(Label label) {
    switch (label) {
      case Label::roadno:
      case Label::subroadno:
        return NumberKind::door;
      case Label::houseno:
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
  static NumberKind kind_in_place(Label label, const NumberChain& chain, const NumberChain& next,
                                  const ChainContext& context) {
    const bool whole = chain.count == 1;
    if (label == Label::houseno && chain.unit.word == UnitWord::hao && whole && !context.seen_door) {
      const bool named = context.last == Label::poi || context.last == Label::subpoi;
      const bool estate = context.last_word == WordKind::estate || context.last_word == WordKind::part;
      if (named && !estate) return NumberKind::door;
    }
    if (label == Label::cellno && chain.unit.word == UnitWord::unit) {
      const bool room_follows = next.count > 0 && next.items[0].read.digits > 0 && !next.items[0].read.chinese;
      const bool on_floor = context.last == Label::floorno;  // 11层F2单元
      if ((chain.items[0].read.number.value >= 100 || on_floor) && !room_follows) return NumberKind::room;
    }
    return kind_of_number(label);
  }

  void emit_special(Label label, NumberKind kind, Level level, const NumberChain& chain) {
    emit_number(label, chain, 0, chain.count - 1);
    m_out.back().kind = kind;
    m_out.back().level = level;
  }

  void emit_chain(const NumberChain& chain) {
    switch (chain.unit.word) {
      case UnitWord::lane: {
        const bool below = m_last == Label::road || m_last == Label::subroad;
        emit_special(below ? Label::roadno : Label::road, NumberKind::lane, Level::place, chain);
        m_last = below ? Label::subroad : Label::road;
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
    const auto size = static_cast<std::uint32_t>(m_chars.size());
    const NumberChain next = read_chain(m_chars, chain.end, size);
    ChainContext context;
    context.last = m_last;
    context.last_word = m_last_word;
    context.market = m_last_market;
    context.tower = m_last_tower;
    context.after_lane = !m_out.empty() && last_kind() == NumberKind::lane;
    context.seen_door = m_seen_door;
    context.number_follows = number_follows(chain.end);
    context.unit_follows = next.count > 0 && next.unit.word == UnitWord::unit;
    context.unit_char = chain.unit.length > 0 ? m_chars[chain.end - 1] : U'\0';
    const ChainPieces pieces = label_chain(chain, context);
    for (std::uint32_t i = 0; i < pieces.count; ++i) {
      const ChainPiece& piece = pieces.items[i];
      if (i > 0) emit(Label::redundant, Level::none, chain.items[piece.first - 1].to, chain.items[piece.first].from);
      emit_number(piece.label, kind_in_place(piece.label, chain, next, context), chain, piece.first, piece.last);
      m_seen_door = m_seen_door || m_out.back().kind == NumberKind::door;
    }
  }

  /// The kind of the last element that is no separator.
  NumberKind last_kind() const {
    for (std::size_t i = m_out.size(); i-- > 0;) {
      if (m_out[i].label != Label::redundant) return m_out[i].kind;
    }
    return NumberKind::none;
  }

  /// Whether another number stands behind, so that this one is not the innermost.
  bool number_follows(std::uint32_t at) const {
    const auto size = static_cast<std::uint32_t>(m_chars.size());
    while (at < size && is_separator(m_chars[at])) ++at;
    if (at >= size) return false;
    return is_digit(m_chars[at]) || is_latin(m_chars[at]) ||
           (numeral_digit(m_chars[at]) > 0 && read_chain(m_chars, at, size).count > 0);
  }

  enum class Place : std::uint8_t { none, village, road, estate };

  const NormalText& m_normal;
  std::u32string_view m_chars;
  const DivisionPath& m_division;
  const DivisionIndex& m_index;
  std::vector<TypedElement>& m_out;
  Label m_last = Label::otherinfo;
  WordKind m_last_word = WordKind::none;  // what ended the last name
  bool m_last_tower = false;              // it is a tower's, which has basements
  bool m_last_market = false;             // the last name is a market's, whose numbers are stalls
  Place m_place = Place::none;
  bool m_seen_door = false;
};

}  // namespace

void cut_elements(const NormalText& normal, const DivisionPath& division, const DivisionIndex& index,
                  std::vector<TypedElement>& scratch, std::vector<TypedElement>& elements) {
  Cutter(normal, division, index, scratch).run();
  tile_elements(normal, scratch, elements);
}

}  // namespace menpai::address

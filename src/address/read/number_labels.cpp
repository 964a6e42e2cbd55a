// SPDX-License-Identifier: Apache-2.0
// The order door - building - unit - floor - room, applied to numbers that do not say what they are.
#include "address/read/number_labels.hpp"

#include <initializer_list>

namespace menpai::address {
namespace {

class Labeller {
 public:
  Labeller(const NumberChain& chain, const ChainContext& context)
      : m_chain(chain), m_context(context), m_first(chain.items[0].read) {
    group();
    m_last = chain.items[m_starts[m_count - 1]].read;
  }

  ChainPieces label() {
    switch (m_chain.unit.word) {
      case UnitWord::building:
        building();
        break;
      case UnitWord::row:
        whole(Label::houseno);
        break;
      case UnitWord::hash:
        hash();
        break;
      case UnitWord::unit:
      case UnitWord::door:
        unit();
        break;
      case UnitWord::floor:
        floor();
        break;
      case UnitWord::room:
        room();
        break;
      case UnitWord::yuan:
        whole(Label::roadno);
        break;
      case UnitWord::hao:
        hao();
        break;
      default:
        bare();
    }
    return m_pieces;
  }

 private:
  bool steps_down(std::uint32_t i) const {
    const ChainItem& item = m_chain.items[i];
    if (item.joint == U'-' || item.joint == U'_' || item.joint == U'之') return true;
    return item.joint == U'/' && item.read.digits >= 3 && m_chain.items[i - 1].read.digits <= 2;  // 9/661
  }

  /// Where a chain both steps down and lists (8-415/416), the numbers of a list count as one.
  void group() {
    bool steps = false;
    for (std::uint32_t i = 1; i < m_chain.count; ++i) steps = steps || steps_down(i);
    m_count = 0;
    for (std::uint32_t i = 0; i < m_chain.count; ++i) {
      if (i == 0 || !steps || steps_down(i)) m_starts[m_count++] = static_cast<std::uint8_t>(i);
    }
  }

  void whole(Label label) { add(label, 0, m_count - 1); }

  void add(Label label, std::uint32_t first, std::uint32_t last) {
    const std::uint32_t end = last + 1 < m_count ? m_starts[last + 1] : m_chain.count;
    m_pieces.items[m_pieces.count++] = {label, m_starts[first], static_cast<std::uint8_t>(end - 1)};
  }

  /// One number a label; the last label takes what is left.
  void split(std::initializer_list<Label> labels) {
    std::uint32_t i = 0;
    for (const Label label : labels) {
      const bool last = i + 1 == labels.size();
      add(label, i, last ? m_count - 1 : i);
      ++i;
    }
  }

  bool dashes() const {
    if (m_count < 2 || !steps_down(1)) return false;
    return m_chain.items[1].joint != U'之' || m_last.digits >= 3;
  }
  bool in_estate() const { return m_context.last == Label::poi || m_context.last == Label::subpoi; }

  /// 403-405: two rooms near each other, not building and room.
  bool room_range() const {
    if (m_count != 2 || !dashes()) return false;
    const std::int32_t distance = m_last.number.value - m_first.number.value;
    return m_first.digits == m_last.digits && m_first.digits >= 3 && distance > 0 && distance <= 30;
  }

  /// 31-32, 74-78号 in a market: neighbouring stalls. 7-8 is a building and its unit.
  bool stall_range() const {
    if (m_count != 2 || !dashes() || m_first.digits != m_last.digits || m_first.digits < 2) return false;
    if (m_context.number_follows) return false;  // 工业园11-12号9层
    const std::int32_t distance = m_last.number.value - m_first.number.value;
    return m_first.number.prefix == m_last.number.prefix && distance > 0 && distance <= (m_context.market ? 30 : 1);
  }

  bool shop_range() const {
    const std::int32_t distance = m_last.number.value - m_first.number.value;
    return m_count == 2 && distance > 0 && distance <= 30;
  }

  /// 602-2, 1401-4: a room and its part; no building has such a number.
  bool parted_room() const {
    const bool building = in_estate() && m_first.digits == 3 && !m_context.tower;  // 馨苑205-2: building and unit
    return m_count == 2 && dashes() && m_first.digits >= 3 && m_last.digits <= 2 && !building &&
           !takes_door(m_context.last);
  }

  bool on_road() const { return m_context.last == Label::road || m_context.last == Label::subroad; }
  Label door() const { return m_context.last == Label::subroad ? Label::subroadno : Label::roadno; }

  /// The innermost number of a building that does not say what it is: one of one or two digits is called a unit's
  /// (7-8, 61幢4号), longer ones a room's.
  Label inner() const {
    const bool lettered = m_last.number.prefix != 0 || m_last.number.suffix != 0;
    return m_last.digits <= 2 && !lettered ? Label::cellno : Label::roomno;
  }

  /// 1-10幢 is a range, 1924_2幢 on a road a door and its building.
  void building() {
    const bool down = m_count == 2 && dashes() && m_last.number.value < m_first.number.value;
    if (down && on_road()) {
      split({door(), Label::houseno});
    } else if (m_first.digits == 0 && (m_context.last == Label::floorno || m_context.building_follows)) {
      whole(Label::assist);  // 12楼A座, A座4号楼: which side of it
    } else {
      whole(Label::houseno);
    }
  }

  void unit() {
    const bool in_house = m_context.last == Label::houseno || m_context.last == Label::floorno;
    if (dashes() && !in_house && !room_range() && !parted_room()) {
      if (m_count == 2) {
        split({Label::houseno, Label::cellno});
      } else {
        split({Label::houseno, Label::houseno, Label::cellno});
      }
    } else {
      whole(Label::cellno);
    }
  }

  void hash() {
    if (m_count == 2 && dashes()) {
      split({Label::houseno, Label::roomno});
    } else if (m_count == 3 && dashes()) {
      split({Label::houseno, Label::cellno, Label::roomno});
    } else if (m_context.last == Label::houseno || m_context.last == Label::cellno ||
               m_context.last == Label::floorno) {
      const bool unit = m_context.last == Label::houseno && m_context.number_follows && inner() == Label::cellno;
      whole(unit ? Label::cellno : Label::roomno);  // 5幢3#922
    } else {
      whole(Label::houseno);
    }
  }

  /// A楼, 8楼3单元 and 13号楼 are buildings; B1楼 is a floor.
  void floor() {
    const char32_t letter = m_first.number.prefix;
    const bool lettered = letter >= U'A' && letter <= U'Z' && (m_first.digits == 0 || letter != U'B');
    const bool building = m_context.unit_char == U'楼' && m_count == 1 && (m_context.unit_follows || lettered);
    if (building) {
      whole(Label::houseno);
    } else if (dashes() && m_count == 3) {
      split({Label::houseno, Label::cellno, Label::floorno});
    } else if (dashes() && m_count == 2 && letter >= U'A' && letter <= U'Z' && m_last.number.prefix == 0) {
      split({Label::houseno, Label::floorno});  // A-10楼, B4-8层
    } else if (dashes() && m_count == 2 && on_road()) {
      split({door(), Label::floorno});
    } else if (dashes() && m_count == 2 && m_first.number.value >= m_last.number.value) {
      split({m_context.last == Label::houseno ? Label::cellno : Label::houseno, Label::floorno});
    } else {
      whole(Label::floorno);
    }
  }

  void room() {
    const char32_t unit = m_context.unit_char;
    const bool shop = unit != U'室' && unit != U'房' && unit != U'户';
    if (dashes() && m_count == 2 && on_road()) {
      split({door(), Label::roomno});
    } else if (!dashes() || room_range() || parted_room() || (shop && shop_range())) {
      whole(Label::roomno);  // 26-28卡
    } else if (m_context.last == Label::houseno) {
      m_count == 2 ? split({Label::cellno, Label::roomno}) : split({Label::cellno, Label::floorno, Label::roomno});
    } else if (m_context.last == Label::cellno || m_context.last == Label::floorno) {
      whole(Label::roomno);
    } else if (m_count == 2) {
      split({Label::houseno, Label::roomno});
    } else {
      split({Label::houseno, Label::cellno, Label::roomno});
    }
  }

  /// N号 behind an estate: its building; behind a market: a stall; behind a bare name: a door.
  void hao_in_estate() {
    const bool bare_name = m_context.last_word == WordKind::none || m_context.last_word == WordKind::community;
    if (m_count == 2 && dashes()) {
      const std::int32_t distance = m_last.number.value - m_first.number.value;
      const bool range = m_first.digits == m_last.digits && distance > 0 && distance <= 30;
      const bool houses = bare_name && !m_context.seen_door;
      const Label house = houses ? Label::roadno : Label::houseno;
      const bool lettered = m_first.number.prefix != 0 && m_last.number.prefix == 0 && m_first.digits <= 2;
      if (lettered) {
        split({Label::houseno, m_last.digits >= 3 || m_context.market ? Label::roomno : Label::cellno});  // A5-6号
        return;
      }
      if (!houses && (stall_range() || (room_range() && (m_context.market || m_first.number.prefix != 0)))) {
        whole(Label::roomno);
      } else if (houses ? range || m_last.digits < 3 : room_range() || (range && distance <= 2)) {
        whole(house);  // 江顺里193-194号, 后行西里91-2号; 嘉隆公寓178-182号, 工业园11-12号
      } else {
        split({m_last.digits >= 3 ? Label::houseno : house, m_last.digits >= 3 ? Label::roomno : Label::cellno});
      }
      return;
    }
    if (m_count == 3 && dashes()) {
      split({Label::houseno, Label::cellno, Label::roomno});
      return;
    }
    const bool gate = m_count == 1 && m_context.building_follows && !m_context.seen_door;  // 工业园112号3幢
    if (m_context.number_follows || gate) {
      whole(gate ? Label::roadno : Label::houseno);
      return;
    }
    const bool stall = (m_first.digits >= 4 && m_context.name_char != U'村') || m_context.market;
    const bool lettered = m_first.number.prefix >= U'A' && m_first.number.prefix <= U'Z' && m_first.digits >= 3;
    if (m_count == 1 && ((stall && !bare_name) || m_context.market || lettered)) {
      whole(Label::roomno);
    } else {
      // A village's own parts (三区, 新村) count doors; an estate that lies in it (骑龙小区) counts its houses.
      const bool estate = m_context.last_word == WordKind::estate && m_context.name_char != U'村';
      const bool square = m_context.tower && m_context.name_char == U'场';  // 武林广场7号
      const bool hamlet = (bare_name && m_context.name_char != U'里') || m_context.name_char == U'村' ||
                          m_context.name_char == U'街' || square || (m_context.in_village && !estate);
      whole(hamlet && !m_context.seen_door && in_estate() ? Label::roadno : Label::houseno);
    }
  }

  void hao() {
    if (takes_door(m_context.last)) {
      whole(m_context.last == Label::subroad ? Label::subroadno : Label::roadno);
    } else if (in_estate()) {
      hao_in_estate();
    } else if (m_context.last == Label::roadno || m_context.last == Label::subroadno) {
      const bool units = m_count == 2 && dashes() && m_last.number.value > m_first.number.value + 2;
      units ? split({Label::houseno, inner()}) : whole(Label::houseno);  // 318号7-14号
    } else if (m_context.last == Label::houseno) {
      if (m_count == 2 && dashes() && m_last.number.value == m_first.number.value + 1) {
        whole(inner());  // 176栋2-3号
      } else if (room_range()) {
        whole(Label::roomno);
      } else if (m_count == 2 && dashes()) {
        split({Label::cellno, Label::roomno});
      } else {
        const bool unit = m_count == 1 && (m_context.number_follows || inner() == Label::cellno);
        whole(unit ? Label::cellno : Label::roomno);
      }
    } else {
      whole(Label::roomno);
    }
  }

  /// B1 in a tower: the first floor below ground.
  bool basement() const {
    return m_context.tower && m_count == 1 && m_first.number.prefix == U'B' && m_first.digits == 1 &&
           !m_context.number_follows;
  }

  bool in_house() const {
    return m_context.last == Label::houseno || m_context.last == Label::roadno || m_context.last == Label::subroadno;
  }

  /// 25B behind a building or a door.
  bool lettered_room() const {
    const char32_t letter = m_first.number.suffix;
    const bool high = in_estate() && m_first.digits == 2 && !m_context.number_follows;  // 惠盛花园10A
    return (in_house() || m_context.tower || high) && m_count == 1 && m_first.digits > 0 && letter >= U'A' &&
           letter <= U'Z';
  }

  void bare() {
    if (lettered_room()) {
      whole(m_context.number_follows && m_context.last == Label::houseno ? Label::cellno : Label::roomno);
    } else if (m_count == 1 && m_first.zero_led && in_house()) {
      whole(Label::roomno);  // 8号之一01, 3栋01
    } else if (basement()) {
      whole(Label::floorno);
    } else if (takes_door(m_context.last)) {
      bare_door();
    } else if (m_context.last == Label::floorno || m_context.last == Label::cellno || m_context.last == Label::roomno ||
               m_context.last == Label::person) {
      whole(Label::roomno);
    } else if (m_context.last == Label::houseno) {
      bare_in_building();
    } else if (!dashes() || room_range() || stall_range() || parted_room()) {
      const bool room = m_first.digits >= 3 || stall_range() || (m_count > 1 && m_last.digits >= 3);
      const bool door = m_context.hamlet && m_count == 1 && m_first.number.prefix == 0 && !m_context.number_follows;
      whole(door ? Label::roadno : room ? Label::roomno : Label::houseno);
    } else if (m_count == 2) {
      split({Label::houseno, inner()});
    } else if (m_count == 3) {
      split({Label::houseno, Label::cellno, Label::roomno});
    } else {
      split({Label::houseno, Label::cellno, Label::floorno, Label::roomno});
    }
  }

  void bare_door() {
    const bool village = m_context.last == Label::community;
    if (m_count == 3 && dashes()) {
      village ? split({Label::houseno, Label::cellno, Label::roomno})
              : split({Label::roadno, Label::cellno, Label::roomno});
    } else if (m_count == 4 && dashes()) {
      split({Label::roadno, Label::houseno, Label::cellno, Label::roomno});
    } else if (m_count == 2 && dashes() && m_last.digits >= 3 && (village || m_context.after_lane)) {
      split({village ? Label::houseno : Label::subroadno, Label::roomno});
    } else if (m_count == 2 && dashes() && m_context.last == Label::subroad) {
      split({Label::subroadno, Label::houseno});
    } else {
      whole(m_context.last == Label::subroad ? Label::subroadno : Label::roadno);
    }
  }

  void bare_in_building() {
    if (room_range() || parted_room()) {
      whole(Label::roomno);
    } else if (dashes() && m_count == 2) {
      split({Label::cellno, Label::roomno});
    } else if (dashes() && m_count >= 3) {
      split({Label::cellno, Label::floorno, Label::roomno});
    } else {
      const bool unit = m_first.digits <= 2 && m_first.number.prefix == 0 && m_count == 1;
      whole(unit ? Label::cellno : Label::roomno);
    }
  }

  const NumberChain& m_chain;
  const ChainContext& m_context;
  NumberRead m_first;
  NumberRead m_last;                                            // the first number of the last step
  std::array<std::uint8_t, NumberChain::items_max> m_starts{};  // of the steps
  std::uint32_t m_count = 0;                                    // of the steps
  ChainPieces m_pieces;
};

}  // namespace

bool takes_door(Label last) {
  switch (last) {
    case Label::road:
    case Label::subroad:
    case Label::community:
    case Label::town:
    case Label::devzone:
    case Label::district:
    case Label::city:
    case Label::prov:
    case Label::otherinfo:
      return true;
    default:
      return false;
  }
}

ChainPieces label_chain(const NumberChain& chain, const ChainContext& context) {
  return Labeller(chain, context).label();
}

}  // namespace menpai::address

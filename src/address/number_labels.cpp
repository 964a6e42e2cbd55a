// SPDX-License-Identifier: Apache-2.0
// The order door - building - unit - floor - room, applied to numbers that do not say what they are.
#include "address/number_labels.hpp"

#include <initializer_list>

namespace menpai::address {
namespace {

class Labeller {
 public:
  Labeller(const NumberChain& chain, const ChainContext& context)
      : m_chain(chain), m_context(context), m_first(chain.items[0].read), m_last(chain.items[chain.count - 1].read) {}

  ChainPieces label() {
    switch (m_chain.unit.word) {
      case UnitWord::building:
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
  void whole(Label label) { add(label, 0, m_chain.count - 1); }

  void add(Label label, std::uint32_t first, std::uint32_t last) {
    m_pieces.items[m_pieces.count++] = {label, static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(last)};
  }

  /// One number a label; the last label takes what is left.
  void split(std::initializer_list<Label> labels) {
    std::uint32_t i = 0;
    for (const Label label : labels) {
      const bool last = i + 1 == labels.size();
      add(label, i, last ? m_chain.count - 1 : i);
      ++i;
    }
  }

  bool dashes() const {
    if (m_chain.count < 2) return false;
    const char32_t joint = m_chain.items[1].joint;
    return joint == U'-' || joint == U'_' || (joint == U'之' && m_last.digits >= 3);
  }
  bool in_estate() const { return m_context.last == Label::poi || m_context.last == Label::subpoi; }

  /// 403-405: two rooms near each other, not building and room.
  bool room_range() const {
    if (m_chain.count != 2 || !dashes()) return false;
    const std::int32_t distance = m_last.number.value - m_first.number.value;
    return m_first.digits == m_last.digits && m_first.digits >= 3 && distance > 0 && distance <= 30;
  }

  /// 602-2, 1401-4: a room and its part; no building has such a number.
  bool parted_room() const {
    return m_chain.count == 2 && dashes() && m_first.digits >= 3 && m_last.digits <= 2 && !takes_door(m_context.last);
  }

  bool on_road() const { return m_context.last == Label::road || m_context.last == Label::subroad; }
  Label door() const { return m_context.last == Label::subroad ? Label::subroadno : Label::roadno; }

  void unit() {
    const bool in_house = m_context.last == Label::houseno || m_context.last == Label::floorno;
    if (dashes() && !in_house && !room_range() && !parted_room()) {
      if (m_chain.count == 2) {
        split({Label::houseno, Label::cellno});
      } else {
        split({Label::houseno, Label::houseno, Label::cellno});
      }
    } else {
      whole(Label::cellno);
    }
  }

  void hash() {
    if (m_chain.count == 2 && dashes()) {
      split({Label::houseno, Label::roomno});
    } else if (m_context.last == Label::houseno || m_context.last == Label::cellno ||
               m_context.last == Label::floorno) {
      whole(Label::roomno);
    } else {
      whole(Label::houseno);
    }
  }

  /// A楼, 8楼3单元 and 13号楼 are buildings; B1楼 is a floor.
  void floor() {
    const char32_t letter = m_first.number.prefix;
    const bool lettered = letter >= U'A' && letter <= U'Z' && (m_first.digits == 0 || letter != U'B');
    const bool building = m_context.unit_char == U'楼' && m_chain.count == 1 && (m_context.unit_follows || lettered);
    if (building) {
      whole(Label::houseno);
    } else if (dashes() && m_chain.count == 3) {
      split({Label::houseno, Label::cellno, Label::floorno});
    } else if (dashes() && m_chain.count == 2 && on_road()) {
      split({door(), Label::floorno});
    } else if (dashes() && m_chain.count == 2 && m_first.number.value >= m_last.number.value) {
      split({Label::houseno, Label::floorno});
    } else {
      whole(Label::floorno);
    }
  }

  void room() {
    const char32_t unit = m_context.unit_char;
    const bool shop = unit != U'室' && unit != U'房' && unit != U'户';
    if (dashes() && m_chain.count == 2 && on_road()) {
      split({door(), Label::roomno});
    } else if (!dashes() || room_range() || parted_room() || (shop && m_chain.count == 2)) {
      whole(Label::roomno);  // 26-28卡
    } else if (m_context.last == Label::houseno) {
      m_chain.count == 2 ? split({Label::cellno, Label::roomno})
                         : split({Label::cellno, Label::floorno, Label::roomno});
    } else if (m_context.last == Label::cellno || m_context.last == Label::floorno) {
      whole(Label::roomno);
    } else if (m_chain.count == 2) {
      split({Label::houseno, Label::roomno});
    } else {
      split({Label::houseno, Label::cellno, Label::roomno});
    }
  }

  /// N号 behind an estate: its building; behind a market: a stall; behind a bare name: a door.
  void hao_in_estate() {
    const bool bare_name = m_context.last_word == WordKind::none || m_context.last_word == WordKind::community;
    if (m_chain.count == 2 && dashes()) {
      const std::int32_t distance = m_last.number.value - m_first.number.value;
      const bool range = m_first.digits == m_last.digits && distance > 0 && distance <= 30;
      const bool houses = bare_name && !m_context.seen_door;
      const Label house = houses ? Label::roadno : Label::houseno;
      if (houses ? range || m_last.digits < 3 : room_range() || (range && distance <= 2)) {
        whole(house);  // 江顺里193-194号, 后行西里91-2号; 嘉隆公寓178-182号, 工业园11-12号
      } else {
        split({house, m_last.digits >= 3 ? Label::roomno : Label::cellno});
      }
      return;
    }
    if (m_context.number_follows) {
      whole(Label::houseno);
      return;
    }
    const bool stall = m_first.digits >= 4 || (m_context.market && (m_first.digits >= 3 || m_first.number.prefix != 0));
    if (m_chain.count == 1 && stall && !(bare_name && !m_context.market)) {
      whole(Label::roomno);
    } else {
      whole(bare_name && !m_context.seen_door && m_context.last == Label::poi ? Label::roadno : Label::houseno);
    }
  }

  void hao() {
    if (takes_door(m_context.last)) {
      whole(m_context.last == Label::subroad ? Label::subroadno : Label::roadno);
    } else if (in_estate()) {
      hao_in_estate();
    } else if (m_context.last == Label::roadno || m_context.last == Label::subroadno) {
      whole(Label::houseno);
    } else if (m_context.last == Label::houseno) {
      if (m_chain.count == 2 && dashes()) {
        split({Label::cellno, Label::roomno});
      } else {
        whole(m_chain.count == 1 && m_context.number_follows ? Label::cellno : Label::roomno);
      }
    } else {
      whole(Label::roomno);
    }
  }

  /// B1 in a tower: the first floor below ground.
  bool basement() const {
    return m_context.tower && m_chain.count == 1 && m_first.number.prefix == U'B' && m_first.digits == 1 &&
           !m_context.number_follows;
  }

  /// 25B behind a building or a door.
  bool lettered_room() const {
    const bool in_house =
        m_context.last == Label::houseno || m_context.last == Label::roadno || m_context.last == Label::subroadno;
    const char32_t letter = m_first.number.suffix;
    const bool high = in_estate() && m_first.digits == 2 && !m_context.number_follows;  // 惠盛花园10A
    return (in_house || m_context.tower || high) && m_chain.count == 1 && m_first.digits > 0 && letter >= U'A' &&
           letter <= U'Z';
  }

  void bare() {
    if (lettered_room()) {
      whole(Label::roomno);
    } else if (basement()) {
      whole(Label::floorno);
    } else if (takes_door(m_context.last)) {
      bare_door();
    } else if (m_context.last == Label::floorno || m_context.last == Label::cellno || m_context.last == Label::roomno ||
               m_context.last == Label::person) {
      whole(Label::roomno);
    } else if (m_context.last == Label::houseno) {
      bare_in_building();
    } else if (!dashes() || room_range() || parted_room()) {
      const bool room = m_first.digits >= 3 || (m_chain.count > 1 && m_last.digits >= 3);
      whole(room ? Label::roomno : Label::houseno);
    } else if (m_chain.count == 2) {
      split({Label::houseno, Label::roomno});
    } else if (m_chain.count == 3) {
      split({Label::houseno, Label::cellno, Label::roomno});
    } else {
      split({Label::houseno, Label::cellno, Label::floorno, Label::roomno});
    }
  }

  void bare_door() {
    const bool village = m_context.last == Label::community;
    if (m_chain.count == 3 && dashes()) {
      village ? split({Label::houseno, Label::cellno, Label::roomno})
              : split({Label::roadno, Label::houseno, Label::roomno});
    } else if (m_chain.count == 4 && dashes()) {
      split({Label::roadno, Label::houseno, Label::cellno, Label::roomno});
    } else if (m_chain.count == 2 && dashes() && m_last.digits >= 3 && (village || m_context.after_lane)) {
      split({village ? Label::houseno : Label::subroadno, Label::roomno});
    } else {
      whole(m_context.last == Label::subroad ? Label::subroadno : Label::roadno);
    }
  }

  void bare_in_building() {
    if (dashes() && m_chain.count == 2) {
      split({Label::cellno, Label::roomno});
    } else if (dashes() && m_chain.count >= 3) {
      split({Label::cellno, Label::floorno, Label::roomno});
    } else {
      const bool unit = m_first.digits <= 2 && m_first.number.prefix == 0 && m_chain.count == 1;
      whole(unit ? Label::cellno : Label::roomno);
    }
  }

  const NumberChain& m_chain;
  const ChainContext& m_context;
  const NumberRead& m_first;
  const NumberRead& m_last;
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

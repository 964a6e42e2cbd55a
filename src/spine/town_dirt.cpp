// SPDX-License-Identifier: Apache-2.0
// Untidy forms of standard addresses.
#include "spine/town_dirt.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"
#include "spine/town_plan.hpp"

namespace menpai::spine {
namespace {

/// An address in writing, still in pieces.
struct Written {
  std::string head;  ///< before everything
  std::string province, city, town, village, group, place, phase, number, building, unit, floor, room;
  std::string tail;   ///< behind everything
  std::string joint;  ///< between the pieces

  std::string text() const {
    std::string out = head;
    bool first = true;
    for (const std::string* piece :
         {&province, &city, &town, &village, &group, &place, &phase, &number, &building, &unit, &floor, &room}) {
      if (piece->empty()) continue;
      if (!first) out += joint;
      out += *piece;
      first = false;
    }
    return out + tail;
  }
};

Written written(const TownAddress& a, const TownDivisions& divisions) {
  Written w;
  w.province = divisions.province;
  w.city = divisions.city;
  w.town = divisions.town;
  w.village = a.village;
  if (a.group > 0) w.group = std::to_string(a.group) + "组";
  w.place = a.place;
  w.phase = a.phase;
  if (a.number > 0) w.number = std::to_string(a.number) + "号";
  if (a.sub_number > 0) w.number += "附" + std::to_string(a.sub_number) + "号";
  w.building = a.building + a.building_suffix;
  if (a.unit > 0) w.unit = std::to_string(a.unit) + "单元";
  if (a.floor > 0) w.floor = std::to_string(a.floor) + "层";
  if (!a.room.empty()) w.room = a.room + "室";
  return w;
}

using Kinds = std::vector<std::string_view>;

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string without_end(const std::string& text, std::string_view end) {
  const bool ends = text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
  return ends ? text.substr(0, text.size() - end.size()) : text;
}

std::string full_width(const std::string& text) {
  std::string out;
  for (const char32_t c : utf8::decode(text)) {
    const bool ascii = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
    utf8::append(out, ascii ? c - 0x20 + 0xFF00 : c);
  }
  return out;
}

struct Pair {
  std::string_view from;
  std::string_view to;
};
constexpr Pair traditional[] = {
    {"广", "廣"}, {"东", "東"}, {"镇", "鎮"}, {"号", "號"}, {"栋", "棟"}, {"单", "單"}, {"园", "園"}, {"兴", "興"},
    {"华", "華"}, {"龙", "龍"}, {"凤", "鳳"}, {"义", "義"}, {"业", "業"}, {"乐", "樂"}, {"发", "發"}, {"达", "達"},
    {"庆", "慶"}, {"礼", "禮"}, {"桥", "橋"}, {"岭", "嶺"}, {"乡", "鄉"}, {"阳", "陽"}, {"风", "風"}, {"贤", "賢"},
    {"长", "長"}, {"宁", "寧"}, {"丰", "豐"}, {"顺", "順"}, {"银", "銀"}, {"宝", "寶"}, {"云", "雲"}, {"学", "學"},
    {"层", "層"}, {"围", "圍"}, {"组", "組"}, {"荣", "榮"}, {"锦", "錦"},
};
/// Characters of the town's names and those that people type for them: same sound, or nearly the same shape.
constexpr Pair mistaken[] = {
    {"兴", "星"}, {"福", "富"}, {"永", "泳"}, {"新", "欣"}, {"丰", "峰"}, {"顺", "舜"}, {"裕", "欲"}, {"荣", "容"},
    {"昌", "冒"}, {"隆", "龙"}, {"泰", "秦"}, {"瑞", "端"}, {"嘉", "佳"}, {"景", "井"}, {"锦", "绵"}, {"翠", "萃"},
    {"碧", "壁"}, {"银", "很"}, {"彩", "采"}, {"晨", "辰"}, {"晓", "小"}, {"鸿", "洪"}, {"松", "淞"}, {"梅", "海"},
    {"兰", "栏"}, {"桂", "佳"}, {"柏", "相"}, {"榕", "溶"}, {"荔", "茘"}, {"莲", "连"}, {"荷", "何"}, {"枫", "风"},
    {"桐", "铜"}, {"青", "清"}, {"紫", "柴"}, {"怡", "贻"}, {"悦", "说"}, {"恒", "桓"}, {"宏", "红"}, {"宝", "保"},
    {"雅", "推"}, {"逸", "免"}, {"沁", "泌"}, {"华", "花"}, {"港", "巷"}, {"民", "明"}, {"源", "原"}, {"盛", "胜"},
    {"和", "合"}, {"康", "庚"}, {"祥", "样"}, {"庆", "床"}, {"元", "园"}, {"通", "桶"}, {"德", "得"}, {"仁", "人"},
    {"信", "讯"}, {"江", "汇"}, {"湖", "糊"}, {"溪", "西"}, {"洲", "州"}, {"岭", "领"}, {"林", "材"}, {"塘", "糖"},
    {"涌", "冲"}, {"基", "其"}, {"阳", "杨"}, {"虹", "红"}, {"雨", "两"}, {"波", "坡"}, {"茂", "戊"}, {"亭", "停"},
    {"贤", "闲"}, {"智", "志"}, {"勤", "琴"}, {"善", "膳"}, {"芳", "方"},
};

std::string phone(Random& random) {
  std::string tail = std::to_string(random.between(0, 999));
  return "13800000" + std::string(3 - tail.size(), '0') + tail;
}

// Each of these does one thing that clerks do; it returns the name of what it did, or nothing if it does not apply.

std::string_view vary_prefix(Written& w, const TownDivisions& divisions, Random& random) {
  switch (random.below(9)) {
    case 0:
      w.province.clear();
      return "no_province";
    case 1:
      w.province = without_end(w.province, "省");
      w.city = without_end(w.city, "市");
      return "short_names";
    case 2:
      w.province.clear();
      w.city.clear();
      return "town_only";
    case 3:
      w.province.clear();
      w.city = without_end(w.city, "市");
      return "short_city";
    case 4:
      w.head = divisions.province + divisions.city;
      return "prefix_twice";
    case 5:
      w.head = "中国";
      return "country";
    case 6:
      w.city += "市辖区";
      return "dummy_level";
    case 7:
      w.town += divisions.town;
      return "town_twice";
    default:
      w.province.clear();
      w.city.clear();
      w.town = without_end(w.town, "镇");
      return "bare_town";
  }
}

std::string_view vary_building(Written& w, const TownAddress& a, Random& random) {
  if (a.building.empty() || a.building_suffix != "栋") return {};
  switch (random.below(7)) {
    case 0:
      w.building = a.building + "幢";
      return "building_zhuang";
    case 1:
      w.building = a.building + "座";
      return "building_zuo";
    case 2:
      w.building = a.building + "号楼";
      return "building_haolou";
    case 3:
      w.building = a.building + "#";
      return "building_hash";
    case 4:
      w.building = a.building + "#楼";
      return "building_hash_lou";
    case 5:
      w.building = "第" + a.building + "栋";
      return "building_ordinal";
    default:
      if (std::stoi(a.building) > 40) return {};
      w.building = chinese_numeral(std::stoi(a.building)) + "栋";
      return "building_chinese";
  }
}

std::string_view vary_unit(Written& w, const TownAddress& a, Random& random) {
  if (a.unit == 0) return {};
  switch (random.below(3)) {
    case 0:
      w.unit = std::to_string(a.unit) + "梯";
      return "unit_ti";
    case 1:
      w.unit = chinese_numeral(a.unit) + "单元";
      return "unit_chinese";
    default:
      w.unit = std::to_string(a.unit) + "门";
      return "unit_men";
  }
}

std::string_view vary_room(Written& w, const TownAddress& a, Random& random) {
  if (a.room.empty()) return {};
  const std::string floor = a.room.substr(0, a.room.size() - 2);
  switch (random.below(5)) {
    case 0:
      w.room = a.room;
      return "room_bare";
    case 1:
      w.room = a.room + "房";
      return "room_fang";
    case 2:
      w.room = a.room + "号房";
      return "room_haofang";
    case 3:
      if (a.floor > 0) return {};
      w.floor = floor + "楼";
      return "floor_told";
    default:
      w.room = a.room + "户";
      return "room_hu";
  }
}

std::string_view vary_chain(Written& w, const TownAddress& a, Random& random) {
  if (a.building.empty() || a.room.empty() || a.floor > 0 || a.building_suffix != "栋") return {};
  const std::string dash = random.chance(0.8) ? "-" : "－";
  w.building = a.building + (a.unit == 0 && random.chance(0.4) ? "#" : "") + dash;
  if (a.unit > 0) w.unit = std::to_string(a.unit) + dash;
  w.room = a.room;
  return "chain";
}

std::string_view vary_number(Written& w, const TownAddress& a, Random& random) {
  if (a.number == 0) return {};
  const std::string number = std::to_string(a.number);
  if (a.sub_number > 0) {
    const std::string sub = std::to_string(a.sub_number);
    switch (random.below(3)) {
      case 0:
        w.number = number + "号之" + chinese_numeral(a.sub_number);
        return "sub_zhi_chinese";
      case 1:
        w.number = number + "号之" + sub;
        return "sub_zhi";
      default:
        w.number = number + "-" + sub + "号";
        return "sub_dash";
    }
  }
  if (!a.room.empty() && random.chance(0.3)) {
    w.room = a.room;
    w.number = number + "号之";
    return "room_zhi";
  }
  if (a.room.empty() && a.group == 0 && random.chance(0.4)) {
    w.number = number;
    return "number_bare";
  }
  w.number = number + "號";
  return "number_traditional";
}

std::string_view vary_group(Written& w, const TownAddress& a, Random& random) {
  if (a.group == 0) return {};
  switch (random.below(4)) {
    case 0:
      w.group = std::to_string(a.group) + "队";
      return "group_dui";
    case 1:
      w.group = chinese_numeral(a.group) + "组";
      return "group_chinese";
    case 2:
      w.group = "第" + std::to_string(a.group) + "村民小组";
      return "group_full";
    default:
      w.village = without_end(a.village, "村") + "村委会";
      return "village_committee";
  }
}

std::string_view vary_place(Written& w, const TownAddress& a, Random& random) {
  if (!a.gate.empty() && random.chance(0.5)) {
    w.place = a.gate + a.place;
    return "gate_number";
  }
  if (!a.phase.empty() && random.chance(0.5)) {
    w.phase = a.phase == "一期" ? "1期" : "2期";
    return "phase_digit";
  }
  if (a.village.empty() && random.chance(0.5)) {
    w.village = a.committee;
    return "village_told";
  }
  // 兴港十二巷 → 兴港12巷
  for (int i = 20; i >= 1; --i) {
    const std::string numeral = chinese_numeral(i);
    for (const std::string_view suffix : {"横巷", "巷", "街"}) {
      const std::string from = numeral + std::string(suffix);
      if (w.place.size() > from.size() && w.place.compare(w.place.size() - from.size(), from.size(), from) == 0) {
        w.place = w.place.substr(0, w.place.size() - from.size()) + std::to_string(i) + std::string(suffix);
        return "lane_digit";
      }
    }
  }
  return {};
}

std::string_view vary_around(Written& w, Random& random) {
  switch (random.below(9)) {
    case 0:
      w.tail = "。";
      return "full_stop";
    case 1:
      w.tail = " 电话" + phone(random);
      return "phone";
    case 2:
      w.tail = "（到了打电话）";
      return "courier_note";
    case 3:
      w.tail = "（近市场）";
      return "near_note";
    case 4:
      w.joint = " ";
      return "spaces";
    case 5:
      w.head += "【";
      w.tail = "】";
      return "brackets";
    case 6:
      w.city += "null ";
      return "null_word";
    case 7:
      w.tail = "（自住）";
      return "remark";
    default:
      w.head = "  " + w.head;
      w.tail += "\t";
      return "outer_blanks";
  }
}

void vary_whole(std::string& text, Kinds& kinds, Random& random) {
  if (random.chance(0.10)) {
    text = full_width(text);
    kinds.push_back("full_width");
  }
  if (random.chance(0.07)) {
    const std::string before = text;
    for (const Pair& pair : traditional) replace_all(text, pair.from, pair.to);
    if (text != before) kinds.push_back("traditional");
  }
}

void make_format(Written& w, const TownAddress& a, const TownDivisions& divisions, Kinds& kinds, Random& random) {
  const auto note = [&](std::string_view kind) {
    if (!kind.empty()) kinds.push_back(kind);
  };
  if (random.chance(0.65)) note(vary_prefix(w, divisions, random));
  const std::string_view chain = random.chance(0.2) ? vary_chain(w, a, random) : std::string_view{};
  note(chain);
  if (chain.empty()) {
    if (random.chance(0.5)) note(vary_building(w, a, random));
    if (random.chance(0.4)) note(vary_unit(w, a, random));
    if (random.chance(0.5)) note(vary_room(w, a, random));
  }
  if (random.chance(0.3)) note(vary_number(w, a, random));
  if (random.chance(0.5)) note(vary_group(w, a, random));
  if (random.chance(0.25)) note(vary_place(w, a, random));
  if (random.chance(0.2)) note(vary_around(w, random));
  if (kinds.empty()) note(vary_prefix(w, divisions, random));
}

/// Leaves out what is needed to tell the address from its neighbours.
bool make_missing(Written& w, const TownAddress& a, Kinds& kinds, Random& random) {
  if (a.unit > 0 && a.units > 1 && !a.room.empty()) {
    w.unit.clear();
    kinds.push_back("no_unit");
    return true;
  }
  if (!a.phase.empty()) {
    w.phase.clear();
    kinds.push_back("no_phase");
    return true;
  }
  if (!a.building.empty() && !a.room.empty()) {
    w.building.clear();
    w.unit.clear();
    kinds.push_back("no_building");
    return true;
  }
  if (a.group > 0) {
    w.group.clear();
    kinds.push_back("no_group");
    return true;
  }
  // The lane's ordinal: 兴港十二巷8号 → 兴港巷8号.
  for (int i = 20; i >= 1 && random.chance(0.8); --i) {
    const std::size_t at = a.place.find(chinese_numeral(i));
    if (at == std::string::npos || a.place.size() - at > chinese_numeral(i).size() + 6) continue;
    w.place = a.place.substr(0, at) + a.place.substr(at + chinese_numeral(i).size());
    kinds.push_back("no_ordinal");
    return true;
  }
  return false;
}

bool make_typo(Written& w, Kinds& kinds, Random& random) {
  std::string& name = w.place.empty() ? w.village : w.place;
  std::u32string characters = utf8::decode(name);
  if (characters.size() < 3) return false;
  const double roll = random.real();
  if (roll < 0.6) {
    // The first two characters carry the name; what follows is its kind (路, 花园, 十二巷).
    for (const std::size_t at : {random.below(2), random.below(2)}) {
      const std::string one = utf8::encode(std::u32string_view(characters).substr(at, 1));
      for (const Pair& pair : mistaken) {
        if (pair.from != one) continue;
        std::u32string typed = characters;
        typed[at] = utf8::decode(pair.to)[0];
        name = utf8::encode(typed);
        kinds.push_back("wrong_character");
        return true;
      }
    }
  }
  if (roll < 0.8 && characters.size() >= 4) {
    characters.erase(random.below(2), 1);
    name = utf8::encode(characters);
    kinds.push_back("lost_character");
    return true;
  }
  if (roll < 0.9) {
    const std::size_t at = random.below(2);
    characters.insert(at, 1, characters[at]);
    name = utf8::encode(characters);
    kinds.push_back("doubled_character");
    return true;
  }
  std::swap(characters[0], characters[1]);
  name = utf8::encode(characters);
  kinds.push_back("swapped_characters");
  return true;
}

bool make_nonexistent(Written& w, const TownAddress& a, Kinds& kinds, Random& random) {
  if (!a.room.empty()) {
    const int floor = a.top_floor + random.between(2, 9);
    const std::string door = a.room.substr(a.room.size() - 2);
    w.room = std::to_string(floor) + door + "室";
    if (a.floor > 0) w.floor = std::to_string(floor) + "层";
    kinds.push_back("no_such_room");
    return true;
  }
  if (a.number > 0 && a.number_end > 0) {
    w.number = std::to_string(a.number_end + 2 * random.between(100, 400) + a.number % 2) + "号";
    kinds.push_back("no_such_number");
    return true;
  }
  if (!a.building.empty() && a.building_suffix == "栋") {
    w.building = std::to_string(std::stoi(a.building) + 200 + random.between(0, 90)) + "栋";
    kinds.push_back("no_such_building");
    return true;
  }
  return false;
}

DirtClass pick_class(const DirtShares& shares, Random& random) {
  const std::array<double, dirt_class_count> weights = {shares.exact, shares.format, shares.missing, shares.typo,
                                                        shares.nonexistent};
  double sum = 0;
  for (const double weight : weights) sum += std::max(0.0, weight);
  double roll = random.real() * sum;
  for (int i = 0; i < dirt_class_count; ++i) {
    roll -= std::max(0.0, weights[static_cast<std::size_t>(i)]);
    if (roll < 0) return static_cast<DirtClass>(i);
  }
  return DirtClass::exact;
}

}  // namespace

std::string_view dirt_class_name(DirtClass dirt) {
  constexpr std::array<std::string_view, dirt_class_count> names = {"A", "B", "C", "D", "N"};
  return names[static_cast<std::size_t>(dirt)];
}

DirtyText make_dirty(const TownAddress& address, const TownDivisions& divisions, const DirtShares& shares,
                     Random& random) {
  DirtyText row;
  row.dirt = pick_class(shares, random);
  Written w = written(address, divisions);
  bool done = true;
  switch (row.dirt) {
    case DirtClass::exact:
      row.text = w.text();
      return row;
    case DirtClass::format:
      break;
    case DirtClass::missing:
      done = make_missing(w, address, row.kinds, random);
      break;
    case DirtClass::typo:
      done = make_typo(w, row.kinds, random);
      break;
    case DirtClass::nonexistent:
      done = make_nonexistent(w, address, row.kinds, random);
      break;
  }
  if (!done) row.dirt = DirtClass::format;
  if (row.dirt == DirtClass::format) {
    make_format(w, address, divisions, row.kinds, random);
  } else if (random.chance(0.5)) {
    row.kinds.push_back(vary_prefix(w, divisions, random));
  }
  row.text = w.text();
  if (row.dirt == DirtClass::format) vary_whole(row.text, row.kinds, random);
  return row;
}

}  // namespace menpai::spine

// SPDX-License-Identifier: Apache-2.0
#include "address/read/address_path.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace menpai::address {
namespace {

bool is_word_char(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || c >= 0x2E80;
}

/// CJK punctuation that may survive folding.
bool is_separator(char32_t c) {
  return !is_word_char(c) || (c >= 0x3000 && c <= 0x303F) || c == U'、' || c == 0xFFFD;
}

/// True for 二期, 3期, B期: a part of the estate named before it, however the text was cut.
bool is_phase(std::u32string_view name) {
  constexpr std::u32string_view counts = U"0123456789一二三四五六七八九十ABCDEFGH";
  return name.size() >= 2 && name.size() <= 4 && name.back() == U'期' &&
         name.substr(0, name.size() - 1).find_first_not_of(counts) == std::u32string_view::npos;
}

/// Joins a phase to the estate before it. True if it did.
bool join_phase(const Reading& reading, const TypedElement& e, std::uint32_t index, AddressPath& path) {
  if (path.items.empty() || !is_phase(e.text(reading.normal))) return false;
  PathItem& before = path.items.back();
  if (before.numeric || before.level != Level::place) return false;
  const std::uint32_t end = reading.elements[before.last_element].to;
  const std::u32string_view between = std::u32string_view(reading.normal.chars).substr(end, e.from - end);
  if (e.from < end || !std::all_of(between.begin(), between.end(), is_separator)) return false;
  before.last_element = index;
  return true;
}

/// 5层01室 and 5层01 are counted by floors; 首层3卡 and 3层38单元 need not be.
bool counts_by_floor(const Reading& reading, const PathItem& room) {
  const char32_t last = item_text(reading, room).back();
  return last == U'室' || last == U'房' || last == U'户' || last == U'号' || last < 0x80;
}

void join_floor_and_room(const Reading& reading, AddressPath& path) {
  PathItem* floor = nullptr;
  PathItem* room = nullptr;
  for (PathItem& item : path.items) {
    if (item.numeric && item.level == Level::floor) floor = &item;
    if (item.numeric && item.level == Level::room && room == nullptr) room = &item;
  }
  if (floor == nullptr || room == nullptr || floor->several) return;
  const std::int32_t on_floor = number_letters(floor->key) == 0 ? number_value(floor->key) : 0;  // B1F is no 1F
  const std::int32_t number = number_value(room->key);
  if (on_floor > 0 && number > 0 && number < 100 && number_letters(room->key) == 0 && !room->several &&
      counts_by_floor(reading, *room)) {
    room->key = room->last = with_value(room->key, on_floor * 100 + number);
  }
  floor->implied = on_floor > 0 && number_value(room->key) / 100 == on_floor;
}

}  // namespace

bool is_silent(const Reading& reading, const TypedElement& element) {
  if (element.further) return false;
  if (element.label == Label::country || element.division != no_division || element.repeated) return true;
  if (element.from == element.to) return false;
  const std::u32string_view text = element.text(reading.normal);
  return std::all_of(text.begin(), text.end(), is_separator);
}

void make_path(const Reading& reading, AddressPath& out) {
  out.clear();
  for (const Mention& mention : reading.division.mentions) {
    if (mention.use == MentionUse::conflicting) out.plain = false;
  }
  for (std::size_t i = 0; i < reading.elements.size(); ++i) {
    const TypedElement& e = reading.elements[i];
    if (is_silent(reading, e)) continue;
    const bool below = e.level >= Level::village && e.from < e.to && !e.aside;
    if (!below) {
      out.plain = false;
      continue;
    }
    const auto index = static_cast<std::uint32_t>(i);
    if (join_phase(reading, e, index, out)) continue;
    PathItem item{.label = e.label, .level = e.level, .last_element = index, .element = index};
    if (e.kind != NumberKind::none) {
      const auto key = pack_number(e.kind, e.number, e.text(reading.normal));
      const auto last = e.several > 1 ? pack_number(e.kind, e.last, e.text(reading.normal)) : key;
      item.numeric = key && last;
      item.several = e.several > 1;
      if (item.numeric) item.key = *key, item.last = *last;
    }
    out.items.push_back(item);
  }
  join_floor_and_room(reading, out);
}

std::u32string_view item_text(const Reading& reading, const PathItem& item) {
  const std::uint32_t from = reading.elements[item.element].from;
  return std::u32string_view(reading.normal.chars).substr(from, reading.elements[item.last_element].to - from);
}

void append_item(const Reading& reading, const PathItem& item, std::string& out) {
  if (item.numeric && !item.several) return append_number(item.key, out);
  for (const char32_t c : item_text(reading, item)) utf8::append(out, c);
}

}  // namespace menpai::address

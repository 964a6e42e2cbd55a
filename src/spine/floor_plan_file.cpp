// SPDX-License-Identifier: Apache-2.0
// Reads floor plans from JSON and TOML.
#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <simdjson.h>
#include <sstream>
#include <toml++/toml.h>

#include "base/error.hpp"
#include "spine/floor_plan.hpp"

namespace menpai::spine {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t text_bytes_max = 262'144;
constexpr std::size_t list_max = 2000;
constexpr std::size_t string_bytes_max = 80;

/// Reads members of one object; what is wrong is noted with its place and the member stays as it was.
class Members {
 public:
  Members(const dom::object& object, std::string where, std::vector<PlanNote>& notes,
          std::initializer_list<std::string_view> known)
      : m_object(object), m_where(std::move(where)), m_notes(notes) {
    for (const auto& member : object) {
      if (std::find(known.begin(), known.end(), member.key) == known.end()) bad(member.key, "there is no such field");
    }
  }

  void bad(std::string_view key, std::string detail) const {
    m_notes.push_back({PlanFault::bad_form, m_where + std::string(key), std::move(detail)});
  }

  void read(std::string_view key, int& value) const {
    dom::element element;
    if (m_object[key].get(element) != simdjson::SUCCESS) return;
    std::int64_t number = 0;
    if (element.get(number) != simdjson::SUCCESS || number < -1'000'000 || number > 1'000'000) {
      return bad(key, "must be a whole number");
    }
    value = static_cast<int>(number);
  }
  void read(std::string_view key, std::optional<int>& value) const {
    dom::element element;
    if (m_object[key].get(element) != simdjson::SUCCESS) return;
    value = 0;
    read(key, *value);
  }
  void read(std::string_view key, bool& value) const {
    dom::element element;
    if (m_object[key].get(element) != simdjson::SUCCESS) return;
    if (element.get(value) != simdjson::SUCCESS) bad(key, "must be true or false");
  }
  void read(std::string_view key, std::string& value) const {
    dom::element element;
    if (m_object[key].get(element) != simdjson::SUCCESS) return;
    std::string_view text;
    std::int64_t number = 0;
    if (element.get(number) == simdjson::SUCCESS) {
      value = std::to_string(number);
    } else if (element.get(text) == simdjson::SUCCESS && text.size() <= string_bytes_max) {
      value = text;
    } else {
      bad(key, "must be a short text");
    }
  }
  void read(std::string_view key, std::vector<int>& values) const {
    each(key, [&](const dom::element& element) {
      std::int64_t number = 0;
      if (element.get(number) != simdjson::SUCCESS || number < -1000 || number > 10'000) return false;
      values.push_back(static_cast<int>(number));
      return true;
    });
  }
  void read(std::string_view key, std::vector<std::string>& values) const {
    each(key, [&](const dom::element& element) {
      std::string_view text;
      std::int64_t number = 0;
      if (element.get(number) == simdjson::SUCCESS) {
        values.push_back(std::to_string(number));
      } else if (element.get(text) == simdjson::SUCCESS && text.size() <= string_bytes_max) {
        values.emplace_back(text);
      } else {
        return false;
      }
      return true;
    });
  }
  /// Objects of a list, each with its place.
  template <class Use>
  void objects(std::string_view key, Use use) const {
    std::size_t number = 0;
    each(key, [&](const dom::element& element) {
      dom::object object;
      if (element.get(object) != simdjson::SUCCESS) return false;
      use(object, m_where + std::string(key) + "[" + std::to_string(++number) + "].");
      return true;
    });
  }
  bool has(std::string_view key) const {
    dom::element element;
    return m_object[key].get(element) == simdjson::SUCCESS;
  }

 private:
  template <class Take>
  void each(std::string_view key, Take take) const {
    dom::element element;
    if (m_object[key].get(element) != simdjson::SUCCESS) return;
    dom::array array;
    if (element.get(array) != simdjson::SUCCESS || array.size() > list_max) return bad(key, "must be a list");
    for (const dom::element one : array) {
      if (!take(one)) return bad(key, "holds something of a wrong type");
    }
  }

  dom::object m_object;
  std::string m_where;
  std::vector<PlanNote>& m_notes;
};

/// "3", "5-8", "-1", "-2--1".
bool parse_floors(std::string_view text, int& from, int& to) {
  const char* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, from);
  if (failed != std::errc()) return false;
  to = from;
  if (stop == end) return true;
  if (*stop != '-') return false;
  const auto [last, bad] = std::from_chars(stop + 1, end, to);
  return bad == std::errc() && last == end;
}

void read_exceptions(const Members& plan, FloorPlan& out, std::vector<PlanNote>& notes) {
  plan.objects("exceptions", [&](const dom::object& object, const std::string& where) {
    const Members members(object, where, notes, {"units", "floors", "rooms", "first_room", "names"});
    FloorException one;
    std::string floors;
    members.read("units", one.units);
    members.read("floors", floors);
    members.read("rooms", one.rooms);
    members.read("first_room", one.first_room);
    members.read("names", one.names);
    if (!parse_floors(floors, one.from, one.to)) members.bad("floors", "must be like \"3\", \"5-8\" or \"-1\"");
    out.exceptions.push_back(std::move(one));
  });
}

void read_plan(const dom::object& root, FloorPlan& out, std::vector<PlanNote>& notes) {
  const Members plan(root, "", notes,
                     {"units", "basements", "basement_rooms", "top_floor", "floors", "rooms_a_floor", "first_room",
                      "room_digits", "counts_on_over_units", "skipped_floors", "skipped_rooms", "naming",
                      "names_floors", "mezzanines", "exceptions", "subdivisions"});
  int unit_count = 0;
  std::int64_t number = 0;
  if (root["units"].get(number) == simdjson::SUCCESS) {
    plan.read("units", unit_count);
    if (unit_count < 0 || unit_count > 99) {
      notes.push_back({PlanFault::bad_number, "units", "1 to 99"});
      unit_count = 0;
    }
    for (int i = 1; i <= unit_count; ++i) out.units.push_back(std::to_string(i));
  } else {
    plan.read("units", out.units);
  }
  plan.read("basements", out.basements);
  plan.read("basement_rooms", out.basement_rooms);
  plan.read("top_floor", out.top_floor);
  plan.read("floors", out.floors);
  plan.read("rooms_a_floor", out.rooms_a_floor);
  plan.read("first_room", out.first_room);
  plan.read("room_digits", out.room_digits);
  plan.read("counts_on_over_units", out.counts_on_over_units);
  plan.read("skipped_floors", out.skipped_floors);
  plan.read("skipped_rooms", out.skipped_rooms);
  plan.read("names_floors", out.names_floors);
  std::string naming = "floor_room";
  plan.read("naming", naming);
  if (naming == "letters") {
    out.naming = RoomNaming::letters;
  } else if (naming == "unit_floor_room") {
    out.naming = RoomNaming::unit_floor_room;
  } else if (naming != "floor_room") {
    plan.bad("naming", "must be floor_room, letters or unit_floor_room");
  }
  plan.objects("mezzanines", [&](const dom::object& object, const std::string& where) {
    const Members members(object, where, notes, {"above", "rooms"});
    Mezzanine one;
    members.read("above", one.above);
    members.read("rooms", one.rooms);
    out.mezzanines.push_back(one);
  });
  read_exceptions(plan, out, notes);
  plan.objects("subdivisions", [&](const dom::object& object, const std::string& where) {
    const Members members(object, where, notes, {"unit", "room", "parts", "letters", "keeps_whole"});
    Subdivision one;
    members.read("unit", one.unit);
    members.read("room", one.room);
    members.read("parts", one.parts);
    members.read("letters", one.letters);
    members.read("keeps_whole", one.keeps_whole);
    out.subdivisions.push_back(std::move(one));
  });
}

std::string json_of_toml(std::string_view text) {
  std::ostringstream out;
  out << toml::json_formatter{toml::parse(text)};
  return out.str();
}

}  // namespace

FloorPlan parse_floor_plan(std::string_view text, bool is_toml, std::vector<PlanNote>& notes) {
  FloorPlan plan;
  if (text.size() > text_bytes_max) {
    notes.push_back({PlanFault::bad_form, "", "longer than 256 KiB"});
    return plan;
  }
  std::string json;
  try {
    json = is_toml ? json_of_toml(text) : std::string(text);
  } catch (const toml::parse_error& error) {
    notes.push_back(
        {PlanFault::bad_form, "line " + std::to_string(error.source().begin.line), std::string(error.description())});
    return plan;
  }
  dom::parser parser;
  dom::object root;
  if (parser.parse(simdjson::padded_string(json)).get(root) != simdjson::SUCCESS) {
    notes.push_back({PlanFault::bad_form, "", "not a JSON object"});
    return plan;
  }
  read_plan(root, plan, notes);
  return plan;
}

std::string plan_json_of_toml(std::string_view toml) {
  try {
    return json_of_toml(toml);
  } catch (const toml::parse_error& error) {
    throw Error(ErrorCode::bad_request, "Line " + std::to_string(error.source().begin.line) +
                                            " of the floor plan: " + std::string(error.description()) + ".");
  }
}

}  // namespace menpai::spine

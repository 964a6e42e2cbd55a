// SPDX-License-Identifier: Apache-2.0
// Putting codes together by their scheme.
#include "spine/code_scheme.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/check_digit.hpp"
#include "base/error.hpp"
#include "spine/rules.hpp"

namespace menpai::spine {
namespace {

constexpr std::uint32_t serial_max = 999999;
constexpr std::size_t division_digits = 12;
constexpr std::size_t serial_digits = 6;
constexpr int floors_below_max = 9;

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void append_serial(std::string& code, std::uint32_t serial) {
  if (serial < 1 || serial > serial_max) {
    throw Error(ErrorCode::bad_request,
                "A serial number in a code goes from 1 to 999999; this village has used them up.");
  }
  const std::string digits = std::to_string(serial);
  code.append(serial_digits - digits.size(), '0');
  code += digits;
}

std::string division_part(std::string_view division_code) {
  if (division_code.size() < 2 || division_code.size() > division_digits || !all_digits(division_code)) {
    throw Error(ErrorCode::bad_request, "A division code has 2 to 12 digits.");
  }
  std::string code(division_code);
  code.resize(division_digits, '0');
  return code;
}

void append_number(std::string& code, const CodeScheme& scheme, const CodeSegment& segment, std::uint64_t number) {
  const std::string digits = std::to_string(number);
  if (digits.size() > segment.width) {
    throw Error(ErrorCode::bad_request, "A code of scheme " + scheme.name + " has " + std::to_string(segment.width) +
                                            " digits for the " + segment.name + "; " + digits + " does not fit.");
  }
  code.append(segment.width - digits.size(), '0');
  code += digits;
}

std::uint64_t floor_number(const CodeScheme& scheme, int floor) {
  if (floor >= 0) {
    if (floor <= 99 - floors_below_max - 1) return static_cast<std::uint64_t>(floor);
  } else if (-floor <= floors_below_max) {
    return static_cast<std::uint64_t>(100 + floor);
  }
  throw Error(ErrorCode::bad_request,
              "A code of scheme " + scheme.name + " can name floors from " + std::to_string(-floors_below_max) +
                  " to " + std::to_string(99 - floors_below_max - 1) + ", not " + std::to_string(floor) + ".");
}

std::uint64_t number_of(const CodeParts& parts, SegmentFrom from) {
  switch (from) {
    case SegmentFrom::grid:
      return parts.grid;
    case SegmentFrom::place:
      return parts.place;
    case SegmentFrom::estate:
      return parts.estate;
    case SegmentFrom::building:
      return parts.building;
    case SegmentFrom::unit:
      return parts.unit;
    case SegmentFrom::room:
      return parts.room;
    default:
      return 0;
  }
}

void append_segment(std::string& code, const CodeScheme& scheme, const CodeSegment& segment, const CodeParts& parts) {
  if (segment.from == SegmentFrom::division) {
    code += division_part(parts.division_code).substr(code.size(), segment.width);
  } else if (segment.from == SegmentFrom::object_class) {
    if (parts.object_class.size() != segment.width || !all_digits(parts.object_class)) {
      throw Error(ErrorCode::bad_request, "A code of scheme " + scheme.name + " needs a class of " +
                                              std::to_string(segment.width) + " digits.");
    }
    code += parts.object_class;
  } else if (segment.from == SegmentFrom::floor) {
    append_number(code, scheme, segment, floor_number(scheme, parts.floor));
  } else {
    append_number(code, scheme, segment, number_of(parts, segment.from));
  }
}

}  // namespace

char check_digit(std::string_view digits) {
  return menpai::check_digit(digits);
}

bool has_right_check_digit(std::string_view code) {
  return code.size() >= 2 && all_digits(code) && check_digit(code.substr(0, code.size() - 1)) == code.back();
}

std::string building_code(std::string_view division_code, std::uint32_t serial) {
  std::string code = division_part(division_code);
  append_serial(code, serial);
  return code + check_digit(code);
}

std::string room_code(std::string_view division_code, std::uint32_t building_serial, std::uint32_t room_serial) {
  std::string code = division_part(division_code);
  append_serial(code, building_serial);
  append_serial(code, room_serial);
  return code + check_digit(code);
}

std::string_view segment_from_name(SegmentFrom from) {
  constexpr std::string_view names[] = {"division", "grid",  "place", "estate", "building",
                                        "unit",     "floor", "room",  "class",  "serial"};
  return names[static_cast<std::size_t>(from)];
}

std::string_view code_order_name(CodeOrder order) {
  constexpr std::string_view names[] = {"issued", "west_to_east", "as_numbered"};
  return names[static_cast<std::size_t>(order)];
}

bool CodeScheme::has_serial() const {
  return !segments.empty() && segments.back().from == SegmentFrom::serial;
}

std::size_t CodeScheme::length() const {
  std::size_t digits = check == CheckRule::none ? 0 : 1;
  for (const CodeSegment& segment : segments) digits += segment.width;
  return digits;
}

std::size_t CodeScheme::scope_length() const {
  std::size_t digits = 0;
  for (const CodeSegment& segment : segments) digits += segment.width;
  return has_serial() ? digits - segments.back().width : digits;
}

std::uint64_t CodeScheme::serial_max() const {
  if (!has_serial()) return 0;
  std::uint64_t power = 1;
  for (std::size_t i = 0; i < segments.back().width; ++i) power *= 10;
  return power - 1;
}

std::string code_scope(const CodeScheme& scheme, const CodeParts& parts, std::size_t parent_length) {
  std::string code;
  std::size_t next = 0;
  if (!scheme.parent.empty()) {
    std::size_t digits = 0;
    for (; next < scheme.inherited; ++next) digits += scheme.segments[next].width;
    if (parts.parent_code.size() != parent_length || !all_digits(parts.parent_code)) {
      throw Error(ErrorCode::bad_request, "A code of scheme " + scheme.name + " begins with a code of scheme " +
                                              scheme.parent + ", which has " + std::to_string(parent_length) +
                                              " digits; \"" + parts.parent_code + "\" is none.");
    }
    code = parts.parent_code.substr(0, digits);
  }
  for (; next < scheme.segments.size(); ++next) {
    if (scheme.segments[next].from == SegmentFrom::serial && next + 1 == scheme.segments.size()) break;
    append_segment(code, scheme, scheme.segments[next], parts);
  }
  return code;
}

std::string code_in_scope(const CodeScheme& scheme, std::string_view scope, std::uint64_t serial) {
  MENPAI_ASSERT(scope.size() == scheme.scope_length() && all_digits(scope), "a scope is made by code_scope");
  std::string code(scope);
  if (scheme.has_serial()) {
    if (serial < 1 || serial > scheme.serial_max()) {
      throw Error(ErrorCode::bad_request, "The numbers of scheme " + scheme.name + " in " + std::string(scope) +
                                              " are used up; they go from 1 to " + std::to_string(scheme.serial_max()) +
                                              ".");
    }
    append_number(code, scheme, scheme.segments.back(), serial);
  }
  if (scheme.check == CheckRule::mod11_10) code += check_digit(code);
  return code;
}

std::string_view component_class_name(std::string_view code) {
  static const auto names = [] {
    std::unordered_map<std::string_view, std::string_view> table;
    for (const auto& cells : rule_rows(rules_file("component_classes.tsv"))) {
      if (cells.size() == 2) table.emplace(cells[0], cells[1]);
    }
    return table;
  }();
  const auto found = names.find(code);
  return found == names.end() ? std::string_view() : found->second;
}

}  // namespace menpai::spine

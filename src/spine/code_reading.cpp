// SPDX-License-Identifier: Apache-2.0
// A code explained for a person, or what is wrong with it.
#include <algorithm>

#include "spine/code_scheme.hpp"

namespace menpai::spine {
namespace {

bool is_zero(std::string_view digits) {
  return digits.find_first_not_of('0') == std::string_view::npos;
}

/// "0042" → "42".
std::string plain_number(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string() : std::string(digits.substr(first));
}

std::string floor_text(std::string_view digits) {
  constexpr int floors_below_max = 9;
  const std::string number = plain_number(digits);
  const int value = number.empty() ? 0 : std::stoi(number);
  return value > 99 - floors_below_max - 1 ? std::to_string(value - 100) : number;
}

/// Looks up the division that `code` ends with at this segment, and notes what is strange about it.
std::string division_text(const CodeSegment& segment, std::string_view whole, std::string_view own, bool& has_gap,
                          const FindDivision& find, std::vector<CodeNote>& notes) {
  if (is_zero(own)) {
    // A city without counties has 00 there, so only a missing province, city or town in front of something is a gap.
    has_gap = has_gap || segment.name != "county";
    return {};
  }
  if (has_gap) {
    notes.push_back({CodeFault::gap_in_divisions, segment.name, std::string(whole)});
    has_gap = false;
  }
  if (!find) return std::string(whole);
  const auto word = find(whole);
  if (!word) {
    // Provinces under direct control have the dummy city 01 or 02, which no list names.
    const bool is_dummy = segment.name == "city" && (own == "01" || own == "02" || own == "90");
    if (!is_dummy) {
      const CodeFault fault = segment.name == "village" ? CodeFault::unlisted_village : CodeFault::unknown_division;
      notes.push_back({fault, segment.name, std::string(whole)});
    }
    return {};
  }
  if (word->is_former) notes.push_back({CodeFault::former_division, segment.name, word->name});
  return word->name;
}

std::string check_shape(const CodeScheme& scheme, std::string_view code, std::vector<CodeNote>& notes) {
  const auto odd = std::find_if(code.begin(), code.end(), [](char c) { return c < '0' || c > '9'; });
  if (odd != code.end()) {
    notes.push_back({CodeFault::not_digits, "", "at position " + std::to_string(odd - code.begin() + 1)});
  }
  if (code.size() != scheme.length()) {
    notes.push_back({CodeFault::length, "",
                     std::to_string(scheme.length()) + " expected, " + std::to_string(code.size()) + " given"});
  }
  if (!notes.empty()) return {};
  if (scheme.check == CheckRule::mod11_10 && !has_right_check_digit(code)) {
    const char right = check_digit(code.substr(0, code.size() - 1));
    notes.push_back({CodeFault::check_digit, "check", std::string(1, right) + " expected"});
  }
  return std::string(code);
}

}  // namespace

std::string_view code_fault_name(CodeFault fault) {
  constexpr std::string_view names[] = {"length",           "not_digits",       "check_digit",
                                        "unknown_division", "unlisted_village", "former_division",
                                        "unknown_class",    "no_serial",        "gap_in_divisions"};
  return names[static_cast<std::size_t>(fault)];
}

bool is_wrong(CodeFault fault) {
  return fault != CodeFault::unlisted_village && fault != CodeFault::former_division &&
         fault != CodeFault::unknown_class;
}

bool CodeReading::is_right() const {
  return std::none_of(notes.begin(), notes.end(), [](const CodeNote& note) { return is_wrong(note.fault); });
}

CodeReading explain_code(const CodeScheme& scheme, std::string_view code, const FindDivision& find_division) {
  CodeReading reading;
  const std::string digits = check_shape(scheme, code, reading.notes);
  if (digits.empty()) return reading;
  std::size_t at = 0;
  bool has_gap = false;
  for (const CodeSegment& segment : scheme.segments) {
    const std::string_view own = std::string_view(digits).substr(at, segment.width);
    at += segment.width;
    CodePart part{segment.name, segment.title, std::string(own), {}};
    if (segment.from == SegmentFrom::division) {
      part.meaning =
          division_text(segment, std::string_view(digits).substr(0, at), own, has_gap, find_division, reading.notes);
    } else if (segment.from == SegmentFrom::object_class) {
      part.meaning = component_class_name(own);
      if (part.meaning.empty()) reading.notes.push_back({CodeFault::unknown_class, segment.name, std::string(own)});
    } else if (segment.from == SegmentFrom::floor) {
      part.meaning = floor_text(own);
    } else {
      part.meaning = plain_number(own);
      if (segment.from == SegmentFrom::serial && part.meaning.empty()) {
        reading.notes.push_back({CodeFault::no_serial, segment.name, ""});
      }
    }
    reading.parts.push_back(std::move(part));
  }
  if (scheme.check != CheckRule::none)
    reading.parts.push_back({"check", "校验位", digits.substr(at), digits.substr(at)});
  return reading;
}

}  // namespace menpai::spine

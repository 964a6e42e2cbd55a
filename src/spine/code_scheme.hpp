// SPDX-License-Identifier: Apache-2.0
// Readable codes: schemes that say how they are put together, putting together, and explaining one. Once issued a code
// is never taken apart to learn about its object: streets are re-coded, towns merge, codes stay.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/level.hpp"

namespace menpai::spine {

/// See base/check_digit.hpp.
char check_digit(std::string_view digits);
/// True if `code` is at least two digits and its last is the check digit of the others.
bool has_right_check_digit(std::string_view code);

/// Scheme `menpai-building`, 19 digits: village (12) + serial in the village (6) + check digit. For a building, or a
/// house or gate with a door number of its own. `division_code` shorter than 12 digits is filled with zeros on the
/// right. Throws bad_request if the division is not 2 to 12 digits or the serial is not 1 to 999999.
std::string building_code(std::string_view division_code, std::uint32_t serial);

/// Scheme `menpai-room`, 25 digits: the building's 18 digits without its check digit + serial in the building (6) +
/// check digit. Throws bad_request like building_code.
std::string room_code(std::string_view division_code, std::uint32_t building_serial, std::uint32_t room_serial);

/// Where a segment's digits come from.
enum class SegmentFrom : std::uint8_t {
  division,  ///< the division's code; the segment's name says which level: province, city, county, town, village
  grid,      ///< a number that the caller gives, as are the next five
  place,     ///< road, lane or natural village
  estate,
  building,
  unit,
  floor,         ///< below ground: 99 for the first floor, 98 for the second
  room,          ///< the door's number on its floor
  object_class,  ///< class and type of a city component, four digits (rules/component_classes.tsv)
  serial,        ///< the running number, given out by this program
};
std::string_view segment_from_name(SegmentFrom from);

struct CodeSegment {
  std::string name;   ///< "town", "building": stable, as in JSON
  std::string title;  ///< "镇街"
  std::size_t width = 0;
  SegmentFrom from = SegmentFrom::serial;
};

enum class CheckRule : std::uint8_t { none, mod11_10 };

/// In which order serials are given when several objects are numbered at once.
enum class CodeOrder : std::uint8_t {
  issued,        ///< as they come
  west_to_east,  ///< by place: from west to east, then from north to south
  as_numbered,   ///< nothing is counted: the numbers of the doors are the code
};
std::string_view code_order_name(CodeOrder order);

/// One way of making codes; from a file of rules/code_schemes or of the installation.
struct CodeScheme {
  std::string name, title, title_en;
  std::string object_kind;  ///< "building", "room", "grid", "place", "facility"
  std::string parent;       ///< the scheme whose code, without its check digit, is how this one begins
  CheckRule check = CheckRule::none;
  CodeOrder order = CodeOrder::issued;
  std::string source;
  std::string standing;  ///< of the source: "own", "read", "seen" (in use, the text was not read), "not verified"
  std::vector<std::string> examples;
  std::vector<CodeSegment> segments;  ///< all of them, those of the parents first
  std::size_t inherited = 0;          ///< how many of them are the parents'
  bool is_shipped = false;

  std::size_t length() const;  ///< with the check digit
  /// Digits in front of the serial: those who share them are one scope, in which numbers have no gap. Without a serial,
  /// all digits.
  std::size_t scope_length() const;
  bool has_serial() const;
  std::uint64_t serial_max() const;
};

/// What the segments of one code come from. 0 means "none" where an object has no such part (a building without units).
struct CodeParts {
  std::string parent_code = {};    ///< where the scheme has a parent; all of the inherited segments
  std::string division_code = {};  ///< 2 to 12 digits; filled with zeros on the right
  std::uint32_t grid = 0, place = 0, estate = 0, building = 0, unit = 0, room = 0;
  int floor = 0;  ///< negative below ground
  std::string object_class = {};
};

/// All digits but serial and check digit. Throws bad_request that names the segment if a number does not fit its width,
/// the division or class is not digits, or the parent's code has another length.
std::string code_scope(const CodeScheme& scheme, const CodeParts& parts, std::size_t parent_length);
/// The scope, the serial (1 and above; ignored if the scheme has none) and the check digit. Throws bad_request if the
/// serials of the scope are used up.
std::string code_in_scope(const CodeScheme& scheme, std::string_view scope, std::uint64_t serial);

/// What is wrong with a code, or doubtful. The names are stable.
enum class CodeFault : std::uint8_t {
  length,            ///< not as long as the scheme says
  not_digits,        ///< something else than the digits 0 to 9
  check_digit,       ///< a digit is wrong or two were swapped
  unknown_division,  ///< no such province, city, county or town, now or before
  unlisted_village,  ///< a doubt: the lists at hand have no such village; they change every year
  former_division,   ///< a doubt: the division was merged or renumbered
  unknown_class,     ///< a doubt: no such class of component in the list; districts add their own
  no_serial,         ///< the running number is 0; counting begins at 1
  gap_in_divisions,  ///< a village without a town, a town without a county or city
};
std::string_view code_fault_name(CodeFault fault);
/// False for doubts: the code is well made, and a person may want to look.
bool is_wrong(CodeFault fault);

struct CodePart {
  std::string name, title;
  std::string digits;
  std::string meaning;  ///< "港口镇", "上水井盖", "12", "-1"; empty where the part is absent
};
struct CodeNote {
  CodeFault fault{};
  std::string at;      ///< name of the segment, or empty
  std::string detail;  ///< "19 expected, 18 given", "the check digit must be 2"
};
struct CodeReading {
  std::vector<CodePart> parts;  ///< empty if the shape is wrong
  std::vector<CodeNote> notes;
  bool is_right() const;  ///< nothing is wrong; there may be doubts
};

/// What is known of a division's code: its name, and whether it is a former one.
struct DivisionWord {
  std::string name;
  bool is_former = false;
};
using FindDivision = std::function<std::optional<DivisionWord>(std::string_view code)>;

/// Takes a code apart for a person who reads it. `find_division` may be empty: then divisions are not looked up. Never
/// throws.
CodeReading explain_code(const CodeScheme& scheme, std::string_view code, const FindDivision& find_division);

/// Name of a class of city components by its four digits; empty if it is not in the list.
std::string_view component_class_name(std::string_view code);

}  // namespace menpai::spine

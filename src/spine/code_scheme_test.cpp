// SPDX-License-Identifier: Apache-2.0
// The shipped code schemes against what is published of them, and what a wrong code or a wrong file is told.
#include "spine/code_scheme.hpp"

#include <gtest/gtest.h>
#include <map>
#include <set>

#include "base/error.hpp"
#include "spine/code_scheme_file.hpp"

namespace menpai::spine {
namespace {

const CodeSchemes& schemes() {
  static const CodeSchemes all({});
  return all;
}

std::optional<DivisionWord> invented_divisions(std::string_view code) {
  struct Row {
    std::string_view code, name;
    bool is_former = false;
  };
  constexpr Row rows[] = {
      {"44", "广东省"},     {"4420", "中山市"},         {"442000108", "港口镇"},   {"442000108005", "木河迳社区"},
      {"4403", "深圳市"},   {"440307", "龙岗区"},       {"440307003", "平湖街道"}, {"50", "重庆市"},
      {"500116", "江津区"}, {"500381", "江津市", true}, {"500116004", "双福街道"}};
  for (const Row& row : rows) {
    if (row.code == code) return DivisionWord{std::string(row.name), row.is_former};
  }
  return std::nullopt;
}

/// "44 广东省 | 20 中山市 | …; what is wrong"
std::string told(const std::string& scheme, const std::string& code, bool with_divisions = true) {
  const CodeReading reading =
      explain_code(schemes().get(scheme), code, with_divisions ? FindDivision(invented_divisions) : FindDivision());
  std::string out;
  for (const CodePart& part : reading.parts) {
    if (!out.empty()) out += " | ";
    out += part.name + " " + part.digits + (part.meaning.empty() ? "" : " " + part.meaning);
  }
  for (const CodeNote& note : reading.notes) {
    out += "; " + std::string(code_fault_name(note.fault)) + (note.at.empty() ? "" : " " + note.at) +
           (note.detail.empty() ? "" : " (" + note.detail + ")");
  }
  return out + (reading.is_right() ? "" : "; WRONG");
}

struct LengthRow {
  const char* scheme;
  std::size_t length;
  const char* kind;
  const char* parent;
  std::uint64_t serials;
};
constexpr LengthRow lengths[] = {
    // scheme, digits, of what, begins with, serials in one scope
    {"menpai-building", 19, "building", "", 999999},
    {"menpai-room", 25, "room", "menpai-building", 999999},
    {"shenzhen-grid", 14, "grid", "", 99},
    {"shenzhen-building", 19, "building", "shenzhen-grid", 99999},
    {"shenzhen-room", 25, "room", "shenzhen-building", 999999},
    {"hefei-estate", 15, "place", "", 999},
    {"hefei-building", 18, "building", "hefei-estate", 999},
    {"hefei-room", 24, "room", "hefei-building", 0},
    {"grid", 15, "grid", "", 999},
    {"component", 16, "facility", "", 999999},
};

TEST(CodeScheme, every_shipped_scheme_has_the_published_length) {
  EXPECT_EQ(schemes().all().size(), std::size(lengths));
  for (const LengthRow& row : lengths) {
    const CodeScheme& scheme = schemes().get(row.scheme);
    EXPECT_EQ(scheme.length(), row.length) << row.scheme;
    EXPECT_EQ(scheme.object_kind, row.kind) << row.scheme;
    EXPECT_EQ(scheme.parent, row.parent) << row.scheme;
    EXPECT_EQ(scheme.serial_max(), row.serials) << row.scheme;
    EXPECT_TRUE(scheme.is_shipped);
    EXPECT_FALSE(scheme.source.empty()) << row.scheme;
    EXPECT_FALSE(scheme.examples.empty()) << row.scheme;
  }
}

struct ComposeRow {
  const char* scheme;
  CodeParts parts;
  std::uint64_t serial;
  const char* code;
};
const ComposeRow composed[] = {
    {"grid", {.division_code = "442000108005"}, 7, "442000108005007"},
    {"shenzhen-grid", {.division_code = "440307003003"}, 4, "44030700300304"},
    {"shenzhen-building", {.parent_code = "44030700300304"}, 42, "4403070030030400042"},
    {"shenzhen-room", {.parent_code = "4403070030030400042"}, 3, "4403070030030400042000003"},
    {"hefei-estate", {.division_code = "340102005003"}, 1, "340102005003001"},
    {"hefei-building", {.parent_code = "340102005003001"}, 1, "340102005003001001"},
    {"hefei-room",
     {.parent_code = "340102005003001001", .unit = 3, .room = 5, .floor = 6},
     0,
     "340102005003001001030605"},
    {"hefei-room",
     {.parent_code = "340102005003001001", .unit = 0, .room = 1, .floor = -1},
     0,
     "340102005003001001009901"},
    {"component", {.division_code = "320508", .object_class = "0101"}, 1, "3205080101000001"},
    {"menpai-building", {.division_code = "442000108"}, 1, "4420001080000000018"},
};

TEST(CodeScheme, codes_are_put_together_as_published) {
  for (const ComposeRow& row : composed) {
    const CodeScheme& scheme = schemes().get(row.scheme);
    EXPECT_EQ(code_in_scope(scheme, schemes().scope(scheme, row.parts), row.serial), row.code) << row.scheme;
  }
}

TEST(CodeScheme, the_projects_own_schemes_give_what_the_demo_town_has) {
  const CodeScheme& building = schemes().get("menpai-building");
  const CodeScheme& room = schemes().get("menpai-room");
  for (const char* division : {"44", "442000", "442000108", "442000108005"}) {
    for (const std::uint32_t serial : {1U, 12U, 4711U, 999999U}) {
      const std::string code = building_code(division, serial);
      EXPECT_EQ(code_in_scope(building, schemes().scope(building, {.division_code = division}), serial), code);
      const std::string scope = schemes().scope(room, {.parent_code = code});
      EXPECT_EQ(code_in_scope(room, scope, 17), room_code(division, serial, 17));
    }
  }
}

TEST(CodeScheme, numbers_that_do_not_fit_are_refused) {
  const CodeScheme& grid = schemes().get("shenzhen-grid");
  const std::string scope = schemes().scope(grid, {.division_code = "440307003003"});
  EXPECT_NO_THROW(code_in_scope(grid, scope, 99));
  EXPECT_THROW(code_in_scope(grid, scope, 100), Error);
  EXPECT_THROW(code_in_scope(grid, scope, 0), Error);
  EXPECT_THROW(schemes().scope(grid, {.division_code = "44030x"}), Error);
  EXPECT_THROW(schemes().scope(grid, {}), Error);
  const CodeScheme& room = schemes().get("hefei-room");
  EXPECT_THROW(schemes().scope(room, {.division_code = "340102005003"}), Error) << "the building's code is needed";
  const std::string parent = "340102005003001001";
  EXPECT_THROW(schemes().scope(room, {.parent_code = parent, .unit = 100}), Error);
  EXPECT_THROW(schemes().scope(room, {.parent_code = parent, .floor = 90}), Error);
  EXPECT_THROW(schemes().scope(room, {.parent_code = parent, .floor = -10}), Error);
  EXPECT_THROW(schemes().scope(room, {.parent_code = parent + "0"}), Error);
  const CodeScheme& component = schemes().get("component");
  EXPECT_THROW(schemes().scope(component, {.division_code = "320508", .object_class = "101"}), Error);
}

struct ToldRow {
  const char* scheme;
  const char* code;
  const char* told;
};
const ToldRow told_rows[] = {
    {"shenzhen-room", "4403070030030400042000003",
     "province 44 广东省 | city 03 深圳市 | county 07 龙岗区 | town 003 平湖街道 | village 003 | grid 04 4 | building "
     "00042 "
     "42 | room 000003 3; unlisted_village village (440307003003)"},
    {"grid", "442000108005001",
     "province 44 广东省 | city 20 中山市 | county 00 | town 108 港口镇 | village 005 木河迳社区 | grid 001 1"},
    {"grid", "500116004000001",
     "province 50 重庆市 | city 01 | county 16 江津区 | town 004 双福街道 | village 000 | grid 001 1"},
    {"grid", "500381000000001",
     "province 50 重庆市 | city 03 | county 81 江津市 | town 000 | village 000 | grid 001 1; unknown_division city "
     "(5003); "
     "former_division county (江津市); WRONG"},
    {"grid", "442000108005000",
     "province 44 广东省 | city 20 中山市 | county 00 | town 108 港口镇 | village 005 木河迳社区 | grid 000; no_serial "
     "grid; "
     "WRONG"},
    {"grid", "442000000005001",
     "province 44 广东省 | city 20 中山市 | county 00 | town 000 | village 005 | grid 001 1; gap_in_divisions village "
     "(442000000005); unlisted_village village (442000000005); WRONG"},
    {"grid", "442000999005001",
     "province 44 广东省 | city 20 中山市 | county 00 | town 999 | village 005 | grid 001 1; unknown_division town "
     "(442000999); unlisted_village village (442000999005); WRONG"},
    {"grid", "44200010800500", "; length (15 expected, 14 given); WRONG"},
    {"grid", "44200010800500A", "; not_digits (at position 15); WRONG"},
    {"grid", "", "; length (15 expected, 0 given); WRONG"},
    {"menpai-building", "4420001080050000125",
     "province 44 广东省 | city 20 中山市 | county 00 | town 108 港口镇 | village 005 木河迳社区 | building 000012 12 "
     "| check "
     "5 5; check_digit check (4 expected); WRONG"},
};

TEST(CodeScheme, a_code_is_explained_or_told_what_is_wrong) {
  for (const ToldRow& row : told_rows) EXPECT_EQ(told(row.scheme, row.code), row.told) << row.code;
  EXPECT_EQ(told("hefei-room", "340102005003001001030605", false).substr(99),
            "estate 001 1 | building 001 1 | unit 03 3 | floor 06 6 | room 05 5");
  EXPECT_EQ(told("component", "3205080101000001", false),
            "province 32 32 | city 05 3205 | county 08 320508 | class 0101 上水井盖 | component 000001 1");
  EXPECT_EQ(told("component", "3205089901000001", false).substr(51),
            "class 9901 | component 000001 1; unknown_class class (9901)");
}

TEST(CodeScheme, every_wrong_digit_and_every_swap_of_neighbours_is_found_by_the_check_digit) {
  const std::string right = room_code("442000108005", 123456, 789);
  std::size_t missed_swaps = 0;
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string code = right;
      code[i] = digit;
      EXPECT_EQ(has_right_check_digit(code), code == right) << code;
    }
    if (i + 1 == right.size()) break;
    std::string code = right;
    std::swap(code[i], code[i + 1]);
    if (code != right && has_right_check_digit(code)) ++missed_swaps;
  }
  EXPECT_LE(missed_swaps, 1U);
}

TEST(CodeScheme, whatever_is_put_together_is_explained_as_right_and_no_two_are_the_same) {
  std::set<std::string> codes;
  std::size_t made = 0;
  std::map<std::string, std::string> last;  // a code of each scheme, for those that begin with it
  for (const CodeScheme& scheme : schemes().all()) {
    for (const std::uint64_t serial :
         {std::uint64_t{1}, std::uint64_t{2}, scheme.serial_max() / 2, scheme.serial_max()}) {
      for (const int floor : {-9, -1, 0, 1, 89}) {
        if (scheme.has_serial() && floor != 1) continue;
        const CodeParts parts = {.parent_code = last[scheme.parent],
                                 .division_code = "442000108005",
                                 .unit = static_cast<std::uint32_t>(serial % 100),
                                 .room = 7,
                                 .floor = floor,
                                 .object_class = "0101"};
        const std::string code = code_in_scope(scheme, schemes().scope(scheme, parts), serial);
        EXPECT_EQ(code.size(), scheme.length());
        EXPECT_TRUE(explain_code(scheme, code, {}).is_right()) << scheme.name << " " << code;
        codes.insert(scheme.name + " " + code);
        last[scheme.name] = code;
        ++made;
      }
      if (!scheme.has_serial()) break;
    }
  }
  EXPECT_EQ(codes.size(), made);
}

constexpr const char* own_scheme = R"(name = "own-building"
title = "自定楼码"
title_en = "Own building code"
kind = "building"
check = "none"
unique = "everywhere"
order = "issued"
source = "invented"
standing = "own"
[[segment]]
name = "building"
title = "楼"
width = 5
from = "serial"
)";

std::string refusal(const std::string& text) {
  try {
    const CodeSchemes all({{"own/x.toml", text}});
    return "taken";
  } catch (const Error& error) {
    return error.what();
  }
}

std::string replaced(const std::string& what, const std::string& with) {
  std::string text = own_scheme;
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

TEST(CodeScheme, a_file_of_an_installation_is_taken_or_named_with_file_line_and_field) {
  EXPECT_EQ(refusal(own_scheme), "taken");
  const std::pair<std::string, std::string> rows[] = {
      {"name = ", "own/x.toml, line 1:"},
      {replaced("\"own-building\"", "\"grid\""), "own/x.toml, line 1: the scheme grid is there already."},
      {replaced("\"own-building\"", "\"Own\""), "own/x.toml, line 1: \"name\" must be small letters, digits and -."},
      {replaced("kind = \"building\"", "kind = \"house\""),
       "own/x.toml, line 4: \"kind\" is \"house\"; it must be one of building, room, grid, place, facility."},
      {replaced("title_en = \"Own building code\"\n", ""), "own/x.toml, line 1: the field \"title_en\" is missing."},
      {replaced("title_en", "titel"),
       "own/x.toml, line 3: there is no field \"titel\"; there are name, title, title_en, kind, parent"},
      {replaced("width = 5", "width = 0"),
       "own/x.toml, line 13: segment 1: \"width\" must be a whole number from 1 to 12."},
      {replaced("width = 5", "width = \"5\""), "own/x.toml, line 13: segment 1: \"width\" must be a whole number"},
      {replaced("width = 5", "width = 10"),
       "own/x.toml, line 10: segment 1: the serial must be the last segment and have at most 9 digits."},
      {replaced("from = \"serial\"", "from = \"division\""),
       "own/x.toml, line 10: segment 1: segments of a division begin the code"},
      {replaced("from = \"serial\"", "from = \"building\""),
       "own/x.toml, line 7: \"order\" is as_numbered exactly where no segment is a serial."},
      {replaced("check = ", "parent = \"nothing\"\ncheck = "),
       "own/x.toml, line 5: there is no scheme \"nothing\" before this one."},
      {replaced("standing = \"own\"", "standing = \"own\"\nexamples = [\"1234\"]"),
       "own/x.toml, line 10: the example 1234 is wrong: length, 5 expected, 4 given."},
  };
  for (const auto& [text, message] : rows) EXPECT_EQ(refusal(text).substr(0, message.size()), message);
}

}  // namespace
}  // namespace menpai::spine

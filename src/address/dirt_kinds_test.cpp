// SPDX-License-Identifier: Apache-2.0
// The kinds of dirt that address lists are known for, told by what Menpai answers against a small invented town: the
// text as it was written, how far the answer may be trusted, the standard address, what of the text is left over, and
// what is to be noted. The numbers are those of the list of kinds; 75 are kinds that stand in no list.
#include <algorithm>
#include <gtest/gtest.h>

#include "address/division/division_fixture.hpp"
#include "address/engine.hpp"
#include "address/test_library.hpp"

namespace menpai::address {
namespace {

/// 港口镇 with two roads of twenty doors, an estate of three buildings, a tower, a group of a village and a lane.
std::shared_ptr<const Library> invented_town() {
  LibraryBuilder builder(fixture::small_divisions(), "invented town");
  int id = 0;
  const auto add = [&](const std::string& address) {
    builder.add(testing::source("a" + std::to_string(++id), "广东省中山市" + address));
  };
  for (int number = 1; number <= 20; ++number) {
    add("港口镇兴港中路" + std::to_string(number) + "号");
    add("港口镇星海大道" + std::to_string(number) + "号");
  }
  add("港口镇兴港中路16号附1号");
  add("港口镇兴港中路4号附1号");
  for (int room = 0; room < 48; ++room) {
    const int label = (room / 2 % 4 + 1) * 100 + room % 2 + 1;
    add("港口镇云岭花园" + std::to_string(room / 16 + 1) + "栋" + std::to_string(room / 8 % 2 + 1) + "单元" +
        std::to_string(label) + "室");
  }
  for (int room = 1201; room <= 1205; ++room) {
    add("港口镇望江大厦A座" + std::to_string(room) + "室");
    add("港口镇望江大厦B座" + std::to_string(room) + "室");
  }
  for (int number = 1; number <= 9; ++number) add("港口镇中南村3组" + std::to_string(number) + "号");
  for (int number = 9; number <= 12; ++number) add("港口镇新沪路58弄" + std::to_string(number) + "号302室");
  add("古镇镇星海大道7号");
  const testing::TemporaryFolder folder;
  builder.write(folder.file("town.lib"));
  return Library::open(folder.file("town.lib"));
}

struct Row {
  int kind;
  const char *name, *text, *grade, *address, *left_over, *note;
};

// clang-format off
constexpr Row rows[] = {
    {1, "the form's prefix and the writer's text", "广东中山中山市广东中山市港口镇兴港中路8号", "B", "广东省中山市港口镇兴港中路8号", "", ""},
    {2, "the country in front or in the middle", "中山市中国广东中山市港口镇兴港中路8号", "B", "广东省中山市港口镇兴港中路8号", "", ""},
    {3, "province, city and town said twice", "广东省中山市港口镇广东省中山市港口镇兴港中路8号", "A", "广东省中山市港口镇兴港中路8号", "", ""},
    {4, "the town said twice", "广东省中山市港口镇港口镇云岭花园1栋1单元302室", "A", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {5, "the province without its word", "广东中山港口镇兴港中路8号", "B", "广东省中山市港口镇兴港中路8号", "", ""},
    {6, "no province", "中山市港口镇兴港中路8号", "A", "广东省中山市港口镇兴港中路8号", "", ""},
    {7, "no county", "浙江省杭州戴村镇河杨湖村", "C", "浙江省杭州市萧山区戴村镇河杨湖村", "", ""},
    {8, "no town", "广东省中山市兴港中路8号", "B", "广东省中山市港口镇兴港中路8号", "", ""},
    {9, "inner before outer", "港口镇中山市港口镇兴港中路8号", "B", "广东省中山市港口镇兴港中路8号", "港口镇", ""},
    {10, "a wrong parent", "福建省中山市港口镇兴港中路8号", "C", "广东省中山市港口镇兴港中路8号", "福建省", "province:conflicting"},
    {11, "a dummy level", "广东省-中山市-市辖区港口镇兴港中路8号", "B", "广东省中山市港口镇兴港中路8号", "市辖区", ""},
    {12, "words that fill a field", "广东省中山市其它区港口镇兴港中路8号", "B", "广东省中山市港口镇兴港中路8号", "其它区", ""},
    {13, "a literal null", "广东省中山市null 港口镇兴港中路8号", "B", "广东省中山市港口镇兴港中路8号", "null", ""},
    {14, "a renamed county", "绍兴县钱陶路8号", "C", "浙江省绍兴市柯桥区钱陶路8号", "", "county:former_name"},
    {15, "a city that became a district", "重庆市江津市夏坝镇鸣江村2组8号", "C", "重庆市江津区夏坝镇鸣江村2组8号", "", "county:former_name"},
    {16, "a county-level city that became a district", "浙江省杭州市富阳市银湖街道泗洲村", "C", "浙江省杭州市富阳区银湖街道泗洲村", "", "county:former_name"},
    {17, "a town that became a street office", "中山市民众镇", "C", "广东省中山市民众街道", "", "town:former_name"},
    {18, "a town that was merged", "中山市东升镇", "C", "广东省中山市小榄镇", "", "town:former_name"},
    {19, "an abolished district", "杭州市下城区", "C", "浙江省杭州市拱墅区", "", "county:former_name"},
    {20, "a development zone instead of the district", "杭州下沙经济技术开发区5号大街8号", "C", "浙江省杭州市下沙经济技术开发区5号大街8号", "", ""},
    {21, "an abolished county or town", "厦门集美区杏林镇锦园寨内", "C", "福建省厦门市集美区杏林街道锦园寨", "内", "town:former_name"},
    {22, "a word that sounds the same", "云岭花园1栋一单员302室", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {22, "a word that sounds the same", "云岭花园1栋1单元302市", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {23, "a character that looks the same", "兴港中路8号3号搂", "B", "广东省中山市港口镇兴港中路8号", "3号搂", ""},
    {24, "a character that looks like 幢", "云岭花园一橦1单元302室", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {25, "a wrong character in a road's name", "中山市港口镇星港中路8号", "B", "广东省中山市港口镇兴港中路8号", "", "place:corrected"},
    {26, "Latin letters inside a name", "云Ling花园1栋1单元302室", "none", "云LING花园1栋1单元302室", "", ""},
    {27, "traditional characters", "港口鎮雲嶺花園1棟1單元302室", "A", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {28, "full-width digits", "港口镇兴港中路８号", "A", "广东省中山市港口镇兴港中路8号", "", ""},
    {29, "full-width letters", "港口镇望江大厦Ｂ座1203室", "A", "广东省中山市港口镇望江大厦B座1203室", "", ""},
    {30, "Chinese numerals", "云岭花园一栋一单元三〇二室", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {31, "Chinese and Arabic numerals in one number", "云岭花园一栋之302", "C", "广东省中山市港口镇云岭花园1栋", "", "unit:ambiguous;room:ambiguous"},
    {32, "a number that belongs to the road's name", "港口镇江场三路8号", "C", "广东省中山市港口镇", "江场三路8号", ""},
    {33, "a sub-number in words", "港口镇兴港中路4号之一3栋101", "B", "广东省中山市港口镇兴港中路4号附1号", "3栋101", ""},
    {33, "a sub-number in words, a room behind it", "港口镇兴港中路4号之一01", "B", "广东省中山市港口镇兴港中路4号附1号", "01", ""},
    {34, "a sub-number in digits", "港口镇兴港中路16号之1", "A", "广东省中山市港口镇兴港中路16号附1号", "", ""},
    {35, "a sub-number with its word", "港口镇兴港中路16号附1号", "A", "广东省中山市港口镇兴港中路16号附1号", "", ""},
    {36, "a sub-number, 路 for 号", "港口镇兴港中路16路附1号", "A", "广东省中山市港口镇兴港中路16号附1号", "", ""},
    {37, "several sub-numbers", "港口镇兴港中路16号附3-5号", "C", "广东省中山市港口镇兴港中路16号", "附3-5号", "number:not_found"},
    {38, "a sub-number behind a dash", "港口镇兴港中路16-1号", "B", "广东省中山市港口镇兴港中路16号附1号", "", ""},
    {39, "building, unit and room in a chain", "云岭花园1-1-302", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {40, "a chain that can be read in two ways", "云岭花园1-3-1", "C", "广东省中山市港口镇云岭花园1栋", "3 1", "unit:not_found"},
    {41, "# for a building", "云岭花园1#1-302", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {42, "# for a room", "云岭花园1-1-302#", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {43, "号楼, #楼, 栋楼", "云岭花园1#楼1单元302室", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {44, "栋, 幢, 座 mixed", "云岭花园1幢1单元302室", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {45, "a building's letter, small", "望江大厦b座1203室", "B", "广东省中山市港口镇望江大厦B座1203室", "", ""},
    {46, "no 号 behind the door number", "港口镇兴港中路8云岭大厦", "B", "广东省中山市港口镇兴港中路8号", "云岭大厦", ""},
    {47, "no number before 号", "港口镇兴港中路号", "B", "广东省中山市港口镇兴港中路", "号", ""},
    {48, "no 室 behind the room", "云岭花园1栋1单元302", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {49, "梯 for a unit", "云岭花园1栋1梯302房", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {50, "east and west", "云岭花园1栋东单元302", "C", "广东省中山市港口镇云岭花园1栋", "东单元302", "unit:not_found"},
    {50, "east and west", "兴港中路8号3楼西户", "B", "广东省中山市港口镇兴港中路8号", "3楼西户", ""},
    {51, "words for a floor", "望江大厦38F", "B", "广东省中山市港口镇望江大厦", "38F", ""},
    {51, "words for a floor", "望江大厦二楼", "B", "广东省中山市港口镇望江大厦", "二楼", ""},
    {52, "below ground", "望江大厦负三楼", "B", "广东省中山市港口镇望江大厦", "负三楼", ""},
    {52, "below ground", "望江大厦B1", "B", "广东省中山市港口镇望江大厦", "B1", ""},
    {53, "a floor behind 号楼", "云岭花园1号楼3楼", "B", "广东省中山市港口镇云岭花园1栋", "3楼", ""},
    {54, "several rooms", "望江大厦B座1201、1203", "B", "广东省中山市港口镇望江大厦B座1201室", "1201、1203", "room:several"},
    {54, "several rooms, neighbouring", "望江大厦B座1201-1203", "B", "广东省中山市港口镇望江大厦B座1201室", "1201-1203", "room:several"},
    {54, "several rooms with parts", "云岭花园1栋1单元302-1、302-2", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "302-1、302-2", "room:several"},
    {55, "several doors", "港口镇兴港中路8、10、12号", "B", "广东省中山市港口镇兴港中路8号", "8、10、12号", "number:several"},
    {55, "several doors, each with 号", "港口镇兴港中路8号、10号", "B", "广东省中山市港口镇兴港中路8号", "8号、10号", "number:several"},
    {56, "a range of doors", "港口镇兴港中路8-10号", "B", "广东省中山市港口镇兴港中路8号", "8-10号", "number:several"},
    {57, "groups, teams, communes", "港口镇中南村3组5号", "A", "广东省中山市港口镇中南社区3组5号", "", ""},
    {57, "groups, teams, communes", "港口镇中南村3队5号", "A", "广东省中山市港口镇中南社区3组5号", "", ""},
    {58, "a village without its word", "港口镇中南3组5号", "A", "广东省中山市港口镇中南社区3组5号", "", ""},
    {59, "the committee for the village", "港口镇中南村委会3组5号", "A", "广东省中山市港口镇中南社区3组5号", "", ""},
    {60, "lanes in lanes", "港口镇一街一巷6号", "C", "广东省中山市港口镇", "一街一巷6号", ""},
    {60, "a branch lane", "港口镇新沪路8支弄12号", "C", "广东省中山市港口镇新沪路", "8支弄12号", "place:not_found"},
    {61, "a crossing", "港口镇兴港中路与星海大道交叉口云岭花园1栋1单元302室", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "兴港中路与星海大道交叉口", ""},
    {61, "a crossing alone", "港口镇兴港中路与星海大道交叉口", "B", "广东省中山市港口镇兴港中路", "与星海大道交叉口", ""},
    {62, "opposite, beside, behind", "港口镇兴港中路8号好又多超市对面", "B", "广东省中山市港口镇兴港中路8号", "好又多超市对面", ""},
    {62, "opposite, beside, behind", "港口镇兴港中路旁", "B", "广东省中山市港口镇兴港中路", "旁", ""},
    {63, "an estate without its road", "港口镇云岭花园1栋1单元302室", "A", "广东省中山市港口镇云岭花园1栋1单元302室", "", ""},
    {64, "a phase of an estate", "港口镇云岭花园二期1栋1单元302室", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "云岭花园二期", ""},
    {65, "brackets around all of it", "【港口镇兴港中路8号】", "A", "广东省中山市港口镇兴港中路8号", "", ""},
    {65, "brackets with what is near", "港口镇兴港中路8号(港口镇附近)", "B", "广东省中山市港口镇兴港中路8号", "(港口镇附近)", ""},
    {65, "brackets with what it is close to", "港口镇兴港中路8号（近市场）", "B", "广东省中山市港口镇兴港中路8号", "近市场", ""},
    {65, "brackets with the road of an estate", "港口镇云岭花园1栋1单元302室（兴港中路8号）", "B", "广东省中山市港口镇云岭花园1栋1单元302室", "兴港中路8号", ""},
    {65, "brackets with what it was called", "港口镇兴港中路8号（原5号）", "B", "广东省中山市港口镇兴港中路8号", "原5号", ""},
    {66, "words to the courier, a telephone number, a name", "港口镇兴港中路8号张先生13800000000到了打电话", "B", "广东省中山市港口镇兴港中路8号", "张先生13800000000到了打电话", ""},
    {67, "a kilometre post", "快速干道21公里处", "none", "快速干道", "21公里处", ""},
    {68, "odd separators", "港口镇_兴港中路　8号", "A", "广东省中山市港口镇兴港中路8号", "", ""},
    {69, "full stops and commas", "港口镇、兴港中路、8号。", "A", "广东省中山市港口镇兴港中路8号", "", ""},
    {70, "a lane of Shanghai's kind", "港口镇新沪路58弄11-302", "A", "广东省中山市港口镇新沪路58弄11号302室", "", ""},
    {71, "甲 and 乙", "港口镇兴港中路甲10号", "C", "广东省中山市港口镇兴港中路", "甲10号", "number:not_found"},
    {72, "a yard with a number", "港口镇兴港中路20号院302", "B", "广东省中山市港口镇兴港中路20号", "302", ""},
    {73, "a stall in a market", "港口镇兴港中路8号农贸市场二区7通道A16号", "C", "广东省中山市港口镇兴港中路8号", "农贸市场二区7通道A16号", ""},
    {74, "a firm as the address", "港口镇兴港医院后面立胜阀门", "C", "广东省中山市港口镇", "兴港医院后面立胜阀门", ""},
    {75, "two addresses in one cell", "港口镇兴港中路8号、星海大道7号", "C", "广东省中山市港口镇兴港中路8号", "星海大道7号", "place:several"},
    {75, "two addresses in one cell", "港口镇兴港中路8号；古镇镇星海大道7号", "C", "广东省中山市港口镇兴港中路8号", "古镇镇星海大道7号", "place:several"},
    {75, "two addresses in one cell", "港口镇兴港中路8号及星海大道7号", "C", "广东省中山市港口镇兴港中路8号", "及星海大道7号", "place:several"},
    {75, "two buildings with a room each", "云岭花园1栋1单元302室、2栋1单元301室", "C", "广东省中山市港口镇云岭花园1栋1单元302室", "2栋1单元301室", "building:several"},
    {75, "all of it said twice", "中山市港口镇兴港中路8号中山市港口镇兴港中路8号", "A", "广东省中山市港口镇兴港中路8号", "", ""},
    {75, "an estate said twice with two buildings", "云岭花园1栋云岭花园2栋1单元302室", "B", "广东省中山市港口镇云岭花园2栋1单元302室", "云岭花园1栋", ""},
    {75, "a part of a floor", "港口镇兴港中路8号一楼A区", "C", "广东省中山市港口镇兴港中路8号", "一楼A区", ""},
    {75, "a room's number with a letter inside", "望江大厦B座2E05", "B", "广东省中山市港口镇望江大厦B座", "2E05", ""},
};
// clang-format on

/// The reasons that a clerk should notice.
std::string notes(const Answer& answer) {
  std::vector<ElementReason> told;
  for (const ElementReason& r : answer.reasons) {
    const bool quiet = r.reason == Reason::matched || r.reason == Reason::filled_in || r.reason == Reason::unverified ||
                       r.reason == Reason::alias;
    if (!quiet) told.push_back(r);
  }
  return reasons_text(told);
}

TEST(DirtKinds, are_resolved_where_the_library_decides_and_shown_where_it_does_not) {
  Engine engine(invented_town());
  Answer answer;
  for (const Row& row : rows) {
    engine.clean(row.text, {}, answer);
    const std::string what = std::to_string(row.kind) + " " + row.name + ": " + row.text;
    EXPECT_EQ(grade_name(answer.grade), row.grade) << what;
    EXPECT_EQ(answer.address, row.address) << what;
    EXPECT_EQ(answer.residue, row.left_over) << what;
    EXPECT_EQ(notes(answer), row.note) << what;
  }
}

TEST(DirtKinds, are_all_there) {
  for (int kind = 1; kind <= 74; ++kind) {
    EXPECT_TRUE(std::any_of(std::begin(rows), std::end(rows), [&](const Row& row) { return row.kind == kind; }))
        << kind;
  }
}

}  // namespace
}  // namespace menpai::address

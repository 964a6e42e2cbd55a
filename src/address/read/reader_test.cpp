// SPDX-License-Identifier: Apache-2.0
// The kinds of dirt that address lists are known for, one row or more a kind: what the text says, and how it is read.
// Elements are written label=text; separators and removed words are left out.
#include "address/read/reader.hpp"

#include <gtest/gtest.h>
#include <random>

#include "address/division/division_fixture.hpp"

namespace menpai::address {
namespace {

Reading read(std::string_view text) {
  static Reader reader(fixture::small_index());
  Reading reading;
  reader.read(text, no_division, reading);
  return reading;
}

std::string shown(std::string_view text) {
  const Reading reading = read(text);
  std::string out;
  for (const TypedElement& e : reading.elements) {
    if (e.label == Label::redundant) continue;
    if (!out.empty()) out += ' ';
    out += std::string(label_name(e.label)) + "=" + std::string(reading.normal.original(text, e.start, e.end));
  }
  return out;
}

struct Row {
  int kind;
  const char *text, *elements;
};

TEST(Reader, reads_divisions_that_are_written_badly) {
  const Row rows[] = {
      {1, "广东中山中山市广东中山市港口镇二马路8号", "prov=广东 city=中山市 town=港口镇 road=二马路 roadno=8号"},
      {2, "东莞市中国广东东莞市麻涌镇大盛村新村坊13巷13号",
       "country=中国 prov=广东 city=东莞市 town=麻涌镇 community=大盛村 road=新村坊13巷 roadno=13号"},
      {3, "浙江省杭州市上城区浙江省杭州市上城区", "prov=浙江省 city=杭州市 district=上城区"},
      {4, "嘉善县大云镇大云镇大云小区1号302室", "district=嘉善县 town=大云镇 poi=大云小区 houseno=1号 roomno=302室"},
      {5, "广东深圳宝安区新安街道", "prov=广东 city=深圳 district=宝安区 town=新安街道"},
      {6, "中山市港口镇兴港中路8号", "city=中山市 town=港口镇 road=兴港中路 roadno=8号"},
      {7, "浙江省杭州戴村镇河杨湖村", "prov=浙江省 city=杭州 town=戴村镇 community=河杨湖村"},
      {8, "厦门市湖里区东坡二里9号502室", "city=厦门市 district=湖里区 poi=东坡二里 houseno=9号 roomno=502室"},
      {9, "白洋镇枝江市白洋镇", "district=枝江市 town=白洋镇"},
      {11, "浙江省-嘉兴市-市辖区新丰镇", "prov=浙江省 city=嘉兴市 town=新丰镇"},
      {12, "广东省中山市其它区港口镇兴港路", "prov=广东省 city=中山市 town=港口镇 road=兴港路"},
      {13, "广东省中山市null 横栏镇三沙村", "prov=广东省 city=中山市 town=横栏镇 community=三沙村"},
      {14, "绍兴县钱陶路8号", "district=绍兴县 road=钱陶路 roadno=8号"},
      {15, "重庆市江津市夏坝镇鸣江村2组8号",
       "city=重庆市 district=江津市 town=夏坝镇 community=鸣江村 road=2组 roadno=8号"},
      {16, "浙江省杭州市富阳市银湖街道泗洲村",
       "prov=浙江省 city=杭州市 district=富阳市 town=银湖街道 community=泗洲村"},
      {17, "中山市民众镇", "city=中山市 town=民众镇"},
      {18, "中山市东升镇", "city=中山市 town=东升镇"},
      {19, "杭州市下城区", "city=杭州市 district=下城区"},
      {20, "杭州下沙经济技术开发区5号大街8号", "city=杭州 devZone=下沙经济技术开发区 road=5号大街 roadno=8号"},
      {21, "厦门集美区杏林镇锦园寨内", "city=厦门 district=集美区 town=杏林镇 poi=锦园寨 assist=内"},
  };
  for (const Row& row : rows) EXPECT_EQ(shown(row.text), row.elements) << row.kind << " " << row.text;
}

TEST(Reader, reads_characters_and_numerals_that_are_written_otherwise) {
  const Row rows[] = {
      {22, "阳光公寓59号一单员", "poi=阳光公寓 houseno=59号 cellno=一单员"},
      {24, "六街一橦803", "road=六街 houseno=一橦 roomno=803"},
      {26, "爱美公园43-3201", "poi=爱美公园 houseno=43 roomno=3201"},
      {27, "陽光三區31幢3單元301", "poi=陽光三區 houseno=31幢 cellno=3單元 roomno=301"},
      {28, "清江东路３５２号", "road=清江东路 roadno=３５２号"},
      {28, "东方小区２－２－24A", "poi=东方小区 houseno=２ cellno=２ roomno=24A"},
      {29, "浅水半岛Ｂ区", "poi=浅水半岛Ｂ区"},
      {30, "阳光花园九栋五单元2713", "poi=阳光花园 houseno=九栋 cellno=五单元 roomno=2713"},
      {31, "幸福城九之204", "poi=幸福城 houseno=九 roomno=204"},
      {32, "江场三路238号", "road=江场三路 roadno=238号"},
      {32, "三七省道", "road=三七省道"},
      {33, "钱路头直街4号之一3栋1168", "road=钱路头直街 roadno=4号 subroadno=之一 houseno=3栋 roomno=1168"},
      {34, "水门路六角巷23号之1", "road=水门路 subRoad=六角巷 subroadno=23号 subroadno=之1"},
      {35, "鲤鱼山路16号附1号丽秀小区", "road=鲤鱼山路 roadno=16号 subroadno=附1号 poi=丽秀小区"},
      {36, "文庙街10路附13号", "road=文庙街 roadno=10路 subroadno=附13号"},
      {37, "长虹大道121号附3-5号", "road=长虹大道 roadno=121号 subroadno=附3-5号"},
      {38, "和信路984-6号", "road=和信路 roadno=984-6号"},
  };
  for (const Row& row : rows) EXPECT_EQ(shown(row.text), row.elements) << row.kind << " " << row.text;
}

TEST(Reader, reads_buildings_units_floors_and_rooms) {
  const Row rows[] = {
      {23, "兴港路892号13号楼", "road=兴港路 roadno=892号 houseno=13号楼"},
      {39, "锦兰公寓6-10-2023", "poi=锦兰公寓 houseno=6 cellno=10 roomno=2023"},
      {40, "碧玉江南10-20-1", "poi=碧玉江南 houseno=10 cellno=20 roomno=1"},
      {41, "光明花园12#2-6-2", "poi=光明花园 houseno=12# cellno=2 floorno=6 roomno=2"},
      {41, "港口花园8#-501", "poi=港口花园 houseno=8# roomno=501"},
      {42, "滨海和苑5-1201#", "poi=滨海和苑 houseno=5 roomno=1201#"},
      {43, "阳光小区11#楼", "poi=阳光小区 houseno=11#楼"},
      {43, "阳光小区4号楼", "poi=阳光小区 houseno=4号楼"},
      {44, "阳光小区3座", "poi=阳光小区 houseno=3座"},
      {45, "世纪广场b座2430室", "poi=世纪广场 houseno=b座 roomno=2430室"},
      {46, "滨兴路936滨江慧港科技园", "road=滨兴路 roadno=936 poi=滨江慧港科技园"},
      {47, "龙泉街号", "road=龙泉街"},
      {48, "远洋城3栋1702房", "poi=远洋城 houseno=3栋 roomno=1702房"},
      {49, "怡心园15栋11梯282房", "poi=怡心园 houseno=15栋 cellno=11梯 roomno=282房"},
      {50, "阳光小区3栋西单元1041", "poi=阳光小区 houseno=3栋 cellno=西单元 roomno=1041"},
      {50, "东方大厦3楼西户", "poi=东方大厦 floorno=3楼 roomno=西户"},
      {51, "东方大厦38F", "poi=东方大厦 floorno=38F"},
      {51, "东方大厦二楼", "poi=东方大厦 floorno=二楼"},
      {52, "东方银泰负三楼", "poi=东方银泰 floorno=负三楼"},
      {52, "东方大厦B1", "poi=东方大厦 floorno=B1"},
      {52, "东方大厦-1楼", "poi=东方大厦 floorno=-1楼"},
      {51, "兴港大道中8号首层", "road=兴港大道中 roadno=8号 floorno=首层"},
      {51, "兴港路8号五楼之三", "road=兴港路 roadno=8号 floorno=五楼 roomno=之三"},
      {53, "阳光小区13号楼11楼", "poi=阳光小区 houseno=13号楼 floorno=11楼"},
      {54, "阳光小区3栋501.510", "poi=阳光小区 houseno=3栋 roomno=501.510"},
      {54, "阳光小区3栋415/416", "poi=阳光小区 houseno=3栋 roomno=415/416"},
      {54, "东方大厦1801-1802", "poi=东方大厦 roomno=1801-1802"},
      {63, "阳光绿洲花园二期28栋3203室", "poi=阳光绿洲花园 subpoi=二期 houseno=28栋 roomno=3203室"},
      {64, "阳光花园二期17#1401", "poi=阳光花园 subpoi=二期 houseno=17# roomno=1401"},
  };
  for (const Row& row : rows) EXPECT_EQ(shown(row.text), row.elements) << row.kind << " " << row.text;
}

TEST(Reader, reads_doors_villages_lanes_and_places) {
  const Row rows[] = {
      {55, "工人北路167、169、171、173号", "road=工人北路 roadno=167、169、171、173号"},
      {56, "霞中新村2横4-5号", "poi=霞中新村 road=2横 roadno=4-5号"},
      {57, "石特村5组21号", "community=石特村 road=5组 roadno=21号"},
      {57, "石特村3队", "community=石特村 road=3队"},
      {57, "石特村17社10号附2号", "community=石特村 road=17社 roadno=10号 subroadno=附2号"},
      {58, "中山市横栏镇三沙德龙路50号", "city=中山市 town=横栏镇 community=三沙 road=德龙路 roadno=50号"},
      {59, "宝山镇得积村委会", "town=宝山镇 community=得积村委会"},
      {60, "一街一巷6号", "road=一街 subRoad=一巷 subroadno=6号"},
      {60, "新沪路8支弄1272号", "road=新沪路 subRoad=8支弄 subroadno=1272号"},
      {61, "萍水街与益乐路交叉口方家花苑82幢",
       "road=萍水街 assist=与 subRoad=益乐路 assist=交叉口 poi=方家花苑 houseno=82幢"},
      {62, "振南路南侧", "road=振南路 assist=南侧"},
      {62, "好又多超市对面", "poi=好又多超市 assist=对面"},
      {62, "兴港路向南1.5公里", "road=兴港路 assist=向南 assist=1.5公里"},
      {65, "东岳路336号】(茶山镇附近)", "road=东岳路 roadno=336号"},
      {65, "【朝阳路 1220弄 6-605  】", "road=朝阳路 subRoad=1220弄 subroadno=6 roomno=605"},
      {66, "阳光小区3栋501到了打电话13800000000", "poi=阳光小区 houseno=3栋 roomno=501"},
      {66, "阳光小区3栋501张先生", "poi=阳光小区 houseno=3栋 roomno=501 person=张先生"},
      {67, "快速干道21公里处", "road=快速干道 assist=21公里处"},
      {67, "320国道旁", "road=320国道 assist=旁"},
      {68, "兴港路_8号　3栋\t501", "road=兴港路 roadno=8号 houseno=3栋 roomno=501"},
      {69, "青年路8号。", "road=青年路 roadno=8号"},
      {69, "阳光小区95#、东单元、701室", "poi=阳光小区 houseno=95# cellno=东单元 roomno=701室"},
      {70, "新沪路58弄11-802", "road=新沪路 subRoad=58弄 subroadno=11 roomno=802"},
      {71, "兴港路甲10号院", "road=兴港路 roadno=甲10号院"},
      {71, "兴港路28甲6-1号", "road=兴港路 roadno=28甲6-1号"},
      {72, "兴港路21号院602", "road=兴港路 roadno=21号院 roomno=602"},
      {73, "兴港路98号农贸批发市场蔬菜二区7通道A16号",
       "road=兴港路 roadno=98号 poi=农贸批发市场 subpoi=蔬菜 subpoi=二区 subpoi=7通道 roomno=A16号"},
      {74, "利民医院后面立胜阀门", "poi=利民医院 assist=后面 subpoi=立胜阀门"},
  };
  for (const Row& row : rows) EXPECT_EQ(shown(row.text), row.elements) << row.kind << " " << row.text;
}

/// The first element of a kind.
TypedElement element(const Reading& reading, NumberKind kind) {
  for (const TypedElement& e : reading.elements) {
    if (e.kind == kind) return e;
  }
  ADD_FAILURE() << "no such number";
  return {};
}

TEST(Reader, gives_numbers_their_values) {
  EXPECT_EQ(element(read("兴港路984-6号"), NumberKind::door).number, (Number{984, 6, 0, 0}));
  EXPECT_EQ(element(read("兴港路甲10号"), NumberKind::door).number, (Number{10, 0, U'甲', 0}));
  EXPECT_EQ(element(read("兴港路16号附1号"), NumberKind::sub_door).number.value, 1);
  EXPECT_EQ(element(read("兴港路4号之十二"), NumberKind::sub_door).number.value, 12);
  EXPECT_EQ(element(read("阳光小区九栋"), NumberKind::building).number.value, 9);
  EXPECT_EQ(element(read("阳光小区B座"), NumberKind::building).number, (Number{0, 0, U'B', 0}));
  EXPECT_EQ(element(read("阳光小区二十三幢"), NumberKind::building).number.value, 23);
  EXPECT_EQ(element(read("阳光小区3栋12A室"), NumberKind::room).number, (Number{12, 0, 0, U'A'}));
  EXPECT_EQ(element(read("东方大厦负二楼"), NumberKind::floor).number.value, -2);
  EXPECT_EQ(element(read("石特村5组"), NumberKind::group).number.value, 5);
  EXPECT_EQ(element(read("新沪路58弄"), NumberKind::lane).number.value, 58);
  const TypedElement list = element(read("工人北路167、169、171号"), NumberKind::door);
  EXPECT_EQ(list.number.value, 167);
  EXPECT_EQ(list.last.value, 171);
  EXPECT_EQ(list.several, 3);
  EXPECT_FALSE(list.range);
  const TypedElement range = element(read("兴港路4-5号"), NumberKind::door);
  EXPECT_EQ(range.last.value, 5);
  EXPECT_TRUE(range.range);
}

void expect_tiling(std::string_view text) {
  static Reader reader(fixture::small_index());
  Reading reading;
  reader.read(text, no_division, reading);
  std::uint32_t at = 0;
  for (const TypedElement& e : reading.elements) {
    ASSERT_EQ(e.start, at) << text.substr(0, 200);
    ASSERT_GE(e.end, e.start);
    ASSERT_LE(e.from, e.to);
    ASSERT_LE(e.to, reading.normal.chars.size());
    at = e.end;
  }
  ASSERT_EQ(at, reading.normal.length) << text.substr(0, 200);
}

TEST(Reader, tiles_any_text) {
  const char* const pieces[] = {
      "广东省", "中山市", "港口镇", "朝阳区", "二马路",   "8号", "附3", "之一", "-",  "、", "#",    "栋",
      "单元",   "十",     "百",     "负",     "地下",     "A",   "(",   ")",    " ",  "　", "电联", "13800000000",
      "张先生", "路",     "村",     "园区",   "\xFF\xFE", "𠮷",  "\n",  "null", "号", "楼", "东",   "与"};
  std::mt19937 random(5);
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    for (auto n = random() % 14; n > 0; --n) text += pieces[random() % std::size(pieces)];
    expect_tiling(text);
  }
  for (int i = 0; i < 2000; ++i) {
    std::string text(random() % 100, '\0');
    for (char& c : text) c = static_cast<char>(random());
    expect_tiling(text);
  }
}

TEST(Reader, takes_texts_of_any_length) {
  expect_tiling("");
  expect_tiling(std::string(1 << 20, 'A'));
  expect_tiling(std::string(100000, ','));
  for (const char* piece : {"1", "一", "路", "中山市", "8-", "朝阳区", "(", "附1", "十百", "电话", "张先生", "东区"}) {
    std::string text;
    while (text.size() < 60000) text += piece;
    expect_tiling(text);
  }
}

}  // namespace
}  // namespace menpai::address

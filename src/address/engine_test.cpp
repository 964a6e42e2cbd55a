// SPDX-License-Identifier: Apache-2.0
// What the engine answers against a small invented town, row by row as a civil servant would check it.
#include "address/engine.hpp"

#include <gtest/gtest.h>
#include <thread>

#include "address/test_library.hpp"
#include "base/error.hpp"
#include "base/id.hpp"

namespace menpai::address {
namespace {

using testing::source;
using testing::TemporaryFolder;

std::shared_ptr<const Library> library_of(const std::vector<SourceAddress>& rows) {
  const TemporaryFolder folder;
  testing::write_library(folder.file("a.lib"), rows);
  return Library::open(folder.file("a.lib"));
}

const std::shared_ptr<const Library>& town() {
  static const std::shared_ptr<const Library> library = library_of(testing::small_town());
  return library;
}

Answer clean(const std::shared_ptr<const Library>& library, std::string_view text, std::string region = {}) {
  Engine engine(library);
  Answer answer;
  engine.clean(text, {std::move(region), 5}, answer);
  return answer;
}

bool has_reason(const Answer& answer, Level level, Reason reason) {
  return std::find(answer.reasons.begin(), answer.reasons.end(), ElementReason{level, reason}) != answer.reasons.end();
}

struct Row {
  const char* text;
  const char* id;  ///< "" where the answer is no row of the library
  const char* grades;
  const char* address;
};

void expect_rows(const std::shared_ptr<const Library>& library, std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    const Answer answer = clean(library, row.text);
    EXPECT_EQ(answer.id, row.id) << row.text << " → " << answer.address << " " << reasons_text(answer.reasons);
    EXPECT_NE(std::string_view(row.grades).find(grade_name(answer.grade)), std::string_view::npos)
        << row.text << " → " << grade_name(answer.grade) << " " << reasons_text(answer.reasons);
    if (*row.address != '\0') {
      EXPECT_EQ(answer.address, row.address) << row.text;
    }
    EXPECT_GE(answer.score, 0) << row.text;
    EXPECT_LE(answer.score, 1) << row.text;
  }
}

TEST(Clean, FindsAddressesAsWritten) {
  expect_rows(town(), {
                          {"广东省中山市港口镇星海大道12号", "road-12", "A", "广东省中山市港口镇星海大道12号"},
                          {"广东省中山市港口镇星海大道12号101室", "shop", "A", ""},
                          {"广东省中山市港口镇星海大道5号附1号", "road-5-1", "A", ""},
                          {"广东省中山市港口镇云岭花园2栋", "b2", "A", "广东省中山市港口镇云岭花园2栋"},
                          {"广东省中山市港口镇云岭花园2栋1单元302室", "r2-1-302", "A",
                           "广东省中山市港口镇云岭花园2栋1单元302室"},
                          {"广东省中山市港口镇中南村3组8号", "g3-8", "A", "广东省中山市港口镇中南村3组8号"},
                          {"广东省中山市古镇镇星海大道77号", "gu-77", "A", ""},
                      });
}

TEST(Clean, FindsAddressesWrittenAnotherWay) {
  expect_rows(town(), {
                          {"中山市港口镇云岭花园2幢1单元302", "r2-1-302", "AB", ""},
                          {"港口镇云岭花园二栋一单元302房", "r2-1-302", "AB", ""},
                          {"中山市港口镇云岭花园２号楼１单元３０２室", "r2-1-302", "AB", ""},
                          {"中山市港口鎮雲嶺花園2棟1單元302室", "r2-1-302", "AB", ""},
                          {"中山市港口镇云岭花园2-1-302", "r2-1-302", "AB", ""},
                          {"中山市港口镇 星海大道 5-1号", "road-5-1", "B", ""},
                          {"中山市港口镇中南村三组8号", "g3-8", "AB", ""},
                          {"中山市港口镇云岭花园小区2栋1单元302室", "r2-1-302", "B", ""},
                      });
}

TEST(Clean, RepairsNamesAndSaysSo) {
  for (const char* text : {"广东省中山市港口镇云领花园2栋1单元302室", "广东省中山市港口镇云花园2栋1单元302室",
                           "广东省中山市港口镇云云岭花园2栋1单元302室"}) {
    const Answer answer = clean(town(), text);
    EXPECT_EQ(answer.id, "r2-1-302") << text;
    EXPECT_EQ(answer.grade, Grade::b) << text;
    EXPECT_TRUE(has_reason(answer, Level::place, Reason::corrected)) << text << reasons_text(answer.reasons);
  }
}

TEST(Clean, NeverBendsANumber) {
  for (const char* text : {"广东省中山市港口镇星海大道21号", "广东省中山市港口镇云岭花园4栋1单元302室",
                           "广东省中山市港口镇云岭花园2栋3单元302室", "广东省中山市港口镇云岭花园2栋1单元902室",
                           "广东省中山市港口镇中南村3组10号"}) {
    const Answer answer = clean(town(), text);
    EXPECT_EQ(answer.grade, Grade::c) << text << " → " << answer.address;
  }
}

TEST(Clean, AnswersTheBuildingWhereTheRoomDoesNotExist) {
  const Answer answer = clean(town(), "广东省中山市港口镇云岭花园2栋1单元902室");
  EXPECT_EQ(answer.address, "广东省中山市港口镇云岭花园2栋1单元");
  EXPECT_TRUE(has_reason(answer, Level::room, Reason::not_found)) << reasons_text(answer.reasons);
  EXPECT_EQ(answer.residue, "902室");
  EXPECT_EQ(answer.grade, Grade::c);
}

TEST(Clean, ReportsWhatIsAmbiguousInsteadOfGuessing) {
  const Answer unit = clean(town(), "广东省中山市港口镇云岭花园2栋302室");
  EXPECT_EQ(unit.grade, Grade::c);
  EXPECT_EQ(unit.address, "广东省中山市港口镇云岭花园2栋");
  EXPECT_TRUE(has_reason(unit, Level::room, Reason::ambiguous)) << reasons_text(unit.reasons);
  EXPECT_GE(unit.candidates.size(), 2U);

  const Answer road = clean(town(), "中山市星海大道7号");
  EXPECT_EQ(road.grade, Grade::c);
  ASSERT_GE(road.candidates.size(), 2U);
  EXPECT_NE(road.candidates[0].division_code, road.candidates[1].division_code);
}

TEST(Clean, DoesNotChooseBetweenTwoEstatesOneErrorAway) {
  const auto library =
      library_of({source("1", "广东省中山市港口镇星信花园一期1栋"), source("2", "广东省中山市港口镇星波花园一期1栋")});
  const Answer answer = clean(library, "广东省中山市港口镇星花园一期1栋");
  EXPECT_EQ(answer.grade, Grade::c);
  EXPECT_GE(answer.candidates.size(), 2U);
  EXPECT_EQ(clean(library, "中山市港口镇星信花园 1期 1栋").id, "1") << "a phase belongs to its estate";
}

TEST(Clean, SettlesByTheRegionWhatTheTextLeavesOpen) {
  EXPECT_EQ(clean(town(), "星海大道7号", "442000108").id, "road-7");
  EXPECT_EQ(clean(town(), "星海大道7号", "442000105").id, "gu-7");
  EXPECT_EQ(clean(town(), "中山市古镇镇星海大道7号", "442000108").id, "gu-7");
}

TEST(Clean, FollowsAnAliasToItsAddress) {
  const Answer answer = clean(town(), "广东省中山市港口镇临水路9号1203室");
  EXPECT_EQ(answer.id, "tower");
  EXPECT_EQ(answer.address, "广东省中山市港口镇望江大厦B座1203室");
  EXPECT_EQ(answer.grade, Grade::b);
  const auto says = [](const Answer& a, Level level, Reason reason) {
    return std::find(a.reasons.begin(), a.reasons.end(), ElementReason{level, reason}) != a.reasons.end();
  };
  EXPECT_TRUE(says(answer, Level::place, Reason::alias)) << "临水路 is what else it is called";
  EXPECT_TRUE(says(answer, Level::number, Reason::alias));
  EXPECT_TRUE(says(answer, Level::room, Reason::matched));
  EXPECT_TRUE(says(clean(town(), "广东省中山市港口镇望江大厦B座1203室"), Level::place, Reason::matched));
}

TEST(Clean, GivesCodePointAndPartsOfTheAddress) {
  const Answer answer = clean(town(), "港口镇云岭花园2栋1单元302室");
  EXPECT_EQ(answer.code, "Cr2-1-302");
  ASSERT_TRUE(answer.point.has_value());
  EXPECT_NEAR(answer.point->lon, 113.5, 1e-6);
  EXPECT_EQ(answer[Level::city], "中山市");
  EXPECT_EQ(answer[Level::town], "港口镇");
  EXPECT_EQ(answer[Level::place], "云岭花园");
  EXPECT_EQ(answer[Level::building], "2栋");
  EXPECT_EQ(answer[Level::unit], "1单元");
  EXPECT_EQ(answer[Level::room], "302室");
  EXPECT_EQ(answer.level, Level::room);
  EXPECT_EQ(answer.division_code, "442000108");
}

TEST(Clean, PutsWhatItDoesNotExplainIntoTheResidue) {
  const Answer answer = clean(town(), "广东省中山市港口镇星海大道12号隔壁老王修车铺");
  EXPECT_EQ(answer.id, "road-12");
  EXPECT_NE(answer.grade, Grade::a);
  EXPECT_FALSE(answer.residue.empty());
}

TEST(Clean, SaysThatAForeignAddressIsNotHere) {
  const Answer answer = clean(town(), "福建省厦门市思明区厦港街道云岭花园2栋1单元302室");
  EXPECT_EQ(answer.grade, Grade::c);
}

TEST(Clean, AnswersFromDivisionsAloneWhatItCan) {
  const TemporaryFolder folder;
  testing::write_library(folder.file("divisions"), {});
  const auto library = Library::open(folder.file("divisions"));
  EXPECT_EQ(library->facts().addresses, 0U);
  EXPECT_EQ(library->facts().divisions, 10U);

  const Answer whole = clean(library, "广东省中山市港口镇星海大道12号3栋501室");
  EXPECT_EQ(whole.grade, Grade::a);
  EXPECT_EQ(whole.division_code, "442000108");
  EXPECT_EQ(whole.level, Level::room);
  EXPECT_TRUE(has_reason(whole, Level::place, Reason::unverified));
  EXPECT_EQ(whole.address, "广东省中山市港口镇星海大道12号3栋501室");

  EXPECT_EQ(clean(library, "中山市港口镇星海大道12号").grade, Grade::b);
  EXPECT_EQ(clean(library, "某处").grade, Grade::none);
  EXPECT_EQ(clean(library, "").grade, Grade::none);
}

const std::shared_ptr<const Library>& divisions_only() {
  static const std::shared_ptr<const Library> library = library_of({});
  return library;
}

TEST(CleanByDivisions, HoldsOnlyWhatAPersonCanSettle) {
  struct Case {
    const char *text, *grade, *why;
  };
  for (const Case& row : std::initializer_list<Case>{
           {"福建省厦门市思明区厦港街道湖滨路1号", "A", "all is told"},
           {"厦门市思明区厦港街道湖滨路1号", "B", "the province is filled in"},
           {"厦门市思明区天湖路48号25E室", "B", "the county is certain; nobody can tell the town"},
           {"思明区天湖路48号", "B", "the county has its name alone"},
           {"厦门市思明区长乐路350号闽南古镇7层", "B", "a place that is named like a town"},
           {"中山市博爱七路113号", "B", "a city without counties"},
           {"厦门市长青路142号", "C", "the county is open"},
           {"厦门市思明区前埔街道莲前路12号", "C", "a town that is not known"},
           {"福建省中山市港口镇星海大道12号", "C", "the province contradicts"},
           {"广东省星海大道12号", "C", "a province is not enough"},
       }) {
    const Answer answer = clean(divisions_only(), row.text);
    EXPECT_EQ(grade_name(answer.grade), row.grade)
        << row.text << ": " << row.why << " " << answer.score << " " << reasons_text(answer.reasons);
  }
  EXPECT_NEAR(clean(divisions_only(), "厦门市思明区天湖路48号25E室").score, 0.9, 0.03);
  EXPECT_TRUE(has_reason(clean(divisions_only(), "厦门市思明区前埔街道莲前路12号"), Level::town, Reason::not_found));
}

TEST(CleanByDivisions, ShowsNumbersAsTheyAreWritten) {
  struct Case {
    const char *text, *address;
    Level level;
  };
  for (const Case& row : std::initializer_list<Case>{
           {"后坑后社392号1层101室", "后坑后社392号101室", Level::room},
           {"中堂段60号110室", "中堂段60号110室", Level::room},
           {"莞太路南城段121号122铺", "莞太路南城段121号122铺", Level::room},
           {"江顺里193-194号", "江顺里193-194号", Level::number},
           {"机场北区8号", "机场北区8号", Level::building},
           {"云岭花园3号", "云岭花园3号", Level::building},
           {"云岭花园3号楼", "云岭花园3号楼", Level::building},
           {"云岭花园3号2号501", "云岭花园3号2号501室", Level::room},
           {"湖滨路98号2号101", "湖滨路98号2号101室", Level::room},
           {"莲花路168号之四楼", "莲花路168号4楼", Level::floor},
           {"莲花路12号之4楼401", "莲花路12号401室", Level::room},
           {"莲花路12号之4", "莲花路12号附4号", Level::number},
           {"莲花路88号之17店", "莲花路88号17店", Level::room},
           {"光华大厦A座25B", "光华大厦A座25B室", Level::room},
           {"湖滨路88号23G", "湖滨路88号23G室", Level::room},
           {"湖滨路88号3栋24E", "湖滨路88号3栋24E室", Level::room},
           {"湖滨路14号第二、三层", "湖滨路14号第二、三层", Level::floor},
           {"象屿路93号4层431单元", "象屿路93号431单元", Level::room},
           {"象屿路93号402-404单元", "象屿路93号402-404单元", Level::room},
           {"象屿路93号2层D05-06单元", "象屿路93号2层D05-06单元", Level::room},
           {"象屿路93号404室之一", "象屿路93号404室之一", Level::room},
           {"象屿路93号24F室", "象屿路93号24F室", Level::room},
           {"象屿路93号四楼A", "象屿路93号4楼A室", Level::room},
           {"象屿路93号102#单元", "象屿路93号102单元", Level::room},
           {"象屿路93号26-28卡商铺", "象屿路93号26-28卡商铺", Level::room},
           {"禾山路嘉隆公寓178-182号", "禾山路嘉隆公寓178-182号", Level::building},
           {"殿前六路630-14店面", "殿前六路630号14店面", Level::room},
           {"园山南路581-1楼", "园山南路581号1楼", Level::floor},
           {"后行西里91-2号", "后行西里91-2号", Level::number},
           {"后坑前社431-101号", "后坑前社431号101号", Level::room},
           {"中信广场25B", "中信广场25B室", Level::room},
           {"前埔村前村社95号", "前埔村前村社95号", Level::number},
           {"行政中心区3号楼", "行政中心区3号楼", Level::building},
           {"出口加工区综合楼", "出口加工区综合楼", Level::place},
           {"象屿路93号602-2室", "象屿路93号602-2室", Level::room},
           {"象屿路93号1401-4单元", "象屿路93号1401-4单元", Level::room},
           {"象屿路93号401-08", "象屿路93号401-08", Level::room},
           {"象屿路93号11层F2单元", "象屿路93号11层F2单元", Level::room},
           {"象屿路93号首层第3卡", "象屿路93号1层3卡", Level::room},
           {"象屿路93号3层05室", "象屿路93号305室", Level::room},
           {"象屿路93号五楼之三", "象屿路93号5楼之三", Level::room},
           {"象屿路93号-1", "象屿路93号附1号", Level::number},
           {"惠盛花园10A", "惠盛花园10A室", Level::room},
           {"同安工业园11-12号9层01单元", "同安工业园11-12号9层1单元", Level::room},
           {"兴隆路777号5F501室", "兴隆路777号501室", Level::room},
           {"商务大厦七楼12-15号(集群注册)", "商务大厦7楼12-15号", Level::room},
           {"红山路63号,增设1处经营场所,具体见章程。", "红山路63号", Level::number},
           {"华讯楼A区B1F-014", "华讯楼A区B1层14室", Level::room},
           {"殿前一组综合厂房E栋", "殿前1组综合厂房E栋", Level::building},
           {"后巷里173号", "后巷里173号", Level::number},
           {"厦港里9号", "厦港里9号", Level::number},
           {"临海苑1号公寓503室", "临海苑1号公寓503室", Level::room},
           {"先兴北街裕利别墅区第五栋", "先兴北街裕利别墅区5栋", Level::building},
           {"凤凰路北侧厂房", "凤凰路厂房", Level::place},
           {"第一农场湖头村三组", "第一农场湖头村3组", Level::place},
       }) {
    const Answer answer = clean(divisions_only(), std::string("福建省厦门市思明区厦港街道") + row.text);
    EXPECT_EQ(answer.address, std::string("福建省厦门市思明区厦港街道") + row.address)
        << row.text << " " << reasons_text(answer.reasons);
    EXPECT_EQ(answer.level, row.level) << row.text << " " << level_name(answer.level);
  }
  EXPECT_EQ(clean(divisions_only(), "福建省厦门市思明区厦港街道凤凰路北侧厂房").residue, "北侧");
  EXPECT_EQ(clean(divisions_only(), "福建省厦门市思明区厦港街道第一农场湖头村三组")[Level::group], "3组");
}

TEST(CleanByDivisions, TakesACityFromTheNameOfAPlaceThatBeginsTheText) {
  const Answer park = clean(divisions_only(), "厦门软件园二期观日路24号203单元");
  EXPECT_EQ(park.address, "福建省厦门市厦门软件园二期观日路24号203单元");
  EXPECT_EQ(park.grade, Grade::c);
  EXPECT_EQ(park.division_code, "3502");
  EXPECT_TRUE(has_reason(park, Level::city, Reason::alias)) << reasons_text(park.reasons);
  EXPECT_EQ(clean(divisions_only(), "中山公园2号楼").grade, Grade::c) << "every city may have one";
  EXPECT_EQ(clean(divisions_only(), "中山路12号").grade, Grade::none) << "a road is named after what is elsewhere";
}

TEST(Clean, FindsABuildingThatIsWrittenAsANumber) {
  const auto library =
      library_of({source("e3", "广东省中山市港口镇云岭花园3栋"), source("v8", "广东省中山市港口镇后坑后社8号101室"),
                  source("s5", "广东省中山市港口镇后坑后社5栋")});
  expect_rows(library, {
                           {"广东省中山市港口镇云岭花园3号", "e3", "AB", "广东省中山市港口镇云岭花园3栋"},
                           {"广东省中山市港口镇云岭花园3号楼", "e3", "AB", "广东省中山市港口镇云岭花园3栋"},
                           {"广东省中山市港口镇后坑后社8号1层101室", "v8", "AB", "广东省中山市港口镇后坑后社8号101室"},
                       });
}

TEST(Match, RanksTheAddressesOfALibrary) {
  Engine engine(town());
  std::vector<Candidate> candidates;
  engine.match("中山市港口镇星海大道12号", {"", 3}, candidates);
  ASSERT_FALSE(candidates.empty());
  EXPECT_LE(candidates.size(), 3U);
  EXPECT_EQ(candidates.front().id, "road-12");
  EXPECT_EQ(candidates.front().address, "广东省中山市港口镇星海大道12号");
  EXPECT_EQ(candidates.front().code, "Croad-12");
  for (std::size_t i = 1; i < candidates.size(); ++i) EXPECT_LE(candidates[i].score, candidates[i - 1].score);
  engine.match("", {}, candidates);
  EXPECT_TRUE(candidates.empty());
}

TEST(Match, FindsRowsOfAMessyList) {
  const auto library = library_of({source("1", "鑫湖国贸中心3号楼九度酒吧"), source("2", "鑫湖国贸中心5号楼"),
                                   source("3", "平原路畅想花园4号楼"), source("4", "步行街1号阳光大酒店(北门)"),
                                   source("5", "九龍觀塘道398號地下", {"觀塘道舊郵局"})});
  Engine engine(library);
  std::vector<Candidate> candidates;
  const auto first = [&](std::string_view text) {
    engine.match(text, {}, candidates);
    return candidates.empty() ? std::string() : candidates.front().id;
  };
  EXPECT_EQ(first("开发区鑫湖国贸3号楼"), "1");
  EXPECT_EQ(first("鑫湖国贸5栋"), "2");
  EXPECT_EQ(first("畅想花园4栋"), "3");
  EXPECT_EQ(first("阳光大酒店步行街1号"), "4");
  EXPECT_EQ(first("观塘道398号"), "5");
  EXPECT_EQ(first("观塘道旧邮局"), "5");
}

std::vector<std::string> suggest(std::string_view text, int top = 5) {
  Engine engine(town());
  std::vector<Engine::Suggestion> suggestions;
  engine.suggest(text, {"", top}, suggestions);
  std::vector<std::string> out;
  for (const Engine::Suggestion& s : suggestions) out.push_back(s.address);
  return out;
}

TEST(Suggest, CompletesNamesFromTheirBeginningOrTheirMiddle) {
  EXPECT_EQ(suggest("云岭").at(0), "广东省中山市港口镇云岭花园");
  EXPECT_EQ(suggest("花园").at(0), "广东省中山市港口镇云岭花园");
  EXPECT_EQ(suggest("港口镇星").at(0), "广东省中山市港口镇星海大道");
  EXPECT_EQ(suggest("星海大").size(), 2U) << "one in each town";
}

TEST(Suggest, GoesOnWithNumbers) {
  EXPECT_EQ(suggest("港口镇星海大道1", 3),
            (std::vector<std::string>{"广东省中山市港口镇星海大道1号", "广东省中山市港口镇星海大道10号",
                                      "广东省中山市港口镇星海大道11号"}));
  EXPECT_EQ(suggest("云岭花园", 2),
            (std::vector<std::string>{"广东省中山市港口镇云岭花园", "广东省中山市港口镇云岭花园1栋"}));
  EXPECT_EQ(suggest("云岭花园2栋1单元3", 5), (std::vector<std::string>{"广东省中山市港口镇云岭花园2栋1单元301室",
                                                                       "广东省中山市港口镇云岭花园2栋1单元302室"}));
}

TEST(Suggest, OffersDivisionsAndKeepsToItsLimit) {
  EXPECT_EQ(suggest("港口镇").at(0), "广东省中山市港口镇");
  EXPECT_LE(suggest("星", 1).size(), 1U);
  EXPECT_EQ(suggest("").at(0), "广东省中山市港口镇云岭花园") << "where most addresses are";
  EXPECT_TRUE(suggest("星海", 0).empty());
}

TEST(Builder, SaysHowEachRowWasPlaced) {
  LibraryBuilder builder(testing::small_divisions(), "rows");
  EXPECT_EQ(builder.add(source("1", "广东省中山市港口镇星海大道1号")), LibraryBuilder::Added::placed);
  EXPECT_EQ(builder.add(source("2", "云岭花园3栋")), LibraryBuilder::Added::placed_without_division);
  EXPECT_EQ(builder.add(source("3", "？？")), LibraryBuilder::Added::unreadable);
  SourceAddress coded = source("4", "云岭花园3栋");
  coded.division_code = "442000108";
  EXPECT_EQ(builder.add(coded), LibraryBuilder::Added::placed);
}

TEST(Builder, KeepsTwoRowsOfOneAddress) {
  const auto library =
      library_of({source("1", "广东省中山市港口镇星海大道1号"), source("2", "广东省中山市港口镇星海大道1号")});
  Engine engine(library);
  std::vector<Candidate> candidates;
  engine.match("中山市港口镇星海大道1号", {}, candidates);
  ASSERT_EQ(candidates.size(), 2U);
  EXPECT_NE(candidates[0].id, candidates[1].id);
  EXPECT_EQ(candidates[0].address, candidates[1].address);
}

TEST(Engine, ServesManyThreadsFromOneLibrary) {
  std::vector<std::thread> threads;
  std::array<int, 4> right{};
  for (int& mine : right) {
    threads.emplace_back([&mine] {
      Engine engine(town());
      Answer answer;
      for (int i = 0; i < 300; ++i) {
        const std::string number = std::to_string(1 + i % 20);
        engine.clean("广东省中山市港口镇星海大道" + number + "号", {}, answer);
        mine += answer.id == "road-" + number ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int mine : right) EXPECT_EQ(mine, 300);
}

TEST(Engine, SurvivesEveryText) {
  Engine engine(town());
  Answer answer;
  std::vector<Candidate> candidates;
  std::vector<Engine::Suggestion> suggestions;
  std::vector<Element> elements;
  std::uint64_t state = 1;
  const auto random = [&] { return state = state * 6364136223846793005 + 1442695040888963407, state >> 33; };
  const std::string pieces[] = {"港口镇", "星海大道", "12", "号",   "云岭花园", "栋", "单元",
                                "-",      "(",        "）", "\xFF", "𠮷",       "室", " "};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (std::uint64_t length = random() % 30; length > 0; --length) {
      const std::uint64_t pick = random() % 20;
      text += pick < std::size(pieces) ? pieces[pick] : std::string(1, static_cast<char>(random() % 256));
    }
    engine.clean(text, {}, answer);
    engine.match(text, {}, candidates);
    engine.suggest(text, {}, suggestions);
    engine.parse(text, elements);
    EXPECT_TRUE(answer.score >= 0 && answer.score <= 1) << text;
  }
}

TEST(Engine, ReadsAMegabyteInOneCell) {
  Engine engine(town());
  Answer answer;
  std::vector<Candidate> candidates;
  std::string many;
  while (many.size() < 1'000'000) many += "中山市港口镇星海大道12号云岭花园";
  for (const std::string& text :
       {many, std::string(1'000'000, '1'), std::string(1'000'000, '\xFF'), "星海大道12号" + many}) {
    engine.clean(text, {}, answer);
    engine.match(text, {}, candidates);
    EXPECT_LE(candidates.size(), 5U);
  }
}

}  // namespace
TEST(EngineText, what_says_nowhere_is_no_address_wherever_it_comes_from) {
  DivisionSet set;
  set.edition = "test";
  set.divisions = {{"44", "", "广东省", Level::province, "", ""},
                   {"4420", "44", "中山市", Level::city, "", ""},
                   {"442000108", "4420", "港口镇", Level::town, "", ""}};
  LibraryBuilder builder(set, "test");
  builder.add({"1", "中山市港口镇翠田路8号", "", "", {}, std::nullopt});
  const std::filesystem::path file = std::filesystem::temp_directory_path() / (Uuid::make().text() + ".mpl");
  builder.write(file);
  Engine engine(Library::open(file));
  std::filesystem::remove(file);
  Answer answer;
  for (const char* text : {"qwertyuiop", "地址不详", "同上", "见附件", " ", ""}) {
    engine.clean(text, {"442000108", 5}, answer);
    EXPECT_EQ(answer.grade, Grade::none) << text;
    EXPECT_EQ(answer.division_code, "") << text;
    EXPECT_EQ(answer.residue, std::string_view(text) == " " ? "" : text);
  }
  engine.clean("翠田路8号", {"442000108", 5}, answer);
  EXPECT_EQ(answer.id, "1");
}

}  // namespace menpai::address

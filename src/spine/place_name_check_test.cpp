// SPDX-License-Identifier: Apache-2.0
// Proposed place names and what speaks against them, as a table.
#include "spine/place_name_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "spine/rules.hpp"
#include "spine/standard_characters.hpp"

namespace menpai::spine {
namespace {

using ::testing::HasSubstr;

/// The findings as "severity fault part", one after the other.
std::string said(const NameReport& report) {
  std::string text;
  for (const NameFinding& finding : report.findings) {
    text += (text.empty() ? "" : "; ") + std::string(severity_name(finding.severity)) + " " +
            std::string(name_fault_name(finding.fault)) + " " + finding.part;
  }
  return text;
}

struct Case {
  const char* name;
  PlaceKind kind;
  const char* expected;  ///< empty: nothing speaks against it
};
constexpr auto road = PlaceKind::road;
constexpr auto lane = PlaceKind::lane;
constexpr auto estate = PlaceKind::estate;
constexpr auto village = PlaceKind::village;
constexpr auto compound = PlaceKind::compound;

constexpr Case cases[] = {
    {"新港路", road, ""},
    {"港口大道", road, ""},
    {"兴港中路", road, ""},
    {"石板巷", lane, ""},
    {"翠景花园", estate, ""},
    {"下南村", village, ""},
    {"民主大厦", compound, ""},
    // 大
    {"宇宙城", estate, "warning too_grand 宇宙"},
    {"盛世中央花园", estate, "warning too_grand 中央"},
    {"中华天下城", estate, "warning too_grand 天下; warning too_grand 中华"},
    {"太平洋广场", estate, "warning too_grand 太平洋"},
    {"中央大街", road, ""},
    // 洋
    {"加州花园", estate, "breach foreign 加州"},
    {"维多利亚小区", estate, "breach foreign 维多利亚"},
    {"罗马家园", estate, "breach foreign 罗马"},
    {"松柏林路", road, ""},
    {"白求恩路", road, ""},
    // 怪
    {"24克拉小区", estate, "breach foreign 克拉; warning digits 24"},
    {"EE新城", estate, "breach letters E"},
    {"云·尚小区", estate, "breach sign ·"},
    {"御府小区", estate, "warning feudal 御府"},
    {"帝豪花园", estate, "warning feudal 帝豪"},
    {"１２路", road, "warning digits １２"},
    {"十八街", road, "hint number_only 十八"},
    {"八一路", road, ""},
    {"五四大道", road, ""},
    // 人名, 企业
    {"毛泽东路", road, "breach state_leader 毛泽东"},
    {"万里路", road, "breach state_leader 万里"},
    {"万里长城路", road, ""},
    {"鲁迅路", road, "warning personal_name 鲁迅"},
    {"东风集团路", road, "breach company_or_mark 集团"},
    // 通名
    {"新港", road, "breach generic_missing 新港"},
    {"石狮", village, "hint generic_missing 石狮"},
    {"大道", road, "breach specific_missing 大道"},
    {"路", road, "breach specific_missing 路"},
    {"翠景花园", road, "warning generic_unfit 花园"},
    // 用字
    {"國泰路", road, "warning rare_character 國"},
    {"滘口路", road, ""},
    {"一条名字长得没有人记得住的路", road, "hint too_long 一条名字长得没有人记得住的路"},
};

class Names : public ::testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(table, Names, ::testing::ValuesIn(cases));

TEST_P(Names, get_the_findings_of_the_table) {
  const Case& one = GetParam();
  ProposedName proposed;
  proposed.name = one.name;
  proposed.kind = one.kind;
  const NameReport report = check_place_name(proposed, {});
  EXPECT_EQ(said(report), one.expected) << one.name;
  for (const NameFinding& finding : report.findings) {
    EXPECT_NE(finding.why_zh, "");
    EXPECT_NE(finding.why_en, "");
    if (finding.fault != NameFault::too_long) {
      EXPECT_THAT(finding.article, HasSubstr("地名管理条例第九条"));
    }
  }
}

struct SizeCase {
  const char* name;
  PlaceKind kind;
  std::optional<double> length_m, width_m, area_m2;
  const char* expected;
};
constexpr SizeCase sizes[] = {
    {"新港大道", road, 300, 12, {}, "warning generic_too_high 大道; warning generic_too_high 大道"},
    {"新港大道", road, 3500, 60, {}, ""},
    {"新港路", road, 40, 3, {}, "warning generic_too_high 路; warning generic_too_high 路"},
    {"新港路", road, 800, 12, {}, ""},
    {"新港巷", lane, 40, 3, {}, ""},
    {"翠景花园", estate, {}, {}, 1200, "warning generic_too_high 花园"},
    {"翠景花园", estate, {}, {}, 12000, ""},
    {"翠景苑", estate, {}, {}, 1200, ""},
    {"明珠城", estate, {}, {}, 8000, "warning generic_too_high 城"},
    {"明珠广场", compound, {}, {}, 900, "warning generic_too_high 广场"},
    {"新港路", road, {}, {}, {}, ""},
};

TEST(PlaceNameCheck, a_generic_word_must_fit_the_size) {
  for (const SizeCase& one : sizes) {
    ProposedName proposed;
    proposed.name = one.name;
    proposed.kind = one.kind;
    proposed.length_m = one.length_m;
    proposed.width_m = one.width_m;
    proposed.area_m2 = one.area_m2;
    EXPECT_EQ(said(check_place_name(proposed, {})), one.expected) << one.name;
  }
}

TEST(PlaceNameCheck, a_smaller_word_is_named_in_both_languages) {
  ProposedName proposed;
  proposed.name = "新港大道";
  proposed.length_m = 300;
  const NameReport report = check_place_name(proposed, {});
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].why_zh, "长度300米，不足2000米，通名“大道”偏高，可用“路”");
  EXPECT_EQ(report.findings[0].why_en,
            "A length of 300 m is less than 2000 m: the generic word “大道” is too high; “路” would do");
  EXPECT_EQ(report.findings[0].article, "地名管理条例第九条第一款第二项");
}

struct OtherCase {
  NamedPlace other;
  PlaceKind kind;
  const char* expected;
};

TEST(PlaceNameCheck, the_same_name_and_the_same_sound_are_weighed_by_where_they_lie) {
  const OtherCase others[] = {
      {{"1", "新港路", "road", "442000108001", "Xingang Lu", false}, road, "breach duplicate 新港路"},
      {{"1", "新港路", "road", "442000105001", "Xingang Lu", false}, road, "warning duplicate 新港路"},
      {{"1", "新港路", "road", "442000108001", "Xingang Lu", true}, road, "warning duplicate 新港路"},
      {{"1", "心港路", "road", "442000108001", "Xingang Lu", false}, road, "warning same_sound 新港路"},
      {{"1", "心港路", "road", "442000105001", "Xīngǎng Lù", false}, road, "hint same_sound 新港路"},
      {{"1", "兴岗路", "road", "442000108001", "Xinggang Lu", false}, road, ""},
      {{"1", "甲路", "road", "442000108001", "", false}, road, ""},
  };
  for (const OtherCase& one : others) {
    ProposedName proposed;
    proposed.name = "新港路";
    proposed.kind = one.kind;
    proposed.division_code = "442000108002";
    proposed.sound_keys = {"xinganglu"};
    const NameReport report = check_place_name(proposed, std::span(&one.other, 1));
    EXPECT_EQ(said(report), one.expected) << one.other.name << " " << one.other.division_code;
    if (!report.findings.empty()) {
      EXPECT_EQ(report.findings[0].other->id, "1");
      EXPECT_EQ(report.findings[0].article, "地名管理条例第九条第一款第八项");
    }
  }
}

TEST(PlaceNameCheck, a_village_name_is_the_only_one_of_its_county) {
  const NamedPlace other{"1", "下南村", "village", "442000105001", "Xianan Cun", false};
  ProposedName proposed;
  proposed.name = "下南村";
  proposed.kind = village;
  proposed.division_code = "442000108205";
  EXPECT_EQ(said(check_place_name(proposed, std::span(&other, 1))), "breach duplicate 下南村");
}

TEST(PlaceNameCheck, a_stated_spelling_is_compared_with_every_reading) {
  struct {
    const char* pinyin;
    const char* expected;
  } const spellings[] = {
      {"Chongmei Lu", ""},
      {"CHONGMEI LU", ""},
      {"chóng měi lù", ""},
      {"Yongmei Lu", ""},
      {"Chong'mei Lu", ""},
      {"Chongmei Road", "warning pinyin_wrong Chongmei Road"},
      {"Zhongmei Lu", "warning pinyin_wrong Zhongmei Lu"},
  };
  for (const auto& one : spellings) {
    ProposedName proposed;
    proposed.name = "涌美路";
    proposed.pinyin = one.pinyin;
    proposed.usual_pinyin = "Chongmei Lu";
    proposed.sound_keys = {"chongmeilu", "yongmeilu"};
    EXPECT_EQ(said(check_place_name(proposed, {})), one.expected) << one.pinyin;
  }
}

TEST(PlaceNameCheck, a_name_is_parted_at_its_longest_generic_word) {
  struct {
    const char* name;
    PlaceKind kind;
    const char* parts;
  } const names[] = {
      {"新港路", road, "新港|路"},       {"港口大道", road, "港口|大道"}, {"新港横巷", lane, "新港|横巷"},
      {"翠景花园", estate, "翠景|花园"}, {"石狮", village, "石狮|"},      {"大道", road, "大|道"},
  };
  for (const auto& one : names) {
    const NameParts parts = split_place_name(one.name, one.kind);
    EXPECT_EQ(parts.specific + "|" + parts.generic, one.parts);
  }
}

TEST(PlaceNameCheck, what_is_no_name_is_refused) {
  for (const std::string& name : {std::string(), std::string("\xff\xfe"), std::string(61, 'a')}) {
    ProposedName proposed;
    proposed.name = name;
    EXPECT_THROW(check_place_name(proposed, {}), Error);
  }
}

TEST(PlaceNameCheck, whatever_characters_come_every_one_is_judged) {
  for (const char32_t c : {U'\x01', U' ', U'A', U'я', U'ひ', U'９', U'（', U'𠀀', U'\xFFFD', U'Ⅳ', U'한'}) {
    ProposedName proposed;
    proposed.name = "新" + utf8::encode(std::u32string(1, c)) + "路";
    EXPECT_EQ(check_place_name(proposed, {}).findings.size(), 1U) << static_cast<std::uint32_t>(c);
  }
}

TEST(PlaceNameRules, rows_that_are_not_of_the_form_are_refused_by_name) {
  PlaceNameRules rules;
  EXPECT_THROW(rules.add_words("宇宙\ttoo_grand"), Error);
  EXPECT_THROW(rules.add_words("宇宙\tgrand\tany"), Error);
  EXPECT_THROW(rules.add_words("宇宙\tduplicate\tany"), Error);
  EXPECT_THROW(rules.add_words("宇宙\ttoo_grand\tnowhere"), Error);
  EXPECT_THROW(rules.replace_generics("路\tstreet\t0\t0\t0"), Error);
  EXPECT_THROW(rules.replace_generics("路\troad\t-1\t0\t0"), Error);
  rules.add_words("# remark\n\n宇宙\ttoo_grand\tany\r\n");
  EXPECT_EQ(rules.words.size(), 1U);
}

TEST(PlaceNameRules, a_town_can_add_words_of_its_own) {
  PlaceNameRules rules = PlaceNameRules::shipped();
  rules.add_words("某某地产\tcompany_or_mark\tany");
  ProposedName proposed;
  proposed.name = "某某地产小区";
  proposed.kind = estate;
  EXPECT_EQ(said(check_place_name(proposed, {}, rules)), "breach company_or_mark 某某地产");
}

TEST(StandardCharacters, the_list_is_whole_and_in_order) {
  ASSERT_EQ(standard_characters.size(), 8105U);
  for (std::size_t i = 1; i < standard_characters.size(); ++i) {
    ASSERT_LT(standard_characters[i - 1].character, standard_characters[i].character);
  }
  EXPECT_EQ(standard_level(U'一'), 1);
  EXPECT_EQ(standard_level(U'滘'), 3);
  EXPECT_EQ(standard_level(U'國'), 0);
  EXPECT_EQ(standard_level(U'A'), 0);
}

TEST(SoundKey, tones_blanks_and_case_do_not_count) {
  EXPECT_EQ(sound_key("Xī'ān Lù"), "xi'anlu");
  EXPECT_EQ(sound_key("LÜSHUN LU"), "lvshunlu");
  EXPECT_EQ(sound_key("Xin-gang Lu"), "xinganglu");
}

}  // namespace
}  // namespace menpai::spine

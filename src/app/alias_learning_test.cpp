// SPDX-License-Identifier: Apache-2.0
// What a decision teaches, as a civil servant would say it.
#include "app/alias_learning.hpp"

#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "base/utf8.hpp"

namespace menpai::app {
namespace {

const Uuid road_id = Uuid::named("road");
const Uuid door_id = Uuid::named("door");

/// The labelled words of a text, in their order.
using Words = std::vector<std::pair<address::Label, std::string>>;

std::optional<AliasProposal> taught(const Words& words, const std::string& chosen,
                                    const std::vector<PlaceOfAddress>& places, const std::string& residue = "") {
  std::string text;
  std::vector<address::Element> elements;
  for (const auto& [label, word] : words) {
    const auto start = static_cast<std::uint32_t>(utf8::length(text));
    text += word;
    elements.push_back({label, start, static_cast<std::uint32_t>(utf8::length(text))});
  }
  Answer answer;
  answer.residue = residue;
  Candidate candidate;
  candidate.id = door_id.text();
  candidate.address = chosen;
  return make_alias_proposal(text, elements, answer, candidate, places);
}

using enum address::Label;

TEST(AliasLearning, the_one_unknown_road_is_another_name_of_the_one_road_that_is_not_named) {
  const auto lesson = taught({{town, "港口镇"}, {road, "星海路"}, {roadno, "8号"}}, "广东省中山市港口镇星海大道8号",
                             {{road_id, "星海大道"}});
  ASSERT_TRUE(lesson);
  EXPECT_EQ(lesson->kind, AliasKind::place);
  EXPECT_EQ(lesson->text, "星海路");
  EXPECT_EQ(lesson->target, road_id);
  EXPECT_EQ(lesson->target_name, "星海大道");
}

TEST(AliasLearning, spellings_of_one_name_have_one_key) {
  EXPECT_EQ(alias_key("二马路"), alias_key("2马路"));
  EXPECT_EQ(alias_key("星海大道"), alias_key("星海大道"));
  EXPECT_EQ(alias_key("華僑新村"), alias_key("华侨新村"));
}

TEST(AliasLearning, a_text_that_only_leaves_something_out_teaches_nothing) {
  EXPECT_FALSE(taught({{road, "星海大道"}, {roadno, "8号"}}, "广东省中山市港口镇星海大道8号", {{road_id, "星海大道"}}));
}

TEST(AliasLearning, two_unknown_names_teach_nothing) {
  EXPECT_FALSE(taught({{road, "星海路"}, {poi, "望江楼"}, {roadno, "8号"}}, "广东省中山市港口镇星海大道8号",
                      {{road_id, "星海大道"}}));
}

TEST(AliasLearning, another_number_of_the_same_building_is_learned_with_its_whole_text) {
  const auto lesson = taught({{town, "港口镇"}, {poi, "云岭花园"}, {houseno, "A座"}, {roomno, "302室"}},
                             "广东省中山市港口镇云岭花园1栋302室", {{road_id, "云岭花园"}});
  ASSERT_TRUE(lesson);
  EXPECT_EQ(lesson->kind, AliasKind::address);
  EXPECT_EQ(lesson->text, "港口镇云岭花园A座302室");
  EXPECT_EQ(lesson->target, door_id);
}

TEST(AliasLearning, what_may_be_personal_is_never_kept) {
  const std::string chosen = "广东省中山市港口镇云岭花园1栋302室";
  const std::vector<PlaceOfAddress> places = {{road_id, "云岭花园"}};
  const Words whole = {{poi, "云岭花园"}, {houseno, "A座"}, {roomno, "302室"}};
  EXPECT_TRUE(taught(whole, chosen, places));
  EXPECT_FALSE(taught(whole, chosen, places, "张三")) << "something was left over";
  Words with_phone = whole;
  with_phone.emplace_back(otherinfo, "13800000123");
  EXPECT_FALSE(taught(with_phone, chosen, places));
  Words with_name = whole;
  with_name.emplace_back(person, "王小明先生收");
  EXPECT_FALSE(taught(with_name, chosen, places));
  EXPECT_FALSE(taught({{poi, "王小明"}, {houseno, "1栋"}, {roomno, "302室"}}, chosen, places)) << "no name of a place";
  EXPECT_FALSE(taught({{poi, "13800000123路"}, {houseno, "1栋"}, {roomno, "302室"}}, chosen, places));
}

}  // namespace
}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// What a name with an error may and may not mean, row by row.
#include <gtest/gtest.h>

#include "address/engine.hpp"
#include "address/test_library.hpp"

namespace menpai::address {
namespace {

using testing::source;

std::shared_ptr<const Library> library_of(const std::vector<std::string>& addresses) {
  const testing::TemporaryFolder folder;
  std::vector<SourceAddress> rows;
  for (const std::string& address : addresses) rows.push_back(source(address, "广东省中山市港口镇" + address));
  testing::write_library(folder.file("a.lib"), rows);
  return Library::open(folder.file("a.lib"));
}

Answer clean(const std::shared_ptr<const Library>& library, std::string_view text) {
  Engine engine(library);
  Answer answer;
  engine.clean(text, {{}, 5}, answer);
  return answer;
}

TEST(Matching, NeverOffersAnotherNumberAsATypingError) {
  const auto library = library_of({"欣围五街8号", "欣围七街8号", "第一工业区3栋", "第三工业区3栋", "民安三巷6号",
                                   "民安五巷6号", "云岭东路9号", "云岭西路9号", "星海花园A区2栋", "星海花园B区2栋"});
  for (const char* text : {"中山市港口镇欣围六街8号", "中山市港口镇第二工业区3栋", "中山市港口镇民安四巷6号",
                           "中山市港口镇民安十五巷6号", "中山市港口镇云岭南路9号", "中山市港口镇星海花园C区2栋"}) {
    const Answer answer = clean(library, text);
    EXPECT_EQ(answer.id, "") << text << " → " << answer.address;
    EXPECT_NE(answer.grade, Grade::a) << text;
    for (const Candidate& candidate : answer.candidates) {
      EXPECT_EQ(candidate.id, "") << text << " → " << candidate.address << ": only what lies above may be offered";
    }
  }
}

TEST(Matching, OffersWhatALeftOutNumberMayBe) {
  const Answer answer = clean(library_of({"欣围五街8号", "欣围七街8号"}), "中山市港口镇欣围街8号");
  EXPECT_EQ(answer.grade, Grade::c);
  EXPECT_GE(answer.candidates.size(), 2U);
}

/// The reason of one level, or not_found where the answer does not speak of it.
Reason reason_of(const Answer& answer, Level level) {
  for (const ElementReason& r : answer.reasons) {
    if (r.level == level) return r.reason;
  }
  return Reason::not_found;
}

TEST(Matching, OfTheNamesOneErrorAwayThoseOfTheSameShapeComeFirst) {
  const auto library = library_of({"兴泰路7号", "兴安路7号", "兴福路7号", "兴顺路7号", "兴和路7号"});
  const Answer answer = clean(library, "港口镇兴秦路7号");
  EXPECT_EQ(answer.id, "兴泰路7号");
  EXPECT_EQ(answer.grade, Grade::b);
  EXPECT_EQ(reason_of(answer, Level::place), Reason::corrected);
}

TEST(Matching, OfTheNamesOneErrorAwayThoseThatHaveTheNumbersAreMeant) {
  const auto library = library_of({"云港花园3栋501室", "云港花园3栋502室", "星港花园3栋501室", "星港花园3栋701室",
                                   "金港花园5栋501室", "银港花园6栋501室", "翠港花园7栋701室"});
  const Answer answer = clean(library, "港口镇港花园3栋701室");
  EXPECT_EQ(answer.id, "星港花园3栋701室");
  const Answer open = clean(library, "港口镇港花园3栋501室");
  EXPECT_EQ(open.grade, Grade::c);
  ASSERT_GE(open.candidates.size(), 2U);
  EXPECT_GE(open.candidates[0].score, open.candidates[1].score);
}

TEST(Matching, TwoCharactersExchangedAreOneErrorWhateverTheyAre) {
  const auto library = library_of({"新阳路5号", "新阳路6号"});
  EXPECT_EQ(clean(library, "港口镇阳新路5号").id, "新阳路5号");
}

TEST(Matching, WhatTheLibraryCallsSoIsMeantEvenWithoutTheNumber) {
  const auto library = library_of({"兴明路3号", "兴明路5号", "兴民路9号", "兴民路11号"});
  const Answer answer = clean(library, "港口镇兴明路9号");
  EXPECT_EQ(answer.grade, Grade::c);
  EXPECT_EQ(answer.address, "广东省中山市港口镇兴明路");
  EXPECT_EQ(reason_of(answer, Level::number), Reason::not_found);
}

TEST(Matching, AFloorThatNothingContradictsIsNotVerified) {
  const auto library = library_of({"兴港路30号", "兴港路32号", "兴港路34号101室", "兴港路34号201室"});
  for (const char* text : {"港口镇兴港路32号（一楼商铺）", "港口镇兴港路32号2楼", "港口镇兴港路34号二楼"}) {
    const Answer answer = clean(library, text);
    EXPECT_EQ(reason_of(answer, Level::floor), Reason::unverified) << text;
    EXPECT_EQ(answer.grade, Grade::b) << text;
  }
  EXPECT_EQ(clean(library, "港口镇兴港路34号9楼").grade, Grade::c);
}

}  // namespace
}  // namespace menpai::address

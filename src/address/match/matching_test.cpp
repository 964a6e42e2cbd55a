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

}  // namespace
}  // namespace menpai::address

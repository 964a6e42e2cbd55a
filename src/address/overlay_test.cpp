// SPDX-License-Identifier: Apache-2.0
// A library with edits on top answers as one that was built from the edited source.
#include "address/overlay.hpp"

#include <gtest/gtest.h>
#include <random>

#include "address/test_library.hpp"
#include "base/error.hpp"

namespace menpai::address {
namespace {

using testing::source;
using testing::TemporaryFolder;

const std::string town = "广东省中山市港口镇";

std::shared_ptr<const Library> library_of(const TemporaryFolder& folder, const std::vector<SourceAddress>& rows) {
  testing::write_library(folder.file("base"), rows);
  return Library::open(folder.file("base"));
}

Answer asked(const Overlay& overlay, const std::string& text) {
  Answer answer;
  OverlayEngine(overlay).clean(text, {}, answer);
  return answer;
}

TEST(Overlay, AnswersAtOnceWithWhatWasAdded) {
  const TemporaryFolder folder;
  Overlay overlay(library_of(folder, testing::small_town()));
  OverlayEngine engine(overlay);
  Answer answer;
  for (const std::string text :
       {"星海大道21号", "云岭花园2栋1单元901室", "云岭花园9栋", "新辟路3号", "星海大道8号101室"}) {
    engine.clean(town + text, {}, answer);
    EXPECT_NE(answer.id, "new " + text);
    const AddressEdit edit{source("new " + text, town + text), false, ""};
    overlay.apply({&edit, 1});
    engine.clean(town + text, {}, answer);
    EXPECT_EQ(answer.id, "new " + text);
    EXPECT_EQ(answer.grade, Grade::a) << text;
  }
}

TEST(Overlay, AnswersWithTheSuccessorOfWhatWasRetired) {
  const TemporaryFolder folder;
  Overlay overlay(library_of(folder, testing::small_town()));
  const std::vector<AddressEdit> edits = {
      {source("road-5", ""), true, town + "星海大道7号"},
      {source("road-9", ""), true, ""},
      {source("road-11", ""), true, town + "星海大道5号"},
  };
  overlay.apply(edits);
  const Answer next = asked(overlay, town + "星海大道5号");
  EXPECT_EQ(next.id, "road-7");
  EXPECT_EQ(next.grade, Grade::b);
  EXPECT_EQ(asked(overlay, town + "星海大道11号").id, "road-7");
  const Answer gone = asked(overlay, town + "星海大道9号");
  EXPECT_EQ(gone.id, "");
  EXPECT_EQ(gone.grade, Grade::c);
  EXPECT_EQ(asked(overlay, town + "星海大道3号").id, "road-3");
}

TEST(Overlay, TakesTheLaterOfTwoEditsAndRefusesOneWithoutAnId) {
  const TemporaryFolder folder;
  Overlay overlay(library_of(folder, testing::small_town()));
  const std::vector<AddressEdit> edits = {{source("x", town + "新辟路3号"), false, ""},
                                          {source("x", town + "新辟路5号"), false, ""}};
  overlay.apply(edits);
  EXPECT_EQ(asked(overlay, town + "新辟路5号").id, "x");
  EXPECT_NE(asked(overlay, town + "新辟路3号").id, "x");
  EXPECT_THROW(overlay.apply(std::vector<AddressEdit>(1)), Error);
}

/// Some thousand edits in batches, so that folding happens meanwhile.
TEST(Overlay, AnswersAsALibraryBuiltFromTheEditedSource) {
  const TemporaryFolder folder;
  std::vector<SourceAddress> rows = testing::small_town();
  for (int b = 1; b <= 12; ++b) {
    for (int room = 101; room <= 130; ++room) {
      rows.push_back(source("h" + std::to_string(b) + "-" + std::to_string(room),
                            town + "望湖花园" + std::to_string(b) + "栋" + std::to_string(room) + "室"));
    }
  }
  Overlay overlay(library_of(folder, rows));
  std::map<std::string, SourceAddress> live;
  for (const SourceAddress& row : rows) live[row.id] = row;
  std::mt19937 random(7);
  for (int batch = 0; batch < 12; ++batch) {
    std::vector<AddressEdit> edits;
    for (int i = 0; i < 90; ++i) {
      const std::string id = "e" + std::to_string(random() % 700);
      const std::string text =
          town + "望湖花园" + std::to_string(1 + random() % 15) + "栋" + std::to_string(201 + random() % 300) + "室";
      const bool taken = std::any_of(live.begin(), live.end(), [&](const auto& l) { return l.second.address == text; });
      if (taken) continue;
      edits.push_back({source(id, text), false, ""});
      live[id] = edits.back().address;
    }
    overlay.apply(edits);
  }
  overlay.settle();
  std::vector<SourceAddress> edited;
  for (const auto& [id, row] : live) edited.push_back(row);
  testing::write_library(folder.file("edited"), edited);
  Engine engine(Library::open(folder.file("edited")));
  OverlayEngine over(overlay);
  Answer expected, answer;
  for (const SourceAddress& row : edited) {
    engine.clean(row.address, {}, expected);
    over.clean(row.address, {}, answer);
    EXPECT_EQ(answer.id, expected.id) << row.address;
    EXPECT_EQ(answer.address, expected.address);
    EXPECT_EQ(answer.code, expected.code);
    EXPECT_EQ(answer.grade, expected.grade);
    EXPECT_EQ(answer.reasons, expected.reasons);
    EXPECT_EQ(answer.point.has_value(), expected.point.has_value());
  }
}

}  // namespace
}  // namespace menpai::address

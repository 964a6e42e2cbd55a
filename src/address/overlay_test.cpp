// SPDX-License-Identifier: Apache-2.0
// A library with edits on top answers as one that was built from the edited source.
#include "address/overlay.hpp"

#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>
#include <thread>

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
  Engine(overlay.library()).clean(text, {}, answer);
  return answer;
}

TEST(Overlay, AnswersAtOnceWithWhatWasAdded) {
  const TemporaryFolder folder;
  Overlay overlay(library_of(folder, testing::small_town()));
  Engine engine(overlay.library());
  Answer answer;
  for (const std::string text : {"星海大道21号", "云岭花园2栋1单元901室", "云岭花园9栋", "新辟路3号",
                                 "星海大道8号101室", "云岭花园2栋1单元901室", "民主社区新辟路3号"}) {
    engine.clean(town + text, {}, answer);
    EXPECT_NE(answer.id, "new " + text);
    const AddressEdit edit{source("new " + text, town + text), false, ""};
    overlay.apply({&edit, 1});
    engine.clean(town + text, {}, answer);
    EXPECT_EQ(answer.id, "new " + text);
    EXPECT_EQ(answer.grade, Grade::a) << text;
    overlay.apply(std::vector<AddressEdit>{{edit.address, true, ""}});
    engine.clean(town + text, {}, answer);
    EXPECT_NE(answer.id, "new " + text);
  }
}

TEST(Overlay, AnswersWithTheSuccessorOfWhatWasRetired) {
  const TemporaryFolder folder;
  Overlay overlay(library_of(folder, testing::small_town()));
  const std::vector<AddressEdit> edits = {
      {source("road-5", ""), true, town + "星海大道7号"},
      {source("road-9", ""), true, ""},
      {source("road-11", ""), true, town + "星海大道5号"},
      {source("tower", ""), true, town + "云岭花园1栋1单元101室"},
  };
  overlay.apply(edits);
  const Answer next = asked(overlay, town + "星海大道5号");
  EXPECT_EQ(next.id, "road-7");
  EXPECT_EQ(next.grade, Grade::b);
  EXPECT_TRUE(std::find(next.reasons.begin(), next.reasons.end(), ElementReason{Level::number, Reason::former_name}) !=
              next.reasons.end());
  EXPECT_EQ(asked(overlay, town + "星海大道11号").id, "road-7");
  const Answer gone = asked(overlay, town + "星海大道9号");
  EXPECT_EQ(gone.id, "");
  EXPECT_EQ(gone.grade, Grade::c);
  EXPECT_EQ(asked(overlay, town + "星海大道3号").id, "road-3");
  EXPECT_EQ(asked(overlay, town + "望江大厦B座1203室").id, "r1-1-101");
  EXPECT_EQ(asked(overlay, town + "临水路9号1203室").id, "r1-1-101");
  std::vector<Candidate> candidates;
  Engine(overlay.library()).match(town + "星海大道5号", {}, candidates);
  ASSERT_FALSE(candidates.empty());
  EXPECT_EQ(candidates.front().id, "road-7");
}

TEST(Overlay, TakesTheLaterOfTwoEditsAndRefusesOneWithoutAnId) {
  const TemporaryFolder folder;
  Overlay overlay(library_of(folder, testing::small_town()));
  const std::vector<AddressEdit> edits = {{source("x", town + "新辟路3号"), false, ""},
                                          {source("x", town + "新辟路5号"), false, ""},
                                          {source("road-4", town + "星海大道44号"), false, ""}};
  overlay.apply(edits);
  EXPECT_EQ(asked(overlay, town + "新辟路5号").id, "x");
  EXPECT_NE(asked(overlay, town + "新辟路3号").id, "x");
  EXPECT_EQ(asked(overlay, town + "星海大道44号").id, "road-4");
  EXPECT_NE(asked(overlay, town + "星海大道4号").id, "road-4");
  EXPECT_THROW(overlay.apply(std::vector<AddressEdit>(1)), Error);
}

TEST(Overlay, SuggestsWhatWasAddedAndNotWhatIsGone) {
  const TemporaryFolder folder;
  Overlay overlay(library_of(folder, testing::small_town()));
  Engine engine(overlay.library());
  std::vector<Engine::Suggestion> shown;
  const auto ids = [&](const std::string& typed) {
    engine.suggest(typed, {.region = "", .top = 20, .raw_score = false}, shown);
    std::vector<std::string> out;
    for (const Engine::Suggestion& s : shown) out.push_back(s.id.empty() ? s.address : s.id);
    return out;
  };
  const auto has = [&](const std::string& typed, const std::string& id) {
    const std::vector<std::string> all = ids(typed);
    return std::find(all.begin(), all.end(), id) != all.end();
  };
  ASSERT_TRUE(has("云岭花园2栋1单元1", "r2-1-101"));
  ASSERT_FALSE(has("新辟路", town + "新辟路"));
  overlay.apply(std::vector<AddressEdit>{{source("r2-1-101", ""), true, ""},
                                         {source("r2-1-109", town + "云岭花园2栋1单元109室"), false, ""},
                                         {source("new", town + "新辟路3号"), false, ""}});
  EXPECT_FALSE(has("云岭花园2栋1单元1", "r2-1-101"));
  EXPECT_TRUE(has("云岭花园2栋1单元1", "r2-1-109"));
  for (const std::string typed : {"新辟", "新辟路", "xinpi", "xpl", "辟路", "港口镇新辟"}) {
    EXPECT_TRUE(has(typed, town + "新辟路")) << typed;
  }
  EXPECT_TRUE(has("新辟路3", "new"));
}

TEST(Overlay, FindsTheNearestOfWhatIsThereNow) {
  const TemporaryFolder folder;
  const auto at = [](SourceAddress address, double lon) {
    address.point = geo::LonLat{lon, 22.5};
    return address;
  };
  Overlay overlay(library_of(
      folder, {at(source("w", town + "星海大道1号"), 113.500), at(source("e", town + "星海大道3号"), 113.510)}));
  Engine engine(overlay.library());
  const auto nearest = [&](double lon) {
    const geo::LonLat point{lon, 22.5};
    Nearest found;
    engine.reverse({&point, 1}, 5000, {&found, 1});
    Candidate address;
    return engine.describe(found, address) ? address.id : std::string();
  };
  EXPECT_EQ(nearest(113.501), "w");
  overlay.apply(std::vector<AddressEdit>{{at(source("m", town + "星海大道2号"), 113.502), false, ""}});
  EXPECT_EQ(nearest(113.501), "w");
  EXPECT_EQ(nearest(113.5015), "m");
  overlay.apply(std::vector<AddressEdit>{{source("w", ""), true, ""}});
  EXPECT_EQ(nearest(113.500), "m");
  overlay.apply(std::vector<AddressEdit>{{at(source("m", town + "星海大道2号"), 113.520), false, ""}});
  EXPECT_EQ(nearest(113.500), "e");
  EXPECT_EQ(nearest(113.519), "m");
}

TEST(Overlay, KeepsAFlatListFlat) {
  const TemporaryFolder folder;
  std::vector<SourceAddress> rows;
  for (int i = 1; i <= 30; ++i) {
    rows.push_back(
        source("shop-" + std::to_string(i), "港口镇市场旁第" + std::to_string(i) + "档水果铺对面靠近大榕树"));
  }
  Overlay overlay(library_of(folder, rows));
  const std::string text = "港口镇码头仓库后门老王修车铺";
  EXPECT_NE(asked(overlay, text).id, "new");
  overlay.apply(std::vector<AddressEdit>{{source("new", text), false, ""}});
  EXPECT_EQ(asked(overlay, text).id, "new");
  EXPECT_EQ(asked(overlay, rows[4].address).id, "shop-5");
  overlay.apply(std::vector<AddressEdit>{{source("shop-5", ""), true, ""}, {source("new", ""), true, ""}});
  EXPECT_NE(asked(overlay, rows[4].address).id, "shop-5");
  EXPECT_NE(asked(overlay, text).id, "new");
}

/// What both are asked: the texts themselves, with noise, with levels left out, with a typo, of what is not there.
std::vector<std::string> questions_about(const std::string& address, std::mt19937& random) {
  std::vector<std::string> out = {address};
  out.push_back(address.substr(std::string("广东省中山市").size()));
  out.push_back(address.substr(town.size()));
  out.push_back(address + "（旁边）");
  std::string typo = address;
  if (const std::size_t at = typo.find("花园"); at != std::string::npos) typo.replace(at, 3, "华");
  out.push_back(typo);
  if (const std::size_t at = address.find("单元"); at != std::string::npos) {
    out.push_back(address.substr(0, at - 1) + address.substr(at + std::string("单元").size()));
  }
  if (const std::size_t at = address.rfind("栋"); at != std::string::npos) {
    out.push_back(address.substr(0, at + 3));
    out.push_back(address.substr(0, at + 3) + std::to_string(100 + random() % 900) + "室");
  }
  return out;
}

void expect_same(const std::string& text, const Answer& answer, const Answer& expected) {
  EXPECT_EQ(answer.id, expected.id) << text;
  EXPECT_EQ(answer.address, expected.address) << text;
  EXPECT_EQ(answer.code, expected.code) << text;
  EXPECT_EQ(answer.grade, expected.grade) << text;
  EXPECT_DOUBLE_EQ(answer.score, expected.score) << text;
  EXPECT_EQ(answer.reasons, expected.reasons) << text;
  EXPECT_EQ(answer.residue, expected.residue) << text;
  EXPECT_EQ(answer.part, expected.part) << text;
  if (!expected.id.empty()) {
    EXPECT_EQ(answer.point.has_value(), expected.point.has_value()) << text;
  }
  const auto sorted = [](const Answer& a) {
    std::vector<std::string> all;
    for (const Candidate& c : a.candidates) all.push_back(c.id + " " + c.address);
    std::sort(all.begin(), all.end());
    return all;
  };
  if (expected.candidates.size() < 5) {
    EXPECT_EQ(sorted(answer), sorted(expected)) << text;
  }
}

/// Addresses that come, change and go in any order, in an estate that is there, one that is new, on roads, in groups.
class EditedTown {
 public:
  explicit EditedTown(unsigned seed) : m_random(seed) {
    for (const SourceAddress& row : testing::small_town()) put(row);
    for (int b = 1; b <= 4; ++b) {
      for (int room = 101; room <= 130; ++room) {
        put(source("h" + std::to_string(b) + "-" + std::to_string(room),
                   town + "望湖花园" + std::to_string(b) + "栋" + std::to_string(room) + "室"));
      }
    }
  }

  std::vector<SourceAddress> rows() const {
    std::vector<SourceAddress> out;
    for (const auto& [id, row] : live) out.push_back(row);
    return out;
  }

  AddressEdit edit() {
    if (m_random() % 3 == 0 && !live.empty()) {
      auto at = live.begin();
      std::advance(at, m_random() % live.size());
      AddressEdit gone{source(at->first, ""), true, ""};
      gone_texts.push_back(at->second.address);
      take(at->first);
      return gone;
    }
    for (;;) {
      const std::string text = town + make_text();
      if (m_texts.contains(text)) continue;
      const std::string id =
          m_random() % 4 == 0 && !live.empty() ? live.begin()->first : "e" + std::to_string(++m_last);
      take(id);
      AddressEdit added{source(id, text), false, ""};
      put(added.address);
      return added;
    }
  }

  std::map<std::string, SourceAddress> live;
  std::vector<std::string> gone_texts;

 private:
  std::string make_text() {
    const auto number = [&](unsigned from, unsigned count) { return std::to_string(from + m_random() % count); };
    switch (m_random() % 7) {
      case 0:
        return "云岭花园" + number(1, 5) + "栋" + number(1, 3) + "单元" + number(101, 9) + "室";
      case 1:
        return "星海大道" + number(1, 30) + "号";
      case 2:
        return "星海大道" + number(1, 30) + "号" + number(101, 6) + "室";
      case 3:
        return "新辟路" + number(1, 9) + "号";
      case 4:
        return "中南村3组" + number(1, 15) + "号";
      case 5:
        return "新桥花园" + number(1, 3) + "栋" + number(101, 20) + "室";
      default:
        return "望湖花园" + number(1, 6) + "栋" + number(101, 60) + "室";
    }
  }
  void put(const SourceAddress& row) {
    live[row.id] = row;
    m_texts.insert(row.address);
  }
  void take(const std::string& id) {
    const auto at = live.find(id);
    if (at == live.end()) return;
    m_texts.erase(at->second.address);
    live.erase(at);
  }

  std::mt19937 m_random;
  std::set<std::string> m_texts;
  int m_last = 0;
};

TEST(Overlay, AnswersAsALibraryBuiltFromTheEditedSource) {
  for (const unsigned seed : {1U, 2U, 3U, 4U}) {
    const TemporaryFolder folder;
    EditedTown edited(seed);
    Overlay overlay(library_of(folder, edited.rows()));
    Engine over(overlay.library());
    std::mt19937 random(seed);
    for (int round = 0; round < 4; ++round) {
      for (int batch = 0; batch < 6; ++batch) {
        std::vector<AddressEdit> edits;
        for (unsigned i = 0; i < 1 + random() % 20; ++i) edits.push_back(edited.edit());
        overlay.apply(edits);
      }
      testing::write_library(folder.file("edited"), edited.rows());
      Engine engine(Library::open(folder.file("edited")));
      std::vector<std::string> texts = edited.gone_texts;
      for (const SourceAddress& row : edited.rows()) {
        for (std::string& text : questions_about(row.address, random)) texts.push_back(std::move(text));
      }
      const std::vector<std::string_view> views(texts.begin(), texts.end());
      std::vector<Answer> expected(texts.size()), answers(texts.size());
      engine.clean_batch(views, {}, expected);
      over.clean_batch(views, {}, answers);
      Answer alone;
      for (std::size_t i = 0; i < texts.size() && !::testing::Test::HasFailure(); ++i) {
        expect_same(texts[i], answers[i], expected[i]);
        over.clean(texts[i], {}, alone);
        expect_same(texts[i], alone, expected[i]);
      }
      ASSERT_FALSE(::testing::Test::HasFailure()) << "seed " << seed << " round " << round;
    }
  }
}

/// Whoever asks meanwhile sees all edits of a call or none.
TEST(Overlay, ChangesBetweenQuestionsOnly) {
  const TemporaryFolder folder;
  Overlay overlay(library_of(folder, testing::small_town()));
  std::atomic<bool> is_over{false};
  std::vector<std::thread> askers;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 3; ++i) {
    askers.emplace_back([&] {
      Engine engine(overlay.library());
      Answer answer;
      while (!is_over) {
        engine.clean(town + "星海大道7号", {}, answer);
        if (answer.id != "road-7" && answer.id != "seven") ++wrong;
        engine.clean(town + "云岭花园1栋1单元101室", {}, answer);
        if (answer.id != "r1-1-101") ++wrong;
      }
    });
  }
  for (int i = 0; i < 300; ++i) {
    const bool is_odd = i % 2 != 0;
    overlay.apply(std::vector<AddressEdit>{{source(is_odd ? "seven" : "road-7", ""), true, ""},
                                           {source(is_odd ? "road-7" : "seven", town + "星海大道7号"), false, ""}});
  }
  is_over = true;
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// What is answered from texts that came before is what the thorough way answers, in every field.
#include "address/quick/quick_way.hpp"

#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "address/engine.hpp"
#include "address/test_library.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

void show(const std::optional<geo::LonLat>& point, std::ostream& out) {
  if (point) out << point->lon << ',' << point->lat << '|';
}

std::string shown(const Answer& a) {
  std::ostringstream out;
  out.precision(17);
  out << grade_name(a.grade) << '|' << a.score << '|' << level_name(a.level) << '|' << a.address << '|' << a.code << '|'
      << a.id << '|' << a.division_code << '|' << reasons_text(a.reasons) << '|' << a.residue << '|';
  for (const std::string& part : a.part) out << part << '|';
  show(a.point, out);
  for (const Candidate& c : a.candidates) {
    out << "\n  " << c.id << '|' << c.address << '|' << c.division_code << '|' << c.score << '|' << grade_name(c.grade)
        << '|' << reasons_text(c.reasons) << '|';
    show(c.point, out);
  }
  return out.str();
}

/// 港口镇 and 古镇镇: roads that share a name and roads that do not, estates with and without units and phases, floors
/// that are written, doors with parts, groups of a village, a place with two names.
std::vector<SourceAddress> town() {
  std::vector<SourceAddress> rows = testing::small_town();
  const auto add = [&](const std::string& address) {
    rows.push_back(testing::source("t" + std::to_string(rows.size()), "广东省中山市" + address));
  };
  for (const char* road : {"港口镇翠德路", "港口镇彩贤东路", "古镇镇翠德路", "港口镇民主社区五一路", "港口镇十二巷"}) {
    for (int number = 1; number <= 30; number += 2) {
      add(road + std::to_string(number) + "号");
      if (number % 5 == 0) add(road + std::to_string(number) + "号附" + std::to_string(number % 3 + 1) + "号");
      if (number % 9 == 0) add(road + std::to_string(number) + "号3层301室");
    }
  }
  for (const char* estate : {"港口镇宝源花园", "港口镇彩晖雅苑一期", "港口镇彩晖雅苑二期", "古镇镇明珠新村"}) {
    for (int building = 1; building <= 12; ++building) {
      for (int room = 0; room < 4; ++room) {
        const std::string unit = building % 2 == 0 ? std::to_string(room % 2 + 1) + "单元" : "";
        add(estate + std::to_string(building) + "栋" + unit + std::to_string(room / 2 + 1) + "0" +
            std::to_string(room % 2 + 1) + "室");
      }
    }
  }
  return rows;
}

/// Pieces of addresses as they are written, well and not.
constexpr std::string_view heads[] = {
    "广东省中山市港口镇", "中山市港口镇", "港口镇",       "广东中山港口", "中山港口镇",    "港口镇中南村", "",
    "中山市古镇镇",       "广东省中山市", "福建省港口镇", "港口镇港口镇", "港口镇民主社区"};
constexpr std::string_view names[] = {
    "星海大道",     "云岭花园",    "翠德路",   "彩贤东路", "五一路", "宝源花园", "彩晖雅苑",
    "彩晖雅苑一期", "彩晖雅苑2期", "明珠新村", "望江大厦", "临水路", "十二巷",   "12巷",
    "港口路",       "彩晖",        "宝元花园", "中南村",   "3组",    "",         "望江大厦B座"};
constexpr std::string_view doors[] = {"号", "号附1号", "号之一", "号之2", "號", "", "栋", "幢", "#", "号楼", "座"};
constexpr std::string_view inner[] = {"",     "1单元",  "2梯", "二单元",  "101室", "１０１", "201房", "3层301室",
                                      "-101", "-1-101", "3楼", "101号房", "01室",  "0101",   "附3号", "旁边"};

class QuickWayTest : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::write_library(m_folder.file("town.mpl"), town());
    m_library = Library::open(m_folder.file("town.mpl"));
    m_quick.emplace(m_library);
    m_thorough.emplace(m_library);
    m_thorough->set_remembering(false);
  }

  template <std::size_t n>
  std::string_view any(const std::string_view (&from)[n]) {
    return from[m_random() % n];
  }

  std::string address() {
    std::string text(any(heads));
    text += any(names);
    text += std::to_string(1 + m_random() % 14);
    text += any(doors);
    text += any(inner);
    text += any(inner);
    return text;
  }

  /// The text with one character left out, put in, exchanged or said twice.
  std::string changed(const std::string& text) {
    constexpr std::u32string_view others = U"0123456789-、，（附号栋单元室A甲一二路村镇之新";
    std::u32string chars = utf8::decode(text);
    const std::size_t at = m_random() % chars.size();
    const char32_t other = others[m_random() % others.size()];
    switch (m_random() % 4) {
      case 0:
        chars.erase(at, 1);
        break;
      case 1:
        chars.insert(at, 1, other);
        break;
      case 2:
        chars[at] = other;
        break;
      default:
        chars.insert(at, 1, chars[at]);
    }
    return utf8::encode(chars);
  }

  void expect_same(const std::string& text, const Query& query) {
    m_quick->clean(text, query, m_found);
    m_thorough->clean(text, query, m_expected);
    EXPECT_EQ(shown(m_found), shown(m_expected)) << text << ' ' << query.region;
  }

  testing::TemporaryFolder m_folder;
  std::shared_ptr<const Library> m_library;
  std::optional<Engine> m_quick, m_thorough;
  Answer m_found, m_expected;
  std::mt19937 m_random{3};
};

TEST_F(QuickWayTest, AnswersAsTheThoroughWayWhateverCameBefore) {
  const char* const regions[] = {"", "442000108", "442000105", "350203"};
  for (int i = 0; i < 40'000 && !HasFailure(); ++i) {
    const std::string text = address();
    const Query query{regions[m_random() % 16 < 12 ? 0 : m_random() % 4]};
    expect_same(text, query);
    if (i % 2 == 0) expect_same(changed(text), query);
  }
}

TEST_F(QuickWayTest, AnswersTextsThatAreKnownTogetherAsOneByOne) {
  std::vector<std::string> texts;
  for (int i = 0; i < 4'000; ++i) texts.push_back(i % 3 == 2 ? texts[m_random() % texts.size()] : address());
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<Answer> answers(views.size());
  for (int round = 0; round < 2; ++round) {
    m_quick->clean_batch(views, {}, answers);
    for (std::size_t i = 0; i < views.size() && !HasFailure(); ++i) {
      m_thorough->clean(views[i], {}, m_expected);
      EXPECT_EQ(shown(answers[i]), shown(m_expected)) << texts[i];
    }
  }
}

TEST_F(QuickWayTest, LearnsFromATextThatIsNotTheFirstOfItsKindAndAnswersTheNext) {
  QuickWay way(m_library->data());
  Renderer renderer(m_library->data());
  const char* const first = "港口镇宝源花园3栋101室";
  // What comes once teaches nothing: first the head must be met, then the tail.
  EXPECT_EQ(way.answer(first, no_division, renderer, m_found), QuickWay::Found::other);
  EXPECT_EQ(way.answer(first, no_division, renderer, m_found), QuickWay::Found::other);
  EXPECT_EQ(way.answer(first, no_division, renderer, m_found), QuickWay::Found::new_kind);
  Reader reader(m_library->data().divisions);
  Reading reading;
  AddressPath path;
  std::vector<Hit> hits;
  reader.read(first, no_division, reading);
  make_path(reading, path);
  TreeMatcher(m_library->data()).match(reading, path, hits);
  m_thorough->clean(first, {}, m_expected);
  way.learn(first, no_division, reading, path, hits, m_expected);
  for (const char* text : {"港口镇宝源花园3栋101室", "港口镇宝源花园5栋202室", "港口镇云翠花园9栋102室"}) {
    const bool known = std::string_view(text).find("云翠") == std::string_view::npos;  // no place has this name
    m_found.clear();
    const QuickWay::Found found = way.answer(text, no_division, renderer, m_found);
    EXPECT_EQ(found == QuickWay::Found::answered, known) << text;
    if (!known) continue;
    m_thorough->clean(text, {}, m_expected);
    EXPECT_EQ(shown(m_found), shown(m_expected)) << text;
  }
}

}  // namespace
}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Many texts together, and texts that come again, are answered as one text alone is.
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "address/engine.hpp"
#include "address/test_library.hpp"

namespace menpai::address {
namespace {

std::string shown(const Answer& a) {
  std::ostringstream out;
  const auto point = [&](const std::optional<geo::LonLat>& p) {
    if (p) out << p->lon << ',' << p->lat << '|';
  };
  out << grade_name(a.grade) << '|' << a.score << '|' << level_name(a.level) << '|' << a.address << '|' << a.code << '|'
      << a.id << '|' << a.division_code << '|' << reasons_text(a.reasons) << '|' << a.residue << '|';
  for (const std::string& part : a.part) out << part << '|';
  point(a.point);
  for (const Candidate& c : a.candidates) {
    out << "\n  " << c.id << '|' << c.address << '|' << c.code << '|' << c.division_code << '|' << level_name(c.level)
        << '|' << c.score << '|' << grade_name(c.grade) << '|' << reasons_text(c.reasons) << '|';
    point(c.point);
  }
  return out.str();
}

class EngineBatch : public ::testing::Test {
 protected:
  void SetUp() override {
    testing::write_library(m_folder.file("town.mpl"), testing::small_town());
    m_library = Library::open(m_folder.file("town.mpl"));
  }

  testing::TemporaryFolder m_folder;
  std::shared_ptr<const Library> m_library;
  const std::vector<std::string_view> m_texts = {"广东省中山市港口镇星海大道5号",
                                                 "港口镇星海大道５号附1号",
                                                 "港口镇云岭花园3栋2单元401室",
                                                 "云岭花园3-2-401",
                                                 "港口镇云岭花园3栋401室",
                                                 "港口镇云岺花园3栋2单元401室",
                                                 "星海大道7号",
                                                 "古镇镇星海大道77号",
                                                 "港口镇中南村3组9号",
                                                 "港口镇星海大道99号",
                                                 "望江大厦B座1203室（近市场）",
                                                 "港口镇临水路9号1203室",
                                                 "",
                                                 "   ",
                                                 "13800000001",
                                                 "福建省厦门市思明区",
                                                 "港口镇星海大道5号、7号",
                                                 "广东省中山市港口镇星海大道5号"};
};

TEST_F(EngineBatch, AnswersAsOneByOneAlsoWhatComesAgain) {
  Engine alone(m_library);
  Engine together(m_library);
  Query query;
  std::vector<std::string_view> texts;
  for (int i = 0; i < 7; ++i) texts.insert(texts.end(), m_texts.begin(), m_texts.end());
  std::vector<Answer> answers(texts.size());
  for (int round = 0; round < 2; ++round) {
    together.clean_batch(texts, query, answers);
    Answer answer;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      Engine fresh(m_library);
      alone.clean(texts[i], query, answer);
      EXPECT_EQ(shown(answers[i]), shown(answer)) << texts[i];
      fresh.clean(texts[i], query, answer);
      EXPECT_EQ(shown(answers[i]), shown(answer)) << texts[i];
    }
  }
}

TEST_F(EngineBatch, ATextAskedFromAnotherRegionOrForMoreCandidatesIsAnsweredAnew) {
  Engine engine(m_library);
  for (int round = 0; round < 2; ++round) {
    for (const std::string_view text : m_texts) {
      for (const char* region : {"", "442000105", "350203001", "442000108"}) {
        for (const int top : {0, 1, 5}) {
          const Query query{region, top};
          Engine fresh(m_library);
          Answer expected, found;
          fresh.clean(text, query, expected);
          engine.clean(text, query, found);
          EXPECT_EQ(shown(found), shown(expected)) << text << ' ' << region << ' ' << top;
        }
      }
    }
  }
}

TEST_F(EngineBatch, AnswersNothingToNoTexts) {
  Engine engine(m_library);
  engine.clean_batch({}, {}, {});
  engine.divide_batch({}, {}, {});
}

TEST_F(EngineBatch, DividesAsOneByOneAlsoWhatComesAgain) {
  Engine together(m_library);
  std::vector<std::string_view> texts;
  for (int i = 0; i < 150; ++i) texts.insert(texts.end(), m_texts.begin(), m_texts.end());
  for (const char* region : {"", "442000105", "350203001"}) {
    const Query query{region};
    std::vector<Answer> answers(texts.size());
    together.divide_batch(texts, query, answers);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (i >= m_texts.size()) {
        ASSERT_EQ(shown(answers[i]), shown(answers[i - m_texts.size()])) << texts[i];
        continue;
      }
      Engine alone(m_library);
      Answer answer;
      alone.divide(texts[i], query, answer);
      EXPECT_EQ(shown(answers[i]), shown(answer)) << texts[i];
    }
  }
}

TEST_F(EngineBatch, WhatATextSaysBesideItsDivisionsIsShown) {
  Engine engine(m_library);
  struct Row {
    std::string text, address, left_over;
  };
  std::string tail;  // longer than what is read of a text
  for (int i = 0; i < 5000; ++i) tail += "路";
  for (const Row& row : {Row{"广东省中山市港口镇星海大道5号", "广东省中山市港口镇", "星海大道5号"},
                         Row{"港口镇星海大道５号 附1号", "广东省中山市港口镇", "星海大道５号 附1号"},
                         Row{"(广东省)中山市", "广东省中山市", "( )"},
                         Row{"中山市\xff\xfe路", "广东省中山市", "\uFFFD\uFFFD路"}, Row{"", "", ""}}) {
    Answer answer;
    engine.divide(row.text, {}, answer);
    EXPECT_EQ(answer.address, row.address) << row.text;
    EXPECT_EQ(answer.residue, row.left_over) << row.text;
  }
  Answer answer;
  engine.divide("中山市" + tail, {}, answer);
  EXPECT_EQ(answer.residue.size(), tail.size() + 1);  // in two pieces
}

}  // namespace
}  // namespace menpai::address

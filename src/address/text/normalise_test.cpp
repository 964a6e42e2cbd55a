// SPDX-License-Identifier: Apache-2.0
#include "address/text/normalise.hpp"

#include <gtest/gtest.h>
#include <random>
#include <string>

#include "base/utf8.hpp"

namespace menpai::address {
namespace {

std::string normal(std::string_view text) {
  NormalText out;
  normalise(text, out);
  return utf8::encode(out.chars);
}

std::string removed(std::string_view text) {
  NormalText out;
  normalise(text, out);
  std::string all;
  for (const Removed& r : out.removed) {
    if (!all.empty()) all += " | ";
    all += std::string(removed_kind_name(r.kind)) + ":" + std::string(out.original(text, r.start, r.end));
  }
  return all;
}

TEST(Normalise, makes_writings_of_the_same_equal) {
  const struct {
    const char *written, *same;
  } rows[] = {
      {"清江东路３５２号", "清江东路352号"},
      {"浅水半岛Ｂ区", "浅水半岛b区"},
      {"長春三區31幢", "长春三区31幢"},
      {"臺北市", "台北市"},
      {"2－2－24A", "2-2-24a"},
      {"2—2–24A", "2−2‑24A"},
      {"港口镇　８号", "港口镇 8号"},
      {"港口镇\t\t8号", "港口镇 8号"},
      {"【朝阳路】", "[朝阳路]"},
      {"光明花园１２＃", "光明花园12#"},
      {"3一12一11", "3-12-11"},
      {"\xEF\xBB\xBF港口镇\xE2\x80\x8B", "港口镇"},
      {"六街1橦", "六街1幢"},
      {"泸 县 得 胜 镇", "泸县得胜镇"},
  };
  for (const auto& row : rows) EXPECT_EQ(normal(row.written), normal(row.same)) << row.written;
}

TEST(Normalise, takes_noise_out_and_says_what_it_was) {
  const struct {
    const char *text, *kept, *taken;
  } rows[] = {
      {"港口镇8号13800000000", "港口镇8号", "phone:13800000000"},
      {"港口镇8号 电话：13800000000", "港口镇8号 ", "phone:电话：13800000000"},
      {"港口镇8号0760-88888888", "港口镇8号", "phone:0760-88888888"},
      {"港口镇8号138-0000-0000", "港口镇8号", "phone:138-0000-0000"},
      {"港口镇8号+8613800000000", "港口镇8号", "phone:+8613800000000"},
      {"港口镇8号电联", "港口镇8号", "courier:电联"},
      {"港口镇8号到了打电话", "港口镇8号", "courier:到了打电话"},
      {"港口镇8号请放门口谢谢", "港口镇8号", "courier:请放门口谢谢"},
      {"港口镇8号张先生", "港口镇8号", "person:张先生"},
      {"港口镇8号收货人：李四", "港口镇8号", "person:收货人：李四"},
      {"东岳路336号(茶山镇附近)", "东岳路336号", "note:(茶山镇附近)"},
      {"中山市null横栏镇", "中山市横栏镇", "filler:null"},
      {"嘉兴市市辖区新丰镇", "嘉兴市新丰镇", "filler:市辖区"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(normal(row.text), row.kept) << row.text;
    EXPECT_EQ(removed(row.text), row.taken) << row.text;
  }
}

TEST(Normalise, keeps_what_only_looks_like_noise) {
  for (const char* text : {"电话局宿舍8号", "先生路8号", "顺丰大厦8楼", "港口镇(旧)8号", "兴港路138号", "5401室"}) {
    EXPECT_EQ(removed(text), "") << text;
  }
}

TEST(Normalise, knows_the_way_back_to_the_original) {
  const std::string text = "港口镇　　８号电联３栋";
  NormalText out;
  normalise(text, out);
  ASSERT_EQ(out.origin.size(), out.chars.size() + 1);
  EXPECT_EQ(out.origin.back(), out.length);
  EXPECT_EQ(out.original(text, out.origin[0], out.origin[3]), "港口镇");
  const std::size_t eight = out.chars.find(U'8');
  EXPECT_EQ(out.original(text, out.origin[eight], out.origin[eight] + 1), "８");
  const std::size_t three = out.chars.find(U'3');
  EXPECT_EQ(out.original(text, out.origin[three], out.origin[three] + 1), "３");
}

TEST(Normalise, reads_at_most_its_limit) {
  const std::string text(1 << 20, 'x');
  NormalText out;
  normalise(text, out);
  EXPECT_TRUE(out.truncated);
  EXPECT_EQ(out.length, text_length_max);
  normalise("短", out);
  EXPECT_FALSE(out.truncated);
  EXPECT_EQ(out.length, 1u);
}

TEST(Normalise, takes_any_bytes) {
  std::mt19937 random(1);
  NormalText out;
  for (int i = 0; i < 2000; ++i) {
    std::string text(random() % 200, '\0');
    for (char& c : text) c = static_cast<char>(random());
    normalise(text, out);
    ASSERT_EQ(out.origin.size(), out.chars.size() + 1);
    for (std::size_t k = 1; k < out.origin.size(); ++k) ASSERT_LT(out.origin[k - 1], out.origin[k]);
    ASSERT_EQ(out.byte_at.size(), out.length + 1u);
    std::uint32_t end = 0;
    for (const Removed& r : out.removed) {
      ASSERT_LE(end, r.start);
      ASSERT_LT(r.start, r.end);
      end = r.end;
    }
    ASSERT_LE(end, out.length);
  }
}

TEST(NameKey, makes_numerals_in_names_equal) {
  const auto key = [](std::string_view name) {
    std::u32string out;
    append_name_key(fold_text(name), out);
    return utf8::encode(out);
  };
  const struct {
    const char *one, *other;
  } rows[] = {{"二马路", "2马路"}, {"第十五大街", "第15大街"}, {"二十三巷", "23巷"},
              {"三十巷", "30巷"},  {"一〇二国道", "102国道"},  {"兴港-中路", "兴港中路"}};
  for (const auto& row : rows) EXPECT_EQ(key(row.one), key(row.other));
  EXPECT_NE(key("十里河"), key("百里河"));
}

}  // namespace
}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
#include "address/division/division_resolve.hpp"

#include <gtest/gtest.h>

#include "address/division/division_fixture.hpp"

namespace menpai::address {
namespace {

DivisionPath resolve(std::string_view text, std::string_view region = {}) {
  static DivisionResolver resolver(fixture::small_index());
  NormalText normal;
  normalise(text, normal);
  DivisionPath path;
  const auto node = fixture::small_index().find_code(region);
  resolver.resolve(normal, node ? *node : no_division, path);
  return path;
}

std::string shown(const DivisionPath& path) {
  std::string out;
  for (const DivisionNode node : path.at) {
    if (node == no_division) continue;
    if (!out.empty()) out += ' ';
    out += fixture::small_index().name(node);
  }
  return out;
}

TEST(DivisionResolver, finds_the_divisions_of_a_text) {
  const struct {
    const char *text, *divisions;
  } rows[] = {
      {"广东省中山市港口镇二马路8号", "广东省 中山市 港口镇"},
      {"中山市港口镇二马路8号", "广东省 中山市 港口镇"},
      {"广东中山港口镇", "广东省 中山市 港口镇"},
      {"浙江温州瓯海区", "浙江省 温州市 瓯海区"},
      {"广东深圳宝安区新安街道", "广东省 深圳市 宝安区 新安街道"},
      {"浙江省杭州戴村镇河杨湖村", "浙江省 杭州市 萧山区 戴村镇 河杨湖村"},
      {"港口镇石特村", "广东省 中山市 港口镇 石特村"},
      {"重庆市江津区夏坝镇", "重庆市 江津区 夏坝镇"},
      {"北京市朝阳区建外街道", "北京市 朝阳区 建外街道"},
      {"上海浦东新区", "上海市 浦东新区"},
      {"仙桃市郑场镇", "湖北省 仙桃市 郑场镇"},
      {"海南省儋州市那大镇", "海南省 儋州市 那大镇"},
      {"吉林省吉林市丰满区", "吉林省 吉林市 丰满区"},
      {"青海省西宁市大通县桥头镇", "青海省 西宁市 大通回族土族自治县 桥头镇"},
      {"湖北省恩施土家族苗族自治州恩施市", "湖北省 恩施土家族苗族自治州 恩施市"},
      {"湖北恩施州利川市", "湖北省 恩施土家族苗族自治州 利川市"},
      {"臺北市大安區", "台湾省 台北市 大安区"},
      {"香港中西区", "香港特别行政区 香港岛 中西区"},
      {"陕西省宝鸡市凤县", "陕西省 宝鸡市 凤县"},
      {"中山市古镇镇", "广东省 中山市 古镇镇"},
      {"中山市东区", "广东省 中山市 东区街道"},
      {"中国（福建）自由贸易试验区厦门片区象屿路3号", "福建省 厦门市"},
      {"福建自贸试验区厦门片区（保税区）", "福建省 厦门市"},
      {"中国（江西）自由贸易试验区", "江西省"},
  };
  for (const auto& row : rows) EXPECT_EQ(shown(resolve(row.text)), row.divisions) << row.text;
}

TEST(DivisionResolver, puts_untidy_chains_in_order) {
  const struct {
    const char *text, *divisions;
  } rows[] = {
      {"广东中山中山市广东中山市港口镇", "广东省 中山市 港口镇"},
      {"东莞市中国广东东莞市麻涌镇大盛村", "广东省 东莞市 麻涌镇 大盛村"},
      {"浙江省杭州市上城区浙江省杭州市上城区", "浙江省 杭州市 上城区"},
      {"白洋镇枝江市白洋镇", "湖北省 宜昌市 枝江市 白洋镇"},
      {"浙江省-嘉兴市-市辖区新丰镇", "浙江省 嘉兴市 南湖区 新丰镇"},
      {"广东省中山市其它区港口镇", "广东省 中山市 港口镇"},
      {"广东省中山市null 横栏镇三沙村", "广东省 中山市 横栏镇 三沙村"},
      {"广东省 / 中山市 / 港口镇", "广东省 中山市 港口镇"},
      {"嘉善县大云镇大云镇大云小区", "浙江省 嘉兴市 嘉善县 大云镇"},
      {"浙 江 省 杭 州 市 上 城 区", "浙江省 杭州市 上城区"},
      {"福建省厦门市湖里区中国广东省中山市港口镇", "广东省 中山市 港口镇"},
  };
  for (const auto& row : rows) EXPECT_EQ(shown(resolve(row.text)), row.divisions) << row.text;
}

TEST(DivisionResolver, knows_former_names_and_says_so) {
  const struct {
    const char *text, *divisions;
    Level level;
  } rows[] = {
      {"杭州市下城区", "浙江省 杭州市 拱墅区", Level::county},
      {"绍兴县钱陶路", "浙江省 绍兴市 柯桥区", Level::county},
      {"杭州市富阳市银湖街道", "浙江省 杭州市 富阳区 银湖街道", Level::county},
      {"重庆市江津市夏坝镇", "重庆市 江津区 夏坝镇", Level::county},
      {"厦门市同安县", "福建省 厦门市 同安区", Level::county},
      {"天津市蓟县", "天津市 蓟州区", Level::county},
      {"中山市民众镇", "广东省 中山市 民众街道", Level::town},
      {"中山市东升镇", "广东省 中山市 小榄镇", Level::town},
  };
  for (const auto& row : rows) {
    const DivisionPath path = resolve(row.text);
    EXPECT_EQ(shown(path), row.divisions) << row.text;
    EXPECT_EQ(path.reason[static_cast<std::size_t>(row.level)], Reason::former_name) << row.text;
  }
}

TEST(DivisionResolver, prefers_the_main_successor) {
  EXPECT_EQ(shown(resolve("杭州市江干区")), "浙江省 杭州市 上城区");
  EXPECT_EQ(shown(resolve("杭州市江干区下沙街道")), "浙江省 杭州市 钱塘区 下沙街道");
}

TEST(DivisionResolver, leaves_open_what_the_text_leaves_open) {
  const DivisionPath path = resolve("朝阳区建国路8号");
  EXPECT_EQ(path.node, no_division);
  ASSERT_EQ(path.open.size(), 2u);
  EXPECT_EQ(path.reason[static_cast<std::size_t>(Level::county)], Reason::ambiguous);
  EXPECT_EQ(resolve("城关镇").open.size(), 2u);
}

TEST(DivisionResolver, lets_the_region_settle_what_is_open_and_no_more) {
  EXPECT_EQ(shown(resolve("朝阳区建国路8号", "2201")), "吉林省 长春市 朝阳区");
  EXPECT_EQ(shown(resolve("城关镇", "610330")), "陕西省 宝鸡市 凤县 城关镇");
  EXPECT_EQ(shown(resolve("二马路8号", "442000108")), "广东省 中山市 港口镇");
  EXPECT_EQ(shown(resolve("北京市朝阳区", "4420")), "北京市 朝阳区");
  EXPECT_EQ(shown(resolve("厦门市集美区", "350206")), "福建省 厦门市 集美区");
  EXPECT_EQ(shown(resolve("横栏镇", "442000108")), "广东省 中山市 横栏镇");
}

TEST(DivisionResolver, does_not_take_roads_and_landmarks_for_divisions) {
  for (const char* text :
       {"中山路8号", "北京路8号", "吉林大厦8楼", "上海西路8号", "东莞大道8号", "北京银行", "长春小区8栋"}) {
    EXPECT_EQ(shown(resolve(text)), "") << text;
  }
  EXPECT_EQ(shown(resolve("仙葫开发区东区8号")), "");  // one of many eastern parts
  EXPECT_EQ(shown(resolve("柯桥联合公司")), "");       // a short name alone begins many words
  EXPECT_EQ(shown(resolve("厦门市集美区杏林镇杏林小学")), "福建省 厦门市 集美区 杏林街道");
  EXPECT_EQ(shown(resolve("上海市北京东路8号")), "上海市");
  EXPECT_EQ(shown(resolve("杭州市中山北路8号")), "浙江省 杭州市");
}

TEST(DivisionResolver, says_when_the_text_contradicts_itself) {
  const DivisionPath path = resolve("广东省杭州市西湖区文三路");
  EXPECT_EQ(shown(path), "浙江省 杭州市 西湖区");
  EXPECT_EQ(path.reason[static_cast<std::size_t>(Level::province)], Reason::conflicting);
  EXPECT_LT(path.score, resolve("浙江省杭州市西湖区文三路").score);
}

TEST(DivisionResolver, ignores_a_region_that_is_none) {
  static DivisionResolver resolver(fixture::small_index());
  NormalText normal;
  normalise("中山市", normal);
  DivisionPath path;
  resolver.resolve(normal, 12345678, path);
  EXPECT_EQ(shown(path), "广东省 中山市");
}

}  // namespace
}  // namespace menpai::address

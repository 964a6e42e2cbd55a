// SPDX-License-Identifier: Apache-2.0
// The small set of divisions that the tests of this folder share.
#include "address/division/division_fixture.hpp"

#include <cstdint>
#include <sstream>
#include <vector>

namespace menpai::address::fixture {
namespace {

// code, parent, name; the level follows from the code's length.
constexpr const char* rows = R"(11  北京市
110105 11 朝阳区
110105001 110105 建外街道
12  天津市
120119 12 蓟州区
1306 13 保定市
13  河北省
130632 1306 安新县
22  吉林省
2201 22 长春市
220104 2201 朝阳区
2202 22 吉林市
220211 2202 丰满区
31  上海市
310115 31 浦东新区
33  浙江省
3301 33 杭州市
330102 3301 上城区
330105 3301 拱墅区
330106 3301 西湖区
330111 3301 富阳区
330111010 330111 银湖街道
330111010201 330111010 泗洲村村委会
330109 3301 萧山区
330109103 330109 戴村镇
330109103201 330109103 河杨湖村村民委员会
330114 3301 钱塘区
330114001 330114 下沙街道
3303 33 温州市
330304 3303 瓯海区
3304 33 嘉兴市
330402 3304 南湖区
330402100 330402 新丰镇
330421 3304 嘉善县
330421106 330421 大云镇
3306 33 绍兴市
330602 3306 越城区
330603 3306 柯桥区
35  福建省
3502 35 厦门市
350206 3502 湖里区
350211 3502 集美区
350211003 350211 杏林街道
350212 3502 同安区
36  江西省
3607 36 赣州市
42  湖北省
4205 42 宜昌市
420583 4205 枝江市
420583102 420583 白洋镇
422802 4228 利川市
4228 42 恩施土家族苗族自治州
422801 4228 恩施市
429004 42 仙桃市
429004100 429004 郑场镇
44  广东省
4403 44 深圳市
440306 4403 宝安区
440306004 440306 新安街道
4419 44 东莞市
441900121 4419 虎门镇
441900106 4419 麻涌镇
441900106201 441900106 大盛村村委会
441900006 4419 莞城街道
4420 44 中山市
442000001 4420 石岐街道
442000002 4420 东区街道
442000003 4420 中山港街道
442000007 4420 民众街道
442000105 4420 古镇镇
442000108 4420 港口镇
442000108001 442000108 中南社区居委会
442000108201 442000108 石特村村委会
442000110 4420 横栏镇
442000110201 442000110 三沙村村委会
442000118 4420 小榄镇
46  海南省
4604 46 儋州市
460400100 4604 那大镇
50  重庆市
500116 50 江津区
500116101 500116 夏坝镇
500116102 500116 城关镇
51  四川省
5101 51 成都市
510106 5101 金牛区
510106003 510106 九里堤街道
510106009 510106 沙河源街道
610330 6103 凤县
6103 61 宝鸡市
61  陕西省
610330100 610330 城关镇
63  青海省
6301 63 西宁市
630121 6301 大通回族土族自治县
630121100 630121 桥头镇
71  台湾省
7101 71 台北市
710101 7101 大安区
81  香港特别行政区
8101 81 香港岛
810101 8101 中西区
)";

Level level_of_code(const std::string& code) {
  switch (code.size()) {
    case 2:
      return Level::province;
    case 4:
      return Level::city;
    case 6:
      return Level::county;
    case 9:
      return Level::town;
    default:
      return Level::village;
  }
}

}  // namespace

DivisionSet small_divisions() {
  DivisionSet set;
  set.edition = "test";
  std::istringstream in(rows);
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find(' ');
    const std::size_t second = line.find(' ', first + 1);
    const std::string code = line.substr(0, first);
    set.divisions.push_back(
        {code, line.substr(first + 1, second - first - 1), line.substr(second + 1), level_of_code(code), {}, {}});
  }
  const auto former = [&](const char* code, const char* name) {
    set.names.push_back({code, name, Reason::former_name, {}});
  };
  former("330105", "下城区");
  former("330102", "江干区");
  former("330114", "江干区");
  former("330603", "绍兴县");
  former("120119", "蓟县");
  former("442000118", "东升镇");
  set.names.push_back({"442000003", "火炬开发区", Reason::alias, {}});
  return set;
}

const DivisionIndex& small_index() {
  static const std::vector<std::byte> bytes = build_division_index(small_divisions());
  static const DivisionIndex index{bytes};
  return index;
}

}  // namespace menpai::address::fixture

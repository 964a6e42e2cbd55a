// SPDX-License-Identifier: Apache-2.0
// Which characters look alike.
#include "address/text/shape_table.hpp"

#include <gtest/gtest.h>
#include <utility>

namespace menpai::address {
namespace {

TEST(ShapeTable, characters_that_differ_in_a_part_or_a_stroke_look_alike) {
  for (const auto& [a, b] : {std::pair{U'港', U'巷'},
                             {U'泰', U'秦'},
                             {U'沁', U'泌'},
                             {U'昌', U'冒'},
                             {U'柏', U'相'},
                             {U'恒', U'桓'},
                             {U'桂', U'佳'},
                             {U'梅', U'海'},
                             {U'雅', U'推'},
                             {U'银', U'很'},
                             {U'康', U'庚'},
                             {U'林', U'材'},
                             {U'茂', U'戊'},
                             {U'紫', U'柴'}}) {
    EXPECT_TRUE(looks_alike(a, b));
    EXPECT_TRUE(looks_alike(b, a));
  }
}

TEST(ShapeTable, others_do_not) {
  for (const auto& [a, b] : {std::pair{U'港', U'山'},
                             {U'云', U'领'},
                             {U'东', U'西'},
                             {U'华', U'福'},
                             {U'路', U'街'},
                             {U'日', U'水'},
                             {U'港', U'港'},
                             {U'港', U'A'},
                             {U'1', U'7'}}) {
    EXPECT_FALSE(looks_alike(a, b));
  }
}

}  // namespace
}  // namespace menpai::address

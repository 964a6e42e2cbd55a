// SPDX-License-Identifier: Apache-2.0
// The manual's page of settings names every setting, in the program's order.
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "app/settings.hpp"

namespace menpai::app {

class SettingsPage : public testing::TestWithParam<const char*> {};

TEST_P(SettingsPage, lists_every_setting_in_order) {
  std::ifstream page(std::string(MENPAI_SOURCE_DIR) + "/docs/" + GetParam() + "/settings.md");
  ASSERT_TRUE(page);
  std::vector<std::string> listed;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| `")) continue;
    listed.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  EXPECT_EQ(listed, setting_names());
}

INSTANTIATE_TEST_SUITE_P(languages, SettingsPage, testing::Values("en", "zh"));

}  // namespace menpai::app

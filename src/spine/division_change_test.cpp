// SPDX-License-Identifier: Apache-2.0
#include "spine/division_change.hpp"

#include <gtest/gtest.h>

namespace menpai::spine {

TEST(DivisionChange, codes_lose_their_padding) {
  const std::pair<const char*, const char*> cases[] = {{"110000", "11"},
                                                       {"442000", "4420"},
                                                       {"350205", "350205"},
                                                       {"442000108", "442000108"},
                                                       {"442000108000", "442000108"},
                                                       {" 350205 ", "350205"},
                                                       {"35020", ""},
                                                       {"35020x", ""},
                                                       {"", ""}};
  for (const auto& [text, code] : cases) EXPECT_EQ(plain_division_code(text), code) << text;
}

TEST(DivisionChange, every_row_becomes_successions_or_a_reason) {
  struct Case {
    DivisionChangeRow row;
    DivisionChangeOutcome outcome;
    std::vector<std::string> to;
  };
  using enum DivisionChangeOutcome;
  const Case cases[] = {
      {{"110103", "崇文区", "110101", "2010"}, successions, {"110101 2010"}},
      {{"432821", "郴县", "432801[1984];431002", "1994"}, successions, {"432801 1984", "431002 1994"}},
      {{"120110", "东郊区", "120110", "1992"}, successions, {"120110 1992"}},
      {{"110101", "东城区", "", ""}, in_force, {}},
      {{"412900", "南阳地区", "", "1994"}, no_successor, {}},
      {{"", "", "140602005", "2023"}, no_predecessor, {}},
      {{"1101", "x", "12345", "2000"}, bad_code, {}},
      {{"abc", "x", "110101", "2000"}, bad_code, {}},
  };
  for (const Case& c : cases) {
    std::vector<DivisionSuccession> out;
    EXPECT_EQ(read_division_change(c.row, out), c.outcome) << c.row.old_code;
    std::vector<std::string> to;
    for (const DivisionSuccession& s : out) to.push_back(s.new_code + " " + s.changed_on);
    EXPECT_EQ(to, c.to) << c.row.old_code;
  }
}

TEST(DivisionChange, a_chain_leads_to_what_is_in_force_and_a_circle_ends) {
  const std::unordered_map<std::string, std::vector<std::string>> successors = {
      {"a", {"b"}}, {"b", {"c", "d"}}, {"x", {"y"}}, {"y", {"x"}}, {"r", {"r"}}, {"o", {"d"}}};
  const std::unordered_set<std::string> in_force = {"c", "d", "r", "o"};
  EXPECT_EQ(final_successors("a", successors, in_force), (std::vector<std::string>{"c", "d"}));
  EXPECT_EQ(final_successors("x", successors, in_force), std::vector<std::string>{});
  EXPECT_EQ(final_successors("r", successors, in_force), std::vector<std::string>{"r"});
  // A code that was given again to another: its former holder went to d.
  EXPECT_EQ(final_successors("o", successors, in_force), std::vector<std::string>{"d"});
}

}  // namespace menpai::spine

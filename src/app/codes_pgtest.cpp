// SPDX-License-Identifier: Apache-2.0
// Codes explained, and old ones that lead to the right place, on a real database.
#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

#include "address/test_library.hpp"
#include "app/code_issuing.hpp"
#include "app/codes.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "store/division_store.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

class Codes : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = testing::make_temp_dir("codes");
    address::testing::write_library(s_folder / "divisions.mpl", {});
    Settings settings;
    settings.data_dir = testing::data_dir();
    settings.library = s_folder / "divisions.mpl";
    settings.region = "4420";
    s_app = Application::open(settings, false);
    store::load_divisions(store(), address::testing::small_divisions());
  }
  static void TearDownTestSuite() { s_app.reset(); }

  static Application& app() { return *s_app; }
  static store::Store& store() { return *s_app->parts().store; }
  static const spine::CodeSchemes& schemes() { return *s_app->parts().code_schemes; }
  static std::string scope(const char* scheme, const spine::CodeParts& parts) {
    return schemes().scope(schemes().get(scheme), parts);
  }
  /// Allocates and enters codes for objects that nobody has.
  static std::vector<std::string> issue(store::Transaction& transaction, const char* scheme, const std::string& scope,
                                        std::uint32_t count) {
    CodeIssuer issuer(transaction, schemes(), store::now());
    const std::vector<std::string> codes = issuer.allocate({{&schemes().get(scheme), scope, count}}).front();
    std::vector<GivenCode> given;
    for (const std::string& code : codes) given.push_back({code, "grid", Uuid::make(), "grid"});
    issuer.give(442000, given);
    return codes;
  }
  static std::vector<std::string> issue(const char* scheme, const std::string& scope, std::uint32_t count) {
    std::vector<std::string> codes;
    store().transact([&](store::Transaction& transaction) { codes = issue(transaction, scheme, scope, count); });
    return codes;
  }

  static inline std::filesystem::path s_folder;
  static inline std::unique_ptr<Application> s_app;
};

TEST_F(Codes, old_ones_lead_on_to_the_end_for_ever) {
  const auto grids = issue("grid", scope("grid", {.division_code = "442000108907"}), 4);
  store().transact([&](store::Transaction& transaction) {
    CodeIssuer issuer(transaction, schemes(), store::now());
    issuer.succeed(442000, {{grids[0], grids[1], "regridded", "grid", Uuid::make()}});
    issuer.succeed(442000, {{grids[1], grids[2], "split", "grid", Uuid::make()},
                            {grids[1], grids[3], "split", "grid", Uuid::make()}});
  });
  const CodeStory story = resolve_code(app(), operator_caller(), grids[0]);
  EXPECT_FALSE(story.retired_at.empty());
  ASSERT_EQ(story.successions.size(), 3U);
  EXPECT_EQ(story.successions[0].new_code, grids[1]);
  EXPECT_EQ(story.successions[1].new_code, grids[2]);
  EXPECT_EQ(story.successions[2].new_code, grids[3]);
  EXPECT_TRUE(resolve_code(app(), operator_caller(), grids[3]).retired_at.empty());
  EXPECT_EQ(resolve_code(app(), operator_caller(), grids[3]).predecessors.at(0).old_code, grids[1]);
  EXPECT_THROW(resolve_code(app(), operator_caller(), "442000108907999"), Error);
}

TEST_F(Codes, are_explained_with_the_names_of_the_divisions) {
  const CodeCheck check = check_code(app(), operator_caller(), "menpai-building", spine::building_code("442000108", 999998));
  EXPECT_TRUE(check.reading.is_right());
  EXPECT_FALSE(check.is_issued);
  const auto town = std::find_if(check.reading.parts.begin(), check.reading.parts.end(),
                                 [](const spine::CodePart& part) { return part.name == "town"; });
  ASSERT_NE(town, check.reading.parts.end());
  EXPECT_EQ(town->meaning, "港口镇");
  EXPECT_FALSE(check_code(app(), operator_caller(), "grid", "442000999001001").reading.is_right());
  EXPECT_THROW(check_code(app(), operator_caller(), "no-such", "1"), Error);
}

TEST_F(Codes, an_installation_adds_schemes_of_its_own) {
  const auto folder = s_folder / "schemes";
  std::filesystem::create_directory(folder);
  std::ofstream(folder / "stall.toml") << R"(name = "stall"
title = "摊位编码"
title_en = "Stall code"
kind = "room"
parent = "menpai-building"
check = "mod11_10"
unique = "everywhere"
order = "issued"
source = "invented"
standing = "own"
[[segment]]
name = "stall"
title = "摊位"
width = 4
from = "serial"
)";
  Settings settings;
  settings.codes_folder = folder;
  EXPECT_EQ(load_code_schemes(settings)->get("stall").length(), 23U);
  settings.codes_room = "stall";
  EXPECT_NO_THROW(load_code_schemes(settings));
  settings.codes_room = "grid";
  EXPECT_THROW(load_code_schemes(settings), Error);
  settings.codes_room = "menpai-room";
  settings.codes_folder = s_folder / "nowhere";
  EXPECT_THROW(load_code_schemes(settings), Error);
}

}  // namespace
}  // namespace menpai::app

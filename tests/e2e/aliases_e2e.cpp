// SPDX-License-Identifier: Apache-2.0
// What people decide is learned: a clerk's decision proposes a name, another person approves it, and from then on lists
// are cleaned with it; what is refused is not used. What is imported meanwhile is found without a library made anew.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workplace_server.hpp"

namespace menpai::e2e {
namespace {

namespace json = boost::json;

constexpr const char* city = "广东省中山市";
constexpr const char* town = "广东省中山市港口镇";

std::string text_at(const json::value& value, std::string_view name) {
  return std::string(value.at(name).as_string());
}

class Learning : public testing::Test {
 protected:
  void SetUp() override {
    // Two towns have the same names: a misspelt one is a person's to settle.
    import("list.csv", {"港口镇望星大道8号,PDX-8", "港口镇望星大道10号,PDX-10", "港口镇映月路6号,PDX-6",
                        "古镇镇望星大道8号,PDX-108", "古镇镇映月路6号,PDX-106"});
    const Ran built = installation.run({"library", "build"});
    ASSERT_EQ(built.exit_code, 0) << built.err;
    const std::string clerk_word = installation.add_account("li", "clerk");
    const std::string chief_word = installation.add_account("zhao", "administrator");
    server = std::make_unique<Server>(installation);
    clerk.begin(*server, "li", clerk_word, "sieben blaue kraniche");
    chief.begin(*server, "zhao", chief_word, "acht graue gaense fliegen");
  }
  void import(const std::string& name, const std::vector<std::string>& rows) {
    std::ofstream file(installation.folder() / name, std::ios::binary);
    file << "address,code\n";
    for (const std::string& row : rows) file << city << row << "\n";
    file.close();
    const Ran ran =
        installation.run({"import", "address", (installation.folder() / name).string(), "--region", "4420"});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
  }
  /// The id of a finished job whose only row is `text`.
  std::string cleaned(const std::string& text) {
    const Reply made =
        clerk.ask("POST", "/cleaning-jobs?name=one.csv", "地址\r\n" + text + "\r\n", "Content-Type: text/csv\r\n");
    EXPECT_EQ(made.status, 201) << made.body;
    const std::string id = text_at(made.json(), "id");
    EXPECT_EQ(clerk.ask("POST", "/cleaning-jobs/" + id + "/start", R"({"column":"地址","region":"4420"})").status, 202);
    EXPECT_TRUE(wait_until([&] { return text_at(clerk.get("/cleaning-jobs/" + id).json(), "state") == "finished"; }));
    return id;
  }
  json::value answer_of(const std::string& job) {
    const Reply rows = clerk.get("/cleaning-jobs/" + job + "/rows?filter=all");
    return rows.json().at("items").at(0).at("answer");
  }
  /// The clerk says that `text` means the address; the alias that follows from it.
  json::value propose(const std::string& text, const std::string& address) {
    const std::string job = cleaned(text);
    const json::value answer = answer_of(job);
    std::size_t choice = 0;
    const json::array& candidates = answer.at("candidates").as_array();
    while (choice < candidates.size() && text_at(candidates[choice], "address") != address) ++choice;
    EXPECT_LT(choice, candidates.size()) << json::serialize(answer);
    const Reply decided =
        clerk.ask("PUT", "/cleaning-jobs/" + job + "/rows/1/decision",
                  R"({"choice":"candidate","candidate":)" + std::to_string(choice) + "}", "If-Match: \"0\"\r\n");
    EXPECT_EQ(decided.status, 200) << decided.body;
    const Reply proposed = chief.get("/aliases?state=proposed");
    EXPECT_EQ(proposed.status, 200) << proposed.body;
    const json::value items = proposed.json().at("items");
    EXPECT_EQ(items.as_array().size(), 1U) << proposed.body;
    return items.as_array().empty() ? json::value() : items.at(0);
  }
  int settle(const Browser& who, const json::value& alias, const std::string& state) {
    const std::string version = std::to_string(alias.at("version").to_number<int>());
    return who
        .ask("PUT", "/aliases/" + text_at(alias, "id") + "/state", R"({"state":")" + state + "\"}",
             "If-Match: \"" + version + "\"\r\n")
        .status;
  }
  std::string reason_of_place(const json::value& answer) {
    for (const json::value& reason : answer.at("reasons").as_array()) {
      if (text_at(reason, "level") == "place") return text_at(reason, "reason");
    }
    return {};
  }

  Installation installation;
  std::unique_ptr<Server> server;
  Browser clerk, chief;
};

TEST_F(Learning, two_people_make_a_name_that_the_next_list_is_cleaned_with) {
  const json::value alias = propose("望洋大道8号", std::string(town) + "望星大道8号");
  EXPECT_EQ(text_at(alias, "text"), "望洋大道");
  EXPECT_EQ(text_at(alias, "target_name"), "望星大道");
  EXPECT_EQ(settle(clerk, alias, "approved"), 403) << "clerks do not approve";
  EXPECT_NE(reason_of_place(answer_of(cleaned("望洋大道10号"))), "alias") << "a proposal is not used";
  ASSERT_EQ(settle(chief, alias, "approved"), 200);
  json::value answer;
  EXPECT_TRUE(wait_until([&] {
    answer = answer_of(cleaned("望洋大道10号"));
    return reason_of_place(answer) == "alias";
  })) << json::serialize(answer)
      << server->log();
  EXPECT_EQ(text_at(answer, "code"), "PDX-10") << "what is true of the road is true of all its doors";
  EXPECT_EQ(text_at(answer, "grade"), "B");
}

TEST_F(Learning, what_was_refused_is_not_used) {
  const json::value refused = propose("映日路6号", std::string(town) + "映月路6号");
  ASSERT_EQ(settle(chief, refused, "refused"), 200);
  const json::value approved = propose("望洋大道8号", std::string(town) + "望星大道8号");
  ASSERT_EQ(settle(chief, approved, "approved"), 200);
  EXPECT_TRUE(wait_until([&] { return reason_of_place(answer_of(cleaned("望洋大道10号"))) == "alias"; }))
      << server->log();
  const json::value answer = answer_of(cleaned("映日路6号"));
  EXPECT_NE(reason_of_place(answer), "alias") << json::serialize(answer);
}

TEST_F(Learning, what_is_imported_is_found_at_once) {
  EXPECT_NE(text_at(answer_of(cleaned("港口镇新辟路3号")), "code"), "PDX-3");
  import("more.csv", {"港口镇新辟路3号,PDX-3", "港口镇望星大道12号,PDX-12"});
  EXPECT_TRUE(wait_until([&] { return text_at(answer_of(cleaned("港口镇新辟路3号")), "code") == "PDX-3"; }))
      << server->log();
  EXPECT_EQ(text_at(answer_of(cleaned("港口镇望星大道12号")), "code"), "PDX-12");
}

}  // namespace
}  // namespace menpai::e2e

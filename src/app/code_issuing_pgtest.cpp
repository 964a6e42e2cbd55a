// SPDX-License-Identifier: Apache-2.0
// Codes given out by many at once, on a real database: no gap, no number twice.
#include <atomic>
#include <gtest/gtest.h>
#include <set>
#include <thread>

#include "app/code_issuing.hpp"
#include "base/error.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

const spine::CodeSchemes& schemes() {
  static const spine::CodeSchemes all({});
  return all;
}

store::Store& store() {
  return testing::store();
}

std::string scope(const char* scheme, const spine::CodeParts& parts) {
  return schemes().scope(schemes().get(scheme), parts);
}

/// Allocates and enters codes for objects that nobody has.
std::vector<std::string> issue(store::Transaction& transaction, const char* scheme, const std::string& in,
                               std::uint32_t count) {
  CodeIssuer issuer(transaction, schemes(), store::now());
  const std::vector<std::string> codes = issuer.allocate({{&schemes().get(scheme), in, count}}).front();
  std::vector<GivenCode> given;
  for (const std::string& code : codes) given.push_back({code, "grid", Uuid::make(), "grid"});
  issuer.give(442000, given);
  return codes;
}
std::vector<std::string> issue(const char* scheme, const std::string& in, std::uint32_t count) {
  std::vector<std::string> codes;
  store().transact([&](store::Transaction& transaction) { codes = issue(transaction, scheme, in, count); });
  return codes;
}

TEST(CodeIssuing, are_counted_from_one_without_a_gap_in_each_scope) {
  const std::string here = scope("grid", {.division_code = "442000108901"});
  const std::string there = scope("grid", {.division_code = "442000108902"});
  EXPECT_EQ(issue("grid", here, 2), (std::vector<std::string>{"442000108901001", "442000108901002"}));
  EXPECT_EQ(issue("grid", there, 1), (std::vector<std::string>{"442000108902001"}));
  EXPECT_EQ(issue("grid", here, 1), (std::vector<std::string>{"442000108901003"}));
}

TEST(CodeIssuing, a_number_whose_code_came_from_elsewhere_counts_as_used) {
  const std::string here = scope("grid", {.division_code = "442000108903"});
  store().transact([&](store::Transaction& transaction) {
    CodeIssuer(transaction, schemes(), store::now())
        .give(442000,
              {{"442000108903002", "grid", Uuid::make(), "given"}, {"442000108903003", "grid", Uuid::make(), "given"}});
  });
  EXPECT_EQ(issue("grid", here, 3),
            (std::vector<std::string>{"442000108903001", "442000108903004", "442000108903005"}));
  EXPECT_THROW(issue("grid", here, 995), Error) << "999 is the last";
  EXPECT_EQ(issue("grid", here, 1), (std::vector<std::string>{"442000108903006"}));
}

TEST(CodeIssuing, numbers_that_were_rolled_back_are_given_to_the_next) {
  const std::string here = scope("grid", {.division_code = "442000108904"});
  {
    const store::Lease lease = store().take();
    store::Transaction transaction(*lease);
    EXPECT_EQ(issue(transaction, "grid", here, 1), (std::vector<std::string>{"442000108904001"}));
  }
  EXPECT_EQ(issue("grid", here, 1), (std::vector<std::string>{"442000108904001"}));
}

TEST(CodeIssuing, a_code_is_given_once_over_all_counties) {
  const auto give = [&](int county) {
    store().transact([&](store::Transaction& transaction) {
      CodeIssuer(transaction, schemes(), store::now()).give(county, {{"X-1", "place", Uuid::make(), "given"}});
    });
  };
  give(442000);
  EXPECT_THROW(give(441900), Error);
}

TEST(CodeIssuing, a_thousand_at_once_get_each_number_once_and_leave_no_gap) {
  constexpr int requests = 1000;
  store();  // migrates
  store::StoreOptions options;
  options.data_dir = testing::data_dir();
  options.connections_max = 12;
  options.wait = std::chrono::minutes(5);
  options.is_migrating = false;
  const auto many = store::Store::open(options);
  const std::string building = "442000108905";
  const spine::CodeScheme& scheme = schemes().get("menpai-building");
  const std::string here = schemes().scope(scheme, {.division_code = building});
  std::atomic<int> rolled_back = 0;
  std::atomic<int> failed = 0;
  std::vector<std::thread> askers;
  for (int i = 0; i < requests; ++i) {
    askers.emplace_back([&, i] {
      try {
        const store::Lease lease = many->take();
        store::Transaction transaction(*lease);
        CodeIssuer issuer(transaction, schemes(), store::now());
        const std::string code = issuer.allocate_one(scheme, here);
        issuer.give(442000, {{code, "building", Uuid::make(), "menpai-building"}});
        if (i % 10 == 3) {
          ++rolled_back;
        } else {
          transaction.commit();
        }
      } catch (const Error& error) {
        ++failed;
        ADD_FAILURE() << error.what() << " " << error.detail();
      }
    });
  }
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(rolled_back, 100);
  std::set<std::string> codes;
  for (const store::Row row :
       store().take()->run_text("SELECT code FROM issued_code WHERE code LIKE '442000108905%'", "test")) {
    codes.insert(row.get<std::string>(0));
  }
  ASSERT_EQ(codes.size(), 900U);
  std::uint64_t number = 0;
  for (const std::string& code : codes) EXPECT_EQ(code, spine::code_in_scope(scheme, here, ++number));
}

TEST(CodeIssuing, of_a_plan_are_given_to_its_edits_the_parents_first) {
  ChangePlan plan;
  for (const char* kind : {"room", "building", "room"}) {
    ObjectEdit edit;
    edit.object_kind = kind;
    edit.id = Uuid::make();
    edit.fields = kind[0] == 'r' ? "{\"floor\":1}" : "{}";
    plan.edits.push_back(edit);
  }
  plan.codes = {{0, "menpai-room", {{"parent_edit", "1"}}},
                {1, "menpai-building", {{"division", "442000108906"}}},
                {2, "menpai-room", {{"parent_edit", "1"}}}};
  store().transact([&](store::Transaction& transaction) {
    CodeIssuer issuer(transaction, schemes(), store::now());
    issue_wished_codes(issuer, 442000, plan);
  });
  EXPECT_EQ(plan.edits[1].fields, "{\"code\":\"" + spine::building_code("442000108906", 1) + "\"}");
  EXPECT_EQ(plan.edits[0].fields, "{\"code\":\"" + spine::room_code("442000108906", 1, 1) + "\",\"floor\":1}");
  EXPECT_EQ(plan.edits[2].fields, "{\"code\":\"" + spine::room_code("442000108906", 1, 2) + "\",\"floor\":1}");
}

}  // namespace
}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
// The policy, cell by cell; passwords.
#include <gtest/gtest.h>
#include <string>

#include "access/password.hpp"
#include "access/policy.hpp"

namespace menpai::access {
namespace {

Caller caller_of(Role role, const char* origin = "203.0.113.9") {
  Caller caller;
  caller.role = role;
  caller.origin = origin;
  return caller;
}

/// One line an action: may it be done by nobody, a program, a clerk, an administrator, the operator at the machine?
/// Y yes, n no, L only from this very machine.
struct PolicyLine {
  Action action;
  const char* cells;
};
constexpr PolicyLine policy[] = {
    {Action::read_health, "YYYYY"},     {Action::read_metrics, "LnnYY"},     {Action::read_page, "YYYYY"},
    {Action::sign_in, "YnYYn"},         {Action::sign_out, "nnYYn"},         {Action::read_self, "nnYYn"},
    {Action::change_password, "nnYYn"}, {Action::search_address, "nYYYY"},   {Action::read_address, "nYYYY"},
    {Action::read_division, "nYYYY"},   {Action::read_map, "nnYYY"},         {Action::clean_text, "nYYYY"},
    {Action::clean_list, "nnYYY"},      {Action::decide_row, "nnYYY"},       {Action::read_alias, "nnnYY"},
    {Action::settle_alias, "nnnYY"},    {Action::read_place, "nnYYY"},       {Action::read_plate, "nnYYY"},
    {Action::survey_plate, "nnYYY"},    {Action::manage_plate_key, "nnnYY"}, {Action::visit_plate, "YYYYY"},
    {Action::report_plate, "YnYYY"},    {Action::read_change, "nnYYY"},      {Action::write_change, "nnYYY"},
    {Action::settle_change, "nnnYY"},   {Action::import_address, "nnnYY"},   {Action::build_library, "nnnYY"},
    {Action::manage_account, "nnnYY"},  {Action::manage_database, "nnnnY"},
};

TEST(Policy, every_cell_of_the_table_is_as_written_here) {
  constexpr Role roles[] = {Role::nobody, Role::program, Role::clerk, Role::administrator, Role::system};
  int cells = 0;
  for (const PolicyLine& line : policy) {
    for (int i = 0; i < 5; ++i) {
      const Decision far = decide(caller_of(roles[i]), line.action);
      const Decision near = decide(caller_of(roles[i], "127.0.0.1"), line.action);
      const char cell = line.cells[i];
      EXPECT_EQ(far.is_allowed, cell == 'Y') << action_name(line.action) << " by " << role_name(roles[i]);
      EXPECT_EQ(near.is_allowed, cell != 'n') << action_name(line.action) << " by " << role_name(roles[i]);
      if (!far.is_allowed) {
        EXPECT_EQ(far.code, roles[i] == Role::nobody ? ErrorCode::unauthenticated : ErrorCode::forbidden);
        EXPECT_FALSE(denial_message(far).empty());
      }
      ++cells;
    }
  }
  EXPECT_EQ(cells, (static_cast<int>(Action::manage_database) + 1) * 5) << "an action is missing in the table above";
}

TEST(Policy, what_it_does_not_know_is_denied) {
  EXPECT_FALSE(decide(caller_of(Role::administrator), static_cast<Action>(200)).is_allowed);
  EXPECT_FALSE(decide(caller_of(static_cast<Role>(200)), Action::read_map).is_allowed);
}

TEST(Policy, a_local_looking_name_is_not_this_machine) {
  for (const char* origin : {"", "127", "1127.0.0.1", "2001:db8::1", "localhost.example", "10.0.0.1"}) {
    EXPECT_FALSE(decide(caller_of(Role::nobody, origin), Action::read_metrics).is_allowed) << origin;
  }
  for (const char* origin : {"127.0.0.1", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(decide(caller_of(Role::nobody, origin), Action::read_metrics).is_allowed) << origin;
  }
}

TEST(Policy, with_a_one_time_password_one_can_only_choose_another) {
  for (const PolicyLine& line : policy) {
    Caller caller = caller_of(Role::administrator);
    caller.must_change_password = true;
    const bool is_open = line.action <= Action::change_password && line.action != Action::read_metrics;
    EXPECT_EQ(decide(caller, line.action).is_allowed, is_open) << action_name(line.action);
  }
}

TEST(Policy, what_changes_something_is_recorded_before_it_happens) {
  for (const Action action : {Action::decide_row, Action::settle_alias, Action::import_address, Action::build_library,
                              Action::manage_account, Action::manage_database, Action::change_password}) {
    EXPECT_EQ(decide(caller_of(Role::administrator), action).record, Record::each) << action_name(action);
  }
}

constexpr int quick = 10;  // a cost for tests

TEST(Passwords, only_the_same_password_fits_its_hash) {
  const std::string hash = hash_password("correct horse battery", quick);
  EXPECT_TRUE(hash.starts_with("scrypt$10$8$1$"));
  EXPECT_TRUE(verify_password("correct horse battery", hash));
  for (const char* wrong : {"", "correct horse batterY", "correct horse battery ", "correct"}) {
    EXPECT_FALSE(verify_password(wrong, hash)) << wrong;
  }
  EXPECT_NE(hash, hash_password("correct horse battery", quick)) << "no salt";
}

TEST(Passwords, a_text_that_is_no_hash_fits_nothing) {
  for (const char* hash : {"", "scrypt", "scrypt$10$8$1$$", "scrypt$99$8$1$AAAA$AAAA", "md5$1$2$3$4$5", "$$$$$",
                           "scrypt$10$8$1$AAAAAAAAAAAAAAAAAAAAAA$"}) {
    EXPECT_FALSE(verify_password("", hash)) << hash;
    EXPECT_FALSE(verify_password("x", hash)) << hash;
  }
}

TEST(Passwords, a_hash_made_by_another_program_fits) {
  // scrypt of "pleaseletmein" with the salt "0123456789abcdef", N = 1024, r = 8, p = 1, by Python's hashlib.
  EXPECT_TRUE(verify_password("pleaseletmein",
                              "scrypt$10$8$1$MDEyMzQ1Njc4OWFiY2RlZg$o3zBilPc86r0aNumivxDqGJbs1CVkVYyLfGzVSIFS0U"));
}

TEST(Passwords, weak_ones_are_refused_with_advice) {
  struct {
    const char* password;
    bool is_good;
  } cases[] = {
      {"kran blau vogel 7", true},
      {"门牌号码登记管理系统真好用", true},
      {"short", false},
      {"password12345", false},
      {"qwerty123456", false},
      {"aaaaaaaaaaaaaaaa", false},
      {"abababababababab", false},
      {"i am wang.clerk here", false},
      {"\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe\xff\xfe", false},
  };
  for (const auto& one : cases) {
    if (one.is_good) {
      EXPECT_NO_THROW(check_password_acceptable(one.password, "wang.clerk")) << one.password;
    } else {
      EXPECT_THROW(check_password_acceptable(one.password, "wang.clerk"), Error) << one.password;
    }
  }
  EXPECT_THROW(check_password_acceptable(std::string(129, 'x') + "abcdef", ""), Error);
}

TEST(Passwords, one_time_passwords_are_long_readable_and_never_twice_the_same) {
  const std::string one = make_one_time_password();
  EXPECT_EQ(one.size(), 23u);
  EXPECT_EQ(one.find_first_of("il1o0 "), std::string::npos) << one;
  EXPECT_NE(one, make_one_time_password());
  EXPECT_NO_THROW(check_password_acceptable(one, "clerk"));
}

}  // namespace
}  // namespace menpai::access

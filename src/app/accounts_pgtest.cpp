// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/accounts.hpp"
#include "app/door.hpp"
#include "app/operation.hpp"
#include "app/parts.hpp"
#include "store/queries.hpp"
#include "support/test_database.hpp"

namespace menpai::app {
namespace {

ErrorCode code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::internal;
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

class Accounts : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    Settings settings;
    settings.data_dir = testing::data_dir();
    s_app = Application::open(settings, false);
    s_app->parts().password_cost = 10;
  }
  static void TearDownTestSuite() { s_app.reset(); }

  Application& app() { return *s_app; }
  Caller stranger() {
    Caller caller;
    caller.origin = "203.0.113." + std::to_string(++s_origin % 250);
    return caller;
  }
  /// Signed in with a password of one's own.
  Caller signed_in(const std::string& name, Role role) {
    add_account(app(), operator_caller(), name, role, password);
    const SignedIn session = sign_in(app(), stranger(), name, password);
    return caller_of_session(app(), session.token).value();
  }
  std::int64_t count(const std::string& sql) {
    return app().parts().store->take()->run_text(sql, "test").only().get<std::int64_t>(0);
  }
  void change(const std::string& sql) { app().parts().store->take()->run_text(sql, "test"); }

  static inline std::unique_ptr<Application> s_app;
  static inline int s_origin = 0;
  const std::string password = "kran blau vogel 7";
};

TEST_F(Accounts, a_one_time_password_opens_a_session_that_can_only_choose_a_password) {
  const std::string one_time = add_account(app(), operator_caller(), "wang", Role::clerk, std::nullopt);
  const SignedIn session = sign_in(app(), stranger(), "wang", one_time);
  EXPECT_TRUE(session.account.must_change_password);
  const Caller caller = caller_of_session(app(), session.token).value();
  EXPECT_TRUE(caller.must_change_password);
  EXPECT_EQ(self(app(), caller).name, "wang");
  EXPECT_EQ(code_of([&] { require(app(), caller, Action::search_address); }), ErrorCode::forbidden);
  EXPECT_EQ(code_of([&] { change_password(app(), caller, one_time, "short"); }), ErrorCode::bad_request);
  EXPECT_EQ(code_of([&] { change_password(app(), caller, one_time, one_time); }), ErrorCode::bad_request);
  change_password(app(), caller, one_time, password);
  const Caller later = caller_of_session(app(), session.token).value();
  EXPECT_NO_THROW(require(app(), later, Action::search_address));
  EXPECT_EQ(code_of([&] { sign_in(app(), stranger(), "wang", one_time); }), ErrorCode::unauthenticated);
  EXPECT_NO_THROW(sign_in(app(), stranger(), "wang", password));
}

TEST_F(Accounts, names_are_plain_and_given_once) {
  add_account(app(), operator_caller(), "李-1", Role::clerk, password);
  EXPECT_EQ(code_of([&] { add_account(app(), operator_caller(), "李-1", Role::clerk, password); }),
            ErrorCode::conflict);
  for (const char* name : {"", "a b", "<b>", "x\ny", "\xff", "a|b"}) {
    EXPECT_EQ(code_of([&] { add_account(app(), operator_caller(), name, Role::clerk, password); }),
              ErrorCode::bad_request)
        << name;
  }
  EXPECT_EQ(code_of([&] { add_account(app(), operator_caller(), "root", Role::system, password); }),
            ErrorCode::bad_request);
}

TEST_F(Accounts, a_clerk_manages_no_accounts_and_a_stranger_nothing) {
  const Caller clerk = signed_in("clerk-1", Role::clerk);
  EXPECT_EQ(code_of([&] { list_accounts(app(), clerk); }), ErrorCode::forbidden);
  EXPECT_EQ(code_of([&] { add_account(app(), clerk, "mine", Role::administrator, password); }), ErrorCode::forbidden);
  EXPECT_EQ(code_of([&] { list_accounts(app(), stranger()); }), ErrorCode::unauthenticated);
  EXPECT_EQ(code_of([&] { self(app(), stranger()); }), ErrorCode::unauthenticated);
  const Caller administrator = signed_in("admin-1", Role::administrator);
  EXPECT_FALSE(list_accounts(app(), administrator).empty());
  EXPECT_EQ(code_of([&] { set_account_locked(app(), administrator, "admin-1", true); }), ErrorCode::bad_request);
}

TEST_F(Accounts, unknown_name_wrong_password_and_locked_account_are_told_the_same) {
  add_account(app(), operator_caller(), "zhao", Role::clerk, password);
  const std::string wrong = message_of([&] { sign_in(app(), stranger(), "zhao", "not the password"); });
  EXPECT_EQ(message_of([&] { sign_in(app(), stranger(), "nobody-here", "not the password"); }), wrong);
  EXPECT_EQ(message_of([&] { sign_in(app(), stranger(), std::string("zh\0ao", 5), "x"); }), wrong);
  set_account_locked(app(), operator_caller(), "zhao", true);
  EXPECT_EQ(message_of([&] { sign_in(app(), stranger(), "zhao", password); }), wrong);
  set_account_locked(app(), operator_caller(), "zhao", false);
  EXPECT_NO_THROW(sign_in(app(), stranger(), "zhao", password));
}

TEST_F(Accounts, after_five_failures_the_delay_grows_for_names_that_exist_and_names_that_do_not) {
  add_account(app(), operator_caller(), "qian", Role::clerk, password);
  for (const char* name : {"qian", "no-qian"}) {
    for (int i = 0; i < 5; ++i) {
      EXPECT_EQ(code_of([&] { sign_in(app(), stranger(), name, "wrong wrong wrong"); }), ErrorCode::unauthenticated);
    }
    EXPECT_EQ(code_of([&] { sign_in(app(), stranger(), name, password); }), ErrorCode::busy) << name;
  }
}

TEST_F(Accounts, after_fifty_failures_the_account_is_locked_until_an_administrator_opens_it) {
  add_account(app(), operator_caller(), "sun", Role::clerk, password);
  const SignedIn session = sign_in(app(), stranger(), "sun", password);
  EXPECT_EQ(code_of([&] { sign_in(app(), stranger(), "sun", "wrong wrong wrong"); }), ErrorCode::unauthenticated);
  change(
      "UPDATE sign_in_failure SET failures = 49 WHERE failures = 1 AND last_at = (SELECT max(last_at) FROM "
      "sign_in_failure)");
  EXPECT_EQ(code_of([&] { sign_in(app(), stranger(), "sun", "wrong wrong wrong"); }), ErrorCode::unauthenticated);
  change("UPDATE sign_in_failure SET not_before = '-infinity'");
  EXPECT_EQ(code_of([&] { sign_in(app(), stranger(), "sun", password); }), ErrorCode::unauthenticated);
  EXPECT_FALSE(caller_of_session(app(), session.token).has_value()) << "a locked account has no session";
  set_account_locked(app(), operator_caller(), "sun", false);
  EXPECT_NO_THROW(sign_in(app(), stranger(), "sun", password));
}

TEST_F(Accounts, a_session_ends_by_signing_out_by_rest_and_by_age) {
  add_account(app(), operator_caller(), "zhou", Role::clerk, password);
  const auto fresh = [&] { return sign_in(app(), stranger(), "zhou", password); };
  const SignedIn left = fresh();
  sign_out(app(), caller_of_session(app(), left.token).value());
  EXPECT_FALSE(caller_of_session(app(), left.token).has_value());

  const SignedIn idle = fresh();
  change("UPDATE session SET last_seen_at = now() - interval '29 minutes'");
  EXPECT_TRUE(caller_of_session(app(), idle.token).has_value());
  EXPECT_TRUE(caller_of_session(app(), idle.token).has_value()) << "being seen keeps it";
  change("UPDATE session SET last_seen_at = now() - interval '31 minutes'");
  EXPECT_FALSE(caller_of_session(app(), idle.token).has_value());

  const SignedIn old = fresh();
  change("UPDATE session SET expires_at = now() - interval '1 second'");
  EXPECT_FALSE(caller_of_session(app(), old.token).has_value());
  for (const char* token : {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    EXPECT_FALSE(caller_of_session(app(), token).has_value());
  }
}

TEST_F(Accounts, a_new_password_ends_all_other_sessions) {
  add_account(app(), operator_caller(), "wu", Role::clerk, password);
  const SignedIn here = sign_in(app(), stranger(), "wu", password);
  const SignedIn there = sign_in(app(), stranger(), "wu", password);
  change_password(app(), caller_of_session(app(), here.token).value(), password, "drei andere worte");
  EXPECT_TRUE(caller_of_session(app(), here.token).has_value());
  EXPECT_FALSE(caller_of_session(app(), there.token).has_value());
  const std::string one_time = reset_password(app(), operator_caller(), "wu");
  EXPECT_FALSE(caller_of_session(app(), here.token).has_value());
  EXPECT_TRUE(sign_in(app(), stranger(), "wu", one_time).account.must_change_password);
  change("UPDATE account SET password_expires_at = now() - interval '1 hour' WHERE name = 'wu'");
  EXPECT_EQ(code_of([&] { sign_in(app(), stranger(), "wu", one_time); }), ErrorCode::unauthenticated);
}

TEST_F(Accounts, the_database_holds_neither_passwords_nor_tokens) {
  add_account(app(), operator_caller(), "zheng", Role::clerk, password);
  const SignedIn session = sign_in(app(), stranger(), "zheng", password);
  EXPECT_EQ(count("SELECT count(*) FROM account WHERE account::text LIKE '%kran%'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM session WHERE session::text LIKE '%" + session.token +
                  "%' OR encode(token_digest, 'escape') = '" + session.token + "'"),
            0);
}

TEST_F(Accounts, what_was_decided_is_in_the_record_denials_too) {
  const Caller clerk = signed_in("recorded", Role::clerk);
  EXPECT_EQ(code_of([&] { require(app(), clerk, Action::manage_account, "account", "x-1"); }), ErrorCode::forbidden);
  const std::string of_clerk = " AND actor = 'recorded'";
  EXPECT_EQ(
      count("SELECT count(*) FROM audit WHERE action = 'manage_account' AND NOT is_allowed AND object_id = 'x-1'" +
            of_clerk),
      1);
  EXPECT_EQ(count("SELECT count(*) FROM audit WHERE action = 'sign_in' AND is_allowed AND object_id <> ''" + of_clerk),
            1);
  for (int i = 0; i < 50; ++i) require(app(), clerk, Action::read_map);
  app().parts().audit->flush();
  EXPECT_EQ(count("SELECT count(*) FROM audit WHERE action = 'read_map'" + of_clerk), 1) << "one row for many";
  EXPECT_EQ(count("SELECT count::bigint FROM audit WHERE action = 'read_map'" + of_clerk), 50);
}

TEST_F(Accounts, the_checks_pass_on_what_is_there_and_say_what_is_not) {
  const std::vector<CheckResult> checks = run_checks(app(), operator_caller());
  for (const CheckResult& check : checks) {
    EXPECT_FALSE(check.name.empty());
    EXPECT_FALSE(check.message.empty()) << check.name;
    EXPECT_EQ(check.hint.empty(), check.ok) << check.name;
    const bool is_mine = check.name != "library" && check.name != "web" && check.name != "divisions";
    if (is_mine) {
      EXPECT_TRUE(check.ok) << check.name << ": " << check.message;
    }
  }
  EXPECT_EQ(code_of([&] { run_checks(app(), stranger()); }), ErrorCode::unauthenticated);
  EXPECT_TRUE(health(app()).ok);
  EXPECT_GE(figures(app()).size(), 6u);
}

TEST_F(Accounts, an_installation_with_another_key_does_not_open_and_says_why) {
  app().parts().keys->seal({"check", "probe", "1", 1}, "x");
  Settings settings;
  settings.data_dir = testing::data_dir();
  const std::filesystem::path dir = testing::make_temp_dir("key");
  settings.key_file = dir / "root.key";
  const std::vector<CheckResult> missing = check_installation(settings);
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_FALSE(missing[0].ok);
  EXPECT_NE(missing[0].message.find("missing"), std::string::npos) << missing[0].message;
  access::open_key_file(settings.key_file, true);
  const std::vector<CheckResult> other = check_installation(settings);
  ASSERT_EQ(other.size(), 1u);
  EXPECT_NE(other[0].message.find("does not belong to this database"), std::string::npos) << other[0].message;
}

TEST_F(Accounts, a_sealed_file_is_there_with_its_row_or_not_at_all) {
  Application::Parts& parts = app().parts();
  const std::string plain(300'000, 'z');
  std::string digest;
  parts.store->transact([&](store::Transaction& transaction) {
    const auto writer = parts.files->create("test");
    writer->write(plain);
    digest = writer->finish(transaction).digest;
  });
  const auto reader = parts.files->open(digest);
  std::string all;
  for (std::string piece; reader->read(piece);) all += piece;
  EXPECT_EQ(all, plain);
  EXPECT_EQ(reader->sealed_bytes_read(), reader->sealed_bytes());

  const auto files = [] {
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(testing::data_dir() / "files")) {
      found += entry.is_regular_file() ? 1u : 0u;
    }
    return found;
  };
  const std::size_t before = files();
  parts.files->create("given up")->write("half");
  EXPECT_EQ(files(), before) << "a writer that is given up leaves nothing";

  parts.store->transact([&](store::Transaction& transaction) { parts.files->remove(transaction, digest); });
  parts.files->remove_bytes(digest);
  EXPECT_EQ(files(), before - 1);
  EXPECT_EQ(code_of([&] { parts.files->open(digest); }), ErrorCode::not_found);
}

}  // namespace
}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "store/division_store.hpp"
#include "store/migrate.hpp"
#include "store/queries.hpp"
#include "store/store.hpp"
#include "support/test_database.hpp"

namespace menpai::store {
namespace {

using ::testing::ElementsAre;

/// A statement of a test's own; its name must be its own too.
Query statement(const char* name, const char* sql) {
  return {name, sql};
}

ErrorCode code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::internal;
}

TEST(Migrations, a_fresh_database_has_every_one_and_a_second_run_changes_nothing) {
  const Lease lease = testing::store().take();
  for (const MigrationStep& step : migration_steps(*lease)) EXPECT_TRUE(step.is_applied) << step.title;
  EXPECT_FALSE(migration_files.empty());
  EXPECT_TRUE(migrate(*lease).empty());
}

TEST(Migrations, one_that_was_changed_after_it_was_applied_is_refused) {
  const Lease lease = testing::store().take();
  const Transaction transaction(*lease);
  lease->run_text("UPDATE migration SET digest = 'other' WHERE number = 1", "test");
  EXPECT_EQ(code_of([&] { migration_steps(*lease); }), ErrorCode::conflict);
}

TEST(Migrations, a_database_of_a_newer_release_is_refused) {
  const Lease lease = testing::store().take();
  const Transaction transaction(*lease);
  lease->run_text("INSERT INTO migration VALUES (9999, 'from the future', '', now())", "test");
  EXPECT_EQ(code_of([&] { migration_steps(*lease); }), ErrorCode::conflict);
}

TEST(Values, every_type_comes_back_as_it_went) {
  static const Query echo = statement(
      "test.echo",
      "SELECT $1::bool, $2::smallint, $3::int, $4::bigint, $5::double precision, $6::text, $7::bytea, $8::uuid, "
      "$9::timestamptz, $10::jsonb, $11::text[], $12::bigint[], $13::uuid[], $14::date");
  const Uuid id = Uuid::make();
  const Timestamp time = now();
  const std::vector<std::string> texts = {"门牌", "", "a'b\"c,{}\\"};
  const std::vector<std::int64_t> numbers = {1, -5, INT64_MAX};
  const Result result =
      testing::store().run(echo, true, std::int16_t{-3}, std::int32_t{7}, std::int64_t{1} << 40, 113.5, "港口镇",
                           Bytes{std::string("\0\xff", 2)}, id, time, Json{R"({"a": 1})"}, texts, numbers,
                           std::vector<Uuid>{id}, *parse_date("2023-06-30"));
  const auto [flag, small, medium, large, real, text, bytes, uuid, when, json, list, counts, ids, day] =
      result.only()
          .as<bool, std::int16_t, std::int32_t, std::int64_t, double, std::string, Bytes, Uuid, Timestamp, Json,
              std::vector<std::string>, std::vector<std::int64_t>, std::vector<Uuid>, Date>();
  EXPECT_TRUE(flag);
  EXPECT_EQ(small, -3);
  EXPECT_EQ(medium, 7);
  EXPECT_EQ(large, std::int64_t{1} << 40);
  EXPECT_EQ(real, 113.5);
  EXPECT_EQ(text, "港口镇");
  EXPECT_EQ(bytes.value, std::string("\0\xff", 2));
  EXPECT_EQ(uuid, id);
  EXPECT_EQ(when, time);
  EXPECT_EQ(json.text, R"({"a": 1})");
  EXPECT_EQ(list, texts);
  EXPECT_EQ(counts, numbers);
  EXPECT_EQ(ids, std::vector<Uuid>{id});
  EXPECT_EQ(iso_text(day), "2023-06-30");
}

TEST(Values, null_and_empty_arrays_come_back_as_they_went) {
  static const Query echo = statement("test.echo_null", "SELECT $1::text, $2::text[], $3::int[]");
  const Result result =
      testing::store().run(echo, std::optional<std::string>(),
                           std::vector<std::optional<std::string>>{"a", std::nullopt}, std::vector<std::int32_t>());
  const Row row = result.only();
  EXPECT_EQ(row.get<std::optional<std::string>>(0), std::nullopt);
  EXPECT_THAT(row.get<std::vector<std::optional<std::string>>>(1), ElementsAre("a", std::nullopt));
  EXPECT_TRUE(row.get<std::vector<std::int32_t>>(2).empty());
  EXPECT_EQ(code_of([&] { row.get<std::string>(0); }), ErrorCode::internal);
}

TEST(Values, what_looks_like_sql_is_stored_as_text) {
  static const Query echo = statement("test.echo_text", "SELECT $1::text");
  const std::string evil = "'; DROP TABLE account; --";
  EXPECT_EQ(testing::store().run(echo, evil).only().get<std::string>(0), evil);
  EXPECT_EQ(code_of([&] { testing::store().run(echo, "\xff\xfe"); }), ErrorCode::bad_request);
}

TEST(Transactions, without_a_commit_nothing_remains) {
  static const Query add = statement("test.add_counter", "INSERT INTO counter VALUES (990001, 'test', 1)");
  static const Query look = statement("test.look_counter", "SELECT 1 FROM counter WHERE county_code = 990001");
  {
    const Lease lease = testing::store().take();
    Transaction transaction(*lease);
    transaction.run(add);
  }
  EXPECT_TRUE(testing::store().run(look).empty());
  EXPECT_EQ(code_of([&] {
              testing::store().transact([&](Transaction& transaction) {
                transaction.run(add);
                transaction.run(add);
              });
            }),
            ErrorCode::conflict);
  EXPECT_TRUE(testing::store().run(look).empty());
}

TEST(Transactions, a_failed_statement_that_was_swallowed_does_not_commit) {
  const Lease lease = testing::store().take();
  Transaction transaction(*lease);
  EXPECT_THROW(lease->run_text("SELECT 1 / 0", "test"), Error);
  EXPECT_THROW(transaction.commit(), Error);
}

TEST(Transactions, a_deadlock_is_run_again_until_both_are_done) {
  static const Query bump =
      statement("test.bump", "UPDATE counter SET value = value + 1 WHERE county_code = 990002 AND name = $1");
  testing::store().transact([](Transaction& transaction) {
    transaction.connection().run_text("INSERT INTO counter VALUES (990002, 'a', 0), (990002, 'b', 0)", "test");
  });
  const auto work = [](const char* first, const char* second) {
    testing::store().transact([&](Transaction& transaction) {
      transaction.run(bump, first);
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      transaction.run(bump, second);
    });
  };
  auto other = std::async(std::launch::async, [&] { work("b", "a"); });
  work("a", "b");
  other.get();
  const Lease lease = testing::store().take();
  EXPECT_EQ(lease->run_text("SELECT sum(value)::bigint FROM counter WHERE county_code = 990002", "test")
                .only()
                .get<std::int64_t>(0),
            4);
}

TEST(Copy, many_rows_go_in_and_stream_out) {
  static const Query copy = statement("test.copy", "COPY locator (id, county_code, kind) FROM STDIN (FORMAT binary)");
  static const Query read = statement("test.read", "SELECT id, county_code FROM locator WHERE kind = 'test_copy'");
  const Lease lease = testing::store().take();
  constexpr int count = 20'000;
  {
    CopyIn in(*lease, copy);
    for (int i = 0; i < count; ++i) in.row(Uuid::make(), std::int32_t{442000}, "test_copy");
    EXPECT_EQ(in.finish(), static_cast<std::uint64_t>(count));
  }
  int seen = 0;
  lease->stream(read, [&](const Row& row) { seen += row.get<int>(1) == 442000 ? 1 : 0; });
  EXPECT_EQ(seen, count);
  EXPECT_TRUE(lease->usable());
}

TEST(Copy, one_that_is_given_up_stores_nothing_and_the_connection_lives) {
  static const Query copy =
      statement("test.copy_up", "COPY locator (id, county_code, kind) FROM STDIN (FORMAT binary)");
  const Lease lease = testing::store().take();
  {
    CopyIn in(*lease, copy);
    in.row(Uuid::make(), std::int32_t{442000}, "test_given_up");
  }
  EXPECT_TRUE(lease->run_text("SELECT 1 FROM locator WHERE kind = 'test_given_up'", "test").empty());
  {
    CopyIn in(*lease, copy);
    const Uuid twice = Uuid::make();
    in.row(twice, std::int32_t{442000}, "test_given_up");
    in.row(twice, std::int32_t{442000}, "test_given_up");
    EXPECT_EQ(code_of([&] { in.finish(); }), ErrorCode::conflict);
  }
  EXPECT_TRUE(lease->usable());
  EXPECT_FALSE(lease->in_transaction());
}

TEST(Streams, an_exception_from_the_reader_ends_the_query_and_the_connection_lives) {
  static const Query many = statement("test.many", "SELECT generate_series(1, 1000000)");
  const Lease lease = testing::store().take();
  EXPECT_THROW(lease->stream(many, [](const Row&) { throw Error(ErrorCode::bad_request, "enough"); }), Error);
  EXPECT_EQ(lease->run_text("SELECT 1", "test").only().get<int>(0), 1);
}

TEST(Pool, when_all_connections_are_out_the_next_waits_and_is_told) {
  StoreOptions options;
  options.data_dir = testing::data_dir();
  options.connections_max = 2;
  options.wait = std::chrono::milliseconds(200);
  testing::store();
  const auto store = Store::open(options);
  const Lease first = store->take();
  {
    const Lease second = store->take();
    EXPECT_EQ(code_of([&] { store->take(); }), ErrorCode::unavailable);
  }
  const Lease third = store->take();
  EXPECT_EQ(store->figures().timed_out, 1u);
  EXPECT_EQ(store->figures().busy, 2u);
}

TEST(Pool, a_connection_left_in_a_transaction_is_not_given_to_the_next) {
  {
    const Lease lease = testing::store().take();
    lease->run_text("BEGIN", "test");
  }
  EXPECT_FALSE(testing::store().take()->in_transaction());
}

TEST(Timeouts, a_statement_that_takes_too_long_is_given_up) {
  const Lease lease = testing::store().take();
  Transaction transaction(*lease);
  transaction.set_statement_timeout(std::chrono::milliseconds(50));
  EXPECT_EQ(code_of([&] { lease->run_text("SELECT pg_sleep(20)", "test"); }), ErrorCode::timed_out);
}

TEST(Server, a_url_with_nobody_behind_it_says_what_to_do_and_shows_no_password) {
  StoreOptions options;
  options.database_url = "postgresql://someone:secret-word@127.0.0.1:1/menpai";
  try {
    Store::open(options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::unavailable);
    EXPECT_EQ((std::string(error.what()) + error.detail()).find("secret-word"), std::string::npos);
  }
}

TEST(Server, a_given_server_is_migrated_like_the_private_one) {
  testing::store();
  const auto cluster = Cluster::open(testing::data_dir());
  StoreOptions options;
  options.database_url = cluster->endpoint();
  const auto store = Store::open(options);
  EXPECT_EQ(store->cluster(), nullptr);
  EXPECT_FALSE(store->run(query::operation::applied_migrations).empty());
}

DivisionSet small_set() {
  DivisionSet set;
  set.edition = "test 1";
  set.divisions = {{"91", "", "甲省", Level::province, "", ""},
                   {"9101", "91", "乙市", Level::city, "", ""},
                   {"910101", "9101", "丙区", Level::county, "", ""}};
  set.names = {{"91", "甲", Reason::alias, ""}};
  set.successions = {{"910199", "旧区", "910101", "2014-12"}};
  return set;
}

TEST(Divisions, an_edition_is_loaded_once_and_the_next_closes_what_changed) {
  Store& store = testing::store();
  DivisionSet set = small_set();
  EXPECT_EQ(load_divisions(store, set).added, 3u);
  EXPECT_TRUE(load_divisions(store, set).is_same);

  store.run(statement("test.age", "UPDATE division SET valid_from = '2000-01-01' WHERE code LIKE '91%'"));
  set.edition = "test 2";
  set.divisions[2].name = "丁区";
  set.divisions.erase(set.divisions.begin() + 1);
  const DivisionLoad load = load_divisions(store, set);
  EXPECT_EQ(load.added, 1u);
  EXPECT_EQ(load.closed, 2u);
  const Lease lease = store.take();
  const Result rows = lease->run_text(
      "SELECT name, valid_to = 'infinity' FROM division WHERE code = '910101' ORDER BY valid_from", "test");
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows[0].get<std::string>(0), "丙区");
  EXPECT_FALSE(rows[0].get<bool>(1));
  EXPECT_EQ(rows[1].get<std::string>(0), "丁区");
  EXPECT_TRUE(rows[1].get<bool>(1));
  set.edition = "test 3";
  set.divisions.clear();
  load_divisions(store, set);
}

}  // namespace
}  // namespace menpai::store

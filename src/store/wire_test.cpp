// SPDX-License-Identifier: Apache-2.0
#include "store/wire.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "store/sqlstate.hpp"

namespace menpai::store {
namespace {

TEST(Dates, a_day_that_exists_round_trips_and_others_are_refused) {
  for (const char* text : {"2000-01-01", "2023-06-30", "1949-10-01", "2024-02-29", "0001-01-01"}) {
    const auto date = parse_date(text);
    ASSERT_TRUE(date.has_value()) << text;
    EXPECT_EQ(iso_text(*date), text);
  }
  EXPECT_EQ(parse_date("2000-01-02")->days, 1);
  for (const char* text : {"", "2023", "2023-02-30", "2023-13-01", "2023-1-1", "20230630", "abcd-ef-gh"}) {
    EXPECT_FALSE(parse_date(text).has_value()) << text;
  }
  EXPECT_EQ(iso_text(Date{Date::for_ever}), "");
}

TEST(Values, text_with_nul_is_refused_before_it_reaches_the_database) {
  std::string out;
  try {
    Wire<std::string>::put(out, std::string("a\0b", 3));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::bad_request);
  }
}

TEST(Values, a_column_of_another_type_is_a_bug_that_says_so) {
  EXPECT_THROW(Wire<Uuid>::get(wire::oid_text, "0123456789abcdef"), Error);
  EXPECT_THROW(Wire<std::int32_t>::get(wire::oid_int8, std::string_view("\0\0\0\0\0\0\0\1", 8)), Error);
  EXPECT_EQ(Wire<std::int64_t>::get(wire::oid_int2, std::string_view("\xff\xff", 2)), -1);
}

TEST(DatabaseErrors, each_state_becomes_what_a_person_can_act_on) {
  const struct {
    const char* state;
    const char* said;
    ErrorCode code;
  } cases[] = {
      {"23505", "duplicate key", ErrorCode::conflict},
      {"23503", "foreign key", ErrorCode::conflict},
      {"23514", "check", ErrorCode::bad_request},
      {"22021", "invalid byte sequence", ErrorCode::bad_request},
      {"40001", "could not serialize", ErrorCode::conflict},
      {"53100", "could not extend file", ErrorCode::disk_full},
      {"58030", "could not write: No space left on device", ErrorCode::disk_full},
      {"53300", "too many connections", ErrorCode::unavailable},
      {"55P03", "lock not available", ErrorCode::busy},
      {"57014", "canceling statement due to statement timeout", ErrorCode::timed_out},
      {"57P01", "terminating connection", ErrorCode::unavailable},
      {"57P03", "the database system is starting up", ErrorCode::unavailable},
      {"08006", "server closed the connection", ErrorCode::unavailable},
      {"28P01", "password authentication failed", ErrorCode::unavailable},
      {"3D000", "database does not exist", ErrorCode::unavailable},
      {"25006", "cannot execute INSERT in a read-only transaction", ErrorCode::unavailable},
      {"XX001", "invalid page", ErrorCode::damaged},
      {"42P01", "relation does not exist", ErrorCode::internal},
  };
  for (const auto& one : cases) {
    const DatabaseError error = make_database_error(one.state, one.said, "test.query");
    EXPECT_EQ(error.code(), one.code) << one.state;
    EXPECT_EQ(std::string(error.what()).find(one.said), std::string::npos) << "the public message quotes the server";
    EXPECT_NE(error.detail().find(one.said), std::string::npos);
  }
  EXPECT_TRUE(make_database_error("40P01", "deadlock detected", "x").is_retryable());
}

}  // namespace
}  // namespace menpai::store

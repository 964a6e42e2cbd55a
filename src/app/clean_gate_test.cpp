// SPDX-License-Identifier: Apache-2.0
#include "app/clean_gate.hpp"

#include <gtest/gtest.h>
#include <optional>

#include "base/error.hpp"

namespace menpai::app {
namespace {

using namespace std::chrono_literals;

Caller program(int number) {
  Caller caller;
  caller.role = Role::program;
  caller.origin = "203.0.113." + std::to_string(number);
  return caller;
}

bool may_enter(CleanGate& gate, const Caller& caller, CleanGate::Clock::time_point now) {
  try {
    const CleanGate::Pass pass = gate.enter(caller, now);
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::busy);
    return false;
  }
}

TEST(CleanGate, a_caller_has_so_many_requests_at_a_time_and_others_theirs) {
  const CleanGate::Clock::time_point now = CleanGate::Clock::now();
  CleanGate gate(2, 0);
  std::optional<CleanGate::Pass> first(gate.enter(program(1), now));
  const CleanGate::Pass second = gate.enter(program(1), now);
  EXPECT_FALSE(may_enter(gate, program(1), now));
  EXPECT_TRUE(may_enter(gate, program(2), now));
  first.reset();
  EXPECT_TRUE(may_enter(gate, program(1), now));
}

TEST(CleanGate, without_a_rate_nobody_waits) {
  CleanGate gate(1, 0);
  CleanGate::Pass pass = gate.enter(program(1));
  EXPECT_EQ(pass.charge(1'000'000'000).count(), 0);
}

TEST(CleanGate, who_takes_more_rows_than_his_rate_waits_until_it_is_made_good) {
  CleanGate::Clock::time_point now = CleanGate::Clock::now();
  CleanGate gate(4, 1000);
  {
    CleanGate::Pass pass = gate.enter(program(1), now);
    EXPECT_EQ(pass.charge(1000, now).count(), 0) << "a second's rows in advance";
    EXPECT_EQ(pass.charge(500, now), 500ms);
    now += 500ms;
    EXPECT_EQ(pass.charge(0, now).count(), 0);
    EXPECT_EQ(pass.charge(2000, now), 2000ms);
  }
  EXPECT_FALSE(may_enter(gate, program(1), now)) << "a new request does not wipe the slate";
  EXPECT_TRUE(may_enter(gate, program(2), now));
  now += 2001ms;
  EXPECT_TRUE(may_enter(gate, program(1), now));
}

}  // namespace
}  // namespace menpai::app

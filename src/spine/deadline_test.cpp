// SPDX-License-Identifier: Apache-2.0
// The clocks of the law over real holidays, as a table.
#include "spine/deadline.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace menpai::spine {
namespace {

Day day(const char* text) {
  return *parse_day(text);
}

struct Case {
  const char* clock;
  const char* event;
  const char* due;
  bool is_certain;
};
constexpr Case cases[] = {
    // Calendar days: fifteen nights later, whatever day that is.
    {"place_name_filing", "2026-11-20", "2026-12-05", true},
    {"place_name_notice", "2026-02-10", "2026-02-25", true},
    // Working days: the week from Monday to Friday.
    {"number_notice", "2026-11-02", "2026-11-09", true},
    {"number_notice", "2026-11-06", "2026-11-13", true},
    // Over 国庆节 2026: 1 to 7 October off, Saturday 10 October worked.
    {"number_notice", "2026-09-30", "2026-10-13", true},
    {"number_confirmation", "2026-09-18", "2026-10-15", true},
    // Over 春节 2026: 15 to 23 February off; Saturdays 14 and 28 February worked.
    {"number_notice", "2026-02-12", "2026-02-26", true},
    {"plate_mounting", "2026-11-02", "2026-12-14", true},
    // Into a year whose notice is not known.
    {"plate_mounting", "2026-12-01", "2027-01-12", false},
};

TEST(Deadline, is_the_last_day_in_time) {
  for (const Case& one : cases) {
    const LawClock* clock = find_law_clock(one.clock);
    ASSERT_NE(clock, nullptr) << one.clock;
    const Deadline deadline = deadline_of(*clock, day(one.event));
    EXPECT_EQ(day_text(deadline.due), one.due) << one.clock << " from " << one.event;
    EXPECT_EQ(deadline.is_certain, one.is_certain) << one.clock << " from " << one.event;
  }
}

TEST(Deadline, days_left_run_out_to_zero_and_below) {
  const LawClock& notice = *find_law_clock("number_notice");
  const Day due = day("2026-10-13");
  EXPECT_EQ(days_left(notice, due, day("2026-09-30")), 5);
  EXPECT_EQ(days_left(notice, due, day("2026-10-07")), 5);
  EXPECT_EQ(days_left(notice, due, day("2026-10-08")), 4);
  EXPECT_EQ(days_left(notice, due, day("2026-10-13")), 0);
  EXPECT_EQ(days_left(notice, due, day("2026-10-15")), -2);
  const LawClock& filing = *find_law_clock("place_name_filing");
  EXPECT_EQ(days_left(filing, day("2026-12-05"), day("2026-11-20")), 15);
  EXPECT_EQ(days_left(filing, day("2026-12-05"), day("2026-12-07")), -2);
}

TEST(Deadline, counted_forward_is_counted_back) {
  for (const LawClock& clock : law_clocks()) {
    for (Day event = day("2024-01-01"); event < day("2026-11-01"); event += std::chrono::days(7)) {
      EXPECT_EQ(days_left(clock, deadline_of(clock, event).due, event), clock.count) << clock.name << day_text(event);
    }
  }
}

TEST(WorkCalendar, an_office_adds_the_notice_of_a_new_year) {
  WorkCalendar calendar = WorkCalendar::shipped();
  EXPECT_FALSE(calendar.is_known(day("2030-01-01")));
  EXPECT_TRUE(calendar.is_working_day(day("2030-01-01")));
  calendar.add("2030-01-01\t2030-01-03\toff\n2030-01-05\t2030-01-05\twork\n");
  EXPECT_TRUE(calendar.is_known(day("2030-06-01")));
  EXPECT_FALSE(calendar.is_working_day(day("2030-01-01")));
  EXPECT_TRUE(calendar.is_working_day(day("2030-01-05")));
  for (const char* row : {"2030-01-01", "2030-01-03\t2030-01-01\toff", "2030-02-30\t2030-02-30\toff",
                          "2030-01-01\t2030-12-31\toff", "2030-01-01\t2030-01-01\tmaybe"}) {
    EXPECT_THROW(calendar.add(row), Error) << row;
  }
}

TEST(Day, is_read_and_written) {
  EXPECT_EQ(day_text(day("2024-02-29")), "2024-02-29");
  for (const char* text : {"", "2026-2-01", "2026-02-29", "2026/02/01", "1899-01-01", "2026-13-01", "2026-0x-01"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

}  // namespace
}  // namespace menpai::spine

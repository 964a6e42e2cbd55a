// SPDX-License-Identifier: Apache-2.0
// The clocks of the law: until when something must be done, in calendar days or in working days.
//
// Working days are Monday to Friday but for the days that the State Council's yearly notice moves. Those notices come
// in November for the year after; for a year whose notice is not known, weekends alone count and the date says so.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace menpai::spine {

using Day = std::chrono::sys_days;

/// "2026-11-20"; nothing for what is no day of the calendar or not between 1900 and 2199.
std::optional<Day> parse_day(std::string_view text);
std::string day_text(Day day);

/// Which days are worked.
class WorkCalendar {
 public:
  /// The shipped notices (rules/holidays.tsv), read once.
  static const WorkCalendar& shipped();
  /// Adds days of a table of the same form; later rows win. Throws bad_request that names the row.
  void add(std::string_view text);

  bool is_working_day(Day day) const;
  /// True if the notice of the day's year is known.
  bool is_known(Day day) const;

 private:
  std::map<Day, bool> m_days;  ///< days that are worked or not against the week's habit
  std::set<int> m_years;
};

/// One time limit of rules/law_clocks.tsv.
struct LawClock {
  std::string name;  ///< "place_name_filing" …
  int count = 0;
  bool is_working_days = false;
  std::string article;
  std::string title_zh, title_en;
};
std::span<const LawClock> law_clocks();
/// Null if there is none of this name.
const LawClock* find_law_clock(std::string_view name);

struct Deadline {
  Day due;                 ///< the last day on which it is still in time
  bool is_certain = true;  ///< false: it runs into a year whose holidays are not known
};
/// The day of the event does not count. A calendar limit that ends on a holiday is not put off: the earlier day is the
/// safe one for an office.
Deadline deadline_of(const LawClock& clock, Day event, const WorkCalendar& calendar = WorkCalendar::shipped());

/// How many days of the clock's kind are left, today not counted; negative when it is late.
int days_left(const LawClock& clock, Day due, Day today, const WorkCalendar& calendar = WorkCalendar::shipped());

}  // namespace menpai::spine

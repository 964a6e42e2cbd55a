// SPDX-License-Identifier: Apache-2.0
#include "spine/deadline.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <vector>

#include "base/error.hpp"
#include "spine/rules.hpp"

namespace menpai::spine {
namespace {

using std::chrono::days;

int year_of(Day day) {
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::vector<LawClock> read_clocks() {
  std::vector<LawClock> clocks;
  for (const auto& cells : rule_rows(rules_file("law_clocks.tsv"))) {
    MENPAI_ASSERT(cells.size() == 7, "a clock has seven columns");
    const std::optional<int> count = digits(cells[1]);
    MENPAI_ASSERT(count, "a clock counts days");
    clocks.push_back({.name = std::string(cells[0]),
                      .count = *count,
                      .is_working_days = cells[2] == "working",
                      .article = std::string(cells[4]),
                      .title_zh = std::string(cells[5]),
                      .title_en = std::string(cells[6])});
  }
  return clocks;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::optional<int> year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
                           day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 1900 || *year > 2199) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

std::string day_text(Day day) {
  const std::chrono::year_month_day date(day);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

const WorkCalendar& WorkCalendar::shipped() {
  static const WorkCalendar calendar = [] {
    WorkCalendar made;
    made.add(rules_file("holidays.tsv"));
    return made;
  }();
  return calendar;
}

void WorkCalendar::add(std::string_view text) {
  for (const auto& cells : rule_rows(text)) {
    const auto refuse = [&] {
      throw Error(ErrorCode::bad_request, "The row \"" + std::string(cells[0]) +
                                              "\" of the holidays must say: first day, last day, off or work.");
    };
    if (cells.size() < 3) refuse();
    const std::optional<Day> first = parse_day(cells[0]), last = parse_day(cells[1]);
    const bool is_off = cells[2] == "off";
    if (!first || !last || *last < *first || *last - *first > days(31) || (!is_off && cells[2] != "work")) refuse();
    for (Day day = *first; day <= *last; day += days(1)) m_days[day] = !is_off;
    m_years.insert(year_of(*first));
  }
}

bool WorkCalendar::is_working_day(Day day) const {
  const auto at = m_days.find(day);
  if (at != m_days.end()) return at->second;
  const std::chrono::weekday weekday(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

bool WorkCalendar::is_known(Day day) const {
  return m_years.contains(year_of(day));
}

std::span<const LawClock> law_clocks() {
  static const std::vector<LawClock> clocks = read_clocks();
  return clocks;
}

const LawClock* find_law_clock(std::string_view name) {
  const std::span<const LawClock> clocks = law_clocks();
  const auto at = std::find_if(clocks.begin(), clocks.end(), [&](const LawClock& one) { return one.name == name; });
  return at == clocks.end() ? nullptr : &*at;
}

Deadline deadline_of(const LawClock& clock, Day event, const WorkCalendar& calendar) {
  if (!clock.is_working_days) return {event + days(clock.count), true};
  Deadline deadline{event, true};
  for (int counted = 0; counted < clock.count;) {
    deadline.due += days(1);
    deadline.is_certain = deadline.is_certain && calendar.is_known(deadline.due);
    counted += calendar.is_working_day(deadline.due) ? 1 : 0;
  }
  return deadline;
}

int days_left(const LawClock& clock, Day due, Day today, const WorkCalendar& calendar) {
  if (!clock.is_working_days) return static_cast<int>((due - today).count());
  const bool is_late = today > due;
  int count = 0;
  for (Day day = std::min(due, today); day < std::max(due, today);) {
    day += days(1);
    count += calendar.is_working_day(day) ? 1 : 0;
  }
  return is_late ? -count : count;
}

}  // namespace menpai::spine

// SPDX-License-Identifier: Apache-2.0
#include "store/time.hpp"

#include <charconv>
#include <cstdio>
#include <ctime>

namespace menpai::store {

std::string iso_text(Timestamp time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(time));
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const auto read = [&](std::size_t at, std::size_t count, auto& value) {
    const char* end = text.data() + at + count;
    return std::from_chars(text.data() + at, end, value).ptr == end;
  };
  if (!read(0, 4, year) || !read(5, 2, month) || !read(8, 2, day)) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>((std::chrono::sys_days(date) - postgres_epoch).count())};
}

std::optional<Timestamp> parse_time(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') {
    return std::nullopt;
  }
  const std::optional<Date> date = parse_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  const auto two = [&](std::size_t at, int most) -> std::optional<int> {
    int value = 0;
    const char* end = text.data() + at + 2;
    if (std::from_chars(text.data() + at, end, value).ptr != end || value < 0 || value > most) return std::nullopt;
    return value;
  };
  const auto hours = two(11, 23);
  const auto minutes = two(14, 59);
  const auto seconds = two(17, 59);
  if (!hours || !minutes || !seconds) return std::nullopt;
  return Timestamp(postgres_epoch + std::chrono::days(date->days)) + std::chrono::hours(*hours) +
         std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds);
}

std::string iso_text(Date date) {
  if (date.days == Date::since_ever || date.days == Date::for_ever) return {};
  const std::chrono::year_month_day parts(postgres_epoch + std::chrono::days(date.days));
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(parts.year()),
                static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
  return text;
}

Date today() {
  const auto china = std::chrono::system_clock::now() + std::chrono::hours(8);
  return {static_cast<std::int32_t>((std::chrono::floor<std::chrono::days>(china) - postgres_epoch).count())};
}

}  // namespace menpai::store

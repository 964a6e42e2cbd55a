// SPDX-License-Identifier: Apache-2.0
// Moments and days as the database keeps them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace menpai::store {

/// PostgreSQL counts from here.
inline constexpr std::chrono::sys_days postgres_epoch = std::chrono::year{2000} / 1 / 1;

using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

inline Timestamp now() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}
/// "2026-11-20T09:14:35Z", UTC.
std::string iso_text(Timestamp time);

/// A day of the proleptic Gregorian calendar; PostgreSQL's date.
struct Date {
  std::int32_t days = 0;  ///< from 2000-01-01
  static constexpr std::int32_t since_ever = INT32_MIN, for_ever = INT32_MAX;
  bool operator==(const Date&) const = default;
};
/// "2023-06-30"; nothing if it is not a day that exists.
std::optional<Date> parse_date(std::string_view text);
/// "2026-11-20T09:14:35Z"; nothing if it is no such time.
std::optional<Timestamp> parse_time(std::string_view text);
/// Empty for since_ever and for_ever.
std::string iso_text(Date date);
/// Today in China, whose offices keep no other time.
Date today();

}  // namespace menpai::store

// SPDX-License-Identifier: Apache-2.0
// Between CGCS2000 and the shifted systems of commercial maps.
#include "geo/transform.hpp"

#include <cmath>
#include <numbers>
#include <string>

namespace menpai::geo {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double krassovsky_a = 6378245.0;
constexpr double krassovsky_ee = 0.00669342162296594323;
constexpr double bd_pi = pi * 3000.0 / 180.0;
// A ten-billionth of a degree is a hundredth of a millimetre.
constexpr double exact_degrees = 1e-10;
constexpr int steps_max = 30;

bool is_shifted(double lon, double lat) {
  return lon >= 73.66 && lon <= 135.05 && lat >= 3.86 && lat <= 53.55;
}

struct Shift {
  double lon;
  double lat;
};

Shift gcj_shift(double lon, double lat) {
  const double x = lon - 105.0;
  const double y = lat - 35.0;
  const double root = std::sqrt(std::abs(x));
  const double ripple = (20.0 * std::sin(6.0 * x * pi) + 20.0 * std::sin(2.0 * x * pi)) * 2.0 / 3.0;
  double north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple;
  north += (20.0 * std::sin(y * pi) + 40.0 * std::sin(y / 3.0 * pi)) * 2.0 / 3.0;
  north += (160.0 * std::sin(y / 12.0 * pi) + 320.0 * std::sin(y * pi / 30.0)) * 2.0 / 3.0;
  double east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple;
  east += (20.0 * std::sin(x * pi) + 40.0 * std::sin(x / 3.0 * pi)) * 2.0 / 3.0;
  east += (150.0 * std::sin(x / 12.0 * pi) + 300.0 * std::sin(x / 30.0 * pi)) * 2.0 / 3.0;

  const double phi = lat / 180.0 * pi;
  const double magic = 1.0 - krassovsky_ee * std::sin(phi) * std::sin(phi);
  const double root_magic = std::sqrt(magic);
  const double meridian = krassovsky_a * (1.0 - krassovsky_ee) / (magic * root_magic);
  return {east * 180.0 / (krassovsky_a / root_magic * std::cos(phi) * pi), north * 180.0 / (meridian * pi)};
}

/// Solves forward(x) = wanted by repeated correction; the shift changes slowly, so each step gains about three digits.
template <class From, class To, class Forward>
To invert(From wanted, Forward forward) {
  To guess{wanted.lon, wanted.lat};
  for (int step = 0; step < steps_max; ++step) {
    const From there = forward(guess);
    const double lon_error = there.lon - wanted.lon;
    const double lat_error = there.lat - wanted.lat;
    guess.lon -= lon_error;
    guess.lat -= lat_error;
    if (std::abs(lon_error) < exact_degrees && std::abs(lat_error) < exact_degrees) break;
  }
  return guess;
}

}  // namespace

std::string_view crs_name(Crs crs) {
  switch (crs) {
    case Crs::cgcs2000:
      return "cgcs2000";
    case Crs::wgs84:
      return "wgs84";
    case Crs::gcj02:
      return "gcj02";
    case Crs::bd09:
      return "bd09";
  }
  return "";
}

std::optional<Crs> parse_crs(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ' || c == ':') continue;
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (plain == "cgcs2000" || plain == "epsg4490") return Crs::cgcs2000;
  if (plain == "wgs84" || plain == "epsg4326") return Crs::wgs84;
  if (plain == "gcj02") return Crs::gcj02;
  if (plain == "bd09" || plain == "bd09ll") return Crs::bd09;
  return std::nullopt;
}

Point<Gcj02> to_gcj02(LonLat point) {
  if (!is_shifted(point.lon, point.lat)) return {point.lon, point.lat};
  const Shift shift = gcj_shift(point.lon, point.lat);
  return {point.lon + shift.lon, point.lat + shift.lat};
}

Point<Bd09> to_bd09(Point<Gcj02> point) {
  if (!is_shifted(point.lon, point.lat)) return {point.lon, point.lat};
  const double radius = std::hypot(point.lon, point.lat) + 0.00002 * std::sin(point.lat * bd_pi);
  const double angle = std::atan2(point.lat, point.lon) + 0.000003 * std::cos(point.lon * bd_pi);
  return {radius * std::cos(angle) + 0.0065, radius * std::sin(angle) + 0.006};
}

Point<Bd09> to_bd09(LonLat point) {
  return to_bd09(to_gcj02(point));
}

LonLat to_cgcs2000(Point<Gcj02> point) {
  if (!is_shifted(point.lon, point.lat)) return {point.lon, point.lat};
  return invert<Point<Gcj02>, LonLat>(point, [](LonLat guess) { return to_gcj02(guess); });
}

Point<Gcj02> to_gcj02(Point<Bd09> point) {
  if (!is_shifted(point.lon, point.lat)) return {point.lon, point.lat};
  return invert<Point<Bd09>, Point<Gcj02>>(point, [](Point<Gcj02> guess) { return to_bd09(guess); });
}

LonLat to_cgcs2000(Point<Bd09> point) {
  return to_cgcs2000(to_gcj02(point));
}

LonLat to_cgcs2000(double lon, double lat, Crs crs) {
  switch (crs) {
    case Crs::gcj02:
      return to_cgcs2000(Point<Gcj02>{lon, lat});
    case Crs::bd09:
      return to_cgcs2000(Point<Bd09>{lon, lat});
    case Crs::cgcs2000:
    case Crs::wgs84:
      break;
  }
  return {lon, lat};
}

bool is_on_globe(double lon, double lat) {
  return lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90;
}

}  // namespace menpai::geo

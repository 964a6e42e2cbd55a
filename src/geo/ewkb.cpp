// SPDX-License-Identifier: Apache-2.0
#include "geo/ewkb.hpp"

#include <bit>
#include <cstdint>
#include <cstring>
#include <utility>

namespace menpai::geo {
namespace {

constexpr std::uint32_t has_srid = 0x20000000;
constexpr std::uint32_t srid_of_cgcs2000 = 4490;

class WkbReader {
 public:
  explicit WkbReader(std::string_view bytes) : m_rest(bytes) {}

  bool is_good() const { return m_is_good; }
  bool is_done() const { return m_is_good && m_rest.empty(); }

  /// The kind: 1 point, 2 line, 3 polygon, 5 lines, 6 polygons.
  std::uint32_t head() {
    if (number<std::uint8_t>() != 1) m_is_good = false;
    const auto kind = number<std::uint32_t>();
    if ((kind & has_srid) != 0 && number<std::uint32_t>() != srid_of_cgcs2000) m_is_good = false;
    return kind & ~has_srid;
  }
  /// How many parts come, each of at least so many bytes.
  std::uint32_t count(std::size_t bytes_each) {
    const auto parts = number<std::uint32_t>();
    if (parts > m_rest.size() / bytes_each) m_is_good = false;
    return m_is_good ? parts : 0;
  }
  LonLat point() {
    const auto lon = number<double>();
    return {lon, number<double>()};
  }
  Line points() {
    Line line(count(16));
    for (LonLat& one : line) one = point();
    return line;
  }
  Polygon rings() {
    Polygon polygon{std::vector<Ring>(count(4))};
    for (Ring& ring : polygon.rings) ring = points();
    return polygon;
  }
  void expect(std::uint32_t kind) {
    if (head() != kind) m_is_good = false;
  }

 private:
  template <class T>
  T number() {
    static_assert(std::endian::native == std::endian::little);
    T value{};
    if (m_rest.size() < sizeof value) {
      m_is_good = false;
      m_rest = {};
      return value;
    }
    std::memcpy(&value, m_rest.data(), sizeof value);
    m_rest.remove_prefix(sizeof value);
    return value;
  }

  std::string_view m_rest;
  bool m_is_good = true;
};

}  // namespace

std::optional<Geometry> parse_ewkb(std::string_view bytes) {
  WkbReader in(bytes);
  Geometry geometry;
  const std::uint32_t kind = in.head();
  if (kind == 1) {
    geometry = in.point();
  } else if (kind == 2) {
    geometry = in.points();
  } else if (kind == 3) {
    geometry = in.rings();
  } else if (kind == 5) {
    MultiLine lines{std::vector<Line>(in.count(9))};
    for (Line& line : lines.lines) {
      in.expect(2);
      line = in.points();
    }
    geometry = std::move(lines);
  } else if (kind == 6) {
    MultiPolygon polygons{std::vector<Polygon>(in.count(9))};
    for (Polygon& polygon : polygons.polygons) {
      in.expect(3);
      polygon = in.rings();
    }
    geometry = std::move(polygons);
  } else {
    return std::nullopt;
  }
  if (!in.is_done()) return std::nullopt;
  return geometry;
}

}  // namespace menpai::geo

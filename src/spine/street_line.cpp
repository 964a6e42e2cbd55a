// SPDX-License-Identifier: Apache-2.0
#include "spine/street_line.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <variant>

#include "base/error.hpp"

namespace menpai::spine {
namespace {

/// On the sphere of geo::distance_m.
constexpr double metres_a_degree = 6371008.8 * std::numbers::pi / 180;
constexpr double on_line_m = 0.5;

/// The pieces of a street in one line: the next is the one whose end is nearest to where the last one ended.
geo::Line join(geo::MultiLine pieces) {
  std::erase_if(pieces.lines, [](const geo::Line& line) { return line.size() < 2; });
  if (pieces.lines.empty()) return {};
  geo::Line joined = pieces.lines.front();
  pieces.lines.erase(pieces.lines.begin());
  while (!pieces.lines.empty()) {
    std::size_t best = 0;
    double best_m = 1e18;
    bool at_back = true, turned = false;
    for (std::size_t i = 0; i < pieces.lines.size(); ++i) {
      const geo::Line& piece = pieces.lines[i];
      const double gaps[4] = {
          geo::distance_m(joined.back(), piece.front()), geo::distance_m(joined.back(), piece.back()),
          geo::distance_m(joined.front(), piece.back()), geo::distance_m(joined.front(), piece.front())};
      for (int way = 0; way < 4; ++way) {
        if (gaps[way] >= best_m) continue;
        best = i, best_m = gaps[way], at_back = way < 2, turned = way % 2 == 1;
      }
    }
    geo::Line piece = std::move(pieces.lines[best]);
    pieces.lines.erase(pieces.lines.begin() + static_cast<std::ptrdiff_t>(best));
    if (turned) std::reverse(piece.begin(), piece.end());
    joined.insert(at_back ? joined.end() : joined.begin(), piece.begin(), piece.end());
  }
  return joined;
}

geo::Line line_of(const geo::Geometry& geometry) {
  if (const auto* line = std::get_if<geo::Line>(&geometry)) return *line;
  if (const auto* lines = std::get_if<geo::MultiLine>(&geometry)) return join(*lines);
  return {};
}

}  // namespace

StreetLine::StreetLine(const geo::Geometry& line, const NumberingRule& rule, std::optional<geo::LonLat> entrance)
    : m_line(line_of(line)) {
  m_line.erase(std::unique(m_line.begin(), m_line.end()), m_line.end());
  m_length_m = m_line.size() < 2 ? 0 : geo::length_m(m_line);
  if (m_length_m <= 0) throw Error(ErrorCode::bad_request, "To number along a street its line is needed.");
  m_origin = m_line.front();
  m_metres_a_lon = metres_a_degree * std::cos(m_origin.lat * std::numbers::pi / 180);

  // A street that bends goes where its ends lie; a ring goes nowhere and is taken as it is drawn.
  const Flat end = flat(m_line.back());
  m_is_east_west = std::abs(end.x_m) >= std::abs(end.y_m);
  bool is_turned = false;
  if (entrance) {
    is_turned = geo::distance_m(*entrance, m_line.back()) < geo::distance_m(*entrance, m_line.front());
  } else if (m_is_east_west) {
    is_turned = (rule.east_west_from == Compass::east) == (end.x_m > 0);
  } else {
    is_turned = (rule.north_south_from == Compass::north) == (end.y_m > 0);
  }
  if (is_turned) std::reverse(m_line.begin(), m_line.end());
  m_origin = m_line.front();

  const OddSide odd = entrance ? rule.dead_end_odd : rule.odd_side;
  const Flat last = flat(m_line.back());
  if (odd == OddSide::left || odd == OddSide::right) {
    m_is_odd_on_left = odd == OddSide::left;
  } else {
    // Looking east, north is on the left; looking north, west is on the left.
    const bool is_north_west_left = m_is_east_west ? last.x_m > 0 : last.y_m > 0;
    m_is_odd_on_left = (odd == OddSide::north_west) == is_north_west_left;
  }
}

StreetLine::Flat StreetLine::flat(geo::LonLat point) const {
  return {(point.lon - m_origin.lon) * m_metres_a_lon, (point.lat - m_origin.lat) * metres_a_degree};
}

Station StreetLine::station_of(geo::LonLat point) const {
  const Flat p = flat(point);
  Station best;
  double best_m = 1e18;
  double before_m = 0;
  Flat a = flat(m_line.front());
  for (std::size_t i = 1; i < m_line.size(); ++i) {
    const Flat b = flat(m_line[i]);
    const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m;
    const double length = std::hypot(dx, dy);
    if (length > 0) {
      const double share = std::clamp(((p.x_m - a.x_m) * dx + (p.y_m - a.y_m) * dy) / (length * length), 0.0, 1.0);
      const double away = std::hypot(p.x_m - a.x_m - share * dx, p.y_m - a.y_m - share * dy);
      if (away < best_m) {
        best_m = away;
        const double cross = dx * (p.y_m - a.y_m) - dy * (p.x_m - a.x_m);
        best = {before_m + share * length, cross >= 0 ? away : -away};
      }
    }
    before_m += length;
    a = b;
  }
  return best;
}

geo::LonLat StreetLine::point_at(double along_m) const {
  double before_m = 0;
  for (std::size_t i = 1; i < m_line.size(); ++i) {
    const Flat a = flat(m_line[i - 1]), b = flat(m_line[i]);
    const double length = std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
    if (along_m <= before_m + length && length > 0) {
      const double share = std::max(0.0, (along_m - before_m) / length);
      return {m_line[i - 1].lon + share * (m_line[i].lon - m_line[i - 1].lon),
              m_line[i - 1].lat + share * (m_line[i].lat - m_line[i - 1].lat)};
    }
    before_m += length;
  }
  return m_line.back();
}

std::optional<Parity> StreetLine::parity_at(const Station& station) const {
  if (std::abs(station.offset_m) < on_line_m) return std::nullopt;
  return (station.offset_m > 0) == m_is_odd_on_left ? Parity::odd : Parity::even;
}

}  // namespace menpai::spine

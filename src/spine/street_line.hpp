// SPDX-License-Identifier: Apache-2.0
// A street as a line to number along: where it begins, how far along and on which side a door lies.
#pragma once

#include <optional>

#include "geo/geometry.hpp"
#include "spine/numbering_rule.hpp"

namespace menpai::spine {

enum class Parity : std::uint8_t { odd, even };

/// Where a door lies by its street.
struct Station {
  double along_m = 0;   ///< metres from where the numbers begin
  double offset_m = 0;  ///< metres from the line, positive on the left, looking along the numbers
};

class StreetLine {
 public:
  /// Turns the line so that the rule's numbers rise along it. `entrance`: the street is a dead end that is entered
  /// there; its numbers begin at the end nearest to it. Parts of a line that is drawn in pieces are put end to end.
  /// Throws bad_request for a geometry that is no line, or one without length.
  StreetLine(const geo::Geometry& line, const NumberingRule& rule, std::optional<geo::LonLat> entrance = std::nullopt);

  /// The nearest place on the line. Doors before its beginning or behind its end get the end's distance. Costs the
  /// number of the line's corners.
  Station station_of(geo::LonLat point) const;
  geo::LonLat point_at(double along_m) const;
  /// None for a door that lies on the line itself (within half a metre).
  std::optional<Parity> parity_at(const Station& station) const;

  const geo::Line& line() const { return m_line; }
  double length_m() const { return m_length_m; }
  bool is_east_west() const { return m_is_east_west; }
  bool is_odd_on_left() const { return m_is_odd_on_left; }

 private:
  struct Flat {
    double x_m, y_m;
  };
  Flat flat(geo::LonLat point) const;

  geo::Line m_line;
  double m_length_m = 0;
  bool m_is_east_west = false;
  bool m_is_odd_on_left = true;
  geo::LonLat m_origin;
  double m_metres_a_lon = 0;
};

}  // namespace menpai::spine

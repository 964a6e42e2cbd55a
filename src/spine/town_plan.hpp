// SPDX-License-Identifier: Apache-2.0
// The demo town's ground plan: which blocks there are, where their roads run, what everything is called.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "geo/geometry.hpp"
#include "spine/random.hpp"
#include "spine/town.hpp"

namespace menpai::spine {

/// Metres in the town's own plane before it is bent: east, north of the centre.
struct Spot {
  double x = 0;
  double y = 0;
};
struct Rect {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double width() const { return x1 - x0; }
  double depth() const { return y1 - y0; }
  Spot centre() const { return {(x0 + x1) / 2, (y0 + y1) / 2}; }
  Rect inset(double by) const { return {x0 + by, y0 + by, x1 - by, y1 - by}; }
};

/// A block between four roads, by column and row; (0, 0) is the centre.
struct Block {
  int column = 0;
  int row = 0;
};
/// Blocks in the order in which the town grows: a square spiral from the centre. Each index is one block, without gaps.
Block block_at(std::uint64_t index);
std::uint64_t block_index(Block block);

enum class BlockKind : std::uint8_t { old_town, estate, business, industry, rural, civic };

/// A side of a block, and the road along it.
enum class Side : std::uint8_t { south, east, north, west };

/// 一, 十二, 二十: for 1 to 99.
std::string chinese_numeral(int value);

class TownPlan {
 public:
  /// `blocks` 0: not known yet; then only kind() and rect() may be asked.
  TownPlan(const TownOptions& options, const TownDivisions& divisions, std::uint64_t blocks);

  BlockKind kind(Block block) const;
  /// The ground between the pavements.
  Rect rect(Block block) const;
  const Division& village(Block block) const;

  /// The road along a side, and door numbers on it by distance: one number every 5 m on each side of the road.
  /// North-south roads count from the south, west side odd; east-west roads from the east, south side odd (left odd,
  /// right even seen from the start, as cities of the Fujian rule do; it differs by city).
  std::string road_name(Block block, Side side) const;
  int door_number(Block block, Side side, double along) const;
  int door_number_end(Block block, Side side) const;

  /// Unused names, a different one for every `index`.
  std::string lane_root(std::uint64_t index) const;
  std::string estate_name(std::uint64_t index) const;
  std::string company_root(std::uint64_t index) const;

  /// All main roads, stretch by stretch.
  template <class Visit>
  void each_road(Visit visit) const;

  geo::LonLat to_lon_lat(Spot spot) const;
  geo::Polygon polygon(const Rect& rect) const;
  geo::Line line(Spot from, Spot to) const;

  std::uint64_t seed() const { return m_seed; }

  struct Road;
  geo::Line road_line(const Road& road) const;

  /// One named stretch of a main road.
  struct Road {
    bool east_west = false;
    int line = 0;  ///< number of the grid line
    int from = 0;  ///< first block along it
    int to = 0;    ///< one behind the last
    std::string name;
    bool wide = false;
  };

 private:
  struct Stretch {
    bool east_west;
    int line;
    int run;
  };
  Stretch stretch(Block block, Side side) const;
  std::string stretch_name(const Stretch& stretch) const;
  std::uint64_t stretch_index(const Stretch& stretch) const;
  /// The blocks [first, last) along a stretch that the town reaches.
  void clip(const Stretch& stretch, int& first, int& last) const;
  Road road(const Stretch& stretch, int first, int last) const;
  double line_x(int line) const;
  double line_y(int line) const;
  static double half_width(bool wide);
  bool is_wide(bool east_west, int line) const;
  std::string pair_name(std::uint64_t index, std::uint64_t salt) const;

  std::uint64_t m_seed;
  std::uint64_t m_blocks;
  double m_radius;  ///< of the town in blocks, as expected
  int m_low_column = 0, m_high_column = 0, m_low_row = 0, m_high_row = 0;
  const TownDivisions* m_divisions;
};

template <class Visit>
void TownPlan::each_road(Visit visit) const {
  for (const bool east_west : {false, true}) {
    const int low = east_west ? m_low_row : m_low_column;
    const int high = east_west ? m_high_row : m_high_column;
    const int along_low = east_west ? m_low_column : m_low_row;
    const int along_high = east_west ? m_high_column : m_high_row;
    for (int grid_line = low; grid_line <= high + 1; ++grid_line) {
      for (int at = along_low; at <= along_high;) {
        const Block block = east_west ? Block{at, grid_line} : Block{grid_line, at};
        const Stretch here = stretch(block, east_west ? Side::south : Side::west);
        int first = 0;
        int last = 0;
        clip(here, first, last);
        visit(road(here, first, last));
        at = last;
      }
    }
  }
}

}  // namespace menpai::spine

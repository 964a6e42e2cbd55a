// SPDX-License-Identifier: Apache-2.0
// The demo town's ground plan.
#include "spine/town_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace menpai::spine {
namespace {

// The grid of main roads, in metres.
constexpr double column_m = 430;
constexpr double row_m = 400;
constexpr double shake_m = 45;  // each grid line lies up to this far from its even place
constexpr double door_m = 5;    // one door number every so many metres on each side
constexpr int run_blocks = 8;   // a road changes its name after so many blocks
constexpr int wide_every = 4;
constexpr double rooms_a_block = 1150;  // a first guess, for how far the town will reach

// Where the town lies, and how its plane is turned and bent.
constexpr double centre_lon = 113.38;
constexpr double centre_lat = 22.58;
constexpr double turn_radians = 0.12;
constexpr double bend_m = 55;
constexpr double bend_wave_m = 3100;

// Names are one character of the first row and one of the second, none of which stands in both.
constexpr std::array<std::string_view, 60> first_characters = {
    "兴", "福", "永", "新", "丰", "顺", "裕", "荣", "昌", "隆", "泰", "瑞", "嘉", "景", "锦",
    "翠", "碧", "银", "金", "玉", "彩", "星", "晨", "朝", "晓", "凤", "龙", "鹤", "鸿", "雁",
    "松", "竹", "梅", "兰", "桂", "柏", "榕", "荔", "莲", "荷", "菊", "枫", "桐", "柳", "青",
    "紫", "丹", "怡", "悦", "欣", "恒", "宏", "广", "宝", "文", "雅", "逸", "云", "沁", "华"};
constexpr std::array<std::string_view, 60> second_characters = {
    "港", "民", "业", "宁", "乐", "源", "盛", "发", "达", "和", "平", "安", "康", "富", "祥",
    "庆", "元", "通", "明", "德", "仁", "义", "礼", "信", "江", "湖", "河", "溪", "泉", "洲",
    "沙", "岸", "桥", "山", "岭", "峰", "林", "田", "塘", "涌", "围", "基", "晖", "阳", "光",
    "月", "霞", "虹", "雨", "风", "波", "海", "茂", "亭", "学", "贤", "智", "勤", "善", "芳"};
constexpr std::uint64_t pairs = first_characters.size() * second_characters.size();
constexpr std::array<std::string_view, 8> estate_suffixes = {"花园", "苑",   "居",   "雅苑",
                                                             "名苑", "新村", "家园", "花园"};

int floor_div(int value, int by) {
  return value >= 0 ? value / by : -((-value + by - 1) / by);
}

BlockKind pick_kind(double roll, const std::array<double, 5>& limits) {
  constexpr std::array<BlockKind, 6> kinds = {BlockKind::old_town, BlockKind::estate, BlockKind::business,
                                              BlockKind::industry, BlockKind::rural,  BlockKind::civic};
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (roll < limits[i]) return kinds[i];
  }
  return kinds.back();
}

}  // namespace

Block block_at(std::uint64_t index) {
  if (index == 0) return {};
  // Ring k holds the indices (2k-1)^2 to (2k+1)^2 - 1 and is walked from its south-east corner northwards.
  auto ring = static_cast<std::int64_t>((std::sqrt(static_cast<double>(index)) + 1) / 2);
  while ((2 * ring - 1) * (2 * ring - 1) > static_cast<std::int64_t>(index)) --ring;
  while ((2 * ring + 1) * (2 * ring + 1) <= static_cast<std::int64_t>(index)) ++ring;
  const std::int64_t side = 2 * ring;
  const std::int64_t along = static_cast<std::int64_t>(index) - (2 * ring - 1) * (2 * ring - 1);
  const std::int64_t step = along % side + 1;
  std::int64_t column = 0;
  std::int64_t row = 0;
  switch (along / side) {
    case 0:
      column = ring, row = -ring + step;
      break;
    case 1:
      column = ring - step, row = ring;
      break;
    case 2:
      column = -ring, row = ring - step;
      break;
    default:
      column = -ring + step, row = -ring;
      break;
  }
  return {static_cast<int>(column), static_cast<int>(row)};
}

std::uint64_t block_index(Block block) {
  const int ring = std::max(std::abs(block.column), std::abs(block.row));
  if (ring == 0) return 0;
  const int side = 2 * ring;
  int along = 0;
  if (block.column == ring && block.row > -ring) {
    along = block.row + ring - 1;
  } else if (block.row == ring) {
    along = side + ring - block.column - 1;
  } else if (block.column == -ring) {
    along = 2 * side + ring - block.row - 1;
  } else {
    along = 3 * side + block.column + ring - 1;
  }
  const auto inner = static_cast<std::uint64_t>(2 * ring - 1);
  return inner * inner + static_cast<std::uint64_t>(along);
}

std::string chinese_numeral(int value) {
  constexpr std::array<std::string_view, 10> digits = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::string text;
  if (value >= 20) text += digits[static_cast<std::size_t>(value / 10 % 10)];
  if (value >= 10) text += "十";
  return text.append(digits[static_cast<std::size_t>(value % 10)]);
}

TownPlan::TownPlan(const TownOptions& options, const TownDivisions& divisions, std::uint64_t blocks)
    : m_seed(options.seed),
      m_blocks(blocks),
      m_radius(std::max(1.0, std::sqrt(static_cast<double>(options.rooms) / rooms_a_block) / 2)),
      m_divisions(&divisions) {
  // The bounds follow from the last ring; looking at its blocks costs the square root of the town.
  const Block last = block_at(blocks > 0 ? blocks - 1 : 0);
  const int ring = std::max(std::abs(last.column), std::abs(last.row));
  const auto inner = static_cast<std::uint64_t>(std::max(0, 2 * ring - 1));
  if (ring > 0) m_low_column = m_low_row = -(ring - 1), m_high_column = m_high_row = ring - 1;
  for (std::uint64_t i = inner * inner; i < blocks; ++i) {
    const Block block = block_at(i);
    m_low_column = std::min(m_low_column, block.column);
    m_high_column = std::max(m_high_column, block.column);
    m_low_row = std::min(m_low_row, block.row);
    m_high_row = std::max(m_high_row, block.row);
  }
}

BlockKind TownPlan::kind(Block block) const {
  constexpr std::array<BlockKind, 9> heart = {BlockKind::business, BlockKind::old_town, BlockKind::estate,
                                              BlockKind::civic,    BlockKind::old_town, BlockKind::estate,
                                              BlockKind::rural,    BlockKind::estate,   BlockKind::industry};
  const std::uint64_t index = block_index(block);
  // A small town has a bit of everything; a large one is ordered from the centre outwards.
  if (index < heart.size() && (m_radius < 2.5 || index < 4)) return heart[index];
  Random random{m_seed, 0x6B696E64, index};
  const double reach = std::max(std::abs(block.column), std::abs(block.row)) / m_radius + random.real(-0.15, 0.15);
  const double roll = random.real();
  if (reach < 0.35) return pick_kind(roll, {0.38, 0.70, 0.86, 0.86, 0.86});
  if (reach < 0.75) return pick_kind(roll, {0.20, 0.58, 0.66, 0.78, 0.88});
  return pick_kind(roll, {0.08, 0.24, 0.24, 0.42, 0.95});
}

Rect TownPlan::rect(Block block) const {
  return {line_x(block.column) + half_width(is_wide(false, block.column)),
          line_y(block.row) + half_width(is_wide(true, block.row)),
          line_x(block.column + 1) - half_width(is_wide(false, block.column + 1)),
          line_y(block.row + 1) - half_width(is_wide(true, block.row + 1))};
}

const Division& TownPlan::village(Block block) const {
  // Every village has a heart; a block belongs to the nearest. Village committees (村) lie farther out than residents'
  // committees (社区), which are 001-199 in the last three digits.
  double best = std::numeric_limits<double>::infinity();
  std::size_t nearest = 0;
  for (std::size_t i = 0; i < m_divisions->villages.size(); ++i) {
    const std::string& code = m_divisions->villages[i].code;
    const bool rural = code.size() == 12 && code[9] >= '2';
    Random random{m_seed, 0x76696C6C, i};
    const double angle = static_cast<double>(i) * 2.39996 + random.real(-0.3, 0.3);
    const double reach = m_radius * (rural ? random.real(0.8, 1.0) : random.real(0.15, 0.8));
    const double far = std::hypot(block.column - reach * std::cos(angle), block.row - reach * std::sin(angle));
    if (far < best) best = far, nearest = i;
  }
  return m_divisions->villages[nearest];
}

TownPlan::Stretch TownPlan::stretch(Block block, Side side) const {
  const bool east_west = side == Side::south || side == Side::north;
  const int grid_line =
      east_west ? block.row + (side == Side::north ? 1 : 0) : block.column + (side == Side::east ? 1 : 0);
  return {east_west, grid_line, floor_div(east_west ? block.column : block.row, run_blocks)};
}

void TownPlan::clip(const Stretch& stretch, int& first, int& last) const {
  const int low = stretch.east_west ? m_low_column : m_low_row;
  const int high = stretch.east_west ? m_high_column : m_high_row;
  first = std::max(low, stretch.run * run_blocks);
  last = std::min(high + 1, (stretch.run + 1) * run_blocks);
}

TownPlan::Road TownPlan::road(const Stretch& stretch, int first, int last) const {
  return {
      stretch.east_west, stretch.line, first, last, stretch_name(stretch), is_wide(stretch.east_west, stretch.line)};
}

std::uint64_t TownPlan::stretch_index(const Stretch& stretch) const {
  const int low_column = std::min(m_low_column, 0);
  const int low_row = std::min(m_low_row, 0);
  const int lines = std::max(m_high_column - low_column, m_high_row - low_row) + 2;
  const int low_run = floor_div(std::min(low_column, low_row), run_blocks);
  const int runs = floor_div(std::max(m_high_column, m_high_row), run_blocks) - low_run + 1;
  const int line_at = stretch.line - (stretch.east_west ? low_row : low_column);
  const int index = ((stretch.east_west ? 1 : 0) * lines + line_at) * runs + (stretch.run - low_run);
  return static_cast<std::uint64_t>(index);
}

std::string TownPlan::stretch_name(const Stretch& stretch) const {
  const bool wide = is_wide(stretch.east_west, stretch.line);
  // Two stretches that meet at an odd run are one road in two halves (兴港南路, 兴港北路) in a third of the cases.
  const int pair = floor_div(stretch.run + 1, 2);
  const auto key =
      static_cast<std::uint64_t>(static_cast<std::uint32_t>(stretch.line)) << 32 | static_cast<std::uint32_t>(pair);
  const bool halves = Random{m_seed, 0x68616C66, stretch.east_west ? 1U : 0U, key}.chance(0.35);
  if (!halves) return pair_name(stretch_index(stretch), 0x726F6164) + (wide ? "大道" : "路");
  const bool second = stretch.run == 2 * pair;
  // The name of the first half; a stretch_index below the first run would not exist.
  const bool has_first = !second || stretch.run * run_blocks > (stretch.east_west ? m_low_column : m_low_row);
  const Stretch named = second && has_first ? Stretch{stretch.east_west, stretch.line, stretch.run - 1} : stretch;
  const std::string root = pair_name(stretch_index(named), 0x726F6164);
  const std::string_view half = stretch.east_west ? (second ? "东" : "西") : (second ? "北" : "南");
  return root + std::string(half) + (wide ? "大道" : "路");
}

std::string TownPlan::road_name(Block block, Side side) const {
  return stretch_name(stretch(block, side));
}

int TownPlan::door_number(Block block, Side side, double along) const {
  const Stretch on = stretch(block, side);
  int first = 0;
  int last = 0;
  clip(on, first, last);
  const double distance = on.east_west ? line_x(last) - along : along - line_y(first);
  const int slot = static_cast<int>(std::max(0.0, distance) / door_m);
  // A block lies north of the road on its south side: right hand when walking west.
  const bool odd = side == Side::north || side == Side::east;
  return 2 * slot + (odd ? 1 : 2);
}

int TownPlan::door_number_end(Block block, Side side) const {
  const Stretch on = stretch(block, side);
  int first = 0;
  int last = 0;
  clip(on, first, last);
  const double length = on.east_west ? line_x(last) - line_x(first) : line_y(last) - line_y(first);
  return 2 * static_cast<int>(length / door_m) + 2;
}

std::string TownPlan::pair_name(std::uint64_t index, std::uint64_t salt) const {
  // Multiplying by a number without a factor 2, 3 or 5 goes through all 3,600 pairs before one comes again.
  constexpr std::array<std::uint64_t, 6> steps = {1567, 1877, 2221, 2591, 2903, 3271};
  Random random{m_seed, salt};
  const std::uint64_t step = random.pick(steps);
  const std::uint64_t pair = (index % pairs * step + random.below(pairs)) % pairs;
  std::string name;
  for (std::uint64_t more = index / pairs; more > 0; more = (more - 1) / first_characters.size()) {
    name += first_characters[(more - 1) % first_characters.size()];
  }
  name += first_characters[pair / second_characters.size()];
  return name.append(second_characters[pair % second_characters.size()]);
}

std::string TownPlan::lane_root(std::uint64_t index) const {
  return pair_name(index, 0x6C616E65);
}

std::string TownPlan::estate_name(std::uint64_t index) const {
  Random random{m_seed, 0x73756666, index};
  return pair_name(index, 0x65737461).append(random.pick(estate_suffixes));
}

std::string TownPlan::company_root(std::uint64_t index) const {
  return pair_name(index, 0x636F6D70);
}

double TownPlan::line_x(int line) const {
  Random random{m_seed, 0x6C696E78, static_cast<std::uint32_t>(line)};
  return (line - 0.5) * column_m + random.real(-shake_m, shake_m);
}

double TownPlan::line_y(int line) const {
  Random random{m_seed, 0x6C696E79, static_cast<std::uint32_t>(line)};
  return (line - 0.5) * row_m + random.real(-shake_m, shake_m);
}

double TownPlan::half_width(bool wide) {
  return wide ? 24 : 15;
}

bool TownPlan::is_wide(bool east_west, int line) const {
  return floor_div(line, wide_every) * wide_every == line - (east_west ? 1 : 0);
}

geo::Line TownPlan::road_line(const Road& road) const {
  if (road.east_west) return line({line_x(road.from), line_y(road.line)}, {line_x(road.to), line_y(road.line)});
  return line({line_x(road.line), line_y(road.from)}, {line_x(road.line), line_y(road.to)});
}

geo::LonLat TownPlan::to_lon_lat(Spot spot) const {
  const double wave = 2 * std::numbers::pi / bend_wave_m;
  Random random{m_seed, 0x62656E64};
  const double phase_x = random.real(0, 2 * std::numbers::pi);
  const double phase_y = random.real(0, 2 * std::numbers::pi);
  const double bent_x = spot.x + bend_m * std::sin(wave * spot.y + phase_x);
  const double bent_y = spot.y - bend_m * std::sin(wave * spot.x * 0.83 + phase_y);
  const double east = bent_x * std::cos(turn_radians) - bent_y * std::sin(turn_radians);
  const double north = bent_x * std::sin(turn_radians) + bent_y * std::cos(turn_radians);
  const double metre_lat = 1 / 110750.0;
  const double metre_lon = 1 / (111320.0 * std::cos(centre_lat * std::numbers::pi / 180));
  // Seven decimals are a centimetre; rounding here makes the written town and the held one the same.
  const auto rounded = [](double degrees) { return std::round(degrees * 1e7) / 1e7; };
  return {rounded(centre_lon + east * metre_lon), rounded(centre_lat + north * metre_lat)};
}

geo::Polygon TownPlan::polygon(const Rect& rect) const {
  geo::Ring ring = {to_lon_lat({rect.x0, rect.y0}), to_lon_lat({rect.x1, rect.y0}), to_lon_lat({rect.x1, rect.y1}),
                    to_lon_lat({rect.x0, rect.y1})};
  ring.push_back(ring.front());
  return {{std::move(ring)}};
}

geo::Line TownPlan::line(Spot from, Spot to) const {
  const int steps = std::max(1, static_cast<int>(std::hypot(to.x - from.x, to.y - from.y) / 60));
  geo::Line line;
  for (int i = 0; i <= steps; ++i) {
    const double share = static_cast<double>(i) / steps;
    line.push_back(to_lon_lat({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share}));
  }
  return line;
}

}  // namespace menpai::spine

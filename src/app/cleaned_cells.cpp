// SPDX-License-Identifier: Apache-2.0
#include "app/cleaned_cells.hpp"

#include <array>
#include <charconv>

#include "app/answer_json.hpp"

namespace menpai::app {
namespace {

constexpr std::array part_columns = {Level::province, Level::city,  Level::county, Level::town,
                                     Level::village,  Level::place, Level::number, Level::building,
                                     Level::unit,     Level::floor, Level::room};

void set_number(std::string& out, double value, int decimals) {
  std::array<char, 40> digits{};
  const auto [end, failed] =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
  out.assign(digits.data(), failed == std::errc{} ? end : digits.data());
}

}  // namespace

const std::vector<std::string>& cleaned_columns() {
  static const std::vector<std::string> columns = {
      "mp_grade",  "mp_score", "mp_level",   "mp_address", "mp_code",    "mp_division_code", "mp_province", "mp_city",
      "mp_county", "mp_town",  "mp_village", "mp_place",   "mp_number",  "mp_building",      "mp_unit",     "mp_floor",
      "mp_room",   "mp_lon",   "mp_lat",     "mp_reasons", "mp_residue", "mp_candidates"};
  return columns;
}

void CleanedCells::append(const Answer& answer, std::vector<std::string_view>& cells,
                          std::vector<intake::CellKind>& kinds) {
  const auto text = [&](std::string_view cell) {
    cells.push_back(cell);
    kinds.push_back(intake::CellKind::text);
  };
  const auto json = [&](std::string_view cell) {
    cells.push_back(cell);
    kinds.push_back(intake::CellKind::json);
  };
  text(grade_name(answer.grade));
  set_number(m_score, answer.score, 4);
  json(m_score);
  text(level_name(answer.level));
  text(answer.address);
  text(answer.code);
  text(answer.division_code);
  for (const Level level : part_columns) text(answer[level]);
  if (answer.point) {
    set_number(m_lon, answer.point->lon, 7);
    set_number(m_lat, answer.point->lat, 7);
    json(m_lon);
    json(m_lat);
  } else {
    json("null");
    json("null");
  }
  m_reasons = reasons_text(answer.reasons);
  text(m_reasons);
  text(answer.residue);
  m_candidates = candidates_json(answer.candidates);
  json(m_candidates);
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
#include "app/cleaned_cells.hpp"

#include <array>
#include <cmath>
#include <cstdint>

#include "app/answer_json.hpp"
#include "base/error.hpp"

namespace menpai::app {
namespace {

constexpr std::array part_columns = {Level::province, Level::city,  Level::county, Level::town,
                                     Level::village,  Level::place, Level::number, Level::building,
                                     Level::unit,     Level::floor, Level::room};

/// A score or a degree, to so many decimals; in integers, which is a multiple faster than std::to_chars.
void set_number(std::string& out, double value, int decimals) {
  MENPAI_ASSERT(std::abs(value) < 1e6, "scores and degrees are small");
  std::uint64_t one = 1;
  for (int i = 0; i < decimals; ++i) one *= 10;
  const auto rounded = static_cast<std::uint64_t>(std::llround(std::abs(value) * static_cast<double>(one)));
  std::array<char, 24> digits{};
  char* begin = digits.data() + digits.size();
  std::uint64_t rest = rounded % one;
  for (int i = 0; i < decimals; ++i, rest /= 10) *--begin = static_cast<char>('0' + rest % 10);
  *--begin = '.';
  rest = rounded / one;
  do *--begin = static_cast<char>('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0 && rounded > 0) *--begin = '-';
  out.assign(begin, digits.data() + digits.size());
}

void set_reasons(std::string& out, const std::vector<ElementReason>& reasons) {
  out.clear();
  for (const ElementReason& r : reasons) {
    if (!out.empty()) out += ';';
    out += level_name(r.level);
    out += ':';
    out += reason_name(r.reason);
  }
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
  set_reasons(m_reasons, answer.reasons);
  text(m_reasons);
  text(answer.residue);
  if (answer.candidates.empty()) {
    json("[]");
    return;
  }
  m_candidates = candidates_json(answer.candidates);
  json(m_candidates);
}

}  // namespace menpai::app

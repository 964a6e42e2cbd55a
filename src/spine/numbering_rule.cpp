// SPDX-License-Identifier: Apache-2.0
#include "spine/numbering_rule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "spine/rules.hpp"

namespace menpai::spine {
namespace {

constexpr std::size_t column_count = 12;
constexpr std::array<std::string_view, column_count> columns = {
    "name",      "east_west_from", "north_south_from", "odd_side", "dead_end_odd", "metres_a_number",
    "reserve_m", "sub_form",       "left_out",         "source",   "title_zh",     "title_en"};

class RowReader {
 public:
  RowReader(const std::vector<std::string_view>& cells, const NumberingRule& otherwise)
      : m_cells(cells), m_otherwise(otherwise) {}

  NumberingRule read() const {
    if (m_cells.size() < column_count) {
      throw Error(ErrorCode::bad_request, "The numbering rule \"" + std::string(m_cells[0]) + "\" needs " +
                                              std::to_string(column_count) + " columns.");
    }
    NumberingRule rule;
    rule.name = m_cells[0];
    rule.east_west_from = word(1, {{"east", Compass::east}, {"west", Compass::west}}, m_otherwise.east_west_from);
    rule.north_south_from =
        word(2, {{"north", Compass::north}, {"south", Compass::south}}, m_otherwise.north_south_from);
    rule.odd_side = word(3,
                         {{"left", OddSide::left},
                          {"right", OddSide::right},
                          {"north_west", OddSide::north_west},
                          {"south_east", OddSide::south_east}},
                         m_otherwise.odd_side);
    rule.dead_end_odd = word(4, {{"left", OddSide::left}, {"right", OddSide::right}}, m_otherwise.dead_end_odd);
    rule.metres_a_number = metres(5);
    rule.reserve_m = metres(6);
    rule.sub_form = word(7, {{"附", SubForm::attached}, {"dash", SubForm::dash}}, m_otherwise.sub_form);
    rule.left_out = numbers(8);
    rule.title_zh = m_cells[10];
    rule.title_en = m_cells[11];
    return rule;
  }

 private:
  [[noreturn]] void refuse(std::size_t column) const {
    throw Error(ErrorCode::bad_request, "The numbering rule \"" + std::string(m_cells[0]) + "\" has \"" +
                                            std::string(m_cells[column]) + "\" in the column " +
                                            std::string(columns[column]) + ", which is none of its values.");
  }

  template <class T>
  T word(std::size_t column, std::initializer_list<std::pair<std::string_view, T>> known, T otherwise) const {
    if (m_cells[column] == "-") return otherwise;
    for (const auto& [text, value] : known) {
      if (text == m_cells[column]) return value;
    }
    refuse(column);
  }

  double metres(std::size_t column) const {
    const std::string_view text = m_cells[column];
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= 1000)) refuse(column);
    return value;
  }

  std::vector<int> numbers(std::size_t column) const {
    std::vector<int> values;
    std::string_view rest = m_cells[column];
    while (!rest.empty()) {
      int value = 0;
      const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
      if (error != std::errc() || value < 1) refuse(column);
      values.push_back(value);
      rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
      if (!rest.empty() && rest[0] != ',') refuse(column);
      if (!rest.empty()) rest.remove_prefix(1);
    }
    return values;
  }

  const std::vector<std::string_view>& m_cells;
  const NumberingRule& m_otherwise;
};

}  // namespace

std::vector<NumberingRule> read_numbering_rules(std::string_view text) {
  std::vector<NumberingRule> rules;
  for (const std::vector<std::string_view>& cells : rule_rows(text)) {
    const NumberingRule otherwise = rules.empty() ? NumberingRule{} : rules.front();
    rules.push_back(RowReader(cells, otherwise).read());
  }
  return rules;
}

std::span<const NumberingRule> numbering_rules() {
  static const std::vector<NumberingRule> rules = read_numbering_rules(rules_file("numbering.tsv"));
  return rules;
}

const NumberingRule* find_numbering_rule(std::string_view name) {
  const std::span<const NumberingRule> rules = numbering_rules();
  const auto at = std::find_if(rules.begin(), rules.end(), [&](const NumberingRule& one) { return one.name == name; });
  return at == rules.end() ? nullptr : &*at;
}

}  // namespace menpai::spine

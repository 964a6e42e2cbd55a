// SPDX-License-Identifier: Apache-2.0
#include "address/match/render.hpp"

#include "address/match/compose.hpp"
#include "address/overlay/edits.hpp"
#include "base/utf8.hpp"

namespace menpai::address {

void Renderer::render_row(RowId row, Tree::Spot spot, Answer& answer) const {
  if (row == no_row) return;
  if (const AddedRow* added = m_library->patch == nullptr ? nullptr : m_library->patch->tree.find_row(row)) {
    answer.id += added->id;
    answer.code += added->code;
    if (spot.node < m_library->tree.size()) {
      answer.point = m_library->tree.point(row, spot, m_library->points);
    } else if (added->point) {
      answer.point = added->point->unpack();
    }
    return;
  }
  m_library->ids.append(row, answer.id);
  m_library->codes.append(row, answer.code);
  const Tree& tree = m_library->tree;
  const bool in_tree = row < tree.rows() && spot.node < tree.size();
  answer.point = in_tree ? tree.point(row, spot, m_library->points) : m_library->points.get(row);
}

/// As compose_divisions; neighbours in a list mostly lie in one division, whose names are found once.
void Renderer::add_divisions(DivisionNode division, Answer& answer) {
  if (division == no_division) return;
  if (division != m_division || m_divisions.division_code.empty()) {
    m_divisions.clear();
    compose_divisions(m_library->divisions, division, m_divisions);
    m_division = division;
  }
  answer.division_code = m_divisions.division_code;
  for (std::size_t i = static_cast<std::size_t>(Level::province); i <= static_cast<std::size_t>(Level::village); ++i) {
    if (!m_divisions.part[i].empty()) answer.part[i] = m_divisions.part[i];
  }
}

void Renderer::render_tree(Tree::Spot spot, Answer& answer) {
  const Tree& tree = m_library->tree;
  m_steps.clear();
  if (spot.leaf >= 0) m_steps.push_back(tree.step(spot));
  TreeNode node = spot.node;
  for (; node != no_node && tree.step(node) != 0; node = tree.parent(node)) m_steps.push_back(tree.step(node));
  add_divisions(tree.division(spot.node), answer);
  Display display{.hide_floor = true, .hide_village = true};
  for (std::size_t i = m_steps.size(); i-- > 0;) {
    display.hide_village = display.hide_village && step_level(m_steps[i]) != Level::village;
    m_text.clear();
    if (is_name_step(m_steps[i])) {
      m_library->names.append_text(step_name(m_steps[i]), m_text);
    } else {
      append_number(m_steps[i], m_text);
    }
    compose_step(step_level(m_steps[i]), !is_name_step(m_steps[i]), m_text, answer);
  }
  compose_address(display, answer);
}

void Renderer::render_flat(const Hit& hit, Answer& answer) {
  m_library->flat.get(hit.flat, m_row);
  compose_divisions(m_library->divisions, m_row.division, answer);
  Display display{.hide_floor = true, .hide_village = true};
  for (const FlatItem& item : m_row.items) {
    display.hide_village = display.hide_village && item.level != static_cast<std::uint8_t>(Level::village);
    m_text.clear();
    if (item.numeric != 0 && item.several == 0) {
      append_number(item.key, m_text);
    } else {
      for (const char32_t c : m_row.text(item)) utf8::append(m_text, c);
    }
    if (item.level < level_count) compose_step(static_cast<Level>(item.level), item.numeric != 0, m_text, answer);
  }
  compose_address(display, answer);
  // The source's own words say more than the elements told from them.
  if (hit.row != no_row && hit.row >= m_library->tree.rows()) {
    answer.address.clear();
    if (m_library->patch != nullptr && hit.row >= m_library->patch->tree.first_row()) {
      answer.address += m_library->patch->texts.as_written(hit.row);
      return;
    }
    m_library->texts.append(hit.row - m_library->tree.rows(), answer.address);
  }
}

void Renderer::render(const Hit& hit, Answer& answer) {
  Tree::Spot spot = hit.spot;
  if (spot.node != no_node && spot.leaf < 0 && m_library->tree.is_alias(spot.node)) {
    spot = m_library->tree.spot_of(hit.row);
  }
  const bool is_added = m_library->patch != nullptr && hit.row >= m_library->patch->tree.first_row();
  if (hit.flat != no_row && (hit.row < m_library->tree.rows() || is_added)) spot = m_library->tree.spot_of(hit.row);
  if (spot.node != no_node && spot.node < m_library->tree.size()) {
    render_tree(spot, answer);
  } else if (hit.flat != no_row) {
    render_flat(hit, answer);
  }
  render_row(hit.row, spot, answer);
  if (!answer.point && hit.row == no_row && hit.spot.node != no_node) {
    answer.point = m_library->tree.point(hit.spot, m_library->points);
  }
}

void Renderer::render(const Hit& hit, Candidate& candidate) {
  m_answer.clear();
  render(hit, m_answer);
  candidate.id.swap(m_answer.id);
  candidate.address.swap(m_answer.address);
  candidate.code.swap(m_answer.code);
  candidate.division_code = m_answer.division_code;
  candidate.level = m_answer.level;
  candidate.point = m_answer.point;
  candidate.score = hit.score;
  hit.reasons.append_to(candidate.reasons);
}

}  // namespace menpai::address

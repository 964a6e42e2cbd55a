// SPDX-License-Identifier: Apache-2.0
// Shows a library's address: its parts by level, its display text, its id, code and point.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "address/library/library.hpp"
#include "address/match/hit.hpp"

namespace menpai::address {

/// One a thread: owns its scratch memory.
class Renderer {
 public:
  explicit Renderer(const Library::Data& library) : m_library(&library) {}

  /// Fills parts, address, level, division_code, id, code and point of `answer` from a hit.
  void render(const Hit& hit, Answer& answer);
  /// The same as a candidate, without grade.
  void render(const Hit& hit, Candidate& candidate);

 private:
  void add_divisions(DivisionNode division, Answer& answer);
  void render_tree(Tree::Spot spot, Answer& answer);
  void render_flat(const Hit& hit, Answer& answer);
  void render_row(RowId row, Tree::Spot spot, Answer& answer) const;

  const Library::Data* m_library;
  std::vector<StepKey> m_steps;
  std::string m_text;
  FlatText m_row;
  Answer m_answer;
  DivisionNode m_division = no_division;  ///< whose names m_divisions holds
  Answer m_divisions;
};

}  // namespace menpai::address

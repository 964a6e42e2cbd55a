// SPDX-License-Identifier: Apache-2.0
// What the address engine answers: one graded answer with a reason for every element, or ranked candidates.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "geo/coordinate.hpp"
#include "model/level.hpp"

namespace menpai {

/// Why the element at `level` is what it is: `town:filled_in`.
struct ElementReason {
  Level level = Level::none;
  Reason reason = Reason::matched;
  bool operator==(const ElementReason&) const = default;
};

/// One of several things that a text may mean.
struct Candidate {
  std::string id;       ///< as in the library's source
  std::string address;  ///< standard display text
  std::string code;     ///< issued code, empty where the library has none
  std::string division_code;
  Level level = Level::none;
  double score = 0;  ///< 0 to 1
  Grade grade = Grade::none;
  std::optional<geo::LonLat> point;
  std::vector<ElementReason> reasons;
};

/// The answer to one text. Strings keep their capacity when an Answer is used again for the next text.
struct Answer {
  Grade grade = Grade::none;
  double score = 0;           ///< the probability that this is what the writer meant, 0 to 1
  Level level = Level::none;  ///< the deepest level that the answer reaches
  std::string address;        ///< standard display text
  std::string code;           ///< issued code of the address, empty where the library has none
  std::string id;             ///< as in the library's source, empty where it has none
  std::string division_code;  ///< of the deepest division found: 2, 4, 6, 9 or 12 digits
  /// The standard text of each level, indexed by Level: part[Level::town] = "港口镇", part[Level::room] = "501室".
  std::array<std::string, level_count> part;
  std::optional<geo::LonLat> point;
  std::vector<ElementReason> reasons;  ///< outermost first
  std::string residue;                 ///< what of the text the answer does not explain; pieces joined by one space
  std::vector<Candidate> candidates;   ///< best first; more than one where the text is ambiguous

  std::string& operator[](Level level_) { return part[static_cast<std::size_t>(level_)]; }
  const std::string& operator[](Level level_) const { return part[static_cast<std::size_t>(level_)]; }
  /// Empties it, keeping memory.
  void clear();
};

/// "city:filled_in;town:matched", the form of the column mp_reasons.
std::string reasons_text(const std::vector<ElementReason>& reasons);

}  // namespace menpai

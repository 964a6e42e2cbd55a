// SPDX-License-Identifier: Apache-2.0
// The official lists of division changes (区划变更): what became of a code that is no longer given. The lists differ in
// their columns and are full of special cases; here each row becomes successions, or a reason why not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/division.hpp"

namespace menpai::spine {

/// One row as it stands in a list.
struct DivisionChangeRow {
  std::string old_code;  ///< 6, 9 or 12 digits, padded with zeros or not
  std::string old_name;
  std::string new_code;    ///< none, one or several: "432801[1984];431002", the year in brackets says since when
  std::string changed_on;  ///< a date or a year; may be empty
};

enum class DivisionChangeOutcome : std::uint8_t {
  successions,     ///< at least one
  in_force,        ///< the list says nothing happened to it
  no_successor,    ///< abolished, and the list names nothing in its place
  no_predecessor,  ///< newly made from parts of others
  bad_code,        ///< a code is not one
};
std::string_view division_change_outcome_name(DivisionChangeOutcome outcome);

/// "442000" → "4420", "110000" → "11", "442000108000" → "442000108"; nothing else changes. Empty if `text` is no code.
std::string plain_division_code(std::string_view text);

/// Appends the successions of one row to `out`.
DivisionChangeOutcome read_division_change(const DivisionChangeRow& row, std::vector<DivisionSuccession>& out);

/// Where each old code leads in the end: the codes in force that successions reach from it, in order, each once.
/// Circles (a code given back later) end. Cost: linear in the successions for each start.
std::vector<std::string> final_successors(const std::string& old_code,
                                          const std::unordered_map<std::string, std::vector<std::string>>& successors,
                                          const std::unordered_set<std::string>& in_force);

}  // namespace menpai::spine

// SPDX-License-Identifier: Apache-2.0
// An answer as the cells of the columns that cleaning adds: the same on the command line and in the workplace's
// download.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/table.hpp"
#include "model/answer.hpp"

namespace menpai::app {

/// The columns that cleaning adds, in their order.
const std::vector<std::string>& cleaned_columns();

/// Makes the cells of one answer after the other; keeps its memory.
class CleanedCells {
 public:
  /// Appends one cell and one kind for each of cleaned_columns(). The views live until the next call, and as long as
  /// the answer.
  void append(const Answer& answer, std::vector<std::string_view>& cells, std::vector<intake::CellKind>& kinds);

 private:
  std::string m_score, m_lon, m_lat, m_reasons, m_candidates;
};

}  // namespace menpai::app

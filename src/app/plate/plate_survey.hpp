// SPDX-License-Identifier: Apache-2.0
// Bringing in what a survey of plates found (排查), as a table or row by row: 重、错、漏、缺、损, or in order.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "app/table_file.hpp"
#include "model/plate.hpp"

namespace menpai::app {

struct PlateSurveyRow {
  std::string address;  ///< id or code of an address of the register, or its text
  std::string finding;  ///< as plate.hpp understands it; empty: in order
  std::string note;
  std::string surveyed_on;  ///< ISO day; empty: today
  std::string surveyed_by;
};

struct PlateSurveyReport {
  std::uint64_t rows = 0;
  std::uint64_t added = 0;     ///< new findings
  std::uint64_t same = 0;      ///< known before
  std::uint64_t held = 0;      ///< the text is not surely one address of the register
  std::uint64_t refused = 0;   ///< no finding, no day
  std::uint64_t reported = 0;  ///< plates in the register that are damaged, missing or wrong by it
  std::map<std::string, std::uint64_t> by_finding;
  struct Problem {
    std::uint64_t row = 0;
    std::string reason;  ///< stable name: no_address, several_addresses, unknown_finding, wrong_day
    std::string address;
  };
  std::vector<Problem> problems;  ///< the first 200
};
/// rows = added + same + held + refused. A text counts only where the library is sure (grade A or B) and goes down to
/// an address of the register. `source` names the list; the same list again changes nothing. At most 100,000 rows.
PlateSurveyReport record_plate_survey(Application& app, const Caller& caller, const std::vector<PlateSurveyRow>& rows,
                                      const std::string& source);
/// The same from a table; `columns` maps address, finding, note, date, by to its headings (usual ones are known).
PlateSurveyReport import_plate_survey(Application& app, const Caller& caller, const TableFileInput& table,
                                      const std::map<std::string, std::string>& columns, const std::string& source);

}  // namespace menpai::app

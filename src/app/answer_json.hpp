// SPDX-License-Identifier: Apache-2.0
// Answers and candidates as JSON text: one form for the API, the command line, the column mp_candidates and the stored
// rows of a cleaning job.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_text.hpp"
#include "model/answer.hpp"

namespace menpai::app {

/// {grade, score, level, address, code, id, division_code, parts:{…}, lon, lat, reasons:[{level, reason}], residue,
/// candidates:[…]}; empty parts are left out, lon and lat are null without a point.
std::string answer_json(const Answer& answer);
void append_answer_json(std::string& out, const Answer& answer);

/// [{id, address, code, division_code, level, score, grade, lon, lat, reasons}]
std::string candidates_json(const std::vector<Candidate>& candidates);

/// The inverse of answer_json. Throws damaged if `json` is not of that form.
Answer parse_answer_json(std::string_view json);

}  // namespace menpai::app

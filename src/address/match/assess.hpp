// SPDX-License-Identifier: Apache-2.0
// What an answer is worth when only divisions are known: reasons, grade and score.
#pragma once

#include "address/division/division_index.hpp"
#include "address/match/compose.hpp"
#include "address/read/address_path.hpp"
#include "model/answer.hpp"

namespace menpai::address {

/// Answers from divisions alone. Steps below them are shown as written, `unverified`. Grades: A all divisions down to
/// the town as written and nothing left over; B the county (the city, where it has no counties) is certain after safe
/// repairs or filling in, the town may be open, for nobody can tell it from the text; C a person can settle it:
/// ambiguous, conflicting, the county open, or a town told that is not known; none neither division nor place.
void answer_from_divisions(const DivisionIndex& index, std::string_view text, const Reading& reading,
                           const AddressPath& path, int top, Answer& answer);

/// Whether the text itself says where something is: a division, a number, or a name with a generic word. What only the
/// region tells, or a few words like 地址不详 and 同上, is no evidence.
bool says_where(const Reading& reading, const AddressPath& path);

/// Adds the reason of each division level, outermost first.
void add_division_reasons(const DivisionIndex& index, const Reading& reading, std::vector<ElementReason>& reasons);

/// The grade of the divisions of a reading by the rules above.
Grade division_grade(const DivisionIndex& index, const Reading& reading);

}  // namespace menpai::address

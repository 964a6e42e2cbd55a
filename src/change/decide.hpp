// SPDX-License-Identifier: Apache-2.0
// What becomes of a row: the rules of applying, holding and refusing, without any database.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "change/address_row.hpp"
#include "geo/coordinate.hpp"
#include "model/level.hpp"

namespace menpai::change {

/// What the register knows that bears on a row.
struct AddressFacts {
  struct Known {
    Uuid id;
    std::string code;
    std::string division_code;
    std::optional<geo::LonLat> point;
  };
  std::optional<Known> known;      ///< the address, if it is in the register
  std::optional<Uuid> code_owner;  ///< what the row's code was issued to
  bool id_is_used = false;         ///< the row's id belongs to something in the register
};

struct Decision {
  RowOutcome outcome = RowOutcome::refused;
  std::string_view reason;  ///< of held and refused; the rule's name for the change
  bool sets_code = false;   ///< for created and changed
  bool sets_point = false;
  bool sets_division = false;
};

/// Rules, first that applies:
///  1. a row that could not be read keeps its reason (refused or held)
///  2. a code that was issued to something else: refused code_taken
///  3. an id that belongs to something else: refused id_taken; an address known under another id: held other_id
///  4. an address not in the register: new
///  5. another code than the one it has: held other_code
///  6. a place over 500 m from the known one: held moved_far; over 2 cm: changed
///  7. a code or a finer division where it had none: changed
///  8. nothing new: same
Decision decide_address(const AddressRow& row, const AddressFacts& facts);

}  // namespace menpai::change

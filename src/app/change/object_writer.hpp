// SPDX-License-Identifier: Apache-2.0
// Writes a plan in one transaction: the old kept, the new in its place, one change and one event an object.
#pragma once

#include <map>
#include <string>

#include "model/access.hpp"
#include "model/change_set.hpp"
#include "store/connection.hpp"

namespace menpai::app {

class CodeIssuer;

/// What was touched, by object kind and action: "address.renamed" → 50,000.
using TouchCounts = std::map<std::string, std::uint64_t>;
TouchCounts count_touched(const ChangePlan& plan);

/// Writes the plan of `set`. What retires goes first, so that a name that is given up can be taken; then what is new,
/// then what changes. Throws conflict, and nothing is written, if an object has another version than the plan was made
/// for, or if a rule of the register forbids the result (two addresses of one name). Holds the county's counter until
/// the transaction ends. Some 20,000 objects a second.
void write_plan(store::Transaction& transaction, const ChangeSet& set, ChangePlan& plan, const Caller& caller,
                store::Timestamp at, CodeIssuer& issuer);

}  // namespace menpai::app

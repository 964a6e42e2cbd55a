// SPDX-License-Identifier: Apache-2.0
// The one decision: who may do what. Every route and every command passes it, by one table.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "model/access.hpp"

namespace menpai::access {

/// How a decision is recorded.
enum class Record : std::uint8_t {
  each,     ///< one audit row, stored before anything else happens
  counted,  ///< one audit row for many of the same kind by the same session, stored soon
};

struct Decision {
  bool is_allowed = false;
  ErrorCode code = ErrorCode::forbidden;  ///< of a denial: unauthenticated or forbidden
  std::string_view rule;                  ///< stable name of what decided, for the audit row
  Record record = Record::each;
};

/// Pure; never throws. Default deny.
Decision decide(const Caller& caller, Action action);

/// What a denied caller is told.
std::string denial_message(const Decision& decision);

/// One row of the audit log. It never holds a value: whom and what, not what was in it.
struct AuditRecord {
  Caller caller;
  Action action = Action::read_health;
  std::string object_kind;  ///< "cleaning_job", "account" …, may be empty
  std::string object_id;
  bool is_allowed = false;
  std::string rule;
  int count = 1;
};

}  // namespace menpai::access

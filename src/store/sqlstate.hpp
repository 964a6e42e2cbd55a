// SPDX-License-Identifier: Apache-2.0
// The one place where PostgreSQL's errors become ours.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace menpai::store {

/// A failed statement or connection. The message is fit for the public; what the server said is in detail().
class DatabaseError : public Error {
 public:
  DatabaseError(ErrorCode code, const std::string& message, std::string detail, std::string sqlstate)
      : Error(code, message, std::move(detail)), m_sqlstate(std::move(sqlstate)) {}

  /// Five characters (PostgreSQL manual, appendix A); "08006" where the server could not say any.
  const std::string& sqlstate() const { return m_sqlstate; }
  /// The same transaction, run again from its start, may succeed: serialization failure or deadlock.
  bool is_retryable() const { return m_sqlstate == "40001" || m_sqlstate == "40P01"; }

 private:
  std::string m_sqlstate;
};

/// Error of one SQLSTATE. `server_said` holds no bound value: PostgreSQL's DETAIL is left out by the callers.
DatabaseError make_database_error(std::string_view sqlstate, std::string_view server_said, std::string_view doing);

}  // namespace menpai::store

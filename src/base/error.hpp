// SPDX-License-Identifier: Apache-2.0
// The one kind of exception that crosses rooms: an operation failed and somebody must be told what to do.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace menpai {

/// What went wrong, independent of any protocol. One table maps it to an HTTP status and to an exit code.
enum class ErrorCode {
  bad_request,      ///< the input is wrong and the caller can mend it
  unauthenticated,  ///< nobody is signed in
  forbidden,        ///< signed in, but may not
  not_found,        ///< does not exist, or is not for the caller to know
  conflict,         ///< somebody else changed it, or it stands in the way
  too_large,        ///< beyond a limit
  unsupported,      ///< a form or version that this program does not read
  busy,             ///< in use: a port, a lock, a data directory
  disk_full,        ///< no room to write
  unavailable,      ///< a part that is needed is away: database, file
  timed_out,        ///< took longer than allowed
  damaged,          ///< stored data does not pass its own checks
  internal,         ///< none of the above
};

/// The stable name of a code, as in JSON and in the manual: `bad_request`.
std::string_view error_code_name(ErrorCode code);

/// The process exit code for a failed operation (docs/reference): 2 usage, 3 input, 4 not allowed, 5 environment, 70
/// bug.
int exit_code(ErrorCode code);

/// A failed operation. `what()` is the public message: it says what happened and what to do, holds no secret and no
/// personal data, and may be shown to anyone. `detail()` goes to the log only.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message, std::string detail = {})
      : std::runtime_error(message), m_code(code), m_detail(std::move(detail)) {}

  ErrorCode code() const { return m_code; }
  const std::string& detail() const { return m_detail; }

 private:
  ErrorCode m_code;
  std::string m_detail;
};

/// Throws the Error that fits `errno`: ENOSPC and EDQUOT are disk_full, ENOENT not_found, EACCES forbidden.
/// `doing` completes the sentence "Could not …", for example "write /data/x".
[[noreturn]] void throw_errno(std::string_view doing);

}  // namespace menpai

/// A bug if it does not hold; kept in release builds. Never reachable from input.
#define MENPAI_ASSERT(condition, message) \
  ((condition) ? static_cast<void>(0) : ::menpai::assertion_failed(#condition, message, __FILE__, __LINE__))

namespace menpai {
[[noreturn]] void assertion_failed(const char* condition, const char* message, const char* file, int line);
}

// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace menpai {

std::string_view error_code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_request:
      return "bad_request";
    case ErrorCode::unauthenticated:
      return "unauthenticated";
    case ErrorCode::forbidden:
      return "forbidden";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::busy:
      return "busy";
    case ErrorCode::disk_full:
      return "disk_full";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::timed_out:
      return "timed_out";
    case ErrorCode::damaged:
      return "damaged";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_request:
    case ErrorCode::not_found:
    case ErrorCode::too_large:
    case ErrorCode::unsupported:
    case ErrorCode::damaged:
    case ErrorCode::conflict:
      return 3;
    case ErrorCode::unauthenticated:
    case ErrorCode::forbidden:
      return 4;
    case ErrorCode::busy:
    case ErrorCode::disk_full:
    case ErrorCode::unavailable:
    case ErrorCode::timed_out:
      return 5;
    case ErrorCode::internal:
      return 70;
  }
  return 70;
}

void throw_errno(std::string_view doing) {
  const int number = errno;
  const std::string reason = std::strerror(number);
  ErrorCode code = ErrorCode::unavailable;
  std::string advice;
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      code = ErrorCode::disk_full;
      advice = " Free some space and run it again.";
      break;
    case ENOENT:
      code = ErrorCode::not_found;
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      code = ErrorCode::forbidden;
      break;
    case EADDRINUSE:
      code = ErrorCode::busy;
      break;
    default:
      break;
  }
  throw Error(code, "Could not " + std::string(doing) + ": " + reason + "." + advice);
}

void assertion_failed(const char* condition, const char* message, const char* file, int line) {
  std::fprintf(stderr, "menpai: bug: %s (%s) at %s:%d\n", message, condition, file, line);
  std::abort();
}

}  // namespace menpai

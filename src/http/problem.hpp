// SPDX-License-Identifier: Apache-2.0
// Failures as the caller sees them: application/problem+json (RFC 9457), and the one table from ErrorCode to status.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/message.hpp"

namespace menpai::http {

int status_of(ErrorCode code);

/// {type, title, status, code, detail, request_id}. `detail` is public.
Response problem(int status, ErrorCode code, std::string_view detail, std::string_view request_id);

/// The response to a failed operation. An internal error gives a fixed sentence; its own text is for the log alone.
Response problem(const Error& error, std::string_view request_id);

}  // namespace menpai::http

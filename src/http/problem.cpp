// SPDX-License-Identifier: Apache-2.0
#include "http/problem.hpp"

#include "http/json_writer.hpp"

namespace menpai::http {

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_request:
      return 400;
    case ErrorCode::unauthenticated:
      return 401;
    case ErrorCode::forbidden:
      return 403;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::unsupported:
      return 415;
    case ErrorCode::busy:
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::disk_full:
      return 507;
    case ErrorCode::timed_out:
      return 504;
    case ErrorCode::damaged:
    case ErrorCode::internal:
      return 500;
  }
  return 500;
}

Response problem(int status, ErrorCode code, std::string_view detail, std::string_view request_id) {
  JsonWriter json;
  json.begin_object();
  json.field("type", "about:blank");
  json.field("title", reason_phrase(status));
  json.field("status", static_cast<std::int64_t>(status));
  json.field("code", error_code_name(code));
  json.field("detail", detail);
  json.field("request_id", request_id);
  json.end_object();
  Response response;
  response.status = status;
  response.body = json.take();
  response.with("Content-Type", "application/problem+json");
  if (status == 401) response.with("WWW-Authenticate", "Cookie realm=\"menpai\", Bearer realm=\"menpai\"");
  if (status == 503) response.with("Retry-After", "5");
  return response;
}

Response problem(const Error& error, std::string_view request_id) {
  if (const auto* with_status = dynamic_cast<const StatusError*>(&error)) {
    Response response = problem(with_status->status(), error.code(), error.what(), request_id);
    for (const Field& field : with_status->fields()) response.fields.push_back(field);
    return response;
  }
  if (error.code() == ErrorCode::internal) {
    return problem(500, ErrorCode::internal,
                   "Something went wrong in Menpai itself. Tell the administrator the request id.", request_id);
  }
  return problem(status_of(error.code()), error.code(), error.what(), request_id);
}

}  // namespace menpai::http

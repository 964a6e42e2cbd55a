// SPDX-License-Identifier: Apache-2.0
#include "http/json_in.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "base/utf8.hpp"

namespace menpai::http {
namespace {

namespace json = boost::json;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::bad_request, what);
}

void check_content_type(const Request& request) {
  std::string_view type = request.head.field("content-type");
  type = trim(type.substr(0, std::min(type.find(';'), type.size())));
  if (!equal_ignoring_case(type, "application/json")) {
    throw Error(ErrorCode::unsupported, "The body must be JSON: send Content-Type: application/json.");
  }
}

}  // namespace

int expected_version(const Request& request, const std::string& what) {
  std::string_view tag = request.head.field("if-match");
  if (tag.empty()) {
    throw StatusError(428, ErrorCode::bad_request,
                      "Say which version you decide on: send If-Match with the " + what + "'s version, as \"0\".");
  }
  int version = 0;
  const bool quoted = tag.size() >= 3 && tag.front() == '"' && tag.back() == '"';
  if (quoted) tag = tag.substr(1, tag.size() - 2);
  const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
  if (!quoted || error != std::errc() || end != tag.data() + tag.size() || version < 0) {
    throw Error(ErrorCode::bad_request, "If-Match must be the " + what + "'s version in quotes, as \"0\".");
  }
  return version;
}

std::string_view json_body(const Request& request) {
  check_content_type(request);
  return request.body;
}

JsonIn::JsonIn(const Request& request, std::initializer_list<std::string_view> keys) {
  check_content_type(request);
  json::parse_options options;
  options.max_depth = 4;
  json::error_code error;
  const json::value parsed = json::parse(request.body, error, {}, options);
  if (error) refuse("The body is not well-formed JSON: " + error.message() + ".");
  if (!parsed.is_object()) refuse("The body must be a JSON object.");
  for (const auto& pair : parsed.get_object()) {
    const std::string key(pair.key());
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) refuse("Unknown key \"" + key.substr(0, 64) + "\".");
    const json::value& value = pair.value();
    if (value.is_string()) {
      const std::string text(value.get_string());
      if (text.find('\0') != std::string::npos) refuse("\"" + key + "\" holds a NUL character.");
      m_values.emplace(key, text);
    } else if (value.is_int64()) {
      m_values.emplace(key, value.get_int64());
    } else if (value.is_number()) {
      m_values.emplace(key, value.to_number<double>());
    } else if (value.is_bool()) {
      m_values.emplace(key, value.get_bool());
    } else if (!value.is_null()) {
      refuse("\"" + key + "\" must be a simple value.");
    }
  }
}

const JsonIn::Value* JsonIn::find(std::string_view key) const {
  const auto found = m_values.find(key);
  return found == m_values.end() ? nullptr : &found->second;
}

std::string JsonIn::text(std::string_view key, std::size_t max) const {
  if (!find(key)) refuse("\"" + std::string(key) + "\" is missing.");
  return text_or(key, max, {});
}

std::string JsonIn::text_or(std::string_view key, std::size_t max, std::string_view otherwise) const {
  const Value* value = find(key);
  if (!value) return std::string(otherwise);
  const auto* text = std::get_if<std::string>(value);
  if (!text) refuse("\"" + std::string(key) + "\" must be text.");
  if (utf8::length(*text) > max) {
    refuse("\"" + std::string(key) + "\" may have " + std::to_string(max) + " characters at most.");
  }
  return *text;
}

std::int64_t JsonIn::number_or(std::string_view key, std::int64_t low, std::int64_t high,
                               std::int64_t otherwise) const {
  const Value* value = find(key);
  if (!value) return otherwise;
  const auto* number = std::get_if<std::int64_t>(value);
  if (!number || *number < low || *number > high) {
    refuse("\"" + std::string(key) + "\" must be a whole number from " + std::to_string(low) + " to " +
           std::to_string(high) + ".");
  }
  return *number;
}

}  // namespace menpai::http

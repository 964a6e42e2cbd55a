// SPDX-License-Identifier: Apache-2.0
// Reads the small flat JSON objects that requests carry. What is not asked for is refused by its name.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/message.hpp"

namespace menpai::http {

/// One object of text, whole numbers, truth values and nulls; null counts as not given.
class JsonIn {
 public:
  /// Throws unsupported if the body is not application/json, and bad_request if it is not one flat object, is not valid
  /// UTF-8, holds a NUL, or has a key that is not among `keys`.
  JsonIn(const Request& request, std::initializer_list<std::string_view> keys);

  /// Throws bad_request that names the key if it is missing, not text, or longer than `max` code points.
  std::string text(std::string_view key, std::size_t max) const;
  std::string text_or(std::string_view key, std::size_t max, std::string_view otherwise) const;
  /// Throws bad_request that names the key if it is not a whole number within [low, high].
  std::int64_t number_or(std::string_view key, std::int64_t low, std::int64_t high, std::int64_t otherwise) const;

 private:
  using Value = std::variant<std::string, std::int64_t, double, bool>;
  const Value* find(std::string_view key) const;
  std::map<std::string, Value, std::less<>> m_values;
};

/// The version in If-Match: "3" → 3. Throws a StatusError of 428 if there is none, bad_request if it is no version.
/// `what` names whose version it is, for the message.
int expected_version(const Request& request, const std::string& what);

/// The body of a request, as text. Throws unsupported if it is not application/json.
std::string_view json_body(const Request& request);

}  // namespace menpai::http

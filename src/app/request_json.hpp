// SPDX-License-Identifier: Apache-2.0
// Reads JSON objects that people and programs send with a request: what is not asked for is refused by its name.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace menpai::app {

/// One JSON object. Every reader throws bad_request that names the key where it is missing or is not what it must be;
/// null counts as not given.
class RequestJson {
 public:
  /// Throws bad_request if `text` is not one JSON object of valid UTF-8 without NUL, at most 32 deep.
  explicit RequestJson(std::string_view text);
  ~RequestJson();
  RequestJson(RequestJson&&) noexcept;

  /// Throws bad_request that names a key which is not among `keys`.
  void allow(std::initializer_list<std::string_view> keys) const;
  bool has(std::string_view key) const;

  std::string text(std::string_view key, std::size_t max) const;
  std::string text_or(std::string_view key, std::size_t max, std::string_view otherwise) const;
  bool flag_or(std::string_view key, bool otherwise) const;
  std::int64_t number_or(std::string_view key, std::int64_t low, std::int64_t high, std::int64_t otherwise) const;
  std::optional<double> real(std::string_view key, double low, double high) const;
  Uuid id(std::string_view key) const;
  std::optional<Uuid> find_id(std::string_view key) const;
  std::vector<Uuid> ids(std::string_view key, std::size_t max) const;
  std::vector<RequestJson> items(std::string_view key, std::size_t max) const;
  RequestJson object(std::string_view key) const;
  /// The value as JSON text.
  std::string json(std::string_view key) const;
  std::string json() const;

 private:
  struct Value;
  explicit RequestJson(std::unique_ptr<Value> value);
  std::unique_ptr<Value> m_value;
};

/// One column of an object that has two values.
struct FieldDifference {
  std::string field;
  std::string before;  ///< JSON values
  std::string after;
};
/// The columns in which two JSON objects differ, in the order of their names. Empty text counts as an empty object.
std::vector<FieldDifference> differences(std::string_view before, std::string_view after);

}  // namespace menpai::app

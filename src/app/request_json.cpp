// SPDX-License-Identifier: Apache-2.0
#include "app/request_json.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace menpai::app {

namespace json = boost::json;

struct RequestJson::Value {
  json::object object;
};

namespace {

[[noreturn]] void fail(std::string_view key, const std::string& what) {
  throw Error(ErrorCode::bad_request, "\"" + std::string(key) + "\" " + what);
}

const json::value* find(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::string checked_text(const json::value& value, std::string_view key, std::size_t max) {
  if (!value.is_string()) fail(key, "must be text.");
  const auto& text = value.get_string();
  std::string out(text.data(), text.size());
  if (!utf8::valid(out) || out.find('\0') != std::string::npos) fail(key, "is not well-formed text.");
  if (utf8::length(out) > max) fail(key, "may have at most " + std::to_string(max) + " characters.");
  return out;
}

Uuid checked_id(const json::value& value, std::string_view key) {
  const auto id = value.is_string() ? Uuid::parse(checked_text(value, key, 36)) : std::nullopt;
  if (!id || id->is_nil()) fail(key, "must be an id (36 characters, 8-4-4-4-12).");
  return *id;
}

json::object parse_object(std::string_view text) {
  json::parse_options options;
  options.max_depth = 32;
  boost::system::error_code failed;
  json::value value = json::parse(json::string_view(text.data(), text.size()), failed, {}, options);
  if (failed || !value.is_object()) throw Error(ErrorCode::bad_request, "This is not a JSON object.");
  return std::move(value.get_object());
}

}  // namespace

RequestJson::RequestJson(std::string_view text) : m_value(std::make_unique<Value>(Value{parse_object(text)})) {}
RequestJson::RequestJson(std::unique_ptr<Value> value) : m_value(std::move(value)) {}
RequestJson::~RequestJson() = default;
RequestJson::RequestJson(RequestJson&&) noexcept = default;

void RequestJson::allow(std::initializer_list<std::string_view> keys) const {
  for (const auto& pair : m_value->object) {
    const std::string_view name(pair.key().data(), pair.key().size());
    if (std::find(keys.begin(), keys.end(), name) != keys.end()) continue;
    std::string known;
    for (const std::string_view key : keys) known.append(known.empty() ? "" : ", ").append(key);
    throw Error(ErrorCode::bad_request,
                "\"" + (utf8::valid(name) ? std::string(name) : "?") + "\" is not asked for here. There are: " + known);
  }
}

bool RequestJson::has(std::string_view key) const {
  return find(m_value->object, key) != nullptr;
}

std::string RequestJson::text(std::string_view key, std::size_t max) const {
  const json::value* value = find(m_value->object, key);
  if (value == nullptr) fail(key, "is missing.");
  return checked_text(*value, key, max);
}

std::string RequestJson::text_or(std::string_view key, std::size_t max, std::string_view otherwise) const {
  return has(key) ? text(key, max) : std::string(otherwise);
}

bool RequestJson::flag_or(std::string_view key, bool otherwise) const {
  const json::value* value = find(m_value->object, key);
  if (value == nullptr) return otherwise;
  if (!value->is_bool()) fail(key, "must be true or false.");
  return value->get_bool();
}

std::int64_t RequestJson::number_or(std::string_view key, std::int64_t low, std::int64_t high,
                                    std::int64_t otherwise) const {
  const json::value* value = find(m_value->object, key);
  if (value == nullptr) return otherwise;
  if (!value->is_int64() || value->get_int64() < low || value->get_int64() > high) {
    fail(key, "must be a whole number from " + std::to_string(low) + " to " + std::to_string(high) + ".");
  }
  return value->get_int64();
}

std::optional<double> RequestJson::real(std::string_view key, double low, double high) const {
  const json::value* value = find(m_value->object, key);
  if (value == nullptr) return std::nullopt;
  const double number = value->is_double()  ? value->get_double()
                        : value->is_int64() ? static_cast<double>(value->get_int64())
                                            : high + 1;
  if (!(number >= low && number <= high)) {
    fail(key, "must be a number from " + std::to_string(low) + " to " + std::to_string(high) + ".");
  }
  return number;
}

Uuid RequestJson::id(std::string_view key) const {
  const json::value* value = find(m_value->object, key);
  if (value == nullptr) fail(key, "is missing.");
  return checked_id(*value, key);
}

std::optional<Uuid> RequestJson::find_id(std::string_view key) const {
  return has(key) ? std::optional(id(key)) : std::nullopt;
}

std::vector<Uuid> RequestJson::ids(std::string_view key, std::size_t max) const {
  const json::value* value = find(m_value->object, key);
  std::vector<Uuid> out;
  if (value == nullptr) return out;
  if (!value->is_array() || value->get_array().size() > max) {
    fail(key, "must be a list of at most " + std::to_string(max) + " ids.");
  }
  for (const json::value& one : value->get_array()) out.push_back(checked_id(one, key));
  return out;
}

std::vector<RequestJson> RequestJson::items(std::string_view key, std::size_t max) const {
  const json::value* value = find(m_value->object, key);
  std::vector<RequestJson> out;
  if (value == nullptr) return out;
  if (!value->is_array() || value->get_array().size() > max) {
    fail(key, "must be a list of at most " + std::to_string(max) + " objects.");
  }
  for (const json::value& one : value->get_array()) {
    if (!one.is_object()) fail(key, "must be a list of objects.");
    out.push_back(RequestJson(std::make_unique<Value>(Value{one.get_object()})));
  }
  return out;
}

RequestJson RequestJson::object(std::string_view key) const {
  const json::value* value = find(m_value->object, key);
  if (value == nullptr || !value->is_object()) fail(key, "must be an object.");
  return RequestJson(std::make_unique<Value>(Value{value->get_object()}));
}

std::string RequestJson::json(std::string_view key) const {
  const json::value* value = find(m_value->object, key);
  return value == nullptr ? "null" : json::serialize(*value);
}

std::string RequestJson::json() const {
  return json::serialize(m_value->object);
}

std::vector<FieldDifference> differences(std::string_view before, std::string_view after) {
  const json::object was = before.empty() ? json::object() : parse_object(before);
  const json::object is = after.empty() ? json::object() : parse_object(after);
  std::set<std::string> names;
  for (const auto& pair : was) names.emplace(pair.key());
  for (const auto& pair : is) names.emplace(pair.key());
  std::vector<FieldDifference> out;
  for (const std::string& name : names) {
    const json::value* a = was.if_contains(name);
    const json::value* b = is.if_contains(name);
    const json::value left = a == nullptr ? json::value() : *a;
    const json::value right = b == nullptr ? json::value() : *b;
    if (left != right) out.push_back({name, json::serialize(left), json::serialize(right)});
  }
  return out;
}

}  // namespace menpai::app

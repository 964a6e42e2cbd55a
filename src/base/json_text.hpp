// SPDX-License-Identifier: Apache-2.0
// Writing JSON text: strings, numbers, and one flat object after the other. Reading is the libraries' work.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace menpai {

/// Appends `text` as a JSON string with its quotes. Ill-formed UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);
/// Appends the shortest decimal that reads back as the same number.
void append_json_number(std::string& out, double number);

/// One JSON object, fields in the order of adding.
class JsonObject {
 public:
  JsonObject& add(std::string_view name, std::string_view text);
  JsonObject& add(std::string_view name, const char* text) { return add(name, std::string_view(text)); }
  JsonObject& add(std::string_view name, const std::string& text) { return add(name, std::string_view(text)); }
  JsonObject& add(std::string_view name, const Uuid& id) { return add(name, id.text()); }
  JsonObject& add(std::string_view name, bool value) { return add_json(name, value ? "true" : "false"); }
  JsonObject& add(std::string_view name, double value);
  template <std::integral T>
  requires(!std::same_as<T, bool>) JsonObject& add(std::string_view name, T value) {
    return add_json(name, std::to_string(value));
  }
  JsonObject& add(std::string_view name, const std::vector<std::string>& texts);
  /// null where there is none.
  template <class T>
  JsonObject& add(std::string_view name, const std::optional<T>& value) {
    return value ? add(name, *value) : add_json(name, "null");
  }
  /// `json` is the text of a JSON value.
  JsonObject& add_json(std::string_view name, std::string_view json);

  bool empty() const { return m_text.size() == 1; }
  std::string text() const { return m_text + '}'; }

 private:
  std::string m_text = "{";
};

}  // namespace menpai

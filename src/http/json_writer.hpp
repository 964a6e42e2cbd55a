// SPDX-License-Identifier: Apache-2.0
// Writes JSON text from front to back; commas come by themselves. Numbers are written as a person would (113.4, not
// 1.134E2), which Boost.JSON does not do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace menpai::http {

class JsonWriter {
 public:
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool truth);
  void value(std::int64_t number);
  void value(std::uint64_t number);
  void value(double number);  ///< null if it is not finite
  void null();
  /// JSON text that is known to be well-formed.
  void raw(std::string_view json);

  template <class T>
  void field(std::string_view name, const T& v) {
    key(name);
    value(v);
  }

  /// "name": [ … ], each item written by `write(item)`.
  template <class Items, class Write>
  void array(std::string_view name, const Items& items, const Write& write) {
    key(name);
    begin_array();
    for (const auto& item : items) write(item);
    end_array();
  }

  std::string take() { return std::move(m_out); }

 private:
  void separate();
  std::string m_out;
  bool m_first = true;  ///< nothing stands before in this object or array
};

}  // namespace menpai::http

// SPDX-License-Identifier: Apache-2.0
#include "base/json_text.hpp"

#include <charconv>

#include "base/utf8.hpp"

namespace menpai {

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  const std::string mended = utf8::valid(text) ? std::string() : utf8::encode(utf8::decode(text));
  if (!mended.empty()) text = mended;
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += hex[static_cast<unsigned char>(c) >> 4];
          out += hex[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void append_json_number(std::string& out, double number) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  out.append(buffer, end);
}

JsonObject& JsonObject::add(std::string_view name, std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return add_json(name, json);
}

JsonObject& JsonObject::add(std::string_view name, double value) {
  std::string json;
  append_json_number(json, value);
  return add_json(name, json);
}

JsonObject& JsonObject::add(std::string_view name, const std::vector<std::string>& texts) {
  std::string json = "[";
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) json += ',';
    append_json_string(json, texts[i]);
  }
  return add_json(name, json + ']');
}

JsonObject& JsonObject::add_json(std::string_view name, std::string_view json) {
  if (!empty()) m_text += ',';
  append_json_string(m_text, name);
  m_text += ':';
  m_text += json;
  return *this;
}

}  // namespace menpai

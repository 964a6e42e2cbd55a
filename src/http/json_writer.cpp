// SPDX-License-Identifier: Apache-2.0
#include "http/json_writer.hpp"

#include <cmath>

#include "base/json_text.hpp"

namespace menpai::http {

void JsonWriter::separate() {
  if (!m_first) m_out += ',';
  m_first = false;
}

void JsonWriter::begin_object() {
  separate();
  m_out += '{';
  m_first = true;
}

void JsonWriter::end_object() {
  m_out += '}';
  m_first = false;
}

void JsonWriter::begin_array() {
  separate();
  m_out += '[';
  m_first = true;
}

void JsonWriter::end_array() {
  m_out += ']';
  m_first = false;
}

void JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(m_out, name);
  m_out += ':';
  m_first = true;
}

void JsonWriter::value(std::string_view text) {
  separate();
  append_json_string(m_out, text);
}

void JsonWriter::value(bool truth) {
  raw(truth ? "true" : "false");
}
void JsonWriter::value(std::int64_t number) {
  raw(std::to_string(number));
}
void JsonWriter::value(std::uint64_t number) {
  raw(std::to_string(number));
}

void JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  separate();
  append_json_number(m_out, number);
}

void JsonWriter::null() {
  raw("null");
}

void JsonWriter::raw(std::string_view json) {
  separate();
  m_out += json;
}

}  // namespace menpai::http

// SPDX-License-Identifier: Apache-2.0
// The small arithmetic of requests and responses: methods, percent escapes, query strings, reason phrases.
#include "http/message.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/utf8.hpp"

namespace menpai::http {
namespace {

constexpr std::array<std::string_view, 6> method_names = {"GET", "HEAD", "POST", "PUT", "DELETE", "OTHER"};

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

const std::string* find_value(const NameValues& values, std::string_view name) {
  const auto found = std::find_if(values.begin(), values.end(), [&](const auto& pair) { return pair.first == name; });
  return found == values.end() ? nullptr : &found->second;
}

}  // namespace

Method parse_method(std::string_view text) {
  for (std::size_t i = 0; i + 1 < method_names.size(); ++i) {
    if (method_names[i] == text) return static_cast<Method>(i);
  }
  return Method::other;
}

std::string_view method_name(Method method) {
  return method_names[static_cast<std::size_t>(method)];
}

std::string_view RequestHead::field(std::string_view name) const {
  for (const Field& f : fields) {
    if (f.name == name) return f.value;
  }
  return {};
}

const std::string& Request::param(std::string_view name) const {
  const std::string* value = find_value(params, name);
  MENPAI_ASSERT(value != nullptr, "the route's pattern does not name this parameter");
  return *value;
}

std::string Request::query_or(std::string_view name, std::string_view otherwise) const {
  const std::string* value = find_value(query, name);
  return value ? *value : std::string(otherwise);
}

std::uint64_t Request::query_number(std::string_view name, std::uint64_t otherwise, std::uint64_t low,
                                    std::uint64_t high) const {
  const std::string* text = find_value(query, name);
  if (!text) return otherwise;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size() || number < low || number > high) {
    throw Error(ErrorCode::bad_request, "Query parameter \"" + std::string(name) + "\" must be a whole number from " +
                                            std::to_string(low) + " to " + std::to_string(high) + ".");
  }
  return number;
}

void Request::allow_query(std::initializer_list<std::string_view> names) const {
  for (std::size_t i = 0; i < query.size(); ++i) {
    const std::string& name = query[i].first;
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw Error(ErrorCode::bad_request, "Unknown query parameter \"" + name.substr(0, 64) + "\".");
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (query[j].first == name) {
        throw Error(ErrorCode::bad_request, "Query parameter \"" + name + "\" is given twice.");
      }
    }
  }
}

Response& Response::with(std::string name, std::string value) {
  fields.push_back({std::move(name), std::move(value)});
  return *this;
}

Response json_response(std::string body, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.with("Content-Type", "application/json");
  return response;
}

Response empty_response(int status) {
  Response response;
  response.status = status;
  return response;
}

std::string_view reason_phrase(int status) {
  struct Phrase {
    int status;
    std::string_view text;
  };
  static constexpr Phrase phrases[] = {
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {304, "Not Modified"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {411, "Length Required"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {421, "Misdirected Request"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
      {505, "HTTP Version Not Supported"},
      {507, "Insufficient Storage"},
  };
  for (const Phrase& phrase : phrases) {
    if (phrase.status == status) return phrase.text;
  }
  return "Unknown";
}

std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F) return std::nullopt;
    out += c;
  }
  if (!utf8::valid(out)) return std::nullopt;
  return out;
}

std::string encode_percent(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += hex[byte >> 4];
      out += hex[byte & 15];
    }
  }
  return out;
}

std::optional<NameValues> parse_query(std::string_view text) {
  NameValues values;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = decode_percent(pair.substr(0, equals), true);
    auto value = decode_percent(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return std::nullopt;
    values.emplace_back(std::move(*name), std::move(*value));
  }
  return values;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace menpai::http

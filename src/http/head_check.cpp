// SPDX-License-Identifier: Apache-2.0
// Beast parses the head; what Beast lets pass and we do not is looked for in the bytes themselves before.
#include "http/head_check.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/basic_parser.hpp>
#include <charconv>

namespace menpai::http {
namespace {

namespace beast = boost::beast;
using beast::string_view;

constexpr std::size_t fields_max = 64;

/// Fields that may come once only, because a decision rests on their value.
constexpr std::array<std::string_view, 16> single_fields = {
    "host",         "content-length",  "transfer-encoding", "cookie",
    "origin",       "x-menpai",        "if-match",          "if-none-match",
    "content-type", "x-forwarded-for", "sec-fetch-site",    "x-forwarded-proto",
    "expect",       "authorization",   "content-encoding",  "range"};

/// Beast's parser for the head alone. The body is not given to it: of its chunk reader an assertion can be reached from
/// the network ("0 CR LF CR" in a read of its own).
class HeadParser : public beast::http::basic_parser<true> {
 public:
  explicit HeadParser(RequestHead& head) : m_head(head) {
    header_limit(1 << 20);  // the session counts bytes while it reads
    body_limit(boost::none);
  }

 private:
  using error_code = beast::error_code;

  void on_request_impl(beast::http::verb, string_view method, string_view target, int version, error_code&) override {
    m_head.method.assign(method.data(), method.size());
    m_head.target.assign(target.data(), target.size());
    m_head.version = version;
  }
  void on_field_impl(beast::http::field, string_view name, string_view value, error_code&) override {
    Field field;
    field.name.reserve(name.size());
    for (const char c : name) field.name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    field.value.assign(value.data(), value.size());
    m_head.fields.push_back(std::move(field));
  }
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view body, error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override { return body.size(); }
  void on_finish_impl(error_code&) override {}

  RequestHead& m_head;
};

/// Line by line over the raw bytes: line ends, folding, space before the colon, control characters.
std::optional<Refusal> check_lines(std::string_view raw) {
  std::size_t line_count = 0;
  while (!raw.empty()) {
    const std::size_t end = raw.find("\r\n");
    if (end == std::string_view::npos) return Refusal{400, "A header line does not end in CR LF."};
    const std::string_view line = raw.substr(0, end);
    raw.remove_prefix(end + 2);
    for (const char c : line) {
      const auto byte = static_cast<unsigned char>(c);
      if ((byte < 0x20 && c != '\t') || byte == 0x7F) return Refusal{400, "The header holds a control character."};
    }
    if (line.empty()) {
      if (!raw.empty() || line_count == 0) return Refusal{400, "The header holds an empty line."};
      return std::nullopt;
    }
    if (line_count > 0) {
      if (line[0] == ' ' || line[0] == '\t') return Refusal{400, "Folded header lines are not taken."};
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos || colon == 0) return Refusal{400, "A header line has no name."};
      if (line[colon - 1] == ' ' || line[colon - 1] == '\t') {
        return Refusal{400, "A header name is followed by a space."};
      }
    } else if (std::count(line.begin(), line.end(), ' ') != 2 || line.find('\t') != std::string_view::npos) {
      return Refusal{400, "The request line is not \"METHOD TARGET HTTP/1.1\"."};
    } else if (const std::string_view version = line.substr(line.rfind(' ') + 1);
               version.starts_with("HTTP/") && version != "HTTP/1.1" && version != "HTTP/1.0") {
      return Refusal{505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
    }
    if (++line_count > fields_max + 1) return Refusal{431, "The request has too many header fields."};
  }
  return Refusal{400, "The header does not end."};
}

bool host_is_well_formed(std::string_view host) {
  if (host.empty() || host.size() > 255) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_' || c == ':' || c == '[' || c == ']';
  });
}

std::optional<Refusal> check_single_fields(const RequestHead& head) {
  for (const std::string_view name : single_fields) {
    const auto count =
        std::count_if(head.fields.begin(), head.fields.end(), [&](const Field& f) { return f.name == name; });
    if (count > 1) return Refusal{400, "The field " + std::string(name) + " is given more than once."};
  }
  const std::string_view host = head.field("host");
  if (head.version == 11 && host.empty()) return Refusal{400, "The field Host is missing."};
  if (!host.empty() && !host_is_well_formed(host)) return Refusal{400, "The field Host is not well-formed."};
  return std::nullopt;
}

std::optional<Refusal> settle_length(RequestHead& head) {
  const bool has_length =
      std::any_of(head.fields.begin(), head.fields.end(), [](const Field& f) { return f.name == "content-length"; });
  const bool has_coding =
      std::any_of(head.fields.begin(), head.fields.end(), [](const Field& f) { return f.name == "transfer-encoding"; });
  if (has_length && has_coding) return Refusal{400, "Content-Length and Transfer-Encoding exclude each other."};
  if (has_coding) {
    if (head.version != 11) return Refusal{400, "Transfer-Encoding does not belong in HTTP/1.0."};
    if (!equal_ignoring_case(head.field("transfer-encoding"), "chunked")) {
      return Refusal{400, "The only Transfer-Encoding taken is chunked."};
    }
    head.chunked = true;
  }
  if (has_length) {
    const std::string_view text = head.field("content-length");
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || text.size() > 19) {
      return Refusal{400, "Content-Length is not a number."};
    }
    head.content_length = length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> parse_head(std::string_view raw, RequestHead& head) {
  head = RequestHead();
  if (auto refusal = check_lines(raw)) return refusal;
  HeadParser parser(head);
  beast::error_code error;
  parser.put(boost::asio::const_buffer(raw.data(), raw.size()), error);
  if (error || !parser.is_header_done()) return Refusal{400, "The header is not well-formed: " + error.message() + "."};
  if (auto refusal = check_single_fields(head)) return refusal;
  if (head.target.empty() || head.target[0] != '/') {
    return Refusal{400, "The request target must be a path that begins with \"/\"."};
  }
  const bool ascii = std::all_of(head.target.begin(), head.target.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (!ascii || head.target.find('#') != std::string::npos) {
    return Refusal{400, "The request target holds characters that must be percent-encoded."};
  }
  if (auto refusal = settle_length(head)) return refusal;
  head.keep_alive = parser.keep_alive();
  return std::nullopt;
}

std::size_t find_head_end(std::string_view bytes, std::size_t searched, bool& broken) {
  broken = false;
  for (std::size_t i = searched; i < bytes.size(); ++i) {
    if (bytes[i] == '\0') {
      broken = true;
      return 0;
    }
    if (bytes[i] != '\n') continue;
    if (i == 0 || bytes[i - 1] != '\r') {
      broken = true;
      return 0;
    }
    if (i >= 3 && bytes[i - 2] == '\n') return i + 1;
    if (i == 1) {  // a blank line before the request line: nothing follows that we want to guess at
      broken = true;
      return 0;
    }
  }
  return 0;
}

}  // namespace menpai::http

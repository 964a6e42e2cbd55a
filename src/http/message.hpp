// SPDX-License-Identifier: Apache-2.0
// A request and a response as the handlers see them: plain data, no socket and no Boost in it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "model/access.hpp"

namespace menpai::http {

enum class Method : std::uint8_t { get, head, post, put, del, other };
/// "GET" … "DELETE"; methods that no route has are `other`.
Method parse_method(std::string_view text);
std::string_view method_name(Method method);
/// GET and HEAD change nothing; everything else must prove that our own page sent it.
inline bool is_safe(Method method) {
  return method == Method::get || method == Method::head;
}

struct Field {
  std::string name;  ///< lower case in requests, as written in responses
  std::string value;
};

/// The request line and the fields, checked for form (head_check.hpp), not for meaning.
struct RequestHead {
  std::string method;
  std::string target;  ///< origin form, as sent: "/a%20b?x=1"
  int version = 11;    ///< 10 or 11
  std::vector<Field> fields;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = false;

  bool has_body() const { return chunked || content_length.value_or(0) > 0; }
  /// The first field of that (lower-case) name, or empty.
  std::string_view field(std::string_view name) const;
};

/// Where the connection comes from.
struct Peer {
  std::string address;  ///< IP address in text
  bool tls = false;     ///< we hold the TLS ourselves
};

using NameValues = std::vector<std::pair<std::string, std::string>>;

/// What a handler gets. Everything in it is decoded, valid UTF-8 and without NUL.
struct Request {
  RequestHead head;
  Method method = Method::other;
  std::string path;   ///< as sent, without the query
  NameValues params;  ///< parts of the path: {"id", "…"}
  NameValues query;
  std::string body;
  Caller caller;
  std::string session_token;  ///< of the cookie, empty if none was sent
  bool secure = false;        ///< came over TLS, ours or the named proxy's
  bool loopback = false;      ///< from this machine, without a proxy between

  /// A part of the path. The route names it, so it is there.
  const std::string& param(std::string_view name) const;
  /// A query value, or `otherwise` if it is not given.
  std::string query_or(std::string_view name, std::string_view otherwise) const;
  /// A whole number from the query within [low, high]. Throws bad_request that names the parameter.
  std::uint64_t query_number(std::string_view name, std::uint64_t otherwise, std::uint64_t low,
                             std::uint64_t high) const;
  /// Throws bad_request if the query has any other name than these, or one twice.
  void allow_query(std::initializer_list<std::string_view> names) const;
};

/// A body that is made piece by piece. next() runs on a worker thread, never twice at the same time; between two calls
/// no thread is held. An exception cuts the connection, so that the receiver sees that the body is not whole.
class BodySource {
 public:
  enum class Step : std::uint8_t {
    more,  ///< `bytes` holds the next piece, ask again at once
    wait,  ///< `bytes` may hold a piece; ask again after the pause (Limits::source_pause)
    end,   ///< `bytes` holds the last piece or nothing
  };
  virtual ~BodySource() = default;
  virtual Step next(std::string& bytes) = 0;
};

struct Response {
  int status = 200;
  std::vector<Field> fields;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  ///< instead of `body`: the same bytes for many
  std::unique_ptr<BodySource> source;              ///< instead of both: length not known before

  Response& with(std::string name, std::string value);
  std::string_view bytes() const { return shared_body ? std::string_view(*shared_body) : std::string_view(body); }
};

/// A body that is answered while it comes. Runs on worker threads, one call after the other; between two calls no
/// thread is held. A piece is read, answered, and its answer written before the next piece is read: so a client that
/// does not read its answers is not read from either, and memory stays flat.
class Dialogue {
 public:
  virtual ~Dialogue() = default;
  /// Status and fields; asked for once, before the first turn. What it and the first turn throw becomes the response.
  virtual Response begin() = 0;
  /// Appends to `out` what the piece is answered with; `is_last`: no other comes (the piece may be empty). Returns how
  /// long the client has to wait before its next piece is read. What a later turn throws cuts the connection, behind
  /// what `out` and last_words() give.
  virtual std::chrono::milliseconds turn(std::string_view piece, bool is_last, std::string& out) = 0;
  /// Why the answer ends here, in the answer's own form.
  virtual std::string last_words(ErrorCode code, std::string_view message) = 0;
};

/// A body that is taken in piece by piece. Runs on worker threads, one call after the other. Destroyed without finish()
/// if the client goes away or an error ends the request.
class BodySink {
 public:
  virtual ~BodySink() = default;
  virtual void write(std::string_view bytes) = 0;
  virtual Response finish() = 0;
  /// Not null for a body that is answered while it comes; then neither write() nor finish() is called.
  virtual Dialogue* dialogue() { return nullptr; }
};

/// A failure whose status is not the one that its code stands for (problem.hpp): 405, 412, 428, 429 …
class StatusError : public Error {
 public:
  StatusError(int status, ErrorCode code, const std::string& message, std::vector<Field> fields = {})
      : Error(code, message), m_status(status), m_fields(std::move(fields)) {}
  int status() const { return m_status; }
  const std::vector<Field>& fields() const { return m_fields; }

 private:
  int m_status;
  std::vector<Field> m_fields;
};

Response json_response(std::string body, int status = 200);
Response empty_response(int status = 204);

/// "Not Found" for 404.
std::string_view reason_phrase(int status);
/// Decodes %XX. Nothing if an escape is broken, or the result is not UTF-8 or holds a control character.
std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space);
/// Encodes all but the unreserved characters of RFC 3986, for filename*.
std::string encode_percent(std::string_view text);
/// The pairs of a query string. Nothing if one does not decode.
std::optional<NameValues> parse_query(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);

}  // namespace menpai::http

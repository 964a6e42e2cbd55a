// SPDX-License-Identifier: Apache-2.0
// The one door: every request passes here on its way to a handler, and its answer on the way out. Who asks, may he,
// does the request come from our own page, what did it cost.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "http/head_check.hpp"
#include "http/message.hpp"
#include "http/metrics.hpp"
#include "http/route.hpp"

namespace menpai::http {

struct DoorOptions {
  std::string proxy;          ///< IP address of the reverse proxy that ends TLS for us; empty: none
  bool tls = false;           ///< we end TLS ourselves
  unsigned sign_ins_max = 8;  ///< waiting at a time from one address
};

/// What the application tells the door.
struct DoorHooks {
  std::function<std::optional<Caller>(std::string_view token)> caller_of_session;
  /// Of "Authorization: Bearer …". May be left empty: then nobody signs in that way.
  std::function<std::optional<Caller>(std::string_view token)> caller_of_token;
  /// The policy: throws unauthenticated or forbidden.
  std::function<void(const Caller&, Action)> require;
  /// Takes the members of one JSON object ("a":1,"b":2). `failed`: it was our fault.
  std::function<void(bool failed, std::string_view members)> log;
};

class Door;

/// One request under way. The session drives it: check; admit; then write or a whole body; finish. One after the other,
/// a step that fails gives the response at once. Nothing here throws.
class Exchange {
 public:
  Exchange(Door& door, RequestHead head, Peer peer, std::string request_id);
  ~Exchange();

  const RequestHead& head() const { return m_request.head; }
  Lane lane() const;
  bool streams_body() const { return m_route && m_route->open_sink; }
  /// The admitted body is answered while it comes: turn() in place of write() and finish().
  bool is_dialogue() const { return m_sink && m_sink->dialogue() != nullptr; }
  std::uint64_t body_max() const;

  /// What can be told from the header alone. Short enough for the I/O thread.
  std::optional<Response> check();
  // The rest on worker threads.
  /// Who asks, and may he. Opens the sink.
  std::optional<Response> admit();
  std::optional<Response> write(std::string_view bytes);
  void set_body(std::string body) { m_request.body = std::move(body); }
  Response finish();
  struct Turn {
    Response head;                    ///< of the first turn: status and fields
    std::optional<Response> refusal;  ///< of a first turn that failed: the whole answer
    bool is_cut = false;              ///< of a later turn that failed: nothing comes behind `out`
    std::string out;
    std::chrono::milliseconds pause{0};
  };
  Turn turn(std::string_view piece, bool is_first, bool is_last);
  /// What a dialogue ends with that the session has to break off; for the log as well.
  std::string last_words(ErrorCode code, std::string_view message);
  /// The answer to a failure that the session found (body too large, too slow, broken).
  Response refuse(int status, ErrorCode code, std::string_view message);

  /// The source failed while it gave the body: for the log.
  void note_failure(std::string_view what);
  /// The answer is out, or the connection is gone (`complete` false).
  void done(int status, std::uint64_t bytes_in, std::uint64_t bytes_out, bool complete);

 private:
  void settle_peer();
  void check_host() const;
  void check_own_page() const;
  void check_body() const;
  void enter_sign_in();
  void settle_caller();
  bool bears_token() const { return !m_request.head.field("authorization").empty(); }
  std::optional<Caller> caller_of_bearer() const;
  template <class Step>
  Response guarded(const Step& step);
  template <class Step>
  std::optional<Response> guarded_step(const Step& step);
  Response finished(Response response) const;

  Door& m_door;
  Request m_request;
  Peer m_peer;
  std::string m_request_id;
  const Route* m_route = nullptr;
  std::string m_allow;  ///< not empty: the path is known, the method is not
  std::optional<Refusal> m_misformed;
  bool m_counted_sign_in = false;
  std::unique_ptr<BodySink> m_sink;
  std::string m_failure;  ///< code and detail, for the log
  /// Of the last failed step: what the caller may know.
  std::pair<ErrorCode, std::string> m_failed = {ErrorCode::internal, "Something went wrong in Menpai itself."};
  std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

class Door {
 public:
  /// Throws internal if the table is not sound.
  Door(RouteTable routes, DoorHooks hooks, DoorOptions options, std::shared_ptr<Metrics> metrics);

  std::unique_ptr<Exchange> open(RequestHead head, Peer peer);
  /// The answer to bytes that are not a request; logged and counted.
  Response refuse(const Refusal& refusal, const Peer& peer);

  /// True if a connection from there is taken at all.
  bool admits_peer(std::string_view address) const;

  Metrics& metrics() { return *m_metrics; }
  const RouteTable& routes() const { return m_routes; }
  const DoorOptions& options() const { return m_options; }

 private:
  friend class Exchange;
  bool enter_sign_in(const std::string& origin);
  void leave_sign_in(const std::string& origin);

  RouteTable m_routes;
  DoorHooks m_hooks;
  DoorOptions m_options;
  std::shared_ptr<Metrics> m_metrics;
  std::mutex m_mutex;
  std::map<std::string, unsigned> m_sign_ins;  ///< under way, by origin
};

/// "__Host-menpai" on a secure connection, else "menpai".
std::string_view session_cookie_name(bool secure);
/// The value of that cookie in a Cookie field, or empty.
std::string_view cookie_value(std::string_view field, std::string_view name);
bool is_loopback(std::string_view address);

}  // namespace menpai::http

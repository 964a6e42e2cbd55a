// SPDX-License-Identifier: Apache-2.0
// For tests: a few routes that do one thing each, and callers known by their tokens.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "http/test_client.hpp"

namespace menpai::http::test {

/// What the test routes have seen.
struct Seen {
  std::atomic<std::uint64_t> uploaded{0};
  std::atomic<int> sinks_ended{0};  ///< destroyed, with finish() or without
  std::atomic<int> sinks_finished{0};
  std::atomic<int> sources_ended{0};
  std::atomic<bool> release{false};  ///< lets /slow answer
};

class CountingSink final : public BodySink {
 public:
  explicit CountingSink(std::shared_ptr<Seen> seen) : m_seen(std::move(seen)) {}
  ~CountingSink() override { ++m_seen->sinks_ended; }
  void write(std::string_view bytes) override {
    if (bytes.find("POISON") != std::string_view::npos) throw Error(ErrorCode::disk_full, "The disk is full.");
    m_seen->uploaded += bytes.size();
    m_size += bytes.size();
  }
  Response finish() override {
    ++m_seen->sinks_finished;
    return json_response("{\"size\":" + std::to_string(m_size) + "}", 201);
  }

 private:
  std::shared_ptr<Seen> m_seen;
  std::uint64_t m_size = 0;
};

/// Gives `pieces` pieces of 100,000 bytes; fails before the piece number `fails_at`.
class PieceSource final : public BodySource {
 public:
  PieceSource(std::shared_ptr<Seen> seen, int pieces, int fails_at)
      : m_seen(std::move(seen)), m_pieces(pieces), m_fails_at(fails_at) {}
  ~PieceSource() override { ++m_seen->sources_ended; }
  Step next(std::string& bytes) override {
    if (m_given == m_fails_at) throw Error(ErrorCode::unavailable, "The database is away.");
    bytes.assign(100'000, static_cast<char>('a' + m_given % 26));
    return ++m_given >= m_pieces ? Step::end : Step::more;
  }

 private:
  std::shared_ptr<Seen> m_seen;
  int m_given = 0, m_pieces, m_fails_at;
};

/// Five events, one a pause; with `forever`, no end.
class EventSource final : public BodySource {
 public:
  EventSource(std::shared_ptr<Seen> seen, bool forever) : m_seen(std::move(seen)), m_forever(forever) {}
  ~EventSource() override { ++m_seen->sources_ended; }
  Step next(std::string& bytes) override {
    bytes = "event: tick\ndata: " + std::to_string(++m_count) + "\n\n";
    return m_count >= 5 && !m_forever ? Step::end : Step::wait;
  }

 private:
  std::shared_ptr<Seen> m_seen;
  bool m_forever;
  int m_count = 0;
};

inline Route route(Method method, std::string pattern, Action action, std::function<Response(Request&)> handle,
                   std::uint64_t body_max = 0) {
  Route made;
  made.method = method;
  made.pattern = std::move(pattern);
  made.action = action;
  made.handle = std::move(handle);
  made.body_max = body_max;
  return made;
}

inline Response text_response(std::string text) {
  Response response;
  response.body = std::move(text);
  response.with("Content-Type", "text/plain; charset=utf-8");
  return response;
}

inline RouteTable test_routes(const std::shared_ptr<Seen>& seen) {
  RouteTable table;
  const auto get = [&](const char* pattern, Action action, std::function<Response(Request&)> handle) {
    table.add(route(Method::get, pattern, action, std::move(handle)));
  };
  get("/hello", Action::read_page, [](Request&) { return text_response("hello"); });
  get("/api/mine", Action::read_self, [](Request& request) { return text_response(request.caller.name); });
  get("/api/echo/{part}", Action::read_page,
      [](Request& request) { return text_response(request.param("part") + "|" + request.query_or("q", "-")); });
  get("/api/fail", Action::read_page, [](Request&) -> Response { throw std::runtime_error("secret of the inside"); });
  get("/api/fail/{code}", Action::read_page, [](Request& request) -> Response {
    for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
      const auto code = static_cast<ErrorCode>(i);
      if (error_code_name(code) == request.param("code")) throw Error(code, "Public words.", "secret of the inside");
    }
    return empty_response();
  });
  get("/slow", Action::read_page, [seen](Request&) {
    while (!seen->release) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return text_response("done");
  });
  get("/pieces/{count}/{fails_at}", Action::read_page, [seen](Request& request) {
    Response response;
    response.source =
        std::make_unique<PieceSource>(seen, std::stoi(request.param("count")), std::stoi(request.param("fails_at")));
    return response;
  });
  get("/events/{kind}", Action::read_page, [seen](Request& request) {
    Response response;
    response.with("Content-Type", "text/event-stream");
    response.source = std::make_unique<EventSource>(seen, request.param("kind") == "forever");
    return response;
  });
  get("/figures", Action::read_metrics, [](Request&) { return text_response("figures"); });
  table.add(route(
      Method::post, "/api/body", Action::read_page,
      [](Request& request) { return text_response(std::to_string(request.body.size())); }, 1000));
  Route sign_in = route(Method::post, "/api/sign-in", Action::sign_in, [seen](Request&) {
    while (!seen->release) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return text_response("in");
  });
  sign_in.lane = Lane::password;
  table.add(std::move(sign_in));
  Route upload;
  upload.method = Method::post;
  upload.pattern = "/api/upload";
  upload.action = Action::read_page;
  upload.body_max = 10'000'000;
  upload.lane = Lane::heavy;
  upload.open_sink = [seen](Request&) { return std::make_unique<CountingSink>(seen); };
  table.add(std::move(upload));
  return table;
}

/// "clerk-token" and "administrator-token" are signed in.
inline DoorHooks test_hooks() {
  DoorHooks hooks;
  hooks.caller_of_session = [](std::string_view token) -> std::optional<Caller> {
    Caller caller;
    if (token == "clerk-token") caller.role = Role::clerk;
    if (token == "administrator-token") caller.role = Role::administrator;
    if (caller.role == Role::nobody) return std::nullopt;
    caller.name = role_name(caller.role);
    return caller;
  };
  hooks.require = [](const Caller& caller, Action action) {
    if (action == Action::read_page || action == Action::read_health || action == Action::sign_in) return;
    if (caller.role == Role::nobody) throw Error(ErrorCode::unauthenticated, "Sign in first.");
    if (action == Action::read_metrics && caller.role != Role::administrator) {
      throw Error(ErrorCode::forbidden, "This is for administrators.");
    }
  };
  return hooks;
}

/// Limits short enough for a test.
inline ServerOptions quick_options() {
  ServerOptions options;
  options.workers = 4;
  options.limits.head_time = std::chrono::milliseconds(400);
  options.limits.idle_time = std::chrono::milliseconds(800);
  options.limits.stall_time = std::chrono::milliseconds(400);
  options.limits.grace_time = std::chrono::milliseconds(600);
  options.limits.linger_time = std::chrono::milliseconds(400);
  options.limits.source_pause = std::chrono::milliseconds(50);
  return options;
}

/// Waits until `holds`, at most ten seconds. Returns whether it does.
inline bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 2000; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

}  // namespace menpai::http::test

// SPDX-License-Identifier: Apache-2.0
#include "http/door.hpp"

#include <algorithm>

#include "http/json_writer.hpp"
#include "http/problem.hpp"

namespace menpai::http {
namespace {

constexpr std::size_t token_max = 128;

/// Host without its port.
std::string_view host_name(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool is_api(std::string_view path) {
  return path.starts_with("/api/");
}

/// Only these can be asked by anybody; no session is looked up for them.
bool needs_caller(Action action) {
  return action != Action::read_health && action != Action::read_page && action != Action::sign_in &&
         action != Action::visit_plate;
}

std::string_view last_of_list(std::string_view list) {
  const std::size_t comma = list.rfind(',');
  return trim(comma == std::string_view::npos ? list : list.substr(comma + 1));
}

/// Digits, letters, dots, colons: what an IP address may hold. It goes into the log and the audit.
bool looks_like_address(std::string_view text) {
  return !text.empty() && text.size() <= 45 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '.' || c == ':';
  });
}

constexpr std::string_view content_policy =
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

}  // namespace

std::string_view session_cookie_name(bool secure) {
  return secure ? "__Host-menpai" : "menpai";
}

std::string_view cookie_value(std::string_view field, std::string_view name) {
  while (!field.empty()) {
    const std::size_t end = std::min(field.find(';'), field.size());
    const std::string_view pair = trim(field.substr(0, end));
    field.remove_prefix(std::min(end + 1, field.size()));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
  }
  return {};
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

Door::Door(RouteTable routes, DoorHooks hooks, DoorOptions options, std::shared_ptr<Metrics> metrics)
    : m_routes(std::move(routes)),
      m_hooks(std::move(hooks)),
      m_options(std::move(options)),
      m_metrics(std::move(metrics)) {
  m_routes.check();
}

std::unique_ptr<Exchange> Door::open(RequestHead head, Peer peer) {
  return std::make_unique<Exchange>(*this, std::move(head), std::move(peer), Uuid::make().text());
}

Response Door::refuse(const Refusal& refusal, const Peer& peer) {
  Exchange exchange(*this, RequestHead(), peer, Uuid::make().text());
  Response response = exchange.refuse(refusal.status, ErrorCode::bad_request, refusal.message);
  exchange.done(refusal.status, 0, 0, true);
  return response;
}

bool Door::admits_peer(std::string_view address) const {
  return m_options.tls || is_loopback(address) || address == m_options.proxy;
}

bool Door::enter_sign_in(const std::string& origin) {
  const std::lock_guard lock(m_mutex);
  unsigned& count = m_sign_ins[origin];
  if (count >= m_options.sign_ins_max) return false;
  ++count;
  return true;
}

void Door::leave_sign_in(const std::string& origin) {
  const std::lock_guard lock(m_mutex);
  const auto found = m_sign_ins.find(origin);
  if (found != m_sign_ins.end() && --found->second == 0) m_sign_ins.erase(found);
}

Exchange::Exchange(Door& door, RequestHead head, Peer peer, std::string request_id)
    : m_door(door), m_peer(std::move(peer)), m_request_id(std::move(request_id)) {
  m_request.head = std::move(head);
  m_request.method = parse_method(m_request.head.method);
  m_request.caller.origin = m_peer.address;
  m_request.caller.request_id = m_request_id;
  const std::string_view target = m_request.head.target;
  const std::size_t question = std::min(target.find('?'), target.size());
  m_request.path = target.substr(0, question);
  if (m_request.path.empty()) return;  // not a request: Door::refuse

  auto query = parse_query(target.substr(std::min(question + 1, target.size())));
  if (!query) {
    m_misformed = Refusal{400, "The query does not decode to UTF-8 text without control characters."};
    return;
  }
  m_request.query = std::move(*query);
  RouteMatch match = m_door.m_routes.find(m_request.method, m_request.path);
  m_route = match.route;
  m_request.params = std::move(match.params);
  if (!m_route && match.path_known) m_allow = std::move(match.allow);
}

Exchange::~Exchange() {
  if (m_counted_sign_in) m_door.leave_sign_in(m_request.caller.origin);
}

Lane Exchange::lane() const {
  return m_route ? m_route->lane : Lane::quick;
}

std::uint64_t Exchange::body_max() const {
  return m_route ? m_route->body_max : 0;
}

void Exchange::settle_peer() {
  const Peer& peer = m_peer;
  const DoorOptions& options = m_door.m_options;
  const std::string_view forwarded = m_request.head.field("x-forwarded-for");
  const bool proxied = !peer.tls && !options.proxy.empty() && peer.address == options.proxy;
  m_request.secure = peer.tls;
  if (!proxied) {
    m_request.loopback = is_loopback(peer.address);
    return;
  }
  if (forwarded.empty()) {
    // A collector or a check on the proxy's own machine may ask for these; a page through a proxy that hides its
    // callers would count all of them as one.
    if (m_route && (*m_route->action == Action::read_metrics || *m_route->action == Action::read_health)) {
      m_request.loopback = is_loopback(peer.address);
      return;
    }
    throw Error(ErrorCode::bad_request,
                "The proxy does not say whom it speaks for. Let it set X-Forwarded-For and X-Forwarded-Proto.");
  }
  const std::string_view origin = last_of_list(forwarded);
  if (!looks_like_address(origin)) {
    throw Error(ErrorCode::bad_request, "The proxy's X-Forwarded-For does not end in an IP address.");
  }
  m_request.caller.origin = origin;
  const std::string_view scheme = m_request.head.field("x-forwarded-proto");
  if (!scheme.empty() && !equal_ignoring_case(scheme, "https")) {
    throw Error(ErrorCode::forbidden, "Open this address with https://.");
  }
  m_request.secure = true;
}

void Exchange::check_host() const {
  if (m_request.secure || !m_request.loopback) return;
  // A page elsewhere whose name is made to point at 127.0.0.1 (DNS rebinding) must not talk to us.
  const std::string_view host = host_name(m_request.head.field("host"));
  const bool own = host.empty() || host == "localhost" || host == "[::1]" || is_loopback(host);
  if (!own) {
    throw StatusError(421, ErrorCode::bad_request,
                      "Without TLS this server answers to localhost and 127.0.0.1 only. Use --tls-cert and --tls-key.");
  }
}

void Exchange::check_own_page() const {
  // A token is sent by a program that means it; a browser adds none by itself, so no other site's page can use it.
  if (is_safe(m_request.method) || bears_token()) return;
  if (m_request.head.field("x-menpai") != "1") {
    throw Error(ErrorCode::forbidden, "Requests that change something need the header \"X-Menpai: 1\".");
  }
  const std::string_view origin = m_request.head.field("origin");
  const std::string own = (m_request.secure ? "https://" : "http://") + std::string(m_request.head.field("host"));
  const std::string_view site = m_request.head.field("sec-fetch-site");
  if ((!origin.empty() && !equal_ignoring_case(origin, own)) || site == "cross-site" || site == "same-site") {
    throw Error(ErrorCode::forbidden, "Requests from other sites' pages are not taken.");
  }
}

/// The caller whom "Authorization: Bearer …" names. Throws unauthenticated if it names nobody.
std::optional<Caller> Exchange::caller_of_bearer() const {
  constexpr std::string_view scheme = "bearer ";
  const std::string_view field = m_request.head.field("authorization");
  if (!equal_ignoring_case(field.substr(0, scheme.size()), scheme)) {
    throw Error(ErrorCode::unauthenticated, "Only \"Authorization: Bearer\" with a service token is understood.");
  }
  const std::string_view token = trim(field.substr(scheme.size()));
  std::optional<Caller> caller;
  if (!token.empty() && token.size() <= token_max && m_door.m_hooks.caller_of_token) {
    caller = m_door.m_hooks.caller_of_token(token);
  }
  if (!caller) {
    throw Error(ErrorCode::unauthenticated,
                "The service token is unknown, revoked or no longer good. Ask an administrator for a new one.");
  }
  return caller;
}

/// Who sends a token is known by it alone: a cookie beside it is not looked at.
void Exchange::settle_caller() {
  if (!needs_caller(*m_route->action)) return;
  if (bears_token()) {
    std::optional<Caller> program = caller_of_bearer();
    program->origin = m_request.caller.origin;
    program->request_id = m_request_id;
    m_request.caller = std::move(*program);
    return;
  }
  const std::string_view cookies = m_request.head.field("cookie");
  const std::string_view token = cookie_value(cookies, session_cookie_name(m_request.secure));
  if (token.empty() || token.size() > token_max) return;
  m_request.session_token = token;
  std::optional<Caller> caller = m_door.m_hooks.caller_of_session(token);
  if (!caller) return;
  caller->origin = m_request.caller.origin;
  caller->request_id = m_request_id;
  m_request.caller = std::move(*caller);
}

void Exchange::check_body() const {
  const RequestHead& head = m_request.head;
  if (head.content_length.value_or(0) > body_max() || (head.chunked && body_max() == 0)) {
    throw Error(ErrorCode::too_large, body_max() == 0
                                          ? std::string("This request takes no body.")
                                          : "The body may have " + std::to_string(body_max()) + " bytes at most.");
  }
  const std::string_view coding = head.field("content-encoding");
  if (!coding.empty() && !equal_ignoring_case(coding, "identity")) {
    throw Error(ErrorCode::unsupported, "Compressed bodies are not taken. Send it without Content-Encoding.");
  }
}

void Exchange::enter_sign_in() {
  if (*m_route->action != Action::sign_in) return;
  if (!m_door.enter_sign_in(m_request.caller.origin)) {
    throw StatusError(429, ErrorCode::busy, "Too many sign-ins from this address at once. Wait a few seconds.",
                      {{"Retry-After", "5"}});
  }
  m_counted_sign_in = true;
}

template <class Step>
Response Exchange::guarded(const Step& step) {
  try {
    return finished(step());
  } catch (const Error& error) {
    m_failure = std::string(error_code_name(error.code())) + ": " + error.what();
    if (!error.detail().empty()) m_failure += " [" + error.detail() + "]";
    if (error.code() != ErrorCode::internal) m_failed = {error.code(), error.what()};
    return finished(problem(error, m_request_id));
  } catch (const std::bad_alloc&) {
    m_failure = "out of memory";
    return finished(problem(503, ErrorCode::unavailable, "No memory is left. Try again later.", m_request_id));
  } catch (const std::exception& error) {
    m_failure = std::string("internal: ") + error.what();
    return finished(problem(Error(ErrorCode::internal, error.what()), m_request_id));
  }
}

template <class Step>
std::optional<Response> Exchange::guarded_step(const Step& step) {
  bool passed = false;
  Response response = guarded([&]() -> Response {
    step();
    passed = true;
    return Response();
  });
  if (passed) return std::nullopt;
  return response;
}

std::optional<Response> Exchange::check() {
  return guarded_step([&] {
    if (m_misformed) throw Error(ErrorCode::bad_request, m_misformed->message);
    settle_peer();
    check_host();
    if (!m_allow.empty()) {
      throw StatusError(405, ErrorCode::bad_request, "This path answers to " + m_allow + " only.",
                        {{"Allow", m_allow}});
    }
    if (!m_route) throw Error(ErrorCode::not_found, "There is nothing at this path.");
    check_own_page();
    check_body();
    enter_sign_in();
  });
}

std::optional<Response> Exchange::admit() {
  return guarded_step([&] {
    settle_caller();
    m_door.m_hooks.require(m_request.caller, *m_route->action);
    if (m_route->open_sink) m_sink = m_route->open_sink(m_request);
  });
}

std::optional<Response> Exchange::write(std::string_view bytes) {
  std::optional<Response> refusal = guarded_step([&] { m_sink->write(bytes); });
  if (refusal) m_sink.reset();
  return refusal;
}

Response Exchange::finish() {
  return guarded([&] {
    if (!m_sink) return m_route->handle(m_request);
    Response response = m_sink->finish();
    m_sink.reset();
    return response;
  });
}

Exchange::Turn Exchange::turn(std::string_view piece, bool is_first, bool is_last) {
  Turn turn;
  Dialogue& dialogue = *m_sink->dialogue();
  std::optional<Response> failure = guarded_step([&] {
    if (is_first) turn.head = finished(dialogue.begin());
    turn.pause = dialogue.turn(piece, is_last, turn.out);
  });
  if (failure && is_first) {
    turn.refusal = std::move(failure);
  } else if (failure) {
    turn.is_cut = true;
    turn.out += dialogue.last_words(m_failed.first, m_failed.second);
  }
  return turn;
}

std::string Exchange::last_words(ErrorCode code, std::string_view message) {
  m_failure = std::string(error_code_name(code)) + ": " + std::string(message);
  return is_dialogue() ? m_sink->dialogue()->last_words(code, message) : std::string();
}

Response Exchange::refuse(int status, ErrorCode code, std::string_view message) {
  m_failure = std::string(error_code_name(code)) + ": " + std::string(message);
  return finished(problem(status, code, message, m_request_id));
}

/// The fields that every answer has. A handler's own value stands.
Response Exchange::finished(Response response) const {
  const auto has = [&](std::string_view name) {
    return std::any_of(response.fields.begin(), response.fields.end(),
                       [&](const Field& f) { return equal_ignoring_case(f.name, name); });
  };
  response.with("X-Request-Id", m_request_id);
  response.with("X-Content-Type-Options", "nosniff");
  response.with("Referrer-Policy", "same-origin");
  response.with("Content-Security-Policy", std::string(content_policy));
  response.with("Cross-Origin-Opener-Policy", "same-origin");
  response.with("Cross-Origin-Resource-Policy", "same-origin");
  // Only the page of a plate may ask where one stands.
  const bool may_locate = m_route != nullptr && m_route->action == Action::visit_plate;
  response.with("Permissions-Policy",
                std::string("camera=(), microphone=(), geolocation=") + (may_locate ? "(self)" : "()"));
  if (m_request.secure) response.with("Strict-Transport-Security", "max-age=31536000");
  if (!has("Cache-Control") && (is_api(m_request.path) || response.status >= 400 || !m_route)) {
    response.with("Cache-Control", "no-store");
  }
  return response;
}

void Exchange::note_failure(std::string_view what) {
  m_failure = what;
}

void Exchange::done(int status, std::uint64_t bytes_in, std::uint64_t bytes_out, bool complete) {
  const std::string pattern = m_route ? m_route->pattern : "";
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
  const std::string_view method = method_name(m_request.method);
  m_door.m_metrics->record(method, pattern, status, seconds, bytes_in, bytes_out);
  if (!m_door.m_hooks.log) return;
  JsonWriter json;
  json.field("event", "request");
  json.field("request_id", m_request_id);
  json.field("method", method);
  json.field("route", pattern);
  json.field("status", static_cast<std::int64_t>(status));
  json.field("ms", static_cast<double>(static_cast<std::int64_t>(seconds * 1e6)) / 1e3);
  json.field("bytes_in", bytes_in);
  json.field("bytes_out", bytes_out);
  json.field("caller", m_request.caller.name);
  json.field("role", role_name(m_request.caller.role));
  json.field("origin", m_request.caller.origin);
  if (!complete) json.field("cut", true);
  if (!m_failure.empty() && (status >= 500 || !complete)) json.field("error", m_failure);
  m_door.m_hooks.log(status >= 500, json.take());
}

}  // namespace menpai::http

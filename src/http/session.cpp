// SPDX-License-Identifier: Apache-2.0
#include "http/session.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace menpai::http {
namespace {

constexpr std::size_t block_bytes = std::size_t{64} << 10;

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[40];
  const std::size_t size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text, size};
}

std::string chunk_head(std::size_t size) {
  char text[24];
  const int length = std::snprintf(text, sizeof text, "%zx\r\n", size);
  return {text, static_cast<std::size_t>(length)};
}

bool has_no_body(int status) {
  return status == 204 || status == 304 || status < 200;
}

}  // namespace

Session::Session(std::unique_ptr<Transport> transport, Peer peer, SessionShared& shared)
    : m_transport(std::move(transport)), m_peer(std::move(peer)), m_shared(shared) {}

Session::~Session() = default;

void Session::enter(State state, std::chrono::milliseconds allowed) {
  m_state = state;
  m_since = Clock::now();
  m_deadline = m_since + allowed;
}

void Session::start() {
  enter(State::handshake, m_shared.limits.head_time);
  m_transport->handshake([self = shared_from_this()](bool ok) {
    if (self->m_state == State::closed) return;
    if (!ok) return self->close();
    self->read_head();
  });
}

void Session::close() {
  if (m_state == State::closed) return;
  m_transport->close();
  if (m_state == State::work) {  // the exchange is the worker's now; on_worker() comes back here
    m_gone = true;
    return;
  }
  m_state = State::closed;
  if (m_exchange && m_response) {
    m_exchange->done(m_response->status, m_bytes_in, m_bytes_out, false);
  } else if (m_exchange) {
    m_exchange->done(0, m_bytes_in, m_bytes_out, false);
  }
  retire_exchange();
  m_shared.on_closed(this);
}

/// A sink or a source may remove files when it dies: that is a worker's work. One that is still on a worker stays alive
/// through the task that holds it.
void Session::retire_exchange() {
  if (m_exchange || m_response) {
    m_shared.pool.post(Lane::quick, [exchange = std::move(m_exchange), response = std::move(m_response)]() mutable {
      response.reset();
      exchange.reset();
    });
    m_exchange.reset();
    m_response.reset();
  }
  m_piece.clear();
  m_body.reset();
}

void Session::stop() {
  if (is_idle() || m_state == State::linger) close();
}

// ---- deadlines

void Session::begin_waiting() {
  m_waiting = true;
  m_wait_begin = Clock::now();
  m_deadline = m_wait_begin + (m_is_dialogue ? m_shared.limits.dialogue_stall_time : m_shared.limits.stall_time);
}

void Session::end_waiting(std::size_t bytes) {
  m_waiting = false;
  m_waited += Clock::now() - m_wait_begin;
  m_wait_bytes += bytes;
}

bool Session::too_slow(Clock::time_point now) const {
  if (m_is_dialogue) return false;  // whoever sends row by row has no rate
  const Clock::duration waited = m_waited + (m_waiting ? now - m_wait_begin : Clock::duration::zero());
  if (waited < m_shared.limits.grace_time) return false;
  const double seconds = std::chrono::duration<double>(waited).count();
  return static_cast<double>(m_wait_bytes) < seconds * static_cast<double>(m_shared.limits.rate_min);
}

void Session::tick(Clock::time_point now) {
  switch (m_state) {
    case State::pause:
      if (now < m_deadline) return;
      return m_is_dialogue ? read_body() : next_piece();
    case State::work:
    case State::closed:
      return;
    case State::handshake:
    case State::linger:
      if (now >= m_deadline) close();
      return;
    case State::head:
      if (now < m_deadline) return;
      if (m_in.empty()) return close();
      ++m_shared.door.metrics().connections.timed_out;
      m_keep = false;
      m_body_read = false;
      return respond(m_shared.door.refuse({408, "The header took too long."}, m_peer));
    case State::body:
      if (now < m_deadline && !too_slow(now)) return;
      ++m_shared.door.metrics().connections.timed_out;
      return fail(408, ErrorCode::timed_out, "The body came too slowly.");
    case State::write:
      if (now < m_deadline && !too_slow(now)) return;
      ++m_shared.door.metrics().connections.timed_out;
      return close();
  }
}

// ---- the header

void Session::read_head() {
  m_keep = false;
  m_body_read = true;
  enter(State::head, m_in.empty() ? m_shared.limits.idle_time : m_shared.limits.head_time);
  if (m_bytes_in == 0 && m_bytes_out == 0) m_deadline = m_since + m_shared.limits.head_time;
  m_bytes_in = m_in.size();
  m_bytes_out = 0;
  m_searched = 0;
  if (m_block.capacity() > m_shared.limits.head_bytes_max) m_block = std::vector<char>();
  on_head_bytes();
}

void Session::on_head_bytes() {
  const Limits& limits = m_shared.limits;
  bool broken = false;
  const std::size_t end = find_head_end(m_in, m_searched, broken);
  const auto refuse = [&](int status, const char* message) {
    m_body_read = false;
    respond(m_shared.door.refuse({status, message}, m_peer));
  };
  if (broken) return refuse(400, "This is not an HTTP request: a line does not end in CR LF.");
  if ((end == 0 && m_in.size() >= limits.head_bytes_max) || end > limits.head_bytes_max) {
    return refuse(431, "The header is longer than this server takes.");
  }
  if (end > 0) {
    RequestHead head;
    if (auto refusal = parse_head(std::string_view(m_in).substr(0, end), head)) {
      m_body_read = false;
      return respond(m_shared.door.refuse(*refusal, m_peer));
    }
    m_in.erase(0, end);
    return begin_exchange(std::move(head));
  }
  m_searched = m_in.size();
  read_more(limits.head_bytes_max);
}

/// The one place that reads; what comes belongs to the state in which it arrives.
void Session::read_more(std::size_t size) {
  if (m_reading) return;
  if (m_block.size() < size) m_block.resize(size);
  m_reading = true;
  m_transport->read_some(m_block.data(), size, [self = shared_from_this()](bool ok, std::size_t bytes) {
    self->m_reading = false;
    self->on_read(ok, bytes);
  });
}

void Session::on_read(bool ok, std::size_t bytes) {
  if (m_state == State::closed) return;
  if (m_state == State::linger) {
    m_lingered += bytes;
    if (!ok || m_lingered > m_shared.limits.linger_bytes_max) return close();
    return read_more(block_bytes);
  }
  if (!ok) return close();
  m_bytes_in += bytes;
  if (m_state == State::head && m_in.empty()) m_deadline = Clock::now() + m_shared.limits.head_time;
  if (m_state == State::body) end_waiting(bytes);
  m_in.append(m_block.data(), bytes);
  if (m_state == State::head) return on_head_bytes();
  if (m_state == State::body) return take_body();
  m_keep = false;  // it sends ahead while an answer is on its way
}

void Session::begin_exchange(RequestHead head) {
  m_keep = head.keep_alive && !m_shared.stopping;
  m_body_read = !head.has_body();
  // More than the request itself: the client sends ahead. It is answered, and then it has to come again.
  if (m_body_read && !m_in.empty()) m_keep = false;
  m_body_bytes = 0;
  m_waited = {};
  m_wait_bytes = 0;
  m_is_dialogue = false;
  m_has_begun = false;
  m_body.emplace(head);
  m_exchange = m_shared.door.open(std::move(head), m_peer);
  if (auto refusal = m_exchange->check()) return respond(std::move(*refusal));

  auto refusal = std::make_shared<std::optional<Response>>();
  const bool whole = m_body_read;
  on_worker(
      [exchange = m_exchange, refusal, whole] {
        *refusal = exchange->admit();
        if (!*refusal && whole && !exchange->is_dialogue()) *refusal = exchange->finish();
      },
      [this, refusal] { on_admitted(std::move(*refusal)); });
}

/// Runs `task` on a worker and `then` on the I/O thread, if the session still lives by then.
void Session::on_worker(std::function<void()> task, std::function<void()> then) {
  enter(State::work, {});
  const bool taken = m_shared.pool.post(
      m_exchange->lane(), [self = shared_from_this(), task = std::move(task), then = std::move(then)]() mutable {
        task();
        task = nullptr;
        SessionShared& shared = self->m_shared;
        shared.post([self = std::move(self), then = std::move(then)] {
          self->m_state = State::write;  // the exchange is ours again
          return self->m_gone ? self->close() : then();
        });
      });
  if (!taken) {
    m_keep = false;
    respond(m_exchange->refuse(503, ErrorCode::busy, "The server has too much to do. Try again in a few seconds."));
  }
}

void Session::on_admitted(std::optional<Response> response) {
  if (response) return respond(std::move(*response));
  m_is_dialogue = m_exchange->is_dialogue();
  const std::string_view expect = m_exchange->head().field("expect");
  if (!expect.empty() && !equal_ignoring_case(expect, "100-continue")) {
    return respond(m_exchange->refuse(417, ErrorCode::bad_request, "Only \"Expect: 100-continue\" is understood."));
  }
  if (!expect.empty() && m_in.empty() && m_exchange->head().version == 11) return write_continue();
  read_body();
}

void Session::write_continue() {
  m_out = "HTTP/1.1 100 Continue\r\n\r\n";
  m_out_body = {};
  m_out_pos = 0;
  enter(State::write, m_shared.limits.stall_time);
  write_out([this] { read_body(); });
}

// ---- the body

void Session::read_body() {
  enter(State::body, m_shared.limits.stall_time);
  take_body();
}

/// Takes what is there; then hands it over, finishes, or reads on.
void Session::take_body() {
  const std::size_t before = m_piece.size();
  m_in.erase(0, m_body->feed(m_in, m_piece));
  m_body_bytes += m_piece.size() - before;
  if (m_body->state() == BodyReader::State::broken) {
    return fail(400, ErrorCode::bad_request, "The chunked body is not well-formed.");
  }
  if (m_body_bytes > m_exchange->body_max()) {
    return fail(413, ErrorCode::too_large,
                "The body may have " + std::to_string(m_exchange->body_max()) + " bytes at most.");
  }
  const bool whole = m_body->state() == BodyReader::State::done;
  if (whole) {
    m_body_read = true;
    if (!m_in.empty()) m_keep = false;
  }
  if (m_is_dialogue && (whole || !m_piece.empty())) return take_turn();
  if (m_exchange->streams_body() && (whole || m_piece.size() >= m_shared.limits.piece_bytes)) return hand_over();
  if (whole) {
    m_exchange->set_body(std::move(m_piece));
    m_piece.clear();
    return finish_exchange();
  }
  begin_waiting();
  read_more(block_bytes);
}

void Session::hand_over() {
  auto refusal = std::make_shared<std::optional<Response>>();
  auto piece = std::make_shared<std::string>(std::move(m_piece));
  m_piece.clear();
  const bool whole = m_body_read;
  on_worker(
      [exchange = m_exchange, refusal, piece, whole] {
        if (!piece->empty()) *refusal = exchange->write(*piece);
        if (!*refusal && whole) *refusal = exchange->finish();
      },
      [this, refusal, piece] {
        if (*refusal) return respond(std::move(**refusal));
        piece->clear();
        m_piece = std::move(*piece);  // keeps its memory
        read_body();
      });
}

void Session::finish_exchange() {
  auto response = std::make_shared<Response>();
  on_worker([exchange = m_exchange, response] { *response = exchange->finish(); },
            [this, response] { respond(std::move(*response)); });
}

// ---- the body that is answered while it comes

void Session::take_turn() {
  auto turn = std::make_shared<Exchange::Turn>();
  auto piece = std::make_shared<std::string>(std::move(m_piece));
  m_piece.clear();
  const bool is_last = m_body_read;
  on_worker([exchange = m_exchange, turn, piece, is_first = !m_has_begun,
             is_last] { *turn = exchange->turn(*piece, is_first, is_last); },
            [this, turn, piece, is_last] {
              piece->clear();
              m_piece = std::move(*piece);  // keeps its memory
              on_turn(std::move(*turn), is_last);
            });
}

void Session::on_turn(Exchange::Turn turn, bool is_last) {
  if (turn.refusal) return respond(std::move(*turn.refusal));
  m_out.clear();
  if (!m_has_begun) {
    m_chunked_out = m_exchange->head().version == 11;
    if (!m_chunked_out || m_shared.stopping) m_keep = false;
    m_has_begun = true;
    m_response = std::make_shared<Response>(std::move(turn.head));
    m_out = head_text(*m_response);
  }
  if (!turn.out.empty()) {
    if (m_chunked_out) m_out += chunk_head(turn.out.size());
    m_out += turn.out;
    if (m_chunked_out) m_out += "\r\n";
  }
  if (is_last && !turn.is_cut && m_chunked_out) m_out += "0\r\n\r\n";
  m_out_body = {};
  m_out_pos = 0;
  enter(State::write, m_shared.limits.dialogue_stall_time);
  write_out([this, is_last, is_cut = turn.is_cut, pause = turn.pause] {
    if (is_cut || is_last) return end_exchange(!is_cut);
    if (pause.count() == 0) return read_body();
    enter(State::pause, pause);
  });
}

/// Ends a request whose body cannot be read on: with a refusal, or, where the answer has begun already, by breaking it
/// off so that the client sees that it is not whole.
void Session::fail(int status, ErrorCode code, std::string_view message) {
  m_keep = false;
  if (!m_has_begun) return respond(m_exchange->refuse(status, code, message));
  Exchange::Turn turn;
  turn.out = m_exchange->last_words(code, message);
  turn.is_cut = true;
  on_turn(std::move(turn), false);
}

// ---- the answer

std::string Session::head_text(const Response& response) const {
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + " ";
  text += reason_phrase(response.status);
  text += "\r\nDate: " + http_date() + "\r\n";
  for (const Field& field : response.fields) {
    text += field.name;
    text += ": ";
    // A value that came from outside (a file's name) must not open a line of its own.
    for (const char c : field.value) text += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    text += "\r\n";
  }
  if (m_chunked_out) {
    text += "Transfer-Encoding: chunked\r\n";
  } else if (!response.source && !m_has_begun && !has_no_body(response.status)) {
    text += "Content-Length: " + std::to_string(response.bytes().size()) + "\r\n";
  }
  text += m_keep ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return text;
}

void Session::respond(Response response) {
  if (!m_body_read || m_shared.stopping) m_keep = false;
  const bool head_only = m_exchange && m_exchange->head().method == "HEAD";
  const bool old_client = m_exchange && m_exchange->head().version == 10;
  if (response.source && old_client) m_keep = false;
  m_chunked_out = response.source && !old_client && !head_only;
  m_out = head_text(response);
  if (head_only || has_no_body(response.status)) response.source.reset();
  m_response = std::make_shared<Response>(std::move(response));
  m_out_body = head_only || has_no_body(m_response->status) ? std::string_view() : m_response->bytes();
  m_out_pos = 0;
  m_waited = {};
  m_wait_bytes = 0;
  enter(State::write, m_shared.limits.stall_time);
  write_out([this] {
    if (m_response->source) return next_piece();
    end_exchange(true);
  });
}

void Session::write_out(std::function<void()> then) {
  const std::string_view first = std::string_view(m_out).substr(std::min(m_out_pos, m_out.size()));
  const std::string_view second = m_out_body.substr(m_out_pos - std::min(m_out_pos, m_out.size()));
  if (first.empty() && second.empty()) return then();
  begin_waiting();
  m_transport->write_some({first, second},
                          [self = shared_from_this(), then = std::move(then)](bool ok, std::size_t bytes) mutable {
                            if (self->m_state != State::write) return;
                            if (!ok) return self->close();
                            self->end_waiting(bytes);
                            self->m_out_pos += bytes;
                            self->m_bytes_out += bytes;
                            self->write_out(std::move(then));
                          });
}

void Session::next_piece() {
  struct Piece {
    BodySource::Step step = BodySource::Step::end;
    std::string bytes;
    bool failed = false;
  };
  auto piece = std::make_shared<Piece>();
  piece->bytes = std::move(m_out);
  piece->bytes.clear();
  on_worker(
      [exchange = m_exchange, response = m_response, piece] {
        try {
          piece->step = response->source->next(piece->bytes);
        } catch (const Error& error) {
          exchange->note_failure(std::string(error.what()) + " [" + error.detail() + "]");
          piece->failed = true;
        } catch (const std::exception& error) {
          exchange->note_failure(error.what());
          piece->failed = true;
        }
      },
      [this, piece] { on_piece(piece->step, std::move(piece->bytes), piece->failed); });
}

void Session::on_piece(BodySource::Step step, std::string bytes, bool failed) {
  if (failed) return close();
  const bool ended = step == BodySource::Step::end || (step == BodySource::Step::wait && m_shared.stopping);
  m_out.clear();
  if (!bytes.empty()) {
    m_out = m_chunked_out ? chunk_head(bytes.size()) : std::string();
    m_out += bytes;
    if (m_chunked_out) m_out += "\r\n";
  }
  if (ended && m_chunked_out) m_out += "0\r\n\r\n";
  m_out_body = {};
  m_out_pos = 0;
  enter(State::write, m_shared.limits.stall_time);
  write_out([this, ended, step] {
    if (ended) return end_exchange(true);
    if (step == BodySource::Step::more) return next_piece();
    enter(State::pause, m_shared.limits.source_pause);
    // While an event stream is quiet, only reading tells that the client has gone.
    if (m_in.empty()) read_more(m_shared.limits.head_bytes_max);
  });
}

void Session::end_exchange(bool complete) {
  if (m_exchange) m_exchange->done(m_response->status, m_bytes_in, m_bytes_out, complete);
  retire_exchange();
  m_out_body = {};
  if (m_keep && m_out.capacity() > 4 * block_bytes) m_out = std::string();
  if (!m_keep || m_shared.stopping || m_reading) return linger();
  read_head();
}

/// Closing with unread bytes in the socket would reset the connection, and the sender would never read our answer.
void Session::linger() {
  enter(State::linger, m_shared.limits.linger_time);
  m_lingered = 0;
  if (m_reading) return;  // its answer goes on from here
  m_transport->end_writing([self = shared_from_this()](bool) {
    if (self->m_state == State::linger) self->read_more(block_bytes);
  });
}

}  // namespace menpai::http

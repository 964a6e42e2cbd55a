// SPDX-License-Identifier: Apache-2.0
// One connection: reads requests one after the other (no pipelining), drives each through the door, writes the answers;
// closes whoever is too slow or too big.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/body_reader.hpp"
#include "http/door.hpp"
#include "http/transport.hpp"
#include "http/worker_pool.hpp"

namespace menpai::http {

using Clock = std::chrono::steady_clock;

struct Limits {
  std::size_t head_bytes_max = 8192;
  std::chrono::milliseconds head_time{10'000};   ///< TLS handshake and the whole header
  std::chrono::milliseconds idle_time{30'000};   ///< between two requests
  std::chrono::milliseconds stall_time{10'000};  ///< no byte of a body in, or of an answer out
  /// The same while a body is answered as it comes: its sender may have to fetch the next rows first.
  std::chrono::milliseconds dialogue_stall_time{60'000};
  std::chrono::milliseconds grace_time{10'000};  ///< before the rate counts
  std::uint64_t rate_min = 1024;                 ///< bytes a second, in and out, while we wait for the peer
  std::chrono::milliseconds linger_time{2'000};  ///< to let a refused sender read why
  std::uint64_t linger_bytes_max = std::uint64_t{1} << 20;
  std::chrono::milliseconds source_pause{250};       ///< between two questions to a source that waits
  std::size_t piece_bytes = std::size_t{256} << 10;  ///< of a streamed body handed to its sink
};

/// What every session of a server shares. Lives longer than any session.
struct SessionShared {
  Door& door;
  WorkerPool& pool;
  const Limits& limits;
  std::function<void(std::function<void()>)> post;  ///< to the I/O thread, from any thread
  std::function<void(class Session*)> on_closed;
  bool stopping = false;  ///< I/O thread only: answers say "Connection: close"
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(std::unique_ptr<Transport> transport, Peer peer, SessionShared& shared);
  ~Session();

  // All on the I/O thread.
  void start();
  /// Looks at the deadlines; asks a waiting source again.
  void tick(Clock::time_point now);
  /// Closes it if no request is under way, and ends event streams; else it ends with its answer.
  void stop();
  void close();
  /// Nothing of a request has been worked on: it may be closed to make room.
  bool is_idle() const { return m_state == State::handshake || m_state == State::head; }
  Clock::time_point since() const { return m_since; }
  const Peer& peer() const { return m_peer; }

 private:
  enum class State : std::uint8_t { handshake, head, body, work, write, pause, linger, closed };

  void enter(State state, std::chrono::milliseconds allowed);
  void read_head();
  void read_more(std::size_t size);
  void on_read(bool ok, std::size_t bytes);
  void on_head_bytes();
  void begin_exchange(RequestHead head);
  void on_admitted(std::optional<Response> refusal);
  void write_continue();
  void read_body();
  void take_body();
  void hand_over();
  void finish_exchange();
  void take_turn();
  void on_turn(Exchange::Turn turn, bool is_last);
  void fail(int status, ErrorCode code, std::string_view message);
  void on_worker(std::function<void()> task, std::function<void()> then);

  void respond(Response response);
  std::string head_text(const Response& response) const;
  void write_out(std::function<void()> then);
  void next_piece();
  void on_piece(BodySource::Step step, std::string bytes, bool failed);
  void end_exchange(bool complete);
  void linger();
  void retire_exchange();
  bool too_slow(Clock::time_point now) const;
  void begin_waiting();
  void end_waiting(std::size_t bytes);

  std::unique_ptr<Transport> m_transport;
  Peer m_peer;
  SessionShared& m_shared;
  State m_state = State::handshake;
  Clock::time_point m_since = Clock::now();     ///< when the state began
  Clock::time_point m_deadline = Clock::now();  ///< of the state; the worker's time has none

  std::string m_in;            ///< bytes read and not taken yet
  std::size_t m_searched = 0;  ///< of m_in for the end of the head
  std::vector<char> m_block;   ///< of the read under way
  std::shared_ptr<Exchange> m_exchange;
  std::optional<BodyReader> m_body;
  std::string m_piece;             ///< decoded body, not handed over yet
  std::uint64_t m_body_bytes = 0;  ///< decoded, of this request
  bool m_body_read = true;         ///< nothing of the request is left in the stream
  bool m_keep = false;             ///< another request may follow
  bool m_reading = false;          ///< a read is under way
  bool m_gone = false;             ///< closed while a worker had the exchange
  std::uint64_t m_lingered = 0;

  std::shared_ptr<Response> m_response;
  std::string m_out;            ///< head, or a chunk
  std::string_view m_out_body;  ///< written behind m_out
  std::size_t m_out_pos = 0;
  bool m_chunked_out = false;
  bool m_is_dialogue = false;  ///< the body is answered while it comes
  bool m_has_begun = false;    ///< and the head of that answer is out

  // The rate: bytes against the time in which the peer kept us waiting.
  Clock::time_point m_wait_begin;
  Clock::duration m_waited{};
  std::uint64_t m_wait_bytes = 0;
  bool m_waiting = false;
  std::uint64_t m_bytes_in = 0, m_bytes_out = 0;
};

}  // namespace menpai::http

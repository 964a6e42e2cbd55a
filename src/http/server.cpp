// SPDX-License-Identifier: Apache-2.0
// One I/O thread moves all bytes; handlers run on the pool. So nothing here needs a lock.
// GCC 12 sees null pointers in Asio's own headers when it optimises.
#pragma GCC diagnostic ignored "-Wnull-dereference"
#include "http/server.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <unordered_map>
#include <vector>

#include "http/asio_transport.hpp"

namespace menpai::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds tick_time{50};
constexpr std::chrono::milliseconds accept_pause{100};

asio::ip::address parse_listen(const std::string& text) {
  error_code error;
  const asio::ip::address address = asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, error);
  if (error) {
    throw Error(ErrorCode::bad_request,
                "http.listen is \"" + text + "\"; it must be an IP address, for example 0.0.0.0.");
  }
  return address;
}

void check_options(const ServerOptions& options, const asio::ip::address& address) {
  if (options.tls_cert.empty() != options.tls_key.empty()) {
    throw Error(ErrorCode::bad_request, "TLS needs both --tls-cert and --tls-key.");
  }
  error_code error;
  asio::ip::make_address(options.proxy, error);
  if (!options.proxy.empty() && error) {
    throw Error(ErrorCode::bad_request, "http.proxy is \"" + options.proxy + "\"; it must be the proxy's IP address.");
  }
  if (!options.tls_cert.empty() && !options.proxy.empty()) {
    throw Error(ErrorCode::bad_request,
                "http.proxy is for plain HTTP behind a proxy. Leave it away, or the certificate.");
  }
  if (options.tls_cert.empty() && options.proxy.empty() && !address.is_loopback()) {
    throw Error(ErrorCode::bad_request,
                "Without TLS Menpai listens on this machine only, and " + options.listen +
                    " can be reached by others. Give --tls-cert and --tls-key, or name the reverse proxy that ends TLS "
                    "with http.proxy, or listen on 127.0.0.1.");
  }
}

std::string address_text(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

}  // namespace

struct Server::Core {
  Core(ServerOptions options_, Door& door_);

  void bind(const asio::ip::address& address);
  void accept();
  void on_socket(tcp::socket socket);
  bool make_room(const std::string& address);
  void tick();
  void begin_stop();
  void close_all();
  unsigned per_address_max() const;

  ServerOptions options;
  Door& door;
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  std::optional<asio::ssl::context> tls;
  tcp::acceptor acceptor{io};
  std::uint16_t port = 0;
  asio::steady_timer timer{io};
  asio::steady_timer accept_timer{io};
  asio::signal_set signals{io};
  WorkerPool pool;
  SessionShared shared;
  std::unordered_map<Session*, std::shared_ptr<Session>> sessions;
  std::map<std::string, unsigned> by_address;
  std::optional<Clock::time_point> stop_deadline;
};

Server::Core::Core(ServerOptions options_, Door& door_)
    : options(std::move(options_)), door(door_), pool(options.workers), shared{door, pool, options.limits, {}, {}} {
  const asio::ip::address address = parse_listen(options.listen);
  check_options(options, address);
  if (!options.tls_cert.empty()) tls.emplace(make_tls_context(options.tls_cert, options.tls_key));
  shared.post = [this](std::function<void()> task) { asio::post(io, std::move(task)); };
  shared.on_closed = [this](Session* session) {
    const auto found = sessions.find(session);
    if (found == sessions.end()) return;
    const auto count = by_address.find(session->peer().address);
    if (count != by_address.end() && --count->second == 0) by_address.erase(count);
    sessions.erase(found);
    door.metrics().connections.open = sessions.size();
  };
  bind(address);
}

void Server::Core::bind(const asio::ip::address& address) {
  const tcp::endpoint endpoint(address, options.port);
  const std::string where = options.listen + " port " + std::to_string(options.port);
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(1024, error);
  if (!error) port = acceptor.local_endpoint(error).port();
  if (!error) return;
  if (error == asio::error::address_in_use) {
    throw Error(ErrorCode::busy,
                "Another program already listens on " + where + ". Stop it, or choose another port with --port.");
  }
  if (error == asio::error::access_denied) {
    throw Error(ErrorCode::forbidden,
                "This account may not listen on " + where + ". Choose a port of 1024 or above with --port.");
  }
  throw Error(ErrorCode::unavailable, "Could not listen on " + where + ": " + error.message() + ".");
}

unsigned Server::Core::per_address_max() const {
  if (options.connections_per_address_max > 0) return options.connections_per_address_max;
  return std::max(options.connections_max / 2, 1U);
}

void Server::Core::accept() {
  acceptor.async_accept([this](error_code error, tcp::socket socket) {
    if (!acceptor.is_open()) return;
    if (!error) {
      on_socket(std::move(socket));
      return accept();
    }
    // Out of file descriptors, most likely: a moment later there may be one.
    accept_timer.expires_after(accept_pause);
    accept_timer.async_wait([this](error_code cancelled) {
      if (!cancelled && acceptor.is_open()) accept();
    });
  });
}

/// Over the limit, whoever has waited longest without a request goes; if everybody works, the newcomer does.
bool Server::Core::make_room(const std::string& address) {
  const auto count = by_address.find(address);
  const bool address_full = address != options.proxy && count != by_address.end() && count->second >= per_address_max();
  if (!address_full && sessions.size() < options.connections_max) return true;
  std::shared_ptr<Session> oldest;
  for (const auto& [key, session] : sessions) {
    if (!session->is_idle() || (address_full && session->peer().address != address)) continue;
    if (!oldest || session->since() < oldest->since()) oldest = session;
  }
  if (!oldest) return false;
  ++door.metrics().connections.evicted;
  oldest->close();
  return true;
}

void Server::Core::on_socket(tcp::socket socket) {
  error_code error;
  const tcp::endpoint remote = socket.remote_endpoint(error);
  if (error) return;
  Peer peer{address_text(remote.address()), tls.has_value()};
  if (!door.admits_peer(peer.address) || !make_room(peer.address)) {
    ++door.metrics().connections.refused;
    return;
  }
  socket.set_option(tcp::no_delay(true), error);
  ++door.metrics().connections.accepted;
  ++by_address[peer.address];
  auto transport = tls ? make_tls_transport(std::move(socket), *tls) : make_plain_transport(std::move(socket));
  auto session = std::make_shared<Session>(std::move(transport), std::move(peer), shared);
  sessions.emplace(session.get(), session);
  door.metrics().connections.open = sessions.size();
  session->start();
}

void Server::Core::tick() {
  timer.expires_after(tick_time);
  timer.async_wait([this](error_code error) {
    if (error) return;
    const Clock::time_point now = Clock::now();
    std::vector<std::shared_ptr<Session>> all;
    all.reserve(sessions.size());
    for (const auto& [key, session] : sessions) all.push_back(session);
    for (const auto& session : all) session->tick(now);
    if (stop_deadline && (sessions.empty() || now >= *stop_deadline)) return close_all();
    tick();
  });
}

void Server::Core::begin_stop() {
  if (stop_deadline) return;
  stop_deadline = Clock::now() + options.stop_time;
  shared.stopping = true;
  error_code ignored;
  acceptor.close(ignored);
  accept_timer.cancel();
  signals.cancel(ignored);
  signals.clear(ignored);  // a second signal ends the process as it would have without us
  std::vector<std::shared_ptr<Session>> all;
  for (const auto& [key, session] : sessions) all.push_back(session);
  for (const auto& session : all) session->stop();
}

void Server::Core::close_all() {
  std::vector<std::shared_ptr<Session>> all;
  for (const auto& [key, session] : sessions) all.push_back(session);
  for (const auto& session : all) session->close();
  work.reset();
}

Server::Server(ServerOptions options, Door& door) : m_core(std::make_unique<Core>(std::move(options), door)) {}

Server::~Server() {
  m_core->pool.stop();
  m_core->sessions.clear();
}

std::uint16_t Server::port() const {
  return m_core->port;
}

void Server::run() {
  Core& core = *m_core;
  if (core.options.stop_on_signals) {
    core.signals.add(SIGTERM);
    core.signals.add(SIGINT);
    core.signals.async_wait([&core](error_code error, int) {
      if (!error) core.begin_stop();
    });
  }
  core.accept();
  core.tick();
  core.io.run();
  core.pool.stop();
  // What the last workers said after the loop's end: sessions whose exchange was still at work.
  core.io.restart();
  core.io.poll();
}

void Server::stop() {
  asio::post(m_core->io, [core = m_core.get()] { core->begin_stop(); });
}

}  // namespace menpai::http

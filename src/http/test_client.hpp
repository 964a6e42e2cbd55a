// SPDX-License-Identifier: Apache-2.0
// For tests: a client that sends exactly the bytes it is told, and a server on a free port of this machine.
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "base/error.hpp"
#include "http/server.hpp"

namespace menpai::http::test {

/// One TCP connection to 127.0.0.1.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw_errno("connect");
  }
  ~RawClient() { close(); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False if the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// What comes until `enough` says so, the server closes, or `time` is over.
  std::string receive(const std::function<bool(const std::string&)>& enough,
                      std::chrono::milliseconds time = std::chrono::seconds(10)) {
    std::string all;
    const auto end = std::chrono::steady_clock::now() + time;
    while (!enough(all)) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
      pollfd waiting{m_socket, POLLIN, 0};
      if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) break;
      char buffer[65536];
      const ssize_t got = ::recv(m_socket, buffer, sizeof buffer, 0);
      if (got <= 0) {
        m_ended = true;
        break;
      }
      all.append(buffer, static_cast<std::size_t>(got));
    }
    return all;
  }
  std::string receive_all(std::chrono::milliseconds time = std::chrono::seconds(10)) {
    return receive([](const std::string&) { return false; }, time);
  }
  /// One whole response with a Content-Length.
  std::string receive_response() {
    return receive([](const std::string& all) {
      const std::size_t end = all.find("\r\n\r\n");
      if (end == std::string::npos) return false;
      const std::size_t field = all.find("Content-Length: ");
      if (field == std::string::npos || field > end) return all.find("Transfer-Encoding") == std::string::npos;
      return all.size() >= end + 4 + std::stoul(all.substr(field + 16));
    });
  }
  bool ended() const { return m_ended; }
  void close() {
    if (m_socket >= 0) ::close(m_socket);
    m_socket = -1;
  }

 private:
  int m_socket;
  bool m_ended = false;
};

/// The status of the first response in `text`, or 0.
inline int status_of_text(const std::string& text) {
  return text.size() > 12 && text.starts_with("HTTP/1.1 ") ? std::stoi(text.substr(9, 3)) : 0;
}

inline std::string body_of(const std::string& text) {
  const std::size_t end = text.find("\r\n\r\n");
  return end == std::string::npos ? std::string() : text.substr(end + 4);
}

/// The value of a field in the first response, or empty.
inline std::string field_of(const std::string& text, std::string_view name) {
  const std::size_t end = text.find("\r\n\r\n");
  const std::size_t at = text.find("\r\n" + std::string(name) + ": ");
  if (at == std::string::npos || at > end) return {};
  const std::size_t begin = at + 4 + name.size();
  return text.substr(begin, text.find("\r\n", begin) - begin);
}

/// Takes a chunked body apart. Empty if it does not end properly.
inline std::string unchunk(std::string_view body) {
  std::string out;
  while (true) {
    const std::size_t end = body.find("\r\n");
    if (end == std::string_view::npos) return {};
    const std::size_t size = std::stoul(std::string(body.substr(0, end)), nullptr, 16);
    body.remove_prefix(end + 2);
    if (size == 0) return body == "\r\n" ? out : std::string();
    if (body.size() < size + 2) return {};
    out += body.substr(0, size);
    body.remove_prefix(size + 2);
  }
}

/// A server with the given routes, running until it is destroyed.
class RunningServer {
 public:
  RunningServer(RouteTable routes, DoorHooks hooks, ServerOptions options)
      : m_door(std::move(routes), with_log(std::move(hooks)), {options.proxy, !options.tls_cert.empty(), 8},
               std::make_shared<Metrics>()),
        m_server(std::move(options), m_door),
        m_thread([this] { m_server.run(); }) {}
  ~RunningServer() { stop(); }

  void stop() {
    m_server.stop();
    if (m_thread.joinable()) m_thread.join();
  }
  std::uint16_t port() const { return m_server.port(); }
  Door& door() { return m_door; }
  std::vector<std::string> log() const {
    const std::lock_guard lock(m_mutex);
    return m_log;
  }

 private:
  DoorHooks with_log(DoorHooks hooks) {
    hooks.log = [this](bool, std::string_view members) {
      const std::lock_guard lock(m_mutex);
      m_log.emplace_back(members);
    };
    return hooks;
  }
  mutable std::mutex m_mutex;
  std::vector<std::string> m_log;
  Door m_door;
  Server m_server;
  std::thread m_thread;
};

}  // namespace menpai::http::test

// SPDX-License-Identifier: Apache-2.0
// The listening server: takes connections on one address, holds them to the limits, stops gently.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "http/door.hpp"
#include "http/session.hpp"

namespace menpai::http {

struct ServerOptions {
  std::string listen = "127.0.0.1";  ///< an IP address, or "localhost"
  std::uint16_t port = 0;            ///< 0 takes a free one
  std::filesystem::path tls_cert;    ///< PEM chain, own certificate first; with tls_key, else plain HTTP
  std::filesystem::path tls_key;
  std::string proxy;
  unsigned workers = 4;
  unsigned connections_max = 1024;
  unsigned connections_per_address_max = 0;  ///< 0: half of connections_max; the proxy is not counted
  std::chrono::milliseconds stop_time{10'000};
  bool stop_on_signals = false;  ///< SIGTERM and SIGINT
  Limits limits;
};

class Server {
 public:
  /// Binds. Throws busy if the port is taken, forbidden if it may not be taken, bad_request for plain HTTP on an
  /// address that others can reach without a named proxy, and for a certificate or key that cannot be read.
  Server(ServerOptions options, Door& door);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  /// Serves on the calling thread until stop(): then takes no new connection, lets running requests end for stop_time,
  /// and returns when the last worker is done.
  void run();
  void stop();  ///< from any thread

 private:
  struct Core;
  std::unique_ptr<Core> m_core;
};

}  // namespace menpai::http

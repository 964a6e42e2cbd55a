// SPDX-License-Identifier: Apache-2.0
// The built program as a server, and a browser's side of the talk with it.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "program.hpp"

namespace menpai::e2e {

/// A data folder for a server. When it goes, every process that works in it goes first, the database too.
class Installation {
 public:
  Installation();
  ~Installation();
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  const Folder& folder() const { return m_folder; }
  std::filesystem::path data() const { return m_folder / "data"; }
  /// Runs a command on it.
  Ran run(const std::vector<std::string>& arguments) const { return menpai(m_folder, arguments); }
  /// Adds an account and gives its one-time password.
  std::string add_account(const std::string& name, const std::string& role) const;

 private:
  Folder m_folder;
};

/// Processes that work in the folder or were told of it: the server, the cluster's supervisor, every postgres.
std::vector<pid_t> processes_in(const std::filesystem::path& folder);
/// Polls; false after two minutes.
bool wait_until(const std::function<bool()>& is_so);

struct Reply {
  int status = 0;  ///< 0: no answer came
  std::string head;
  std::string body;
  boost::json::value json() const;
  /// The value of a field of the head, empty if there is none.
  std::string field(std::string_view name) const;
};

/// `menpai serve` on a free port. Killed when it goes.
class Server {
 public:
  explicit Server(const Installation& installation, const std::vector<std::string>& more = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const { return m_port; }
  pid_t process() const { return m_process; }
  /// What it printed when it was ready.
  const std::string& url() const { return m_url; }
  /// kill -9; returns when it is dead.
  void kill();
  /// SIGTERM; the exit code.
  int stop();
  std::string log() const;

 private:
  int wait_for_end();
  const Installation& m_installation;
  std::filesystem::path m_out, m_err;
  pid_t m_process = -1;
  int m_port = 0;
  std::string m_url;
};

/// One who is signed in.
class Browser {
 public:
  /// Talks to whatever server listens there now.
  void turn_to(const Server& server) { m_port = server.port(); }
  Reply ask(std::string_view method, std::string_view path, std::string_view body = {},
            std::string_view fields = {}) const;
  Reply get(std::string_view path) const { return ask("GET", path); }
  /// Signs in and keeps the cookie.
  Reply sign_in(const std::string& name, const std::string& password);
  /// Signs in with the one-time password and chooses another.
  void begin(const Server& server, const std::string& name, const std::string& one_time_password,
             const std::string& password);

 private:
  int m_port = 0;
  std::string m_cookie;
};

}  // namespace menpai::e2e

// SPDX-License-Identifier: Apache-2.0
// Starts, stops and kills servers; speaks HTTP with them, one connection a request.
#include "workplace_server.hpp"

#include <arpa/inet.h>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace menpai::e2e {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr const char* program = MENPAI_BINARY_DIR "/menpai";

std::string link_of(const fs::path& link) {
  std::error_code failed;
  const fs::path target = fs::read_symlink(link, failed);
  return failed ? std::string() : target.string();
}

/// The parts of a chunked body put together.
std::string unchunk(std::string_view body) {
  std::string out;
  while (true) {
    const std::size_t end = body.find("\r\n");
    if (end == std::string_view::npos) return out;
    std::size_t size = 0;
    std::from_chars(body.data(), body.data() + end, size, 16);
    body.remove_prefix(end + 2);
    if (size == 0 || body.size() < size + 2) return out;
    out.append(body.substr(0, size));
    body.remove_prefix(size + 2);
  }
}

int connect_to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  timeval patience{120, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

/// Sends as much as the server takes, then reads what it answers.
std::string talk(int port, std::string_view request) {
  const int socket = connect_to(port);
  if (socket < 0) return {};
  while (!request.empty()) {
    const ssize_t sent = ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent <= 0) break;
    request.remove_prefix(static_cast<std::size_t>(sent));
  }
  std::string all;
  char buffer[65536];
  for (ssize_t got = 0; (got = ::recv(socket, buffer, sizeof buffer, 0)) > 0;) {
    all.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(socket);
  return all;
}

}  // namespace

std::vector<pid_t> processes_in(const fs::path& folder) {
  const std::string inside = folder.string();
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    pid_t pid = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ptr != name.data() + name.size()) continue;
    if (pid == ::getpid()) continue;
    // The test itself and its runner name the folder nowhere; a zombie has neither a folder nor arguments.
    if (link_of(entry.path() / "cwd").starts_with(inside) ||
        read_file(entry.path() / "cmdline").find(inside) != std::string::npos) {
      found.push_back(pid);
    }
  }
  return found;
}

bool wait_until(const std::function<bool()>& is_so) {
  const auto end = std::chrono::steady_clock::now() + 2min;
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(10ms);
  }
  return true;
}

Installation::Installation() {
  // The database runs under an account of its own, which must be able to pass.
  fs::permissions(m_folder.path(), fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
}

Installation::~Installation() {
  wait_until([&] {
    const std::vector<pid_t> left = processes_in(m_folder.path());
    for (const pid_t pid : left) ::kill(pid, SIGKILL);
    return left.empty();
  });
}

std::string Installation::add_account(const std::string& name, const std::string& role) const {
  const Ran ran = run({"user", "add", name, "--role", role, "--json"});
  if (ran.exit_code != 0) throw std::runtime_error("menpai user add: " + ran.err + ran.out);
  return std::string(boost::json::parse(ran.out).at("one_time_password").as_string());
}

boost::json::value Reply::json() const {
  boost::json::error_code failed;
  boost::json::value value = boost::json::parse(body, failed);
  EXPECT_FALSE(failed) << head << body;
  return value;
}

std::string Reply::field(std::string_view name) const {
  const std::size_t at = head.find("\r\n" + std::string(name) + ": ");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

Server::Server(const Installation& installation, const std::vector<std::string>& more) : m_installation(installation) {
  static int number = 0;
  m_out = installation.folder() / ("out-" + std::to_string(++number));
  m_err = installation.folder() / ("err-" + std::to_string(number));
  std::vector<std::string> arguments = {program, "serve", "--data", installation.data(), "--port", "0"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const int in = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int out = ::open(m_out.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  const int err = ::open(m_err.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  m_process = ::fork();
  if (m_process == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(err, 2);
    ::execv(program, argv.data());
    ::_exit(127);
  }
  for (const int descriptor : {in, out, err}) ::close(descriptor);
  wait_until([&] {
    m_url = read_file(m_out);
    siginfo_t ended{};
    ::waitid(P_PID, static_cast<id_t>(m_process), &ended, WEXITED | WNOHANG | WNOWAIT);
    return m_url.ends_with('\n') || ended.si_pid != 0;
  });
  if (!m_url.empty()) m_url.pop_back();
  const std::size_t colon = m_url.rfind(':');
  if (colon != std::string::npos) std::from_chars(m_url.data() + colon + 1, m_url.data() + m_url.size(), m_port);
  if (m_port == 0) {
    kill();
    throw std::runtime_error("the server did not start: " + log());
  }
}

Server::~Server() {
  kill();
}

int Server::wait_for_end() {
  if (m_process < 0) return -1;
  int status = 0;
  ::waitpid(m_process, &status, 0);
  m_process = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Server::kill() {
  if (m_process < 0) return;
  ::kill(m_process, SIGKILL);
  wait_for_end();
}

int Server::stop() {
  if (m_process < 0) return -1;
  ::kill(m_process, SIGTERM);
  return wait_for_end();
}

std::string Server::log() const {
  return read_file(m_err);
}

Reply Browser::ask(std::string_view method, std::string_view path, std::string_view body,
                   std::string_view fields) const {
  std::string request = std::string(method) + " /api/v1" + std::string(path) +
                        " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_port) + "\r\nConnection: close\r\n";
  if (!m_cookie.empty()) request += "Cookie: " + m_cookie + "\r\n";
  if (method != "GET") request += "X-Menpai: 1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  if (!body.empty() && fields.find("Content-Type") == std::string_view::npos) {
    request += "Content-Type: application/json\r\n";
  }
  request += std::string(fields) + "\r\n" + std::string(body);
  const std::string all = talk(m_port, request);
  const std::size_t end = all.find("\r\n\r\n");
  Reply reply;
  if (end == std::string::npos || all.size() < 12) return reply;
  reply.head = all.substr(0, end + 2);
  reply.body = all.substr(end + 4);
  std::from_chars(all.data() + 9, all.data() + 12, reply.status);
  if (reply.field("Transfer-Encoding") == "chunked") reply.body = unchunk(reply.body);
  return reply;
}

Reply Browser::sign_in(const std::string& name, const std::string& password) {
  const Reply reply =
      ask("POST", "/session", boost::json::serialize(boost::json::object{{"name", name}, {"password", password}}));
  const std::string cookie = reply.field("Set-Cookie");
  if (reply.status == 200) m_cookie = cookie.substr(0, cookie.find(';'));
  return reply;
}

void Browser::begin(const Server& server, const std::string& name, const std::string& one_time_password,
                    const std::string& password) {
  turn_to(server);
  const Reply first = sign_in(name, one_time_password);
  ASSERT_EQ(first.status, 200) << first.body << server.log();
  EXPECT_TRUE(first.json().at("account").at("must_change_password").as_bool());
  EXPECT_EQ(get("/cleaning-jobs").status, 403) << "first a password of one's own";
  const Reply changed =
      ask("PUT", "/session/password",
          boost::json::serialize(boost::json::object{{"old_password", one_time_password}, {"new_password", password}}));
  ASSERT_EQ(changed.status, 204) << changed.body;
  if (get("/cleaning-jobs").status != 200) {
    ASSERT_EQ(sign_in(name, password).status, 200);
    ASSERT_EQ(get("/cleaning-jobs").status, 200);
  }
}

}  // namespace menpai::e2e

// SPDX-License-Identifier: Apache-2.0
// The engine as a service, as another department's program meets it: a token, batches, streams of any length, a library
// replaced in the middle.
#include <arpa/inet.h>
#include <atomic>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <set>
#include <sstream>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "workplace_server.hpp"

namespace menpai::e2e {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// One connection; what is sent and what comes, chunks taken apart.
class Wire {
 public:
  explicit Wire(int port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    timeval patience{120, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ADD_FAILURE();
  }
  ~Wire() { ::close(m_socket); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  bool send_chunk(const std::string& bytes) const {
    std::ostringstream size;
    size << std::hex << bytes.size();
    return send(size.str() + "\r\n" + bytes + "\r\n");
  }
  /// The next bytes, empty at the end.
  std::string receive() const {
    std::string bytes(std::size_t{1} << 18, '\0');
    const ssize_t got = ::recv(m_socket, bytes.data(), bytes.size(), 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

 private:
  int m_socket;
};

long memory_peak_kb(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
  }
  return 0;
}

class Service : public testing::Test {
 protected:
  std::string add_token(const std::string& name) {
    const Ran ran = installation.run({"user", "token", "add", name, "--json"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return std::string(json::parse(ran.out).at("token").as_string());
  }
  static std::string bearer(const std::string& token, const std::string& type = "application/json") {
    return "Authorization: Bearer " + token + "\r\nContent-Type: " + type + "\r\n";
  }
  static std::string batch(int texts, const std::string& text = "中山市港口镇兴港中路8号") {
    std::string body = "{\"texts\":[";
    for (int i = 0; i < texts; ++i) body += (i > 0 ? ",\"" : "\"") + text + "\"";
    return body + "],\"top\":1}";
  }
  static std::string lines(int first, int count) {
    std::string out;
    for (int i = first; i < first + count; ++i) {
      out +=
          "{\"id\":" + std::to_string(i) + ",\"text\":\"中山市港口镇兴港中路" + std::to_string(i % 90 + 1) + "号\"}\n";
    }
    return out;
  }
  static std::string stream_head(const std::string& token) {
    return "POST /api/v1/clean HTTP/1.1\r\nHost: 127.0.0.1\r\n" + bearer(token, "application/x-ndjson") +
           "Transfer-Encoding: chunked\r\n\r\n";
  }

  Installation installation;
  Browser browser;
};

TEST_F(Service, a_program_with_a_token_cleans_batches_and_without_one_nothing) {
  const std::string token = add_token("water-company");
  const Server server(installation);
  browser.turn_to(server);
  EXPECT_EQ(browser.ask("POST", "/clean", batch(1)).status, 401);
  EXPECT_EQ(browser.ask("POST", "/clean", batch(1), bearer(token + "x")).status, 401);
  const Reply cleaned = browser.ask("POST", "/clean", batch(10'000), bearer(token));
  ASSERT_EQ(cleaned.status, 200) << cleaned.body;
  const json::value answers = cleaned.json();
  ASSERT_EQ(answers.at("answers").as_array().size(), 10'000U);
  EXPECT_EQ(answers.at("answers").as_array().back().at("division_code").as_string(), "442000108");
  EXPECT_EQ(answers.at("library").as_string().size(), 64U);
  EXPECT_EQ(browser.ask("POST", "/clean", batch(10'001), bearer(token)).status, 413);
  EXPECT_EQ(browser.ask("POST", "/clean", "a,b\n1,2\n", bearer(token, "text/csv")).status, 415);
  EXPECT_EQ(browser.ask("GET", "/cleaning-jobs", "", "Authorization: Bearer " + token + "\r\n").status, 403)
      << "a token is for cleaning and searching";
  EXPECT_EQ(installation.run({"user", "token", "revoke", "water-company"}).exit_code, 0);
  EXPECT_EQ(browser.ask("POST", "/clean", batch(1), bearer(token)).status, 401);
  EXPECT_EQ(server.log().find("兴港中路"), std::string::npos) << "texts are not logged";
}

TEST_F(Service, a_million_lines_pass_and_memory_stays_flat) {
  constexpr int count = 1'000'000;
  constexpr int step = 2'000;
  const std::string token = add_token("statistics");
  const Server server(installation);
  const Wire wire(server.port());
  ASSERT_TRUE(wire.send(stream_head(token)));
  std::thread sender([&] {
    for (int i = 0; i < count && wire.send_chunk(lines(i, step)); i += step) {
    }
    wire.send("0\r\n\r\n");
  });
  std::uint64_t received = 0;
  long peak_begin = 0;
  std::string tail;
  while (!tail.ends_with("\r\n0\r\n\r\n")) {
    const std::string bytes = wire.receive();
    if (bytes.empty()) break;
    received += bytes.size();
    if (received > 32'000'000 && peak_begin == 0) peak_begin = memory_peak_kb(server.process());
    tail += bytes;
    tail.erase(0, tail.size() - std::min<std::size_t>(tail.size(), 1000));
  }
  sender.join();
  const long peak_end = memory_peak_kb(server.process());
  EXPECT_THAT(tail, HasSubstr("{\"summary\":{\"lines\":1000000,\"answered\":1000000,\"refused\":0,"));
  EXPECT_THAT(tail, HasSubstr("\"complete\":true"));
  EXPECT_GT(peak_begin, 0);
  EXPECT_LT(peak_end - peak_begin, 64 * 1024) << "kB after " << peak_begin;
}

TEST_F(Service, a_client_that_goes_away_costs_nobody_anything) {
  const std::string token = add_token("leaving");
  const Server server(installation);
  browser.turn_to(server);
  for (int i = 0; i < 12; ++i) {
    const Wire wire(server.port());
    ASSERT_TRUE(wire.send(stream_head(token)));
    ASSERT_TRUE(wire.send_chunk(lines(0, 500)));
    if (i % 2 == 0) {
      EXPECT_FALSE(wire.receive().empty());
    }
  }
  // Each had a place among the requests that one caller may have under way; all are given back.
  EXPECT_TRUE(wait_until([&] { return browser.ask("POST", "/clean", batch(3), bearer(token)).status == 200; }));
}

TEST_F(Service, a_library_replaced_under_load_mixes_no_answer) {
  const std::string token = add_token("load");
  const auto build = [&](const std::string& name) {
    const auto table = installation.folder() / (name + ".csv");
    write_file(table, "address,code\n广东省中山市港口镇望星大道8号," + name + "\n");
    const Ran ran = installation.run(
        {"library", "build", "--addresses", table, "-o", installation.folder() / (name + ".mpl"), "--json"});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
  };
  build("first");
  build("second");
  const auto in_use = installation.data() / "library.mpl";
  const auto put = [&](const std::string& name) {
    const auto fresh = installation.data() / "fresh.mpl";
    std::filesystem::copy_file(installation.folder() / (name + ".mpl"), fresh,
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::rename(fresh, in_use);
  };
  put("first");
  const Server server(installation);
  std::atomic<bool> is_over{false};
  std::atomic<int> failed{0};
  std::atomic<int> mixed{0};
  std::mutex mutex;
  std::set<std::string> seen;
  std::vector<std::thread> clients;
  for (int c = 0; c < 2; ++c) {
    clients.emplace_back([&] {
      Browser client;
      client.turn_to(server);
      while (!is_over) {
        const Reply reply = client.ask("POST", "/clean", batch(600, "中山市港口镇望星大道8号"), bearer(token));
        if (reply.status != 200 || !reply.body.ends_with("\"}")) {
          ++failed;
          continue;
        }
        std::set<std::string> codes;
        const json::value parsed = reply.json();
        for (const json::value& answer : parsed.at("answers").as_array()) {
          codes.emplace(answer.at("code").as_string());
        }
        if (codes.size() != 1) ++mixed;
        const std::lock_guard lock(mutex);
        seen.merge(codes);
      }
    });
  }
  for (int i = 0; i < 6; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    put(i % 2 == 0 ? "second" : "first");
  }
  EXPECT_TRUE(wait_until([&] {
    const std::lock_guard lock(mutex);
    return seen.size() == 2;
  }));
  is_over = true;
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(failed, 0) << server.log();
  EXPECT_EQ(mixed, 0);
  EXPECT_THAT(seen, testing::ElementsAre("first", "second"));
}

}  // namespace
}  // namespace menpai::e2e

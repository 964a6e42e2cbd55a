// SPDX-License-Identifier: Apache-2.0
// The real server on a free port, and clients that send what no browser would: slow, big, broken and hostile requests.
#include "http/server.hpp"

#include <gtest/gtest.h>

#include "http/test_routes.hpp"

namespace menpai::http::test {
namespace {

using namespace std::chrono_literals;

class ServerTest : public ::testing::Test {
 protected:
  RunningServer& server() {
    if (!m_server) m_server = std::make_unique<RunningServer>(test_routes(seen), test_hooks(), options);
    return *m_server;
  }
  /// Sends `bytes`, returns everything until the server closes.
  std::string talk(const std::string& bytes) {
    RawClient client(server().port());
    client.send(bytes);
    return client.receive_all();
  }
  std::string get(const std::string& path, const std::string& fields = "") {
    return talk("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + fields + "\r\n");
  }
  std::string post(const std::string& path, const std::string& body, const std::string& fields = "X-Menpai: 1\r\n") {
    return talk("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n" + fields + "\r\n" + body);
  }
  void TearDown() override { seen->release = true; }

  ServerOptions options = quick_options();
  std::shared_ptr<Seen> seen = std::make_shared<Seen>();

 private:
  std::unique_ptr<RunningServer> m_server;
};

TEST_F(ServerTest, answers_and_names_the_request) {
  const std::string answer = get("/hello");
  EXPECT_EQ(status_of_text(answer), 200);
  EXPECT_EQ(body_of(answer), "hello");
  EXPECT_EQ(field_of(answer, "X-Request-Id").size(), 36U);
  EXPECT_EQ(field_of(answer, "X-Content-Type-Options"), "nosniff");
  EXPECT_NE(field_of(answer, "Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(field_of(answer, "Strict-Transport-Security"), "");
}

TEST_F(ServerTest, keeps_the_connection_for_the_next_request) {
  RawClient client(server().port());
  for (int i = 0; i < 3; ++i) {
    client.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(body_of(client.receive_response()), "hello");
  }
  EXPECT_FALSE(client.ended());
}

TEST_F(ServerTest, answers_head_without_a_body) {
  const std::string answer = talk("HEAD /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(field_of(answer, "Content-Length"), "5");
  EXPECT_EQ(body_of(answer), "");
}

TEST_F(ServerTest, says_404_405_and_what_is_allowed) {
  EXPECT_EQ(status_of_text(get("/nothing")), 404);
  const std::string answer = post("/hello", "");
  EXPECT_EQ(status_of_text(answer), 405);
  EXPECT_EQ(field_of(answer, "Allow"), "GET, HEAD");
  EXPECT_EQ(status_of_text(talk("BREW /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")), 405);
  EXPECT_EQ(status_of_text(talk("OPTIONS /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")), 405);
}

TEST_F(ServerTest, never_leaves_a_directory) {
  for (const char* path : {"/../etc/passwd", "/%2e%2e/etc/passwd", "/a/..%2f..%2fetc/passwd", "/api/echo/..",
                           "/api/echo/%2e%2e", "/api/echo/.", "//etc/passwd", "/api/echo/a%00b"}) {
    const int status = status_of_text(get(path));
    EXPECT_TRUE(status == 404 || status == 400) << path << " " << status;
  }
}

TEST_F(ServerTest, decodes_text_of_path_and_query) {
  EXPECT_EQ(body_of(get("/api/echo/%E9%97%A8%E7%89%8C?q=a%2Bb+c")), "门牌|a+b c");
  EXPECT_EQ(status_of_text(get("/api/echo/a?q=%ff")), 400);
  EXPECT_EQ(status_of_text(get("/api/echo/a?q=%00")), 400);
}

TEST_F(ServerTest, maps_every_failure_to_a_status_and_hides_the_inside) {
  struct Row {
    const char* code;
    int status;
  };
  for (const Row& row : std::vector<Row>{{"bad_request", 400},
                                         {"unauthenticated", 401},
                                         {"forbidden", 403},
                                         {"not_found", 404},
                                         {"conflict", 409},
                                         {"too_large", 413},
                                         {"unsupported", 415},
                                         {"busy", 503},
                                         {"disk_full", 507},
                                         {"unavailable", 503},
                                         {"timed_out", 504},
                                         {"damaged", 500},
                                         {"internal", 500}}) {
    const std::string answer = get(std::string("/api/fail/") + row.code);
    EXPECT_EQ(status_of_text(answer), row.status) << row.code;
    EXPECT_EQ(field_of(answer, "Content-Type"), "application/problem+json");
    EXPECT_NE(answer.find("\"code\":\"" + std::string(row.code) + "\""), std::string::npos);
    EXPECT_EQ(answer.find("secret"), std::string::npos);
    EXPECT_NE(answer.find(field_of(answer, "X-Request-Id") + "\"}"), std::string::npos);
    EXPECT_EQ(field_of(answer, "Retry-After").empty(), row.status != 503);
  }
  const std::string answer = get("/api/fail");
  EXPECT_EQ(status_of_text(answer), 500);
  EXPECT_EQ(answer.find("secret"), std::string::npos);
  ASSERT_TRUE(eventually([&] { return server().log().size() == 14; }));
  EXPECT_NE(server().log().back().find("secret of the inside"), std::string::npos);
}

// ---- who asks

TEST_F(ServerTest, knows_the_caller_by_the_cookie) {
  EXPECT_EQ(status_of_text(get("/api/mine")), 401);
  EXPECT_EQ(status_of_text(get("/api/mine", "Cookie: menpai=wrong\r\n")), 401);
  EXPECT_EQ(status_of_text(get("/api/mine", "Cookie: __Host-menpai=clerk-token\r\n")), 401);
  EXPECT_EQ(body_of(get("/api/mine", "Cookie: a=b; menpai=clerk-token; c=d\r\n")), "clerk");
  EXPECT_EQ(status_of_text(get("/figures", "Cookie: menpai=clerk-token\r\n")), 403);
  EXPECT_EQ(body_of(get("/figures", "Cookie: menpai=administrator-token\r\n")), "figures");
}

TEST_F(ServerTest, takes_changes_from_its_own_page_only) {
  EXPECT_EQ(status_of_text(post("/api/body", "x", "")), 403);
  EXPECT_EQ(status_of_text(post("/api/body", "x", "X-Menpai: 0\r\n")), 403);
  EXPECT_EQ(status_of_text(post("/api/body", "x")), 200);
  EXPECT_EQ(status_of_text(post("/api/body", "x", "X-Menpai: 1\r\nOrigin: http://127.0.0.1\r\n")), 200);
  for (const char* origin : {"http://example.org", "https://127.0.0.1", "http://127.0.0.1:81", "null"}) {
    EXPECT_EQ(status_of_text(post("/api/body", "x", "X-Menpai: 1\r\nOrigin: " + std::string(origin) + "\r\n")), 403);
  }
  EXPECT_EQ(status_of_text(post("/api/body", "x", "X-Menpai: 1\r\nSec-Fetch-Site: cross-site\r\n")), 403);
}

TEST_F(ServerTest, answers_to_names_of_this_machine_only_without_tls) {
  const auto ask = [&](const std::string& host) {
    return status_of_text(talk("GET /hello HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n\r\n"));
  };
  EXPECT_EQ(ask("localhost:8080"), 200);
  EXPECT_EQ(ask("127.0.0.1:8080"), 200);
  EXPECT_EQ(ask("[::1]:8080"), 200);
  EXPECT_EQ(ask("evil.example.org"), 421);
  EXPECT_EQ(ask("localhost.example.org"), 421);
}

TEST_F(ServerTest, limits_sign_ins_under_way_from_one_address) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 9; ++i) {
    clients.push_back(std::make_unique<RawClient>(server().port()));
    clients.back()->send("POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nX-Menpai: 1\r\nContent-Length: 0\r\n\r\n");
  }
  EXPECT_TRUE(eventually([&] { return server().log().size() == 1; })) << "one of the nine is refused at once";
  // Two sign-ins at work and six waiting leave threads for the others.
  EXPECT_EQ(body_of(get("/hello")), "hello");
  seen->release = true;
  int signed_in = 0;
  int refused = 0;
  for (auto& client : clients) {
    const int status = status_of_text(client->receive_response());
    signed_in += status == 200 ? 1 : 0;
    refused += status == 429 ? 1 : 0;
  }
  EXPECT_EQ(signed_in, 8);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(status_of_text(post("/api/sign-in", "")), 200);
}

// ---- limits

TEST_F(ServerTest, closes_who_sends_the_header_too_slowly) {
  RawClient client(server().port());
  const auto begin = Clock::now();
  client.send("GET /hello HTTP/1.1\r\nHost: loc");
  const std::string answer = client.receive_all();
  EXPECT_EQ(status_of_text(answer), 408);
  EXPECT_TRUE(client.ended());
  EXPECT_LT(Clock::now() - begin, 5s);
}

TEST_F(ServerTest, closes_who_drips_the_header_byte_by_byte) {
  RawClient client(server().port());
  const std::string head = "GET /hello HTTP/1.1\r\nHost: localhost\r\nX-Long: ";
  bool open = true;
  for (int i = 0; i < 200 && open; ++i) {
    open = client.send(std::string(1, i < static_cast<int>(head.size()) ? head[static_cast<std::size_t>(i)] : 'x'));
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(status_of_text(client.receive_all()), 408);
}

TEST_F(ServerTest, closes_silent_connections) {
  RawClient silent(server().port());
  EXPECT_EQ(silent.receive_all(5s), "");
  EXPECT_TRUE(silent.ended());
  RawClient idle(server().port());
  idle.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  idle.receive_response();
  EXPECT_EQ(idle.receive_all(5s), "");
  EXPECT_TRUE(idle.ended());
}

TEST_F(ServerTest, refuses_long_headers) {
  EXPECT_EQ(status_of_text(get("/hello", "X-A: " + std::string(9000, 'a') + "\r\n")), 431);
  EXPECT_EQ(status_of_text(get("/" + std::string(20000, 'a'))), 431);
  EXPECT_EQ(status_of_text(get("/hello", "X-A: " + std::string(7000, 'a') + "\r\n")), 200);
}

TEST_F(ServerTest, refuses_bodies_over_the_limit_of_the_route) {
  EXPECT_EQ(body_of(post("/api/body", std::string(1000, 'x'))), "1000");
  EXPECT_EQ(status_of_text(post("/api/body", std::string(1001, 'x'))), 413);
  EXPECT_EQ(status_of_text(post("/api/body", std::string(5'000'000, 'x'))), 413);
  const std::string chunk = "400\r\n" + std::string(0x400, 'x') + "\r\n0\r\n\r\n";
  EXPECT_EQ(status_of_text(talk("POST /api/body HTTP/1.1\r\nHost: localhost\r\nX-Menpai: 1\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n" +
                                chunk)),
            413);
  EXPECT_EQ(status_of_text(talk("GET /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx")), 413);
}

TEST_F(ServerTest, closes_who_stops_in_the_middle_of_a_body) {
  RawClient client(server().port());
  client.send("POST /api/body HTTP/1.1\r\nHost: localhost\r\nX-Menpai: 1\r\nContent-Length: 100\r\n\r\nabc");
  EXPECT_EQ(status_of_text(client.receive_all()), 408);
  EXPECT_TRUE(client.ended());
}

TEST_F(ServerTest, closes_who_sends_a_body_below_the_least_rate) {
  RawClient client(server().port());
  client.send("POST /api/upload HTTP/1.1\r\nHost: localhost\r\nX-Menpai: 1\r\nContent-Length: 1000000\r\n\r\n");
  bool open = true;
  for (int i = 0; i < 100 && open; ++i) {
    open = client.send("x");
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(status_of_text(client.receive_all()), 408);
  EXPECT_TRUE(eventually([&] { return seen->sinks_ended == 1; }));
  EXPECT_EQ(seen->sinks_finished, 0);
}

TEST_F(ServerTest, closes_who_does_not_read_the_answer) {
  RawClient client(server().port());
  client.send("GET /pieces/1000/-1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_TRUE(eventually([&] { return seen->sources_ended == 1; }));
  EXPECT_GE(server().door().metrics().connections.timed_out, 1U);
}

TEST_F(ServerTest, makes_room_by_closing_idle_connections) {
  options.connections_max = 8;
  options.connections_per_address_max = 6;
  options.limits.head_time = 10s;
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 40; ++i) idle.push_back(std::make_unique<RawClient>(server().port()));
  EXPECT_EQ(body_of(get("/hello")), "hello");
  EXPECT_LE(server().door().metrics().connections.open, 6U);
  EXPECT_GE(server().door().metrics().connections.evicted, 30U);
}

TEST_F(ServerTest, refuses_a_connection_when_all_are_at_work) {
  options.connections_max = 2;
  options.connections_per_address_max = 2;
  RawClient first(server().port());
  RawClient second(server().port());
  first.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  second.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  RawClient third(server().port());
  EXPECT_EQ(third.receive_all(), "");
  seen->release = true;
  EXPECT_EQ(body_of(first.receive_response()), "done");
  EXPECT_EQ(body_of(second.receive_response()), "done");
}

// ---- smuggling

TEST_F(ServerTest, refuses_requests_that_smuggle_a_second_one) {
  const std::string inner = "GET /api/mine HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string begin = "POST /api/body HTTP/1.1\r\nHost: localhost\r\nX-Menpai: 1\r\n";
  for (const std::string& bytes : {
           begin + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
           begin + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + inner,
           begin + "Content-Length: 0\r\nContent-Length: 50\r\n\r\n" + inner,
           begin + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + inner,
           begin + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + inner,
           begin + "X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
           begin + "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + inner,
           begin + "Transfer-Encoding: chunked\r\n\r\n0\n\r\n\r\n" + inner,
           begin + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n" + inner,
       }) {
    const std::string answer = talk(bytes);
    EXPECT_EQ(status_of_text(answer), 400) << bytes;
    EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << "answered twice: " << bytes;
    EXPECT_EQ(field_of(answer, "Connection"), "close");
  }
}

TEST_F(ServerTest, answers_one_request_and_closes_when_more_was_sent_ahead) {
  for (const std::string& behind :
       {std::string("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n"), std::string("\x00\xff garbage", 10)}) {
    const std::string answer = talk("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n" + behind);
    EXPECT_EQ(status_of_text(answer), 200);
    EXPECT_EQ(field_of(answer, "Connection"), "close");
    EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos);
  }
}

TEST_F(ServerTest, refuses_what_is_not_http) {
  EXPECT_EQ(status_of_text(talk(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello", 17))), 400);
  EXPECT_EQ(status_of_text(talk("\r\n\r\n")), 400);
  EXPECT_EQ(status_of_text(talk(std::string(100, '\0'))), 400);
  EXPECT_EQ(status_of_text(talk("GET /hello HTTP/1.1\nHost: localhost\n\n")), 400);
}

TEST_F(ServerTest, survives_random_bytes) {
  std::uint32_t state = 12345;
  for (int i = 0; i < 300; ++i) {
    std::string bytes = i % 3 == 0 ? "POST /api/upload HTTP/1.1\r\nHost: localhost\r\nX-Menpai: 1\r\n"
                                     "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
                                   : "GET /api/echo/a?q=b HTTP/1.1\r\nHost: localhost\r\nCookie: menpai=x\r\n\r\n";
    for (int change = 0; change < 4; ++change) {
      state = state * 1664525 + 1013904223;
      bytes[(state >> 8) % bytes.size()] = static_cast<char>(state >> 24);
    }
    RawClient client(server().port());
    client.send(bytes);
    ::usleep(200);
  }
  EXPECT_EQ(body_of(get("/hello")), "hello");
}

// ---- stopping and starting

TEST_F(ServerTest, ends_running_requests_before_it_stops) {
  RawClient client(server().port());
  client.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  std::thread stopper([&] { server().stop(); });
  std::this_thread::sleep_for(100ms);
  EXPECT_THROW(RawClient(server().port()), Error);
  seen->release = true;
  const std::string answer = client.receive_response();
  stopper.join();
  EXPECT_EQ(body_of(answer), "done");
  EXPECT_EQ(field_of(answer, "Connection"), "close");
}

TEST_F(ServerTest, names_the_port_that_is_taken) {
  ServerOptions second = options;
  second.port = server().port();
  Door door(test_routes(seen), test_hooks(), {}, std::make_shared<Metrics>());
  try {
    const Server other(second, door);
    FAIL() << "took a port that is taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::busy);
    EXPECT_NE(std::string(error.what()).find(std::to_string(second.port)), std::string::npos);
  }
}

TEST_F(ServerTest, does_not_speak_plain_http_to_other_machines) {
  Door door(test_routes(seen), test_hooks(), {}, std::make_shared<Metrics>());
  ServerOptions open = options;
  for (const char* listen : {"0.0.0.0", "::", "192.0.2.1"}) {
    open.listen = listen;
    EXPECT_THROW(Server(open, door), Error);
  }
  open.listen = "not an address";
  EXPECT_THROW(Server(open, door), Error);
  open = options;
  open.tls_cert = "/nonexistent/cert.pem";
  EXPECT_THROW(Server(open, door), Error);
  open.tls_key = "/nonexistent/key.pem";
  EXPECT_THROW(Server(open, door), Error);
}

// ---- behind a proxy

TEST_F(ServerTest, believes_the_named_proxy_and_nobody_else_about_the_origin) {
  options.proxy = "127.0.0.1";
  const std::string proxied = "X-Forwarded-For: 198.51.100.7, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n";
  EXPECT_EQ(status_of_text(get("/hello")), 400);
  const std::string answer = get("/hello", proxied);
  EXPECT_EQ(status_of_text(answer), 200);
  EXPECT_NE(field_of(answer, "Strict-Transport-Security"), "");
  ASSERT_TRUE(eventually([&] { return server().log().size() == 2; }));
  EXPECT_NE(server().log().back().find("\"origin\":\"203.0.113.9\""), std::string::npos);
  EXPECT_EQ(body_of(get("/api/mine", proxied + "Cookie: __Host-menpai=clerk-token\r\n")), "clerk");
  EXPECT_EQ(status_of_text(get("/api/mine", proxied + "Cookie: menpai=clerk-token\r\n")), 401);
  EXPECT_EQ(status_of_text(get("/hello", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: http\r\n")), 403);
  EXPECT_EQ(status_of_text(get("/hello", "X-Forwarded-For: <script>\r\nX-Forwarded-Proto: https\r\n")), 400);
}

TEST_F(ServerTest, ignores_forwarding_fields_without_a_proxy) {
  get("/hello", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n");
  ASSERT_TRUE(eventually([&] { return server().log().size() == 1; }));
  EXPECT_NE(server().log().back().find("\"origin\":\"127.0.0.1\""), std::string::npos);
}

}  // namespace
}  // namespace menpai::http::test

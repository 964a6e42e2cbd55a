// SPDX-License-Identifier: Apache-2.0
// Bodies in pieces: uploads, downloads, event streams, and clients that go away in the middle.
#include <gtest/gtest.h>

#include "http/test_routes.hpp"

namespace menpai::http::test {
namespace {

using namespace std::chrono_literals;

class StreamTest : public ::testing::Test {
 protected:
  void TearDown() override { seen->release = true; }
  std::shared_ptr<Seen> seen = std::make_shared<Seen>();
  RunningServer server{test_routes(seen), test_hooks(), quick_options()};
  const std::string upload_head = "POST /api/upload HTTP/1.1\r\nHost: localhost\r\nX-Menpai: 1\r\n";
};

TEST_F(StreamTest, takes_an_upload_in_pieces) {
  RawClient client(server.port());
  client.send(upload_head + "Content-Length: 5000000\r\n\r\n" + std::string(5'000'000, 'x'));
  const std::string answer = client.receive_response();
  EXPECT_EQ(status_of_text(answer), 201);
  EXPECT_EQ(body_of(answer), "{\"size\":5000000}");
  EXPECT_EQ(seen->uploaded, 5'000'000U);
  EXPECT_FALSE(client.ended());
}

TEST_F(StreamTest, takes_a_chunked_upload_and_an_empty_one) {
  RawClient client(server.port());
  client.send(upload_head + "Transfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 20; ++i) client.send("10000\r\n" + std::string(0x10000, 'x') + "\r\n");
  client.send("0\r\n\r\n");
  EXPECT_EQ(body_of(client.receive_response()), "{\"size\":1310720}");
  client.send(upload_head + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(body_of(client.receive_response()), "{\"size\":0}");
}

TEST_F(StreamTest, tells_a_waiting_client_to_go_on) {
  RawClient client(server.port());
  client.send(upload_head + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  const std::string go = client.receive([](const std::string& all) { return all.ends_with("\r\n\r\n"); });
  EXPECT_EQ(go, "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_EQ(body_of(client.receive_response()), "{\"size\":3}");

  RawClient refused(server.port());
  refused.send(upload_head + "Expect: 100-continue\r\nContent-Length: 99000000\r\n\r\n");
  EXPECT_EQ(status_of_text(refused.receive_all()), 413);
  EXPECT_EQ(seen->sinks_finished, 1);
}

TEST_F(StreamTest, lets_a_refused_sender_read_why) {
  RawClient client(server.port());
  client.send(upload_head + "Transfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 160; ++i) client.send("10000\r\n" + std::string(0x10000, 'x') + "\r\n");
  EXPECT_EQ(status_of_text(client.receive_all()), 413);
  EXPECT_TRUE(eventually([&] { return seen->sinks_ended == 1; }));
  EXPECT_EQ(seen->sinks_finished, 0);
}

TEST_F(StreamTest, passes_on_that_the_disk_is_full) {
  RawClient client(server.port());
  client.send(upload_head + "Content-Length: 2000006\r\n\r\nPOISON" + std::string(2'000'000, 'x'));
  EXPECT_EQ(status_of_text(client.receive_all()), 507);
  EXPECT_EQ(seen->sinks_ended, 1);
}

TEST_F(StreamTest, drops_an_upload_whose_client_goes_away) {
  {
    RawClient client(server.port());
    client.send(upload_head + "Content-Length: 1000000\r\n\r\n" + std::string(500'000, 'x'));
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_TRUE(eventually([&] { return seen->sinks_ended == 1; }));
  EXPECT_EQ(seen->sinks_finished, 0);
  EXPECT_TRUE(eventually([&] { return server.door().metrics().connections.open == 0; }));
}

TEST_F(StreamTest, gives_a_download_in_pieces) {
  RawClient client(server.port());
  client.send("GET /pieces/30/-1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string answer = client.receive_all();
  EXPECT_EQ(field_of(answer, "Transfer-Encoding"), "chunked");
  const std::string body = unchunk(body_of(answer));
  EXPECT_EQ(body.size(), 3'000'000U);
  EXPECT_EQ(body[100'000], 'b');
}

TEST_F(StreamTest, gives_a_download_to_an_old_client_without_chunks) {
  RawClient client(server.port());
  client.send("GET /pieces/3/-1 HTTP/1.0\r\n\r\n");
  const std::string answer = client.receive_all();
  EXPECT_EQ(field_of(answer, "Transfer-Encoding"), "");
  EXPECT_EQ(body_of(answer).size(), 300'000U);
}

TEST_F(StreamTest, keeps_the_connection_after_a_download) {
  RawClient client(server.port());
  client.send("GET /pieces/2/-1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const std::string answer = client.receive([](const std::string& all) { return all.ends_with("0\r\n\r\n"); });
  EXPECT_EQ(unchunk(body_of(answer)).size(), 200'000U);
  client.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(body_of(client.receive_response()), "hello");
}

TEST_F(StreamTest, cuts_a_download_that_fails_so_that_it_does_not_look_whole) {
  RawClient client(server.port());
  client.send("GET /pieces/10/5 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const std::string answer = client.receive_all();
  EXPECT_TRUE(client.ended());
  EXPECT_EQ(unchunk(body_of(answer)), "");
  ASSERT_TRUE(eventually([&] { return server.log().size() == 1; }));
  EXPECT_NE(server.log()[0].find("\"cut\":true"), std::string::npos);
  EXPECT_NE(server.log()[0].find("The database is away."), std::string::npos);
}

TEST_F(StreamTest, gives_nothing_of_a_stream_to_head) {
  RawClient client(server.port());
  client.send("HEAD /pieces/10/-1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(body_of(client.receive_all()), "");
  EXPECT_TRUE(eventually([&] { return seen->sources_ended == 1; }));
}

TEST_F(StreamTest, sends_events_as_they_come_and_ends) {
  RawClient client(server.port());
  client.send("GET /events/five HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string body = unchunk(body_of(client.receive_all()));
  EXPECT_TRUE(body.starts_with("event: tick\ndata: 1\n\n"));
  EXPECT_TRUE(body.ends_with("event: tick\ndata: 5\n\n"));
}

TEST_F(StreamTest, notices_that_the_reader_of_events_has_gone) {
  {
    RawClient client(server.port());
    client.send("GET /events/forever HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.receive([](const std::string& all) { return all.find("data: 2") != std::string::npos; });
  }
  EXPECT_TRUE(eventually([&] { return seen->sources_ended == 1; }));
  EXPECT_TRUE(eventually([&] { return server.door().metrics().connections.open == 0; }));
}

TEST_F(StreamTest, ends_event_streams_properly_when_it_stops) {
  RawClient client(server.port());
  client.send("GET /events/forever HTTP/1.1\r\nHost: localhost\r\n\r\n");
  client.receive([](const std::string& all) { return all.find("data: 2") != std::string::npos; });
  server.stop();
  EXPECT_TRUE(client.receive_all().ends_with("0\r\n\r\n"));
  EXPECT_EQ(seen->sources_ended, 1);
}

TEST_F(StreamTest, serves_many_event_streams_with_few_threads) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->send("GET /events/forever HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  RawClient other(server.port());
  other.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(body_of(other.receive_response()), "hello");
  for (auto& client : clients) {
    const std::string got =
        client->receive([](const std::string& all) { return all.find("data: 3") != std::string::npos; });
    EXPECT_NE(got.find("data: 3"), std::string::npos);
  }
}

}  // namespace
}  // namespace menpai::http::test

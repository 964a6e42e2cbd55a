// SPDX-License-Identifier: Apache-2.0
// What a request's header may look like, and the ways of writing it that two readers could understand differently.
#include "http/head_check.hpp"

#include <gtest/gtest.h>

namespace menpai::http {
namespace {

int status_of_head(const std::string& raw) {
  RequestHead head;
  const auto refusal = parse_head(raw, head);
  return refusal ? refusal->status : 200;
}

TEST(HeadCheck, takes_an_ordinary_request) {
  RequestHead head;
  const auto refusal = parse_head(
      "POST /api/v1/cleaning-jobs?name=a.csv HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 12\r\n"
      "X-Menpai:1\r\n\r\n",
      head);
  ASSERT_FALSE(refusal) << refusal->message;
  EXPECT_EQ(head.method, "POST");
  EXPECT_EQ(head.target, "/api/v1/cleaning-jobs?name=a.csv");
  EXPECT_EQ(head.content_length, 12U);
  EXPECT_EQ(head.field("x-menpai"), "1");
  EXPECT_TRUE(head.keep_alive);
  EXPECT_TRUE(head.has_body());
}

struct Row {
  const char* why;
  std::string raw;
  int status;
};
const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n";
const std::string post = "POST / HTTP/1.1\r\nHost: a\r\n";

TEST(HeadCheck, refuses_bodies_whose_end_could_be_understood_in_two_ways) {
  const Row rows[] = {
      {"ordinary", get + "\r\n", 200},
      {"length and chunks", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"chunks and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400},
      {"length and an unknown coding", post + "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\n", 400},
      {"two lengths that differ", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
      {"two lengths that agree", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
      {"a list of lengths", post + "Content-Length: 5, 5\r\n\r\n", 400},
      {"a length with a sign", post + "Content-Length: +5\r\n\r\n", 400},
      {"a negative length", post + "Content-Length: -5\r\n\r\n", 400},
      {"a hexadecimal length", post + "Content-Length: 0x5\r\n\r\n", 400},
      {"an empty length", post + "Content-Length:\r\n\r\n", 400},
      {"a length beyond 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"gzip before chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 400},
      {"chunked before identity", post + "Transfer-Encoding: chunked, identity\r\n\r\n", 400},
      {"identity", post + "Transfer-Encoding: identity\r\n\r\n", 400},
      {"chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"quoted chunked", post + "Transfer-Encoding: \"chunked\"\r\n\r\n", 400},
      {"vertical tab before chunked",
       post + "Transfer-Encoding: \x0b"
              "chunked\r\n\r\n",
       400},
      {"chunked in any case", post + "Transfer-Encoding: Chunked\r\n\r\n", 200},
      {"chunks in HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
  };
  for (const Row& row : rows) EXPECT_EQ(status_of_head(row.raw), row.status) << row.why;
}

TEST(HeadCheck, refuses_lines_and_targets_that_could_be_understood_in_two_ways) {
  const Row rows[] = {
      {"space before the colon", post + "Content-Length : 5\r\n\r\n", 400},
      {"tab before the colon", post + "Transfer-Encoding\t: chunked\r\n\r\n", 400},
      {"a folded line", get + "X-A: b\r\n c\r\n\r\n", 400},
      {"a folded first line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
      {"a folded length", post + "Content-Length:\r\n 5\r\n\r\n", 400},
      {"two hosts", get + "Host: b\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"no host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 200},
      {"a host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"a host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
      {"two cookies fields", get + "Cookie: a=b\r\nCookie: c=d\r\n\r\n", 400},
      {"a line without a colon", get + "Nothing\r\n\r\n", 400},
      {"a line without a name", get + ": x\r\n\r\n", 400},
      {"a name with a space", get + "X Y: x\r\n\r\n", 400},
      {"a lone CR in a value", get + "X-A: b\rContent-Length: 5\r\n\r\n", 400},
      {"a NUL in a value", get + "X-A: b" + std::string(1, '\0') + "c\r\n\r\n", 400},
      {"DEL in a value",
       get + "X-A: b\x7f"
             "c\r\n\r\n",
       400},
      {"an absolute target", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"the asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"the authority form", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a raw byte above 7F", "GET /\xe9\x97\xa8 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"a tab for a space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"HTTP/0.9", "GET /\r\n\r\n", 400},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
      {"HTTP/2.0", "PRI * HTTP/2.0\r\n\r\n", 505},
      {"lower-case protocol", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
      {"65 fields",
       [] {
         std::string raw = get;
         for (int i = 0; i < 64; ++i) raw += "X-" + std::to_string(i) + ": 1\r\n";
         return raw + "\r\n";
       }(),
       431},
  };
  for (const Row& row : rows) EXPECT_EQ(status_of_head(row.raw), row.status) << row.why;
}

TEST(HeadCheck, finds_the_end_of_the_header_byte_by_byte) {
  const std::string raw = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  bool broken = false;
  for (std::size_t size = 0; size <= raw.size(); ++size) {
    const std::size_t end = find_head_end(std::string_view(raw).substr(0, size), size > 0 ? size - 1 : 0, broken);
    EXPECT_FALSE(broken);
    EXPECT_EQ(end, size == 27 ? 27U : 0U) << size;
  }
}

TEST(HeadCheck, does_not_wait_for_more_of_what_is_not_http) {
  bool broken = false;
  for (const std::string& raw : {std::string("GET / HTTP/1.1\nHost: a\n\n"), std::string("\r\nGET / HTTP/1.1\r\n"),
                                 std::string("\x16\x03\x01\x00", 4)}) {
    EXPECT_EQ(find_head_end(raw, 0, broken), 0U);
    EXPECT_TRUE(broken);
  }
}

}  // namespace
}  // namespace menpai::http

// SPDX-License-Identifier: Apache-2.0
// Bodies by length and by chunks, in one piece and byte by byte.
#include "http/body_reader.hpp"

#include <gtest/gtest.h>

namespace menpai::http {
namespace {

RequestHead chunked_head() {
  RequestHead head;
  head.chunked = true;
  return head;
}

struct Result {
  BodyReader::State state;
  std::string body;
  std::string rest;
};

Result read_body(const std::string& bytes, std::size_t step) {
  BodyReader reader(chunked_head());
  Result result;
  std::size_t pos = 0;
  while (pos < bytes.size() && reader.state() == BodyReader::State::more) {
    pos += reader.feed(std::string_view(bytes).substr(pos, step), result.body);
  }
  result.state = reader.state();
  result.rest = bytes.substr(pos);
  return result;
}

TEST(BodyReader, takes_chunks_however_they_are_cut) {
  const std::string bytes = "4\r\nWiki\r\n5;name=\"v\"\r\npedia\r\n0\r\nX-Sum: 1\r\n\r\nGET";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    const Result result = read_body(bytes, step);
    EXPECT_EQ(result.state, BodyReader::State::done) << step;
    EXPECT_EQ(result.body, "Wikipedia") << step;
    EXPECT_EQ(result.rest, "GET") << step;
  }
}

TEST(BodyReader, takes_an_empty_chunked_body_cut_anywhere) {
  for (std::size_t step = 1; step <= 5; ++step) {
    const Result result = read_body("0\r\n\r\n", step);
    EXPECT_EQ(result.state, BodyReader::State::done);
    EXPECT_EQ(result.body, "");
  }
}

TEST(BodyReader, refuses_chunks_that_are_not_well_formed) {
  const std::string long_text(5000, 'x');
  for (const std::string& bytes :
       {std::string("x\r\n"), std::string("-1\r\n"), std::string("+1\r\na\r\n"), std::string("0x1\r\na\r\n"),
        std::string(" 1\r\na\r\n"), std::string("1 \r\na\r\n"), std::string("1\na\r\n"), std::string("\r\n\r\n"),
        std::string("1\r\nab\r\n"), std::string("1\r\na\n0\r\n\r\n"), std::string("1\r\naX"),
        std::string("1000000000000000\r\n"), std::string("ffffffffffffffff\r\n"), std::string("1\r\r\na\r\n"),
        std::string("0\r\nno colon\r\n\r\n"), std::string("0\r\n folded: x\r\n\r\n"), "1;" + long_text + "\r\n",
        "0\r\nX: " + long_text + "\r\n\r\n"}) {
    EXPECT_EQ(read_body(bytes, 1).state, BodyReader::State::broken) << bytes.substr(0, 30);
    EXPECT_EQ(read_body(bytes, bytes.size()).state, BodyReader::State::broken) << bytes.substr(0, 30);
  }
}

TEST(BodyReader, bounds_many_small_chunk_extensions) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += "1;abcdefgh\r\na\r\n";
  EXPECT_EQ(read_body(bytes + "0\r\n\r\n", 64).state, BodyReader::State::broken);
}

TEST(BodyReader, stops_behind_the_announced_length) {
  RequestHead head;
  head.content_length = 3;
  BodyReader reader(head);
  std::string body;
  EXPECT_EQ(reader.feed("ab", body), 2U);
  EXPECT_EQ(reader.state(), BodyReader::State::more);
  EXPECT_EQ(reader.feed("cdef", body), 1U);
  EXPECT_EQ(reader.state(), BodyReader::State::done);
  EXPECT_EQ(body, "abc");
}

}  // namespace
}  // namespace menpai::http

// SPDX-License-Identifier: Apache-2.0
// JSON in: what is taken and what is refused by name. JSON out: numbers and text as a person would write them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

#include "http/json_in.hpp"
#include "http/json_writer.hpp"

namespace menpai::http {
namespace {

Request request_with(std::string body, std::string type = "application/json") {
  Request request;
  request.body = std::move(body);
  request.head.fields.push_back({"content-type", std::move(type)});
  return request;
}

std::string refusal_of(const std::string& body) {
  try {
    const Request request = request_with(body);
    const JsonIn in(request, {"name", "count"});
    in.text("name", 5);
    in.number_or("count", 0, 10, 0);
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::bad_request);
    return error.what();
  }
}

TEST(JsonIn, reads_text_and_numbers) {
  const Request request = request_with("{\"name\":\"门牌\",\"count\":3}", "Application/JSON; charset=utf-8");
  const JsonIn in(request, {"name", "count", "more"});
  EXPECT_EQ(in.text("name", 2), "门牌");
  EXPECT_EQ(in.number_or("count", 0, 10, 0), 3);
  EXPECT_EQ(in.text_or("more", 10, "otherwise"), "otherwise");
}

TEST(JsonIn, refuses_by_name) {
  using ::testing::HasSubstr;
  EXPECT_EQ(refusal_of("{\"name\":\"a\"}"), "");
  EXPECT_EQ(refusal_of("{\"name\":\"a\",\"count\":null}"), "");
  EXPECT_THAT(refusal_of("{\"name\":\"a\",\"role\":\"administrator\"}"), HasSubstr("\"role\""));
  EXPECT_THAT(refusal_of("{}"), HasSubstr("\"name\" is missing"));
  EXPECT_THAT(refusal_of("{\"name\":null}"), HasSubstr("\"name\" is missing"));
  EXPECT_THAT(refusal_of("{\"name\":1}"), HasSubstr("\"name\" must be text"));
  EXPECT_THAT(refusal_of("{\"name\":\"abcdef\"}"), HasSubstr("5 characters"));
  EXPECT_THAT(refusal_of("{\"name\":[\"a\"]}"), HasSubstr("simple value"));
  EXPECT_THAT(refusal_of("{\"name\":\"a\",\"count\":11}"), HasSubstr("\"count\""));
  EXPECT_THAT(refusal_of("{\"name\":\"a\",\"count\":1.5}"), HasSubstr("\"count\""));
  EXPECT_THAT(refusal_of("{\"name\":\"a\\u0000\"}"), HasSubstr("NUL"));
  EXPECT_THAT(refusal_of("[]"), HasSubstr("object"));
  EXPECT_THAT(refusal_of(""), HasSubstr("not well-formed"));
  EXPECT_THAT(refusal_of("{\"name\":\"\xff\"}"), HasSubstr("not well-formed"));
  EXPECT_THAT(refusal_of("{\"name\":\"a\"} x"), HasSubstr("not well-formed"));
  EXPECT_THAT(refusal_of(std::string(1000, '[')), HasSubstr("not well-formed"));
}

TEST(JsonIn, takes_json_only_when_it_is_called_json) {
  for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"}) {
    const Request request = request_with("{}", type);
    EXPECT_THROW(JsonIn(request, {}), Error) << type;
  }
}

TEST(JsonWriter, puts_commas_and_escapes) {
  JsonWriter out;
  out.begin_object();
  out.field("text", "a\"b\\c\n\x01门");
  out.field("ok", true);
  out.field("count", std::int64_t{-3});
  out.field("lon", 113.4);
  out.field("none", std::numeric_limits<double>::quiet_NaN());
  out.key("list");
  out.begin_array();
  out.begin_array();
  out.end_array();
  out.begin_object();
  out.end_object();
  out.value("x");
  out.end_array();
  out.end_object();
  EXPECT_EQ(out.take(),
            "{\"text\":\"a\\\"b\\\\c\\n\\u0001门\",\"ok\":true,\"count\":-3,\"lon\":113.4,\"none\":null,"
            "\"list\":[[],{},\"x\"]}");
}

}  // namespace
}  // namespace menpai::http

// SPDX-License-Identifier: Apache-2.0
// The route table: what matches what, and which tables a server refuses to start with.
#include "http/route.hpp"

#include <gtest/gtest.h>

namespace menpai::http {
namespace {

Response nothing(Request&) {
  return empty_response();
}

Route make_route(Method method, std::string pattern, Action action = Action::read_page) {
  Route route;
  route.method = method;
  route.pattern = std::move(pattern);
  route.action = action;
  route.handle = nothing;
  return route;
}

RouteTable make_table() {
  RouteTable table;
  table.add(make_route(Method::get, "/api/jobs"));
  table.add(make_route(Method::post, "/api/jobs"));
  table.add(make_route(Method::get, "/api/jobs/{id}"));
  table.add(make_route(Method::del, "/api/jobs/{id}"));
  table.add(make_route(Method::get, "/api/jobs/latest"));
  table.add(make_route(Method::get, "/api/tiles/{z}/{x}/{y}.mvt"));
  table.add(make_route(Method::get, "/{*}"));
  table.check();
  return table;
}

TEST(RouteTable, finds_the_route_of_a_path) {
  const RouteTable table = make_table();
  struct Row {
    Method method;
    const char* path;
    const char* pattern;  ///< empty: none
  };
  const Row rows[] = {
      {Method::get, "/api/jobs", "/api/jobs"},
      {Method::head, "/api/jobs", "/api/jobs"},
      {Method::post, "/api/jobs", "/api/jobs"},
      {Method::get, "/api/jobs/7", "/api/jobs/{id}"},
      {Method::get, "/api/jobs/latest", "/api/jobs/latest"},
      {Method::get, "/api/tiles/1/2/3.mvt", "/api/tiles/{z}/{x}/{y}.mvt"},
      {Method::get, "/api/tiles/1/2/.mvt", "/{*}"},
      {Method::get, "/api/tiles/1/2/3", "/{*}"},
      {Method::get, "/", "/{*}"},
      {Method::get, "/a/b/c", "/{*}"},
      {Method::get, "/api/jobs/", "/{*}"},
      {Method::get, "/api/jobs/a%2Fb", "/api/jobs/{id}"},
      {Method::get, "/..", ""},
      {Method::get, "/a/../b", ""},
      {Method::get, "/a/%2e%2e/b", ""},
      {Method::get, "/a/%2E/b", ""},
      {Method::get, "/a%00b", ""},
      {Method::get, "/a%zzb", ""},
      {Method::get, "/a%ff", ""},
  };
  for (const Row& row : rows) {
    const RouteMatch match = table.find(row.method, row.path);
    EXPECT_EQ(match.route ? match.route->pattern : "", row.pattern) << row.path;
  }
}

TEST(RouteTable, names_the_parts_of_a_path) {
  const RouteTable table = make_table();
  const RouteMatch match = table.find(Method::get, "/api/tiles/4/11/6.mvt");
  EXPECT_EQ(match.params, (NameValues{{"z", "4"}, {"x", "11"}, {"y", "6"}}));
  EXPECT_EQ(table.find(Method::get, "/api/jobs/%E9%97%A8").params, (NameValues{{"id", "门"}}));
  EXPECT_EQ(table.find(Method::get, "/a/b").params, (NameValues{{"*", "a/b"}}));
}

TEST(RouteTable, says_which_methods_a_path_has) {
  const RouteTable table = make_table();
  const RouteMatch match = table.find(Method::put, "/api/jobs/7");
  EXPECT_EQ(match.route, nullptr);
  EXPECT_TRUE(match.path_known);
  EXPECT_EQ(match.allow, "GET, HEAD, DELETE");
}

TEST(RouteTable, refuses_a_route_that_does_not_say_who_may_call_it) {
  RouteTable table;
  Route route = make_route(Method::get, "/open");
  route.action.reset();
  table.add(std::move(route));
  EXPECT_THROW(table.check(), Error);
}

TEST(RouteTable, refuses_two_routes_for_one_request) {
  RouteTable table;
  table.add(make_route(Method::get, "/jobs/{id}"));
  table.add(make_route(Method::get, "/jobs/{name}"));
  EXPECT_THROW(table.check(), Error);
}

TEST(RouteTable, refuses_a_route_without_a_handler) {
  RouteTable table;
  Route route = make_route(Method::get, "/open");
  route.handle = nullptr;
  table.add(std::move(route));
  EXPECT_THROW(table.check(), Error);
}

}  // namespace
}  // namespace menpai::http

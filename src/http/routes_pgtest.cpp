// SPDX-License-Identifier: Apache-2.0
// Every route over the real server, the real application and a throw-away database: who gets in, who does not, and that
// api/openapi.yaml says the same as the table.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>

#include "app/accounts.hpp"
#include "app/admission.hpp"
#include "app/service_tokens.hpp"
#include "http/routes.hpp"
#include "http/test_routes.hpp"
#include "support/test_database.hpp"

namespace menpai::http::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* password = "correct horse battery staple";

class RoutesTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    app::Settings settings;
    settings.data_dir = menpai::testing::data_dir();
    settings.region = "442000108";
    s_app = app::Application::open(settings, true);
    for (const auto& [name, role] :
         {std::pair{"clerk", Role::clerk}, std::pair{"administrator", Role::administrator}}) {
      app::add_account(*s_app, app::operator_caller(), name, role, password);
    }
    s_server = start_server(true);
  }
  static void TearDownTestSuite() {
    s_server.reset();
    s_app.reset();
  }

  static std::unique_ptr<RunningServer> start_server(bool with_policy) {
    DoorHooks hooks;
    hooks.caller_of_session = [](std::string_view token) { return app::caller_of_session(*s_app, token); };
    hooks.caller_of_token = [](std::string_view token) { return app::caller_of_service_token(*s_app, token); };
    hooks.require = [with_policy](const Caller& caller, Action action) {
      if (with_policy) app::admit(*s_app, caller, action);
    };
    ServerOptions options;
    options.workers = 4;
    return std::make_unique<RunningServer>(make_routes(*s_app, {}, std::make_shared<Metrics>()), std::move(hooks),
                                           std::move(options));
  }

  static std::string talk(std::string_view method, const std::string& path, const std::string& cookie,
                          const std::string& body = "", const std::string& fields = "",
                          const RunningServer* server = nullptr) {
    RawClient client((server ? *server : *s_server).port());
    std::string request = std::string(method) + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    if (method != "GET") request += "X-Menpai: 1\r\n";
    if (!body.empty() && fields.find("Content-Type") == std::string::npos) {
      request += "Content-Type: application/json\r\n";
    }
    if (method != "GET" || !body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    if (!cookie.empty()) request += "Cookie: menpai=" + cookie + "\r\n";
    client.send(request + fields + "\r\n" + body);
    return client.receive([](const std::string&) { return false; }, std::chrono::seconds(20));
  }
  /// The same with a service token in place of the cookie, and nothing that a browser would add.
  static std::string talk_as_program(std::string_view method, const std::string& path, const std::string& token,
                                     const std::string& body = "", const std::string& type = "application/json") {
    RawClient client(s_server->port());
    std::string request = std::string(method) + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
    request += "Authorization: Bearer " + token + "\r\n";
    if (method != "GET") {
      request += "Content-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    }
    client.send(request + "\r\n" + body);
    return client.receive([](const std::string&) { return false; }, std::chrono::seconds(20));
  }
  static std::string sign_in(const std::string& name, const std::string& with = password) {
    const std::string answer =
        talk("POST", "/api/v1/session", "", "{\"name\":\"" + name + "\",\"password\":\"" + with + "\"}");
    const std::string cookie = field_of(answer, "Set-Cookie");
    return status_of_text(answer) == 200 ? cookie.substr(7, cookie.find(';') - 7) : "";
  }
  static std::string add_clerk(const std::string& name) {
    app::add_account(*s_app, app::operator_caller(), name, Role::clerk, password);
    return name;
  }

  static std::unique_ptr<app::Application> s_app;
  static std::unique_ptr<RunningServer> s_server;
};
std::unique_ptr<app::Application> RoutesTest::s_app;
std::unique_ptr<RunningServer> RoutesTest::s_server;

/// A path that fits the pattern, naming things that do not exist.
std::string path_of(const Route& route) {
  std::string path;
  for (std::size_t i = 0; i < route.pattern.size(); ++i) {
    if (route.pattern[i] != '{') {
      path += route.pattern[i];
      continue;
    }
    const std::size_t end = route.pattern.find('}', i);
    const std::string name = route.pattern.substr(i + 1, end - i - 1);
    path += name == "id" ? "01890000-0000-7000-8000-000000000000" : name == "code" ? "99" : name == "*" ? "" : "1";
    i = end;
  }
  return path;
}

/// Answers that do not end by themselves, or end the session that asks, are not asked for.
bool is_asked_as_signed_in(const Route& route) {
  return route.action != Action::sign_out && route.action != Action::change_password && route.action != Action::sign_in;
}

const std::set<Action> open_actions = {Action::read_health, Action::read_page, Action::sign_in, Action::visit_plate,
                                       Action::report_plate};

// ---- sessions

TEST_F(RoutesTest, a_session_begins_with_the_password_and_ends_with_signing_out) {
  const std::string answer =
      talk("POST", "/api/v1/session", "", std::string("{\"name\":\"clerk\",\"password\":\"") + password + "\"}");
  ASSERT_EQ(status_of_text(answer), 200) << answer;
  EXPECT_THAT(body_of(answer), HasSubstr("\"role\":\"clerk\""));
  const std::string cookie = field_of(answer, "Set-Cookie");
  EXPECT_THAT(cookie, HasSubstr("; Path=/; HttpOnly; SameSite=Strict"));
  EXPECT_EQ(cookie.find("Secure"), std::string::npos);
  const std::string token = cookie.substr(7, cookie.find(';') - 7);
  const std::string mine = talk("GET", "/api/v1/session", token);
  EXPECT_EQ(status_of_text(mine), 200);
  EXPECT_THAT(body_of(mine), HasSubstr("\"name\":\"clerk\""));
  EXPECT_THAT(body_of(mine), HasSubstr("\"region\":\"442000108\""));
  EXPECT_EQ(status_of_text(talk("DELETE", "/api/v1/session", token)), 204);
  EXPECT_EQ(status_of_text(talk("GET", "/api/v1/session", token)), 401);
}

TEST_F(RoutesTest, a_wrong_password_and_an_unknown_name_get_the_same_answer) {
  add_clerk("wrong-password");
  const auto ask = [&](const std::string& name) {
    const std::string answer =
        talk("POST", "/api/v1/session", "", "{\"name\":\"" + name + "\",\"password\":\"not the password at all\"}");
    EXPECT_EQ(status_of_text(answer), 401);
    const std::string body = body_of(answer);
    return body.substr(0, body.find("request_id"));
  };
  EXPECT_EQ(ask("wrong-password"), ask("nobody-of-this-name"));
}

TEST_F(RoutesTest, a_guesser_is_told_to_wait) {
  add_clerk("guessed");
  int status = 0;
  for (int i = 0; i < 8 && status != 429; ++i) {
    status = status_of_text(
        talk("POST", "/api/v1/session", "", "{\"name\":\"guessed\",\"password\":\"guess guess guess\"}"));
    EXPECT_TRUE(status == 401 || status == 429) << status;
  }
  EXPECT_EQ(status, 429);
}

TEST_F(RoutesTest, a_locked_account_loses_its_sessions_at_once) {
  const std::string token = sign_in(add_clerk("locked"));
  ASSERT_FALSE(token.empty());
  EXPECT_EQ(status_of_text(talk("GET", "/api/v1/session", token)), 200);
  app::set_account_locked(*s_app, app::operator_caller(), "locked", true);
  EXPECT_EQ(status_of_text(talk("GET", "/api/v1/session", token)), 401);
  EXPECT_EQ(sign_in("locked"), "");
}

TEST_F(RoutesTest, a_one_time_password_opens_nothing_but_the_choice_of_an_own_one) {
  const std::string once = app::add_account(*s_app, app::operator_caller(), "newcomer", Role::clerk, std::nullopt);
  std::string token = sign_in("newcomer", once);
  ASSERT_FALSE(token.empty());
  EXPECT_THAT(body_of(talk("GET", "/api/v1/session", token)), HasSubstr("\"must_change_password\":true"));
  EXPECT_EQ(status_of_text(talk("GET", "/api/v1/cleaning-jobs", token)), 403);
  EXPECT_EQ(status_of_text(talk("PUT", "/api/v1/session/password", token,
                                "{\"old_password\":\"" + once + "\",\"new_password\":\"" + password + "\"}")),
            204);
  token = sign_in("newcomer");
  ASSERT_FALSE(token.empty());
  EXPECT_EQ(status_of_text(talk("GET", "/api/v1/cleaning-jobs", token)), 200);
}

TEST_F(RoutesTest, a_body_with_a_key_too_many_is_refused_by_name) {
  const std::string answer =
      talk("POST", "/api/v1/session", "", "{\"name\":\"clerk\",\"password\":\"x\",\"role\":\"administrator\"}");
  EXPECT_EQ(status_of_text(answer), 400);
  EXPECT_THAT(body_of(answer), HasSubstr("role"));
}

// ---- who may

TEST_F(RoutesTest, without_a_session_every_route_but_the_open_ones_says_401) {
  for (const Route& route : s_server->door().routes().routes()) {
    if (open_actions.contains(*route.action) || route.action == Action::read_metrics) continue;
    const std::string answer = talk(method_name(route.method), path_of(route), "");
    EXPECT_EQ(status_of_text(answer), 401) << method_name(route.method) << " " << route.pattern;
  }
}

TEST_F(RoutesTest, the_application_itself_refuses_strangers_when_the_door_lets_them_pass) {
  const auto open_server = start_server(false);
  for (const Route& route : open_server->door().routes().routes()) {
    if (open_actions.contains(*route.action) || route.action == Action::read_metrics) continue;
    std::string fields;
    std::string body;
    if (route.method == Method::put) fields = "If-Match: \"0\"\r\n";
    if (route.action == Action::decide_row) body = "{\"choice\":\"accepted\"}";
    if (route.action == Action::settle_alias) body = "{\"state\":\"approved\"}";
    if (route.pattern.ends_with("/start")) body = "{\"column\":\"a\"}";
    if (route.action == Action::change_password) body = "{\"old_password\":\"a\",\"new_password\":\"b\"}";
    std::string path = path_of(route);
    if (route.pattern.ends_with("/find") || route.pattern.ends_with("/match")) path += "?q=a";
    if (route.pattern.ends_with("/reverse")) {
      route.method == Method::get ? path += "?lon=113.4&lat=22.5" : body = "{\"points\":[]}";
    }
    if (route.action == Action::clean_list && route.open_sink) path += "?name=a.csv";
    if (route.action == Action::clean_text) body = "{\"texts\":[]}";
    if (route.pattern.ends_with("/plate-surveys")) body = "{\"source\":\"a\",\"rows\":[]}";
    if (route.pattern.ends_with("/plate-checks")) body = "{\"text\":\"a\"}";
    if (route.pattern.ends_with("/revocation")) body = "{\"reason\":\"a\"}";
    if (route.pattern.ends_with("/plate-papers")) {
      body = "{\"kind\":\"confirmation\",\"address_id\":\"a\",\"number\":\"1\",\"authority\":\"a\"}";
    }
    if (route.pattern.ends_with("/findings")) path += "?kind=duplicate_name";
    if (route.pattern.ends_with("/place-name-checks")) body = "{\"name\":\"a\",\"division\":\"442000108\"}";
    if (route.pattern.ends_with("/number-proposals")) body = "{\"place_id\":\"a\",\"doors\":[]}";
    const bool is_draft = route.pattern.ends_with("/changes") || route.pattern.ends_with("/changes/{id}") ||
                          route.pattern.ends_with("/change-previews");
    if (is_draft && route.method != Method::get) {
      body = "{\"kind\":\"address.retire\",\"request\":{},\"reason\":\"a\"}";
    }
    if (route.pattern.ends_with("/changes/{id}/state")) body = "{\"state\":\"submitted\"}";
    if (route.pattern.ends_with("/room-plans/preview")) body = "{}";
    if (route.pattern.ends_with("/undo")) body = "{\"reason\":\"a\"}";
    if (route.pattern.ends_with("/grids-at")) path += "?lon=113.4&lat=22.5";
    if (route.pattern.ends_with("/code-checks")) body = "{\"scheme\":\"grid\",\"code\":\"1\"}";
    const std::string answer = talk(method_name(route.method), path, "", body, fields, open_server.get());
    EXPECT_EQ(status_of_text(answer), 401) << method_name(route.method) << " " << route.pattern << "\n" << answer;
  }
}

TEST_F(RoutesTest, every_role_gets_what_the_policy_gives_it) {
  const std::map<std::string, std::string> tokens = {{"clerk", sign_in("clerk")},
                                                     {"administrator", sign_in("administrator")}};
  for (const auto& [role, token] : tokens) {
    ASSERT_FALSE(token.empty()) << role;
    for (const Route& route : s_server->door().routes().routes()) {
      if (!is_asked_as_signed_in(route)) continue;
      const int status = status_of_text(talk(method_name(route.method), path_of(route), token));
      const bool denied = status == 401 || status == 403;
      const bool is_for_administrators = route.action == Action::read_metrics || route.action == Action::read_alias ||
                                         route.action == Action::settle_alias ||
                                         route.action == Action::manage_plate_key;
      EXPECT_EQ(denied, is_for_administrators && role == "clerk")
          << role << " " << method_name(route.method) << " " << route.pattern << " " << status;
      EXPECT_NE(status, 500) << route.pattern;
    }
  }
}

TEST_F(RoutesTest, a_program_gets_what_its_token_is_for_and_nothing_else) {
  const std::string token = app::add_service_token(*s_app, app::operator_caller(), "water-company", 30);
  const std::set<Action> allowed = {Action::search_address, Action::read_address, Action::read_division,
                                    Action::clean_text};
  for (const Route& route : s_server->door().routes().routes()) {
    if (open_actions.contains(*route.action)) continue;
    const int status = status_of_text(talk_as_program(method_name(route.method), path_of(route), token));
    EXPECT_EQ(status != 403, allowed.contains(*route.action)) << method_name(route.method) << " " << route.pattern;
    EXPECT_TRUE(status != 401 && status != 500) << route.pattern << " " << status;
  }
  app::revoke_service_token(*s_app, app::operator_caller(), "water-company");
  EXPECT_EQ(status_of_text(talk_as_program("GET", "/api/v1/divisions", token)), 401);
}

TEST_F(RoutesTest, a_token_that_is_none_opens_nothing_and_a_cookie_beside_it_does_not_help) {
  const std::string cookie = sign_in("clerk");
  for (const char* field :
       {"Bearer mpt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Bearer ", "Basic Y2xlcms6eA==", "mpt_"}) {
    const std::string answer =
        talk("GET", "/api/v1/divisions", cookie, "", "Authorization: " + std::string(field) + "\r\n");
    EXPECT_EQ(status_of_text(answer), 401) << field;
    EXPECT_THAT(field_of(answer, "WWW-Authenticate"), HasSubstr("Bearer"));
  }
}

TEST_F(RoutesTest, aliases_are_listed_for_administrators_and_settled_by_their_version) {
  const std::string token = sign_in("administrator");
  const std::string list = talk("GET", "/api/v1/aliases?state=proposed", token);
  EXPECT_EQ(status_of_text(list), 200);
  EXPECT_THAT(body_of(list), HasSubstr("\"counts\":{\"approved\":0,\"proposed\":0,\"refused\":0,\"withdrawn\":0}"));
  EXPECT_EQ(status_of_text(talk("GET", "/api/v1/aliases?state=new", token)), 400);
  const std::string path = "/api/v1/aliases/01890000-0000-7000-8000-000000000000";
  const std::string approve = "{\"state\":\"approved\"}";
  EXPECT_EQ(status_of_text(talk("GET", path + "/preview", token)), 404);
  EXPECT_EQ(status_of_text(talk("PUT", path + "/state", token, approve)), 428);
  EXPECT_EQ(status_of_text(talk("PUT", path + "/state", token, approve, "If-Match: 1\r\n")), 400);
  EXPECT_EQ(status_of_text(talk("PUT", path + "/state", token, "{\"state\":\"proposed\"}", "If-Match: \"1\"\r\n")),
            400);
  EXPECT_EQ(status_of_text(talk("PUT", path + "/state", token, approve, "If-Match: \"1\"\r\n")), 404);
}

TEST_F(RoutesTest, health_and_figures_are_open_to_this_machine) {
  const std::string health = talk("GET", "/healthz", "");
  EXPECT_EQ(status_of_text(health), 200);
  EXPECT_THAT(body_of(health), HasSubstr("\"ok\":true"));
  const std::string figures = talk("GET", "/metrics", "");
  EXPECT_EQ(status_of_text(figures), 200);
  EXPECT_THAT(figures, HasSubstr("menpai_http_connections "));
}

// ---- cleaning jobs

TEST_F(RoutesTest, a_list_is_uploaded_read_and_removed) {
  const std::string token = sign_in("clerk");
  const std::string list = "编号,地址\n1,港口镇世纪东路8号\n2,=HYPERLINK(\"x\")\n";
  const std::string created =
      talk("POST", "/api/v1/cleaning-jobs?name=%E6%B8%85%E5%8D%95.csv", token, list, "Content-Type: text/csv\r\n");
  ASSERT_EQ(status_of_text(created), 201) << created;
  EXPECT_THAT(body_of(created), HasSubstr("\"file_name\":\"清单.csv\""));
  EXPECT_THAT(body_of(created), HasSubstr("\"columns\":[\"编号\",\"地址\"]"));
  EXPECT_THAT(body_of(created), HasSubstr("\"state\":\"uploaded\""));
  const std::string job = field_of(created, "Location");
  EXPECT_EQ(status_of_text(talk("GET", job, token)), 200);
  EXPECT_THAT(body_of(talk("GET", "/api/v1/cleaning-jobs", token)), HasSubstr(job.substr(job.rfind('/') + 1)));
  EXPECT_EQ(status_of_text(talk("GET", job + "/result", token)), 409);
  EXPECT_EQ(status_of_text(talk("GET", job + "/result?format=pdf", token)), 400);
  EXPECT_EQ(status_of_text(talk("GET", job + "/rows?filter=none", token)), 400);
  EXPECT_EQ(status_of_text(talk("GET", job + "/rows?limit=0", token)), 400);
  EXPECT_EQ(status_of_text(talk("POST", job + "/start", token, "{\"column\":\"没有\"}")), 400);
  EXPECT_EQ(status_of_text(talk("PUT", job + "/rows/1/decision", token, "{\"choice\":\"accepted\"}")), 428);
  EXPECT_EQ(
      status_of_text(talk("PUT", job + "/rows/1/decision", token, "{\"choice\":\"accepted\"}", "If-Match: 0\r\n")),
      400);
  EXPECT_EQ(status_of_text(talk("DELETE", job, token)), 204);
  EXPECT_EQ(status_of_text(talk("GET", job, token)), 404);
}

TEST_F(RoutesTest, a_job_of_no_such_id_is_404_whatever_the_id_looks_like) {
  const std::string token = sign_in("clerk");
  for (const char* id : {"01890000-0000-7000-8000-000000000000", "1", "%27%3B%20DROP%20TABLE", "..%2f"}) {
    for (const char* rest : {"", "/preview", "/events", "/rows", "/result"}) {
      const std::string answer = talk("GET", std::string("/api/v1/cleaning-jobs/") + id + rest, token);
      EXPECT_EQ(status_of_text(answer), 404) << id << rest;
    }
  }
}

TEST_F(RoutesTest, files_that_are_no_tables_are_refused) {
  const std::string token = sign_in("clerk");
  for (const auto& [name, bytes] : std::map<std::string, std::string>{
           {"empty.csv", ""}, {"broken.xlsx", "PK\x03\x04 not really"}, {"photo.jpg", "\xff\xd8\xff\xe0"}}) {
    const std::string answer =
        talk("POST", "/api/v1/cleaning-jobs?name=" + name, token, bytes, "Content-Type: application/octet-stream\r\n");
    const int status = status_of_text(answer);
    EXPECT_EQ(status, name == "broken.xlsx" ? 422 : name == "photo.jpg" ? 415 : 400) << name << " " << answer;
  }
  EXPECT_EQ(status_of_text(talk("POST", "/api/v1/cleaning-jobs", token, "a", "Content-Type: text/csv\r\n")), 400);
}

// ---- search

TEST_F(RoutesTest, a_text_is_matched_and_a_point_reversed_or_the_caller_told_what_is_wrong) {
  const std::string token = sign_in("clerk");
  const auto get = [&](const std::string& path) { return talk("GET", "/api/v1/addresses/" + path, token); };
  const std::string matched = get("match?q=%E4%B8%AD%E5%B1%B1%E5%B8%82%E6%B8%AF%E5%8F%A3%E9%95%87&top=3");
  EXPECT_EQ(status_of_text(matched), 200);
  EXPECT_THAT(body_of(matched), ::testing::StartsWith("{\"items\":["));
  EXPECT_THAT(body_of(get("reverse?lon=113.4&lat=22.5")),
              ::testing::StartsWith("{\"lon\":113.4,\"lat\":22.5,\"distance_m\":null,\"address\":null}"));
  for (const char* wrong :
       {"match", "match?q=a&top=0", "match?q=a&region=x", "reverse", "reverse?lon=1&lat=x", "reverse?lon=181&lat=1",
        "reverse?lon=1&lat=1&max_distance_m=0", "reverse?lon=1&lat=1&max_distance_m=20001", "reverse?lon=nan&lat=1"}) {
    EXPECT_EQ(status_of_text(get(wrong)), 400) << wrong;
  }
  const auto post = [&](const std::string& body) { return talk("POST", "/api/v1/addresses/reverse", token, body); };
  EXPECT_THAT(body_of(post("{\"points\":[[113.4,22.5],[1,2]]}")), ::testing::StartsWith("{\"items\":[{\"lon\":113.4"));
  for (const char* wrong :
       {"{}", "{\"points\":[[1]]}", "{\"points\":[[1,91]]}", "{\"points\":[],\"x\":1}", "nonsense"}) {
    EXPECT_EQ(status_of_text(post(wrong)), 400) << wrong;
  }
}

// ---- many texts in one request

TEST_F(RoutesTest, a_batch_is_answered_in_its_order) {
  const std::string token = sign_in("clerk");
  const std::string body = R"({"texts":["中山市港口镇","","没有的地方",null],"region":"442000","top":2})";
  const std::string answer = talk("POST", "/api/v1/clean", token, body);
  ASSERT_EQ(status_of_text(answer), 200) << answer;
  const std::string text = unchunk(body_of(answer));
  EXPECT_THAT(text, ::testing::StartsWith("{\"answers\":[{\"grade\":"));
  EXPECT_THAT(text, ::testing::ContainsRegex("],\"library\":\"[0-9a-f]{64}\"}$"));
  EXPECT_THAT(text, HasSubstr("442000108"));
  EXPECT_EQ(unchunk(body_of(talk("POST", "/api/v1/clean", token, "{\"texts\":[]}"))).substr(0, 13), "{\"answers\":[]");
}

TEST_F(RoutesTest, a_batch_that_is_wrong_is_refused_with_what_is_wrong) {
  const std::string token = sign_in("clerk");
  struct Case {
    const char* body;
    int status;
    const char* said;
  };
  std::string many = "{\"texts\":[\"a\"";
  for (int i = 0; i < 10'000; ++i) many += ",\"a\"";
  many += "]}";
  for (const Case& one :
       {Case{"texts", 400, "JSON"}, Case{"[]", 400, "object"}, Case{"{\"texts\":[1]}", 400, "position 0"},
        Case{"{}", 400, "texts"}, Case{"{\"texts\":[],\"texts\":[]}", 400, "twice"},
        Case{"{\"texts\":[],\"column\":1}", 400, "column"}, Case{"{\"texts\":[],\"region\":\"Port\"}", 400, "region"},
        Case{"{\"texts\":[],\"top\":0}", 400, "top"}, Case{"{\"texts\":[\"\xff\"]}", 400, "UTF-8"},
        Case{many.c_str(), 413, "10000"}}) {
    const std::string answer = talk("POST", "/api/v1/clean", token, one.body);
    EXPECT_EQ(status_of_text(answer), one.status) << std::string(one.body).substr(0, 80);
    EXPECT_THAT(body_of(answer), HasSubstr(one.said));
  }
  EXPECT_EQ(status_of_text(talk("POST", "/api/v1/clean", token, "text=a", "Content-Type: text/plain\r\n")), 415);
  EXPECT_EQ(status_of_text(talk("POST", "/api/v1/clean?top=3", token, "{\"texts\":[]}")), 400);
}

constexpr const char* ndjson_type = "Content-Type: application/x-ndjson\r\n";

TEST_F(RoutesTest, a_stream_answers_each_line_in_its_place_and_says_the_sums) {
  const std::string token = sign_in("clerk");
  const std::string lines = "{\"id\":\"a\",\"text\":\"中山市港口镇\"}\n\n{\"id\":2,\"text\":5}\r\nno json\n" +
                            std::string(20'000, 'x') +
                            "\n{\"id\":{},\"text\":\"\"}\n{\"id\":null,\"text\":\"古镇镇\",\"region\":\"442000\"}";
  const std::string answer = talk("POST", "/api/v1/clean?region=44", token, lines, ndjson_type);
  ASSERT_EQ(status_of_text(answer), 200) << answer;
  EXPECT_EQ(field_of(answer, "Content-Type"), "application/x-ndjson");
  std::istringstream text(unchunk(body_of(answer)));
  std::vector<std::string> got;
  for (std::string line; std::getline(text, line);) got.push_back(line);
  ASSERT_EQ(got.size(), 7U) << text.str();
  EXPECT_THAT(got[0], ::testing::StartsWith("{\"id\":\"a\",\"answer\":{\"grade\":"));
  EXPECT_THAT(got[1], ::testing::StartsWith("{\"id\":2,\"line\":2,\"error\":{\"code\":\"bad_request\""));
  EXPECT_THAT(got[2], HasSubstr("well-formed"));
  EXPECT_THAT(got[3], HasSubstr("too_large"));
  EXPECT_THAT(got[4], HasSubstr("\"line\":5"));
  EXPECT_THAT(got[5], ::testing::StartsWith("{\"id\":null,\"answer\":"));
  EXPECT_THAT(got[6], HasSubstr("{\"lines\":6,\"answered\":2,\"refused\":4,"));
  EXPECT_THAT(got[6], HasSubstr("\"complete\":true}}"));
}

TEST_F(RoutesTest, a_stream_is_answered_while_it_is_sent) {
  const std::string token = sign_in("clerk");
  RawClient client(s_server->port());
  client.send("POST /api/v1/clean HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Menpai: 1\r\nCookie: menpai=" + token + "\r\n" +
              ndjson_type + "Transfer-Encoding: chunked\r\n\r\n");
  const std::string line = "{\"id\":1,\"text\":\"港口镇\"}\n";
  char size[16];
  std::snprintf(size, sizeof size, "%zx\r\n", line.size());
  for (int i = 0; i < 3; ++i) {
    client.send(size + line + "\r\n");
    const std::string part =
        client.receive([](const std::string& all) { return all.find("}\n") != std::string::npos; });
    EXPECT_THAT(part, HasSubstr("{\"id\":1,\"answer\":")) << i;
  }
  client.send("zz\r\n");  // no chunk: the rest is lost, and the answer says so before it is cut
  const std::string end = client.receive_all();
  EXPECT_THAT(end, HasSubstr("{\"error\":{\"code\":\"bad_request\""));
  EXPECT_THAT(end, HasSubstr("\"lines\":3,\"answered\":3,\"refused\":0"));
  EXPECT_THAT(end, HasSubstr("\"complete\":false"));
  EXPECT_FALSE(end.ends_with("0\r\n\r\n"));
}

TEST_F(RoutesTest, a_caller_has_so_many_requests_under_way_and_gets_them_back) {
  const std::string token = app::add_service_token(*s_app, app::operator_caller(), "busy-program", 1);
  const std::string head = "POST /api/v1/clean HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\n" +
                           ndjson_type + "Content-Length: 1000\r\n\r\n";
  std::vector<std::unique_ptr<RawClient>> clients;
  for (unsigned i = 0; i < s_app->settings().service_requests_max; ++i) {
    clients.push_back(std::make_unique<RawClient>(s_server->port()));
    clients.back()->send(head + "{\"text\":\"a\"}\n");
    clients.back()->receive([](const std::string& all) { return all.find("}\n") != std::string::npos; });
  }
  const auto status = [&] { return status_of_text(talk_as_program("POST", "/api/v1/clean", token, "{\"texts\":[]}")); };
  EXPECT_EQ(status(), 429);
  clients.pop_back();  // a client that goes away gives its place back
  EXPECT_TRUE(eventually([&] { return status() == 200; }));
}

// ---- plates

TEST_F(RoutesTest, the_page_of_a_plate_is_open_and_tells_nothing_of_a_code_that_never_was) {
  for (const char* path : {"/p/4420001080009999", "/P/4420001080009999/1", "/p/%3Cscript%3E"}) {
    const std::string answer = talk("GET", path, "");
    EXPECT_EQ(status_of_text(answer), 404) << path;
    EXPECT_THAT(field_of(answer, "Content-Type"), HasSubstr("text/html"));
    EXPECT_THAT(field_of(answer, "Content-Security-Policy"), HasSubstr("script-src 'self'"));
    EXPECT_THAT(field_of(answer, "Permissions-Policy"), HasSubstr("geolocation=(self)"));
    EXPECT_EQ(body_of(answer).find("script>"), std::string::npos);
  }
  const std::string script = talk("GET", "/plate.js", "");
  EXPECT_EQ(status_of_text(script), 200);
  EXPECT_THAT(field_of(script, "Content-Type"), HasSubstr("text/javascript"));
  const std::string keys = talk("GET", "/api/v1/plate-keys", "");
  EXPECT_EQ(status_of_text(keys), 200);
  EXPECT_THAT(body_of(keys), HasSubstr("\"items\":["));
  const std::string body = "{\"code\":\"99\",\"digits\":\"1\",\"lon_e6\":113400000,\"lat_e6\":22500000}";
  EXPECT_EQ(status_of_text(talk("POST", "/api/v1/plate-reports", "", body)), 404);
}

// ---- the description

/// Method, path and x-action of every operation, by a reader of lines: paths at two spaces, methods at four, x-action
/// at six.
std::set<std::string> described_operations() {
  std::ifstream in(std::string(MENPAI_SOURCE_DIR) + "/api/openapi.yaml");
  EXPECT_TRUE(in.good());
  std::set<std::string> operations;
  std::string line;
  std::string path;
  std::string method;
  bool in_paths = false;
  while (std::getline(in, line)) {
    if (!line.empty() && line[0] != ' ') in_paths = line == "paths:";
    if (!in_paths) continue;
    if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
    if (line.starts_with("    ") && line[4] != ' ') method = line.substr(4, line.size() - 5);
    if (line.starts_with("      x-action: ")) operations.insert(method + " " + path + " " + line.substr(16));
  }
  return operations;
}

TEST_F(RoutesTest, the_description_names_every_route_and_no_other) {
  std::set<std::string> routes;
  for (const Route& route : s_server->door().routes().routes()) {
    if (route.action == Action::read_page) continue;
    std::string method(method_name(route.method));
    for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
    routes.insert(method + " " + route.pattern + " " + std::string(action_name(*route.action)));
  }
  EXPECT_EQ(described_operations(), routes);
}

}  // namespace
}  // namespace menpai::http::test

// SPDX-License-Identifier: Apache-2.0
// /api/v1/session: sign in, who am I, sign out, change the password.
#include "app/accounts.hpp"
#include "app/operation.hpp"
#include "http/door.hpp"
#include "http/json.hpp"
#include "http/json_in.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr std::size_t name_max = 128;
constexpr std::size_t password_max = 1024;
constexpr std::uint64_t body_max = 16384;

/// The browser keeps it until it is closed; the server ends it sooner.
std::string session_cookie(const Request& request, std::string_view token, bool ended) {
  std::string cookie(session_cookie_name(request.secure));
  cookie += '=';
  cookie += token;
  cookie += "; Path=/; HttpOnly; SameSite=Strict";
  if (request.secure) cookie += "; Secure";
  if (ended) cookie += "; Max-Age=0";
  return cookie;
}

/// The application says busy to who has guessed too often.
template <class Step>
auto too_many_if_busy(const Step& step) {
  try {
    return step();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::busy) throw;
    throw StatusError(429, ErrorCode::busy, error.what(), {{"Retry-After", "5"}});
  }
}

Response sign_in(app::Application& app, Request& request) {
  const JsonIn body(request, {"name", "password"});
  const std::string name = body.text("name", name_max);
  const std::string password = body.text("password", password_max);
  const app::SignedIn signed_in = too_many_if_busy([&] { return app::sign_in(app, request.caller, name, password); });
  JsonWriter out;
  out.begin_object();
  out.key("account");
  write_json(out, signed_in.account);
  out.field("expires_at", signed_in.expires_at);
  out.end_object();
  Response response = json_response(out.take());
  response.with("Set-Cookie", session_cookie(request, signed_in.token, false));
  return response;
}

Response read_session(app::Application& app, Request& request) {
  const app::Account account = app::self(app, request.caller);
  JsonWriter out;
  out.begin_object();
  out.key("account");
  write_json(out, account);
  out.field("version", app::health(app).version);
  out.field("region", app.settings().region);
  out.end_object();
  return json_response(out.take());
}

Response sign_out(app::Application& app, Request& request) {
  app::sign_out(app, request.caller);
  Response response = empty_response();
  response.with("Set-Cookie", session_cookie(request, {}, true));
  return response;
}

Response change_password(app::Application& app, Request& request) {
  const JsonIn body(request, {"old_password", "new_password"});
  const std::string old_password = body.text("old_password", password_max);
  const std::string new_password = body.text("new_password", password_max);
  too_many_if_busy([&] { app::change_password(app, request.caller, old_password, new_password); });
  return empty_response();
}

}  // namespace

void add_session_routes(RouteTable& table, app::Application& app) {
  const std::string path = "/api/v1/session";
  table.add({.method = Method::post,
             .pattern = path,
             .action = Action::sign_in,
             .handle = [&app](Request& request) { return sign_in(app, request); },
             .body_max = body_max,
             .lane = Lane::password});
  table.add({.method = Method::get, .pattern = path, .action = Action::read_self, .handle = [&app](Request& request) {
               return read_session(app, request);
             }});
  table.add({.method = Method::del, .pattern = path, .action = Action::sign_out, .handle = [&app](Request& request) {
               return sign_out(app, request);
             }});
  table.add({.method = Method::put,
             .pattern = path + "/password",
             .action = Action::change_password,
             .handle = [&app](Request& request) { return change_password(app, request); },
             .body_max = body_max,
             .lane = Lane::password});
}

}  // namespace menpai::http

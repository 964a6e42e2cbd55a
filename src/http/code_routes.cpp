// SPDX-License-Identifier: Apache-2.0
// /api/v1/code-schemes, /codes, /code-checks, /room-plans: what a code says and where it leads; what a floor plan would
// make.
#include "app/code_json.hpp"
#include "http/json.hpp"
#include "http/json_in.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr std::uint64_t check_bytes_max = 4096;
constexpr std::uint64_t plan_bytes_max = std::uint64_t{4} << 20;
constexpr std::size_t text_max = 64;

Response list_schemes(app::Application& app, Request& request) {
  request.allow_query({});
  std::string items;
  for (const auto& scheme : app::list_code_schemes(app, request.caller)) {
    items += (items.empty() ? "" : ",") + app::code_scheme_json(scheme);
  }
  return json_response("{\"items\":[" + items + "]}");
}

Response resolve(app::Application& app, Request& request) {
  request.allow_query({});
  return json_response(app::code_story_json(app::resolve_code(app, request.caller, request.param("code"))));
}

Response check(app::Application& app, Request& request) {
  request.allow_query({});
  const JsonIn body(request, {"scheme", "code"});
  return json_response(app::code_check_json(
      app::check_code(app, request.caller, body.text("scheme", text_max), body.text("code", text_max))));
}

Response preview_rooms(app::Application& app, Request& request) {
  request.allow_query({});
  return json_response(app::room_plan_preview_json(app::preview_room_plan(app, request.caller, json_body(request))));
}

}  // namespace

void add_code_routes(RouteTable& table, app::Application& app) {
  table.add({.pattern = "/api/v1/code-schemes", .action = Action::read_address, .handle = [&app](Request& r) {
               return list_schemes(app, r);
             }});
  table.add({.pattern = "/api/v1/codes/{code}", .action = Action::read_address, .handle = [&app](Request& r) {
               return resolve(app, r);
             }});
  table.add({.method = Method::post,
             .pattern = "/api/v1/code-checks",
             .action = Action::read_address,
             .handle = [&app](Request& r) { return check(app, r); },
             .body_max = check_bytes_max});
  table.add({.method = Method::post,
             .pattern = "/api/v1/room-plans/preview",
             .action = Action::write_change,
             .handle = [&app](Request& r) { return preview_rooms(app, r); },
             .body_max = plan_bytes_max,
             .lane = Lane::heavy});
}

}  // namespace menpai::http

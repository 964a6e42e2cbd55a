// SPDX-License-Identifier: Apache-2.0
// /api/v1/divisions: the tree of administrative divisions, one level at a time.
#include "app/search.hpp"
#include "http/json.hpp"
#include "http/routes.hpp"

namespace menpai::http {

void add_division_routes(RouteTable& table, app::Application& app) {
  table.add({.pattern = "/api/v1/divisions", .action = Action::read_division, .handle = [&app](Request& request) {
               request.allow_query({"parent"});
               const std::string parent = request.query_or("parent", "");
               return json_response(json_items(app::child_divisions(app, request.caller, parent)));
             }});
  table.add(
      {.pattern = "/api/v1/divisions/{code}", .action = Action::read_division, .handle = [&app](Request& request) {
         request.allow_query({});
         return json_response(json_text(app::division(app, request.caller, request.param("code"))));
       }});
}

}  // namespace menpai::http

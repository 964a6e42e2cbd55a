// SPDX-License-Identifier: Apache-2.0
// /api/v1/addresses: type-ahead, one answer for one text, one address.
#include "app/answer_json.hpp"
#include "base/utf8.hpp"
#include "http/json.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr std::size_t query_max = 500;
constexpr std::uint64_t suggestions_max = 50;
constexpr std::size_t id_max = 64;

std::string query_text(const Request& request) {
  std::string text = request.query_or("q", "");
  if (utf8::length(text) > query_max) {
    throw Error(ErrorCode::bad_request, "\"q\" may have " + std::to_string(query_max) + " characters at most.");
  }
  return text;
}

Response suggest(app::Application& app, Request& request) {
  request.allow_query({"q", "limit"});
  const auto limit = static_cast<int>(request.query_number("limit", 10, 1, suggestions_max));
  return json_response(json_items(app::suggest_addresses(app, request.caller, query_text(request), limit)));
}

Response find(app::Application& app, Request& request) {
  request.allow_query({"q", "region"});
  const std::string text = query_text(request);
  if (text.empty()) throw Error(ErrorCode::bad_request, "Query parameter \"q\" is missing: the text to find.");
  return json_response(app::answer_json(app::find_address(app, request.caller, text, request.query_or("region", ""))));
}

Response match(app::Application& app, Request& request) {
  request.allow_query({"q", "region", "top"});
  const std::string text = query_text(request);
  if (text.empty()) throw Error(ErrorCode::bad_request, "Query parameter \"q\" is missing: the text to match.");
  const auto top = static_cast<int>(request.query_number("top", 10, 1, app::match_top_max));
  return json_response(
      "{\"items\":" +
      app::candidates_json(app::match_addresses(app, request.caller, text, request.query_or("region", ""), top)) + "}");
}

Response read_address(app::Application& app, Request& request) {
  request.allow_query({});
  const std::string& id = request.param("id");
  if (id.size() > id_max) throw Error(ErrorCode::not_found, "There is no such address.");
  return json_response(json_text(app::address(app, request.caller, id)));
}

}  // namespace

void add_address_routes(RouteTable& table, app::Application& app) {
  table.add({.pattern = "/api/v1/addresses/suggest", .action = Action::search_address, .handle = [&app](Request& r) {
               return suggest(app, r);
             }});
  table.add({.pattern = "/api/v1/addresses/find", .action = Action::search_address, .handle = [&app](Request& r) {
               return find(app, r);
             }});
  table.add({.pattern = "/api/v1/addresses/match", .action = Action::search_address, .handle = [&app](Request& r) {
               return match(app, r);
             }});
  table.add({.pattern = "/api/v1/addresses/{id}", .action = Action::read_address, .handle = [&app](Request& r) {
               return read_address(app, r);
             }});
}

}  // namespace menpai::http

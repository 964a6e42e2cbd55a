// SPDX-License-Identifier: Apache-2.0
// /api/v1/aliases: the names that people's decisions proposed, and what an administrator makes of them.
#include <charconv>

#include "app/aliases.hpp"
#include "http/json_in.hpp"
#include "http/json_writer.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr std::uint64_t page_max = 500;
constexpr std::uint64_t after_max = 1'000'000;

void write_alias(JsonWriter& out, const Alias& alias) {
  out.begin_object();
  out.field("id", alias.id.text());
  out.field("county_code", std::to_string(alias.county_code));
  out.field("kind", alias_kind_name(alias.kind));
  out.field("text", alias.text);
  out.field("target_id", alias.target_id);
  out.field("target_name", alias.target_name);
  out.field("target_address", alias.target_address);
  out.field("state", alias_state_name(alias.state));
  out.field("row_count", alias.row_count);
  out.array("proposers", alias.proposers, [&](const std::string& name) { out.value(name); });
  out.field("proposed_at", alias.proposed_at);
  out.field("settled_by", alias.settled_by);
  out.field("settled_at", alias.settled_at);
  out.field("valid_from", alias.valid_from);
  out.field("valid_to", alias.valid_to);
  out.field("version", static_cast<std::int64_t>(alias.version));
  out.end_object();
}

AliasId alias_id(const Request& request) {
  const auto id = Uuid::parse(request.param("id"));
  if (!id) throw Error(ErrorCode::not_found, "There is no such alias.");
  return {*id};
}

Response list(app::Application& app, Request& request) {
  request.allow_query({"state", "after", "limit"});
  const std::string name = request.query_or("state", "all");
  const std::optional<AliasState> state = parse_alias_state(name);
  if (!state && name != "all") {
    throw Error(ErrorCode::bad_request,
                "Query parameter \"state\" must be proposed, approved, refused, withdrawn or all.");
  }
  const std::uint64_t after = request.query_number("after", 0, 0, after_max);
  const auto limit = static_cast<int>(request.query_number("limit", 100, 1, page_max));
  const app::AliasPage page = app::list_aliases(app, request.caller, state, after, limit);
  JsonWriter out;
  out.begin_object();
  out.array("items", page.items, [&](const Alias& alias) { write_alias(out, alias); });
  out.key("counts");
  out.begin_object();
  for (const auto& [one, count] : page.counts) out.field(one, count);
  out.end_object();
  out.field("next", page.next);
  out.end_object();
  return json_response(out.take());
}

Response preview(app::Application& app, Request& request) {
  request.allow_query({});
  const app::AliasPreview preview = app::preview_alias(app, request.caller, alias_id(request));
  JsonWriter out;
  out.begin_object();
  out.field("open_rows", preview.open_rows);
  out.field("rows_looked_at", preview.rows_looked_at);
  out.field("is_complete", preview.is_complete);
  out.end_object();
  return json_response(out.take());
}

Response settle(app::Application& app, Request& request) {
  const int version = expected_version(request, "alias");
  const JsonIn body(request, {"state"});
  const std::optional<AliasState> state = parse_alias_state(body.text("state", 20));
  if (!state || *state == AliasState::proposed) {
    throw Error(ErrorCode::bad_request, "\"state\" must be approved, refused or withdrawn.");
  }
  const Alias settled = app::settle_alias(app, request.caller, alias_id(request), *state, version);
  JsonWriter out;
  write_alias(out, settled);
  Response response = json_response(out.take());
  response.with("ETag", "\"" + std::to_string(settled.version) + "\"");
  return response;
}

}  // namespace

void add_alias_routes(RouteTable& table, app::Application& app) {
  const std::string base = "/api/v1/aliases";
  table.add({.pattern = base, .action = Action::read_alias, .handle = [&app](Request& r) { return list(app, r); }});
  table.add({.pattern = base + "/{id}/preview",
             .action = Action::read_alias,
             .handle = [&app](Request& r) { return preview(app, r); },
             .lane = Lane::heavy});
  table.add({.method = Method::put,
             .pattern = base + "/{id}/state",
             .action = Action::settle_alias,
             .handle = [&app](Request& r) { return settle(app, r); },
             .body_max = 65536});
}

}  // namespace menpai::http

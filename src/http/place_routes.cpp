// SPDX-License-Identifier: Apache-2.0
// /api/v1/places, place-name-checks, findings, number-proposals: names and numbers looked at, and numbers proposed.
#include "app/place/findings.hpp"
#include "app/place/number_plans.hpp"
#include "app/place/places.hpp"
#include "app/request_json.hpp"
#include "http/json_in.hpp"
#include "http/json_writer.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr std::uint64_t page_max = 500;
constexpr std::size_t name_max = 60;
constexpr double size_max = 1e9;

void write_number(JsonWriter& out, std::string_view name, const std::optional<double>& value) {
  out.key(name);
  if (value) {
    out.value(*value);
  } else {
    out.null();
  }
}

void write_point(JsonWriter& out, const std::optional<geo::LonLat>& point) {
  write_number(out, "lon", point ? std::optional(point->lon) : std::nullopt);
  write_number(out, "lat", point ? std::optional(point->lat) : std::nullopt);
}

void write_item(JsonWriter& out, const app::PlaceItem& item) {
  out.field("id", item.id);
  out.field("name", item.name);
  out.field("specific", item.specific);
  out.field("generic", item.generic);
  out.field("kind", item.kind);
  out.field("pinyin", item.pinyin);
  out.field("code", item.code);
  out.field("division_code", item.division_code);
  out.field("status", item.status);
  write_number(out, "length_m", item.length_m);
  write_number(out, "width_m", item.width_m);
  out.field("version", static_cast<std::int64_t>(item.version));
}

void write_texts(JsonWriter& out, std::string_view name, const std::vector<std::string>& texts) {
  out.key(name);
  out.begin_array();
  for (const std::string& text : texts) out.value(text);
  out.end_array();
}

std::optional<PlaceKind> kind_of(const std::string& name) {
  const auto kind = parse_place_kind(name);
  if (!kind && !name.empty()) {
    throw Error(ErrorCode::bad_request, "\"kind\" must be road, lane, estate, village or compound.");
  }
  return kind;
}

Response list(app::Application& app, Request& request) {
  request.allow_query({"name", "division", "kind", "status", "after", "limit"});
  app::PlaceQuery query;
  query.name = request.query_or("name", "");
  query.division = request.query_or("division", "");
  query.kind = kind_of(request.query_or("kind", ""));
  query.status = request.query_or("status", "in_use");
  query.after = request.query_or("after", "");
  query.limit = static_cast<int>(request.query_number("limit", 100, 1, page_max));
  const app::PlacePage page = app::list_places(app, request.caller, query);
  JsonWriter out;
  out.begin_object();
  out.array("items", page.items, [&](const app::PlaceItem& item) {
    out.begin_object();
    write_item(out, item);
    out.end_object();
  });
  out.field("total", page.total);
  out.field("next", page.next);
  out.end_object();
  return json_response(out.take());
}

Response show(app::Application& app, Request& request) {
  request.allow_query({});
  const app::PlaceView view = app::get_place(app, request.caller, request.param("id"));
  JsonWriter out;
  out.begin_object();
  write_item(out, view.place);
  out.field("parent_id", view.parent_id);
  out.field("joined_id", view.joined_id);
  out.field("starts_at", view.starts_at);
  out.field("ends_at", view.ends_at);
  out.field("course", view.course);
  write_number(out, "measured_length_m", view.measured_length_m);
  write_number(out, "measured_area_m2", view.measured_area_m2);
  out.key("geometry");
  out.raw(view.geometry.empty() ? "null" : view.geometry);
  out.array("names", view.names, [&](const app::OtherName& name) {
    out.begin_object();
    out.field("name", name.name);
    out.field("kind", name.kind);
    out.field("pinyin", name.pinyin);
    out.field("valid_from", name.valid_from);
    out.field("valid_to", name.valid_to);
    out.end_object();
  });
  out.field("addresses", view.addresses);
  out.field("numbers", view.numbers);
  out.field("valid_from", view.valid_from);
  out.field("valid_to", view.valid_to);
  out.field("known_from", view.known_from);
  out.field("source", view.source);
  out.end_object();
  Response response = json_response(out.take());
  response.with("ETag", "\"" + std::to_string(view.place.version) + "\"");
  return response;
}

void write_finding(JsonWriter& out, const NameFinding& finding) {
  out.begin_object();
  out.field("fault", name_fault_name(finding.fault));
  out.field("severity", severity_name(finding.severity));
  out.field("part", finding.part);
  out.field("article", finding.article);
  out.field("why_zh", finding.why_zh);
  out.field("why_en", finding.why_en);
  out.key("other");
  if (finding.other) {
    out.begin_object();
    out.field("id", finding.other->id);
    out.field("name", finding.other->name);
    out.field("kind", finding.other->kind);
    out.field("division_code", finding.other->division_code);
    out.field("is_former", finding.other->is_former);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
}

Response check(app::Application& app, Request& request) {
  request.allow_query({});
  const app::RequestJson body(json_body(request));
  body.allow({"name", "kind", "division", "pinyin", "length_m", "width_m", "area_m2", "except_id"});
  app::NameQuestion question;
  question.name = body.text("name", name_max);
  question.kind = kind_of(body.text_or("kind", 20, "road")).value_or(PlaceKind::road);
  question.division = body.text("division", 12);
  question.pinyin = body.text_or("pinyin", 200, "");
  question.length_m = body.real("length_m", 0, size_max);
  question.width_m = body.real("width_m", 0, size_max);
  question.area_m2 = body.real("area_m2", 0, size_max);
  question.except_id = body.text_or("except_id", 36, "");
  const NameReport report = app::check_name(app, request.caller, question);
  JsonWriter out;
  out.begin_object();
  out.field("name", report.name);
  out.field("specific", report.specific);
  out.field("generic", report.generic);
  out.field("pinyin", report.pinyin);
  out.array("findings", report.findings, [&](const NameFinding& finding) { write_finding(out, finding); });
  out.end_object();
  return json_response(out.take());
}

Response findings(app::Application& app, Request& request) {
  request.allow_query({"kind", "division", "rule", "after", "limit"});
  const auto kind = parse_finding_kind(request.query_or("kind", ""));
  if (!kind) {
    std::string known;
    for (int i = 0; i < finding_kind_count; ++i) {
      known += (i == 0 ? "" : ", ") + std::string(finding_kind_name(static_cast<FindingKind>(i)));
    }
    throw Error(ErrorCode::bad_request, "Query parameter \"kind\" must be one of " + known + ".");
  }
  app::FindingQuery query;
  query.kind = *kind;
  query.division = request.query_or("division", "");
  query.rule = request.query_or("rule", "");
  query.after = request.query_or("after", "");
  query.limit = static_cast<int>(request.query_number("limit", 100, 1, page_max));
  const app::FindingPage page = app::list_findings(app, request.caller, query);
  JsonWriter out;
  out.begin_object();
  out.array("items", page.items, [&](const Finding& finding) {
    out.begin_object();
    out.field("kind", finding_kind_name(finding.kind));
    out.field("division_code", finding.division_code);
    out.field("place_id", finding.place_id);
    out.field("place_name", finding.place_name);
    write_texts(out, "ids", finding.ids);
    out.field("part", finding.part);
    write_point(out, finding.point);
    out.end_object();
  });
  out.field("total", page.total);
  out.field("next", page.next);
  out.end_object();
  return json_response(out.take());
}

Response counts(app::Application& app, Request& request) {
  request.allow_query({"division", "rule"});
  const auto counted =
      app::count_findings(app, request.caller, request.query_or("division", ""), request.query_or("rule", ""));
  JsonWriter out;
  out.begin_object();
  out.array("items", counted, [&](const app::FindingCount& one) {
    out.begin_object();
    out.field("kind", finding_kind_name(one.kind));
    out.field("count", one.count);
    out.end_object();
  });
  out.end_object();
  return json_response(out.take());
}

app::NumberPlanQuestion read_plan(const Request& request) {
  const app::RequestJson body(json_body(request));
  body.allow({"place_id", "rule", "entrance_lon", "entrance_lat", "doors"});
  app::NumberPlanQuestion question;
  question.place_id = body.text("place_id", 36);
  question.rule = body.text_or("rule", 60, "");
  const auto lon = body.real("entrance_lon", -180, 180), lat = body.real("entrance_lat", -90, 90);
  if (lon.has_value() != lat.has_value()) {
    throw Error(ErrorCode::bad_request, "\"entrance_lon\" and \"entrance_lat\" belong together.");
  }
  if (lon) question.entrance = geo::LonLat{*lon, *lat};
  for (const app::RequestJson& door : body.items("doors", app::plan_doors_max)) {
    door.allow({"key", "lon", "lat", "side"});
    const auto at_lon = door.real("lon", -180, 180), at_lat = door.real("lat", -90, 90);
    if (!at_lon || !at_lat) throw Error(ErrorCode::bad_request, "Every door needs \"lon\" and \"lat\".");
    question.doors.push_back({door.text("key", 100), {*at_lon, *at_lat}, door.text_or("side", 4, "")});
  }
  return question;
}

Response propose(app::Application& app, Request& request) {
  request.allow_query({});
  const app::NumberProposal proposal = app::propose_numbers(app, request.caller, read_plan(request));
  JsonWriter out;
  out.begin_object();
  out.field("place_id", proposal.place_id);
  out.field("place_name", proposal.place_name);
  out.field("rule", proposal.rule);
  out.field("street_length_m", proposal.street_length_m);
  out.array("doors", proposal.doors, [&](const app::ProposedDoor& door) {
    out.begin_object();
    out.field("key", door.key);
    out.field("number", door.number);
    out.field("address", door.address);
    out.field("reason", door.reason);
    out.field("side", door.side);
    write_point(out, door.point);
    out.field("along_m", door.along_m);
    out.field("offset_m", door.offset_m);
    out.end_object();
  });
  write_texts(out, "reserved", proposal.reserved);
  out.key("request");
  out.raw(proposal.request);
  out.end_object();
  return json_response(out.take());
}

}  // namespace

void add_place_routes(RouteTable& table, app::Application& app) {
  const auto get = [&](const char* pattern, auto handle, Lane lane) {
    table.add({.method = Method::get,
               .pattern = pattern,
               .action = Action::read_place,
               .handle = [&app, handle](Request& r) { return handle(app, r); },
               .lane = lane});
  };
  get("/api/v1/places", list, Lane::quick);
  get("/api/v1/places/{id}", show, Lane::quick);
  get("/api/v1/findings", findings, Lane::heavy);
  get("/api/v1/finding-counts", counts, Lane::heavy);
  table.add({.method = Method::post,
             .pattern = "/api/v1/place-name-checks",
             .action = Action::read_place,
             .handle = [&app](Request& r) { return check(app, r); },
             .body_max = 65536});
  table.add({.method = Method::post,
             .pattern = "/api/v1/number-proposals",
             .action = Action::read_place,
             .handle = [&app](Request& r) { return propose(app, r); },
             .body_max = body_max_default,
             .lane = Lane::heavy});
}

}  // namespace menpai::http

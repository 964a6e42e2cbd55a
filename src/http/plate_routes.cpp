// SPDX-License-Identifier: Apache-2.0
// /api/v1/plates and what belongs to them: batches, surveys, coverage, photos, signing keys, papers.
#include "app/change/plan_plate.hpp"
#include "app/plate/plate_files.hpp"
#include "app/plate/plate_keys.hpp"
#include "app/plate/plate_survey.hpp"
#include "app/plate/plate_visit.hpp"
#include "app/plate/plates.hpp"
#include "app/request_json.hpp"
#include "http/json_in.hpp"
#include "http/json_writer.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr std::size_t words_max = 500;
constexpr std::size_t rows_max = 10'000;

void write_or_null(JsonWriter& out, std::string_view name, const std::string& text) {
  out.key(name);
  if (text.empty()) {
    out.null();
  } else {
    out.value(text);
  }
}

void write_plate(JsonWriter& out, const Plate& plate) {
  out.begin_object();
  out.field("id", plate.id.text());
  out.field("county_code", std::to_string(plate.county_code));
  out.field("kind", plate.kind);
  out.field("state", plate_state_name(plate.state));
  out.field("is_temporary", plate.is_temporary);
  out.field("object_kind", plate.object_kind);
  out.field("object_id", plate.object_id);
  out.field("object_text", plate.object_text);
  out.field("object_code", plate.object_code);
  out.field("copy", std::int64_t{plate.copy});
  for (const auto& [name, text] : {std::pair{"name", &plate.name},
                                   {"number", &plate.number},
                                   {"pinyin", &plate.pinyin},
                                   {"foot", &plate.foot},
                                   {"division_code", &plate.division_code}}) {
    out.field(name, *text);
  }
  write_or_null(out, "batch_id", plate.batch_id);
  out.field("key_id", std::int64_t{plate.key_id});
  out.field("finding", plate_finding_name(plate.finding));
  out.field("note", plate.note);
  write_or_null(out, "produced_on", plate.produced_on);
  write_or_null(out, "installed_on", plate.installed_on);
  write_or_null(out, "inspected_on", plate.inspected_on);
  out.field("installed_by", plate.installed_by);
  out.field("inspected_by", plate.inspected_by);
  write_or_null(out, "photo", plate.photo);
  for (const auto& [name, value] : {std::pair{"lon", plate.lon}, {"lat", plate.lat}}) {
    out.key(name);
    if (value) {
      out.value(*value);
    } else {
      out.null();
    }
  }
  write_or_null(out, "revoked_on", plate.revoked_on);
  out.field("revoked_reason", plate.revoked_reason);
  write_or_null(out, "successor_id", plate.successor_id);
  out.field("version", std::int64_t{plate.version});
  out.end_object();
}

void write_plates(JsonWriter& out, std::string_view name, const std::vector<Plate>& plates) {
  out.key(name);
  out.begin_array();
  for (const Plate& plate : plates) write_plate(out, plate);
  out.end_array();
}

void write_batch_fields(JsonWriter& out, const PlateBatch& batch) {
  out.field("id", batch.id.text());
  out.field("county_code", std::to_string(batch.county_code));
  out.field("number", batch.number);
  out.field("contractor", batch.contractor);
  out.field("state", plate_batch_state_name(batch.state));
  out.field("division_code", batch.division_code);
  out.field("ordered", std::int64_t{batch.ordered});
  out.field("delivered", std::int64_t{batch.delivered});
  out.field("accepted", std::int64_t{batch.accepted});
  out.field("rejected", std::int64_t{batch.rejected});
  write_or_null(out, "ordered_on", batch.ordered_on);
  write_or_null(out, "accepted_on", batch.accepted_on);
  out.field("note", batch.note);
  out.field("version", std::int64_t{batch.version});
}

void write_key(JsonWriter& out, const app::PlateKeyView& key) {
  out.begin_object();
  out.field("id", std::int64_t{key.id});
  out.field("scheme", key.scheme);
  out.field("pem", key.pem);
  out.key("jwk");
  out.raw(key.jwk);
  out.field("created_at", key.created_at);
  out.field("retired_at", key.retired_at);
  out.field("revoked_at", key.revoked_at);
  out.field("revoked_reason", key.revoked_reason);
  out.end_object();
}

Response file_response(std::string bytes, std::string type, const std::string& name) {
  Response response;
  response.body = std::move(bytes);
  response.with("Content-Type", std::move(type));
  response.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  response.with("Cache-Control", "private, no-store");
  return response;
}

Response list(app::Application& app, Request& request) {
  request.allow_query({"division", "state", "kind", "after", "limit"});
  const app::PlatePage page = app::list_plates(
      app, request.caller,
      {request.query_or("division", ""), request.query_or("state", ""), request.query_or("kind", ""),
       request.query_or("after", ""), static_cast<int>(request.query_number("limit", 100, 1, app::plate_page_max))});
  JsonWriter out;
  out.begin_object();
  write_plates(out, "items", page.items);
  write_or_null(out, "next", page.next);
  out.end_object();
  return json_response(out.take());
}

Response one(app::Application& app, Request& request) {
  request.allow_query({});
  const Plate plate = app::get_plate(app, request.caller, request.param("id"));
  JsonWriter out;
  write_plate(out, plate);
  Response response = json_response(out.take());
  response.with("ETag", "\"" + std::to_string(plate.version) + "\"");
  return response;
}

Response photo(app::Application& app, Request& request) {
  request.allow_query({});
  std::string bytes = app::plate_photo(app, request.caller, request.param("id"));
  const bool is_png = bytes.starts_with("\x89PNG");
  return file_response(std::move(bytes), is_png ? "image/png" : "image/jpeg", is_png ? "plate.png" : "plate.jpg");
}

Response add_photo(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  out.begin_object();
  out.field("photo", app::add_plate_photo(app, request.caller, request.body));
  out.end_object();
  Response response = json_response(out.take());
  response.status = 201;
  return response;
}

Response story(app::Application& app, Request& request) {
  request.allow_query({});
  const app::PlateStory story = app::plates_of(app, request.caller, request.param("id"));
  JsonWriter out;
  out.begin_object();
  write_plates(out, "plates", story.plates);
  out.array("surveys", story.surveys, [&](const app::PlateSurvey& survey) {
    out.begin_object();
    out.field("finding", plate_finding_name(survey.finding));
    out.field("note", survey.note);
    out.field("surveyed_on", survey.surveyed_on);
    out.field("surveyed_by", survey.surveyed_by);
    out.field("source", survey.source);
    out.end_object();
  });
  out.end_object();
  return json_response(out.take());
}

Response wanted(app::Application& app, Request& request) {
  request.allow_query({"division", "level", "only_found", "limit"});
  JsonWriter out;
  out.begin_object();
  out.array("counties",
            app::wanted_plates(app, request.caller, request.query_or("division", ""),
                               request.query_or("level", "number"), request.query_or("only_found", "false") == "true",
                               static_cast<int>(request.query_number("limit", 1000, 1, 20'000))),
            [&](const app::WantedPlates& one_county) {
              out.begin_object();
              out.field("county_code", std::to_string(one_county.county_code));
              out.array("object_ids", one_county.object_ids, [&](const std::string& id) { out.value(id); });
              out.end_object();
            });
  out.end_object();
  return json_response(out.take());
}

Response kinds(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  out.begin_object();
  out.key("items");
  out.begin_array();
  const spine::PlateKinds all = app::list_plate_kinds(app, request.caller);
  for (const spine::PlateKind& kind : all.all()) {
    out.begin_object();
    out.field("kind", kind.kind);
    out.field("zh", kind.zh);
    out.field("en", kind.en);
    out.field("width_mm", kind.width_mm);
    out.field("height_mm", kind.height_mm);
    out.field("qr_mm", kind.qr_mm);
    out.array("levels", kind.levels, [&](const std::string& level) { out.value(level); });
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return json_response(out.take());
}

Response batches(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  out.begin_object();
  out.array("items", app::list_plate_batches(app, request.caller), [&](const PlateBatch& batch) {
    out.begin_object();
    write_batch_fields(out, batch);
    out.end_object();
  });
  out.end_object();
  return json_response(out.take());
}

Response batch(app::Application& app, Request& request) {
  request.allow_query({});
  const app::PlateBatchView view = app::get_plate_batch(app, request.caller, request.param("id"));
  JsonWriter out;
  out.begin_object();
  write_batch_fields(out, view.batch);
  write_plates(out, "plates", view.plates);
  out.end_object();
  return json_response(out.take());
}

Response batch_table(app::Application& app, Request& request) {
  request.allow_query({"format"});
  const std::string format = request.query_or("format", "xlsx");
  std::string bytes = app::plate_batch_table(app, request.caller, request.param("id"), format);
  return file_response(
      std::move(bytes),
      format == "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "plates." + format);
}

Response batch_sheets(app::Application& app, Request& request) {
  request.allow_query({"from", "count", "width_mm", "height_mm"});
  share::SheetOptions options;
  options.sheet_width_mm = static_cast<double>(request.query_number("width_mm", 0, 0, 5000));
  options.sheet_height_mm = static_cast<double>(request.query_number("height_mm", 0, 0, 5000));
  const app::SheetRange range{request.query_number("from", 0, 0, 1'000'000),
                              request.query_number("count", 1000, 1, 5000)};
  return file_response(app::plate_batch_sheets(app, request.caller, request.param("id"), options, range),
                       "application/pdf", "plates.pdf");
}

Response coverage(app::Application& app, Request& request) {
  request.allow_query({"division", "as_of", "by"});
  const std::string by = request.query_or("by", "town");
  if (by != "town" && by != "village") {
    throw Error(ErrorCode::bad_request, "Query parameter \"by\" must be town or village.");
  }
  JsonWriter out;
  out.begin_object();
  out.array("items",
            app::plate_coverage(app, request.caller, request.query_or("division", ""), request.query_or("as_of", ""),
                                by == "town" ? app::CoverageBy::town : app::CoverageBy::village),
            [&](const PlateCoverage& row) {
              out.begin_object();
              out.field("division_code", row.division_code);
              out.field("division_name", row.division_name);
              out.field("level", row.level);
              for (const auto& [name, value] : {std::pair{"addresses", row.addresses},
                                                {"mapped", row.mapped},
                                                {"coded", row.coded},
                                                {"collected", row.collected},
                                                {"regular", row.regular},
                                                {"plates", row.plates},
                                                {"produced", row.produced},
                                                {"installed", row.installed}}) {
                out.field(name, value);
              }
              out.end_object();
            });
  out.end_object();
  return json_response(out.take());
}

Response survey(app::Application& app, Request& request) {
  request.allow_query({});
  const app::RequestJson body(json_body(request));
  body.allow({"source", "rows"});
  std::vector<app::PlateSurveyRow> rows;
  for (const app::RequestJson& row : body.items("rows", rows_max)) {
    row.allow({"address", "finding", "note", "surveyed_on", "surveyed_by"});
    rows.push_back({row.text("address", words_max), row.text_or("finding", 20, ""), row.text_or("note", words_max, ""),
                    row.text_or("surveyed_on", 10, ""), row.text_or("surveyed_by", words_max, "")});
  }
  const app::PlateSurveyReport report =
      app::record_plate_survey(app, request.caller, rows, body.text("source", words_max));
  JsonWriter out;
  out.begin_object();
  for (const auto& [name, value] : {std::pair{"rows", report.rows},
                                    {"added", report.added},
                                    {"same", report.same},
                                    {"held", report.held},
                                    {"refused", report.refused},
                                    {"reported", report.reported}}) {
    out.field(name, value);
  }
  out.key("by_finding");
  out.begin_object();
  for (const auto& [name, count] : report.by_finding) out.field(name, count);
  out.end_object();
  out.array("problems", report.problems, [&](const auto& problem) {
    out.begin_object();
    out.field("row", problem.row);
    out.field("reason", problem.reason);
    out.field("address", problem.address);
    out.end_object();
  });
  out.end_object();
  return json_response(out.take());
}

Response keys(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  out.begin_object();
  out.array("items", app::list_plate_keys(app, request.caller),
            [&](const app::PlateKeyView& key) { write_key(out, key); });
  out.end_object();
  return json_response(out.take());
}

Response new_key(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  write_key(out, app::make_plate_key(app, request.caller));
  Response response = json_response(out.take());
  response.status = 201;
  return response;
}

Response revoke_key(app::Application& app, Request& request) {
  request.allow_query({});
  const JsonIn body(request, {"reason"});
  const std::string& id = request.param("id");
  const bool is_number = !id.empty() && id.size() <= 4 && id.find_first_not_of("0123456789") == std::string::npos;
  JsonWriter out;
  write_key(out,
            app::revoke_plate_key(app, request.caller, is_number ? std::stoi(id) : 0, body.text("reason", words_max)));
  return json_response(out.take());
}

Response check(app::Application& app, Request& request) {
  request.allow_query({});
  const JsonIn body(request, {"text"});
  JsonWriter out;
  out.begin_object();
  out.field("verdict",
            share::plate_verdict_name(app::check_plate_text(app, request.caller, body.text("text", words_max))));
  out.end_object();
  return json_response(out.take());
}

Response paper(app::Application& app, Request& request) {
  request.allow_query({});
  const JsonIn body(request, {"kind", "address_id", "number", "date", "authority", "applicant", "project", "basis"});
  const app::PaperRequest asked{body.text("number", 100),         body.text_or("date", 10, ""),
                                body.text("authority", 100),      body.text_or("applicant", 100, ""),
                                body.text_or("project", 200, ""), body.text_or("basis", words_max, "")};
  const std::string kind = body.text("kind", 30);
  const std::string address = body.text("address_id", 36);
  if (kind == "confirmation") {
    return file_response(app::number_confirmation(app, request.caller, address, asked), "application/pdf",
                         "confirmation.pdf");
  }
  if (kind == "old_new") {
    return file_response(app::old_new_certificate(app, request.caller, address, asked), "application/pdf",
                         "certificate.pdf");
  }
  throw Error(ErrorCode::bad_request, "\"kind\" must be confirmation or old_new.");
}

Response scans(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  out.begin_object();
  out.array("items", app::list_plate_scans(app, request.caller), [&](const app::PlateScanReport& report) {
    out.begin_object();
    out.field("plate_id", report.plate_id);
    out.field("code", report.code);
    out.field("copy", std::int64_t{report.copy});
    out.field("address", report.address);
    out.field("day", report.day);
    out.field("lon", report.lon);
    out.field("lat", report.lat);
    out.field("distance_m", std::int64_t{report.distance_m});
    out.field("count", std::int64_t{report.count});
    out.end_object();
  });
  out.end_object();
  return json_response(out.take());
}

Response settle_scans(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  out.begin_object();
  out.field("settled", app::settle_plate_scans(app, request.caller, request.param("id")));
  out.end_object();
  return json_response(out.take());
}

}  // namespace

void add_plate_routes(RouteTable& table, app::Application& app) {
  const std::string base = "/api/v1/";
  const auto get = [&](const std::string& path, Action action, Response (*handle)(app::Application&, Request&),
                       Lane lane = Lane::quick) {
    table.add({.pattern = base + path,
               .action = action,
               .handle = [&app, handle](Request& request) { return handle(app, request); },
               .lane = lane});
  };
  const auto send = [&](Method method, const std::string& path, Action action,
                        Response (*handle)(app::Application&, Request&), std::uint64_t body_max,
                        Lane lane = Lane::quick) {
    table.add({.method = method,
               .pattern = base + path,
               .action = action,
               .handle = [&app, handle](Request& request) { return handle(app, request); },
               .body_max = body_max,
               .lane = lane});
  };
  get("plates", Action::read_plate, list);
  get("plates/{id}", Action::read_plate, one);
  get("plates/{id}/photo", Action::read_plate, photo, Lane::heavy);
  send(Method::post, "plate-photos", Action::survey_plate, add_photo, app::plate_photo_max, Lane::heavy);
  get("addresses/{id}/plates", Action::read_plate, story);
  get("plate-wanted", Action::read_plate, wanted, Lane::heavy);
  get("plate-kinds", Action::read_plate, kinds);
  get("plate-batches", Action::read_plate, batches);
  get("plate-batches/{id}", Action::read_plate, batch);
  get("plate-batches/{id}/table", Action::read_plate, batch_table, Lane::heavy);
  get("plate-batches/{id}/sheets", Action::read_plate, batch_sheets, Lane::heavy);
  get("plate-coverage", Action::read_plate, coverage, Lane::heavy);
  send(Method::post, "plate-surveys", Action::survey_plate, survey, std::uint64_t{8} << 20, Lane::heavy);
  get("plate-keys", Action::visit_plate, keys);
  send(Method::post, "plate-keys", Action::manage_plate_key, new_key, 65536);
  send(Method::put, "plate-keys/{id}/revocation", Action::manage_plate_key, revoke_key, 65536);
  send(Method::post, "plate-checks", Action::read_plate, check, 65536);
  send(Method::post, "plate-papers", Action::read_plate, paper, 65536, Lane::heavy);
  get("plate-scans", Action::read_plate, scans);
  send(Method::put, "plate-scans/{id}/settled", Action::survey_plate, settle_scans, 65536);
}

}  // namespace menpai::http

// SPDX-License-Identifier: Apache-2.0
// /api/v1/changes and /api/v1/objects: change sets from the draft to what they did, and the history of an object.
#include "app/change/change_sets.hpp"
#include "app/change/evidence.hpp"
#include "app/change/history.hpp"
#include "http/json_in.hpp"
#include "http/json_writer.hpp"
#include "http/routes.hpp"

namespace menpai::http {
namespace {

constexpr std::uint64_t page_max = 500;
constexpr std::size_t body_max = 5 << 20;

void write_set(JsonWriter& out, const ChangeSet& set) {
  out.begin_object();
  out.field("id", set.id.text());
  out.field("county_code", std::to_string(set.county_code));
  out.field("kind", set.kind);
  out.field("state", change_state_name(set.state));
  out.field("needs_second_person", set.needs_second_person);
  out.field("object_kind", set.object_kind);
  out.field("object_id", set.object_id ? set.object_id->text() : std::string());
  out.field("object_version", static_cast<std::int64_t>(set.object_version));
  out.field("division_code", set.division_code);
  out.field("title", set.title);
  out.key("request");
  out.raw(set.request);
  out.field("reason", set.reason);
  out.field("source", set.source);
  out.field("effective_on", set.effective_on);
  out.field("is_correction", set.is_correction);
  out.field("made_by", set.made_by);
  out.field("made_at", set.made_at);
  out.field("submitted_by", set.submitted_by);
  out.field("submitted_at", set.submitted_at);
  out.field("settled_by", set.settled_by);
  out.field("settled_at", set.settled_at);
  out.field("settled_reason", set.settled_reason);
  out.field("applied_by", set.applied_by);
  out.field("applied_at", set.applied_at);
  out.key("counts");
  out.begin_object();
  for (const auto& [name, count] : set.counts) out.field(name, count);
  out.end_object();
  out.field("undoes", set.undoes ? set.undoes->text() : std::string());
  out.field("undone_by", set.undone_by ? set.undone_by->text() : std::string());
  out.field("version", static_cast<std::int64_t>(set.version));
  out.end_object();
}

Response set_response(const ChangeSet& set, int status = 200) {
  JsonWriter out;
  write_set(out, set);
  Response response = json_response(out.take(), status);
  response.with("ETag", "\"" + std::to_string(set.version) + "\"");
  return response;
}

ChangeSetId set_id(const Request& request) {
  const auto id = Uuid::parse(request.param("id"));
  if (!id) throw Error(ErrorCode::not_found, "There is no such change set.");
  return {*id};
}

std::optional<Uuid> id_in_query(const Request& request, std::string_view name) {
  const std::string text = request.query_or(name, "");
  if (text.empty()) return std::nullopt;
  const auto id = Uuid::parse(text);
  if (!id) throw Error(ErrorCode::bad_request, "Query parameter \"" + std::string(name) + "\" must be an id.");
  return id;
}

app::ChangeDraft draft_of(const Request& request) {
  const app::RequestJson body(json_body(request));
  body.allow({"kind", "request", "version", "reason", "source", "effective_on", "is_correction"});
  app::ChangeDraft draft;
  draft.kind = body.text_or("kind", 60, "");
  draft.request = body.object("request").json();
  draft.object_version = static_cast<int>(body.number_or("version", 0, 1'000'000'000, 0));
  draft.reason = body.text("reason", 2000);
  draft.source = body.text_or("source", 500, "");
  draft.effective_on = body.text_or("effective_on", 10, "");
  draft.is_correction = body.flag_or("is_correction", false);
  return draft;
}

Response kinds(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  out.begin_object();
  out.array("items", app::list_change_kinds(app, request.caller), [&](const app::ChangeKindView& kind) {
    out.begin_object();
    out.field("name", kind.name);
    out.field("object_kind", kind.object_kind);
    out.field("needs_second_person", kind.needs_second_person);
    out.end_object();
  });
  out.end_object();
  return json_response(out.take());
}

Response list(app::Application& app, Request& request) {
  request.allow_query({"state", "object", "after", "limit"});
  const std::string name = request.query_or("state", "all");
  const std::optional<ChangeState> state = parse_change_state(name);
  if (!state && name != "all") {
    throw Error(ErrorCode::bad_request,
                "Query parameter \"state\" must be draft, submitted, returned, approved, applied, withdrawn or all.");
  }
  const auto limit = static_cast<int>(request.query_number("limit", 50, 1, page_max));
  const app::ChangeSetPage page = app::list_change_sets(app, request.caller, state, id_in_query(request, "object"),
                                                        id_in_query(request, "after"), limit);
  JsonWriter out;
  out.begin_object();
  out.array("items", page.items, [&](const ChangeSet& set) { write_set(out, set); });
  out.field("next", page.next);
  out.end_object();
  return json_response(out.take());
}

void write_preview(JsonWriter& out, const app::ChangePreview& preview) {
  out.begin_object();
  out.field("total", preview.total);
  out.key("counts");
  out.begin_object();
  for (const auto& [name, count] : preview.counts) out.field(name, count);
  out.end_object();
  out.array("items", preview.items, [&](const app::PreviewItem& item) {
    out.begin_object();
    out.field("object_kind", item.object_kind);
    out.field("id", item.id);
    out.field("action", item.action);
    out.field("before", item.before);
    out.field("after", item.after);
    out.key("fields");
    out.raw(item.fields);
    out.end_object();
  });
  out.field("next", preview.next);
  out.array("lineage", preview.lineage, [&](const Lineage& one) {
    out.begin_object();
    out.field("object_kind", one.object_kind);
    out.field("from", one.from.text());
    out.field("to", one.to.text());
    out.field("kind", one.kind);
    out.end_object();
  });
  out.array("advice", preview.advice, [&](const Advice& one) {
    out.begin_object();
    out.field("rule", one.rule);
    out.field("article", one.article);
    out.field("message", one.message);
    out.end_object();
  });
  out.array("stale", preview.stale, [&](const app::ChangePreview::Stale& one) {
    out.begin_object();
    out.field("field", one.field);
    for (const auto& [key, json] : {std::pair{"seen", &one.seen}, {"now", &one.now}, {"wanted", &one.wanted}}) {
      out.key(key);
      out.raw(json->empty() ? "null" : *json);
    }
    out.end_object();
  });
  out.end_object();
}

Response preview(app::Application& app, Request& request) {
  request.allow_query({"after", "limit"});
  const std::uint64_t after = request.query_number("after", 0, 0, 100'000'000);
  const auto limit = static_cast<std::size_t>(request.query_number("limit", 100, 1, 1000));
  JsonWriter out;
  write_preview(out, app::preview_change_set(app, request.caller, set_id(request), after, limit));
  return json_response(out.take());
}

Response preview_draft(app::Application& app, Request& request) {
  request.allow_query({"after", "limit"});
  const std::uint64_t after = request.query_number("after", 0, 0, 100'000'000);
  const auto limit = static_cast<std::size_t>(request.query_number("limit", 100, 1, 1000));
  JsonWriter out;
  write_preview(out, app::preview_change(app, request.caller, draft_of(request), after, limit));
  return json_response(out.take());
}

Response step(app::Application& app, Request& request) {
  const int version = expected_version(request, "change set");
  const JsonIn body(request, {"state", "reason"});
  const std::optional<ChangeState> to = parse_change_state(body.text("state", 20));
  if (!to || *to == ChangeState::draft) {
    throw Error(ErrorCode::bad_request, "\"state\" must be submitted, approved, returned, applied or withdrawn.");
  }
  return set_response(
      app::step_change_set(app, request.caller, set_id(request), *to, body.text_or("reason", 2000, ""), version));
}

void write_evidence(JsonWriter& out, const app::Evidence& file) {
  out.begin_object();
  out.field("id", file.id);
  out.field("name", file.name);
  out.field("media_type", file.media_type);
  out.field("bytes", file.bytes);
  out.field("added_by", file.added_by);
  out.field("added_at", file.added_at);
  out.end_object();
}

Response evidence(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  out.begin_object();
  out.array("items", app::list_evidence(app, request.caller, set_id(request)),
            [&](const app::Evidence& file) { write_evidence(out, file); });
  out.end_object();
  return json_response(out.take());
}

Response add_evidence(app::Application& app, Request& request) {
  request.allow_query({"name"});
  JsonWriter out;
  write_evidence(out,
                 app::add_evidence(app, request.caller, set_id(request), request.query_or("name", ""), request.body));
  return json_response(out.take(), 201);
}

/// Always as a download: nothing of it is shown inside our pages.
Response read_evidence(app::Application& app, Request& request) {
  request.allow_query({});
  app::EvidenceFile file = app::read_evidence(app, request.caller, set_id(request), request.param("evidence"));
  Response response;
  response.body = std::move(file.bytes);
  response.with("Content-Type", file.about.media_type);
  response.with("Content-Disposition", "attachment; filename*=UTF-8''" + encode_percent(file.about.name));
  return response;
}

void write_version(JsonWriter& out, const app::ObjectVersion& version) {
  out.begin_object();
  out.field("version", static_cast<std::int64_t>(version.version));
  out.field("valid_from", version.valid_from);
  out.field("valid_to", version.valid_to);
  out.field("recorded_at", version.recorded_at);
  out.field("superseded_at", version.superseded_at);
  out.field("source", version.source);
  out.key("fields");
  out.raw(version.fields);
  out.field("change_kind", version.change_kind);
  out.field("actor", version.actor);
  out.field("reason", version.reason);
  out.field("rule", version.rule);
  out.field("set_id", version.set_id);
  out.end_object();
}

Response history(app::Application& app, Request& request) {
  request.allow_query({});
  const app::ObjectHistory history = app::object_history(app, request.caller, request.param("id"));
  JsonWriter out;
  out.begin_object();
  out.field("id", history.id);
  out.field("kind", history.kind);
  out.field("text", history.text);
  out.array("versions", history.versions, [&](const app::ObjectVersion& version) { write_version(out, version); });
  out.end_object();
  return json_response(out.take());
}

Response as_of(app::Application& app, Request& request) {
  request.allow_query({"as_of", "known_at"});
  JsonWriter out;
  write_version(out, app::object_as_of(app, request.caller, request.param("id"), request.query_or("as_of", ""),
                                       request.query_or("known_at", "")));
  return json_response(out.take());
}

Response difference(app::Application& app, Request& request) {
  request.allow_query({"from", "to"});
  JsonWriter out;
  out.begin_object();
  out.array("items",
            app::object_difference(app, request.caller, request.param("id"), request.query_or("from", ""),
                                   request.query_or("to", "")),
            [&](const app::FieldDifference& one) {
              out.begin_object();
              out.field("field", one.field);
              out.key("before");
              out.raw(one.before);
              out.key("after");
              out.raw(one.after);
              out.end_object();
            });
  out.end_object();
  return json_response(out.take());
}

Response successors(app::Application& app, Request& request) {
  request.allow_query({});
  JsonWriter out;
  out.begin_object();
  out.array("items", app::successors_of(app, request.caller, request.param("id")), [&](const app::Heir& heir) {
    out.begin_object();
    out.field("id", heir.id);
    out.field("kind", heir.kind);
    out.field("text", heir.text);
    out.field("status", heir.status);
    out.field("how", heir.how);
    out.field("step", static_cast<std::int64_t>(heir.step));
    out.end_object();
  });
  out.end_object();
  return json_response(out.take());
}

Response list_objects(app::Application& app, Request& request) {
  request.allow_query({"kind", "division", "as_of", "known_at", "after", "limit"});
  const auto limit = static_cast<int>(request.query_number("limit", 100, 1, 1000));
  const app::AsOfPage page = app::list_as_of(app, request.caller, request.query_or("kind", "address"),
                                             request.query_or("division", ""), request.query_or("as_of", ""),
                                             request.query_or("known_at", ""), id_in_query(request, "after"), limit);
  JsonWriter out;
  out.begin_object();
  out.array("items", page.items, [&](const app::AsOfItem& item) {
    out.begin_object();
    out.field("id", item.id);
    out.field("version", static_cast<std::int64_t>(item.version));
    out.field("text", item.text);
    out.field("valid_from", item.valid_from);
    out.field("valid_to", item.valid_to);
    out.field("recorded_at", item.recorded_at);
    out.key("fields");
    out.raw(item.fields);
    out.end_object();
  });
  out.field("next", page.next);
  out.end_object();
  return json_response(out.take());
}

void add_object_routes(RouteTable& table, app::Application& app) {
  const std::string base = "/api/v1/objects";
  table.add({.pattern = base,
             .action = Action::read_change,
             .handle = [&app](Request& r) { return list_objects(app, r); },
             .lane = Lane::heavy});
  table.add({.pattern = base + "/{id}", .action = Action::read_change, .handle = [&app](Request& r) {
               return as_of(app, r);
             }});
  table.add({.pattern = base + "/{id}/history", .action = Action::read_change, .handle = [&app](Request& r) {
               return history(app, r);
             }});
  table.add({.pattern = base + "/{id}/difference", .action = Action::read_change, .handle = [&app](Request& r) {
               return difference(app, r);
             }});
  table.add({.pattern = base + "/{id}/successors", .action = Action::read_change, .handle = [&app](Request& r) {
               return successors(app, r);
             }});
}

}  // namespace

void add_change_routes(RouteTable& table, app::Application& app) {
  const std::string base = "/api/v1/changes";
  table.add({.pattern = "/api/v1/change-kinds", .action = Action::read_change, .handle = [&app](Request& r) {
               return kinds(app, r);
             }});
  table.add({.pattern = base, .action = Action::read_change, .handle = [&app](Request& r) { return list(app, r); }});
  table.add(
      {.method = Method::post,
       .pattern = base,
       .action = Action::write_change,
       .handle = [&app](Request& r) { return set_response(app::make_change_set(app, r.caller, draft_of(r)), 201); },
       .body_max = body_max,
       .lane = Lane::heavy});
  table.add({.method = Method::post,
             .pattern = "/api/v1/change-previews",
             .action = Action::write_change,
             .handle = [&app](Request& r) { return preview_draft(app, r); },
             .body_max = body_max,
             .lane = Lane::heavy});
  table.add({.pattern = base + "/{id}", .action = Action::read_change, .handle = [&app](Request& r) {
               r.allow_query({});
               return set_response(app::get_change_set(app, r.caller, set_id(r)));
             }});
  table.add({.method = Method::put,
             .pattern = base + "/{id}",
             .action = Action::write_change,
             .handle =
                 [&app](Request& r) {
                   const int version = expected_version(r, "change set");
                   return set_response(app::edit_change_set(app, r.caller, set_id(r), draft_of(r), version));
                 },
             .body_max = body_max,
             .lane = Lane::heavy});
  table.add({.pattern = base + "/{id}/preview",
             .action = Action::read_change,
             .handle = [&app](Request& r) { return preview(app, r); },
             .lane = Lane::heavy});
  table.add({.method = Method::put,
             .pattern = base + "/{id}/state",
             .action = Action::write_change,
             .handle = [&app](Request& r) { return step(app, r); },
             .body_max = 65536,
             .lane = Lane::heavy});
  table.add({.method = Method::post,
             .pattern = base + "/{id}/undo",
             .action = Action::write_change,
             .handle =
                 [&app](Request& r) {
                   const JsonIn body(r, {"reason"});
                   return set_response(app::undo_change_set(app, r.caller, set_id(r), body.text("reason", 2000)), 201);
                 },
             .body_max = 65536,
             .lane = Lane::heavy});
  table.add({.pattern = base + "/{id}/evidence", .action = Action::read_change, .handle = [&app](Request& r) {
               return evidence(app, r);
             }});
  table.add({.method = Method::post,
             .pattern = base + "/{id}/evidence",
             .action = Action::write_change,
             .handle = [&app](Request& r) { return add_evidence(app, r); },
             .body_max = app::evidence_bytes_max,
             .lane = Lane::heavy});
  table.add({.pattern = base + "/{id}/evidence/{evidence}",
             .action = Action::read_change,
             .handle = [&app](Request& r) { return read_evidence(app, r); },
             .lane = Lane::heavy});
  add_object_routes(table, app);
}

}  // namespace menpai::http

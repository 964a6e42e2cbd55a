// SPDX-License-Identifier: Apache-2.0
#include "http/json.hpp"

#include "app/answer_json.hpp"

namespace menpai::http {
namespace {

void write_point(JsonWriter& out, const std::optional<geo::LonLat>& point) {
  out.key("lon");
  point ? out.value(point->lon) : out.null();
  out.key("lat");
  point ? out.value(point->lat) : out.null();
}

void write_texts(JsonWriter& out, const std::vector<std::string>& texts) {
  out.begin_array();
  for (const std::string& text : texts) out.value(text);
  out.end_array();
}

}  // namespace

void write_json(JsonWriter& out, const app::Account& account) {
  out.begin_object();
  out.field("id", account.id.text());
  out.field("name", account.name);
  out.field("role", role_name(account.role));
  out.field("must_change_password", account.must_change_password);
  out.end_object();
}

void write_json(JsonWriter& out, const app::Suggestion& suggestion) {
  out.begin_object();
  out.field("id", suggestion.id);
  out.field("address", suggestion.address);
  out.field("division_code", suggestion.division_code);
  out.field("level", level_name(suggestion.level));
  write_point(out, suggestion.point);
  out.end_object();
}

void write_json(JsonWriter& out, const app::AddressView& view) {
  out.begin_object();
  out.field("id", view.id);
  out.field("address", view.address);
  out.field("code", view.code);
  out.field("level", level_name(view.level));
  out.field("status", view.status);
  out.field("division_code", view.division_code);
  write_point(out, view.point);
  out.array("path", view.path, [&](const app::AddressPart& part) {
    out.begin_object();
    out.field("id", part.id);
    out.field("level", level_name(part.level));
    out.field("name", part.name);
    out.end_object();
  });
  out.field("known_from", view.known_from);
  out.field("version", static_cast<std::int64_t>(view.version));
  out.end_object();
}

void write_json(JsonWriter& out, const Division& division) {
  out.begin_object();
  out.field("code", division.code);
  out.field("name", division.name);
  out.field("level", level_name(division.level));
  out.field("parent", division.parent);
  out.end_object();
}

void write_json(JsonWriter& out, const CleaningJob& job) {
  out.begin_object();
  out.field("id", job.id.text());
  out.field("file_name", job.file_name);
  out.field("created_by", job.created_by);
  out.field("created_at", job.created_at);
  out.field("state", job_state_name(job.state));
  out.key("columns");
  write_texts(out, job.columns);
  out.field("column", job.column);
  out.field("region", job.region);
  out.field("file_bytes", job.file_bytes);
  out.field("bytes_done", job.bytes_done);
  out.field("rows_done", job.rows_done);
  out.key("grade_count");
  out.begin_object();
  for (std::size_t i = 0; i < job.grade_count.size(); ++i) {
    out.field(grade_name(static_cast<Grade>(i)), job.grade_count[i]);
  }
  out.end_object();
  out.field("held", job.held);
  out.field("decided", job.decided);
  out.field("rows_per_second", job.rows_per_second);
  out.field("error", job.error);
  out.end_object();
}

void write_json(JsonWriter& out, const CleaningRow& row) {
  out.begin_object();
  out.field("row", row.row);
  out.field("text", row.text);
  out.key("answer");
  out.raw(app::answer_json(row.answer));
  out.key("decision");
  out.begin_object();
  out.field("choice", row_choice_name(row.decision.choice));
  out.field("candidate", static_cast<std::int64_t>(row.decision.candidate));
  out.field("by", row.decision.by);
  out.field("at", row.decision.at);
  out.field("version", static_cast<std::int64_t>(row.decision.version));
  out.end_object();
  out.end_object();
}

void write_json(JsonWriter& out, const app::RowPage& page) {
  out.begin_object();
  out.array("items", page.rows, [&](const CleaningRow& row) { write_json(out, row); });
  out.field("next", page.next);
  out.end_object();
}

void write_json(JsonWriter& out, const app::Preview& preview) {
  out.begin_object();
  out.key("columns");
  write_texts(out, preview.columns);
  out.key("rows");
  out.begin_array();
  for (const std::vector<std::string>& row : preview.rows) write_texts(out, row);
  out.end_array();
  out.field("column", preview.column);
  out.key("answers");
  out.begin_array();
  for (const Answer& answer : preview.answers) out.raw(app::answer_json(answer));
  out.end_array();
  out.end_object();
}

void write_json(JsonWriter& out, const app::MapExtent& extent) {
  out.begin_object();
  out.field("west", extent.west);
  out.field("south", extent.south);
  out.field("east", extent.east);
  out.field("north", extent.north);
  out.field("empty", extent.empty);
  out.end_object();
}

void write_json(JsonWriter& out, const app::Health& health) {
  out.begin_object();
  out.field("ok", health.ok);
  out.field("database", health.database);
  out.field("version", health.version);
  out.field("library", health.library);
  out.end_object();
}

}  // namespace menpai::http

// SPDX-License-Identifier: Apache-2.0
// Planners of place names (地名).
#include "app/change/register_facts.hpp"
#include "app/parts.hpp"
#include "app/place/name_check.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "change/place_sound.hpp"
#include "model/place.hpp"
#include "spine/place_name_check.hpp"

namespace menpai::app {
namespace {

constexpr std::size_t name_max = 60;
constexpr std::size_t words_max = 200;
constexpr std::size_t geometry_max = 2'000'000;

change::NewName read_name(const RequestJson& request, PlaceKind kind) {
  const std::string name = request.text("name", name_max);
  if (name.empty()) throw Error(ErrorCode::bad_request, "\"name\" is empty.");
  const spine::NameParts parts = spine::split_place_name(name, kind);
  const std::string generic = request.text_or("generic", name_max, parts.generic);
  if (!name.ends_with(generic)) {
    throw Error(ErrorCode::bad_request, "\"generic\" must be the end of the name, as 路 is of 兴港中路.");
  }
  return {name, generic, request.text_or("pinyin", words_max, change::sound_of_place(name, kind).pinyin)};
}

/// What may be told of a place beside its name.
void add_attributes(const RequestJson& request, JsonObject& fields) {
  for (const std::string_view key : {"starts_at", "ends_at", "course"}) {
    if (request.has(key)) fields.add(key, request.text(key, words_max));
  }
  if (request.has("width_m")) fields.add("width_m", request.real("width_m", 0, 500));
  if (request.has("length_m")) fields.add("length_m", request.real("length_m", 0, 10'000'000));
  if (request.has("geom")) fields.add("geom", request.text("geom", geometry_max));
  if (request.has("pinyin")) fields.add("pinyin", request.text("pinyin", words_max));
}

PlaceKind kind_of(std::string_view name) {
  const auto kind = parse_place_kind(name);
  if (!kind) throw Error(ErrorCode::bad_request, "\"kind\" must be road, lane, estate, village or compound.");
  return *kind;
}

/// What speaks against the name, by the law and by the names there are: advice for whoever approves it.
void advise_on_name(PlanContext& context, const RequestJson& request, const change::NewName& name, PlaceKind kind,
                    const std::string& division_code, const Uuid& id, ChangePlan& plan) {
  NameQuestion question;
  question.name = name.name;
  question.kind = kind;
  question.division = division_code;
  question.pinyin = request.text_or("pinyin", words_max, "");
  if (request.has("length_m")) question.length_m = request.real("length_m", 0, 10'000'000);
  if (request.has("width_m")) question.width_m = request.real("width_m", 0, 500);
  question.except_id = id.text();
  const NameReport report =
      check_name_in(context.transaction.connection(), *context.app.parts().place_rules, context.county_code, question);
  for (Advice& one : advice_of(report)) plan.advice.push_back(std::move(one));
}

}  // namespace

ChangeSubject subject_of_new_place(Application&, const address::DivisionIndex& divisions, const RequestJson& request) {
  const std::string division = request.text("division_code", 12);
  return {county_of_division(divisions, division), division, std::nullopt, "命名 " + request.text("name", name_max)};
}

void plan_new_place(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"name", "generic", "kind", "pinyin", "division_code", "starts_at", "ends_at", "course", "width_m",
                 "length_m", "geom", "status"});
  const PlaceKind kind = kind_of(request.text("kind", 20));
  const change::NewName name = read_name(request, kind);
  const std::string status = request.text_or("status", 20, "in_use");
  if (status != "in_use" && status != "proposed") {
    throw Error(ErrorCode::bad_request, "\"status\" must be in_use or proposed.");
  }
  change::RegisteredPlace place;
  place.id = Uuid::make();
  place.name = name.name;
  place.division_code = request.text("division_code", 12);
  JsonObject fields;
  fields.add("name", name.name)
      .add("generic", name.generic)
      .add("kind", place_kind_name(kind))
      .add("division_code", place.division_code)
      .add("status", status);
  if (!request.has("pinyin")) fields.add("pinyin", name.pinyin);
  add_attributes(request, fields);
  plan.edits.push_back({.object_kind = "place",
                        .id = place.id,
                        .base_version = 0,
                        .division_code = place.division_code,
                        .fields = fields.text(),
                        .action = "new",
                        .before = {},
                        .after = name.name});
  advise_on_name(context, request, name, kind, place.division_code, place.id, plan);
  // Addresses that bear the name already stand on it from now on.
  for (const change::Subtree& root : load_roots(context, place)) {
    for (const change::RegisteredAddress& address : root) {
      plan.edits.push_back({.object_kind = "address",
                            .id = address.id,
                            .base_version = address.version,
                            .division_code = address.division_code,
                            .fields = JsonObject().add("place_id", place.id).text(),
                            .action = "adopted",
                            .before = address.display,
                            .after = address.display});
    }
  }
}

void plan_corrected_place(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "kind", "pinyin", "starts_at", "ends_at", "course", "width_m", "length_m", "geom", "status"});
  const change::RegisteredPlace place = load_place(context, request.id("id"));
  JsonObject fields;
  if (request.has("kind")) fields.add("kind", place_kind_name(kind_of(request.text("kind", 20))));
  if (request.text_or("status", 20, place.status) != place.status) {
    if (place.status != "proposed" || request.text("status", 20) != "in_use") {
      change::refuse_plan("place.status", "Only a proposed name is put in use here; to cancel one there is retiring.");
    }
    fields.add("status", "in_use");
  }
  add_attributes(request, fields);
  if (fields.empty()) throw Error(ErrorCode::bad_request, "Nothing is corrected.");
  plan.edits.push_back({.object_kind = "place",
                        .id = place.id,
                        .base_version = place.version,
                        .division_code = place.division_code,
                        .fields = fields.text(),
                        .action = "corrected",
                        .before = place.name,
                        .after = place.name});
}

void plan_renamed_place(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "name", "generic", "pinyin"});
  const change::RegisteredPlace place = load_place(context, request.id("id"));
  const change::NewName name = read_name(request, kind_of(place.kind));
  plan_place_rename(place, name, load_roots(context, place), context.effective_on, plan);
  advise_on_name(context, request, name, kind_of(place.kind), place.division_code, place.id, plan);
}

void plan_merged_place(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id", "into"});
  const change::RegisteredPlace from = load_place(context, request.id("id"));
  const change::RegisteredPlace into = load_place(context, request.id("into"));
  plan_place_merge(from, into, load_roots(context, from), load_roots(context, into), context.effective_on, plan);
}

void plan_retired_place(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id"});
  const change::RegisteredPlace place = load_place(context, request.id("id"));
  plan_place_retire(place, load_roots(context, place), context.effective_on, plan);
}

void plan_restored_place(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"id"});
  const change::RegisteredPlace place = load_place(context, request.id("id"));
  if (place.status != "retired") change::refuse_plan("place.in_use", place.name + " is in use.");
  plan.edits.push_back({.object_kind = "place",
                        .id = place.id,
                        .base_version = place.version,
                        .division_code = place.division_code,
                        .fields = JsonObject().add("status", "in_use").text(),
                        .action = "restored",
                        .before = place.name,
                        .after = place.name});
}

}  // namespace menpai::app

// SPDX-License-Identifier: Apache-2.0
#include "app/change/plan_plate.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "app/door.hpp"
#include "app/parts.hpp"
#include "app/plate/plate_keys.hpp"
#include "app/plate/plate_rows.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "spine/plate_life.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::plate;

constexpr std::size_t words_max = 200;
constexpr std::size_t reason_max = 500;

/// What stands on a plate and in the register of one object.
struct Subject {
  Uuid id;
  std::string level, status, display, code, division_code, number, name, pinyin;
  bool is_temporary = false;
  std::int64_t plates = 0;
  int copies = 0;
};

Subject subject_of_row(const store::Row& row) {
  const auto [id, level, status, display, code, division, number, name, pinyin, temporary, plates, copies] =
      row.as<Uuid, std::string, std::string, std::string, std::string, std::string, std::string, std::string,
             std::string, bool, std::int64_t, std::int32_t>();
  return {id, level, status, display, code, division, number, name, pinyin, temporary, plates, copies};
}

std::vector<Subject> load_subjects(PlanContext& context, const std::vector<Uuid>& ids) {
  std::vector<Subject> subjects;
  for (const auto* query : {&query::subjects, &query::sign_subjects}) {
    const store::Result rows = context.transaction.run(*query, std::int32_t{context.county_code}, ids);
    for (const store::Row row : rows) subjects.push_back(subject_of_row(row));
  }
  // The node that stands for a place in the address tree has no plate; the place itself has.
  std::erase_if(subjects, [](const Subject& one) { return one.level == "place" && one.number == one.name; });
  if (subjects.size() < ids.size()) {
    throw Error(ErrorCode::not_found, "Of " + std::to_string(ids.size()) + " addresses and places, " +
                                          std::to_string(ids.size() - subjects.size()) +
                                          " are not in the register of this county.");
  }
  return subjects;
}

std::vector<Plate> load_plates(PlanContext& context, const std::vector<Uuid>& ids) {
  std::vector<Plate> plates =
      plates_of_rows(context.transaction.run(query::get, std::int32_t{context.county_code}, ids));
  if (plates.size() != ids.size()) {
    throw Error(ErrorCode::not_found, "Of " + std::to_string(ids.size()) + " plates, " +
                                          std::to_string(ids.size() - plates.size()) +
                                          " are not in the register of this county, or named twice.");
  }
  return plates;
}

PlateBatch load_batch(PlanContext& context, const Uuid& id) {
  const store::Result result =
      context.transaction.run(store::query::plate_batch::get, std::int32_t{context.county_code}, id);
  if (result.empty()) throw Error(ErrorCode::not_found, "There is no such batch.");
  return batch_of_row(result[0]);
}

std::string day_or_null(const std::string& day) {
  return day.empty() ? "null" : "\"" + day + "\"";
}
std::string id_or_null(const std::string& id) {
  return id.empty() ? "null" : "\"" + id + "\"";
}

std::string text_of(const Plate& plate) {
  return plate.object_text + " [" + std::string(plate_state_name(plate.state)) + "]";
}

/// The columns that a step can set.
std::string life_fields(const Plate& plate) {
  JsonObject fields;
  fields.add("state", plate_state_name(plate.state))
      .add("status", spine::plate_status(plate.state))
      .add_json("batch_id", id_or_null(plate.batch_id))
      .add("key_id", plate.key_id)
      .add("finding", plate_finding_name(plate.finding))
      .add("note", plate.note)
      .add_json("produced_on", day_or_null(plate.produced_on))
      .add_json("installed_on", day_or_null(plate.installed_on))
      .add_json("inspected_on", day_or_null(plate.inspected_on))
      .add("installed_by", plate.installed_by)
      .add("inspected_by", plate.inspected_by)
      .add("photo", plate.photo)
      .add_json("revoked_on", day_or_null(plate.revoked_on))
      .add("revoked_reason", plate.revoked_reason)
      .add_json("successor_id", id_or_null(plate.successor_id));
  if (plate.lon) {
    std::string point = "SRID=4490;POINT(";
    append_json_number(point, *plate.lon);
    point += ' ';
    append_json_number(point, *plate.lat);
    fields.add("point", point + ")");
  } else {
    fields.add_json("point", "null");
  }
  return fields.text();
}

void add_edit(ChangePlan& plan, const Plate& before, const Plate& after, std::string action) {
  plan.edits.push_back({"plate", after.id.value, after.version, after.division_code, life_fields(after),
                        std::move(action), text_of(before), text_of(after)});
}

void add_new(ChangePlan& plan, const Plate& plate) {
  std::string fields = JsonObject()
                           .add("kind", plate.kind)
                           .add("is_temporary", plate.is_temporary)
                           .add("object_kind", plate.object_kind)
                           .add("object_id", plate.object_id)
                           .add("object_code", plate.object_code)
                           .add("copy", plate.copy)
                           .add("name", plate.name)
                           .add("number", plate.number)
                           .add("pinyin", plate.pinyin)
                           .add("foot", plate.foot)
                           .add("division_code", plate.division_code)
                           .text();
  fields.back() = ',';
  fields += life_fields(plate).substr(1);
  plan.edits.push_back({"plate", plate.id.value, 0, plate.division_code, std::move(fields), "new", "", text_of(plate)});
}

void add_batch_edit(ChangePlan& plan, const PlateBatch& batch, bool is_new, std::string action) {
  const std::string status = batch.state == PlateBatchState::ordered ? "in_use" : "retired";
  const std::string fields = JsonObject()
                                 .add("number", batch.number)
                                 .add("contractor", batch.contractor)
                                 .add("state", plate_batch_state_name(batch.state))
                                 .add("status", status)
                                 .add("division_code", batch.division_code)
                                 .add("ordered", batch.ordered)
                                 .add("delivered", batch.delivered)
                                 .add("accepted", batch.accepted)
                                 .add("rejected", batch.rejected)
                                 .add_json("ordered_on", day_or_null(batch.ordered_on))
                                 .add_json("accepted_on", day_or_null(batch.accepted_on))
                                 .add("note", batch.note)
                                 .text();
  plan.edits.push_back({"plate_batch", batch.id.value, is_new ? 0 : batch.version, batch.division_code, fields,
                        std::move(action), is_new ? "" : batch.number, batch.number});
}

/// Takes a step or says why not, naming the plate.
void take(Plate& plate, const spine::PlateStepRequest& request) {
  const PlateState state = plate.state;
  const spine::PlateRefusal refusal = spine::take_plate_step(plate, request);
  if (refusal == spine::PlateRefusal::none) return;
  const ErrorCode code = refusal == spine::PlateRefusal::wrong_state ? ErrorCode::conflict : ErrorCode::bad_request;
  throw Error(code, plate.object_text + ": " + spine::plate_refusal_message(refusal, state, request.step));
}

/// "2026-0007": the next of its year.
std::string next_batch_number(PlanContext& context) {
  const std::string year = context.effective_on.substr(0, 4) + "-";
  const auto count =
      context.transaction.run(store::query::plate_batch::count_of_year, std::int32_t{context.county_code}, year)
          .only()
          .get<std::int64_t>(0);
  const std::string number = std::to_string(count + 1);
  return year + std::string(4 - std::min<std::size_t>(4, number.size()), '0') + number;
}

/// The beginning that all have in common: the division that a batch is for.
std::string common_division(const std::vector<Plate>& plates) {
  std::string common = plates.front().division_code;
  for (const Plate& plate : plates) {
    std::size_t same = 0;
    while (same < common.size() && same < plate.division_code.size() && common[same] == plate.division_code[same]) {
      ++same;
    }
    common.resize(same);
  }
  for (const std::size_t length : {12U, 9U, 6U, 4U, 2U}) {
    if (common.size() >= length) return common.substr(0, length);
  }
  return {};
}

}  // namespace

spine::PlateKinds load_plate_kinds(const Application& app) {
  const std::filesystem::path& file = app.settings().plate_kinds;
  if (file.empty()) return spine::PlateKinds();
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw Error(ErrorCode::not_found, "Could not read " + file.string() + " (setting plate.kinds).");
  return spine::PlateKinds(text.str());
}

spine::PlateKinds list_plate_kinds(Application& app, const Caller& caller) {
  require(app, caller, Action::read_plate, "plate");
  return load_plate_kinds(app);
}

ChangeSubject subject_of_plates(Application& app, const address::DivisionIndex&, const RequestJson& request) {
  std::optional<Uuid> id;
  for (const std::string_view key : {"plate_id", "batch_id"}) {
    if (!id && request.has(key)) id = request.id(key);
  }
  for (const std::string_view key : {"plate_ids", "object_ids"}) {
    if (id || !request.has(key)) continue;
    const std::vector<Uuid> ids = request.ids(key, plates_a_set_max);
    if (!ids.empty()) id = ids.front();
  }
  if (!id && request.has("items")) {
    const std::vector<RequestJson> items = request.items("items", plates_a_set_max);
    if (!items.empty()) id = items.front().id("id");
  }
  if (!id) throw Error(ErrorCode::bad_request, "The request names no plate, batch, address or place.");
  store::Store& store = *app.parts().store;
  const store::Result found = store.run(store::query::search::locate, *id);
  if (found.empty())
    throw Error(ErrorCode::not_found, "There is no plate, batch, address or place " + id->text() + ".");
  const auto county = found[0].get<std::int32_t>(0);
  return {county, std::to_string(county), std::nullopt, "门牌"};
}

void plan_new_plates(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"object_ids", "kind", "is_temporary", "foot", "also"});
  const std::vector<Uuid> ids = request.ids("object_ids", plates_a_set_max);
  if (ids.empty()) throw Error(ErrorCode::bad_request, "\"object_ids\" is empty.");
  const spine::PlateKinds kinds = load_plate_kinds(context.app);
  const std::string wanted = request.text_or("kind", words_max, "");
  const bool also = request.flag_or("also", false);
  std::map<std::string, int> copies;
  for (const Subject& subject : load_subjects(context, ids)) {
    if (subject.status == "retired") {
      throw Error(ErrorCode::conflict, subject.display + " is retired: it gets no plate.");
    }
    if (subject.plates > 0 && !also) {
      throw Error(ErrorCode::conflict,
                  subject.display + " has a plate, or one is on its way. Replace it, or say \"also\".");
    }
    const spine::PlateKind* kind = wanted.empty() ? kinds.usual(subject.level) : &kinds.get(wanted);
    if (kind == nullptr || !kind->names(subject.level)) {
      throw Error(ErrorCode::bad_request,
                  "No such plate names " + subject.display + ", whose level is " + subject.level + ".");
    }
    Plate plate;
    plate.id = PlateId::make();
    plate.kind = kind->kind;
    plate.is_temporary = request.flag_or("is_temporary", subject.is_temporary);
    plate.object_kind = subject.level == "place" ? "place" : "address";
    plate.object_id = subject.id.text();
    plate.object_text = subject.display;
    // Streets have codes only where the town gives them; their signs do without a QR code then.
    if (kind->qr_mm > 0 && !(subject.level == "place" && subject.code.empty())) {
      if (!share::is_plate_code(subject.code)) {
        throw Error(ErrorCode::conflict,
                    subject.display + " has no code that a QR code could hold. Give it one first.");
      }
      plate.object_code = subject.code;
      plate.copy = std::max(copies[subject.code], subject.copies) + 1;
      copies[subject.code] = plate.copy;
      if (plate.copy > share::plate_copy_max) {
        throw Error(ErrorCode::too_large, subject.display + " had 999 plates; there can be no more of this code.");
      }
    }
    plate.name = subject.name;
    plate.number = subject.number;
    plate.pinyin = kind->has_pinyin ? subject.pinyin : "";
    plate.foot = request.text_or("foot", words_max, "");
    plate.division_code = subject.division_code;
    add_new(plan, plate);
  }
}

void plan_corrected_plate(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"plate_id", "name", "number", "pinyin", "foot", "kind"});
  const Plate plate = load_plates(context, {request.id("plate_id")}).front();
  if (plate.state != PlateState::planned) {
    throw Error(ErrorCode::conflict, "A plate that is " + std::string(plate_state_name(plate.state)) +
                                         " shows what it shows. Replace it by another.");
  }
  JsonObject fields;
  for (const std::string_view key : {"name", "number", "pinyin", "foot"}) {
    if (request.has(key)) fields.add(key, request.text(key, words_max));
  }
  if (request.has("kind")) fields.add("kind", load_plate_kinds(context.app).get(request.text("kind", words_max)).kind);
  if (fields.empty()) throw Error(ErrorCode::bad_request, "Nothing was asked to be changed.");
  plan.edits.push_back({"plate", plate.id.value, plate.version, plate.division_code, fields.text(), "corrected",
                        text_of(plate), text_of(plate)});
}

void plan_plate_order(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"plate_ids", "contractor", "number", "note"});
  (void)plate_base_in_use(context.app);
  std::vector<Plate> plates = load_plates(context, request.ids("plate_ids", plates_a_set_max));
  if (plates.empty()) throw Error(ErrorCode::bad_request, "\"plate_ids\" is empty.");
  PlateBatch batch;
  batch.id = PlateBatchId::make();
  batch.number = request.text_or("number", words_max, "");
  if (batch.number.empty()) batch.number = next_batch_number(context);
  batch.contractor = request.text_or("contractor", words_max, "");
  batch.note = request.text_or("note", reason_max, "");
  batch.state = PlateBatchState::ordered;
  batch.ordered = static_cast<int>(plates.size());
  batch.ordered_on = context.effective_on;
  batch.division_code = common_division(plates);
  const int key = signing_plate_key(context.app, operator_caller()).first;
  add_batch_edit(plan, batch, true, "ordered");
  for (Plate& plate : plates) {
    const Plate before = plate;
    take(plate, {.step = spine::PlateStep::list, .on = context.effective_on, .batch = batch.id.text()});
    plate.key_id = key;
    add_edit(plan, before, plate, "listed");
  }
}

void plan_plate_delivery(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"batch_id", "rejected", "missing"});
  PlateBatch batch = load_batch(context, request.id("batch_id"));
  if (batch.state != PlateBatchState::ordered) {
    throw Error(ErrorCode::conflict, "Batch " + batch.number + " is " +
                                         std::string(plate_batch_state_name(batch.state)) +
                                         ": nothing of it is still to come.");
  }
  std::map<std::string, std::string> rejected;  // id → reason
  std::map<std::string, bool> missing;          // id → seen
  if (request.has("rejected")) {
    for (const RequestJson& one : request.items("rejected", plates_a_set_max)) {
      one.allow({"id", "reason"});
      rejected[one.id("id").text()] = one.text("reason", reason_max);
    }
  }
  if (request.has("missing")) {
    for (const Uuid& id : request.ids("missing", plates_a_set_max)) missing[id.text()] = false;
  }
  std::size_t named = 0;
  for (Plate& plate :
       plates_of_rows(context.transaction.run(query::of_batch, std::int32_t{context.county_code}, batch.id.value))) {
    if (plate.state != PlateState::listed) continue;
    const Plate before = plate;
    if (missing.contains(plate.id.text())) {
      ++named;
      continue;
    }
    ++batch.delivered;
    if (const auto found = rejected.find(plate.id.text()); found != rejected.end()) {
      ++named;
      ++batch.rejected;
      take(plate, {.step = spine::PlateStep::reject, .on = context.effective_on, .reason = found->second});
      add_edit(plan, before, plate, "rejected");
    } else {
      ++batch.accepted;
      take(plate, {.step = spine::PlateStep::accept, .on = context.effective_on});
      add_edit(plan, before, plate, "produced");
    }
  }
  if (named != rejected.size() + missing.size()) {
    throw Error(ErrorCode::bad_request, "A plate that is rejected or missing is not on the list of batch " +
                                            batch.number + ", was delivered before, or is named as both.");
  }
  if (plan.edits.empty()) throw Error(ErrorCode::bad_request, "Nothing of batch " + batch.number + " was delivered.");
  if (missing.empty()) batch.state = PlateBatchState::accepted;
  batch.accepted_on = context.effective_on;
  add_batch_edit(plan, batch, false, "delivered");
}

void plan_plate_order_cancelled(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"batch_id"});
  PlateBatch batch = load_batch(context, request.id("batch_id"));
  if (batch.state != PlateBatchState::ordered) {
    throw Error(ErrorCode::conflict, "Only a batch that is on order can be cancelled; this one is " +
                                         std::string(plate_batch_state_name(batch.state)) + ".");
  }
  for (Plate& plate :
       plates_of_rows(context.transaction.run(query::of_batch, std::int32_t{context.county_code}, batch.id.value))) {
    if (plate.state != PlateState::listed) continue;
    const Plate before = plate;
    take(plate, {.step = spine::PlateStep::unlist, .on = context.effective_on});
    add_edit(plan, before, plate, "unlisted");
  }
  batch.state = batch.delivered > 0 ? PlateBatchState::accepted : PlateBatchState::cancelled;
  add_batch_edit(plan, batch, false, "cancelled");
}

void plan_plate_step(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"step", "by", "finding", "reason", "items", "plate_ids"});
  const auto step = spine::parse_plate_step(request.text("step", 20));
  using enum spine::PlateStep;
  if (!step || (*step != install && *step != inspect && *step != report && *step != mend && *step != withdraw)) {
    throw Error(ErrorCode::bad_request, "\"step\" must be install, inspect, report, mend or withdraw.");
  }
  const auto finding = parse_plate_finding(request.text_or("finding", 20, "none"));
  if (!finding) throw Error(ErrorCode::bad_request, "\"finding\" must be duplicate, wrong, missing or damaged.");
  spine::PlateStepRequest common{.step = *step,
                                 .on = context.effective_on,
                                 .by = request.text_or("by", words_max, ""),
                                 .finding = *finding,
                                 .reason = request.text_or("reason", reason_max, "")};
  std::map<Uuid, spine::PlateStepRequest> steps;
  std::vector<Uuid> ids;
  if (request.has("plate_ids")) {
    for (const Uuid& id : request.ids("plate_ids", plates_a_set_max)) {
      if (steps.emplace(id, common).second) ids.push_back(id);
    }
  }
  if (request.has("items")) {
    for (const RequestJson& item : request.items("items", plates_a_set_max)) {
      item.allow({"id", "lon", "lat", "photo"});
      spine::PlateStepRequest one = common;
      one.lon = item.real("lon", -180, 180);
      one.lat = item.real("lat", -90, 90);
      one.photo = item.text_or("photo", 64, "");
      const Uuid id = item.id("id");
      if (steps.emplace(id, one).second) ids.push_back(id);
    }
  }
  if (ids.empty())
    throw Error(ErrorCode::bad_request, "Name the plates: \"plate_ids\", or \"items\" with their \"id\".");
  const std::string action(*step == install   ? "installed"
                           : *step == inspect ? "inspected"
                           : *step == report  ? "reported"
                           : *step == mend    ? "mended"
                                              : "withdrawn");
  for (Plate& plate : load_plates(context, ids)) {
    const Plate before = plate;
    take(plate, steps.at(plate.id.value));
    add_edit(plan, before, plate, action);
  }
}

void plan_plate_replacement(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"plate_ids", "reason"});
  const std::string reason = request.text_or("reason", reason_max, "");
  std::vector<Plate> plates = load_plates(context, request.ids("plate_ids", plates_a_set_max));
  if (plates.empty()) throw Error(ErrorCode::bad_request, "\"plate_ids\" is empty.");
  std::vector<Uuid> objects;
  for (const Plate& plate : plates) objects.push_back(*Uuid::parse(plate.object_id));
  std::sort(objects.begin(), objects.end());
  objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  std::map<std::string, Subject> subjects;
  for (Subject& subject : load_subjects(context, objects)) subjects[subject.id.text()] = std::move(subject);
  const spine::PlateKinds kinds = load_plate_kinds(context.app);
  std::map<std::string, int> copies;
  std::vector<std::pair<Plate, Plate>> replaced;
  for (Plate& plate : plates) {
    const Subject& subject = subjects.at(plate.object_id);
    Plate next;
    next.id = PlateId::make();
    next.kind = plate.kind;
    next.is_temporary = plate.is_temporary;
    next.object_kind = plate.object_kind;
    next.object_id = plate.object_id;
    next.object_text = plate.object_text;
    next.object_code = plate.object_code.empty() ? "" : subject.code;
    if (!next.object_code.empty()) {
      next.copy = std::max(copies[subject.code], subject.copies) + 1;
      copies[subject.code] = next.copy;
    }
    next.name = subject.name;
    next.number = subject.number;
    next.pinyin = kinds.get(plate.kind).has_pinyin ? subject.pinyin : "";
    next.foot = plate.foot;
    next.division_code = subject.division_code;
    const Plate before = plate;
    take(
        plate,
        {.step = spine::PlateStep::replace, .on = context.effective_on, .reason = reason, .successor = next.id.text()});
    add_new(plan, next);
    replaced.emplace_back(before, plate);
    plan.lineage.push_back({"plate", plate.id.value, next.id.value, "replaced_by"});
  }
  for (const auto& [before, after] : replaced) add_edit(plan, before, after, "replaced");
}

void plan_plate_revocation(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  request.allow({"plate_ids", "reason"});
  const std::string reason = request.text("reason", reason_max);
  if (reason.empty()) throw Error(ErrorCode::bad_request, "Give a reason for revoking the plate's QR code.");
  for (Plate& plate : load_plates(context, request.ids("plate_ids", plates_a_set_max))) {
    if (!plate.revoked_on.empty())
      throw Error(ErrorCode::conflict, plate.object_text + ": this plate was revoked before.");
    const Plate before = plate;
    plate.revoked_on = context.effective_on;
    plate.revoked_reason = reason;
    add_edit(plan, before, plate, "revoked");
  }
}

}  // namespace menpai::app

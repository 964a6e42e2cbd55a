// SPDX-License-Identifier: Apache-2.0
// menpai plate: keys, lists, production, installation, surveys and coverage of door plates.
#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "app/change/change_sets.hpp"
#include "app/change/plan_plate.hpp"
#include "app/plate/plate_files.hpp"
#include "app/plate/plate_keys.hpp"
#include "app/plate/plate_survey.hpp"
#include "app/plate/plate_visit.hpp"
#include "app/plate/plates.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) throw Error(ErrorCode::not_found, "Could not read " + file.string() + ".");
  return std::move(bytes).str();
}

int write_file(const PlateOptions& options, const std::string& bytes) {
  if (options.out.empty()) throw Error(ErrorCode::bad_request, "Name the file to write: -o FILE.");
  std::ofstream out(options.out, std::ios::binary);
  out << bytes;
  out.flush();
  if (!out) throw_errno("write " + options.out.string());
  print_note("wrote " + options.out.string() + ", " + bytes_text(bytes.size()) + "\n");
  return 0;
}

/// Text for people, or one JSON object.
int say(const PlateOptions& options, const std::string& text, const JsonObject& json) {
  print_out(options.json ? json.text() + "\n" : text);
  return 0;
}

/// Makes a change set and lets it happen at once: these kinds need no second person.
int change(app::Application& application, const PlateOptions& options, const std::string& kind,
           const JsonObject& request) {
  const Caller caller = app::operator_caller();
  app::ChangeDraft draft;
  draft.kind = kind;
  draft.request = request.text();
  draft.reason = options.reason.empty() ? "menpai plate " + options.verb : options.reason;
  draft.effective_on = options.on;
  ChangeSet set = app::make_change_set(application, caller, draft);
  set = app::step_change_set(application, caller, set.id, ChangeState::submitted, "", set.version);
  set = app::get_change_set(application, caller, set.id);
  JsonObject counts;
  std::string text = "change set " + set.id.text() + ", " + std::string(change_state_name(set.state)) + "\n";
  for (const auto& [name, count] : set.counts) {
    counts.add(name, count);
    text += "  " + name + "  " + with_commas(count) + "\n";
  }
  return say(options, text,
             JsonObject()
                 .add("change_set", set.id.text())
                 .add("state", change_state_name(set.state))
                 .add_json("counts", counts.text()));
}

int verify(const PlateOptions& options) {
  share::PlateVerdict verdict = share::PlateVerdict::not_a_plate;
  if (!options.key.empty()) {
    verdict = app::check_plate_text_offline(options.text, read_file(options.key));
  } else {
    const auto application = app::Application::open(settings_of(options), false);
    verdict = app::check_plate_text(*application, app::operator_caller(), options.text);
  }
  const auto plate = share::parse_plate_text(options.text);
  JsonObject json;
  json.add("verdict", share::plate_verdict_name(verdict));
  std::string text(share::plate_verdict_name(verdict));
  if (plate) {
    json.add("code", plate->code).add("copy", plate->copy).add("key_id", plate->key_id);
    text += "  " + plate->code + "  #" + std::to_string(plate->copy) + "  key " + std::to_string(plate->key_id);
  }
  say(options, text + "\n", json);
  return verdict == share::PlateVerdict::genuine ? 0 : 1;
}

std::string key_text(const app::PlateKeyView& key) {
  std::string text = "# key " + std::to_string(key.id) + "  " + key.scheme + "  made " + key.created_at;
  if (!key.retired_at.empty()) text += "  retired " + key.retired_at;
  if (!key.revoked_at.empty()) text += "  REVOKED " + key.revoked_at + "  " + key.revoked_reason;
  return text + "\n" + key.pem;
}
JsonObject key_json(const app::PlateKeyView& key) {
  return JsonObject()
      .add("id", key.id)
      .add("scheme", key.scheme)
      .add("pem", key.pem)
      .add_json("jwk", key.jwk)
      .add("created_at", key.created_at)
      .add("retired_at", key.retired_at)
      .add("revoked_at", key.revoked_at);
}

int keys(app::Application& application, const PlateOptions& options) {
  std::string text;
  std::string json;
  for (const app::PlateKeyView& key : app::list_plate_keys(application, app::operator_caller())) {
    text += key_text(key);
    json += (json.empty() ? "" : ",") + key_json(key).text();
  }
  if (text.empty()) text = "There is no signing key yet; the first production list makes one.\n";
  return say(options, text, JsonObject().add_json("items", "[" + json + "]"));
}

int new_key(app::Application& application, const PlateOptions& options) {
  const app::PlateKeyView key = app::make_plate_key(application, app::operator_caller());
  return say(options, key_text(key), key_json(key));
}

int revoke_key(app::Application& application, const PlateOptions& options) {
  if (options.text.empty() || options.text.size() > 4 ||
      options.text.find_first_not_of("0123456789") != std::string::npos) {
    throw Error(ErrorCode::bad_request, "Name the key by its number, as menpai plate keys shows it.");
  }
  const app::PlateKeyView key =
      app::revoke_plate_key(application, app::operator_caller(), std::stoi(options.text), options.reason);
  return say(options, key_text(key), key_json(key));
}

int kinds(app::Application& application, const PlateOptions& options) {
  std::string text;
  std::string json;
  const spine::PlateKinds all = app::load_plate_kinds(application);
  for (const spine::PlateKind& kind : all.all()) {
    text += kind.kind + "  " + kind.zh + "  " + std::to_string(static_cast<int>(kind.width_mm)) + " × " +
            std::to_string(static_cast<int>(kind.height_mm)) + " mm\n";
    json += (json.empty() ? "" : ",") + JsonObject()
                                            .add("kind", kind.kind)
                                            .add("zh", kind.zh)
                                            .add("width_mm", kind.width_mm)
                                            .add("height_mm", kind.height_mm)
                                            .add("qr_mm", kind.qr_mm)
                                            .add("levels", kind.levels)
                                            .text();
  }
  return say(options, text, JsonObject().add_json("items", "[" + json + "]"));
}

std::string line_of(const Plate& plate) {
  return plate.id.text() + "  " + std::string(plate_state_name(plate.state)) + "  " + plate.kind + "  " +
         plate.object_text + (plate.copy > 0 ? "  #" + std::to_string(plate.copy) : "") + "\n";
}
std::string json_of(const Plate& plate) {
  return JsonObject()
      .add("id", plate.id.text())
      .add("state", plate_state_name(plate.state))
      .add("kind", plate.kind)
      .add("object_id", plate.object_id)
      .add("object_text", plate.object_text)
      .add("object_code", plate.object_code)
      .add("copy", plate.copy)
      .add("batch_id", plate.batch_id)
      .add("finding", plate_finding_name(plate.finding))
      .text();
}

/// Plates by the filter, all pages up to the limit.
std::vector<Plate> plates_by_filter(app::Application& application, const PlateOptions& options,
                                    const std::string& state) {
  std::vector<Plate> plates;
  app::PlateFilter filter{options.division, state, options.kind, "", app::plate_page_max};
  do {
    app::PlatePage page = app::list_plates(application, app::operator_caller(), filter);
    for (Plate& plate : page.items) {
      if (plates.size() < static_cast<std::size_t>(std::max(0, options.limit))) plates.push_back(std::move(plate));
    }
    filter.after = page.next;
  } while (!filter.after.empty() && plates.size() < static_cast<std::size_t>(std::max(0, options.limit)));
  return plates;
}

int list(app::Application& application, const PlateOptions& options) {
  std::string text;
  std::string json;
  for (const Plate& plate : plates_by_filter(application, options, options.state)) {
    text += line_of(plate);
    json += (json.empty() ? "" : ",") + json_of(plate);
  }
  return say(options, text.empty() ? "There are no such plates.\n" : text,
             JsonObject().add_json("items", "[" + json + "]"));
}

int plan(app::Application& application, const PlateOptions& options) {
  std::vector<app::WantedPlates> wanted;
  if (!options.ids.empty()) {
    wanted.push_back({0, options.ids});
  } else {
    wanted = app::wanted_plates(application, app::operator_caller(), options.division, options.level,
                                options.only_found, options.limit);
  }
  if (wanted.empty()) return say(options, "No address wants a plate.\n", JsonObject().add("plates", 0));
  for (const app::WantedPlates& county : wanted) {
    JsonObject request;
    request.add("object_ids", county.object_ids).add("kind", options.kind);
    if (options.is_temporary) request.add("is_temporary", true);
    change(application, options, "plate.create", request);
  }
  return 0;
}

int order(app::Application& application, const PlateOptions& options) {
  std::map<int, std::vector<std::string>> counties;
  if (!options.ids.empty()) {
    counties[0] = options.ids;
  } else {
    for (const Plate& plate : plates_by_filter(application, options, "planned")) {
      counties[plate.county_code].push_back(plate.id.text());
    }
  }
  if (counties.empty()) return say(options, "No plate is planned.\n", JsonObject().add("plates", 0));
  for (const auto& [county, ids] : counties) {
    change(application, options, "plate.order",
           JsonObject()
               .add("plate_ids", ids)
               .add("contractor", options.contractor)
               .add("number", options.number)
               .add("note", options.note));
  }
  return 0;
}

int batches(app::Application& application, const PlateOptions& options) {
  std::string text;
  std::string json;
  for (const PlateBatch& batch : app::list_plate_batches(application, app::operator_caller())) {
    text += batch.id.text() + "  " + batch.number + "  " + std::string(plate_batch_state_name(batch.state)) + "  " +
            batch.contractor + "  ordered " + std::to_string(batch.ordered) + " = accepted " +
            std::to_string(batch.accepted) + " + rejected " + std::to_string(batch.rejected) + " + to come " +
            std::to_string(batch.ordered - batch.delivered) + "\n";
    json += (json.empty() ? "" : ",") + JsonObject()
                                            .add("id", batch.id.text())
                                            .add("number", batch.number)
                                            .add("state", plate_batch_state_name(batch.state))
                                            .add("contractor", batch.contractor)
                                            .add("ordered", batch.ordered)
                                            .add("delivered", batch.delivered)
                                            .add("accepted", batch.accepted)
                                            .add("rejected", batch.rejected)
                                            .text();
  }
  return say(options, text.empty() ? "There is no batch.\n" : text, JsonObject().add_json("items", "[" + json + "]"));
}

int table(app::Application& application, const PlateOptions& options) {
  const bool is_csv = options.out.extension() == ".csv";
  return write_file(options,
                    app::plate_batch_table(application, app::operator_caller(), options.text, is_csv ? "csv" : "xlsx"));
}

int sheets(app::Application& application, const PlateOptions& options) {
  share::SheetOptions sheet;
  if (!options.sheet.empty()) {
    std::istringstream in(options.sheet);
    char cross = 0;
    if (!(in >> sheet.sheet_width_mm >> cross >> sheet.sheet_height_mm) || cross != 'x') {
      throw Error(ErrorCode::bad_request, "A sheet is written like 420x297, in mm.");
    }
  }
  return write_file(options,
                    app::plate_batch_sheets(application, app::operator_caller(), options.text, std::move(sheet)));
}

int deliver(app::Application& application, const PlateOptions& options) {
  std::string rejected;
  for (const std::string& id : options.rejected) {
    rejected += (rejected.empty() ? "" : ",") +
                JsonObject().add("id", id).add("reason", options.reason.empty() ? "rejected" : options.reason).text();
  }
  return change(application, options, "plate.deliver",
                JsonObject()
                    .add("batch_id", options.text)
                    .add_json("rejected", "[" + rejected + "]")
                    .add("missing", options.missing));
}

int step(app::Application& application, const PlateOptions& options) {
  return change(application, options, "plate.step",
                JsonObject()
                    .add("step", options.text)
                    .add("plate_ids", options.ids)
                    .add("by", options.by)
                    .add("finding", options.finding.empty() ? "none" : options.finding)
                    .add("reason", options.reason));
}

int survey(app::Application& application, const PlateOptions& options) {
  app::TableFileInput input;
  input.file = options.text;
  const std::string source =
      options.source.empty() ? std::filesystem::path(options.text).filename().string() : options.source;
  const app::PlateSurveyReport report =
      app::import_plate_survey(application, app::operator_caller(), input, options.map, source);
  JsonObject findings;
  std::string text = with_commas(report.rows) + " rows = " + with_commas(report.added) + " new + " +
                     with_commas(report.same) + " same + " + with_commas(report.held) + " held + " +
                     with_commas(report.refused) + " refused; " + with_commas(report.reported) +
                     " plates of the register reported\n";
  for (const auto& [name, count] : report.by_finding) {
    findings.add(name, count);
    text += "  " + name + "  " + with_commas(count) + "\n";
  }
  for (const auto& problem : report.problems) {
    text += "  row " + std::to_string(problem.row) + "  " + problem.reason + "  " + problem.address + "\n";
  }
  return say(options, text,
             JsonObject()
                 .add("rows", report.rows)
                 .add("added", report.added)
                 .add("same", report.same)
                 .add("held", report.held)
                 .add("refused", report.refused)
                 .add("reported", report.reported)
                 .add_json("by_finding", findings.text()));
}

int coverage(app::Application& application, const PlateOptions& options) {
  if (options.group != "town" && options.group != "village") {
    throw Error(ErrorCode::bad_request, "Coverage is by town or by village.");
  }
  std::string text;
  std::string json;
  for (const PlateCoverage& row :
       app::plate_coverage(application, app::operator_caller(), options.division, options.as_of,
                           options.group == "town" ? app::CoverageBy::town : app::CoverageBy::village)) {
    const auto share = [](const char* name, std::uint64_t part, std::uint64_t whole) {
      return std::string("  ") + name + " " + with_commas(part) + "/" + with_commas(whole) +
             (whole == 0 ? "" : " (" + percent(part, whole) + ")");
    };
    text += row.division_code + " " + row.division_name + "  " + row.level +
            share("collected", row.collected, row.addresses) + share("regular", row.regular, row.collected) +
            share("produced", row.produced, row.plates) + share("installed", row.installed, row.produced) +
            share("mapped", row.mapped, row.addresses) + share("coded", row.coded, row.addresses) + "\n";
    json += (json.empty() ? "" : ",") + JsonObject()
                                            .add("division_code", row.division_code)
                                            .add("division_name", row.division_name)
                                            .add("level", row.level)
                                            .add("addresses", row.addresses)
                                            .add("collected", row.collected)
                                            .add("regular", row.regular)
                                            .add("plates", row.plates)
                                            .add("produced", row.produced)
                                            .add("installed", row.installed)
                                            .add("mapped", row.mapped)
                                            .add("coded", row.coded)
                                            .text();
  }
  return say(options, text.empty() ? "There are no addresses in this division on that day.\n" : text,
             JsonObject().add_json("items", "[" + json + "]"));
}

int paper(app::Application& application, const PlateOptions& options) {
  const app::PaperRequest request{options.number, options.on, options.authority, "", options.note, ""};
  const Caller caller = app::operator_caller();
  return write_file(options, options.verb == "confirmation"
                                 ? app::number_confirmation(application, caller, options.text, request)
                                 : app::old_new_certificate(application, caller, options.text, request));
}

int scans(app::Application& application, const PlateOptions& options) {
  std::string text;
  std::string json;
  for (const app::PlateScanReport& report : app::list_plate_scans(application, app::operator_caller())) {
    text += report.day + "  " + report.address + "  #" + std::to_string(report.copy) + "  " +
            with_commas(static_cast<std::uint64_t>(report.distance_m)) + " m away, " + std::to_string(report.count) +
            " times\n";
    json += (json.empty() ? "" : ",") + JsonObject()
                                            .add("plate_id", report.plate_id)
                                            .add("day", report.day)
                                            .add("address", report.address)
                                            .add("lon", report.lon)
                                            .add("lat", report.lat)
                                            .add("distance_m", report.distance_m)
                                            .add("count", report.count)
                                            .text();
  }
  return say(options, text.empty() ? "No plate was reported.\n" : text,
             JsonObject().add_json("items", "[" + json + "]"));
}

}  // namespace

int run_plate(const PlateOptions& options) {
  if (options.verb == "verify") return verify(options);
  using Run = int (*)(app::Application&, const PlateOptions&);
  static const std::map<std::string, Run> verbs = {
      {"keys", &keys},     {"key-new", &new_key},   {"key-revoke", &revoke_key}, {"kinds", &kinds},
      {"list", &list},     {"plan", &plan},         {"order", &order},           {"batches", &batches},
      {"table", &table},   {"sheets", &sheets},     {"deliver", &deliver},       {"step", &step},
      {"survey", &survey}, {"coverage", &coverage}, {"confirmation", &paper},    {"certificate", &paper},
      {"scans", &scans}};
  const auto application = app::Application::open(settings_of(options), false);
  if (const auto verb = verbs.find(options.verb); verb != verbs.end()) return verb->second(*application, options);
  if (options.verb == "cancel") {
    return change(*application, options, "plate.cancel_order", JsonObject().add("batch_id", options.text));
  }
  return change(*application, options, options.verb == "replace" ? "plate.replace" : "plate.revoke",
                JsonObject().add("plate_ids", options.ids).add("reason", options.reason));
}

}  // namespace menpai::cli

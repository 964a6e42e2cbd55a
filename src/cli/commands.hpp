// SPDX-License-Identifier: Apache-2.0
// Every command of the binary: its options as a plain struct, and the function that runs it (one file a command,
// cli/<name>_command.cpp). Only cli/cli.cpp knows the argument parser.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace menpai::cli {

/// What every command takes: --config, --data, --database, --json, --quiet, and any setting by its dotted name (--set).
struct CommonOptions {
  std::filesystem::path config;
  std::map<std::string, std::string> settings;  ///< dotted name → value, from flags
  bool json = false;                            ///< the report on standard output is one JSON object
  bool quiet = false;                           ///< no progress bar
};

/// A command that reads a table.
struct TableInOptions {
  std::filesystem::path in = "-";
  std::string format;     ///< csv, tsv, xlsx, ndjson; empty: by the ending
  std::string charset;    ///< utf8, gb18030, utf16le, utf16be; empty: detected
  std::string column;     ///< the address column; empty: the likely one
  std::string sheet;      ///< of a workbook; empty: the first
  std::string delimiter;  ///< of CSV: one character or "tab"; empty: detected
  bool no_header = false;
};

/// A command that writes a table.
struct TableOutOptions {
  std::filesystem::path out = "-";
  std::string format;           ///< csv, tsv, xlsx, ndjson; empty: by the ending
  bool inert_formulas = false;  ///< ' in front of what a spreadsheet would run
  bool bom = false;             ///< byte order mark in CSV, for Excel
};

struct CleanOptions : CommonOptions {
  TableInOptions table;
  TableOutOptions output;
  std::filesystem::path library;
  std::string region;
  unsigned threads = 0;  ///< 0: one a core
  bool divisions_only = false;
};
struct MatchOptions : CommonOptions {
  TableInOptions table;
  TableOutOptions output;
  std::filesystem::path library;
  std::string region;
  int top = 10;
  unsigned threads = 0;
};
struct ParseOptions : CommonOptions {
  TableInOptions table;
  TableOutOptions output;
  std::filesystem::path library;
  unsigned threads = 0;
};
/// Two columns of a table, compared row by row; `table.column` is not used.
struct PairsOptions : CommonOptions {
  TableInOptions table;
  TableOutOptions output;
  std::map<std::string, std::string> map;  ///< a and b → column
  std::filesystem::path library;
  std::string region;
  unsigned threads = 0;
};
/// Points of a table and the addresses nearest to them; `table.column` is not used.
struct ReverseOptions : CommonOptions {
  TableInOptions table;
  TableOutOptions output;
  std::map<std::string, std::string> map;  ///< lon and lat → column
  std::string crs;                         ///< cgcs2000 (default), wgs84, gcj02, bd09
  std::filesystem::path library;
  double max_distance_m = 200;
  unsigned threads = 0;
};
struct FindOptions : CommonOptions {
  std::string text;
  std::filesystem::path library;
  std::string region;
};
struct LibraryBuildOptions : CommonOptions {
  std::filesystem::path out;
  std::filesystem::path
      addresses;  ///< a table with id, address, code, lon, lat, division_code; empty: from the database
  bool divisions_only = false;
  std::filesystem::path
      divisions;  ///< folder of the division packages (node_modules); empty: the shipped library's own
  std::map<std::string, std::string> map;  ///< role → column
  TableInOptions table;                    ///< how `addresses` is read; its `in` is not used
  std::string crs;                         ///< of lon and lat: cgcs2000 (default), wgs84, gcj02, bd09
  std::string title;
  std::filesystem::path save_divisions;  ///< also write the divisions as a table, for the package
};
struct LibraryShowOptions : CommonOptions {
  std::filesystem::path file;
  bool verify = false;
};
struct ImportOptions : CommonOptions {
  std::string kind;  ///< address, place, building, division-change
  std::filesystem::path file;
  std::map<std::string, std::string> map;
  std::string region, crs, source;
  TableInOptions table;  ///< how an address list is read; its `in` and `column` are not used
};
struct UserOptions : CommonOptions {
  std::string verb;  ///< add, list, lock, unlock, reset-password
  std::string name;
  std::string role = "clerk";
  bool password_stdin = false;
};
struct TokenOptions : CommonOptions {
  std::string verb;  ///< add, list, revoke
  std::string name;
  unsigned days = 365;
};
struct AliasOptions : CommonOptions {
  std::string verb;  ///< list, approve, refuse, withdraw
  std::string id;
  std::string state = "proposed";  ///< of those listed, or all
};
/// menpai plate VERB: which of these a verb takes stands in cli.cpp.
struct PlateOptions : CommonOptions {
  std::string verb;
  std::string text;              ///< what stands behind the verb: a QR code's text, a batch, a step, a file
  std::vector<std::string> ids;  ///< of plates, addresses or places
  std::string division, level = "number", state, kind;
  std::string reason, on, by, finding, contractor, number, authority, source, note;
  std::vector<std::string> rejected, missing;
  bool only_found = false;
  bool is_temporary = false;
  std::filesystem::path key;  ///< published keys
  std::filesystem::path out;
  std::map<std::string, std::string> map;  ///< role → column
  std::string as_of, group = "town";
  std::string sheet;  ///< "420x297"; empty: a sheet a plate
  int limit = 1000;
};
struct CodeOptions : CommonOptions {
  std::string verb;  ///< check, schemes, resolve
  std::string scheme;
  std::string code;
};
struct RoomsOptions : CommonOptions {
  std::filesystem::path file;          ///< floor plan, .toml or .json
  std::vector<std::string> buildings;  ///< ids or codes
  bool submit = false;
  std::string reason, source;
};
struct PlaceOptions : CommonOptions {
  std::string verb;  ///< list, show, check
  std::string name;  ///< list: part of it; check: the proposed one
  std::string id;    ///< show
  std::string division, kind, pinyin;
  std::string status = "in_use";
  std::optional<double> length_m, width_m, area_m2;
  unsigned limit = 100;
};
struct FindingOptions : CommonOptions {
  std::string verb;  ///< list, count
  std::string kind, division, rule;
  unsigned limit = 100;
};
/// Numbers for the doors of a developer's plan.
struct NumberOptions : CommonOptions {
  std::string place;          ///< id of the street
  std::filesystem::path in;   ///< the plan: GeoJSON points or a table with key, lon, lat, side
  std::string rule;           ///< empty: the installation's
  std::string entrance;       ///< LON,LAT of a dead end's entrance; empty: none
  std::filesystem::path out;  ///< where the request of the change set goes; empty: nowhere
};
struct ChangeOptions : CommonOptions {
  std::string verb;  ///< list, kinds, preview, make, show, submit, approve, return, apply, withdraw, undo, apply-due
  std::string id;
  std::string kind, request;  ///< of make and preview; a request is JSON text, or @FILE
  int object_version = 0;
  std::string reason, source, effective_on;
  bool is_correction = false;
  bool submit = false;
  std::string state = "all";
};
struct GridOptions : CommonOptions {
  std::string verb;  ///< list, at, check, import
  std::string division, kind = "all";
  double lon = 0, lat = 0;
  double tolerance_m2 = 1;
  std::filesystem::path file;
  std::string crs = "wgs84";
  std::string reason;
};
struct HistoryOptions : CommonOptions {
  std::string id;
  std::string as_of, known_at;
  std::string from, to;
};
struct CheckOptions : CommonOptions {};
struct MigrateOptions : CommonOptions {};
struct DemoTownOptions : CommonOptions {
  std::filesystem::path out;
  std::uint64_t rooms = 60000;
  std::uint64_t seed = 1;
  std::uint64_t dirty_rows = 0;  ///< rows of each untidy list; 0: in proportion
};
/// The demo: town, import, library, an account, a cleaned list; prints the summary. Does nothing a second time.
struct DemoOptions : CommonOptions {
  std::uint64_t rooms = 60000;
  std::uint64_t seed = 1;
};
struct ServeOptions : CommonOptions {};
/// Not for people: the process that holds a private cluster (store/cluster).
struct ClusterOptions {
  std::filesystem::path data_dir;
};

int run_clean(const CleanOptions& options);
int run_match(const MatchOptions& options);
int run_parse(const ParseOptions& options);
int run_pairs(const PairsOptions& options);
int run_reverse(const ReverseOptions& options);
int run_find(const FindOptions& options);
int run_library_build(const LibraryBuildOptions& options);
int run_library_show(const LibraryShowOptions& options);
int run_import(const ImportOptions& options);
int run_user(const UserOptions& options);
int run_token(const TokenOptions& options);
int run_plate(const PlateOptions& options);
int run_alias(const AliasOptions& options);
int run_change(const ChangeOptions& options);
int run_grid(const GridOptions& options);
int run_history(const HistoryOptions& options);
int run_place(const PlaceOptions& options);
int run_finding(const FindingOptions& options);
int run_number(const NumberOptions& options);
int run_code(const CodeOptions& options);
int run_rooms(const RoomsOptions& options);
int run_check(const CheckOptions& options);
int run_migrate(const MigrateOptions& options);
int run_demo_town(const DemoTownOptions& options);
int run_demo(const DemoOptions& options);
int run_cluster(const ClusterOptions& options);

/// Parses the arguments, runs the command, prints a failed operation for a person (or as JSON with --json) and returns
/// the exit code: 0 done, 2 usage, 3 input, 4 not allowed, 5 environment, 70 bug. `serve` is handed in by main, because
/// cli/ and http/ do not see each other.
int run(int argc, char** argv, const std::function<int(const ServeOptions&)>& serve);

}  // namespace menpai::cli

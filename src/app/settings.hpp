// SPDX-License-Identifier: Apache-2.0
// The settings of one installation: built-in defaults, then menpai.toml, then MENPAI_* environment variables, then
// flags.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace menpai::app {

/// Every setting once; docs/*/settings.md lists them in this order (a test compares).
struct Settings {
  std::filesystem::path
      data_dir;              ///< data.dir: everything Menpai keeps; default /var/lib/menpai or ~/.local/share/menpai
  std::string database_url;  ///< database.url: empty for the private cluster
  std::filesystem::path library;  ///< library.file: default DATA/library.mpl if there, else the shipped divisions
  std::string region;             ///< library.region: division code where this installation stands, may be empty

  double grade_a_min = 0;  ///< clean.grade_a_min: an answer of grade A that is less sure becomes B
  double grade_b_min = 0;  ///< clean.grade_b_min: an answer of grade B that is less sure waits for a person

  std::string listen = "127.0.0.1";  ///< http.listen
  std::uint16_t port = 8080;         ///< http.port; 0 takes a free one
  std::filesystem::path tls_cert;    ///< http.tls_cert: PEM chain
  std::filesystem::path tls_key;     ///< http.tls_key: PEM
  std::string proxy;                 ///< http.proxy: address of the reverse proxy that may speak plain HTTP to us
  std::filesystem::path web_dir;     ///< http.web_dir: the built web application
  std::uint64_t upload_bytes_max = std::uint64_t{1} << 30;  ///< http.upload_bytes_max
  unsigned workers = 4;                                     ///< http.workers: threads that answer requests
  unsigned connections_max = 1024;                          ///< http.connections_max

  unsigned service_rows_max = 10'000;                               ///< service.rows_max: texts in one JSON request
  unsigned service_line_bytes_max = 16384;                          ///< service.line_bytes_max: of one line of NDJSON
  std::uint64_t service_stream_bytes_max = std::uint64_t{1} << 40;  ///< service.stream_bytes_max
  unsigned service_requests_max = 4;                                ///< service.requests_max: of one caller at a time
  unsigned service_rows_per_second = 0;                             ///< service.rows_per_second: of one caller; 0: any

  std::string plate_url;                    ///< plate.url: https:// and host of the QR codes; former ones behind it
  std::string plate_signature = "ed25519";  ///< plate.signature: of keys made from now on; or sm2
  std::filesystem::path plate_kinds;        ///< plate.kinds: file of own kinds of plates, like rules/plate_kinds.tsv
  std::string plate_contact;                ///< plate.contact: office and its work phone, on the page of a plate

  std::string log_level = "info";         ///< log.level: debug, info, warn, error
  std::string key_file;                   ///< keys.file: root key; default DATA/keys/root.key, made on first start
  std::string key_suite = "aes-256-gcm";  ///< keys.suite: of keys made from now on; or sm4-ctr-hmac-sm3

  std::filesystem::path codes_folder;              ///< codes.folder: own code schemes (*.toml) beside the shipped ones
  std::string codes_building = "menpai-building";  ///< codes.building: scheme of buildings' codes
  std::string codes_room = "menpai-room";          ///< codes.room: scheme of rooms' codes
  std::string codes_grid = "grid";                 ///< codes.grid: scheme of grids' codes

  std::filesystem::path place_name_words;     ///< place_name.words: own words beside the shipped ones
  std::filesystem::path place_name_generics;  ///< place_name.generics: generic words in place of the shipped ones
  std::string numbering_rule = "standard";    ///< numbering.rule: how doors are numbered here
  std::filesystem::path numbering_rules;      ///< numbering.rules: own numbering rules beside the shipped ones
  std::filesystem::path work_holidays;        ///< work.holidays: notices on holidays beside the shipped ones
};

/// Loads settings. `flags` holds the settings given on the command line by their dotted names ("http.port"). `file` may
/// be empty: then MENPAI_CONFIG, DATA/menpai.toml, /etc/menpai/menpai.toml, the first that exists. Throws bad_request
/// that names the key and the place it came from; unknown keys are refused with the nearest known one.
Settings load_settings(const std::filesystem::path& file, const std::map<std::string, std::string>& flags);

/// The dotted names of all settings, in the order above.
std::vector<std::string> setting_names();

}  // namespace menpai::app

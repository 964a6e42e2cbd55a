// SPDX-License-Identifier: Apache-2.0
#include "app/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <string_view>
#include <toml++/toml.h>
#include <unistd.h>

#include "app/shared_files.hpp"
#include "base/error.hpp"
#include "share/plate_text.hpp"

extern char** environ;

namespace menpai::app {
namespace {

namespace fs = std::filesystem;

/// One value and the place it came from, for the message if it is wrong.
struct Given {
  std::string name;
  std::string value;
  std::string where;
};

[[noreturn]] void refuse(const Given& given, const std::string& wanted) {
  throw Error(ErrorCode::bad_request, "Setting " + given.name + " (" + given.where + ") is \"" + given.value +
                                          "\"; it must be " + wanted + ".");
}

template <class T>
T number(const Given& given, std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  const char* end = given.value.data() + given.value.size();
  const auto [stop, failed] = std::from_chars(given.value.data(), end, value);
  if (failed != std::errc{} || stop != end || value < least || value > most) {
    refuse(given, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return static_cast<T>(value);
}

std::string one_of(const Given& given, std::initializer_list<std::string_view> choices) {
  std::string list;
  for (const std::string_view choice : choices) {
    if (given.value == choice) return given.value;
    list += (list.empty() ? "" : ", ") + std::string(choice);
  }
  refuse(given, "one of " + list);
}

std::string division_code(const Given& given) {
  const bool is_digits = given.value.find_first_not_of("0123456789") == std::string::npos;
  const std::size_t size = given.value.size();
  if (!is_digits || (size != 0 && size != 2 && size != 4 && size != 6 && size != 9 && size != 12)) {
    refuse(given, "a division code of 2, 4, 6, 9 or 12 digits, for example 442000108");
  }
  return given.value;
}

/// One address, or several parted by blanks.
std::string plate_urls(const Given& given) {
  std::istringstream words(given.value);
  for (std::string url; words >> url;) {
    try {
      (void)share::plate_base(url);
    } catch (const Error&) {
      refuse(given, "https:// and a host name, for example https://mp.example.gov.cn; former ones behind it");
    }
  }
  return given.value;
}

/// 0.98: from 0, which asks for nothing, to 1.
double probability(const Given& given) {
  double value = 0;
  const char* end = given.value.data() + given.value.size();
  const auto read = std::from_chars(given.value.data(), end, value);
  if (read.ec == std::errc() && read.ptr == end && value >= 0 && value <= 1) return value;
  refuse(given, "a probability from 0 to 1, for example 0.98");
}

struct Entry {
  std::string_view name;
  void (*set)(Settings&, const Given&);
};

constexpr std::uint64_t any = std::numeric_limits<std::uint64_t>::max() / 2;

/// Every setting, in the order of settings.hpp.
constexpr std::array<Entry, 36> entries = {{
    {"data.dir", [](Settings& s, const Given& g) { s.data_dir = g.value; }},
    {"database.url", [](Settings& s, const Given& g) { s.database_url = g.value; }},
    {"library.file", [](Settings& s, const Given& g) { s.library = g.value; }},
    {"library.region", [](Settings& s, const Given& g) { s.region = division_code(g); }},
    {"clean.grade_a_min", [](Settings& s, const Given& g) { s.grade_a_min = probability(g); }},
    {"clean.grade_b_min", [](Settings& s, const Given& g) { s.grade_b_min = probability(g); }},
    {"http.listen", [](Settings& s, const Given& g) { s.listen = g.value; }},
    {"http.port", [](Settings& s, const Given& g) { s.port = number<std::uint16_t>(g, 0, 65535); }},
    {"http.tls_cert", [](Settings& s, const Given& g) { s.tls_cert = g.value; }},
    {"http.tls_key", [](Settings& s, const Given& g) { s.tls_key = g.value; }},
    {"http.proxy", [](Settings& s, const Given& g) { s.proxy = g.value; }},
    {"http.web_dir", [](Settings& s, const Given& g) { s.web_dir = g.value; }},
    {"http.upload_bytes_max",
     [](Settings& s, const Given& g) { s.upload_bytes_max = number<std::uint64_t>(g, 1024, any); }},
    {"http.workers", [](Settings& s, const Given& g) { s.workers = number<unsigned>(g, 1, 64); }},
    {"http.connections_max", [](Settings& s, const Given& g) { s.connections_max = number<unsigned>(g, 1, 100000); }},
    {"service.rows_max", [](Settings& s, const Given& g) { s.service_rows_max = number<unsigned>(g, 1, 100'000); }},
    {"service.line_bytes_max",
     [](Settings& s, const Given& g) { s.service_line_bytes_max = number<unsigned>(g, 256, 1 << 20); }},
    {"service.stream_bytes_max",
     [](Settings& s, const Given& g) { s.service_stream_bytes_max = number<std::uint64_t>(g, 1024, any); }},
    {"service.requests_max",
     [](Settings& s, const Given& g) { s.service_requests_max = number<unsigned>(g, 1, 10'000); }},
    {"service.rows_per_second",
     [](Settings& s, const Given& g) { s.service_rows_per_second = number<unsigned>(g, 0, 100'000'000); }},
    {"plate.url", [](Settings& s, const Given& g) { s.plate_url = plate_urls(g); }},
    {"plate.signature",
     [](Settings& s, const Given& g) {
       s.plate_signature = one_of(g, {"ed25519", "sm2"});
     }},
    {"plate.kinds", [](Settings& s, const Given& g) { s.plate_kinds = g.value; }},
    {"plate.contact", [](Settings& s, const Given& g) { s.plate_contact = g.value; }},
    {"log.level", [](Settings& s, const Given& g) { s.log_level = one_of(g, {"debug", "info", "warn", "error"}); }},
    {"keys.file", [](Settings& s, const Given& g) { s.key_file = g.value; }},
    {"keys.suite", [](Settings& s, const Given& g) { s.key_suite = one_of(g, {"aes-256-gcm", "sm4-ctr-hmac-sm3"}); }},
    {"codes.folder", [](Settings& s, const Given& g) { s.codes_folder = g.value; }},
    {"codes.building", [](Settings& s, const Given& g) { s.codes_building = g.value; }},
    {"codes.room", [](Settings& s, const Given& g) { s.codes_room = g.value; }},
    {"codes.grid", [](Settings& s, const Given& g) { s.codes_grid = g.value; }},
    {"place_name.words", [](Settings& s, const Given& g) { s.place_name_words = g.value; }},
    {"place_name.generics", [](Settings& s, const Given& g) { s.place_name_generics = g.value; }},
    {"numbering.rule", [](Settings& s, const Given& g) { s.numbering_rule = g.value; }},
    {"numbering.rules", [](Settings& s, const Given& g) { s.numbering_rules = g.value; }},
    {"work.holidays", [](Settings& s, const Given& g) { s.work_holidays = g.value; }},
}};

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

void apply(Settings& settings, const Given& given) {
  const Entry* nearest = nullptr;
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (const Entry& entry : entries) {
    if (entry.name == given.name) {
      if (given.value.find('\0') != std::string::npos) refuse(given, "text without the character NUL");
      entry.set(settings, given);
      return;
    }
    const std::size_t far = distance(entry.name, given.name);
    if (far < least) {
      least = far;
      nearest = &entry;
    }
  }
  throw Error(ErrorCode::bad_request, "There is no setting " + given.name + " (" + given.where + "). Did you mean " +
                                          std::string(nearest->name) + "?");
}

std::string value_text(const toml::node& node, const std::string& name, const std::string& where) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto whole = node.value_exact<std::int64_t>()) return std::to_string(*whole);
  throw Error(ErrorCode::bad_request,
              "Setting " + name + " (" + where + ") must be a text in quotes or a whole number.");
}

void load_file(Settings& settings, const fs::path& file) {
  toml::table table;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    std::ostringstream place;
    place << error.source().begin;
    throw Error(ErrorCode::bad_request,
                file.string() + " is not valid TOML: " + std::string(error.description()) + " (" + place.str() + ").");
  }
  for (const auto& [section, node] : table) {
    const std::string first(section.str());
    const std::string where = file.string() + ", line " + std::to_string(node.source().begin.line);
    const toml::table* entries_of = node.as_table();
    if (entries_of == nullptr) {
      apply(settings, {first, value_text(node, first, where), where});
      continue;
    }
    for (const auto& [key, value] : *entries_of) {
      const std::string name = first + "." + std::string(key.str());
      const std::string line = file.string() + ", line " + std::to_string(value.source().begin.line);
      apply(settings, {name, value_text(value, name, line), line});
    }
  }
}

std::string variable_of(std::string_view name) {
  std::string out = "MENPAI_";
  for (const char c : name) {
    out += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return out;
}

/// MENPAI_HTTP_PORT and the like. A variable of one of our sections that is no setting is a slip and refused; other
/// MENPAI_ variables belong to scripts.
void load_environment(Settings& settings) {
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view text = *at;
    const std::size_t equals = text.find('=');
    if (!text.starts_with("MENPAI_") || equals == std::string_view::npos) continue;
    const std::string variable(text.substr(0, equals));
    const std::string value(text.substr(equals + 1));
    const std::string where = "environment variable " + variable;
    const Entry* known = nullptr;
    bool is_of_section = false;
    for (const Entry& entry : entries) {
      if (variable_of(entry.name) == variable) known = &entry;
      is_of_section |= variable.starts_with(variable_of(entry.name.substr(0, entry.name.find('.') + 1)));
    }
    if (known != nullptr) {
      apply(settings, {std::string(known->name), value, where});
    } else if (is_of_section) {
      std::string name = variable.substr(7);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      name[name.find('_')] = '.';
      apply(settings, {name, value, where});
    }
  }
}

fs::path default_data_dir() {
  if (geteuid() == 0 || ::access("/var/lib/menpai", W_OK) == 0) return "/var/lib/menpai";
  const char* data_home = std::getenv("XDG_DATA_HOME");
  if (data_home != nullptr && *data_home == '/') return fs::path(data_home) / "menpai";
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return fs::path(home) / ".local/share/menpai";
  return "/var/lib/menpai";
}

/// The built web application: in the source tree, or where the program was installed.
fs::path default_web_dir() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path in_source = program.parent_path() / "../../web/dist";
  if (!error && fs::exists(in_source / "index.html", error)) return fs::weakly_canonical(in_source);
  return find_shared("web").value_or(fs::path());
}

fs::path settings_file(const fs::path& asked, const fs::path& data_dir) {
  if (!asked.empty()) {
    if (!fs::exists(asked)) throw Error(ErrorCode::not_found, "There is no settings file " + asked.string() + ".");
    return asked;
  }
  if (const char* variable = std::getenv("MENPAI_CONFIG"); variable != nullptr && *variable != '\0') {
    if (!fs::exists(variable)) {
      throw Error(ErrorCode::not_found,
                  std::string("There is no settings file ") + variable + " (environment variable MENPAI_CONFIG).");
    }
    return variable;
  }
  std::error_code error;
  for (const fs::path& file : {data_dir / "menpai.toml", fs::path("/etc/menpai/menpai.toml")}) {
    if (fs::exists(file, error)) return file;
  }
  return {};
}

}  // namespace

Settings load_settings(const fs::path& file, const std::map<std::string, std::string>& flags) {
  // Where the data directory is decides which file is read; what that file says of it comes too late to move it.
  Settings first;
  first.data_dir = default_data_dir();
  load_environment(first);
  if (const auto flag = flags.find("data.dir"); flag != flags.end()) first.data_dir = flag->second;

  Settings settings;
  settings.data_dir = default_data_dir();
  const fs::path found = settings_file(file, first.data_dir);
  if (!found.empty()) load_file(settings, found);
  load_environment(settings);
  for (const auto& [name, value] : flags) apply(settings, {name, value, "command line"});
  if (settings.data_dir.empty()) throw Error(ErrorCode::bad_request, "Setting data.dir is empty.");
  settings.data_dir = fs::absolute(settings.data_dir).lexically_normal();
  if (settings.web_dir.empty()) settings.web_dir = default_web_dir();
  if (settings.tls_cert.empty() != settings.tls_key.empty()) {
    throw Error(ErrorCode::bad_request, "http.tls_cert and http.tls_key belong together: give both or neither.");
  }
  return settings;
}

std::vector<std::string> setting_names() {
  std::vector<std::string> names;
  for (const Entry& entry : entries) {
    names.emplace_back(entry.name);
  }
  return names;
}

}  // namespace menpai::app

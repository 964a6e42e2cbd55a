// SPDX-License-Identifier: Apache-2.0
// Reads and checks the files of code schemes.
#include "spine/code_scheme_file.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <toml++/toml.h>

#include "base/error.hpp"
#include "spine/rules.hpp"

namespace menpai::spine {
namespace {

constexpr std::size_t code_length_max = 64;
constexpr std::size_t width_max = 12;
constexpr std::size_t serial_width_max = 9;
constexpr std::size_t text_bytes_max = 500;
constexpr std::size_t file_bytes_max = 65536;
constexpr std::size_t schemes_max = 200;

constexpr std::array<std::string_view, 10> shipped = {
    "menpai-building", "menpai-room", "shenzhen-grid", "shenzhen-building", "shenzhen-room", "hefei-estate",
    "hefei-building",  "hefei-room",  "grid",          "component"};

/// The levels that segments of a division can name, each with its width and the digits before it.
struct DivisionLevel {
  std::string_view name;
  std::size_t width, before;
};
constexpr std::array<DivisionLevel, 5> division_levels = {
    {{"province", 2, 0}, {"city", 2, 2}, {"county", 2, 4}, {"town", 3, 6}, {"village", 3, 9}}};

/// One table of a file, read field by field; each wrong one is named with its place.
class Fields {
 public:
  Fields(const std::string& file, const toml::table& table, std::string where,
         std::initializer_list<std::string_view> known)
      : m_file(file), m_table(table), m_where(std::move(where)) {
    for (const auto& [key, node] : table) {
      if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
        std::string list;
        for (const std::string_view one : known) list += (list.empty() ? "" : ", ") + std::string(one);
        fail(&node, "there is no field \"" + std::string(key.str()) + "\"; there are " + list);
      }
    }
  }

  [[noreturn]] void fail(const toml::node* node, const std::string& what) const {
    const auto line = (node != nullptr ? *node : static_cast<const toml::node&>(m_table)).source().begin.line;
    throw Error(ErrorCode::bad_request, m_file + ", line " + std::to_string(line) + ": " +
                                            (m_where.empty() ? "" : m_where + ": ") + what + ".");
  }

  std::string text(std::string_view key, bool is_needed = true) const {
    const toml::node* node = m_table.get(key);
    if (node == nullptr) {
      if (is_needed) fail(nullptr, "the field \"" + std::string(key) + "\" is missing");
      return {};
    }
    const auto value = node->value_exact<std::string>();
    if (!value || value->size() > text_bytes_max || (is_needed && value->empty())) {
      fail(node, "\"" + std::string(key) + "\" must be a text in quotes of 1 to 500 bytes");
    }
    return *value;
  }

  std::size_t number(std::string_view key, std::size_t least, std::size_t most) const {
    const toml::node* node = m_table.get(key);
    const auto value = node == nullptr ? std::nullopt : node->value_exact<std::int64_t>();
    if (!value || *value < static_cast<std::int64_t>(least) || *value > static_cast<std::int64_t>(most)) {
      fail(node, "\"" + std::string(key) + "\" must be a whole number from " + std::to_string(least) + " to " +
                     std::to_string(most));
    }
    return static_cast<std::size_t>(*value);
  }

  template <class T, std::size_t n>
  T choice(std::string_view key, const std::array<std::pair<std::string_view, T>, n>& choices) const {
    const std::string value = text(key);
    std::string list;
    for (const auto& [name, meaning] : choices) {
      if (name == value) return meaning;
      list += (list.empty() ? "" : ", ") + std::string(name);
    }
    fail(m_table.get(key), "\"" + std::string(key) + "\" is \"" + value + "\"; it must be one of " + list);
  }

  std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> values;
    const toml::node* node = m_table.get(key);
    if (node == nullptr) return values;
    const toml::array* array = node->as_array();
    if (array == nullptr) fail(node, "\"" + std::string(key) + "\" must be a list of texts");
    for (const toml::node& one : *array) {
      const auto value = one.value_exact<std::string>();
      if (!value) fail(&one, "\"" + std::string(key) + "\" must be a list of texts");
      values.push_back(*value);
    }
    return values;
  }

  const toml::table& table() const { return m_table; }

 private:
  const std::string& m_file;
  const toml::table& m_table;
  std::string m_where;
};

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 40 && text.front() >= 'a' && text.front() <= 'z' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

CodeSegment read_segment(const Fields& fields) {
  static constexpr std::array<std::pair<std::string_view, SegmentFrom>, 10> sources = {{
      {"division", SegmentFrom::division},
      {"grid", SegmentFrom::grid},
      {"place", SegmentFrom::place},
      {"estate", SegmentFrom::estate},
      {"building", SegmentFrom::building},
      {"unit", SegmentFrom::unit},
      {"floor", SegmentFrom::floor},
      {"room", SegmentFrom::room},
      {"class", SegmentFrom::object_class},
      {"serial", SegmentFrom::serial},
  }};
  CodeSegment segment;
  segment.name = fields.text("name");
  segment.title = fields.text("title");
  segment.width = fields.number("width", 1, width_max);
  segment.from = fields.choice("from", sources);
  if (!is_name(segment.name)) fields.fail(fields.table().get("name"), "\"name\" must be small letters, digits and -");
  return segment;
}

/// What must hold between a segment and those before it.
void check_segment(const Fields& fields, const CodeScheme& scheme, const CodeSegment& segment, bool is_last) {
  std::size_t before = 0;
  for (const CodeSegment& one : scheme.segments) {
    before += one.width;
    if (one.name == segment.name) fields.fail(nullptr, "two segments have the name \"" + segment.name + "\"");
  }
  if (segment.from == SegmentFrom::serial && (!is_last || segment.width > serial_width_max)) {
    fields.fail(nullptr, "the serial must be the last segment and have at most 9 digits");
  }
  if (segment.from == SegmentFrom::floor && segment.width != 2) {
    fields.fail(nullptr, "a floor has 2 digits");
  }
  if (segment.from == SegmentFrom::object_class && segment.width != 4) {
    fields.fail(nullptr, "a class of components has 4 digits");
  }
  if (segment.from != SegmentFrom::division) return;
  const auto level = std::find_if(division_levels.begin(), division_levels.end(),
                                  [&](const DivisionLevel& one) { return one.name == segment.name; });
  if (level == division_levels.end() || level->width != segment.width || level->before != before) {
    fields.fail(nullptr,
                "segments of a division begin the code, each with its own width: province 2, city 2, county 2, town 3, "
                "village 3");
  }
}

/// The segments of the scheme's own, behind those of its parent.
void read_segments(const CodeSchemeFile& file, const Fields& fields, CodeScheme& scheme) {
  const toml::array* segments =
      fields.table().get("segment") == nullptr ? nullptr : fields.table().get("segment")->as_array();
  if (segments == nullptr || segments->empty()) fields.fail(nullptr, "a scheme has at least one [[segment]]");
  std::size_t number = 0;
  for (const toml::node& node : *segments) {
    ++number;
    if (node.as_table() == nullptr) fields.fail(&node, "write segments as [[segment]]");
    const Fields of_segment(file.name, *node.as_table(), "segment " + std::to_string(number),
                            {"name", "title", "width", "from"});
    CodeSegment segment = read_segment(of_segment);
    check_segment(of_segment, scheme, segment, number == segments->size());
    scheme.segments.push_back(std::move(segment));
  }
}

/// What must hold of a scheme as a whole; its examples are checked by its own rules.
void check_whole(const Fields& fields, const CodeScheme& scheme) {
  if (scheme.length() > code_length_max) fields.fail(nullptr, "a code has at most 64 digits");
  if (scheme.has_serial() == (scheme.order == CodeOrder::as_numbered)) {
    fields.fail(fields.table().get("order"), "\"order\" is as_numbered exactly where no segment is a serial");
  }
  for (const std::string& example : scheme.examples) {
    const CodeReading reading = explain_code(scheme, example, {});
    if (!reading.is_right()) {
      fields.fail(fields.table().get("examples"),
                  "the example " + example + " is wrong: " + std::string(code_fault_name(reading.notes.front().fault)) +
                      ", " + reading.notes.front().detail);
    }
  }
}

CodeScheme read_scheme(const CodeSchemeFile& file, const toml::table& table, const CodeSchemes& known) {
  static constexpr std::array<std::pair<std::string_view, CheckRule>, 2> checks = {
      {{"none", CheckRule::none}, {"mod11_10", CheckRule::mod11_10}}};
  static constexpr std::array<std::pair<std::string_view, CodeOrder>, 3> orders = {
      {{"issued", CodeOrder::issued},
       {"west_to_east", CodeOrder::west_to_east},
       {"as_numbered", CodeOrder::as_numbered}}};
  static constexpr std::array<std::pair<std::string_view, bool>, 1> uniques = {{{"everywhere", true}}};
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kinds = {
      {{"building", "building"}, {"room", "room"}, {"grid", "grid"}, {"place", "place"}, {"facility", "facility"}}};
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> standings = {
      {{"own", "own"}, {"read", "read"}, {"seen", "seen"}, {"not verified", "not verified"}}};
  const Fields fields(file.name, table, "",
                      {"name", "title", "title_en", "kind", "parent", "check", "unique", "order", "source", "standing",
                       "examples", "segment"});
  CodeScheme scheme;
  scheme.name = fields.text("name");
  if (!is_name(scheme.name)) fields.fail(table.get("name"), "\"name\" must be small letters, digits and -");
  if (known.find(scheme.name) != nullptr)
    fields.fail(table.get("name"), "the scheme " + scheme.name + " is there already");
  scheme.title = fields.text("title");
  scheme.title_en = fields.text("title_en");
  scheme.object_kind = fields.choice("kind", kinds);
  scheme.parent = fields.text("parent", false);
  scheme.check = fields.choice("check", checks);
  scheme.order = fields.choice("order", orders);
  if (!fields.choice("unique", uniques)) return scheme;
  scheme.source = fields.text("source");
  scheme.standing = fields.choice("standing", standings);
  scheme.examples = fields.texts("examples");
  if (!scheme.parent.empty()) {
    const CodeScheme* parent = known.find(scheme.parent);
    if (parent == nullptr)
      fields.fail(table.get("parent"), "there is no scheme \"" + scheme.parent + "\" before this one");
    scheme.segments = parent->segments;
    scheme.inherited = parent->segments.size();
  }
  read_segments(file, fields, scheme);
  check_whole(fields, scheme);
  return scheme;
}

}  // namespace

CodeSchemes::CodeSchemes(const std::vector<CodeSchemeFile>& files) {
  std::vector<CodeSchemeFile> all;
  for (const std::string_view name : shipped) {
    const std::string path = "code_schemes/" + std::string(name) + ".toml";
    all.push_back({path, std::string(rules_file(path))});
  }
  all.insert(all.end(), files.begin(), files.end());
  if (all.size() > schemes_max) throw Error(ErrorCode::too_large, "There can be at most 200 code schemes.");
  for (const CodeSchemeFile& file : all) {
    if (file.text.size() > file_bytes_max) throw Error(ErrorCode::too_large, file.name + " is longer than 64 KiB.");
    toml::table table;
    try {
      table = toml::parse(file.text);
    } catch (const toml::parse_error& error) {
      throw Error(ErrorCode::bad_request, file.name + ", line " + std::to_string(error.source().begin.line) + ": " +
                                              std::string(error.description()) + ".");
    }
    CodeScheme scheme = read_scheme(file, table, *this);
    scheme.is_shipped = m_schemes.size() < shipped.size();
    m_schemes.push_back(std::move(scheme));
  }
}

const CodeScheme* CodeSchemes::find(std::string_view name) const {
  const auto found =
      std::find_if(m_schemes.begin(), m_schemes.end(), [&](const CodeScheme& one) { return one.name == name; });
  return found == m_schemes.end() ? nullptr : &*found;
}

const CodeScheme& CodeSchemes::get(std::string_view name) const {
  if (const CodeScheme* found = find(name)) return *found;
  std::string list;
  for (const CodeScheme& one : m_schemes) list += (list.empty() ? "" : ", ") + one.name;
  throw Error(ErrorCode::not_found, "There is no code scheme of this name. There are: " + list + ".");
}

std::size_t CodeSchemes::parent_length(const CodeScheme& scheme) const {
  const CodeScheme* parent = find(scheme.parent);
  return parent == nullptr ? 0 : parent->length();
}

std::string CodeSchemes::scope(const CodeScheme& scheme, const CodeParts& parts) const {
  return code_scope(scheme, parts, parent_length(scheme));
}

}  // namespace menpai::spine

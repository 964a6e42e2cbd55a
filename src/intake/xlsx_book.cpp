// SPDX-License-Identifier: Apache-2.0
// Workbook, relationships, shared strings, styles and merged cells (ECMA-376 part 1, 18.2, 18.4, 18.8, 18.3.1.55).
#include "intake/xlsx_book.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "intake/xml.hpp"

namespace menpai::intake {
namespace {

constexpr std::size_t merged_ranges_max = 1000000;
constexpr std::size_t styles_max = 1000000;

int whole_number(std::string_view text, int otherwise) {
  int value = otherwise;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failed == std::errc{} ? value : otherwise;
}

bool is_true(std::string_view text) {
  return text == "1" || text == "true" || text == "on";
}

struct Relationship {
  std::string type;  ///< last part of its URI: "worksheet", "sharedStrings"
  std::string target;
};

/// Targets are relative to the folder of the file that has them, or begin with / at the package's root.
std::string entry_of(const std::string& folder, std::string_view target) {
  if (!target.empty() && target[0] == '/') return std::string(target.substr(1));
  std::string path = folder;
  while (target.substr(0, 3) == "../") {
    target.remove_prefix(3);
    path.resize(path.size() < 2 ? 0 : path.rfind('/', path.size() - 2) + 1);
  }
  if (target.substr(0, 2) == "./") target.remove_prefix(2);
  return path + std::string(target);
}

class RelationshipReader final : public XmlHandler {
 public:
  std::map<std::string, Relationship, std::less<>> by_id;
  void start(std::string_view name, const char* const* attributes) override {
    if (name != "Relationship") return;
    const std::string_view type = attribute(attributes, "Type");
    by_id[std::string(attribute(attributes, "Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                       std::string(attribute(attributes, "Target"))};
  }
  void end(std::string_view) override {}
};

std::map<std::string, Relationship, std::less<>> read_relationships(Package& package, const std::string& entry,
                                                                    const TableInput& input) {
  RelationshipReader reader;
  if (const auto file = package.open(entry)) parse_xml(*file, reader, input);
  return reader.by_id;
}

class WorkbookReader final : public XmlHandler {
 public:
  struct Sheet {
    std::string name;
    std::string relationship;
    bool hidden;
  };
  std::vector<Sheet> sheets;
  bool dates_from_1904 = false;
  void start(std::string_view name, const char* const* attributes) override {
    if (name == "workbookPr") dates_from_1904 = is_true(attribute(attributes, "date1904"));
    if (name != "sheet") return;
    const std::string_view state = attribute(attributes, "state");
    sheets.push_back({std::string(attribute(attributes, "name")), std::string(attribute(attributes, "id")),
                      state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view) override {}
};

std::string workbook_entry(Package& package, const TableInput& input) {
  for (const auto& [id, relationship] : read_relationships(package, "_rels/.rels", input))
    if (relationship.type == "officeDocument" && package.has(entry_of("", relationship.target)))
      return entry_of("", relationship.target);
  return "xl/workbook.xml";
}

void refuse_foreign_packages(Package& package, const std::string& workbook, const TableInput& input) {
  if (package.has("word/document.xml")) throw_no_table(input, "it is a text document; copy its table into a workbook");
  if (package.has("ppt/presentation.xml")) throw_no_table(input, "it is a presentation");
  if (package.has("xl/workbook.bin")) throw_no_table(input, "it is an .xlsb workbook; save it as .xlsx");
  if (package.has("mimetype") && package.has("content.xml"))
    throw_no_table(input, "it is an OpenDocument file; save it as .xlsx");
  if (!package.has(workbook)) throw_no_table(input, "it is a zip archive without a workbook in it; unpack it first");
}

class SharedStringReader final : public XmlHandler {
 public:
  SharedStringReader(std::string& text, std::vector<std::uint64_t>& ends, const TableInput& input)
      : m_text(text), m_ends(ends), m_input(input) {}
  void start(std::string_view name, const char* const*) override {
    if (name == "si") m_item.clear();
    if (name == "rPh") ++m_phonetic;
    m_in_text = name == "t" && m_phonetic == 0;
  }
  void end(std::string_view name) override {
    if (name == "t") m_in_text = false;
    if (name == "rPh") --m_phonetic;
    if (name != "si") return;
    undo_escapes(m_item);
    m_text += m_item;
    m_ends.push_back(m_text.size());
    if (m_text.size() + m_ends.size() * sizeof(std::uint64_t) > m_input.options.limits.shared_string_bytes) refuse();
  }
  void text(std::string_view text) override {
    if (!m_in_text) return;
    m_item += text;
    if (m_item.size() > m_input.options.limits.cell_bytes)
      throw Error(ErrorCode::too_large, m_input.name + " has a cell larger than " +
                                            std::to_string(m_input.options.limits.cell_bytes >> 20) +
                                            " MB. Mend it or take it out.");
  }

 private:
  [[noreturn]] void refuse() const {
    throw Error(ErrorCode::too_large, m_input.name + " has more than " +
                                          std::to_string(m_input.options.limits.shared_string_bytes >> 20) +
                                          " MB of texts, too many to keep in memory. Save it as CSV.");
  }
  std::string& m_text;
  std::vector<std::uint64_t>& m_ends;
  const TableInput& m_input;
  std::string m_item;
  bool m_in_text = false;
  int m_phonetic = 0;
};

class StyleReader final : public XmlHandler {
 public:
  std::vector<NumberFormat> styles;
  void start(std::string_view name, const char* const* attributes) override {
    if (name == "numFmt")
      m_custom[whole_number(attribute(attributes, "numFmtId"), -1)] =
          parse_number_format(attribute(attributes, "formatCode"));
    if (name == "cellXfs") m_in_cell_styles = true;
    if (name != "xf" || !m_in_cell_styles || styles.size() >= styles_max) return;
    const int id = whole_number(attribute(attributes, "numFmtId"), 0);
    const auto custom = m_custom.find(id);
    styles.push_back(custom != m_custom.end() ? custom->second : builtin_number_format(id));
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") m_in_cell_styles = false;
  }

 private:
  std::map<int, NumberFormat> m_custom;
  bool m_in_cell_styles = false;
};

class MergedRangeReader final : public XmlHandler {
 public:
  std::vector<MergedRange> ranges;
  void start(std::string_view name, const char* const* attributes) override {
    if (name != "mergeCell" || ranges.size() >= merged_ranges_max) return;
    const std::string_view range = attribute(attributes, "ref");
    const std::size_t colon = range.find(':');
    if (colon == std::string_view::npos) return;
    const auto first = parse_cell_place(range.substr(0, colon));
    const auto last = parse_cell_place(range.substr(colon + 1));
    if (first && last) ranges.push_back({*first, *last});
  }
  void end(std::string_view) override {}
};

/// Whether the bytes of a sheet name a merged cell at all; most do not, and inflating is much faster than parsing.
bool mentions_merged_cells(PackageEntry& entry) {
  constexpr std::string_view word = "mergeCell";
  std::string block(std::size_t{256} << 10, 0);
  std::size_t kept = 0;
  while (const std::size_t got = entry.read(block.data() + kept, block.size() - kept)) {
    const std::string_view here(block.data(), kept + got);
    if (here.find(word) != std::string_view::npos) return true;
    kept = std::min(here.size(), word.size() - 1);
    block.replace(0, kept, std::string(here.substr(here.size() - kept)));
  }
  return false;
}

}  // namespace

Workbook read_workbook(Package& package, const TableInput& input) {
  const std::string entry = workbook_entry(package, input);
  refuse_foreign_packages(package, entry, input);
  WorkbookReader reader;
  parse_xml(*package.open(entry), reader, input);

  const std::size_t slash = entry.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : entry.substr(0, slash + 1);
  const std::string file = entry.substr(folder.size());
  const auto relationships = read_relationships(package, folder + "_rels/" + file + ".rels", input);
  Workbook book;
  book.dates_from_1904 = reader.dates_from_1904;
  for (const auto& [id, relationship] : relationships) {
    if (relationship.type == "sharedStrings") book.shared_strings_entry = entry_of(folder, relationship.target);
    if (relationship.type == "styles") book.styles_entry = entry_of(folder, relationship.target);
  }
  for (const auto& sheet : reader.sheets) {
    const auto found = relationships.find(sheet.relationship);
    if (found == relationships.end() || found->second.type != "worksheet") continue;
    book.sheets.push_back({sheet.name, entry_of(folder, found->second.target), sheet.hidden});
  }
  return book;
}

void SharedStrings::read(PackageEntry& entry, const TableInput& input) {
  SharedStringReader reader(m_text, m_ends, input);
  parse_xml(entry, reader, input);
}

std::vector<NumberFormat> read_cell_styles(PackageEntry& entry, const TableInput& input) {
  StyleReader reader;
  parse_xml(entry, reader, input);
  return std::move(reader.styles);
}

std::vector<MergedRange> read_merged_ranges(Package& package, const std::string& entry, const TableInput& input) {
  if (const auto first_look = package.open(entry); !first_look || !mentions_merged_cells(*first_look)) return {};
  MergedRangeReader reader;
  parse_xml(*package.open(entry), reader, input);
  std::sort(reader.ranges.begin(), reader.ranges.end(),
            [](const MergedRange& a, const MergedRange& b) { return a.first.row < b.first.row; });
  return std::move(reader.ranges);
}

}  // namespace menpai::intake

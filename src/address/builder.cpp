// SPDX-License-Identifier: Apache-2.0
// LibraryBuilder: reads addresses, places them in the tree or among the flat rows, and writes all sections.
#include <algorithm>
#include <chrono>
#include <ctime>

#include "address/engine.hpp"
#include "address/gram_index.hpp"
#include "address/library.hpp"
#include "address/suggest_index.hpp"
#include "address/place_evidence.hpp"
#include "address/tree_path.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

/// A list of up to this many rows may be kept flat as a whole; a longer one is taken for a register.
constexpr std::size_t messy_rows_max = 300'000;

/// Many short texts without an allocation each.
class TextPile {
 public:
  void add(std::string_view text) {
    m_text += text;
    m_ends.push_back(m_text.size());
  }
  std::string_view get(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : m_ends[i - 1];
    return std::string_view(m_text).substr(begin, m_ends[i] - begin);
  }
  std::size_t size() const { return m_ends.size(); }
  bool blank() const { return m_text.empty(); }  ///< nothing but empty texts
  bool operator==(const TextPile&) const = default;

 private:
  std::string m_text;
  std::vector<std::size_t> m_ends;
};

/// Nothing is written where no row has a value.
void write_column(LibraryFileWriter& file, std::string_view name, const TextPile& pile,
                  std::span<const std::uint32_t> order) {
  if (pile.blank()) return;
  std::vector<std::string_view> values;
  values.reserve(order.size());
  for (const std::uint32_t i : order) values.push_back(pile.get(i));
  file.add(name, pack_text_column(values), SectionTrust::checked_in_use);
}

std::string one_line(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return out;
}

std::string now_utc() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::string out(20, '\0');
  out.resize(std::strftime(out.data(), out.size() + 1, "%Y-%m-%dT%H:%M:%SZ", &parts));
  return out;
}

}  // namespace

struct LibraryBuilder::State {
  State(const DivisionSet& set, std::string title_)
      : title(std::move(title_)), index_bytes(build_division_index(set)), index(index_bytes), reader(index) {}

  std::string title;
  std::vector<std::byte> index_bytes;
  DivisionIndex index;
  Reader reader;
  Reading reading;
  AddressPath path;
  FlatText flat_text;
  std::vector<StepKey> steps;

  NameTableBuilder names;
  TreeBuilder tree;
  FlatRowsBuilder flat;        ///< what does not fit the tree
  FlatRowsBuilder everything;  ///< all rows, as long as the list may turn out to be a messy one
  PlaceEvidenceBuilder evidence;
  std::size_t fitting = 0;
  TextPile ids, codes;
  std::vector<std::optional<PackedPoint>> points;
  TextPile texts;                      ///< of `text_of`, as they came
  std::vector<std::uint32_t> text_of;  ///< by source row: index into texts, or no_row

  /// Reads a text and places it; `alias` if the row stands elsewhere already.
  Added place(std::string_view text, DivisionNode division, std::uint32_t source_row, bool alias);
  /// True for a list of free texts: it is kept flat as a whole, so that all its rows are sought and weighed alike.
  bool is_messy() const { return ids.size() <= messy_rows_max && fitting * 20 < ids.size() * 19; }
  bool ids_are_codes() const { return !ids.blank() && ids == codes; }
  void write_grams(LibraryFileWriter& file, const TreeBuilder::Written& written, const FlatRowsBuilder& rows) const;
  void append_division_names(DivisionNode division, std::u32string& out) const;
};

LibraryBuilder::Added LibraryBuilder::State::place(std::string_view text, DivisionNode division,
                                                   std::uint32_t source_row, bool alias) {
  reader.read(text, division, reading);
  make_path(reading, path);
  DivisionNode settled = reading.division.open.empty() ? reading.division.node : no_division;
  const DivisionNode told = area_of(index, settled) != no_division ? settled : division;
  if (division != no_division && (settled == no_division || !index.contains(division, settled))) settled = division;
  const bool fits = fits_tree(reading, path, settled);
  const bool may_be_messy = source_row < messy_rows_max;
  if (!fits || may_be_messy) {
    make_flat_text(reading, path, flat_text);
    flat_text.division = settled;
    evidence.add(told, reading);
  }
  if (fits) {
    make_steps(
        reading, path, [&](std::u32string_view name) { return names.add(name); }, steps);
    const std::uint32_t node = tree.add(settled, steps);
    alias ? tree.add_alias(node, source_row) : tree.add_row(node, source_row);
  } else {
    flat.add(source_row, flat_text);
  }
  if (may_be_messy) everything.add(source_row, flat_text);
  if (source_row == messy_rows_max) everything = {};
  if (!alias) {
    fitting += fits ? 1 : 0;
    if (!fits || may_be_messy) {
      text_of.back() = static_cast<std::uint32_t>(texts.size());
      texts.add(text);
    }
  }
  if (settled != no_division) return Added::placed;
  return path.items.empty() ? Added::unreadable : Added::placed_without_division;
}

LibraryBuilder::LibraryBuilder(const DivisionSet& divisions, std::string title)
    : m_state(std::make_unique<State>(divisions, std::move(title))) {}
LibraryBuilder::~LibraryBuilder() = default;

LibraryBuilder::Added LibraryBuilder::add(const SourceAddress& address) {
  State& s = *m_state;
  const auto source_row = static_cast<std::uint32_t>(s.ids.size());
  s.ids.add(address.id);
  s.codes.add(address.code);
  s.points.push_back(address.point ? PackedPoint::pack(*address.point) : std::nullopt);
  s.text_of.push_back(no_row);
  const DivisionNode division =
      address.division_code.empty() ? no_division : s.index.find_code(address.division_code).value_or(no_division);
  const Added added = s.place(address.address, division, source_row, false);
  for (const std::string& alias : address.aliases) {
    if (alias.empty()) continue;
    s.place(alias, division, source_row, true);
  }
  return added;
}

void LibraryBuilder::State::append_division_names(DivisionNode division, std::u32string& out) const {
  for (DivisionNode node = division; node != no_division; node = index.parent(node)) {
    out += fold_text(index.name(node));
    out += U' ';
  }
}

void LibraryBuilder::State::write_grams(LibraryFileWriter& file, const TreeBuilder::Written& written,
                                        const FlatRowsBuilder& rows) const {
  GramIndexBuilder builder;
  std::vector<Gram> grams;
  std::vector<TreeNode> nodes;
  std::u32string text;
  for (const TreeBuilder::Written::Named& named : written.named) {
    grams.clear();
    text.clear();
    append_division_names(named.division, text);
    for (const StepKey step : named.steps) {
      if (is_name_step(step)) {
        text += names.key(step_name(step));
        text += U' ';
      } else {
        grams.push_back(number_gram(identity(step)));
      }
    }
    append_grams(text, grams);
    unique_grams(grams);
    builder.add(grams);
    nodes.push_back(named.node);
  }
  for (const FlatText& flat_row : rows.texts()) {
    grams.clear();
    append_grams(flat_row.chars, grams);
    for (const FlatItem& item : flat_row.items) {
      if (item.numeric != 0) grams.push_back(number_gram(identity(item.key)));
    }
    unique_grams(grams);
    builder.add(grams);
  }
  builder.write(file);
  file.add_array("gram.nodes", std::span<const TreeNode>(nodes));
}

void LibraryBuilder::write(const std::filesystem::path& file) const {
  const State& s = *m_state;
  LibraryFileWriter out;
  out.add("divisions", s.index_bytes);
  if (s.ids.size() > 0) {
    const bool messy = s.is_messy();
    const FlatRowsBuilder& flat = messy ? s.everything : s.flat;
    TreeBuilder::Written written = messy ? TreeBuilder().write(out, {}) : s.tree.write(out, s.points);
    std::vector<RowId> row_of_source(s.ids.size(), no_row);
    for (RowId row = 0; row < written.source_rows.size(); ++row) row_of_source[written.source_rows[row]] = row;
    std::vector<std::string_view> texts;
    for (std::uint32_t source = 0; source < s.ids.size(); ++source) {
      if (row_of_source[source] != no_row) continue;
      row_of_source[source] = static_cast<RowId>(written.source_rows.size());
      written.source_rows.push_back(source);
      written.points.push_back(s.points[source]);
      texts.push_back(s.texts.get(s.text_of[source]));
    }
    s.names.write(out);
    write_suggest_index(s.names, s.index, written, out);
    s.evidence.write(s.index, out);
    flat.write(out, row_of_source);
    s.write_grams(out, written, flat);
    out.add("row.texts", pack_text_column(texts), SectionTrust::checked_in_use);
    if (!s.ids_are_codes()) write_column(out, "row.ids", s.ids, written.source_rows);
    write_column(out, "row.codes", s.codes, written.source_rows);
    write_point_column(out, written.points);
  } else {
    write_suggest_index(s.names, s.index, {}, out);
  }
  out.add_text("meta", "title=" + one_line(s.title) + "\ndivision_edition=" + one_line(s.index.edition()) +
                           "\nbuilt_at=" + now_utc() + "\ndivisions=" + std::to_string(s.index.size()) +
                           (s.ids_are_codes() ? "\nids=codes" : "") + "\naddresses=" + std::to_string(s.ids.size()) +
                           "\n");
  out.write(file);
}

}  // namespace menpai::address

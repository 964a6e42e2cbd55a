// SPDX-License-Identifier: Apache-2.0
// LibraryBuilder: reads addresses, places them in the tree or among the flat rows, and writes all sections.
#include <algorithm>
#include <chrono>
#include <ctime>

#include "address/engine.hpp"
#include "address/library/gram_index.hpp"
#include "address/library/library.hpp"
#include "address/library/place_evidence.hpp"
#include "address/library/row_intake.hpp"
#include "address/suggest/suggest_index.hpp"
#include "base/error.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

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
  file.add(name, pack_text_column(values), SectionTrust::in_parts);
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
  std::string position;
  std::vector<std::byte> index_bytes;
  DivisionIndex index;
  RowReader reader;
  RowBatch batch;
  std::vector<NameId> name_of;         ///< by the batch's names
  std::vector<std::uint32_t> node_of;  ///< by the batch's prefixes
  std::vector<StepKey> steps;

  NameTableBuilder names;
  TreeBuilder tree;
  FlatRowsBuilder flat;  ///< what does not fit the tree
  PlaceEvidenceBuilder evidence;
  std::size_t fitting = 0;
  TextPile ids, codes;
  std::vector<std::optional<PackedPoint>> points;
  TextPile texts;                       ///< of `text_of`, as they came
  std::vector<std::uint32_t> text_of;   ///< by source row: index into texts, or no_row
  std::vector<DivisionNode> divisions;  ///< given with the rows that may turn out to be a messy list
  TextPile aliases;                     ///< of those rows
  std::vector<std::uint32_t> alias_rows;

  void put(std::span<const SourceAddress> rows, const RowBatch& batch);
  void put_row(const SourceAddress& row);
  void put_text(const RowBatch& from, const RowBatch::Text& text, const SourceAddress& row, std::uint32_t source_row);
  std::uint32_t node(const RowBatch& from, std::uint32_t prefix);
  StepKey own_step(StepKey step) const {
    return is_name_step(step) ? name_step(step_level(step), name_of[step_name(step)]) : step;
  }
  /// True for a list of free texts: it is kept flat as a whole, so that all its rows are sought and weighed alike.
  bool is_messy() const { return ids.size() <= messy_rows_max && fitting * 20 < ids.size() * 19; }
  FlatRowsBuilder all_flat() const;
  bool ids_are_codes() const { return !ids.blank() && ids == codes; }
  void assemble(LibraryFileWriter& out) const;
  void write_grams(LibraryFileWriter& file, const TreeBuilder::Written& written, const FlatRowsBuilder& rows) const;
  void append_division_names(DivisionNode division, std::u32string& out) const;
};

LibraryBuilder::LibraryBuilder(const DivisionSet& divisions, std::string title)
    : m_state(std::make_unique<State>(divisions, std::move(title))) {}
LibraryBuilder::~LibraryBuilder() = default;

void LibraryBuilder::set_position(std::string position) {
  m_state->position = std::move(position);
}

LibraryBuilder::Added LibraryBuilder::add(const SourceAddress& address) {
  State& s = *m_state;
  s.reader.read({&address, 1}, static_cast<std::uint32_t>(s.ids.size()), s.batch, false);
  s.put({&address, 1}, s.batch);
  return s.batch.texts.front().added;
}

LibraryBuilder::Sum LibraryBuilder::add_all(const std::function<bool(std::vector<SourceAddress>& rows)>& next,
                                            unsigned threads) {
  Sum sum;
  const auto put = [&](std::span<const SourceAddress> rows, const RowBatch& batch) {
    m_state->put(rows, batch);
    for (const RowBatch::Text& text : batch.texts) {
      if (text.alias) continue;
      if (text.added == Added::placed) ++sum.placed;
      if (text.added == Added::placed_without_division) ++sum.without_division;
      if (text.added == Added::unreadable) ++sum.unreadable;
    }
  };
  read_in_order(m_state->index, next, put, threads);
  return sum;
}

/// Takes over what a batch says of its rows. Only the last text of a row that is no alias is its own.
void LibraryBuilder::State::put(std::span<const SourceAddress> rows, const RowBatch& from) {
  const auto first = static_cast<std::uint32_t>(ids.size());
  name_of.clear();
  for (const std::u32string& name : from.names) name_of.push_back(names.add(name));
  node_of.assign(from.prefixes.size(), no_node);
  evidence.merge(from.evidence);
  for (const SourceAddress& row : rows) put_row(row);
  for (const RowBatch::Text& text : from.texts) put_text(from, text, rows[text.row], first + text.row);
}

void LibraryBuilder::State::put_row(const SourceAddress& row) {
  if (ids.size() < messy_rows_max) {
    divisions.push_back(row.division_code.empty() ? no_division
                                                  : index.find_code(row.division_code).value_or(no_division));
    for (const std::string& alias : row.aliases) {
      if (alias.empty()) continue;
      aliases.add(alias);
      alias_rows.push_back(static_cast<std::uint32_t>(ids.size()));
    }
  }
  ids.add(row.id);
  codes.add(row.code);
  points.push_back(row.point ? PackedPoint::pack(*row.point) : std::nullopt);
  text_of.push_back(no_row);
}

void LibraryBuilder::State::put_text(const RowBatch& from, const RowBatch::Text& text, const SourceAddress& row,
                                     std::uint32_t source_row) {
  const bool fits = text.prefix != no_row;
  if (fits) {
    std::uint32_t at = node(from, text.prefix);
    if (text.last != 0) at = tree.add_below(at, own_step(text.last));
    text.alias ? tree.add_alias(at, source_row) : tree.add_row(at, source_row);
  } else {
    flat.add(source_row, from.flat[text.flat]);
  }
  if (text.alias) return;
  fitting += fits ? 1 : 0;
  if (fits && source_row >= messy_rows_max) return;
  text_of[source_row] = static_cast<std::uint32_t>(texts.size());
  texts.add(row.address);
}

/// The tree's node of a batch's prefix.
std::uint32_t LibraryBuilder::State::node(const RowBatch& from, std::uint32_t prefix) {
  if (node_of[prefix] != no_node) return node_of[prefix];
  const RowBatch::Prefix& p = from.prefixes[prefix];
  steps.clear();
  for (std::uint32_t i = 0; i < p.count; ++i) steps.push_back(own_step(from.steps[p.first + i]));
  return node_of[prefix] = tree.add(p.division, steps);
}

/// All rows and their aliases as flat texts.
FlatRowsBuilder LibraryBuilder::State::all_flat() const {
  FlatRowsBuilder out;
  RowReader again(index);
  FlatText text;
  std::size_t alias = 0;
  for (std::uint32_t row = 0; row < ids.size(); ++row) {
    again.read_flat(texts.get(text_of[row]), divisions[row], text);
    out.add(row, text);
    for (; alias < alias_rows.size() && alias_rows[alias] == row; ++alias) {
      again.read_flat(aliases.get(alias), divisions[row], text);
      out.add(row, text);
    }
  }
  return out;
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

void LibraryBuilder::State::assemble(LibraryFileWriter& out) const {
  const State& s = *this;
  out.add("divisions", s.index_bytes, SectionTrust::in_parts);
  if (s.ids.size() > 0) {
    const bool messy = s.is_messy();
    const FlatRowsBuilder everything = messy ? s.all_flat() : FlatRowsBuilder();
    const FlatRowsBuilder& flat_rows = messy ? everything : s.flat;
    TreeBuilder::Written written = messy ? TreeBuilder().write(out, {}) : s.tree.write(out, s.points);
    std::vector<RowId> row_of_source(s.ids.size(), no_row);
    for (RowId row = 0; row < written.source_rows.size(); ++row) row_of_source[written.source_rows[row]] = row;
    std::vector<std::string_view> own_texts;
    for (std::uint32_t source = 0; source < s.ids.size(); ++source) {
      if (row_of_source[source] != no_row) continue;
      row_of_source[source] = static_cast<RowId>(written.source_rows.size());
      written.source_rows.push_back(source);
      written.points.push_back(s.points[source]);
      if (s.points[source]) written.anchors.emplace_back(row_of_source[source], *s.points[source]);
      own_texts.push_back(s.texts.get(s.text_of[source]));
    }
    s.names.write(out);
    write_suggest_index(s.names, s.index, written, out);
    s.evidence.write(s.index, out);
    flat_rows.write(out, row_of_source);
    s.write_grams(out, written, flat_rows);
    out.add("row.texts", pack_text_column(own_texts), SectionTrust::in_parts);
    if (!s.ids_are_codes()) write_column(out, "row.ids", s.ids, written.source_rows);
    write_column(out, "row.codes", s.codes, written.source_rows);
    write_point_column(out, written.points);
    write_reverse(std::move(written.anchors), out);
  } else {
    write_suggest_index(s.names, s.index, {}, out);
  }
  out.add_text("meta", "title=" + one_line(s.title) + "\ndivision_edition=" + one_line(s.index.edition()) +
                           "\nbuilt_at=" + now_utc() + "\ndivisions=" + std::to_string(s.index.size()) +
                           (s.ids_are_codes() ? "\nids=codes" : "") +
                           (s.position.empty() ? "" : "\nposition=" + one_line(s.position)) +
                           "\naddresses=" + std::to_string(s.ids.size()) + "\n");
}

void LibraryBuilder::write(const std::filesystem::path& file) const {
  LibraryFileWriter out;
  m_state->assemble(out);
  out.write(file);
}

}  // namespace menpai::address

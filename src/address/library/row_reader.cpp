// SPDX-License-Identifier: Apache-2.0
#include "address/library/row_reader.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "address/library/tree_path.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t known_slots = 1024;
constexpr std::size_t digits_max = 4;

/// What may stand behind a number that is read alone.
constexpr std::array<std::string_view, 9> plain_endings = {"室", "号", "栋", "幢", "单元", "房", "户", "号楼", "座"};
/// Before which a number may belong to what it follows: 第12号, 附1号, 二1号.
constexpr std::string_view joining = "第附之至到和及一二三四五六七八九十百千〇零两廿上下副";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view beginning(std::string_view text, std::size_t end) {
  return text.substr(0, end);
}

}  // namespace

void RowBatch::clear() {
  texts.clear();
  prefixes.clear();
  steps.clear();
  names.clear();
  flat.clear();
  evidence = {};
}

RowReader::RowReader(const DivisionIndex& index) : m_index(&index), m_reader(index), m_known(known_slots) {}

void RowReader::read(std::span<const SourceAddress> rows, std::uint32_t first, RowBatch& batch, bool remember) {
  batch.clear();
  m_names.clear();
  for (Known& entry : m_known) entry.text.clear();
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const SourceAddress& row = rows[i];
    const DivisionNode division =
        row.division_code.empty() ? no_division : m_index->find_code(row.division_code).value_or(no_division);
    const bool early = first + i < messy_rows_max;
    m_text = {.row = i};
    read_text(row.address, division, early, remember, batch);
    for (const std::string& alias : row.aliases) {
      if (alias.empty()) continue;
      m_text = {.row = i, .alias = true};
      read_text(alias, division, early, false, batch);
    }
  }
}

/// The division that the text and its source agree on.
DivisionNode RowReader::settle(DivisionNode division) {
  DivisionNode settled = m_reading.division.open.empty() ? m_reading.division.node : no_division;
  if (division != no_division && (settled == no_division || !m_index->contains(division, settled))) settled = division;
  return settled;
}

void RowReader::read_flat(std::string_view text, DivisionNode division, FlatText& out) {
  m_reader.read(text, division, m_reading);
  make_path(m_reading, m_path);
  make_flat_text(m_reading, m_path, out);
  out.division = settle(division);
}

void RowReader::read_text(std::string_view text, DivisionNode division, bool early, bool remember, RowBatch& batch) {
  const Tail tail = remember && !early ? find_tail(text) : Tail{};
  if (tail.digits > 0) {
    const Known& entry = known(text, tail, division);
    if (same(entry, text, tail, division)) {
      m_text.prefix = entry.prefix;
      m_text.last = with_value(entry.step, tail.value);
      batch.texts.push_back(m_text);
      return;
    }
  }
  m_reader.read(text, division, m_reading);
  make_path(m_reading, m_path);
  const DivisionNode settled = settle(division);
  const bool fits = fits_tree(m_reading, m_path, settled);
  if (!fits || early) {
    const DivisionNode own = m_reading.division.open.empty() ? m_reading.division.node : no_division;
    batch.evidence.add(area_of(*m_index, own) != no_division ? own : division, m_reading);
  }
  if (fits) {
    place(tail, text, division, settled, batch);
  } else {
    m_text.flat = static_cast<std::uint32_t>(batch.flat.size());
    make_flat_text(m_reading, m_path, batch.flat.emplace_back());
    batch.flat.back().division = settled;
  }
  if (settled == no_division) {
    m_text.added =
        m_path.items.empty() ? LibraryBuilder::Added::unreadable : LibraryBuilder::Added::placed_without_division;
  }
  batch.texts.push_back(m_text);
}

/// Puts the path that was read into the batch, and remembers it where the last number alone may change.
void RowReader::place(const Tail& tail, std::string_view text, DivisionNode division, DivisionNode settled,
                      RowBatch& batch) {
  make_steps(
      m_reading, m_path, [&](std::u32string_view name) { return name_id(name, batch); }, m_steps);
  const std::size_t above = m_steps.empty() ? 0 : m_steps.size() - 1;
  if (!m_steps.empty()) m_text.last = m_steps.back();
  const auto is_last = [&](const RowBatch::Prefix& p) {
    return p.division == settled && p.count == above &&
           std::equal(m_steps.begin(), m_steps.begin() + static_cast<std::ptrdiff_t>(above),
                      batch.steps.begin() + p.first);
  };
  if (batch.prefixes.empty() || !is_last(batch.prefixes.back())) {
    batch.prefixes.push_back(
        {settled, static_cast<std::uint32_t>(batch.steps.size()), static_cast<std::uint32_t>(above)});
    batch.steps.insert(batch.steps.end(), m_steps.begin(), m_steps.begin() + static_cast<std::ptrdiff_t>(above));
  }
  m_text.prefix = static_cast<std::uint32_t>(batch.prefixes.size() - 1);
  if (tail.digits == 0 || !is_number_alone(tail)) return;
  Known& entry = known(text, tail, division);
  entry.text.assign(text.substr(0, tail.digits_at));
  entry.text += text.substr(tail.digits_at + tail.digits);
  entry.text += static_cast<char>(tail.digits);
  entry.division = division;
  entry.prefix = m_text.prefix;
  entry.step = m_text.last;
}

NameId RowReader::name_id(std::u32string_view name, RowBatch& batch) {
  m_name.assign(name);
  const auto [at, is_new] = m_names.try_emplace(m_name, static_cast<NameId>(batch.names.size()));
  if (is_new) batch.names.push_back(m_name);
  return at->second;
}

RowReader::Tail RowReader::find_tail(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && !is_digit(text[end - 1]) && text.size() - end <= 6) --end;
  std::size_t start = end;
  while (start > 0 && is_digit(text[start - 1]) && end - start <= digits_max) --start;
  if (start == end || end - start > digits_max || text[start] == '0' || start < 3) return {};
  const std::string_view ending = text.substr(end);
  if (std::find(plain_endings.begin(), plain_endings.end(), ending) == plain_endings.end()) return {};
  if (static_cast<unsigned char>(text[start - 1]) < 0x80) return {};
  if (joining.find(text.substr(start - 3, 3)) != std::string_view::npos) return {};
  Tail tail{.digits_at = start, .digits = end - start};
  for (std::size_t i = start; i < end; ++i) tail.value = tail.value * 10 + (text[i] - '0');
  tail.code_points = static_cast<std::uint32_t>(tail.digits + ending.size() / 3);
  return tail;
}

RowReader::Known& RowReader::known(std::string_view text, const Tail& tail, DivisionNode division) {
  const std::size_t hash = std::hash<std::string_view>()(beginning(text, tail.digits_at)) + tail.digits * 31 +
                           std::hash<std::string_view>()(text.substr(tail.digits_at + tail.digits)) + division;
  return m_known[hash % known_slots];
}

bool RowReader::same(const Known& entry, std::string_view text, const Tail& tail, DivisionNode division) const {
  const std::string_view before = text.substr(0, tail.digits_at);
  const std::string_view behind = text.substr(tail.digits_at + tail.digits);
  return entry.division == division && entry.text.size() == before.size() + behind.size() + 1 &&
         entry.text.back() == static_cast<char>(tail.digits) && entry.text.starts_with(before) &&
         std::string_view(entry.text).substr(before.size(), behind.size()) == behind;
}

/// True if the last step of the path just read is the number of `tail` and nothing else of the path can depend on it.
bool RowReader::is_number_alone(const Tail& tail) const {
  if (m_path.items.empty() || m_reading.normal.truncated || !m_reading.normal.removed.empty()) return false;
  const PathItem& last = m_path.items.back();
  if (!last.numeric || last.several || last.implied || last.last_element != last.element) return false;
  const TypedElement& element = m_reading.elements[last.element];
  if (element.end != m_reading.normal.length || element.end - element.start != tail.code_points) return false;
  if (number_value(last.key) != tail.value || number_sub(last.key) != 0 || number_letters(last.key) != 0) return false;
  // A floor and a room tell each other's numbers.
  return std::none_of(m_path.items.begin(), m_path.items.end(),
                      [](const PathItem& item) { return item.level == Level::floor; });
}

}  // namespace menpai::address

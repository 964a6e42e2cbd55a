// SPDX-License-Identifier: Apache-2.0
// Head, tail, way down, outcome.
#include "address/quick/quick_way.hpp"

#include <algorithm>

#include "address/match/compose.hpp"

namespace menpai::address {
namespace {

constexpr double sure_score = 0.80;  ///< from it on the thorough way asks nothing beside the tree
constexpr std::uint8_t nowhere = 0xFF;

}  // namespace

QuickWay::QuickWay(const Library::Data& library) : m_library(&library), m_heads(library.divisions), m_walks(library) {}

void QuickWay::forget() {
  m_heads.clear();
  m_tails.clear();
  m_known_fits.clear();
}

/// How much of what a text is like was seen before.
QuickWay::Known QuickWay::look(std::string_view text, DivisionNode region) {
  m_template = nullptr;
  const Tree& tree = m_library->tree;
  if (tree.size() == 0 || m_library->flat.size() > tree.rows() || !m_text.read(text)) return Known::nothing;
  ++m_counts.plain;
  if (m_heads.is_full()) forget();
  m_head = m_heads.find(m_text, region);
  if (m_head == no_head) return Known::nothing;
  const Head& head = m_heads.get(m_head);
  if (!head.is_quick || !m_tail.reduce(m_text, head.end)) return Known::nothing;
  m_template = m_tails.find(head.state, m_tail);
  return m_template == nullptr ? Known::tail : Known::all;
}

/// Goes down the tree as the template says. False if that leads to no one place.
bool QuickWay::walk() {
  const Template& like = *m_template;
  const Head& head = m_heads.get(m_head);
  if (!like.is_quick || may_repeat(like, m_tail, m_text, head)) return false;
  ++m_counts.easy;
  std::u32string_view name;
  if (like.name_from != Template::none) {
    const std::uint32_t from = m_tail.at[like.name_from];
    name = m_text.view().substr(from, m_tail.at[like.name_to] - from);
  }
  const std::span<const TreeNode> places = m_walks.places(name, head.path.node);
  if (places.empty()) return false;
  fill_numbers(like, m_tail, m_numbers);
  return m_walks.descend(like, m_numbers, places, m_walk) && add_fits(places);
}

/// Adds to the shape of each way what its division makes of the text's.
bool QuickWay::add_fits(std::span<const TreeNode> places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::uint16_t made = fit(m_library->tree.division(places[i]));
    if (made == 0) return false;
    m_walk.shape[1 + 2 * i] |= made;
  }
  return true;
}

/// The number of what a division makes of the text's; 0 where there are too many.
std::uint16_t QuickWay::fit(DivisionNode division) {
  if (m_known_fits.empty()) m_known_fits.resize(known_fits_size);
  KnownFit& known = m_known_fits[(division * 31 + m_head) & (known_fits_size - 1)];
  if (known.head == m_head && known.division == division) return known.fit;
  const Head& head = m_heads.get(m_head);
  Reading reading;
  reading.division = head.path;
  reading.normal.chars = head.text;
  LevelReasons reasons;
  Fit made;
  made.score = m_walks.matcher().match_division(reading, division, reasons);
  for (std::size_t i = 0; i < made.reasons.size(); ++i) {
    const auto level = static_cast<Level>(i);
    made.reasons[i] = reasons.has(level) ? static_cast<std::uint8_t>(reasons.get(level)) : nowhere;
  }
  if (!head.path.mentions.empty() && division != no_division) {
    const DivisionNode named = head.path.mentions.back().node;
    const DivisionIndex& divisions = m_library->divisions;
    made.elsewhere = !divisions.contains(named, division) && !divisions.contains(division, named);
  }
  auto at = std::find(m_fits.begin(), m_fits.end(), made);
  if (at == m_fits.end()) {
    if (m_fits.size() == fits_max) return 0;
    at = m_fits.insert(at, made);
  }
  known = {m_head, division, static_cast<std::uint16_t>(at - m_fits.begin() + 1)};
  return known.fit;
}

QuickWay::Outcome& QuickWay::outcome() {
  if (m_outcomes.empty()) m_outcomes.resize(outcomes_size);
  std::uint64_t hash = 0;
  for (const std::uint64_t word : m_walk.form()) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return m_outcomes[hash & (outcomes_size - 1)];
}

/// What is remembered of texts of this kind, or of texts that look like this one, with ways of this shape.
const QuickWay::Outcome* QuickWay::find_outcome() {
  const auto fits = [&](const Outcome& one) {
    const std::span<const std::uint64_t> form = m_walk.form();
    return std::equal(form.begin(), form.end(), one.shape.begin());
  };
  if (m_template->kind != 0) {
    if (const Outcome& of_kind = outcome(); fits(of_kind)) return &of_kind;
  }
  mean_this_template();
  const Outcome& own = outcome();
  return fits(own) ? &own : nullptr;
}

/// Lets the shape speak of the very template, not of all of its kind.
void QuickWay::mean_this_template() {
  m_walk.shape[0] = std::uint64_t{1} << 63 | std::uint64_t{m_template->serial} << 8 | (m_walk.shape[0] & 0xFF);
}

QuickWay::Found QuickWay::answer(std::string_view text, DivisionNode region, Renderer& renderer, Answer& answer) {
  ++m_counts.asked;
  const Known known = look(text, region);
  if (known == Known::tail) {
    return m_tails.was_met(m_heads.get(m_head).state, m_tail) ? Found::new_kind : Found::other;
  }
  if (known == Known::nothing) return Found::other;
  ++m_counts.known;
  if (!walk()) return Found::other;
  ++m_counts.walked;
  const Outcome* known_outcome = find_outcome();
  if (known_outcome == nullptr) return Found::new_kind;
  const Outcome& like = *known_outcome;
  ++m_counts.answered;
  Hit hit;
  hit.spot = m_walk.spots[like.way];
  hit.row = m_library->tree.row(hit.spot);
  renderer.render(hit, answer);
  answer.grade = like.grade;
  answer.score = like.score;
  for (std::size_t i = 0; i < like.reason_count; ++i) {
    answer.reasons.push_back({static_cast<Level>(like.levels[i]), static_cast<Reason>(like.reasons[i])});
  }
  append_residue(text, like, answer.residue);
  return Found::answered;
}

/// A position behind the head as one that all texts like it have: by symbols.
std::uint8_t QuickWay::encode(std::uint32_t position) const {
  const auto end = m_tail.at.begin() + m_tail.length + 1;
  const auto at = std::lower_bound(m_tail.at.begin(), end, position);
  if (at == end || *at != position) return nowhere;
  return static_cast<std::uint8_t>(at - m_tail.at.begin());
}

std::uint32_t QuickWay::decode(std::uint8_t place) const {
  return m_tail.at[place];
}

void QuickWay::append_residue(std::string_view text, const Outcome& outcome, std::string& residue) const {
  for (std::size_t i = 0; i < outcome.piece_count; ++i) {
    if (i > 0) residue += ' ';
    residue += m_text.original(text, decode(outcome.pieces[2 * i]), decode(outcome.pieces[2 * i + 1]));
  }
}

bool QuickWay::make_outcome(std::string_view text, const Reading& reading, const AddressPath& path, const Hit& hit,
                            const Answer& answer, Outcome& made) const {
  const std::span<const std::uint64_t> form = m_walk.form();
  std::copy(form.begin(), form.end(), made.shape.begin());
  const auto ends = std::span(m_walk.spots).first(m_walk.count);
  made.way = static_cast<std::uint8_t>(std::find(ends.begin(), ends.end(), hit.spot) - ends.begin());
  made.score = answer.score;
  made.grade = answer.grade;
  if (answer.reasons.size() > reasons_max) return false;
  for (const ElementReason& r : answer.reasons) {
    made.levels[made.reason_count] = static_cast<std::uint8_t>(r.level);
    made.reasons[made.reason_count++] = static_cast<std::uint8_t>(r.reason);
  }
  std::vector<Piece> pieces;
  residue_pieces(reading, path, hit.explained, pieces);
  if (pieces.size() > pieces_max) return false;
  for (const Piece& piece : pieces) {
    made.pieces[2 * made.piece_count] = encode(piece.start);
    made.pieces[2 * made.piece_count + 1] = encode(piece.end);
    if (made.pieces[2 * made.piece_count] == nowhere || made.pieces[2 * made.piece_count + 1] == nowhere) return false;
    ++made.piece_count;
  }
  std::string residue;
  append_residue(text, made, residue);
  return residue == answer.residue;
}

void QuickWay::learn(std::string_view text, DivisionNode region, const Reading& reading, const AddressPath& path,
                     const std::vector<Hit>& hits, const Answer& answer) {
  Known known = look(text, region);
  if (known == Known::tail) {
    m_tails.learn(m_text, m_heads.get(m_head), m_tail, reading, path);
    known = look(text, region);
  }
  if (known != Known::all || !walk() || hits.size() != m_walk.count) return;
  const auto ends = std::span(m_walk.spots).first(m_walk.count);
  const auto is_end = [&](const Hit& hit) {
    return hit.flat == no_row && std::find(ends.begin(), ends.end(), hit.spot) != ends.end();
  };
  const bool settled = answer.grade == Grade::a || answer.grade == Grade::b;
  if (!settled || !answer.candidates.empty() || hits.front().score < sure_score ||
      !std::all_of(hits.begin(), hits.end(), is_end)) {
    return;
  }
  if (m_template->kind == 0 || !answer.residue.empty()) mean_this_template();
  Outcome made;
  if (make_outcome(text, reading, path, hits.front(), answer, made)) outcome() = made;
}

}  // namespace menpai::address

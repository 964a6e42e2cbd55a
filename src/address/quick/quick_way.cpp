// SPDX-License-Identifier: Apache-2.0
// Head, tail, way down, outcome.
#include "address/quick/quick_way.hpp"

#include <algorithm>

#include "address/match/compose.hpp"

namespace menpai::address {
namespace {

constexpr double sure_score = 0.80;  ///< from it on the thorough way asks nothing beside the tree
constexpr std::uint8_t in_tail = 128;
constexpr std::uint8_t nowhere = 0xFF;

}  // namespace

QuickWay::QuickWay(const Library::Data& library)
    : m_library(&library),
      m_is_open(library.tree.size() > 0 && library.flat.size() <= library.tree.rows()),
      m_heads(library.divisions),
      m_walks(library) {}

void QuickWay::forget() {
  m_heads.clear();
  m_tails.clear();
}

/// How much of what a text is like was seen before.
QuickWay::Known QuickWay::look(std::string_view text, DivisionNode region) {
  m_template = nullptr;
  if (!m_is_open || !m_text.read(text)) return Known::nothing;
  ++m_counts.plain;
  if (m_heads.is_full()) forget();
  m_head = m_heads.find(m_text, region);
  if (m_head == no_head || !m_tail.reduce(m_text, m_heads.get(m_head).end)) return Known::nothing;
  m_template = m_tails.find(m_head, m_tail);
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
  m_walk.footing = m_walks.footing(name, head.path.node);
  if (m_walk.footing.node == no_node) return false;
  fill_numbers(like, m_tail, m_numbers);
  return m_walks.descend(like, m_numbers, m_walk);
}

QuickWay::Outcome& QuickWay::outcome() {
  if (m_outcomes.empty()) m_outcomes.resize(outcomes_size);
  std::uint64_t hash = 0;
  for (const std::uint64_t word : m_walk.shape) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return m_outcomes[hash & (outcomes_size - 1)];
}

QuickWay::Found QuickWay::answer(std::string_view text, DivisionNode region, Renderer& renderer, Answer& answer) {
  ++m_counts.asked;
  const Known known = look(text, region);
  if (known != Known::all) return known == Known::tail ? Found::new_kind : Found::other;
  ++m_counts.known;
  if (!walk()) return Found::other;
  ++m_counts.walked;
  const Outcome& like = outcome();
  if (like.shape != m_walk.shape) return Found::new_kind;
  ++m_counts.answered;
  Hit hit;
  hit.spot = m_walk.spot;
  hit.row = m_library->tree.row(m_walk.spot);
  hit.division = m_walk.footing.division;
  renderer.render(hit, answer);
  answer.grade = like.grade;
  answer.score = like.score;
  for (std::size_t i = 0; i < like.reason_count; ++i) {
    answer.reasons.push_back({static_cast<Level>(like.levels[i]), static_cast<Reason>(like.reasons[i])});
  }
  append_residue(text, like, answer.residue);
  return Found::answered;
}

/// A position of the text as one that all texts like it have: in the head as it is, behind it by symbols.
std::uint8_t QuickWay::encode(std::uint32_t position) const {
  if (position < m_tail.at[0]) return static_cast<std::uint8_t>(position);
  const auto end = m_tail.at.begin() + m_tail.length + 1;
  const auto at = std::lower_bound(m_tail.at.begin(), end, position);
  if (at == end || *at != position) return nowhere;
  return static_cast<std::uint8_t>(in_tail + (at - m_tail.at.begin()));
}

std::uint32_t QuickWay::decode(std::uint8_t place) const {
  return place < in_tail ? place : m_tail.at[place - in_tail];
}

void QuickWay::append_residue(std::string_view text, const Outcome& outcome, std::string& residue) const {
  for (std::size_t i = 0; i < outcome.piece_count; ++i) {
    if (i > 0) residue += ' ';
    residue += m_text.original(text, decode(outcome.pieces[2 * i]), decode(outcome.pieces[2 * i + 1]));
  }
}

bool QuickWay::make_outcome(std::string_view text, const Reading& reading, const AddressPath& path, const Hit& hit,
                            const Answer& answer, Outcome& made) const {
  made.shape = m_walk.shape;
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
    m_tails.learn(m_text, m_head, m_heads.get(m_head), m_tail, reading, path);
    known = look(text, region);
  }
  if (known != Known::all || !walk() || hits.size() != 1) return;
  const Hit& hit = hits.front();
  const bool settled = answer.grade == Grade::a || answer.grade == Grade::b;
  if (!settled || !answer.candidates.empty() || hit.score < sure_score || hit.flat != no_row ||
      !(hit.spot == m_walk.spot) || hit.division != m_walk.footing.division) {
    return;
  }
  Outcome made;
  if (make_outcome(text, reading, path, hit, answer, made)) outcome() = made;
}

}  // namespace menpai::address

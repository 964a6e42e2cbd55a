// SPDX-License-Identifier: Apache-2.0
// Engine: reads a text, seeks it in the library, weighs what was found, answers.
#include "address/engine.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "address/engine_scratch.hpp"
#include "address/match/assess.hpp"
#include "address/match/calibration.hpp"
#include "address/match/grading.hpp"
#include "base/utf8.hpp"

namespace menpai::address {
namespace {

constexpr double found_score_min = 0.30;  ///< below it, nothing was found
constexpr double settled_score = 0.80;    ///< from it on, the texts' index is not asked
constexpr double place_score = 0.48;      ///< from it on, a place without the number outweighs any that is only alike
constexpr double rival_share = 0.93;      ///< a second this close to the first leaves the choice to a person
constexpr std::size_t weighed_max = 8;

bool better(const Hit& a, const Hit& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.row != b.row) return a.row < b.row;
  return std::pair(a.spot.node, a.spot.leaf) < std::pair(b.spot.node, b.spot.leaf);
}

bool same_address(const Hit& a, const Hit& b) {
  if (a.row != no_row || b.row != no_row) return a.row == b.row;
  return a.spot == b.spot;
}

/// Best first, each address once.
void rank(std::vector<Hit>& hits) {
  std::sort(hits.begin(), hits.end(), better);
  std::size_t kept = 0;
  for (const Hit& hit : hits) {
    const auto end = hits.begin() + static_cast<std::ptrdiff_t>(kept);
    if (std::none_of(hits.begin(), end, [&](const Hit& k) { return same_address(k, hit); })) hits[kept++] = hit;
    if (kept >= 200) break;
  }
  hits.resize(kept);
}

/// The text as it may be shown: well-formed, without blanks at its ends.
void append_shown(std::string_view text, std::string& out) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return;
  text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  for (std::size_t pos = 0; pos < text.size();) utf8::append(out, utf8::next(text, pos));
}

/// Whether a hit rests on a name of its own in the library, not on divisions that were filled in.
bool finds_name(const Hit& hit) {
  return hit.reasons.has(Level::place) && hit.reasons.get(Level::place) <= Reason::corrected;
}

/// Whether the library has the place just as the text calls it and only not the number, building or room: what the
/// index of texts could find of other names weighs less than that.
bool has_place_only(const Hit& hit) {
  if (hit.score < place_score || !hit.reasons.has(Level::place) || hit.reasons.get(Level::place) != Reason::matched) {
    return false;
  }
  for (int i = static_cast<int>(Level::number); i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    if (hit.reasons.has(level) && hit.reasons.get(level) == Reason::not_found) return true;
  }
  return false;
}

}  // namespace

DivisionNode Engine::Scratch::region(const Query& query) const {
  return query.region.empty() ? library.home : library.divisions.find_code(query.region).value_or(library.home);
}

void Engine::Scratch::read(std::string_view text, const Query& query) {
  reader.read(text, region(query), reading);
  make_path(reading, path);
}

void Engine::Scratch::search() {
  hits.clear();
  nodes.clear();
  if (library.rows == 0 || (path.items.empty() && reading.division.node == no_division)) {
    if (library.flat.size() == 0) return;
  }
  if (!begun) tree.begin(reading, path);
  tree.finish(reading, hits);
  const auto best =
      std::max_element(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score < b.score; });
  if (library.flat.size() == 0 && best != hits.end() && has_place_only(*best)) {
    tree.match_mistaken(reading, hits);
  } else if (best == hits.end() || best->score < settled_score || library.flat.size() > library.tree.rows()) {
    make_flat_text(reading, path, flat_text);
    flat.match(flat_text, nodes, hits);
    tree.match_named(reading, nodes, hits);
  }
  rank(hits);
}

/// Whether the text itself names a division beside that of the hit: neither lies in the other.
bool Engine::Scratch::speaks_of_elsewhere(const Hit& hit) const {
  DivisionNode named = no_division;
  for (const Mention& mention : reading.division.mentions) {
    if (mention.use != MentionUse::conflicting) named = mention.node;
  }
  if (named == no_division || hit.division == no_division) return false;
  return !library.divisions.contains(named, hit.division) && !library.divisions.contains(hit.division, named);
}

/// Whether the best hit can stand for the text. A free text of a list that is only like it must have its road or
/// estate, and must not lie elsewhere than the text's own divisions and those that its places tell. An address of a
/// register that is only like it must not lie beside what the text names: that the register is the asker's home says
/// nothing of a text that speaks of another place.
bool Engine::Scratch::finds_address() {
  const bool sure = !hits.empty() && hits.front().score >= safe_score;
  if (!sure) weigher.settle(reading);
  if (hits.empty() || hits.front().score < found_score_min) return false;
  const bool exact_name =
      hits.front().reasons.has(Level::place) && hits.front().reasons.get(Level::place) == Reason::matched;
  if (hits.front().flat == no_row) return exact_name || !speaks_of_elsewhere(hits.front());
  if (sure) return true;
  if (!finds_name(hits.front())) return false;
  const DivisionNode told = reading.division.node;
  return told == no_division ||
         (hits.front().division != no_division && library.divisions.contains(told, hits.front().division));
}

/// The best hit's score, shared with its rivals.
double Engine::Scratch::probability() const {
  if (hits.empty()) return 0;
  double sum = 0;
  for (std::size_t i = 0; i < std::min(hits.size(), weighed_max); ++i)
    sum += std::pow(hits[i].score / hits[0].score, 12);
  return std::clamp(hits[0].score, 0.0, 1.0) / sum;
}

void Engine::Scratch::add_candidates(const Query& query, std::vector<Candidate>& candidates) {
  for (const Hit& hit : hits) {
    if (static_cast<int>(candidates.size()) >= query.top) break;
    Candidate& candidate = spare.empty() ? candidates.emplace_back() : candidates.emplace_back(std::move(spare.back()));
    if (!spare.empty()) spare.pop_back();
    renderer.render(hit, candidate);
    candidate.score = std::clamp(candidate.score, 0.0, 1.0);
    candidate.grade = evidence_grade(hit);
  }
}

Engine::Engine(std::shared_ptr<const Library> library)
    : m_library(std::move(library)), m_scratch(std::make_unique<Scratch>(m_library->data())) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;

/// What all hits up to `count` have in common: the deepest place above them in the tree. None if there is none below
/// the divisions.
std::optional<Hit> Engine::Scratch::common_place(std::size_t count) const {
  Hit common = hits.front();
  if (common.spot.node == no_node) return std::nullopt;
  TreeNode node = common.spot.node;
  for (std::size_t i = 1; i < count; ++i) {
    const TreeNode other = hits[i].spot.node;
    if (other == no_node) return std::nullopt;
    while (node != no_node && !library.tree.contains(node, other)) node = library.tree.parent(node);
    if (node == no_node) return std::nullopt;
  }
  if (library.tree.step(node) == 0) return std::nullopt;
  common.spot = {node, -1};
  common.row = library.tree.row(node);
  const Level deepest = step_level(library.tree.step(node));
  for (int i = static_cast<int>(deepest) + 1; i < level_count; ++i) {
    if (common.reasons.has(static_cast<Level>(i))) common.reasons.set(static_cast<Level>(i), Reason::ambiguous);
  }
  return common;
}

/// The place whose name all hits up to `count` bear at the same level, where none of them goes deeper: a road that runs
/// through several villages. It is no one row of the library.
std::optional<Hit> Engine::Scratch::common_name(std::size_t count) const {
  Hit common = hits.front();
  for (std::size_t i = 0; i < count; ++i) {
    if (hits[i].spot.node == no_node || hits[i].spot.leaf >= 0) return std::nullopt;
    const StepKey step = library.tree.step(hits[i].spot.node);
    if (!is_name_step(step) || step != library.tree.step(common.spot.node)) return std::nullopt;
  }
  common.row = no_row;
  return common;
}

/// Puts the rows that stand at the same place as a hit behind it.
void Engine::Scratch::add_further_rows() {
  std::vector<RowId> rows;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    rows.clear();
    library.tree.more_rows(hits[i].row, rows);
    const Hit first = hits[i];
    for (const RowId row : rows) {
      hits.insert(hits.begin() + static_cast<std::ptrdiff_t>(++i), first);
      hits[i].row = row;
    }
  }
}

/// How many of the first hits are too close to choose among.
std::size_t Engine::Scratch::rivals() const {
  std::size_t count = 1;
  while (count < std::min(hits.size(), weighed_max) && hits[count].score >= hits[0].score * rival_share) ++count;
  return count;
}

void Engine::Scratch::answer_with(std::string_view text, const Hit& hit, Answer& answer) {
  renderer.render(hit, answer);
  hit.reasons.append_to(answer.reasons);
  compose_residue(text, reading, path, hit.explained, answer);
}

/// Makes a probability of the weight. Rows of flat lists have no curve: nothing can be invented that is like them.
void Engine::Scratch::calibrate(const Query& query, Answer& answer) const {
  if (query.raw_score || hits.front().flat != no_row) return;
  answer.score = calibrated(answer_kind(answer), answer.score);
  share_probability(answer.score, answer.candidates);
}

void Engine::Scratch::find() {
  hits.clear();
  if (library.rows > 0) search();
}

/// What is said of the text that was read, by what was found.
void Engine::Scratch::compose_answer(std::string_view text, const Query& query, Answer& answer) {
  compose_found(text, query, answer);
  compose_several(text, reading, path, answer);
}

void Engine::Scratch::compose_found(std::string_view text, const Query& query, Answer& answer) {
  if (!says_where(reading, path) && (hits.empty() || !finds_name(hits.front()))) {
    append_shown(text, answer.residue);
    return;
  }
  if (!finds_address()) {
    answer_from_divisions(library.divisions, text, reading, path, query.top, answer);
    const bool is_register = library.tree.size() > 0;  // what it does not have is doubtful
    if (is_register && answer.grade < Grade::c) answer.grade = Grade::c;
    if (is_register) answer.score *= 0.5;
    return;
  }
  const std::size_t equals = rivals();
  if (equals == 1) {
    answer_with(text, hits.front(), answer);
    answer.grade = evidence_grade(hits.front());
    if (answer.grade == Grade::a && !answer.residue.empty()) answer.grade = Grade::b;
    // A whole exact match has no rivals: what lies beside it (8号附1号 beside 8号) is another address.
    answer.score = answer.grade == Grade::a ? std::min(hits.front().score, 1.0) : probability();
    if (answer.grade == Grade::c) add_candidates(query, answer.candidates);
    calibrate(query, answer);
    return;
  }
  if (const std::optional<Hit> common = common_place(equals)) {
    answer_with(text, *common, answer);
  } else if (hits.front().flat != no_row) {
    answer_with(text, hits.front(), answer);
  } else if (const std::optional<Hit> name = common_name(equals)) {
    answer_with(text, *name, answer);
  } else {
    answer_from_divisions(library.divisions, text, reading, path, 0, answer);
  }
  answer.grade = Grade::c;
  answer.score = probability();
  answer.candidates.clear();
  add_candidates(query, answer.candidates);
  calibrate(query, answer);
}

void Engine::set_grade_rules(const GradeRules& rules) {
  m_scratch->grade_rules = rules;
}

void Engine::clean(std::string_view text, const Query& query, Answer& answer) {
  clean_by_evidence(text, query, answer);
  apply_rules(m_scratch->grade_rules, answer);
}

void Engine::clean_by_evidence(std::string_view text, const Query& query, Answer& answer) {
  Scratch& s = *m_scratch;
  const Scratch::Question question(s);
  s.empty(answer);
  if (s.remembers && s.answers.find(text, query, answer)) return;
  const QuickWay::Found found = s.answer_quickly(text, query, answer);
  if (found != QuickWay::Found::answered) {
    s.read(text, query);
    s.find();
    s.compose_answer(text, query, answer);
    if (found == QuickWay::Found::new_kind) s.quick.learn(text, s.region(query), s.reading, s.path, s.hits, answer);
  }
  s.answer_for_retired(text, query, answer);
  s.answers.add(text, query, answer);
}

void Engine::match(std::string_view text, const Query& query, std::vector<Candidate>& candidates) {
  Scratch& s = *m_scratch;
  const Scratch::Question question(s);
  candidates.clear();
  s.read(text, query);
  s.search();
  s.search_for_retired(query);
  std::erase_if(s.hits, [](const Hit& hit) { return hit.row == no_row; });
  s.add_further_rows();
  s.add_candidates(query, candidates);
  if (query.raw_score || candidates.empty() || s.hits.front().flat != no_row) return;
  const bool is_open = s.rivals() > 1;
  const AnswerKind kind =
      is_open ? AnswerKind::open : answer_kind(candidates.front().grade, candidates.front().reasons);
  const double weight = kind == AnswerKind::exact ? candidates.front().score : s.probability();
  share_probability(calibrated(kind, weight), candidates);
}

void Engine::compare(std::string_view a, std::string_view b, const Query& query, Comparison& comparison) {
  Scratch& s = *m_scratch;
  s.read(a, query);
  make_flat_text(s.reading, s.path, s.flat_text);
  s.compared_a.set(s.flat_text);
  s.read(b, query);
  make_flat_text(s.reading, s.path, s.flat_text);
  s.compared_b.set(s.flat_text);
  s.comparer.compare(s.compared_a, s.compared_b, comparison);
}

void Engine::parse(std::string_view text, std::vector<Element>& elements) {
  Scratch& s = *m_scratch;
  s.read(text, {});
  elements_of(s.reading, elements);
}

void Engine::suggest(std::string_view text, const Query& query, std::vector<Suggestion>& suggestions) {
  m_scratch->suggest(text, query, suggestions);
}

}  // namespace menpai::address

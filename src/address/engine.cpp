// SPDX-License-Identifier: Apache-2.0
// Engine: reads a text, seeks it in the library, weighs what was found, answers.
#include "address/engine.hpp"

#include <algorithm>
#include <cmath>

#include "address/assess.hpp"
#include "address/flat_matcher.hpp"
#include "address/library.hpp"
#include "address/reader.hpp"
#include "address/render.hpp"
#include "address/tree_matcher.hpp"

namespace menpai::address {
namespace {

constexpr double found_score_min = 0.30;  ///< below it, nothing was found
constexpr double settled_score = 0.80;    ///< from it on, the texts' index is not asked
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

}  // namespace

struct Engine::Scratch {
  explicit Scratch(const Library::Data& data)
      : library(data), reader(data.divisions), tree(data), flat(data), renderer(data) {}

  const Library::Data& library;
  Reader reader;
  TreeMatcher tree;
  FlatMatcher flat;
  Renderer renderer;
  Reading reading;
  AddressPath path;
  FlatText flat_text;
  std::vector<Hit> hits;
  std::vector<TreeNode> nodes;

  void read(std::string_view text, const Query& query);
  void search();
  Grade grade(const Hit& hit) const;
  void add_candidates(const Query& query, std::vector<Candidate>& candidates);
  double probability() const;
};

void Engine::Scratch::read(std::string_view text, const Query& query) {
  const DivisionNode region =
      query.region.empty() ? no_division : library.divisions.find_code(query.region).value_or(no_division);
  reader.read(text, region, reading);
  make_path(reading, path);
}

void Engine::Scratch::search() {
  hits.clear();
  nodes.clear();
  if (library.ids.size() == 0 || (path.items.empty() && reading.division.node == no_division)) {
    if (library.flat.size() == 0) return;
  }
  tree.match(reading, path, {}, hits);
  double best = 0;
  for (const Hit& hit : hits) best = std::max(best, hit.score);
  if (library.flat.size() > 0 || best < settled_score) {
    make_flat_text(reading, path, flat_text);
    flat.match(flat_text, nodes, hits);
    if (best < settled_score && !nodes.empty()) tree.match(reading, path, nodes, hits);
  }
  rank(hits);
}

/// What may be done with this address, rivals aside.
Grade Engine::Scratch::grade(const Hit& hit) const {
  Grade grade = hit.whole ? Grade::a : Grade::b;
  for (int i = 1; i < level_count; ++i) {
    const auto level = static_cast<Level>(i);
    if (!hit.reasons.has(level)) continue;
    switch (hit.reasons.get(level)) {
      case Reason::matched:
        break;
      case Reason::filled_in:
        // A province follows from its county; a road or a unit that nobody wrote is a small repair.
        if (level >= Level::place) grade = std::max(grade, Grade::b);
        break;
      case Reason::alias:
      case Reason::former_name:
      case Reason::corrected:
      case Reason::unverified:
        grade = std::max(grade, Grade::b);
        break;
      case Reason::ambiguous:
      case Reason::conflicting:
      case Reason::not_found:
        return Grade::c;
    }
  }
  return grade;
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
    Candidate& candidate = candidates.emplace_back();
    renderer.render(hit, candidate);
    candidate.score = std::clamp(candidate.score, 0.0, 1.0);
    candidate.grade = grade(hit);
  }
}

Engine::Engine(std::shared_ptr<const Library> library)
    : m_library(std::move(library)), m_scratch(std::make_unique<Scratch>(m_library->data())) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;

void Engine::clean(std::string_view text, const Query& query, Answer& answer) {
  Scratch& s = *m_scratch;
  answer.clear();
  s.read(text, query);
  if (s.library.ids.size() > 0)
    s.search();
  else
    s.hits.clear();
  if (s.hits.empty() || s.hits.front().score < found_score_min) {
    answer_from_divisions(s.library.divisions, text, s.reading, s.path, query.top, answer);
    if (s.library.ids.size() > 0 && answer.grade < Grade::c) answer.grade = Grade::c;
    return;
  }
  const Hit& best = s.hits.front();
  s.renderer.render(best, answer);
  best.reasons.append_to(answer.reasons);
  compose_residue(text, s.reading, answer);
  answer.grade = s.grade(best);
  answer.score = s.probability();
  const bool rival = s.hits.size() > 1 && s.hits[1].score >= best.score * rival_share;
  if (rival) answer.grade = Grade::c;
  if (answer.grade == Grade::a && !answer.residue.empty()) answer.grade = Grade::b;
  if (rival || answer.grade == Grade::c) s.add_candidates(query, answer.candidates);
}

void Engine::match(std::string_view text, const Query& query, std::vector<Candidate>& candidates) {
  Scratch& s = *m_scratch;
  candidates.clear();
  s.read(text, query);
  s.search();
  std::erase_if(s.hits, [](const Hit& hit) { return hit.row == no_row; });
  s.add_candidates(query, candidates);
}

void Engine::parse(std::string_view text, std::vector<Element>& elements) {
  Scratch& s = *m_scratch;
  s.read(text, {});
  elements_of(s.reading, elements);
}

void Engine::suggest(std::string_view text, const Query& query, std::vector<Suggestion>& suggestions) {
  suggestions.clear();
  static_cast<void>(text);
  static_cast<void>(query);
}

}  // namespace menpai::address

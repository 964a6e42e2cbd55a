// SPDX-License-Identifier: Apache-2.0
// Engine: many texts together, stage by stage, so that memory is fetched for all of them at once.
#include <algorithm>
#include <utility>

#include "address/engine_scratch.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t lanes_max = 32;
constexpr int fetches_max = 16;

}  // namespace

/// Empties an answer that is to be filled. The memory of its candidates is kept for others.
void Engine::Scratch::empty(Answer& answer) {
  constexpr std::size_t spare_max = 64;
  while (!answer.candidates.empty() && spare.size() < spare_max) {
    Candidate& candidate = spare.emplace_back(std::move(answer.candidates.back()));
    candidate.id.clear();
    candidate.code.clear();
    candidate.point.reset();
    candidate.reasons.clear();
    answer.candidates.pop_back();
  }
  answer.clear();
}

QuickWay::Found Engine::Scratch::answer_quickly(std::string_view text, const Query& query, Answer& answer) {
  if (query.raw_score || !remembers) return QuickWay::Found::other;
  const QuickWay::Found found = quick.answer(text, region(query), renderer, answer);
  if (!edits) return found;
  forget_retired();
  if (found != QuickWay::Found::answered || !answer.id.empty() || !answer.code.empty()) return found;
  answer.clear();  // what has no row may be a place that something retired stood at
  return QuickWay::Found::other;
}

/// Lets a lane's text be the scratch's, or takes it back.
void Engine::Scratch::change_places(Lane& lane) {
  std::swap(reading, lane.reading);
  std::swap(path, lane.path);
  std::swap(tree, lane.tree);
  std::swap(hits, lane.hits);
  std::swap(met_retired, lane.met_retired);
}

/// Asks memory for what the lanes' texts will look at, a step of each in turn.
void Engine::Scratch::fetch(std::span<Lane> some) {
  bool goes_on = true;
  for (int i = 0; goes_on && i < fetches_max; ++i) {
    goes_on = false;
    for (Lane& lane : some) goes_on = lane.tree.fetch() || goes_on;
  }
}

void Engine::set_remembering(bool on) {
  m_scratch->remembers = on;
}

void Engine::clean_batch(std::span<const std::string_view> texts, const Query& query, std::span<Answer> answers) {
  Scratch& s = *m_scratch;
  while (s.lanes.size() < lanes_max) s.lanes.emplace_back(s.library);
  std::size_t next = 0;
  while (next < texts.size()) {
    const Scratch::Question question(s);
    std::size_t count = 0;
    for (; next < texts.size() && count < lanes_max; ++next) {
      s.empty(answers[next]);
      if (s.remembers && s.answers.find(texts[next], query, answers[next])) continue;
      const QuickWay::Found found = s.answer_quickly(texts[next], query, answers[next]);
      if (found == QuickWay::Found::answered) {
        s.answer_for_retired(texts[next], query, answers[next]);
        s.answers.add(texts[next], query, answers[next]);
        continue;
      }
      Scratch::Lane& lane = s.lanes[count++];
      lane.index = next;
      lane.met_retired = false;
      lane.is_new_kind = found == QuickWay::Found::new_kind;
      s.change_places(lane);
      s.read(texts[next], query);
      s.tree.begin(s.reading, s.path);
      s.note_retired();
      s.change_places(lane);
    }
    const std::span<Scratch::Lane> lanes = std::span(s.lanes).first(count);
    s.fetch(lanes);
    s.forget_retired();
    for (Scratch::Lane& lane : lanes) {
      s.change_places(lane);
      s.begun = true;
      s.find();
      s.begun = false;
      s.note_retired();
      s.change_places(lane);
    }
    for (Scratch::Lane& lane : lanes) {
      s.change_places(lane);
      s.compose_answer(texts[lane.index], query, answers[lane.index]);
      if (lane.is_new_kind) {
        s.quick.learn(texts[lane.index], s.region(query), s.reading, s.path, s.hits, answers[lane.index]);
      }
      s.answer_for_retired(texts[lane.index], query, answers[lane.index]);
      s.answers.add(texts[lane.index], query, answers[lane.index]);
      s.change_places(lane);
    }
  }
  if (s.grade_rules.a_min > 0 || s.grade_rules.b_min > 0) {
    for (Answer& answer : answers) apply_rules(s.grade_rules, answer);
  }
}

}  // namespace menpai::address

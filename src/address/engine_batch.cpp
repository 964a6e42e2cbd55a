// SPDX-License-Identifier: Apache-2.0
// Engine: many texts together, stage by stage, so that memory is fetched for all of them at once.
#include <algorithm>
#include <utility>

#include "address/engine_scratch.hpp"

namespace menpai::address {
namespace {

constexpr std::size_t lanes_max = 32;

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

/// Lets a lane's texts be the scratch's, or takes them back.
void Engine::Scratch::change_places(Lane& lane) {
  std::swap(reading, lane.reading);
  std::swap(path, lane.path);
  std::swap(hits, lane.hits);
}

void Engine::clean_batch(std::span<const std::string_view> texts, const Query& query, std::span<Answer> answers) {
  Scratch& s = *m_scratch;
  s.lanes.resize(lanes_max);
  std::size_t next = 0;
  while (next < texts.size()) {
    std::size_t count = 0;
    for (; next < texts.size() && count < lanes_max; ++next) {
      s.empty(answers[next]);
      if (s.answers.find(texts[next], query, answers[next])) continue;
      Scratch::Lane& lane = s.lanes[count++];
      lane.index = next;
      s.change_places(lane);
      s.read(texts[next], query);
      s.change_places(lane);
    }
    for (std::size_t i = 0; i < count; ++i) {
      s.change_places(s.lanes[i]);
      s.find();
      s.change_places(s.lanes[i]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      Scratch::Lane& lane = s.lanes[i];
      s.change_places(lane);
      s.compose_answer(texts[lane.index], query, answers[lane.index]);
      s.answers.add(texts[lane.index], query, answers[lane.index]);
      s.change_places(lane);
    }
  }
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// Engine: questions to a library under edits, and retired addresses, which answer with their successors.
#include <algorithm>

#include "address/engine_scratch.hpp"

namespace menpai::address {
void Engine::Scratch::follow_edits() {
  const Patch& patch = edits->enter();
  library.tree.set_patch(&patch.tree);
  library.names.set_patch(&patch.names);
  library.flat.set_patch(&patch.texts);
  library.rows = patch.tree.first_row() + patch.tree.row_count();
  library.home = patch.home;
  library.patch = &patch;
  library.tree.take_met_retired();
  library.names.take_met_retired();
  met_retired = false;
  if (patch.version == edits_seen) return;
  edits_seen = patch.version;
  answers = {};
  quick.forget_places();
}

void Engine::Scratch::leave_edits() {
  library.tree.set_patch(nullptr);
  library.names.set_patch(nullptr);
  library.flat.set_patch(nullptr);
  library.patch = nullptr;
  edits->leave();
}

/// Seeks the text that was read among the retired addresses too. The successor of what fits best, if that is retired.
const std::string* Engine::Scratch::find_successor(double score_min) {
  const auto show = [&](TreeView view) {
    library.tree.set_view(view);
    library.names.set_view(view);
  };
  show(TreeView::with_retired);
  begun = false;
  search();
  show(TreeView::now);
  if (hits.empty() || hits.front().score < score_min || hits.front().row == no_row) return nullptr;
  const auto found = library.patch->successors.find(hits.front().row);
  const bool is_retired = library.patch->tree.is_dead(hits.front().row, TreeView::now);
  return is_retired && found != library.patch->successors.end() ? &found->second : nullptr;
}

/// After a search that found nothing certain: the successor is sought instead.
void Engine::Scratch::search_for_retired(const Query& query) {
  note_retired();
  const bool is_found = !hits.empty() && hits.front().score >= safe_score && hits.front().row != no_row;
  if (!met_retired || is_found) return;
  const std::vector<Hit> found = hits;
  if (const std::string* successor = find_successor(safe_score)) {
    read(*successor, query);
    search();
  } else {
    hits = found;
  }
}

/// After an answer in doubt: where a retired address fits the text, its successor answers, and says so.
void Engine::Scratch::answer_for_retired(std::string_view text, const Query& query, Answer& answer, int steps) {
  note_retired();
  const bool is_found = answer.grade < Grade::c && !(answer.id.empty() && answer.code.empty());
  if (!met_retired || is_found || steps == 0) return;
  met_retired = false;
  read(text, query);
  const std::string* successor = find_successor(safe_score);
  if (successor == nullptr) return;
  former.clear();
  const Hit gone = hits.front();
  if (evidence_grade(gone) > Grade::b) return;
  answer_with(text, gone, former);
  const Level level = former.level;
  const std::string residue = former.residue;

  empty(answer);
  read(*successor, query);
  find();
  compose_answer(*successor, query, answer);
  answer_for_retired(*successor, query, answer, steps - 1);
  if (answer.grade == Grade::a) answer.grade = Grade::b;
  answer.residue = residue;
  std::erase_if(answer.reasons, [&](const ElementReason& r) { return r.level == level; });
  answer.reasons.push_back({level, Reason::former_name});
  std::sort(answer.reasons.begin(), answer.reasons.end(),
            [](const ElementReason& a, const ElementReason& b) { return a.level < b.level; });
}

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// What an engine works with, shared by the files that make up the engine.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "address/engine.hpp"
#include "address/library/library.hpp"
#include "address/match/compare.hpp"
#include "address/match/flat_matcher.hpp"
#include "address/match/grading.hpp"
#include "address/match/place_evidence_weigh.hpp"
#include "address/match/quick_answers.hpp"
#include "address/match/render.hpp"
#include "address/match/tree_matcher.hpp"
#include "address/overlay/edits.hpp"
#include "address/quick/quick_way.hpp"
#include "address/read/reader.hpp"
#include "address/suggest/suggest_search.hpp"

namespace menpai::address {

struct Engine::Scratch {
  explicit Scratch(const Library::Data& data)
      : library(data),
        reader(library.divisions),
        tree(library),
        flat(library),
        renderer(library),
        suggester(library),
        comparer(library.divisions),
        weigher(library.divisions, library.evidence),
        quick(library) {
    if (library.edits) edits.emplace(library.edits);
  }

  Library::Data library;  ///< of its own, so that edits can be put over it
  Reader reader;
  TreeMatcher tree;
  FlatMatcher flat;
  Renderer renderer;
  SuggestSearch suggester;
  std::vector<SuggestTarget> targets;
  Comparer comparer;
  EvidenceWeigher weigher;
  QuickWay quick;
  ComparedText compared_a, compared_b;
  Reading reading;
  AddressPath path;
  FlatText flat_text;
  std::vector<Hit> hits;
  std::vector<TreeNode> nodes;
  std::vector<NameId> names;
  Candidate suggested;
  QuickAnswers answers;
  std::optional<Edits::Reader> edits;
  std::uint64_t edits_seen = 0;  ///< version of those that what is remembered was answered with
  bool met_retired = false;      ///< the text at hand may mean a retired address
  Answer former;
  std::vector<Candidate> spare;  ///< of answers that are used again, for their memory
  std::vector<Reading> readings;  ///< of texts that are divided together
  /// One of the texts that are answered together.
  struct Lane {
    explicit Lane(const Library::Data& data) : tree(data) {}
    std::size_t index = 0;
    bool met_retired = false;
    bool is_new_kind = false;  ///< the quick way may learn from it
    Reading reading;
    AddressPath path;
    TreeMatcher tree;
    std::vector<Hit> hits;
  };
  std::vector<Lane> lanes;
  bool remembers = true;  ///< see Engine::set_remembering
  GradeRules grade_rules;  ///< see Engine::set_grade_rules
  bool begun = false;     ///< the tree has begun with the text that was read

  /// While it lives, the library stands still under its edits.
  class Question {
   public:
    explicit Question(Scratch& scratch) : m_scratch(scratch) {
      if (scratch.edits) scratch.follow_edits();
    }
    ~Question() {
      if (m_scratch.edits) m_scratch.leave_edits();
    }
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

   private:
    Scratch& m_scratch;
  };
  void follow_edits();
  void leave_edits();
  /// Says whether something retired was met since the last call.
  void note_retired() {
    if (edits) met_retired = library.tree.take_met_retired() | library.names.take_met_retired() | met_retired;
  }
  void forget_retired() {
    note_retired();
    met_retired = false;
  }
  const std::string* find_successor(double score_min);
  void search_for_retired(const Query& query);
  void answer_for_retired(std::string_view text, const Query& query, Answer& answer, int steps = 4);

  DivisionNode region(const Query& query) const;
  QuickWay::Found answer_quickly(std::string_view text, const Query& query, Answer& answer);
  void read(std::string_view text, const Query& query);
  void find();
  void search();
  void compose_answer(std::string_view text, const Query& query, Answer& answer);
  void compose_found(std::string_view text, const Query& query, Answer& answer);
  void empty(Answer& answer);
  void change_places(Lane& lane);
  void fetch(std::span<Lane> some);
  bool speaks_of_elsewhere(const Hit& hit) const;
  bool finds_address();
  void add_candidates(const Query& query, std::vector<Candidate>& candidates);
  double probability() const;
  std::size_t rivals() const;
  void add_further_rows();
  std::optional<Hit> common_place(std::size_t count) const;
  std::optional<Hit> common_name(std::size_t count) const;
  void calibrate(const Query& query, Answer& answer) const;
  void suggest(std::string_view text, const Query& query, std::vector<Suggestion>& suggestions);
  void suggest_hit(const Hit& hit, const Query& query, std::vector<Suggestion>& suggestions);
  void suggest_division(DivisionNode node, std::vector<Suggestion>& suggestions);
  void answer_with(std::string_view text, const Hit& hit, Answer& answer);
};

}  // namespace menpai::address

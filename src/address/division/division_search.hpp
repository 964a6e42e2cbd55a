// SPDX-License-Identifier: Apache-2.0
// The search for the chain of names, province to town, that explains a text best.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "address/division/division_scan.hpp"

namespace menpai::address {

/// A chain up to one of its names. States form a tree by `previous`.
struct ChainState {
  DivisionNode node = no_division;
  std::uint32_t end = 0;
  float score = 0;
  std::int32_t previous = -1;  ///< -1: a start
  std::int32_t hit = -1;       ///< -1: a start
  std::uint32_t posting = 0;
  DivisionNode node_end = 0;        ///< of the node's subtree
  DivisionNode said = no_division;  ///< the node that this step's words name: `node` or one of its ancestors
  /// By Level: the node and those above it.
  std::array<DivisionNode, 6> path = {no_division, no_division, no_division, no_division, no_division, no_division};
  Level level = Level::none;  ///< of the node
  Fit fit = Fit::none;
  std::uint8_t levels = 0;  ///< bit by Level: named by the text
  std::uint8_t full = 0;    ///< bit by Level: named in full
  bool repeated = false;
  bool from_region = false;
  bool gap = false;
};

/// Used again it keeps its memory.
class ChainSearch {
 public:
  /// Grows all chains; those that are built on `region` have a head start. All arguments must outlive the use of
  /// results.
  void run(const DivisionIndex& index, NameScan& scan, std::u32string_view chars, DivisionNode region);

  const std::vector<ChainState>& states() const { return m_states; }
  std::int32_t best_state() const;  ///< -1 if no chain names anything
  /// The first meaning of a name that fits exactly on a level not below `deepest`, anywhere; no_division if none.
  DivisionNode exact_meaning(const NameHit& hit, Level deepest);

 private:
  struct Choice {
    std::uint32_t posting;
    Fit fit;
  };

  void prefetch(DivisionNode node) const { __builtin_prefetch(m_nodes.address(node)); }
  void start(DivisionNode region);
  void grow();
  void enter(ChainState& state, DivisionNode node, DivisionNode parent, Level level) const;
  static const PostingRecord* on_path(std::span<const PostingRecord> all, const ChainState& state, std::size_t level);
  bool may_mean(const NameHit& hit, const ChainState& state) const;
  bool names_own(const NameHit& hit, const ChainState& state) const;
  bool extend(std::size_t hit_index, std::size_t state_index);
  bool step_down(const NameHit& hit, std::size_t hit_index, const ChainState& state, std::size_t state_index);
  bool step_same(const NameHit& hit, std::size_t hit_index, const ChainState& state, std::size_t state_index);
  float weight_of(const NameHit& hit, const Choice& choice, const ChainState& state) const;
  void drop_former();
  void choose(const NameHit& hit, std::uint32_t first, std::uint32_t last);
  Fit fit_of(const NameHit& hit, const PostingRecord& posting) const;
  std::uint32_t end_of(const NameHit& hit, const PostingRecord& posting, Fit fit) const;
  bool names_trade_zone(const NameHit& hit) const;
  bool too_weak(const NameHit& hit, const PostingRecord& posting, const ChainState& state, bool gap) const;
  bool leaps_over_name(const NameHit& hit, const ChainState& state, Level level) const;
  float gap_penalty(std::uint32_t from, std::uint32_t to, Fit fit, Level level) const;
  bool zone_between(std::uint32_t from, std::uint32_t to) const;
  bool acceptable_short(const NameHit& hit, const ChainState& state, const PostingRecord& posting) const;
  bool town_follows(const NameHit& hit, DivisionNode county) const;
  bool road_soon(std::uint32_t at) const;
  void push(const ChainState& state);

  const DivisionIndex* m_index = nullptr;
  NameScan* m_scan = nullptr;
  std::u32string_view m_chars;
  CheckedArray<NodeRecord> m_nodes;
  std::span<const KeyRecord> m_keys;
  std::span<const PostingRecord> m_postings;
  std::vector<ChainState> m_states;
  std::vector<Choice> m_choices;
  std::vector<std::uint8_t> m_reached;  // by count of solid code points: some chain ends there
};

}  // namespace menpai::address

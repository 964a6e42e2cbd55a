// SPDX-License-Identifier: Apache-2.0
// Which divisions a text speaks of: the best path from province to village, why, and what it leaves open.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/text/normalise.hpp"
#include "model/level.hpp"

namespace menpai::address {

/// How a stretch of the text was used.
enum class MentionUse : std::uint8_t {
  used,         ///< names a level of the answer
  repeated,     ///< names it once more
  conflicting,  ///< names another division than the answer
};

/// A stretch of NormalText::chars that names a division.
struct Mention {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  DivisionNode node = no_division;
  Level level = Level::none;  ///< of the node
  Reason reason = Reason::matched;
  MentionUse use = MentionUse::used;
};

/// One of several divisions the text may mean.
struct DivisionChoice {
  DivisionNode node = no_division;
  float score = 0;  ///< 0 to 1; choices sum to at most 1
};

/// The divisions of one text. Used again it keeps its memory.
struct DivisionPath {
  DivisionNode node = no_division;   ///< the deepest division that is certain enough; no_division if none
  std::array<DivisionNode, 6> at{};  ///< by Level (province … village); no_division where absent
  std::array<Reason, 6> reason{};    ///< by Level, meaningful where at[level] is set or the text names it
  float score = 0;                   ///< that `node` is right, 0 to 1
  std::vector<Mention> mentions;     ///< in text order, not overlapping
  /// What the text leaves open, best first; empty if `node` is settled. Library evidence (a road known in one of these
  /// counties only) may choose among them: each lies below `node`, or anywhere if there is no node.
  std::vector<DivisionChoice> open;
  /// Where the text names no division: the city whose short name begins the name of a landmark (厦门软件园). A guess
  /// for the answer, never evidence against an address.
  DivisionNode hinted = no_division;
};

/// Resolves texts against one index, which must outlive it. Owns the scratch memory: one a thread.
class DivisionResolver {
 public:
  explicit DivisionResolver(const DivisionIndex& index);
  ~DivisionResolver();
  DivisionResolver(DivisionResolver&&) noexcept;

  /// `region`: where the text comes from, or no_division; it settles what the text leaves open and overrides nothing.
  /// Bounded: at most some hundred code points are searched for names. Never throws for bad text.
  void resolve(const NormalText& text, DivisionNode region, DivisionPath& path);
  /// The same without looking for a village; see add_village.
  void resolve_names(const NormalText& text, DivisionNode region, DivisionPath& path);

  /// resolve() of many texts together, some times faster where they are all different: what one of them needs from
  /// memory is fetched while others are worked on.
  struct Task {
    const NormalText* text;
    DivisionPath* path;
  };
  void resolve_all(std::span<const Task> tasks, DivisionNode region);

  struct Scratch;  // known to the implementation only

 private:
  const DivisionIndex* m_index;
  std::unique_ptr<Scratch> m_scratch;
};

}  // namespace menpai::address

// SPDX-License-Identifier: Apache-2.0
// One text read: normalised, its divisions resolved, the rest cut into typed elements. What the matcher works on.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/division/division_resolve.hpp"
#include "address/text/normalise.hpp"
#include "address/text/segment.hpp"

namespace menpai::address {

/// Everything the text itself tells. Used again it keeps its memory.
struct Reading {
  NormalText normal;
  DivisionPath division;
  std::vector<TypedElement> elements;  ///< tile the original's code points [0, normal.length)
  Level further = Level::none;         ///< the level at which the text goes on to a second address; none if it does not
};

/// Reads texts against one index of divisions. Owns the scratch memory: one a thread.
class Reader {
 public:
  explicit Reader(const DivisionIndex& index);
  ~Reader();
  Reader(Reader&&) noexcept;

  /// `region`: a node where the text comes from, or no_division; it settles what the text leaves open and overrides
  /// nothing. Never throws for bad text; linear in its length.
  void read(std::string_view text, DivisionNode region, Reading& out);

  /// Normalises and resolves the divisions only; `out.elements` stays empty.
  void read_divisions(std::string_view text, DivisionNode region, Reading& out);
  /// The same for many texts, which is faster. `out` is as long as `texts`.
  void read_divisions(std::span<const std::string_view> texts, DivisionNode region, std::span<Reading> out);

 private:
  struct Scratch;
  const DivisionIndex* m_index;
  std::unique_ptr<Scratch> m_scratch;
};

/// The labelled elements for `menpai parse`: the reading's typed elements without their meaning, cut as the guideline
/// cuts them (984-6号 is one number to the matcher and two elements to the guideline). They tile the text.
void elements_of(const Reading& reading, std::vector<Element>& elements);

}  // namespace menpai::address

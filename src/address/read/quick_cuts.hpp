// SPDX-License-Identifier: Apache-2.0
// Cuts of texts that look like ones cut before: 翠德雅苑15栋4单元501室 is cut as 星海花园28栋3单元702室 is.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "address/read/cut_state.hpp"

namespace menpai::address {

/// Remembers how what stands behind the divisions of a text was cut, by what the cutters can see of it: generic words,
/// unit words, numerals, letters and separators as they are, the count of digits of each number, a blank for every
/// other ideograph. Texts whose cut depends on more than that (numbers joined to chains and ranges, leading zeros) are
/// neither remembered nor found.
///
/// `seen` in quick_cuts.cpp holds the characters that the cutters test for beside the words of rules/: a new one must
/// be added there. Some megabytes at most; one a thread.
class QuickCuts {
 public:
  QuickCuts();
  ~QuickCuts();
  QuickCuts(QuickCuts&&) noexcept;

  /// Appends to `cut.out` what lies behind `from`, if a text like this one was cut before in the same place. The rest
  /// of the state stays as it was.
  bool replay(CutState& cut, std::uint32_t from);
  /// Remembers what was appended to `cut.out` from index `first` on, for the text that replay was last asked for.
  void learn(const CutState& cut, std::uint32_t from, std::size_t first);

  struct Counts {
    std::uint64_t replayed = 0;
    std::uint64_t asked = 0;
  };
  const Counts& counts() const { return m_counts; }

 private:
  struct Memory;
  bool reduce(const CutState& cut, std::uint32_t from);

  std::unique_ptr<Memory> m_memory;
  Counts m_counts;
};

}  // namespace menpai::address

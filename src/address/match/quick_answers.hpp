// SPDX-License-Identifier: Apache-2.0
// Answers that were given already: departments' lists say the same address again and again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "address/engine.hpp"
#include "model/answer.hpp"

namespace menpai::address {

/// Keeps answers by their question (text, region, top) in four megabytes at most, taken as they are used: one place a
/// question, the last that came keeps it. The question is compared in full, so that a found answer is right for it.
/// Answers with candidates and long texts are not kept. Good for one library; one a thread.
class QuickAnswers {
 public:
  /// Fills `answer`, which is cleared, if the question was answered before. Some 0.2 µs where it was.
  bool find(std::string_view text, const Query& query, Answer& answer) const;
  void add(std::string_view text, const Query& query, const Answer& answer);

 private:
  struct Slot;
  struct Free {
    void operator()(Slot* slots) const { std::free(slots); }  // NOLINT: of calloc, which takes no memory until touched
  };
  std::unique_ptr<Slot[], Free> m_slots;
};

}  // namespace menpai::address
